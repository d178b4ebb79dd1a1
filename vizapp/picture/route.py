"""Routes: the course of every cable between its boxes, orthogonal, through nothing but what its ends lie in.

First each end gets a side of its box, then a place on that side, then the cable its course. Cables of one port, and the
many from one box to a group of equals, share their first piece and then fan out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from vizapp.picture import maze
from vizapp.picture.arrange import Path
from vizapp.picture.course import SIDES, Course, End, Ground, chosen, cost, end, ground
from vizapp.picture.sizes import Sizes
from vizapp.picture.spots import spots
from vizapp.picture.stage import Area, Box, Side, Way
from vizapp.picture.wall import wall
from vizapp.scene.model import Link

UNUSUAL = 400.0  # what leaving by another side than the one that faces the other box costs
OPPOSITE: dict[Side, Side] = {"left": "right", "right": "left", "top": "bottom", "bottom": "top"}
MANY = 3  # so many cables to equals share their first piece


@dataclass(slots=True)
class Cable:
    """A cable being laid. a, b: its boxes; sides: first those that face each other, then those chosen; walls: those
    that can't be chosen, because that end is on the wall of the container around the other."""

    link: Link
    a: Box
    b: Box
    blocked: list[Area]
    crossed: tuple[Area, ...]
    left: tuple[Area, ...]
    sides: tuple[Side, Side]
    walls: tuple[Side | None, Side | None] = (None, None)


def routes(
    links: Sequence[Link], boxes: Mapping[str, Box], places: Mapping[str, Path], sizes: Sizes, canvas: Area
) -> dict[str, Way]:
    """The ways of cables, by link."""
    clear = sizes.clear
    everything = list(boxes.values())
    cables = []
    for link in links:
        a, b = (boxes.get(port.partition(".")[0]) for port in (link.a, link.b))
        if a is not None and b is not None and a is not b:
            crossed = tuple(boxes[name].area for name in sorted({*a.within, *b.within}))
            left = tuple(boxes[name].area for name in sorted({*a.within} ^ {*b.within}))
            facing = _facing(places.get(a.id, ()), places.get(b.id, ()))
            cable = Cable(link, a, b, ground(a, b, everything, clear), crossed, left, facing)
            cables.append(_walled(cable, canvas))
    _choose_sides(cables, canvas, clear)
    keys = _keys(cables)
    ends = spots([(c.link.id, c.a, c.b, c.sides) for c in cables], keys, sizes)
    laid: list[tuple[tuple[float, float], tuple[float, float], object, object]] = []
    found: dict[str, Way] = {}
    for cable in sorted(cables, key=_reach):
        first, last = ends[cable.link.id]
        where = Ground(cable.blocked, laid, canvas, cable.crossed, cable.left)
        course = _course(cable, first, last, where, everything, canvas, clear)
        laid += [(p, q, first.key, last.key) for p, q in pairwise(course)]
        found[cable.link.id] = Way(cable.link.id, cable.link.a, cable.link.b, course, sizes.corner)
    return found


def _walled(cable: Cable, canvas: Area) -> Cable:
    """A cable of a container's own port to something in it ends on its wall."""
    if cable.a.id in cable.b.within:
        cable.a, side = wall(cable.a, cable.b, cable.blocked, canvas)
        cable.walls, cable.sides = (side, None), (side, OPPOSITE[side])
    elif cable.b.id in cable.a.within:
        cable.b, side = wall(cable.b, cable.a, cable.blocked, canvas)
        cable.walls, cable.sides = (None, side), (OPPOSITE[side], side)
    return cable


def _reach(cable: Cable) -> tuple[float, str]:
    (x, y), (bx, by) = cable.a.area.middle, cable.b.area.middle
    return abs(x - bx) + abs(y - by), cable.link.id


def _course(cable: Cable, a: End, b: End, where: Ground, boxes: Sequence[Box], canvas: Area, clear: float) -> Course:
    best = chosen(a, b, where, clear)
    if best is not None and len(best[1]) <= 4:
        return best[1]
    areas = [box.area for box in boxes] + [label for box in boxes for label in box.labels]
    found = maze.way(a, b, where, areas, canvas, clear)
    if found is not None:
        return found
    tries = [(end(cable.a.area, one), end(cable.b.area, two)) for one in SIDES for two in SIDES]
    ways = [maze.way(one, two, where, areas, canvas, clear) for one, two in tries]
    return min((way for way in ways if way is not None), key=cost, default=((a.x, a.y), (b.x, b.y)))


# sides


def _choose_sides(cables: Sequence[Cable], canvas: Area, clear: float) -> None:
    """The pair of sides whose simple course is cheapest; a port keeps the side that its first cable got, one for those
    that stay in the box around it and one for those that leave that."""
    fixed: dict[tuple[str, bool], Side] = {}
    for cable in cables:
        ports = _port(cable.link.a, cable.a, cable.b), _port(cable.link.b, cable.b, cable.a)
        best: tuple[float, tuple[Side, Side]] | None = None
        for one in _offered(ports[0], cable.walls[0], fixed):
            for two in _offered(ports[1], cable.walls[1], fixed):
                a, b = end(cable.a.area, one), end(cable.b.area, two)
                course = chosen(a, b, Ground(cable.blocked, [], canvas, cable.crossed, cable.left), clear)
                unusual = UNUSUAL * ((one != cable.sides[0]) + (two != cable.sides[1]))
                price = unusual + (course[0] if course else 2000.0 + 4 * unusual)
                if best is None or price < best[0]:
                    best = price, (one, two)
        assert best is not None
        cable.sides = best[1]
        ends = zip(ports, best[1], cable.walls, strict=True)
        fixed.update((port, side) for port, side, wall in ends if wall is None)


def _port(port: str, box: Box, other: Box) -> tuple[str, bool]:
    """A port, and whether its cable leaves the container of its box."""
    return port, not set(box.within) <= set(other.within)


def _offered(port: tuple[str, bool], wall: Side | None, fixed: Mapping[tuple[str, bool], Side]) -> Sequence[Side]:
    if wall is not None:
        return (wall,)
    return (fixed[port],) if port in fixed else SIDES


def _facing(a: Path, b: Path) -> tuple[Side, Side]:
    """The sides that look at each other, by how the two were set out: across in a row, down in a column."""
    for (axis, one), (_, two) in zip(a, b, strict=False):
        if one != two:
            sides: tuple[Side, Side] = ("right", "left") if axis == "row" else ("bottom", "top")
            return sides if one < two else (sides[1], sides[0])
    return "bottom", "top"


def _keys(cables: Sequence[Cable]) -> dict[tuple[str, int], object]:
    """For each end (link, 0 or 1) what it shares its place with: its port, or its group of equals."""
    groups: dict[object, list[tuple[str, int]]] = {}
    apart = {(cable.link.id, which) for cable in cables for which, box in enumerate((cable.a, cable.b)) if box.bar}
    for cable in cables:
        for which, (box, other) in enumerate(((cable.a, cable.b), (cable.b, cable.a))):
            line = other.area.x if cable.sides[which] in ("left", "right") else other.area.y
            group: object = (box.id, cable.sides[which], other.kind, other.within, round(line))
            groups.setdefault(group, []).append((cable.link.id, which))
    keys: dict[tuple[str, int], object] = {}
    for shared, ends in groups.items():
        for at in ends:
            keys[at] = shared if len(ends) >= MANY and at not in apart else None
    for cable in cables:
        for which, port in enumerate((cable.link.a, cable.link.b)):
            if keys[cable.link.id, which] is None:
                keys[cable.link.id, which] = (port, cable.sides[which])
    return keys
