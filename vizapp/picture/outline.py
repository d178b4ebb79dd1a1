"""The geometry that every painter and writer shares: rounded polylines, arrow heads, shadows, strokes through text.

So that pixels, SVG, PDF and slides agree, what a shape means is worked out here, once, as plain path commands.
"""

from __future__ import annotations

from functools import cache
from math import ceil, cos, hypot, pi, sin, tan

from vizapp.picture.icons import Command
from vizapp.picture.measure import Face, advance
from vizapp.picture.shapes import Arc, Label, Line, Rect

Point = tuple[float, float]

SHADOW_COLOUR = "#0F172A"
SHADOW_OPACITY = 0.022
"""Opacity of each of the stacked rounded rectangles that make a shadow: soft, vector, and cheap everywhere."""
SHADOW_GROWTHS = (6.0, 4.5, 3.0, 1.5, 0.0)
SHADOW_DROP = 2.5
DOT_RING = 1.2
"""Width of the ring around a dot of a crowd."""


def face(label: Label) -> Face:
    """The face that a label is set in."""
    return _face(label.mono, label.weight)


@cache
def _face(mono: bool, weight: int) -> Face:
    return Face("JetBrains Mono" if mono else "Inter", weight)


def left(label: Label) -> float:
    """Where the first character starts, whatever the anchor."""
    if label.anchor == "start":
        return label.x
    width = advance(label.text, face(label), label.size)
    return label.x - (width if label.anchor == "end" else width / 2)


def strike(label: Label) -> tuple[float, float, float, float]:
    """The line through a struck label: x from, x to, y, thickness."""
    start = left(label)
    end = start + advance(label.text, face(label), label.size)
    return start, end, label.y - 0.32 * label.size, max(1.0, label.size / 13)


def shadow(rect: Rect) -> tuple[Rect, ...]:
    """The stack of faint rectangles below a raised one, from the widest to the narrowest."""
    return tuple(
        Rect(
            rect.x - grow,
            rect.y - grow + SHADOW_DROP,
            rect.w + 2 * grow,
            rect.h + 2 * grow,
            radius=rect.radius + grow,
            fill=SHADOW_COLOUR,
            opacity=SHADOW_OPACITY,
        )
        for grow in SHADOW_GROWTHS
    )


def stroke_path(line: Line) -> tuple[Command, ...]:
    """The stroked part of a line: rounded corners, and cut back below an arrow head so that its tip stays sharp."""
    points = line.points
    if line.arrow and len(points) > 1:
        points = (*points[:-1], _towards(points[-1], points[-2], 0.7 * _head(line)))
    return rounded(points, line.corner, closed=line.closed)


def arrow_head(line: Line) -> tuple[Point, Point, Point] | None:
    """The filled triangle at the last point of a line with an arrow, tip first."""
    if not line.arrow or len(line.points) < 2 or line.points[-1] == line.points[-2]:
        return None
    tip, before = line.points[-1], line.points[-2]
    length = _head(line)
    along = hypot(before[0] - tip[0], before[1] - tip[1])
    ux, uy = (before[0] - tip[0]) / along, (before[1] - tip[1]) / along
    bx, by, half = tip[0] + ux * length, tip[1] + uy * length, 0.46 * length
    return tip, (bx - uy * half, by + ux * half), (bx + uy * half, by - ux * half)


def rounded(points: tuple[Point, ...], corner: float, *, closed: bool = False) -> tuple[Command, ...]:
    """A polyline whose corners are cut at `corner` from the vertex (less where a segment is short) and curved."""
    if len(points) < 2:
        return ()
    if corner <= 0 or (len(points) == 2 and not closed):
        straight: list[Command] = [("M", *points[0]), *(("L", *point) for point in points[1:])]
        return (*straight, ("Z",)) if closed else tuple(straight)
    count = len(points)
    commands: list[Command] = []
    for place in range(count) if closed else range(1, count - 1):
        before, vertex, after = points[place - 1], points[place], points[(place + 1) % count]
        start, end = _towards(vertex, before, corner), _towards(vertex, after, corner)
        commands += [("L", *start), ("Q", *vertex, *end)]
    if not closed:
        return (("M", *points[0]), *commands, ("L", *points[-1]))
    first = commands[0]
    return (("M", first[1], first[2]), *commands[1:], ("Z",))  # type: ignore[misc]


def arc_path(arc: Arc) -> tuple[Command, ...]:
    """A ring clockwise from twelve o'clock, as cubic curves of at most a quarter turn each."""
    turn = min(1.0, arc.turn)
    if turn <= 0:
        return ()
    pieces = ceil(turn * 4)
    step = 2 * pi * turn / pieces
    # The control points' distance that makes a cubic follow a circle.
    reach = 4 / 3 * tan(step / 4) * arc.radius
    commands: list[Command] = [("M", arc.x, arc.y - arc.radius)]
    for piece in range(pieces):
        a, b = piece * step - pi / 2, (piece + 1) * step - pi / 2
        ax, ay = arc.x + arc.radius * cos(a), arc.y + arc.radius * sin(a)
        bx, by = arc.x + arc.radius * cos(b), arc.y + arc.radius * sin(b)
        commands.append(
            ("C", ax - reach * sin(a), ay + reach * cos(a), bx + reach * sin(b), by - reach * cos(b), bx, by)
        )
    if turn == 1.0:
        commands.append(("Z",))
    return tuple(commands)


def _head(line: Line) -> float:
    """The length of an arrow head, never longer than the segment it ends."""
    (x, y), (bx, by) = line.points[-1], line.points[-2]
    return min(5.0 + 2.6 * line.width, hypot(x - bx, y - by))


def _towards(start: Point, goal: Point, distance: float) -> Point:
    """The point `distance` from start towards goal, at most half way."""
    length = hypot(goal[0] - start[0], goal[1] - start[1])
    if length == 0:
        return start
    part = min(distance / length, 0.5)
    return start[0] + (goal[0] - start[0]) * part, start[1] + (goal[1] - start[1]) * part
