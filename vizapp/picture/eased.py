"""Between two layouts: where everything is while the structure of a stage changes (a layer folds, goes or comes)."""

from __future__ import annotations

from dataclasses import replace

from vizapp.picture import motion
from vizapp.picture.stage import Area, Box, Point, Stage, Way


def structure(stage: Stage) -> tuple[tuple[str, bool | None], ...]:
    """What two layouts of one stage must differ in for one to be eased into the other."""
    return tuple((box.id, box.folded) for box in stage.boxes.values())


def between(before: Stage, after: Stage, part: float) -> Stage:
    """What is on both moves and grows from its place before to that after; what is new is there. part: 0..1."""
    share = motion.ease(part)
    if share >= 1.0:
        return after
    boxes = {name: _box(before.boxes[name], box, share) if name in before.boxes else box
             for name, box in after.boxes.items()}  # fmt: skip
    ways = {name: _way(before.ways[name], way, share) if name in before.ways else way
            for name, way in after.ways.items()}  # fmt: skip
    return replace(after, boxes=boxes, ways=ways, notes={})


def _box(before: Box, after: Box, share: float) -> Box:
    """Its frame in between; what stands in it keeps its size and goes along with its middle."""
    area = _area(before.area, after.area, share)
    dx, dy = (here - there for here, there in zip(area.middle, after.area.middle, strict=True))
    return replace(
        after,
        area=area,
        texts=tuple(replace(text, x=text.x + dx, y=text.y + dy) for text in after.texts),
        slots=tuple(replace(slot, area=_moved(slot.area, dx, dy)) for slot in after.slots),
        icon=None if after.icon is None else replace(after.icon, x=after.icon.x + dx, y=after.icon.y + dy),
        labels=tuple(_moved(label, dx, dy) for label in after.labels),
    )


def _way(before: Way, after: Way, share: float) -> Way:
    """A cable with as many corners in both goes along; another is where it will be."""
    if len(before.points) != len(after.points):
        return after
    points = tuple(_point(a, b, share) for a, b in zip(before.points, after.points, strict=True))
    return Way(after.id, after.a, after.b, points, after.corner, after.lane)


def _point(a: Point, b: Point, share: float) -> Point:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def _area(a: Area, b: Area, share: float) -> Area:
    (x, y), (w, h) = _point((a.x, a.y), (b.x, b.y), share), _point((a.w, a.h), (b.w, b.h), share)
    return Area(x, y, w, h)


def _moved(area: Area, dx: float, dy: float) -> Area:
    return replace(area, x=area.x + dx, y=area.y + dy)
