"""Picking: what is at a place of a picture: a packet, a thing or a cable, whichever lies on top."""

from __future__ import annotations

from itertools import pairwise
from math import hypot

from vizapp.picture.shapes import Icon, Line, Picture, Plain, Rect, plain

NEAR = 7.0  # so near to a cable is on it, in pixels of the picture


def pick(picture: Picture, x: float, y: float) -> str | None:
    """The id of the thing or the link at (x, y), or `packet:ID`; None where nothing is.

    A cable is thin: it is also picked from close by, unless a box smaller than a container lies there."""
    best: str | None = None
    near: tuple[float, str] | None = None
    for layer in reversed(picture.layers):
        for shape in reversed(tuple(plain(layer.shapes))):
            if isinstance(shape, Line):
                away = distance(shape, x, y)
                if shape.of and away <= NEAR and (near is None or away < near[0]):
                    near = away, shape.of
            elif best is None and shape.of and _covers(shape, x, y):
                best = shape.of
        if best is not None and best.startswith("packet:"):
            return best
    if near is not None and (best is None or near[0] <= 0.6 * NEAR):
        return near[1]
    return best


def _covers(shape: Plain, x: float, y: float) -> bool:
    if isinstance(shape, Rect):
        return shape.x <= x <= shape.x + shape.w and shape.y <= y <= shape.y + shape.h
    if isinstance(shape, Icon):
        return shape.x <= x <= shape.x + shape.size and shape.y <= y <= shape.y + shape.size
    return False


def distance(line: Line, x: float, y: float) -> float:
    """How far a place is from a line."""
    return min((_from_piece(a, b, x, y) for a, b in pairwise(line.points)), default=float("inf"))


def _from_piece(a: tuple[float, float], b: tuple[float, float], x: float, y: float) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    part = min(max(((x - a[0]) * dx + (y - a[1]) * dy) / length, 0.0), 1.0) if length else 0.0
    return hypot(x - a[0] - part * dx, y - a[1] - part * dy)
