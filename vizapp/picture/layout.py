"""Layout: where every box and cable of a scene goes on a canvas, for one language and one level of detail.

Pure: the same scene, language, size and level give the same Stage. The room of every value is that of its longest text,
so what happens in a run moves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from vizapp.picture import abreast, band, counted, header, lanes, placing, reserve, route, sheet
from vizapp.picture.arrange import Axis, Node, Path, Plan, paths
from vizapp.picture.comb import combs
from vizapp.picture.kinds import kind_of
from vizapp.picture.share import laid, levelled, stretched
from vizapp.picture.shown import homes
from vizapp.picture.sizes import Level, Sizes, sizes
from vizapp.picture.stage import Area, Box, Stage, Way
from vizapp.scene.model import Scene
from vizapp.scene.vocabulary import Kind
from vizapp.words import Words, words

KEPT = 24  # stages remembered
LARGER = {"explore": 1.5, "show": 1.3, "thumbnail": 1.5, "side": 1.3}  # how much all may grow where there is room
ROOMY = {"explore": 1.5, "show": 1.5, "thumbnail": 1.5, "side": 1.3}  # the same, of a lone stack of layers
LATER = 0.98  # so much less is each further way to save room liked
UNREADABLE = 0.55  # of the size of a show: rather no values than values smaller than that
TURNED = 0.75  # another arrangement than the usual one must be that much better
# below this scale things move closer, then captions (in a show values too) are left out, before shrinking further
SMALL = {"explore": 0.935, "show": 0.93, "thumbnail": 0.0, "side": 0.97}
TABLE, PANEL = " table", " panel"  # the boxes that stand for the room of a table and of what is counted
Key = tuple[tuple[int, ...], str, tuple[float, float], Level, float]
_kept: dict[Key, tuple[Sequence[Scene], Mapping[str, Kind], tuple[Stage, ...]]] = {}


def layout(scene: Scene, lang: str, size: tuple[float, float], level: Level, kinds: Mapping[str, Kind]) -> Stage:
    """The stage of `scene` on a canvas of `size` (width, height in pixels of the picture)."""
    return layouts((scene,), lang, size, level, kinds)[0]


def layouts(
    scenes: Sequence[Scene],
    lang: str,
    size: tuple[float, float],
    level: Level,
    kinds: Mapping[str, Kind],
    unit: float = 1.0,
) -> tuple[Stage, ...]:
    """The stages of scenes that stand beside each other, each on a canvas of `size`. What they have in common is at
    the same place and as large on all. unit: see `sizes`."""
    key = (tuple(id(scene) for scene in scenes), lang, size, level, unit)
    kept = _kept.get(key)
    if kept is not None and kept[1] is kinds and all(a is b for a, b in zip(kept[0], scenes, strict=True)):
        return kept[2]
    stages = _laid_out(scenes, words(lang), size, level, kinds, unit)
    while len(_kept) >= KEPT:
        _kept.pop(next(iter(_kept)))
    _kept[key] = (tuple(scenes), kinds, stages)
    return stages


def _laid_out(
    scenes: Sequence[Scene],
    words: Words,
    size: tuple[float, float],
    level: Level,
    kinds: Mapping[str, Kind],
    unit: float,
) -> tuple[Stage, ...]:
    first = sizes(level, size, unit)
    room, captioned = _room(first, size, level)
    plans, way, used = _fitted(scenes, kinds, words, first, room, level)
    return tuple(_stage(plan, dict(_trees(plan, level))[way], size, room, captioned, level, used) for plan in plans)


def _stage(
    plan: Plan, tree: Node, size: tuple[float, float], room: Area, captioned: Area | None, level: Level, used: Sizes
) -> Stage:
    boxes = {box.id: box for box in _boxes(tree, _narrowed(tree, room, level), plan, plan.words, used)}
    tabled, paneled = boxes.pop(TABLE, None), boxes.pop(PANEL, None)
    ways = _ways(plan.scene, plan, boxes, paths(tree), used, Area(0, 0, *size), tabled)
    return Stage(plan.scene.id, plan.words.lang, level, size, used, boxes, ways, captioned,
                 tabled.area if tabled else None, paneled.area if paneled else None, homes(plan.scene))  # fmt: skip


def _room(first: Sizes, size: tuple[float, float], level: Level) -> tuple[Area, Area | None]:
    """Where boxes may be; in a show the caption keeps the bottom for itself."""
    w, h = size
    margin = min(first.margin, w * 0.05, h * 0.06)
    if level != "show":
        return Area(margin, margin, w - 2 * margin, h - 2 * margin), None
    bar = 3.5 * first.caption
    captioned = Area(margin, h - bar - 0.5 * margin, w - 2 * margin, bar)
    return Area(margin, margin, w - 2 * margin, captioned.y - 1.5 * margin), captioned


def _fitted(
    scenes: Sequence[Scene], kinds: Mapping[str, Kind], words: Words, first: Sizes, room: Area, level: Level
) -> tuple[list[Plan], str, Sizes]:
    """The arrangement that leaves everything largest; with as much detail as can be read."""
    found: list[tuple[float, Sizes, Fit]] = []
    later = 1.0 if level == "side" else LATER  # there, rather less than smaller
    for used in _tries(first, level):
        if not used.values and level == "show" and max(each[0] for each in found) > UNREADABLE:
            break
        fit = _best(scenes, kinds, words, used, room, level)
        found.append((fit.liked * later ** len(found), used, fit))
        if fit.liked >= SMALL[level]:
            break
    _, used, fit = max(found, key=lambda each: each[0] if each[0] < SMALL[level] else 1.0)
    most = (ROOMY if fit.roomy else LARGER)[level]
    scale = fit.scale
    used = used.times(min(scale * (0.999 if scale < 1 else 0.9), most) if scale < 1 or scale > 1.12 else 1.0)
    if level == "show":
        used = replace(used, caption=max(used.caption, first.caption))  # it has a room of its own
    return abreast.plans(scenes, kinds, words, used, fit.root, fit.inner), fit.way, used


def _tries(first: Sizes, level: Level) -> list[Sizes]:
    """From all the detail there is to less and less."""
    if level == "thumbnail":
        return [first]
    if level == "side":
        bare = replace(first, captions=False)
        plain = replace(bare, badges=False)
        named = replace(plain, values=False)
        tries = [each for both in (first, bare, plain, named) for each in (both, both.tight())]
        return [*tries, replace(named, texts=False)]
    tight = first.tight()
    narrow = replace(tight, compact=False)
    tries = [first, narrow, tight, *(replace(each, captions=False) for each in (first, narrow, tight))]
    close = narrow.close()
    if level == "show":
        return [*tries, close, replace(close, captions=False), replace(first, captions=False, values=False)]
    return [*tries[:3], close, tight.close(), *tries[3:], replace(close, captions=False), replace(close, tables=False)]


@dataclass(frozen=True, slots=True)
class Fit:
    """An arrangement. liked: how good it is; scale: at which it fits; way: how room is kept for a table, if it is."""

    liked: float
    scale: float
    root: Axis
    inner: Axis
    way: str
    roomy: bool


def _best(
    scenes: Sequence[Scene], kinds: Mapping[str, Kind], words: Words, used: Sizes, room: Area, level: Level
) -> Fit:
    """The best arrangement; the usual one when about as good."""
    axes: tuple[Axis, Axis] = ("row", "column")
    turn = 1.0 if level == "side" or len(scenes) > 1 else TURNED
    found: Fit | None = None
    for root, inner in product(axes, reversed(axes)):
        plans = abreast.plans(scenes, kinds, words, used, root, inner)
        turned = (1.0 if root == "row" else turn) * (1.0 if inner == "column" else TURNED)
        for way, trees in _abreast(plans, level):
            scale = min(min(room.w / tree.w, room.h / tree.h) for tree in trees)
            liked = min(scale, 1.0) * turned * reserve.WAYS.get(way, 1.0)
            if found is None or liked > found.liked + 1e-9:
                roomy = any(_stack(node) for tree in trees for node in (tree, *tree.children))
                found = Fit(liked, scale, root, inner, way, roomy)
    assert found is not None
    return found


def _abreast(plans: Sequence[Plan], level: Level) -> Iterator[tuple[str, list[Node]]]:
    """The stages as trees, in each way in which there is room for tables."""
    several = [dict(_trees(plan, level)) for plan in plans]
    for way in several[0]:
        yield way, [trees[way] for trees in several]


def _trees(plan: Plan, level: Level) -> Iterator[tuple[str, Node]]:
    """The stage as a tree; in a show with room for the tables of its steps, in the ways that there are."""
    tree = plan.tree()
    layered = _stack(tree) and plan.coded(tree.children) and level in ("explore", "show")
    kept = layered or level == "show"
    room = sheet.kept(plan.scene, plan.kinds, plan.words, plan.sizes) if kept else None
    if layered:
        panels = [counted.room(plan.scene, plan.kinds, plan.words, plan.sizes, level, columns) for columns in (2, 1)]
        yield from reserve.beside(tree, panels, room, plan.sizes)
    elif room is None:
        yield "", tree
    else:
        yield from reserve.reserved(tree, *room, plan.sizes)


def _stack(node: Node) -> bool:
    """Whether it is a stack of layers on the open stage."""
    return node.fill and node.thing is None and node.axis == "column"


def _narrowed(tree: Node, room: Area, level: Level) -> Area:
    """A lone stack of layers is not drawn out over the whole width."""
    if level == "side" or not _stack(tree):
        return room
    w = min(room.w, max(tree.w * 1.25, room.h * (1.35 if level == "show" else 1.1)))
    return Area(room.x + (room.w - w) / 2, room.y, w, room.h)


def _boxes(
    node: Node, area: Area, plan: Plan, words: Words, used: Sizes, within: tuple[str, ...] = (), axis: Axis = "row"
) -> Iterator[Box]:
    """The boxes of a tree, from the outside in. axis: along which the node's parent laid it."""
    if node.sheet or node.panel:
        yield Box(TABLE if node.sheet else PANEL, "", "", area, 0, False)
        return
    if node.columns:
        yield from _cells(node, area, plan, words, used, within)
        return
    if node.thing is None:
        yield from _line(node, area, plan, words, used, within)
        return
    thing = node.thing
    kind = kind_of(plan.kinds, thing)
    role = thing.role or kind.role
    if node.content is not None:
        own = area if node.fill else _grown(node, area, used, axis)
        parts = band.placed(node.content, own) if node.folded else placing.placed(node.content, own, words)
        foldable = node.folded or (False if node.fill else None)
        yield Box(thing.id, kind.name, role, own, len(within), False, tuple(parts.texts), tuple(parts.slots),
                  parts.icon, within, bar=node.bar, folded=foldable)  # fmt: skip
        return
    assert node.header is not None
    parts, labels = header.placed(node.header, area, words)
    yield Box(thing.id, kind.name, role, area, len(within), True, tuple(parts.texts), tuple(parts.slots), parts.icon,
              within, tuple(labels), folded=False)  # fmt: skip
    top, pad = node.header.h, used.pad
    inside = Area(area.x + pad, area.y + top, area.w - 2 * pad, area.h - top - pad)
    yield from _boxes(node.children[0], inside, plan, words, used, (*within, thing.id))


