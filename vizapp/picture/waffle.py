"""A rectangle that stands for an amount, filled with equal cells to scale: each of them has its share of the area."""

from __future__ import annotations

from collections.abc import Iterator
from math import log, sqrt
from typing import NamedTuple

from vizapp.picture.shapes import Line, Plain, Rect
from vizapp.picture.stage import Area

FINEST = 2.5  # pixels: narrower cells are not told apart
GRID = 1.0  # width of the lines between cells
WIDER = tuple(0.7 + 0.05 * step for step in range(15))  # cells beside each other, in those that would be square
MOST = 5000  # cells that are drawn one by one


class Course(NamedTuple):
    """Cells beside each other. top, h: where the course lies; w: of each of its `n` cells."""

    top: float
    h: float
    w: float
    n: int


def courses(area: Area, n: int, share: float) -> list[Course]:
    """`n` cells, each of that share of the area, from the bottom up and from the left. The last course is lower where
    less room is left, its cells as much wider; of all numbers of cells beside each other, the one that leaves all of
    them nearest to squares."""
    cell = area.w * area.h * share
    if n < 1 or cell <= 0:
        return []
    usual = area.w / sqrt(cell)
    tries = {min(n, max(1, round(usual * wider))) for wider in WIDER}
    return min((_courses(area, n, cell, across) for across in sorted(tries)), key=_stretched)


def _courses(area: Area, n: int, cell: float, across: int) -> list[Course]:
    w = area.w / across
    h = cell / w
    full, rest = divmod(n, across)
    found = [Course(area.bottom - (index + 1) * h, h, w, across) for index in range(full)]
    if rest:
        low = max(min(h, area.h - full * h), rest * cell / area.w)
        found.append(Course(area.bottom - full * h - low, low, cell / low, rest))
    return found


def _stretched(courses: list[Course]) -> float:
    """How far from square the worst of the cells is."""
    return max(abs(log(course.w / course.h)) for course in courses)


def drawn(area: Area, n: int, share: float, part: float, colours: tuple[str, str, str], of: str) -> Iterator[Plain]:
    """The cells. colours: of `part` (0 to 1) of each, of the rest around it, of the lines between them."""
    inner, rest, grid = colours
    apart = n <= MOST
    for course in courses(area, n, share):
        wide = course.n * course.w
        yield Rect(area.x, course.top, wide, course.h, 0.0, rest, None, of=of)
        if course.w >= FINEST:
            yield from _grid(area, course, grid, of)
        yield from _parts(area, course, part, inner, of) if apart else _band(area, course, part, inner, of)


def _grid(area: Area, course: Course, colour: str, of: str) -> Iterator[Plain]:
    wide = course.n * course.w
    yield Line(((area.x, course.top), (area.x + wide, course.top)), colour, GRID, of=of)
    for index in range(1, course.n + (wide < area.w - 1)):
        x = area.x + index * course.w
        yield Line(((x, course.top), (x, course.top + course.h)), colour, GRID, of=of)


def _parts(area: Area, course: Course, part: float, colour: str, of: str) -> Iterator[Plain]:
    """In each cell its part, in the middle, of the same form."""
    side = sqrt(part)
    w, h = side * course.w, side * course.h
    for index in range(course.n):
        x = area.x + (index + 0.5) * course.w - w / 2
        yield Rect(x, course.top + (course.h - h) / 2, w, h, min(w / 8, h / 8, (course.w - w) / 2), colour, None, of=of)


def _band(area: Area, course: Course, part: float, colour: str, of: str) -> Iterator[Plain]:
    """Too many to be drawn one by one: the parts of a course together, along its foot."""
    foot = course.h * part
    yield Rect(area.x, course.top + course.h - foot, course.n * course.w, foot, 0.0, colour, None, of=of)
