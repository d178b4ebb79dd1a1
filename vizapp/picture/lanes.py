"""Lanes: the way of an instruction from layer to layer, drawn along the left side of a stack.

Neighbours are joined straight down; a lane past other layers goes around them, at their left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set

from vizapp.picture.sizes import Sizes
from vizapp.picture.stage import Area, Box, Point, Way
from vizapp.scene.model import Link


def stacked(link: Link, boxes: Mapping[str, Box], stacks: Set[str | None]) -> bool:
    """Whether a cable joins two layers of one stack (or what lies in them)."""
    a, b = (boxes.get(port.partition(".")[0]) for port in (link.a, link.b))
    if a is None or b is None or a is b or a.container or b.container:
        return False
    shared = [i for i, j in zip((*a.within, a.id), (*b.within, b.id), strict=False) if i == j]
    return (shared[-1] if shared else None) in stacks and _below(a, b)


def _below(a: Box, b: Box) -> bool:
    return a.area.bottom <= b.area.y or b.area.bottom <= a.area.y


def lanes(links: Iterable[Link], boxes: Mapping[str, Box], sizes: Sizes) -> dict[str, Way]:
    """The lanes of a stage, by link."""
    found: dict[str, Way] = {}
    around = 0
    for link in links:
        a, b = (boxes[port.partition(".")[0]] for port in (link.a, link.b))
        passed = _passed(a, b, boxes)
        x = max(a.area.x, b.area.x) + 0.5 * max(sizes.lane, 30 * sizes.scale)
        inside = x < min(a.area.right, b.area.right)
        if inside and not passed:
            points: tuple[Point, ...] = ((x, a.area.middle[1]), (x, b.area.middle[1]))
        else:
            around += 1
            left = min([a.area.x, b.area.x, *(box.area.x for box in passed)]) - 1.6 * sizes.clear * around
            points = _bracket(a, b, left, sizes)
        found[link.id] = Way(link.id, link.a, link.b, points, sizes.corner, lane=True)
    return found


def _passed(a: Box, b: Box, boxes: Mapping[str, Box]) -> list[Box]:
    """Foreign boxes between the two."""
    own = {a.id, b.id, *a.within, *b.within}
    top, bottom = sorted((a.area, b.area), key=lambda area: area.y)
    x = max(top.x, bottom.x)
    band = Area(x, top.bottom, max(1.0, min(top.right, bottom.right) - x), max(0.0, bottom.y - top.bottom))
    return [box for box in boxes.values() if box.id not in own and box.area.meets(band)]


def _bracket(a: Box, b: Box, left: float, sizes: Sizes) -> tuple[Point, ...]:
    inner = 0.5 * max(sizes.lane, 30 * sizes.scale)
    (ax, ay), (bx, by) = (a.area.x + inner, a.area.middle[1]), (b.area.x + inner, b.area.middle[1])
    shift = 0.16 * min(a.area.h, b.area.h)
    down = 1 if by > ay else -1
    ay, by = ay + shift * down, by - shift * down
    return (ax, ay), (left, ay), (left, by), (bx, by)
