"""Cables between a container's own ports and what lies in it: they end on its wall, from inside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vizapp.picture.course import Ground, end
from vizapp.picture.stage import Area, Box, Side

INWARD: dict[Side, Side] = {"bottom": "top", "right": "left", "left": "right"}  # never at the top: its name is there


def wall(box: Box, inner: Box, blocked: Sequence[Area], canvas: Area) -> tuple[Box, Side]:
    """The wall of `box` that a straight cable from `inner` reaches, the floor first, as a box without depth; and the
    side by which a cable leaves it."""
    ground = Ground(list(blocked), [], canvas)
    ranked = sorted(INWARD, key=lambda side: (side != "bottom", _distance(box.area, inner.area, side)))
    free = [side for side in ranked if _open(box.area, inner.area, side, ground)]
    side = (free or ranked)[0]
    return replace(box, area=_flat(box.area, side)), INWARD[side]


def _flat(area: Area, side: Side) -> Area:
    if side == "bottom":
        return Area(area.x, area.bottom, area.w, 0.0)
    return Area(area.x if side == "left" else area.right, area.y, 0.0, area.h)


def _distance(area: Area, inner: Area, side: Side) -> float:
    if side == "bottom":
        return area.bottom - inner.bottom
    return inner.x - area.x if side == "left" else area.right - inner.right


def _open(area: Area, inner: Area, side: Side, ground: Ground) -> bool:
    """Whether a straight cable would meet nothing on its way there."""
    start = end(inner, side)
    goal = (start.x, area.bottom) if side == "bottom" else (area.x if side == "left" else area.right, start.y)
    return ground.free(start.out(1.0), goal)
