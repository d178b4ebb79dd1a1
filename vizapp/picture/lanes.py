"""Lanes: the way of an instruction from layer to layer, on a spine at the left inside the boxes of a stack.

All layers of a column share the x of their spine. A lane between two columns jogs low in the gap above the
first layer that lies below both, clear of the boundary that may run through its middle; one between two side by side
goes through the gap above both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set

from vizapp.picture.sizes import Sizes
from vizapp.picture.stage import Area, Box, Point, Way
from vizapp.scene.model import Link

NESTED = 5.0  # a layer takes over the spine of one that begins so many paddings further right, in boxes inside it


def stacked(link: Link, boxes: Mapping[str, Box], stacks: Set[str | None]) -> bool:
    """Whether a cable joins two layers of one stack (or what lies in them)."""
    a, b = (boxes.get(port.partition(".")[0]) for port in (link.a, link.b))
    if a is None or b is None or a is b or a.container or b.container:
        return False
    shared = [i for i, j in zip((*a.within, a.id), (*b.within, b.id), strict=False) if i == j]
    return (shared[-1] if shared else None) in stacks


def lanes(links: Iterable[Link], boxes: Mapping[str, Box], sizes: Sizes) -> dict[str, Way]:
    """The lanes of a stage, by link."""
    xs = spines(boxes, sizes)
    found: dict[str, Way] = {}
    for link in links:
        a, b = (boxes[port.partition(".")[0]] for port in (link.a, link.b))
        points = tuple(_course(a, b, boxes, xs))
        found[link.id] = Way(link.id, link.a, link.b, points, sizes.corner, lane=True)
    return found


def spines(boxes: Mapping[str, Box], sizes: Sizes) -> dict[str, float]:
    """The x of the spine in each leaf: inside its left edge, or where that of a layer nested further in is."""
    inner = 0.5 * max(sizes.lane, 30 * sizes.scale)
    leaves = [box for box in boxes.values() if not box.container]
    lefts = sorted({box.area.x for box in leaves})
    found: dict[str, float] = {}
    for box in leaves:
        left = box.area.x
        for other in lefts:
            if left < other <= left + NESTED * sizes.pad:
                left = other
        found[box.id] = min(left + inner, box.area.middle[0])
    return found


def _course(a: Box, b: Box, boxes: Mapping[str, Box], xs: Mapping[str, float]) -> Iterable[Point]:
    """From one layer to another: straight along the spine, or by a jog where its columns meet."""
    (ax, ay), (bx, by) = ((xs[box.id], _end(box)) for box in (a, b))
    yield ax, ay
    if abs(ax - bx) > 0.5:
        jog = _jog(a, b, boxes, xs)
        yield from ((ax, jog), (bx, jog))
    yield bx, by


def _end(box: Box) -> float:
    """The y at which a lane ends in a box: in its middle, or on the icon of a small tile, clear of its name."""
    return box.area.middle[1] if box.icon is None else box.icon.y + box.icon.size / 2


def _jog(a: Box, b: Box, boxes: Mapping[str, Box], xs: Mapping[str, float]) -> float:
    """The y at which a lane changes columns: in the gap above the first box below the upper one that has the spine of
    the lower one; of two side by side, in the gap above both."""
    upper, lower = sorted((a, b), key=lambda box: (box.area.y, box.area.x))
    if lower.area.y < upper.area.bottom:
        return upper.area.y - 0.4 * (upper.area.y - _last_above(upper.area.y, boxes))
    below = (box.area for box in boxes.values() if not box.container and abs(xs[box.id] - xs[lower.id]) < 0.5
             and upper.area.bottom <= box.area.y <= lower.area.y and _over(box.area, upper.area))  # fmt: skip
    top = min((area.y for area in below), default=lower.area.y)
    return top - 0.16 * (top - _last_above(top, boxes))


def _over(area: Area, other: Area) -> bool:
    return area.x < other.right and other.x < area.right


def _last_above(y: float, boxes: Mapping[str, Box]) -> float:
    """The lower edge of what lies above `y`, the boxes around it included."""
    return max((box.area.bottom for box in boxes.values() if box.area.bottom <= y), default=y - 12)
