"""Room for what lies on top: where a card or a table hides the least, near what it belongs to.

Worked out once for a stage, a focus and what it belongs to, not from where things are at the moment: so nothing on top
ever jumps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from math import hypot

from vizapp.picture.backdrop import lit
from vizapp.picture.lasting import remember
from vizapp.picture.stage import Area, Box, Point, Slot, Stage, Way

FAR = 45.0  # each pixel of distance costs as much as so many pixels hidden
AWAY = 14.0  # em: beyond that distance, where a card is hard to match with its packet, each pixel costs twice as much
TEXT, FACE, CABLE, DIM, OWN, TAKEN = 60.0, 4.0, 2.0, 0.05, 8.0, 60.0  # how bad it is to hide a pixel of each
ACROSS = 40_000.0  # how bad it is that a leader runs over something written
BAR = 4.0  # em: so far a leader may run through bright boxes: across a switch drawn as a bar
THROUGH = 400.0  # each pixel farther than that costs as much as so many pixels hidden
Bounds = tuple[float, float, float, float]  # left, top, right, bottom
Weighed = tuple[float, float, float, float, float]  # bounds, and how bad it is to hide a pixel


def obstacles(stage: Stage, focus: tuple[str, ...]) -> tuple[Weighed, ...]:
    """What should not be hidden, and how much: names and values of what is lit most, what is dimmed hardly."""
    key = ("obstacles", focus)
    kept = stage.notes.get(key)
    if kept is None:
        kept = tuple(_obstacles(stage, lit(stage, focus)))
        remember(stage, key, kept)
    return kept  # type: ignore[return-value]


def _obstacles(stage: Stage, bright: frozenset[str] | None) -> Iterator[Weighed]:
    for box in stage.boxes.values():
        clear = bright is None or box.id in bright
        if box.container:
            for area in box.labels:
                yield _weighed(area, TEXT if clear else FACE)
        else:
            yield _weighed(box.area, FACE if clear else DIM)
            yield _weighed(inner(box), TEXT if clear else DIM)
    half = 4 * stage.sizes.stroke
    for way in stage.ways.values():
        if bright is None or way.id in bright:
            yield from (_weighed(area, CABLE) for area in _pieces(way, half))


def _pieces(way: Way, half: float) -> Iterator[Area]:
    """The room that a cable takes, piece by piece."""
    for (x, y), (bx, by) in way.straight():
        yield Area(min(x, bx), min(y, by), abs(bx - x), abs(by - y)).grown(half)


def _weighed(area: Area, weight: float) -> Weighed:
    return area.x, area.y, area.right, area.bottom, weight


def written(stage: Stage, focus: tuple[str, ...]) -> tuple[Bounds, ...]:
    """Where something stands that no leader should run over."""
    key = ("written", focus)
    kept = stage.notes.get(key)
    if kept is None:
        bright = lit(stage, focus)
        boxes = [box for box in stage.boxes.values() if bright is None or box.id in bright]
        areas = [area for box in boxes for area in (box.labels if box.container else (inner(box),))]
        kept = tuple((area.x, area.y, area.right, area.bottom) for area in areas)
        remember(stage, key, kept)
    return kept  # type: ignore[return-value]


def _faces(stage: Stage, focus: tuple[str, ...]) -> list[Bounds]:
    """The bright boxes, through which a leader should not run far."""
    bright = lit(stage, focus)
    boxes = (box for box in stage.boxes.values() if not box.container and (bright is None or box.id in bright))
    return [(box.area.x, box.area.y, box.area.right, box.area.bottom) for box in boxes]


def inner(box: Box) -> Area:
    """What encloses the icon, texts and values of a box."""
    parts = inside_of(box)
    if not parts:
        return box.area
    left, top = min(part.x for part in parts), min(part.y for part in parts)
    return Area(left, top, max(part.right for part in parts) - left, max(part.bottom for part in parts) - top)


def inside_of(box: Box) -> list[Area]:
    """Where the icon, the texts and the values of a box are."""
    parts = [text.area for text in box.texts] + [_said(slot) for slot in box.slots]
    if box.icon is not None:
        parts.append(Area(box.icon.x, box.icon.y, box.icon.size, box.icon.size))
    return parts


def _said(slot: Slot) -> Area:
    """The part of a value's room that its longest text fills: a line may have the whole width of a wide box."""
    area = slot.area
    w = min(area.w, slot.said) if slot.said and slot.show.form == "text" else area.w
    left = {"start": area.x, "middle": area.x + (area.w - w) / 2, "end": area.right - w}[slot.anchor]
    return Area(left, area.y, w, area.h)


