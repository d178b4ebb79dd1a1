"""The graduation of the strip: round true times, and between them how much later it is where time is stretched.

Where a followed hop takes most of the width, `4 s` alone would say nothing: `+200 µs` after it does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import floor, log10

from vizapp.sim.pace import Pace
from vizapp.words import Words

SECOND = 1_000_000_000
COARSE = (SECOND, SECOND // 2, SECOND // 10)  # true ns between two round times; the finest of which there are not many
MANY = 400
NEAR = SECOND // 100  # true ns after a round time within which its stretch begins
STRETCHED = 70.0  # pixels that NEAR takes at least where time is stretched
FINEST = 100  # true ns

Place = Callable[[float], float]


@dataclass(frozen=True, slots=True)
class Tick:
    """A true time `t` (ns) at a show second; `base` is the round time that it is said against, None for itself."""

    show: float
    t: int
    base: int | None = None

    def said(self, words: Words) -> str:
        """`4 s`, `2.5 s`, `+200 µs`."""
        if self.base is not None:
            return "+" + words.duration(self.t - self.base)
        return words.number(self.t / SECOND) + "\u00a0s"


def ticks(pace: Pace, x_of: Place, apart: float) -> list[Tick]:
    """In order of time; no two are nearer than `apart` pixels, round seconds than half of it."""
    if pace.length <= 0:
        return []
    if pace.factor is not None:
        return _even(pace, x_of, apart)
    found = _coarse(pace, x_of, apart * 0.55)
    for tick, after in zip(list(found), [*found[1:], None], strict=True):
        right = x_of(after.show) if after else x_of(pace.length) + apart
        found += _fine(pace, x_of, tick, right, apart)
    return sorted(found, key=lambda tick: tick.show)


def _even(pace: Pace, x_of: Place, apart: float) -> list[Tick]:
    """Round times at one distance: what a strip has whose map is even."""
    end = pace.true(pace.length)
    wide = x_of(pace.length) - x_of(0.0)
    if wide <= 0:
        return []
    least = apart / wide * end / SECOND
    power = 10.0 ** floor(log10(least))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= least)
    return [Tick(pace.show(t), t) for t in range(0, end + 1, max(round(step * SECOND), 1))]


def _coarse(pace: Pace, x_of: Place, apart: float) -> list[Tick]:
    """Round times: first those after which time is stretched, then the roundest, as far as there is room."""
    end = pace.true(pace.length)
    unit = next((each for each in reversed(COARSE) if end // each <= MANY), end // MANY + 1)
    ranked = []
    for t in range(0, end + 1, unit):
        show = pace.show(t)
        stretched = x_of(pace.show(min(t + NEAR, end))) - x_of(show) >= STRETCHED
        ranked.append((t != 0, not stretched, -_roundness(t), show, t))
    found: list[Tick] = []
    for *_, show, t in sorted(ranked):
        if all(abs(x_of(show) - x_of(each.show)) >= apart for each in found):
            found.append(Tick(show, t))
    return sorted(found, key=lambda tick: tick.t)


def _roundness(t: int) -> int:
    """The greatest 1, 2 or 5 with noughts (in tenths of a second) that measures `t`."""
    tenths = t // COARSE[-1]
    units = (1000, 500, 200, 100, 50, 20, 10, 5, 2, 1)
    return next((unit for unit in units if tenths % unit == 0), 1)


def _fine(pace: Pace, x_of: Place, base: Tick, right: float, apart: float) -> list[Tick]:
    """Times said against a round one, in the room before the next: the largest unit that has a place goes first."""
    found: list[Tick] = []
    taken = [x_of(base.show), right]
    unit = COARSE[-1]
    while unit >= FINEST and right - taken[0] >= 2 * apart:
        for factor in (5, 2, 1, 4, 3, 6, 8):
            t = base.t + factor * unit
            show = pace.show(t)
            x = x_of(show)
            if taken[0] < x < right and all(abs(x - each) >= apart for each in taken):
                taken.append(x)
                found.append(Tick(show, t, base.t))
        unit //= 10
    return found
