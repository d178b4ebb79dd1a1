"""What a whole frame costs: looking up the moment, composing it and painting it, against the bare copy of a background.

    python -m bench.frame

First a network of sixty devices, with a hundred packets under way, on a QImage of 1920x1080. Then a crowd of a thousand
requests in the window's own stage: how many frames per second it repaints. Last a packet of `nat` that the camera
follows, its page open beside the stage and told anew at every frame, as when one scrubs; and five scenes side by side,
then five stacks of layers.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import cycle
from statistics import median
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from bench.paint import BLIT, HEIGHT, WIDTH, blit, compare
from bench.table import Row, show
from vizapp import places
from vizapp.compare import play
from vizapp.devices import VOCABULARY
from vizapp.paint import Cache, fonts, paint
from vizapp.picture.compose import compose
from vizapp.picture.layout import layout
from vizapp.picture.theme import DAY
from vizapp.picture.view import View
from vizapp.run import Run
from vizapp.scene.beside import free
from vizapp.scene.model import Scene
from vizapp.scene.reader import read
from vizapp.window.compare_screen import CompareScreen
from vizapp.window.scene_screen import SceneScreen
from vizapp.window.seats import session_of
from vizapp.window.session import Session
from vizapp.window.stage import StageView
from vizapp.words import Words

WHOLE, CROWD, FOLLOWED, FIVE = 4.0, 60.0, 60.0, 60.0
SECOND = 1_000_000_000
SWITCHES, MACHINES, PACKETS = 10, 5, 100
FRAMES = 60
STACKS = "one-instruction-five-architectures"
SIDES = ("bridged", "nat", "host-only", "internal-network", "dhcp")
FARM = """
id: crowd
title: A crowd of requests
until: 20s
pace: 1
stage:
  clients: {kind: clients, target: lb, rate: 2000/s, demand: 15ms, ports: {eth0: {}}}
  lb: {kind: balancer, servers: [a, b, c, d], algorithm: leastconn, ports: {front: {}, back: {}}}
  a: {kind: server, cores: 10, ports: {eth0: {}}}
  b: {kind: server, cores: 10, ports: {eth0: {}}}
  c: {kind: server, cores: 10, ports: {eth0: {}}}
  d: {kind: server, cores: 10, ports: {eth0: {}}}
links:
  - {between: clients.eth0 -- lb.front, delay: 125ms}
  - {between: lb.back -- a.eth0, delay: 125ms}
  - {between: lb.back -- b.eth0, delay: 125ms}
  - {between: lb.back -- c.eth0, delay: 125ms}
  - {between: lb.back -- d.eth0, delay: 125ms}