def hidden(x: float, y: float, w: float, h: float, weighed: Iterable[Weighed], most: float = float("inf")) -> float:
    """How much an area would hide; no more is added up once that is beyond `most`."""
    total, right, bottom = 0.0, x + w, y + h
    for left, top, far, low, weight in weighed:
        if left < right and x < far and top < bottom and y < low:
            across = min(far, right) - max(left, x)
            down = min(low, bottom) - max(top, y)
            total += across * down * weight
            if total > most:
                break
    return total


def inside(stage: Stage, x: float, y: float, w: float, h: float) -> Point:
    """The corner moved so that the whole stays in the picture, above the caption."""
    edge = 10 * stage.sizes.scale
    bottom = stage.captioned.y if stage.captioned else stage.size[1]
    return (
        min(max(x, edge), max(stage.size[0] - w - edge, edge)),
        min(max(y, edge), max(bottom - h - edge, edge)),
    )


def _everywhere(stage: Stage, w: float, h: float) -> Iterator[Point]:
    """Corners all over the picture, for when there is no room nearby."""
    for column, row in product(range(7), range(6)):
        yield (stage.size[0] - w) * column / 6, (stage.size[1] - h) * row / 5


def around(stage: Stage, focus: tuple[str, ...], device: str, w: float, h: float, taken: Sequence[Area] = ()) -> Area:
    """The area of something attached to a device."""
    cables = [way for way in stage.ways.values() if device in (way.a.partition(".")[0], way.b.partition(".")[0])]
    return near(stage, focus, stage.boxes[device].area, cables, w, h, taken)


def near(
    stage: Stage, focus: tuple[str, ...], own: Area, cables: Sequence[Way], w: float, h: float,
    taken: Sequence[Area] = (),
) -> Area:  # fmt: skip
    """The area of something that belongs to `own`, off the cables along which packets come and go there."""
    key = ("near", focus, own, tuple(way.id for way in cables), round(w), round(h), tuple(taken))
    kept = stage.notes.get(key)
    if kept is None:
        kept = _near_to(stage, focus, own, cables, w, h, taken)
        remember(stage, key, kept)
    return kept  # type: ignore[return-value]


def _near_to(
    stage: Stage, focus: tuple[str, ...], own: Area, cables: Sequence[Way], w: float, h: float, taken: Sequence[Area]
) -> Area:
    reach = 0.75 * stage.sizes.card
    gap = 0.6 * stage.sizes.card
    weighed = [_weighed(area, TAKEN) for area in (own.grown(0.8 * gap), *taken)] + list(obstacles(stage, focus))
    weighed += [_weighed(area, OWN) for way in cables for area in _pieces(way, reach)]  # packets come and go there
    xs = [own.x, own.right - w, own.middle[0] - w / 2]
    ys = [own.middle[1] - h / 2, own.y, own.bottom - h]
    for far in (gap, 3.5 * gap, 7 * gap):
        xs += [own.right + far, own.x - w - far]
        ys += [own.bottom + far, own.y - h - far]
    offers = dict.fromkeys(inside(stage, x, y, w, h) for x, y in (*product(xs, ys), *_everywhere(stage, w, h)))
    best, least = next(iter(offers)), float("inf")
    for x, y in offers:
        price = FAR * _distance(Area(x, y, w, h), own)
        if price < least:
            price += hidden(x, y, w, h, weighed, least - price)
            if price < least - 1:
                best, least = (x, y), price
    return Area(*best, w, h)


def _distance(area: Area, other: Area) -> float:
    across = max(other.x - area.right, area.x - other.right, 0.0)
    down = max(other.y - area.bottom, area.y - other.bottom, 0.0)
    return hypot(across, down)


def beside(stage: Stage, focus: tuple[str, ...], way: Way, w: float, h: float, taken: Sequence[Area] = ()) -> Area:
    """Where the card of a packet stands while that goes along a way. taken: by what else is on top."""
    key = ("beside", focus, way.id, round(w), round(h), tuple(taken))
    kept = stage.notes.get(key)
    if kept is None:
        kept = _beside(stage, focus, way, w, h, taken)
        remember(stage, key, kept)
    return kept  # type: ignore[return-value]


