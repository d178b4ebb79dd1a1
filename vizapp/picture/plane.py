"""The ground of a chart: where a time and a value lie, and the round numbers beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import floor, log10

from vizapp.picture.measure import Face, advance
from vizapp.picture.shapes import Label, Line, Shape
from vizapp.picture.stage import Area
from vizapp.picture.theme import Theme
from vizapp.words import Words

NUMBERS = Face("JetBrains Mono")
LEAST_APART = 3.4  # sizes of the text between two times, at least


@dataclass(frozen=True, slots=True)
class Plane:
    """until: true seconds at the right edge; top: the value at the upper edge."""

    area: Area
    until: float
    top: float = 1.0

    def x(self, t: float) -> float:
        """Where a true second lies."""
        return self.area.x + self.area.w * (t / self.until if self.until > 0 else 0.0)

    def y(self, value: float) -> float:
        return self.area.bottom - self.area.h * value / self.top

    def t(self, x: float) -> float:
        """The true second of a place, within the plane."""
        return min(max((x - self.area.x) / self.area.w, 0.0), 1.0) * self.until if self.area.w > 0 else 0.0


def rounded_up(value: float) -> float:
    """The next round number that three equal parts of are round too: 3, 6, 9, 12, 15, 30, 60, 90, 120, 150 …"""
    power = 1.0
    while power * 10 <= value:
        power *= 10
    while power > max(value, 1e-9):
        power /= 10
    return next((power * f for f in (1.2, 1.5, 3, 6, 9) if power * f >= value), power * 12) if value > 0 else 3.0


def interval(until: float, width: float, apart: float) -> float:
    """The round number of seconds between two ticks that are at least `apart` pixels from each other."""
    least = max(until, 1e-9) * apart / max(width, apart)
    power = 10.0 ** floor(log10(least))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= least * (1 - 1e-9))


def decimals(spacing: float) -> int:
    """How many decimals tell numbers apart that differ by `spacing`."""
    return max(0, -floor(log10(spacing) + 1e-9)) if spacing > 0 else 0


def times(plane: Plane, size: float, theme: Theme, words: Words) -> Iterator[Shape]:
    """Round times below the plane."""
    every = interval(plane.until, plane.area.w, LEAST_APART * size)
    every = interval(plane.until, plane.area.w, (LEAST_APART + 0.6 * decimals(every)) * size)
    y, free = plane.area.bottom + 1.35 * size, plane.area.x - size
    for number in range(int(plane.until / every + 1e-9) + 1):
        t = number * every
        text = f"{words.number(t)}\u00a0s"
        half = advance(text, NUMBERS, 0.9 * size) / 2
        x = min(max(plane.x(t), plane.area.x + half - 0.4 * size), plane.area.right - half + 0.4 * size)
        if x - half < free:
            continue
        free = x + half + 0.6 * size
        yield Label(x, y, text, 0.9 * size, theme.muted, mono=True, anchor="middle")


def levels(plane: Plane, size: float, theme: Theme, words: Words) -> Iterator[Shape]:
    """The values at thirds of the height, each with its line across."""
    for part in range(4):
        value = plane.top * part / 3
        y = plane.y(value)
        yield Line(((plane.area.x, y), (plane.area.right, y)), theme.hairline, 1.0)
        text = words.number(value, decimals(plane.top / 3))
        yield Label(plane.area.x - 0.5 * size, y + 0.32 * size, text, 0.9 * size, theme.muted, mono=True, anchor="end")
