"""What writing a capture costs beyond the bytes of its frames: a whole pcapng file against packing each frame once.

    python -m bench.capture

The network is that of `bench.frame`: sixty devices, every port captured, each frame seen at several of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import perf_counter
from typing import cast

from bench.frame import network, simulated
from bench.table import Row, show
from vizapp.export import Past, pcapng
from vizapp.protocols import Header, pack
from vizapp.run import Run
from vizapp.words import Words

BUDGET = 2.5
TIMES = 5


def frames(run: Run) -> list[tuple[Header, ...]]:
    """The headers of each frame, once."""
    every = {id(flight.packet.layers): flight.packet.layers for flight in run.timeline.flights}
    return [cast(tuple[Header, ...], layers) for layers in every.values()]


def least(call: Callable[[], object]) -> float:
    """Seconds, the least of a few."""
    seconds = []
    for _ in range(TIMES):
        start = perf_counter()
        call()
        seconds.append(perf_counter() - start)
    return min(seconds)


def rows() -> Iterator[Row]:
    run = simulated(network())
    layers = frames(run)
    past = Past(run, run.timeline.end, Words("en"))
    bare = least(lambda: [pack(each) for each in layers])
    whole = least(lambda: pcapng.make(past))
    seen = 2 * len(run.timeline.flights)
    said = f"{whole * 1e3:.0f} ms for {len(pcapng.make(past)) / 1e6:.1f} MB, frames alone {bare * 1e3:.0f} ms"
    yield Row(f"a capture of {len(layers):,} frames, seen {seen:,} times", whole / bare, "×", BUDGET, said=said)


if __name__ == "__main__":
    raise SystemExit(not show(rows()))