def _beside(stage: Stage, focus: tuple[str, ...], way: Way, w: float, h: float, taken: Sequence[Area]) -> Area:
    reach, away, bar = (em * stage.sizes.card for em in (0.75, AWAY, BAR))
    weighed = [_weighed(area, TAKEN) for area in taken] + [_weighed(area, OWN) for area in _pieces(way, reach)]
    weighed += obstacles(stage, focus)
    texts, faces = written(stage, focus), _faces(stage, focus)
    points = [way.at(part) for part in (0.1, 0.5, 0.9)]
    wishes = (*_near(stage, way, reach, w, h), *_everywhere(stage, w, h))
    offers = dict.fromkeys(inside(stage, x, y, w, h) for x, y in wishes)
    best, least = next(iter(offers)), float("inf")
    for x, y in offers:
        ends = [(min(max(px, x), x + w), min(max(py, y), y + h)) for px, py in points]
        far = sum(hypot(ex - px, ey - py) for (ex, ey), (px, py) in zip(ends, points, strict=True)) / 3
        price = FAR * (far + max(0.0, far - away))
        if price < least:
            price += hidden(x, y, w, h, weighed, least - price)
        if price < least - 1:
            leaders = list(zip(points, ends, strict=True))
            price += sum(ACROSS for a, b in leaders if any(crosses(a, b, each) for each in texts))
            price += THROUGH * sum(max(0.0, _through(a, b, faces) - bar) for a, b in leaders) / len(leaders)
            if price < least - 1:
                best, least = (x, y), price
    return Area(*best, w, h)


def close(stage: Stage, way: Way, w: float, h: float, taken: Sequence[Area]) -> Area:
    """Where the name of what goes along a way stands: close to its middle, over a bare face rather than over a text."""
    key = ("close", way.id, round(w), round(h), tuple(taken))
    kept = stage.notes.get(key)
    if kept is None:
        weighed = [(*each, TEXT) for each in written(stage, ())] + [_weighed(area, TAKEN) for area in taken]
        weighed += [_weighed(area, OWN) for area in _pieces(way, 0.5 * h)]
        x, y = way.at(0.5)
        sides = [(x - part * w, y + down * h) for down in (-1.6, 0.6) for part in (0.5, 0.75, 0.25, 1.0, 0.0)]
        sides += [(x + 0.6 * h, y - h / 2), (x - w - 0.6 * h, y - h / 2)]
        offers = [Area(*inside(stage, *corner, w, h), w, h) for corner in sides]
        kept = min(offers, key=lambda area: hidden(area.x, area.y, w, h, weighed))
        remember(stage, key, kept)
    return kept  # type: ignore[return-value]


def _near(stage: Stage, way: Way, reach: float, w: float, h: float) -> Iterator[Point]:
    """Corners beside a way: left, right, above and below of places along it; closer, farther, or just outside of the
    containers that it lies in."""
    around = [box.area for box in stage.boxes.values() if box.container]
    left, top = way.at(0.5)
    for area, slide in product(around, (-2.0, -1.6, -1.3, -1.0, -0.9, -0.5, -0.1, 0.0, 0.3, 0.6, 1.0)):
        yield area.right + 0.5 * reach, top + slide * h
        yield area.x - w - 0.5 * reach, top + slide * h
        yield left + slide * w, area.bottom + 0.5 * reach
    for part, far in product((0.5, 0.2, 0.8), (0.0, 1.2, 3.0, 6.0)):
        x, y = way.at(part)
        gap = far * reach
        for slide in (-0.5, -0.85, -0.15, -1.0, 0.0):
            yield x + gap, y + slide * h
            yield x - w - gap, y + slide * h
            yield x + slide * w, y + gap
            yield x + slide * w, y - h - gap


def crosses(start: Point, end: Point, bounds: Bounds) -> bool:
    """Whether the straight line from `start` to `end` enters a rectangle."""
    return within(start, end, bounds) > 0


def _through(start: Point, end: Point, faces: Sequence[Bounds]) -> float:
    """How far a line runs through boxes, which do not overlap."""
    return hypot(end[0] - start[0], end[1] - start[1]) * sum(within(start, end, each) for each in faces)


def within(start: Point, end: Point, bounds: Bounds) -> float:
    """The share (0..1) of the straight line from `start` to `end` that lies in a rectangle."""
    (x, y), (dx, dy) = start, (end[0] - start[0], end[1] - start[1])
    first, last = 0.0, 1.0
    for at, step, low, high in ((x, dx, bounds[0], bounds[2]), (y, dy, bounds[1], bounds[3])):
        if step == 0:
            if not low < at < high:
                return 0.0
            continue
        near, far = sorted(((low - at) / step, (high - at) / step))
        first, last = max(first, near), min(last, far)
    return max(0.0, last - first)


def leader(area: Area, x: float, y: float) -> Point:
    """The point on the edge of an area that is nearest to (x, y)."""
    return min(max(x, area.x), area.right), min(max(y, area.y), area.bottom)
