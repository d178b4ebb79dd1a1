"""A dense crowd drawn as streams: along the cables bands that are the broader the more requests pass, and evenly spaced
dots that say which way. Where cables share their course, their flows add up and their dots move in step."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import hypot, sqrt
from typing import NamedTuple

from vizapp.picture.colours import mix
from vizapp.picture.shapes import Dots, Line, Rect, Shape
from vizapp.picture.stage import Point, Stage
from vizapp.picture.view import View
from vizapp.sim.frame import Frame
from vizapp.sim.pace import Pace

DENSE = 2_000  # departures within a show second, over all cables, from which on they are not drawn one by one
LOOK = 0.25  # show seconds: how broad a band is follows from those of the last whole quarter of a second
SPEED, SPACING = 9.0, 7.0  # radii of a dot: how far it moves in a show second, and to the next one
STILL = 0.4  # where movement is reduced: the place of the first dot, in spacings
LEAST, MOST = 0.8, 4.0  # the breadth of a band in radii: of next to nothing, of the greatest flow; by the root of it
PALE = 0.6  # how much of the ground shows through a band


class Piece(NamedTuple):
    """A straight part of one or more cables. start: how far it is from the first end of the cable."""

    a: Point
    b: Point
    start: float

    @property
    def length(self) -> float:
        return hypot(self.b[0] - self.a[0], self.b[1] - self.a[1])


def streaming(frame: Frame, show: float, pace: Pace) -> bool:
    """Whether the crowd is too dense for single dots; decided once a second, so that it does not flicker."""
    end = max(float(int(show)), 1.0)
    return sum(_departures(frame, end - 1.0, end, pace).values()) >= DENSE


def streams(frame: Frame, stage: Stage, view: View, show: float, pace: Pace, radius: float) -> Iterator[Shape]:
    """The bands below, the dots on top; those of the way back are pale, as when they are drawn one by one."""
    end = max(int(show / LOOK) * LOOK, LOOK)
    there, back = _flows(frame, stage, _departures(frame, end - LOOK, end, pace))
    theme, colour = view.theme, view.theme.packet("http")
    pale = mix(colour, theme.canvas, PALE)
    both = there + back
    most = max(both.values(), default=1)
    for piece, n in both.items():
        yield _band(piece, round(2 * radius * (LEAST + (MOST - LEAST) * sqrt(n / most))) / 2, pale)
    phase = STILL if view.reduced_motion else (show * SPEED / SPACING) % 1.0
    yield from _dots(there, phase, radius, colour, theme.canvas)
    yield from _dots(back, 1.0 - phase, radius, mix(colour, theme.canvas, 0.72), colour)


def _departures(frame: Frame, start: float, end: float, pace: Pace) -> Counter[int]:
    """How many set off on each route between two show seconds."""
    return frame.timeline.crowd.departed(pace.true(start), min(pace.true(end), frame.t))


def _flows(frame: Frame, stage: Stage, passing: Mapping[int, int]) -> tuple[Counter[Piece], Counter[Piece]]:
    """How many pass along each piece: from the first ends of the cables on, and back."""
    routes, there, back = frame.timeline.crowd.routes, Counter[Piece](), Counter[Piece]()
    for route, n in passing.items():
        way = stage.way_between(*routes[route])
        if way is not None:
            flow = there if way.a.partition(".")[0] == routes[route][0].partition(".")[0] else back
            for piece in _pieces(stage)[way.id]:
                flow[piece] += n
    return there, back


def _pieces(stage: Stage) -> dict[str, list[Piece]]:
    """The pieces of every cable, cut wherever another one turns; equal ones are equal."""
    if "pieces" not in stage.notes:
        corners = {_rounded(point) for way in stage.ways.values() for point in way.points}
        stage.notes["pieces"] = {id_: list(_cut(way.points, corners)) for id_, way in stage.ways.items()}
    return stage.notes["pieces"]  # type: ignore[return-value]


def _cut(points: Sequence[Point], corners: Iterable[Point]) -> Iterator[Piece]:
    start = 0.0
    for a, b in pairwise(map(_rounded, points)):
        on = [corner for corner in corners if _lies(corner, a, b)]
        on.sort(key=lambda corner: hypot(corner[0] - a[0], corner[1] - a[1]))
        for left, right in pairwise((a, *on, b)):
            piece = Piece(left, right, round(start, 1))
            yield piece
            start += piece.length


def _rounded(point: Point) -> Point:
    return round(point[0], 1), round(point[1], 1)


def _lies(corner: Point, a: Point, b: Point) -> bool:
    """Whether a corner lies between two others, on the upright or level line that joins them."""
    x, y = corner
    return (x == a[0] == b[0] and min(a[1], b[1]) < y < max(a[1], b[1])) or (
        y == a[1] == b[1] and min(a[0], b[0]) < x < max(a[0], b[0]))  # fmt: skip


def _band(piece: Piece, broad: float, fill: str) -> Shape:
    (x, y), (bx, by) = piece.a, piece.b
    if x != bx and y != by:
        return Line((piece.a, piece.b), fill, broad, title="HTTP")
    left, top, half = min(x, bx), min(y, by), broad / 2
    return Rect(left - half, top - half, abs(bx - x) + broad, abs(by - y) + broad, half, fill, title="HTTP")


def _dots(flow: Iterable[Piece], phase: float, radius: float, fill: str, ring: str) -> Iterator[Shape]:
    """Dots along the pieces, as far from each other and from the first ends of the cables everywhere."""
    xs, ys, spacing = array("d"), array("d"), SPACING * radius
    for piece in flow:
        (x, y), (bx, by), length = piece.a, piece.b, piece.length
        at = (phase * spacing - piece.start) % spacing
        while at < length:
            xs.append(x + (bx - x) * at / length)
            ys.append(y + (by - y) * at / length)
            at += spacing
    if xs:
        yield Dots(xs, ys, 0.8 * radius, fill, ring, title="HTTP")
