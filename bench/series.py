"""What the points of all charts cost: the series of a million requests against a bare loop over the same columns.

    python -m bench.series

The requests are those of ten servers, answered over a thousand seconds; the loop adds up how long each one took.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from time import perf_counter

from bench.table import Row, show
from vizapp.sim.series import Series
from vizapp.sim.timeline import Answers, Timeline

REQUESTS = 1_000_000
SERVERS = tuple(f"web{number}" for number in range(1, 11))
BUDGET = 12.0


def crowd() -> Timeline:
    """A timeline with the answers and the loads of a million requests, one in a thousand failed."""
    chance = Random(4)
    made = Timeline()
    answers = made.answers["lb"] = Answers(servers=[*SERVERS, ""], results=["answered"])
    loads = [{"n": n, "of": 8} for n in range(32)]
    for number in range(REQUESTS):
        t, server = number * 1_000_000, SERVERS[number % len(SERVERS)]
        failed = number % 1000 == 0
        by, result = ("", "no-server") if failed else (server, "answered")
        answers.add(t, int(chance.random() * 1e8), by, result, number)
        made.track(server, "in_progress").put(t, loads[int(chance.random() * 32)])
    made.end = REQUESTS * 1_000_000
    return made


def bare(timeline: Timeline) -> float:
    """Seconds of the loop."""
    answers, start, total = timeline.answers["lb"], perf_counter(), 0
    for _, lasts, _, result in zip(answers.times, answers.lasts, answers.by, answers.result, strict=True):
        if result == 0:
            total += lasts
    return perf_counter() - start


def charted(timeline: Timeline) -> tuple[float, float]:
    """Seconds until every series is there, and to look all of them up once more."""
    series, seconds = Series(timeline), []
    for _ in range(2):
        start = perf_counter()
        for name in ("rate", "response", "queue", "errors"):
            series.lines(name, "lb", timeline.end)
        series.share("lb", timeline.end)
        seconds.append(perf_counter() - start)
    return seconds[0], seconds[1]


def rows() -> Iterator[Row]:
    timeline = crowd()
    loop = min(bare(timeline) for _ in range(3))
    first, again = charted(timeline)
    said = f"{first * 1e3:.0f} ms; loop {loop * 1e3:.0f} ms; looked up again {again * 1e3:.1f} ms"
    yield Row(f"every series of {REQUESTS:,} requests", first / loop, "×", BUDGET, said=said)


if __name__ == "__main__":
    raise SystemExit(not show(rows()))
