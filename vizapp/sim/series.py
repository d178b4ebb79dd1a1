"""What charts read: answers per second, response times and shares of a balancer, as far as they are known at a time.

Windows are aligned to the start of the run. One is shown when it is over, so a chart at `t` never knows what comes
after `t`. Each answer is looked at once; afterwards a chart is a look-up.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from vizapp.sim.timeline import Answers, Timeline

SECOND = 1_000_000_000
WINDOW = SECOND // 2  # true ns that one point of a chart stands for
NAMES = ("rate", "response", "share")
ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chart. label: a server's id, or `median`, `p95`, `p99`. xs: true seconds (the end of each window);
    ys: answers per second, or milliseconds."""

    label: str
    xs: Sequence[float]
    ys: Sequence[float]


@dataclass(frozen=True, slots=True)
class Bar:
    """What one server answered since the start: how many, and which share of all (0..1)."""

    label: str
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class Marks:
    """What a chart marks: when a thing failed or came back, and when a balancer knew (true seconds)."""

    failed: Sequence[float]
    down: Sequence[float]
    up: Sequence[float]


class _Windows:
    """The windows of one balancer that are over, filled as the run goes on. A balancer names its servers, and
    `answered` among the results, before the first answer."""

    def __init__(self, answers: Answers, window: int) -> None:
        self.answers = answers
        self.window = window
        self.ends: list[float] = []  # true seconds at which each window is over
        servers = [server for server in answers.servers if server]
        self.rates: dict[str, list[float]] = {server: [] for server in servers}
        self.counts: dict[str, list[int]] = {server: [] for server in servers}  # up to the end of each window
        self.timed: list[float] = []  # ends of the windows with at least one answer
        self.response: dict[str, list[float]] = {"median": [], "p95": [], "p99": []}
        self.next = 0  # the first answer of the window to come

    def grow(self, end: int) -> None:
        """Fill every window that is over at true ns `end`."""
        while (len(self.ends) + 1) * self.window <= end:
            self._close((len(self.ends) + 1) * self.window)

    def _close(self, over: int) -> None:
        answers, last = self.answers, bisect_right(self.answers.times, over)
        good = answers.results.index(ANSWERED)
        rows = [row for row in range(self.next, last) if answers.result[row] == good]
        self.next = last
        self.ends.append(over / SECOND)
        by = Counter(answers.by[row] for row in rows)
        for number, server in enumerate(answers.servers):
            if server:
                known = self.counts[server]
                known.append((known[-1] if known else 0) + by[number])
                self.rates[server].append(by[number] * SECOND / self.window)
        if rows:
            lasts = sorted(answers.lasts[row] for row in rows)
            self.timed.append(over / SECOND)
            for name, part in (("median", 50), ("p95", 95), ("p99", 99)):
                self.response[name].append(quantile(lasts, part) / 1e6)


def quantile(ordered: Sequence[int], percent: int) -> int:
    """The least value that `percent` % of them do not exceed (nearest rank)."""
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


class Series:
    """The series of a run. A new run has a new timeline, and so new series."""

    def __init__(self, timeline: Timeline, window: int = WINDOW) -> None:
        self.timeline = timeline
        self.window = window
        self._windows: dict[str, _Windows] = {}

    def rate(self, of: str, t: int) -> list[Line]:
        """Answers per second of each server, as known at true ns `t`."""
        windows = self._of(of)
        if windows is None:
            return []
        n = bisect_right(windows.ends, t / SECOND)
        return [Line(server, windows.ends[:n], rates[:n]) for server, rates in windows.rates.items()]

    def response(self, of: str, t: int, names: Sequence[str] = ("median", "p95")) -> list[Line]:
        """Response time in ms as the clients felt it: `median`, and what 95 % (`p95`, `p99`) did not exceed.

        A window without an answer has no point."""
        windows = self._of(of)
        if windows is None:
            return []
        n = bisect_right(windows.timed, t / SECOND)
        return [Line(name, windows.timed[:n], windows.response[name][:n]) for name in names]

    def share(self, of: str, t: int) -> list[Bar]:
        """Which server answered how many, since the start and up to true ns `t`."""
        windows = self._of(of)
        if windows is None:
            return []
        answers = windows.answers
        n = min(max(t, 0) // self.window, len(windows.ends))
        counts = {server: known[n - 1] if n else 0 for server, known in windows.counts.items()}
        good = answers.results.index(ANSWERED)
        for row in range(bisect_right(answers.times, n * self.window), bisect_right(answers.times, t)):
            if answers.result[row] == good:
                counts[answers.servers[answers.by[row]]] += 1
        total = sum(counts.values())
        return [Bar(server, count, count / total if total else 0.0) for server, count in counts.items()]

    def get(self, name: str, of: str, t: int) -> list[Line] | list[Bar]:
        """The series of that name (`rate`, `response`, `share`)."""
        if name == "share":
            return self.share(of, t)
        return self.response(of, t) if name == "response" else self.rate(of, t)

    def marks(self, t: int) -> Marks:
        """Failures and verdicts up to true ns `t`."""
        events = self.timeline.events[: self.timeline.events_until(t)]
        named = {name: [e.t / SECOND for e in events if e.name == name]
                 for name in ("act.fail", "act.hang", "balancer.down", "balancer.up")}  # fmt: skip
        return Marks(sorted(named["act.fail"] + named["act.hang"]), named["balancer.down"], named["balancer.up"])

    def _of(self, of: str) -> _Windows | None:
        if of not in self._windows:
            answers = self.timeline.answers.get(of)
            if answers is None:
                return None
            self._windows[of] = _Windows(answers, self.window)
        windows = self._windows[of]
        windows.grow(self.timeline.end)
        return windows