def _grown(node: Node, area: Area, used: Sizes, axis: Axis) -> Area:
    """A leaf in the middle of its room, no larger than becomes it."""
    w, h = min(area.w, node.most("row", used)), min(area.h, node.most("column", used))
    if node.broad and axis == "column":
        w = area.w
    x, y = area.middle
    return Area(x - w / 2, y - h / 2, w, h)


def _line(node: Node, area: Area, plan: Plan, words: Words, used: Sizes, within: tuple[str, ...]) -> Iterator[Box]:
    along = node.axis == "row"
    total = area.w if along else area.h
    lengths, gaps = _shared(node, total, used)
    start = area.x if along else area.y
    spans = [] if along else [_span(child, area.w, used) for child in node.children]
    for index, (at, length) in enumerate(zip(laid(start, total, lengths, gaps), lengths, strict=True)):
        child = node.children[index]
        part = Area(at, area.y, length, area.h) if along else Area(area.x, at, area.w, length)
        if child.bar and not along:
            w = max(child.w, *(span for span in spans[max(index - 1, 0) : index + 2]))
            part = Area(area.middle[0] - w / 2, at, w, length)
        yield from _boxes(child, part, plan, words, used, within, node.axis)


def _cells(node: Node, area: Area, plan: Plan, words: Words, used: Sizes, within: tuple[str, ...]) -> Iterator[Box]:
    """Equal boxes in rows, each row with room above it for its cables."""
    gap, columns = node.gaps[0], node.columns
    w, h = (area.w + gap) / columns, area.h / -(-len(node.children) // columns)
    for index, child in enumerate(node.children):
        row, column = divmod(index, columns)
        cell = Area(area.x + column * w, area.y + row * h + gap, w - gap, h - gap)
        yield from _boxes(child, cell, plan, words, used, within)


def _shared(node: Node, total: float, used: Sizes) -> tuple[list[float], list[float]]:
    """The lengths of a line's boxes and of the gaps between them, up to `total` together."""
    least = [child.least(node.axis) for child in node.children]
    if node.fill:
        rigid = [child.part or (child.folded and node.axis == "column") for child in node.children]
        return levelled(total - sum(node.gaps), least, rigid), list(node.gaps)
    most = [child.most(node.axis, used) for child in node.children]
    loose = 1.0 if any(child.sheet for child in node.children) else 3.0
    both = stretched(total, least + node.gaps, most + [loose * gap for gap in node.gaps])
    return both[: len(least)], both[len(least) :]


def _span(node: Node, total: float, used: Sizes) -> float:
    """How much of `total` a box or a line across takes; nothing when it is another group."""
    if node.leaf:
        return 0.0 if node.bar else min(total, node.most("row", used))
    if node.thing is not None or node.axis != "row":
        return 0.0
    lengths, gaps = _shared(node, total, used)
    return sum(lengths) + sum(gaps)


def _ways(
    scene: Scene,
    plan: Plan,
    boxes: dict[str, Box],
    places: Mapping[str, Path],
    used: Sizes,
    canvas: Area,
    tabled: Box | None,
) -> dict[str, Way]:
    """The course of every cable, in the order written; none goes through the room of a table."""
    found: dict[str, Way] = {}
    boxes = boxes | {inner: boxes[home] for inner, home in homes(scene).items()}
    found.update(combs(scene.links, plan.many, boxes, used))
    between = [link for link in scene.links if lanes.stacked(link, boxes, plan.stacks)]
    found.update(lanes.lanes(between, boxes, used))
    others = [link for link in scene.links if link.id not in found]
    ground = boxes if tabled is None else {**boxes, TABLE: tabled}
    found.update(route.routes(others, ground, places, used, canvas))
    return {link.id: found[link.id] for link in scene.links if link.id in found}
