"""How far balancing scales: fifty servers, two thousand requests a second.

    python -m bench.balancing

A million requests without a window, against a bare heap that turns over as many entries in the same run; then a minute
of it in the window: how long a slice of simulating holds the window up, what a random look costs with its picture, how
many frames a second the streams leave.
"""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator
from heapq import heappop, heappush
from random import Random
from statistics import median
from time import perf_counter, process_time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from bench.table import Row, show
from vizapp.devices import VOCABULARY
from vizapp.paint import fonts
from vizapp.picture.theme import DAY
from vizapp.picture.view import View
from vizapp.run import Run
from vizapp.scene.model import Scene
from vizapp.scene.reader import read
from vizapp.sim.simulate import SLICE, Simulation
from vizapp.window.app import settle
from vizapp.window.session import Session
from vizapp.window.stage import StageView
from vizapp.words import Words

SERVERS, RATE, REQUESTS = 50, 2_000, 1_000_000
SECOND = 1_000_000_000
WIDTH, HEIGHT = 1920, 1080
HEAP, BYTES, HOLD, LOOK, FRAMES = 20.0, 200.0, 50.0, 16.0, 60.0


def farm() -> Scene:
    names = [f"s{number:02d}" for number in range(1, SERVERS + 1)]
    text = "\n".join([
        "id: fifty", "title: Fifty servers", "until: 60s", "limit: 1h", "pace: 1", "stage:",
        f"  clients: {{kind: clients, target: lb, rate: {RATE}/s, demand: 80ms, ports: {{eth0: {{}}}}}}",
        "  lb:", "    kind: balancer", f"    servers: [{', '.join(names)}]", "    algorithm: leastconn",
        "    ports: {front: {}, back: {}}",
        *(f"  {name}: {{kind: server, cores: 4, ports: {{eth0: {{}}}}}}" for name in names),
        "links:", "  - {between: clients.eth0 -- lb.front, delay: 2ms}",
        *(f"  - {{between: lb.back -- {name}.eth0, delay: 200us}}" for name in names),
    ])  # fmt: skip
    scene = read(text, VOCABULARY).scene
    assert scene is not None
    return scene


def resident() -> float:
    """MB at most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def heap(entries: int) -> float:
    """Seconds in which a heap of a few thousand entries turns so many over, and does nothing else."""
    chance, waiting = Random(1), [(n, n) for n in range(4_000)]
    gaps = [chance.randrange(1_000_000) for _ in range(10_000)]
    start = process_time()
    for number in range(entries):
        t, _ = heappop(waiting)
        heappush(waiting, (t + gaps[number % 10_000], number))
    return process_time() - start


def million() -> Iterator[Row]:
    before, start = resident(), process_time()
    simulation = Simulation(farm(), VOCABULARY.kinds)
    simulation.advance(REQUESTS * SECOND // RATE)
    seconds, held = process_time() - start, resident() - before
    done = len(simulation.timeline.answers["lb"].times)
    entries = simulation.world.agenda.number
    said = f"{seconds:.1f} s, {done:,} answered, {entries / done:.1f} entries each, {done / seconds / RATE:.0f} × real"
    name = f"10^6 requests over {SERVERS} servers against a bare heap"
    yield Row(name, seconds / heap(entries), "×", HEAP, said=said)
    yield Row("memory that they take, a request", held * 1e6 / done, "B", BYTES, said=f"{held:.0f} MB more")


def minute(app: QApplication) -> Iterator[Row]:
    settle()  # as the window does when it opens its first scene
    run = Run(farm(), VOCABULARY.kinds)
    holds, start = [], perf_counter()
    while run.busy:
        begin = process_time()
        run.advance(SLICE)
        holds.append(process_time() - begin)
    said = f"a minute of {RATE:,} requests/s in {perf_counter() - start:.1f} s, {len(holds)} slices"
    yield Row("a slice of simulating it, 99th percentile", _late(holds), "ms", HOLD, said=said)
    yield Row("a random look at it with its picture, 99th percentile", _late(list(_looks(run))), "ms", LOOK,
              said="looked up and composed")  # fmt: skip
    yield from _playing(app, run)


def _late(seconds: list[float]) -> float:
    return sorted(seconds)[int(len(seconds) * 0.99)] * 1000


def _looks(run: Run) -> Iterator[float]:
    chance, view = Random(2), View(size=(WIDTH, HEIGHT), theme=DAY)
    run.picture(1.0, view)  # lays the stage out
    for _ in range(500):
        show = chance.uniform(2.0, 60.0)
        begin = perf_counter()
        run.picture(show, view)
        yield perf_counter() - begin


def _playing(app: QApplication, run: Run) -> Iterator[Row]:
    session = Session(run)
    view = StageView(session, Words("en"), DAY)
    view.resize(WIDTH, HEIGHT)
    view.show()
    app.processEvents()
    seconds = []
    for frame in range(240):
        begin = perf_counter()
        session.seek(30 + frame / 60)
        view.repaint()
        seconds.append(perf_counter() - begin)
    view.close()
    said = f"{median(seconds) * 1e3:.2f} ms a frame in the window's stage, {WIDTH}x{HEIGHT}"
    yield Row(f"{RATE:,} requests a second as streams", 1 / median(seconds), "fps", FRAMES, least=True, said=said)


def rows() -> Iterator[Row]:
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication([])
    fonts.load()
    yield from minute(app)
    yield from million()


if __name__ == "__main__":
    raise SystemExit(not show(rows()))
