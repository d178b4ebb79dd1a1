"""How the clocks of the sides go together: at the same time, or step by step.

Both are maps from the show second of the whole to that of a side, drawn from left to right from what has happened so
far: an act changes nothing before it, and longer runs agree as far as the shorter ones of all sides went.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from vizapp.compare.side import Side
from vizapp.run import Moment
from vizapp.sim.pace import Pace

PATIENCE = 12.0  # show seconds that a side which is there waits for one that is not
SECOND = 1_000_000_000


class Pairing(Protocol):
    """pace: of the whole, to the true ns that its clock shows. steps: when all that take part have come to each."""

    @property
    def pace(self) -> Pace: ...

    @property
    def steps(self) -> list[Moment]: ...

    def own(self, side: int, show: float) -> float:
        """The side's show second at that one of the whole."""

    def whole(self, side: int, own: float) -> float:
        """The first show second of the whole at which the side is there."""


class SameTime:
    """One pace over all that is followed on any side."""

    def __init__(self, sides: Sequence[Side]) -> None:
        self.sides = sides
        self.pace = self._pace()

    def _pace(self) -> Pace:
        end = min(side.timeline.end for side in self.sides)
        factor = next((side.scene.pace for side in self.sides if side.scene.pace is not None), None)
        if factor is not None:
            return Pace(end, factor=factor)
        parts = [side.stretching() for side in self.sides]
        flights = [flight for part, _, _ in parts for flight in part]
        held = [event for _, part, _ in parts for event in part]
        return Pace(end, flights, held, [wait for _, _, part in parts for wait in part])

    @property
    def steps(self) -> list[Moment]:
        return [_last([side.steps[n] for side in self.sides if n < len(side.steps)])
                for n in range(max(len(side.steps) for side in self.sides))]  # fmt: skip

    def own(self, side: int, show: float) -> float:
        return show

    def whole(self, side: int, own: float) -> float:
        return own


def _last(moments: Sequence[Moment]) -> Moment:
    """A step is reached when it is on all sides on which it comes."""
    return max(moments, key=lambda moment: moment.show if moment.comes else -1.0)


@dataclass(slots=True)
class _Course:
    """How a side goes: the whole's show seconds, and its own, where it starts or stops. It stands or plays as fast."""

    whole: list[float] = field(default_factory=lambda: [0.0])
    own: list[float] = field(default_factory=lambda: [0.0])
    t: int = 0  # true ns that it has come to

    @property
    def here(self) -> float:
        return self.own[-1]

    def go(self, until: float, plays: float) -> None:
        """Play for so long, then stand until that show second of the whole."""
        start = self.whole[-1]
        if plays > 0:
            self.whole.append(start + plays)
            self.own.append(self.here + plays)
        if until > self.whole[-1]:
            self.whole.append(until)
            self.own.append(self.here)


class SameStep:
    """Each side at its own pace; one that has come to a step waits there until all that take part have. The clock of
    the whole shows nanoseconds of show: true time is another one on each side."""

    def __init__(self, sides: Sequence[Side], takes: Sequence[Sequence[bool]]) -> None:
        """takes: of each step, which sides come to it in the run as it was written."""
        self.sides = sides
        self.courses = [_Course() for _ in sides]
        self.steps = [self._step(number, taking) for number, taking in enumerate(takes)]
        self._play_on()
        length = max(course.whole[-1] for course in self.courses)
        self.pace = Pace(round(length * SECOND), factor=1.0)

    def _step(self, number: int, taking: Sequence[bool]) -> Moment:
        now = max(course.whole[-1] for course in self.courses)
        found = {i: self.sides[i].reach(number, self.courses[i].t) for i, takes in enumerate(taking) if takes}
        needs = {i: max(moment.show - self.courses[i].here, 0.0) for i, moment in found.items() if moment.comes}
        if not needs:
            return Moment(None)
        most = min(needs.values()) + PATIENCE
        lasts = most if len(needs) < len(found) else min(max(needs.values()), most)
        for i, course in enumerate(self.courses):
            side = self.sides[i]
            plays = min(needs.get(i, lasts), lasts, max(side.pace.length - course.here, 0.0)) if i in found else 0.0
            course.go(now + lasts, plays)
            if i in needs and needs[i] <= lasts:
                course.t = found[i].t or 0
            elif plays:
                course.t = side.pace.true(course.here)
        first = found[min(needs)]
        return Moment(round((now + lasts) * SECOND), now + lasts, first.event)

    def _play_on(self) -> None:
        """After the last step, each to its end."""
        for side, course in zip(self.sides, self.courses, strict=True):
            left = max(side.pace.length - course.here, 0.0)
            course.go(course.whole[-1] + left, left)

    def own(self, side: int, show: float) -> float:
        course = self.courses[side]
        return _between(course.whole, course.own, show)

    def whole(self, side: int, own: float) -> float:
        course = self.courses[side]
        index = bisect_left(course.own, own)
        if index >= len(course.own):
            return course.whole[-1]
        return course.whole[index] - (course.own[index] - own)


def _between(xs: Sequence[float], ys: Sequence[float], x: float) -> float:
    index = bisect_right(xs, x)
    if index >= len(xs):
        return ys[-1]
    if index == 0:
        return ys[0]
    return min(ys[index - 1] + (x - xs[index - 1]), ys[index])
