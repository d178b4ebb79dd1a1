"""What a balancer's clients got, and what its servers had to do, in windows of equal length: filled as a run goes on.

Windows are aligned to the start of the run, and one is there when it is over. Each answer and each change is looked at
once; what a chart reads afterwards is a look-up.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import compress
from typing import Any

from vizapp.sim.timeline import Answers
from vizapp.sim.track import Track

SECOND = 1_000_000_000
ANSWERED = "answered"
PERCENTS = {"median": 50, "p95": 95, "p99": 99}


def quantile(ordered: Sequence[int], percent: int) -> int:
    """The least value that at least `percent` % of them do not exceed (nearest rank: no value between two)."""
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


class Answered:
    """The answers that one device counts, by window. `answered` is among its results before the first answer."""

    def __init__(self, answers: Answers, window: int) -> None:
        self.answers = answers
        self.window = window
        self.ends: list[float] = []  # true seconds at which each window is over
        given = [server for server in answers.servers[: answers.given] if server]
        self.rates: dict[str, list[float]] = {server: [] for server in given}
        self.counts: dict[str, list[int]] = {server: [] for server in given}  # up to the end of each window
        self.failed: dict[str, list[float]] = {}  # failures a second, by reason
        self.timed: list[float] = []  # ends of the windows with at least one answer
        self.response: dict[str, list[float]] = {name: [] for name in PERCENTS}  # ms
        self.next = 0  # the first answer of the window to come

    def grow(self, end: int) -> None:
        """Fill every window that is over at true ns `end`."""
        while (over := (len(self.ends) + 1) * self.window) <= end:
            self._close(over)

    def _close(self, over: int) -> None:
        answers, first, last = self.answers, self.next, bisect_right(self.answers.times, over, self.next)
        self.next = last
        self.ends.append(over / SECOND)
        by, lasts, came = answers.by[first:last], answers.lasts[first:last], answers.result[first:last]
        good = answers.results.index(ANSWERED)
        kept: Sequence[int] = lasts
        if came.count(good) < len(came):
            chosen = [result == good for result in came]
            by, kept = array("H", compress(by, chosen)), list(compress(lasts, chosen))
        self._share(Counter(by))
        self._fail(Counter(came), good)
        if kept:
            self._time(sorted(kept), over)

    def _share(self, by: Mapping[int, int]) -> None:
        for number, server in enumerate(self.answers.servers):
            if server:
                known = self.counts.setdefault(server, [0] * (len(self.ends) - 1))
                known.append((known[-1] if known else 0) + by.get(number, 0))
                rate = self.rates.setdefault(server, [0.0] * (len(self.ends) - 1))
                rate.append(by.get(number, 0) * SECOND / self.window)

    def _fail(self, came: Mapping[int, int], good: int) -> None:
        for number, reason in enumerate(self.answers.results):
            if number != good and (reason in self.failed or number in came):
                line = self.failed.setdefault(reason, [0.0] * (len(self.ends) - 1))
                line.append(came.get(number, 0) * SECOND / self.window)

    def _time(self, lasts: Sequence[int], over: int) -> None:
        self.timed.append(over / SECOND)
        for name, percent in PERCENTS.items():
            self.response[name].append(quantile(lasts, percent) / 1e6)


class Queued:
    """How many requests the servers of a balancer had, as means over each window weighted by time: `working`, those a
    core was at, and `waiting`, those beyond the cores."""

    def __init__(self, tracks: Sequence[Track], window: int) -> None:
        self.tracks = tracks
        self.window = window
        self.ends: list[float] = []
        self.means: dict[str, list[float]] = {"waiting": [], "working": []}
        self.next = [0] * len(tracks)  # of each track, the first change of the window to come

    def grow(self, end: int) -> None:
        """Fill every window that is over at true ns `end`."""
        while (over := (len(self.ends) + 1) * self.window) <= end:
            sums = [self._sums(number, over) for number in range(len(self.tracks))]
            self.ends.append(over / SECOND)
            for name, total in zip(self.means, map(sum, zip(*sums, strict=True)), strict=True):
                self.means[name].append(total / self.window)

    def _sums(self, number: int, over: int) -> tuple[int, int]:
        """Requests times ns, waiting and working, of one server in the window that ends at `over`."""
        track, start = self.tracks[number], self.next[number]
        stop = bisect_right(track.times, over - 1, start)
        self.next[number] = stop
        t = over - self.window
        waiting, working = load(track.values[start - 1] if start else None)
        sums = [0, 0]
        for at, value in zip((*track.times[start:stop], over), (*track.values[start:stop], None), strict=True):
            sums[0] += waiting * (at - t)
            sums[1] += working * (at - t)
            t, (waiting, working) = at, load(value)
        return sums[0], sums[1]


def load(value: Any) -> tuple[int, int]:
    """(waiting, working) of what a server shows: `n` requests, `of` so many cores."""
    if value is None:
        return 0, 0
    n, cores = value["n"], value["of"]
    return (n - cores, cores) if n > cores else (0, n)
