"""How long simulating the scene `nat` takes, as a ratio against the start of a bare PySide6 window.

    python -m bench.nat
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from bench.start import BARE, environment, run
from bench.table import Row, show
from vizapp import places
from vizapp.devices import VOCABULARY
from vizapp.run import Run
from vizapp.scene.reader import read

BUDGET = 0.5
TIMES = 5


def simulated() -> tuple[float, int]:
    """Seconds for the whole run (the least of a few), and how many events it has."""
    scene = read(places.shipped_scenes() / "nat.yaml", VOCABULARY).scene
    assert scene is not None
    least, events = float("inf"), 0
    for _ in range(TIMES):
        start = perf_counter()
        events = len(Run(scene, VOCABULARY.kinds).complete().timeline.events)
        least = min(least, perf_counter() - start)
    return least, events


def bare() -> float:
    """Seconds of a bare window's start (the least of a few)."""
    with tempfile.TemporaryDirectory() as folder:
        env = environment(Path(folder))
        return min(run(BARE, env)[0] for _ in range(TIMES))


def rows() -> Iterator[Row]:
    window, (ours, events) = bare(), simulated()
    said = f"{ours * 1000:.1f} ms for {events} events, bare window {window * 1000:.0f} ms"
    yield Row("simulating nat, whole", ours / window, "×", BUDGET, said=said)


if __name__ == "__main__":
    raise SystemExit(not show(rows()))
