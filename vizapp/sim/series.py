"""What charts read: how many were answered, how fast, by whom, what waited and what failed, as known at a time.

Exact definitions. A window lasts `WINDOW` and is counted when it is over, so that a chart at `t` knows nothing of what
comes after `t`; an answer belongs to the window (start, end] in which the client got it.
rate: answers of each server divided by the length of the window. response: from the birth of a request to its answer
at the client, of the requests answered in the window; percentiles by nearest rank. queue: means over the window,
weighted by time. errors: requests that ended without their answer, by reason, divided by the length of the window.
share: answers of each server since the start, divided by all.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vizapp.sim.timeline import Event, Timeline
from vizapp.sim.windows import ANSWERED, SECOND, Answered, Queued, quantile

__all__ = ["ANSWERED", "BROKEN", "MENDED", "SECOND", "WINDOW", "Bar", "Line", "Series", "marked", "quantile"]

WINDOW = SECOND // 2  # true ns that one point of a chart stands for
LOAD = "in_progress"  # the field in which a server shows how many requests it has
BROKEN = ("fail", "hang", "slow", "cut", "kill", "stop", "shutdown", "partition", "loss", "delay", "duplicate")
MENDED = ("restore", "resume", "mend", "start", "boot", "heal")
NOTICED = ("balancer.down", "balancer.up", "vrrp.active")
WORSE = ("balancer.down",)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chart. label: a server's id, a reason, or `median`, `p95`, `p99`, `waiting`, `working`. xs: true
    seconds (the end of each window); ys: per second, milliseconds or requests."""

    label: str
    xs: Sequence[float]
    ys: Sequence[float]


@dataclass(frozen=True, slots=True)
class Bar:
    """What one server answered since the start: how many, and which share of all (0..1)."""

    label: str
    count: int
    share: float


def marked(timeline: Timeline, t: int) -> list[Event]:
    """What every chart marks, up to true ns `t`: what was broken or mended, and when somebody noticed."""
    names = {*NOTICED, *(f"act.{verb}" for verb in (*BROKEN, *MENDED))}
    return [event for event in timeline.events[: timeline.events_until(t)] if event.name in names and event.t > 0]


class Series:
    """The series of a run. A new run has a new timeline, and so new series."""

    def __init__(self, timeline: Timeline, window: int = WINDOW) -> None:
        self.timeline = timeline
        self.window = window
        self._answered: dict[str, Answered] = {}
        self._queued: dict[str, Queued] = {}

    def rate(self, of: str, t: int) -> list[Line]:
        """Answers per second of each server, as known at true ns `t`."""
        windows = self._answers(of)
        if windows is None:
            return []
        given = windows.answers.servers[: windows.answers.given]
        return [line for line in _cut(windows.ends, windows.rates, t) if line.label in given or any(line.ys)]

    def response(self, of: str, t: int) -> list[Line]:
        """Response time in ms as the clients felt it: `median`, and what 95 % (`p95`), 99 % (`p99`) did not exceed.

        A window without an answer has no point."""
        windows = self._answers(of)
        return [] if windows is None else _cut(windows.timed, windows.response, t)

    def errors(self, of: str, t: int) -> list[Line]:
        """Requests per second that ended without their answer, by reason; none before the first such."""
        windows = self._answers(of)
        if windows is None:
            return []
        return [line for line in _cut(windows.ends, windows.failed, t) if any(line.ys)]

    def queue(self, of: str, t: int) -> list[Line]:
        """Requests that wait for a core, and those that a core works on, in all servers of `of`."""
        answers = self.timeline.answers.get(of)
        if answers is None:
            return []
        if of not in self._queued:
            tracks = self.timeline.tracks
            self._queued[of] = Queued([tracks[name, LOAD] for name in answers.servers if (name, LOAD) in tracks],
                                      self.window)  # fmt: skip
        queued = self._queued[of]
        queued.grow(self.timeline.end)
        return _cut(queued.ends, queued.means, t)

    def share(self, of: str, t: int) -> list[Bar]:
        """Which server answered how many, since the start and up to true ns `t`."""
        windows = self._answers(of)
        if windows is None:
            return []
        answers = windows.answers
        n = min(max(t, 0) // self.window, len(windows.ends))
        counts = {server: windows.counts[server][n - 1] if n else 0 for server in answers.servers if server}
        good = answers.results.index(ANSWERED)
        for row in range(bisect_right(answers.times, n * self.window), bisect_right(answers.times, t)):
            if answers.result[row] == good:
                counts[answers.servers[answers.by[row]]] += 1
        total = sum(counts.values())
        return [Bar(server, count, count / total if total else 0.0) for server, count in counts.items()
                if count or server in answers.servers[: answers.given]]  # fmt: skip

    def lines(self, name: str, of: str, t: int) -> list[Line]:
        """The lines of the series of that name: `rate`, `response`, `queue` or `errors`."""
        made = {"rate": self.rate, "response": self.response, "queue": self.queue, "errors": self.errors}
        return made[name](of, t)

    def _answers(self, of: str) -> Answered | None:
        if of not in self._answered:
            answers = self.timeline.answers.get(of)
            if answers is None:
                return None
            self._answered[of] = Answered(answers, self.window)
        windows = self._answered[of]
        windows.grow(self.timeline.end)
        return windows


def _cut(xs: Sequence[float], lines: Mapping[str, Sequence[float]], t: int) -> list[Line]:
    """The lines as far as true ns `t`."""
    n = bisect_right(xs, t / SECOND)
    return [Line(label, xs[:n], ys[:n]) for label, ys in lines.items()]
