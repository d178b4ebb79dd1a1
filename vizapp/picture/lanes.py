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
    pairs = {link.id: (boxes[link.a.partition(".")[0]], boxes[link.b.partition(".")[0]]) for link in links}
    order = sorted(links, key=lambda link: _span(*pairs[link.id]))
    heights = _heights(order, pairs)
    inner = 0.5 * max(sizes.lane, 30 * sizes.scale)
    found: dict[str, Way] = {}
    around = 0
    for link in order:
        a, b = pairs[link.id]
        passed = _passed(a, b, boxes)
        ay, by = heights[link.id, a.id], heights[link.id, b.id]
        x = max(a.area.x, b.area.x) + inner
        if x < min(a.area.right, b.area.right) and not passed:
            points: tuple[Point, ...] = ((x, ay), (x, by))
        else:
            around += 1
            left = min([a.area.x, b.area.x, *(box.area.x for box in passed)]) - 1.6 * sizes.clear * around
            points = (a.area.x + inner, ay), (left, ay), (left, by), (b.area.x + inner, by)
        found[link.id] = Way(link.id, link.a, link.b, points, sizes.corner, lane=True)
    return found


def _span(a: Box, b: Box) -> float:
    return abs(a.area.middle[1] - b.area.middle[1])


def _heights(order: list[Link], pairs: Mapping[str, tuple[Box, Box]]) -> dict[tuple[str, str], float]:
    """Where on its box each lane ends: spread, the nearest first from the side that it comes from."""
    ends: dict[str, list[tuple[str, Box]]] = {}
    for link in order:
        a, b = pairs[link.id]
        ends.setdefault(a.id, []).append((link.id, b))
        ends.setdefault(b.id, []).append((link.id, a))
    boxes = {box.id: box for pair in pairs.values() for box in pair}
    found: dict[tuple[str, str], float] = {}
    for name, there in ends.items():
        area = boxes[name].area
        above = [link for link, other in there if other.area.y < area.y]
        below = [link for link, other in there if other.area.y >= area.y]
        row = above + below[::-1]
        for index, lane in enumerate(row):
            found[lane, name] = area.y + area.h * (index + 1) / (len(row) + 1)
    return found


def _passed(a: Box, b: Box, boxes: Mapping[str, Box]) -> list[Box]:
    """Foreign boxes between the two."""
    own = {a.id, b.id, *a.within, *b.within}
    top, bottom = sorted((a.area, b.area), key=lambda area: area.y)
    x = max(top.x, bottom.x)
    band = Area(x, top.bottom, max(1.0, min(top.right, bottom.right) - x), max(0.0, bottom.y - top.bottom))
    return [box for box in boxes.values() if box.id not in own and box.area.meets(band)]
