"""Where on the side of a box a cable leaves it: spread, and straight across where that is possible."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vizapp.picture.course import End, end
from vizapp.picture.sizes import Sizes
from vizapp.picture.stage import Box, Side

EDGE = 0.16  # of a side, kept free at its ends
Joint = tuple[str, Box, Box, tuple[Side, Side]]  # link, its boxes, their sides


@dataclass(slots=True)
class Spot:
    """A place on a side. wish: the mean place of what it leads to; low, high: where it may be."""

    box: Box
    side: Side
    at: float
    wish: float
    low: float
    high: float
    alone: bool = True


def spots(joints: Iterable[Joint], keys: Mapping[tuple[str, int], object], sizes: Sizes) -> dict[str, tuple[End, End]]:
    """Both ends of every cable."""
    joints = list(joints)
    found: dict[tuple[str, Side, object], Spot] = {}
    aims: dict[tuple[str, Side, object], list[float]] = {}
    for link, a, b, sides in joints:
        for which, (box, other) in enumerate(((a, b), (b, a))):
            side = sides[which]
            name = (box.id, side, keys[link, which])
            low, high = _range(box, side, sizes)
            axis = 1 if side in ("left", "right") else 0
            aims.setdefault(name, []).append(other.area.middle[axis])
            wish = sum(aims[name]) / len(aims[name])
            found[name] = Spot(box, side, (low + high) / 2, wish, low, high)
    _spread(found, sizes)
    pairs = [
        (found[a.id, sides[0], keys[link, 0]], found[b.id, sides[1], keys[link, 1]]) for link, a, b, sides in joints
    ]
    counts: dict[int, int] = {}
    for pair in pairs:
        for spot in pair:
            counts[id(spot)] = counts.get(id(spot), 0) + 1
    for one, two in pairs:
        _straighten(one, two, counts)
    return {
        link: (_end(one, keys[link, 0]), _end(two, keys[link, 1]))
        for (link, _, _, _), (one, two) in zip(joints, pairs, strict=True)
    }


def _end(spot: Spot, key: object) -> End:
    return end(spot.box.area, spot.side, spot.at, (spot.box.id, key))


def _range(box: Box, side: Side, sizes: Sizes) -> tuple[float, float]:
    """The part of a side that cables may use: nearly all of a bar's."""
    area = box.area
    start, length = (area.y, area.h) if side in ("left", "right") else (area.x, area.w)
    edge = min(EDGE * length, 2 * sizes.clear) if box.bar else EDGE * length
    return start + edge, start + length - edge


def _spread(found: Mapping[tuple[str, Side, object], Spot], sizes: Sizes) -> None:
    """Several places on one side: opposite to what they lead to, else evenly, in that order."""
    sides: dict[tuple[str, Side], list[Spot]] = {}
    for (box, side, _), spot in found.items():
        sides.setdefault((box, side), []).append(spot)
    for each in sides.values():
        if len(each) < 2:
            continue
        each.sort(key=lambda spot: spot.wish)
        low, high = each[0].low, each[0].high
        apart = min(2.2 * sizes.clear, (high - low) / (len(each) - 1))
        even = min((high - low) / (len(each) - 1), 9 * sizes.clear)
        middle = (low + high) / 2
        wishes = [min(max(spot.wish, low), high) for spot in each]
        good = all(b - a >= apart - 1e-6 for a, b in itertools.pairwise(wishes))
        for index, spot in enumerate(each):
            spot.alone = False
            spot.at = wishes[index] if good else middle + (index - (len(each) - 1) / 2) * even


def _straighten(one: Spot, two: Spot, counts: Mapping[int, int]) -> None:
    """Move an end that is alone on its side so that the cable runs straight, where that keeps it near the middle."""
    across = {"left", "right"}
    if (one.side in across) != (two.side in across) or one.side == two.side:
        return
    if one.at == two.at:
        return
    free = [spot for spot in (one, two) if spot.alone and counts[id(spot)] == 1]
    if len(free) == 2 and (one.high - one.low) < (two.high - two.low):
        free.reverse()
    for spot in free:
        other = two if spot is one else one
        if spot.low <= other.at <= spot.high:
            spot.at = other.at
            return
