"""What stays: boxes, names, icons and cables. The same Layer is given again while nothing in it changed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import chain, product

from vizapp.picture.colours import mix
from vizapp.picture.lasting import lasting, remember
from vizapp.picture.shapes import Icon, Label, Layer, Line, Rect, Shape
from vizapp.picture.sizes import Sizes
from vizapp.picture.stage import Box, Stage, Way, Written
from vizapp.picture.theme import Role, Theme
from vizapp.picture.view import View
from vizapp.scene.model import Scene
from vizapp.sim.frame import CUT, FAILED, LOSS, Frame

DIM = 0.32  # opacity of what is out of focus
ALIAS = {"runtime": "libraries"}


def role(theme: Theme, name: str) -> Role:
    """The colours of a role; those of a network device when the theme has none."""
    return theme.roles.get(ALIAS.get(name, name), theme.roles["network"])


def lit(stage: Stage, focus: tuple[str, ...]) -> frozenset[str] | None:
    """The boxes and cables that stay bright: the focus, what it lies in, what lies in it. None: all."""
    wanted = {name for name in focus if name in stage.boxes or name in stage.ways}
    if not wanted:
        return None
    found = set(wanted)
    for box in stage.boxes.values():
        if box.id in wanted:
            found |= set(box.within)
        elif not wanted.isdisjoint(box.within):
            found.add(box.id)
    for way in stage.ways.values():
        ends = {stage.home(port.partition(".")[0]) for port in (way.a, way.b)}
        if way.id in wanted:
            found |= {other for end in ends if end in stage.boxes for other in (end, *stage.boxes[end].within)}
        elif ends <= found:
            found.add(way.id)
    return frozenset(found)


def strength(name: str, bright: frozenset[str] | None) -> float:
    """The opacity of what belongs to that box or cable, `bright` being what `lit` gives."""
    return 1.0 if bright is None or name in bright else DIM


def backdrop(scene: Scene, frame: Frame, stage: Stage, view: View) -> tuple[Layer, frozenset[str], frozenset[str]]:
    """The layer that stays, the failed devices and the cut cables."""
    fields = chain(product(stage.boxes, (FAILED,)), product(stage.ways, (CUT, LOSS)))
    failed, cut, lossy = lasting(frame, stage, ("broken",), fields, partial(_broken_by, frame, stage))
    key = ("backdrop", view.theme.name, failed, cut, lossy, view.focus)
    layer = stage.notes.get(key)
    if not isinstance(layer, Layer):
        layer = Layer(tuple(_shapes(stage, view, failed, cut, lossy)))
        remember(stage, key, layer)
    return layer, failed, cut


def _broken_by(frame: Frame, stage: Stage) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The failed devices, the cables that are cut, and those that lose some of what crosses them."""
    failed = frozenset(name for name in stage.boxes if frame.failed(name))
    cut = frozenset(name for name in stage.ways if frame.cut(name))
    return failed, cut, frozenset(name for name in stage.ways if frame.value(name, LOSS, 0.0))


def _shapes(
    stage: Stage, view: View, failed: frozenset[str], cut: frozenset[str], lossy: frozenset[str]
) -> Iterator[Shape]:
    bright = lit(stage, view.focus)

    down = {box.id for box in stage.boxes.values() if box.id in failed or not failed.isdisjoint(box.within)}
    for box in stage.boxes.values():
        if box.container:
            yield from _box(box, stage, view.theme, box.id in down, strength(box.id, bright))
    for way in sorted(stage.ways.values(), key=lambda way: (strength(way.id, bright), not _broken(way, down))):
        if not way.lane:
            line, opacity = _line(way, view.theme, down, cut, lossy), strength(way.id, bright)
            yield from _way(way, stage, line, way.id in cut, view, opacity)
    for box in stage.boxes.values():
        if not box.container:
            yield from _box(box, stage, view.theme, box.id in down, strength(box.id, bright))
    for way in stage.ways.values():
        if way.lane and (_broken(way, down) or way.id in cut):
            yield _lane(way, stage, view.theme, strength(way.id, bright))


def _broken(way: Way, down: set[str]) -> bool:
    return any(port.partition(".")[0] in down for port in (way.a, way.b))


