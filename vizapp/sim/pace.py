"""Pace: the map from show time (seconds on the wall) to true time (ns in the simulation).

Only what is followed stretches time. The map is drawn from left to right from what is in flight and planned at each
moment, never from what comes later: an act at t changes nothing of it before t, and a longer run agrees.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from vizapp.sim.timeline import Event

HOP = 0.8  # show seconds that a followed hop takes
HOLD = 1.2  # show seconds for which the clock stands still at a followed event
FREE = 500_000_000  # true ns of a wait that play 1:1; after them each doubling takes DOUBLING show seconds
DOUBLING = 0.35
SECOND = 1e9


@dataclass(frozen=True, slots=True)
class Compressed:
    """A wait from `start` to `end` (true ns) that was shown in `show` seconds."""

    start: int
    end: int
    show: float


class Passing(Protocol):
    """A flight that stretches time: when it departs, when it is to arrive, when it ended (true ns)."""

    @property
    def departs(self) -> int: ...
    @property
    def arrives(self) -> int: ...
    @property
    def ended(self) -> int | None: ...


class Pace:
    """Piecewise linear and monotone; it may stand still. `factor`: true seconds per show second, when fixed."""

    def __init__(
        self,
        end: int,
        flights: Iterable[Passing] = (),
        held: Iterable[Event] = (),
        felt: Sequence[tuple[int, int]] = (),
        factor: float | None = None,
    ) -> None:
        self.factor = factor
        self.compressed: list[Compressed] = []
        self._shows = [0.0]
        self._trues = [0]
        if factor is None:
            self._draw(end, list(flights), {event.t for event in held}, felt)
        else:
            self._knot(end / SECOND / factor, end)

    def _knot(self, show: float, true: int) -> None:
        if show > self._shows[-1] or true > self._trues[-1]:
            self._shows.append(show)
            self._trues.append(true)

    def _draw(self, end: int, flights: list[Passing], held: set[int], felt: Sequence[tuple[int, int]]) -> None:
        starts: dict[int, list[Passing]] = {}
        stops: dict[int, list[Passing]] = {}
        for flight in flights:
            stop = flight.arrives if flight.ended is None else min(flight.arrives, flight.ended)
            starts.setdefault(flight.departs, []).append(flight)
            stops.setdefault(stop, []).append(flight)
        marks = {*starts, *stops, *held, end, *(t for wait in felt for t in wait)}
        active: dict[int, int] = {}  # by flight: those of several runs may bear one number
        quiet = 0  # when the present wait began
        now = 0
        for t in sorted(t for t in marks if t <= end):
            if active:
                self._stretch(t, min(active.values()))
            else:
                self._wait(quiet, now, t, felt)
            for flight in stops.get(t, ()):
                active.pop(id(flight), None)
            for flight in starts.get(t, ()):
                if flight.arrives > t and flight.ended != t:
                    active[id(flight)] = flight.arrives - flight.departs
            if t in held:
                self._knot(self._shows[-1] + HOLD, t)
            if active or t in starts or t in stops or t in held:
                self._note(quiet, t)
                quiet = t
            now = t
        self._note(quiet, end)

    def _stretch(self, t: int, shortest: int) -> None:
        """Up to `t`, the shortest hop under way takes HOP."""
        self._knot(self._shows[-1] + (t - self._trues[-1]) * HOP / shortest, t)

    def _wait(self, quiet: int, start: int, t: int, felt: Sequence[tuple[int, int]]) -> None:
        """Up to `t` nothing followed is under way: 1:1 where it is felt, else ever faster."""
        if any(a <= start and t <= b for a, b in felt):
            self._knot(self._shows[-1] + (t - start) / SECOND, t)
            return
        while start < t:
            corner, slope = _lap(start - quiet)
            stop = min(quiet + corner, t)
            self._knot(self._shows[-1] + (stop - start) * slope, stop)
            start = stop

    def _note(self, start: int, end: int) -> None:
        show = self.show(end) - self.show_end(start)
        if end - start > 2 * FREE and (end - start) / SECOND > 2 * show:
            self.compressed.append(Compressed(start, end, show))

    # looking up

    @property
    def length(self) -> float:
        """Show seconds of the whole."""
        return self._shows[-1]

    def show(self, t: int) -> float:
        """The first show second at which the clock shows true ns `t`."""
        return self._cross(bisect_left(self._trues, t), t)

    def show_end(self, t: int) -> float:
        """The last show second at which the clock still shows `t`: after the hold, when there is one."""
        return self._cross(bisect_right(self._trues, t), t, last=True)

    def _cross(self, index: int, t: int, last: bool = False) -> float:
        trues, shows = self._trues, self._shows
        if last and index > 0 and trues[index - 1] == t:
            return shows[index - 1]
        if index >= len(trues):
            return shows[-1]
        if index == 0 or trues[index] == t:
            return shows[index]
        share = (t - trues[index - 1]) / (trues[index] - trues[index - 1])
        return shows[index - 1] + share * (shows[index] - shows[index - 1])

    def true(self, show: float) -> int:
        """True ns at that show second."""
        trues, shows = self._trues, self._shows
        index = bisect_right(shows, show)
        if index >= len(shows):
            return trues[-1]
        if index == 0:
            return trues[0]
        share = (show - shows[index - 1]) / (shows[index] - shows[index - 1])
        return trues[index - 1] + round(share * (trues[index] - trues[index - 1]))

    def carried(self, show: float, old: Pace) -> float:
        """Where one looks at what `old` showed at show second `show`: the same true time, as far into a standstill."""
        t = old.true(show)
        into = show - old.show(t)
        return min(self.show(t) + max(into, 0.0), self.show_end(t))

    def scale(self, show: float) -> float:
        """True ns per show second around `show`: what the control shows as `1 s = 0.5 ms`; 0 where time stands."""
        index = min(max(bisect_right(self._shows, show), 1), len(self._shows) - 1)
        if index < 1 or self._shows[index] == self._shows[index - 1]:
            return 0.0
        return (self._trues[index] - self._trues[index - 1]) / (self._shows[index] - self._shows[index - 1])


def _lap(gone: int) -> tuple[int, float]:
    """For a wait that has lasted `gone` ns: where its present lap ends, and its show seconds per ns."""
    if gone < FREE:
        return FREE, 1 / SECOND
    corner = FREE
    while corner <= gone:
        corner *= 2
    return corner, DOUBLING / (corner // 2)