"""


def network() -> str:
    """Ten switches of five machines, each of which keeps calling its neighbour over slow cables."""
    things, links, script = [], [], []
    for rack in range(SWITCHES):
        names = [f"m{rack}{place}" for place in range(MACHINES)]
        things.append(f"  s{rack}: {{kind: switch}}")
        for place, name in enumerate(names):
            address = f"10.0.{rack}.{place + 1}/24"
            things.append(f"  {name}: {{kind: machine, ports: {{eth0: {{ip: {address}}}}}}}")
            links.append(f"  - {{between: {name}.eth0 -- s{rack}, delay: 225ms}}")
            after = names[(place + 1) % MACHINES]
            script.append(f"  - ping {name} {after} count=60 interval=450ms @ {90 * place + 9 * rack}ms")
    head = ["id: network", "title: Sixty devices", "until: 30s", "pace: 1", "arrange: grid", "stage:", *things]
    return "\n".join([*head, "links:", *links, "script:", *script])


def simulated(text: str) -> Run:
    reading = read(text, VOCABULARY)
    assert reading.scene is not None, reading.problems
    return Run(reading.scene, VOCABULARY.kinds).complete()


def crowded(run: Run, packets: int) -> int:
    """True ns of the first moment after the middle of the run with that many packets under way."""
    start = run.until // 2
    return next(t for t in range(start, run.until, SECOND // 100) if len(run.frame(t).flights()) >= packets)


def playing(run: Run, t: int) -> Callable[[QPainter], object]:
    """Looks up, composes and paints one frame after the other, a sixtieth of a second apart."""
    view, cache = View(size=(WIDTH, HEIGHT), theme=DAY), Cache()
    times = cycle(t + frame * SECOND // 60 for frame in range(FRAMES))

    def frame(painter: QPainter) -> None:
        t = next(times)
        stage = layout(run.scene, view.lang, view.size, view.level, run.kinds)
        picture = compose(run.scene, run.kinds, run.frame(t), stage, view, run.pace.show(t), run.pace)
        paint(painter, picture, cache=cache)

    return frame


def whole() -> Iterator[Row]:
    run = simulated(network())
    t = crowded(run, PACKETS)
    target = QImage(WIDTH, HEIGHT, QImage.Format.Format_ARGB32_Premultiplied)
    times = compare(target, {BLIT: blit(), "frame": playing(run, t)}, times=FRAMES)
    packets = len(run.frame(t).flights())
    said = f"{times['frame'] * 1e3:.2f} ms, bare blit {times[BLIT] * 1e3:.2f} ms"
    name = f"whole frame, {len(run.scene.things)} boxes, {packets} packets"
    yield Row(name, times["frame"] / times[BLIT], "×", WHOLE, said=said)


def crowd(app: QApplication) -> Iterator[Row]:
    session = Session(simulated(FARM))
    view = StageView(session, Words("en"), DAY)
    view.resize(WIDTH, HEIGHT)
    view.show()
    app.processEvents()
    seconds, dots = [], []
    for frame in range(4 * FRAMES):
        begin = perf_counter()
        session.seek(10 + frame / 60)
        view.repaint()
        seconds.append(perf_counter() - begin)
        dots.append(sum(1 for _ in session.run.frame(session.t).crowd()))
    view.close()
    said = f"{median(seconds) * 1e3:.2f} ms a frame in the window's stage, {WIDTH}x{HEIGHT}"
    yield Row(f"a crowd of {round(median(dots)):,} requests", 1 / median(seconds), "fps", CROWD, least=True, said=said)


def followed(app: QApplication) -> Iterator[Row]:
    session = Session(Run(shipped("nat"), VOCABULARY.kinds).complete())
    screen = SceneScreen(session, Words("en"), DAY)
    screen.resize(WIDTH, HEIGHT)
    screen.show()
    syn = next(hop.packet.id for hop in session.run.timeline.flights if hop.packet.name == "SYN")
    session.seek(session.length)
    session.select(f"packet:{syn}")
    session.follow(syn)
    app.processEvents()
    hops, pace = session.run.timeline.index.hops(syn), session.run.pace
    start, end, seconds = pace.show(hops[0].departs), pace.show(hops[-1].arrives), []
    for frame in range(2 * FRAMES):
        begin = perf_counter()
        session.seek(start + frame * (end - start) / (2 * FRAMES))
        screen.stage.repaint()
        app.processEvents()
        seconds.append(perf_counter() - begin)
    screen.close()
    said = f"{median(seconds) * 1e3:.2f} ms a frame in the window, {WIDTH}x{HEIGHT}"
    yield Row("a packet followed, its page open", 1 / median(seconds), "fps", FOLLOWED, least=True, said=said)


def five(app: QApplication) -> Iterator[Row]:
    """Five networks, then five stacks of layers."""
    yield beside(app, "five scenes side by side", free([shipped(name) for name in SIDES]))
    yield beside(app, "five stacks side by side", shipped(STACKS))


def shipped(name: str) -> Scene:
    scene = read(places.shipped_scenes() / f"{name}.yaml", VOCABULARY).scene
    assert scene is not None
    return scene


def beside(app: QApplication, name: str, scene: Scene) -> Row:
    """All stages, what is told below them, and the time line, at every frame."""
    session = session_of(play(scene, VOCABULARY.kinds).complete())
    screen = CompareScreen(session, Words("en"), DAY)
    screen.resize(WIDTH, HEIGHT)
    screen.show()
    app.processEvents()
    seconds = []
    for frame in range(2 * FRAMES):
        begin = perf_counter()
        session.seek(session.length / 4 + frame / 60)
        app.processEvents()
        seconds.append(perf_counter() - begin)
    screen.close()
    said = f"{median(seconds) * 1e3:.2f} ms a frame in the window, {WIDTH}x{HEIGHT}"
    return Row(name, 1 / median(seconds), "fps", FIVE, least=True, said=said)


def rows() -> Iterator[Row]:
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication([])
    fonts.load()
    yield from whole()
    yield from crowd(app)
    yield from followed(app)
    yield from five(app)


if __name__ == "__main__":
    raise SystemExit(not show(rows()))
