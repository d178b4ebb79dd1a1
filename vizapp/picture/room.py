"""Room for what lies on top: where a card or a table hides the least, near what it belongs to.

Worked out once for a stage and a focus, not from where things are at the moment: so nothing on top ever jumps.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product
from math import hypot

from vizapp.picture.backdrop import lit, remember
from vizapp.picture.stage import Area, Box, Point, Stage, Way

FAR = 40.0  # each pixel of distance costs as much as so many pixels hidden
TEXT, BRIGHT, DIM, CABLE, TAKEN = 8.0, 1.5, 0.15, 3.0, 10.0  # how bad it is to hide a pixel of each
USUAL = (15.0, 6.0)  # width and height of a card, in sizes of its text
Weighed = tuple[Area, float]


def obstacles(stage: Stage, focus: tuple[str, ...]) -> tuple[Weighed, ...]:
    """What should not be hidden, and how much: what has the focus most, names always, cables a little."""
    key = ("obstacles", focus)
    kept = stage.notes.get(key)
    if kept is None:
        kept = tuple(_obstacles(stage, lit(stage, focus)))
        remember(stage, key, kept)
    return kept  # type: ignore[return-value]


def _obstacles(stage: Stage, bright: frozenset[str] | None) -> Iterable[Weighed]:
    for box in stage.boxes.values():
        weight = BRIGHT if bright is None or box.id in bright else DIM
        if not box.container:
            yield box.area, weight
        for area in box.labels if box.container else (inner(box),):
            yield area, TEXT * weight / BRIGHT
    half = 5 * stage.sizes.stroke
    for way in stage.ways.values():
        ends = {port.partition(".")[0] for port in (way.a, way.b)}
        if bright is None or not bright.isdisjoint(ends):
            for (x, y), (bx, by) in way.straight():
                area = Area(min(x, bx), min(y, by), abs(bx - x), abs(by - y))
                yield area.grown(half), CABLE


def inner(box: Box) -> Area:
    """What encloses the icon, texts and values of a box."""
    parts = [text.area for text in box.texts] + [slot.area for slot in box.slots]
    if box.icon is not None:
        parts.append(Area(box.icon.x, box.icon.y, box.icon.size, box.icon.size))
    if not parts:
        return box.area
    left, top = min(part.x for part in parts), min(part.y for part in parts)
    return Area(left, top, max(part.right for part in parts) - left, max(part.bottom for part in parts) - top)


def hidden(area: Area, weighed: Iterable[Weighed]) -> float:
    """How much an area would hide."""
    return sum(area.shared(other) * weight for other, weight in weighed)


def inside(stage: Stage, x: float, y: float, w: float, h: float) -> Point:
    """The corner moved so that the whole stays in the picture, above the caption."""
    edge = 10 * stage.sizes.scale
    bottom = stage.captioned.y if stage.captioned else stage.size[1]
    return (
        min(max(x, edge), max(stage.size[0] - w - edge, edge)),
        min(max(y, edge), max(bottom - h - edge, edge)),
    )


def around(stage: Stage, focus: tuple[str, ...], device: str, w: float, h: float, taken: Sequence[Area] = ()) -> Area:
    """The area of something attached to a device."""
    key = ("around", focus, device, round(w), round(h), tuple(taken))
    kept = stage.notes.get(key)
    if kept is None:
        kept = _around(stage, focus, stage.boxes[device].area, w, h, taken)
        remember(stage, key, kept)
    return kept  # type: ignore[return-value]


def _around(stage: Stage, focus: tuple[str, ...], own: Area, w: float, h: float, taken: Sequence[Area]) -> Area:
    weighed = (*obstacles(stage, focus), (own, TAKEN), *((area, TAKEN) for area in taken), *_cards(stage, focus))
    gap = 0.6 * stage.sizes.card
    xs = [own.x, own.right - w, own.middle[0] - w / 2, own.right + gap, own.x - w - gap]
    ys = [own.bottom + gap, own.y - h - gap, own.middle[1] - h / 2, own.y, own.bottom - h]
    xs += [stage.size[0] * step / 12 for step in range(12)]
    ys += [stage.size[1] * step / 12 for step in range(12)]
    offers = dict.fromkeys(inside(stage, x, y, w, h) for x, y in product(xs, ys))
    areas = [Area(x, y, w, h) for x, y in offers]
    return min(areas, key=lambda area: round(hidden(area, weighed) + FAR * _distance(area, own)))


def _cards(stage: Stage, focus: tuple[str, ...]) -> Iterable[Weighed]:
    """Where the cards of packets to and from what has the focus would like to be."""
    bright = lit(stage, focus)
    if bright is None:
        return
    w, h = (part * stage.sizes.card for part in USUAL)
    for way in stage.ways.values():
        if any(port.partition(".")[0] in focus for port in (way.a, way.b)):
            x, y = between(way, way.at(0.5), w, h)
            dx, dy = beside(stage, focus, way, w, h)
            yield Area(x + dx - w / 2, y + dy - h / 2, w, h), CABLE


def _distance(area: Area, other: Area) -> float:
    across = max(other.x - area.right, area.x - other.right, 0.0)
    down = max(other.y - area.bottom, area.y - other.bottom, 0.0)
    return hypot(across, down)


def beside(stage: Stage, focus: tuple[str, ...], way: Way, w: float, h: float, taken: Sequence[Area] = ()) -> Point:
    """How far from a packet the middle of its card stays, the same all along its way. taken: by what else is on top."""
    key = ("beside", focus, way.id, round(w), round(h), tuple(taken))
    kept = stage.notes.get(key)
    if kept is None:
        kept = _beside(stage, focus, way, w, h, taken)
        remember(stage, key, kept)
    return kept  # type: ignore[return-value]


def _beside(stage: Stage, focus: tuple[str, ...], way: Way, w: float, h: float, taken: Sequence[Area]) -> Point:
    weighed = (*obstacles(stage, focus), *((area, TAKEN) for area in taken))
    points = [between(way, way.at(step / 2), w, h) for step in range(3)]
    gap = stage.sizes.card
    right, down = w / 2 + gap, h / 2 + gap
    dxs = [side * right * far for far in (1.0, 1.35, 1.8, 2.4) for side in (1, -1)]
    dys = [side * down * far for far in (0.5, 1.0, 1.5, 2.2, 3.0) for side in (1, -1)]
    offers = [(0.0, 0.0), *product(dxs, [0.0]), *product([0.0], dys), *product(dxs, dys)]
    return min(offers, key=lambda offer: round(_cost(stage, offer, points, w, h, weighed, right, down)))


def _cost(
    stage: Stage, offer: Point, points: Sequence[Point], w: float, h: float, weighed: Sequence[Weighed], right: float,
    down: float,
) -> float:  # fmt: skip
    total = 0.0
    for x, y in points:
        wish = x + offer[0] - w / 2, y + offer[1] - h / 2
        left, top = inside(stage, *wish, w, h)
        total += hidden(Area(left, top, w, h), weighed) + FAR * hypot(left - wish[0], top - wish[1])
    away = hypot(max(abs(offer[0]) - right, 0.0), max(abs(offer[1]) - down, 0.0))
    return total / len(points) + FAR * away + 0.5 * (abs(offer[0]) + abs(offer[1]))


def between(way: Way, point: Point, w: float, h: float) -> Point:
    """The middle of a card that goes with a packet: between both boxes along the way, as far as there is room."""
    (x, y), (bx, by) = way.points[0], way.points[-1]
    if abs(by - y) > abs(bx - x):
        return point[0], _within(point[1], min(y, by), max(y, by), h)
    return _within(point[0], min(x, bx), max(x, bx), w), point[1]


def _within(at: float, low: float, high: float, length: float) -> float:
    if high - low <= length:
        return (low + high) / 2
    return min(max(at, low + length / 2), high - length / 2)


def crosses(stage: Stage, start: Point, end: Point) -> bool:
    """Whether a straight line between two places runs over something written."""
    written = [inner(box) for box in stage.boxes.values() if not box.container]
    points = [(start[0] + (end[0] - start[0]) * i / 24, start[1] + (end[1] - start[1]) * i / 24) for i in range(1, 24)]
    return any(area.holds(x, y) for area in written for x, y in points)


def leader(area: Area, x: float, y: float) -> Point:
    """The point on the edge of an area that is nearest to (x, y)."""
    return min(max(x, area.x), area.right), min(max(y, area.y), area.bottom)
