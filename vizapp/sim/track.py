"""Tracks: how one field changed over time, and the columns in which a crowd of requests is kept."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple


class Track:
    """The values of one field with the true ns since which each holds.

    code: for whole numbers that change at every request, the `array` code of a compact column (`H`, `I`).
    """

    __slots__ = ("times", "values")

    def __init__(self, code: str = "") -> None:
        self.times = array("q")
        self.values: list[Any] | array[int] = array(code) if code else []

    def put(self, t: int, value: Any) -> None:
        """Record `value` from `t` on; a second value at one instant replaces the first."""
        if self.times and self.times[-1] == t:
            self.values[-1] = value
        elif not self.values or self.values[-1] != value:
            self.times.append(t)
            self.values.append(value)

    def index(self, t: int) -> int:
        """Index of the value in force at `t`, or -1 before the first."""
        return bisect_right(self.times, t) - 1

    def changes(self, until: int) -> Iterator[tuple[int, Any]]:
        last = bisect_right(self.times, until)
        return zip(self.times[:last], self.values[:last], strict=True)


class Passage(NamedTuple):
    """One flight of a request, as a pace asks for it. True ns; ended: as planned, or earlier."""

    departs: int
    arrives: int
    ended: int


class Crowd:
    """One-way flights of requests as columns: 18 bytes each, in order of departure.

    route: index in `routes`, pairs of port ids. departs: true ns. lasts: planned ns (under 4.29 s). request: number.
    A flight that ended otherwise than planned is in `ends`: row -> (true ns, reason).
    """

    __slots__ = (
        "departs", "ends", "lasts", "longest", "number", "request", "route", "routes",
        "to_departs", "to_lasts", "to_request", "to_route",
    )  # fmt: skip

    def __init__(self) -> None:
        self.routes: list[tuple[str, str]] = []
        self.number: dict[tuple[str, str], int] = {}
        self.route = array("H")
        self.departs = array("q")
        self.lasts = array("I")
        self.request = array("I")
        self.ends: dict[int, tuple[int, str]] = {}
        self.longest = 0
        # looked up once, because they are called at every hop
        self.to_route, self.to_departs = self.route.append, self.departs.append
        self.to_lasts, self.to_request = self.lasts.append, self.request.append

    def route_of(self, a: str, b: str) -> int:
        """The index of the way from port `a` to port `b`."""
        key = (a, b)
        if key not in self.number:
            self.number[key] = len(self.routes)
            self.routes.append(key)
        return self.number[key]

    def add(self, route: int, departs: int, lasts: int, request: int) -> int:
        self.to_route(route)
        self.to_departs(departs)
        self.to_lasts(lasts)
        self.to_request(request)
        if lasts > self.longest:
            self.longest = lasts
        return len(self.departs) - 1

    def end(self, row: int, t: int, reason: str) -> None:
        """The flight of `row` ended at `t`, before its time, for that reason."""
        self.ends[row] = (t, reason)

    def in_flight(self, t: int, least: int = 0) -> Iterator[tuple[int, float]]:
        """(row, progress 0..1) of all that are on their way at `t`; one that lasts less than `least` ns is shown as
        if it lasted that long, so that a short hop leaves a trace."""
        first = bisect_left(self.departs, t - max(self.longest, least))
        ends = self.ends
        for row in range(first, bisect_right(self.departs, t)):
            departs = self.departs[row]
            gone, lasts = t - departs, max(self.lasts[row], least)
            if gone < lasts and (row not in ends or gone * self.lasts[row] < (ends[row][0] - departs) * lasts):
                yield row, gone / lasts

    def departed(self, start: int, end: int) -> Counter[int]:
        """How many set off after true ns `start` and up to `end`, by route."""
        return Counter(self.route[bisect_right(self.departs, start) : bisect_right(self.departs, end)])

    def passages(self) -> Iterator[Passage]:
        """Every flight of a request; what bears no number (a health check) is left out."""
        for row, number in enumerate(self.request):
            if number:
                arrives = self.departs[row] + self.lasts[row]
                yield Passage(self.departs[row], arrives, self.ends[row][0] if row in self.ends else arrives)

    def __len__(self) -> int:
        return len(self.departs)