def _box(box: Box, stage: Stage, theme: Theme, failed: bool, opacity: float) -> Iterator[Shape]:
    sizes, area = stage.sizes, box.area
    colours = role(theme, "failed" if failed else box.role)
    dash = (6 * sizes.scale, 4 * sizes.scale) if failed else ()
    radius = sizes.corner if box.container else min(sizes.corner, area.h / 4)
    yield Rect(area.x, area.y, area.w, area.h, radius, colours.fill, colours.stroke, sizes.stroke, dash, opacity,
               of=box.id, title=" · ".join(text.text for text in box.texts) or None)  # fmt: skip
    if box.icon is not None:
        at = box.icon
        yield Icon(at.x, at.y, at.size, at.name, icon_colour(colours, theme), opacity, box.id)
    for text in box.texts:
        yield _written(text, colours, theme, opacity, box.id)
    if failed and sizes.texts:
        x, y, side = _cross(box, sizes)
        yield Icon(x, y, side, "cross", theme.bad, opacity, box.id)


def _cross(box: Box, sizes: Sizes) -> tuple[float, float, float]:
    """(x, y, side) of the sign of what failed: in the corner; of a container after its name, which what is told of it
    ends in the corner."""
    side, gap = 0.95 * sizes.icon, 0.45 * sizes.icon
    if box.container and box.texts and box.texts[0].anchor == "start":
        name = box.texts[0]
        return name.x + name.width + gap, name.y - 0.36 * name.size - side / 2, side
    return box.area.right - side - gap, box.area.y + gap, side


def icon_colour(colours: Role, theme: Theme) -> str:
    return colours.stroke if not theme.dark else mix(colours.stroke, colours.text, 0.35)


def _written(text: Written, colours: Role, theme: Theme, opacity: float, of: str) -> Label:
    colour = colours.text if text.tone == "name" else detail_colour(colours, theme)
    return Label(text.x, text.y, text.text, text.size, colour, text.weight, text.mono, text.anchor, False, opacity, of)


def detail_colour(colours: Role, theme: Theme) -> str:
    """The colour of what is less than a name: its box's text, paler."""
    return theme.muted if colours.text == theme.ink else mix(colours.text, colours.stroke, 0.3)


def _line(way: Way, theme: Theme, down: set[str], cut: frozenset[str], lossy: frozenset[str]) -> tuple[str, float]:
    """The colour of a cable and its strength; below 1 it is dashed: what breaks it or loses some of what crosses it."""
    if way.id in cut or _broken(way, down):
        return theme.bad, 0.65
    return (theme.warn, 0.85) if way.id in lossy else (theme.link, 1.0)


def _way(
    way: Way, stage: Stage, line: tuple[str, float], cut: bool, view: View, opacity: float
) -> Iterator[Shape]:
    sizes, theme = stage.sizes, view.theme
    colour, strength = line
    dash = (7 * sizes.scale, 5 * sizes.scale) if strength < 1 else ()
    faint = strength * opacity
    width = 1.25 * sizes.stroke
    if not cut:
        yield Line(way.points, colour, width, dash, sizes.corner, faint, way.id)
        return
    gap = 1.1 * sizes.icon / max(way.length, 1.0)
    for points in _split(way, 0.5 - gap / 2, 0.5 + gap / 2):
        yield Line(points, colour, width, dash, 0.0, faint, way.id)
    x, y = way.at(0.5)
    side = 0.85 * sizes.icon
    yield Icon(x - side / 2, y - side / 2, side, "cut", theme.bad, opacity, way.id)


def _split(way: Way, first: float, last: float) -> Iterator[tuple[tuple[float, float], ...]]:
    """The course up to `first` and from `last` on, in parts of its length."""
    steps = 60
    for start, end in ((0.0, max(first, 0.0)), (min(last, 1.0), 1.0)):
        points = [way.at(start + (end - start) * step / steps) for step in range(steps + 1)]
        yield tuple(points)


def node_radius(stage: Stage) -> float:
    """The radius of the dots on a spine."""
    return (0.22 if stage.sizes.texts else 0.14) * max(stage.sizes.icon, 14)


def _lane(way: Way, stage: Stage, theme: Theme, opacity: float) -> Line:
    """A lane is seen where something has walked it, or when it is broken."""
    dash = (7 * stage.sizes.scale, 5 * stage.sizes.scale)
    return Line(way.points, theme.bad, 1.6 * stage.sizes.stroke, dash, stage.sizes.corner, 0.65 * opacity, way.id)
