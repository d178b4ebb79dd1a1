"""Which things can be folded, and in which order a stack is peeled: from the top down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from vizapp.picture.arrange import LAYERS
from vizapp.picture.kinds import kind_of
from vizapp.picture.layout import layout
from vizapp.scene.model import Scene, Thing
from vizapp.scene.vocabulary import Kind
from vizapp.sim.frame import Frame
from vizapp.words import languages

SIZE = (1060.0, 750.0)  # of a canvas on which it is looked up what stands above what


def foldable(thing: Thing, kinds: Mapping[str, Kind]) -> bool:
    """Whether it holds others, or is a layer of a machine."""
    plain = not any(port.ip or port.mac for port in thing.ports)
    return bool(thing.children) or (plain and (thing.role or kind_of(kinds, thing).role) in LAYERS)


def layers(scene: Scene, kinds: Mapping[str, Kind]) -> list[str]:
    """The outermost things that can be folded, from the top down as they are laid out; of a stage that is one box,
    those in it. Of several sides, those of all, each at its height above the bottom."""
    floors: dict[str, int] = {}
    for side in scene.sides or (scene,):
        boxes = layout(side, languages()[0], SIZE, "explore", kinds).boxes
        tops = {name: round(boxes[name].area.y) for name in _outermost(side)}
        rows = sorted(set(tops.values()), reverse=True)
        floors |= {name: max(rows.index(top), floors.get(name, 0)) for name, top in tops.items()}
    known = [name for name in floors if foldable(scene.things[name], kinds)]
    return sorted(known, key=lambda name: -floors[name])


def _outermost(scene: Scene) -> Sequence[str]:
    names: Sequence[str] = [thing.id for thing in scene.roots()]
    while len(names) == 1 and scene.things[names[0]].children:
        names = scene.things[names[0]].children
    return names


def others(scene: Scene, kinds: Mapping[str, Kind], name: str) -> list[str]:
    """What can be folded beside a thing, and beside all that it lies in."""
    found: list[str] = []
    inner: str | None = name
    while inner is not None:
        parent = scene.things[inner].parent
        beside = [thing for thing in scene.things.values() if thing.parent == parent and thing.id != inner]
        found += [thing.id for thing in beside if foldable(thing, kinds)]
        inner = parent
    return found


def table_of(scene: Scene, kinds: Mapping[str, Kind], name: str | None, frame: Frame) -> str | None:
    """The table of a thing to be shown with it, as a View names it: one that a step tells, else one that has rows."""
    thing = scene.things.get(name or "")
    shows = kind_of(kinds, thing).shows if thing is not None else ()
    told = {step.table for step in scene.steps}
    fields = [show.field for show in shows if show.form == "table"]
    best = sorted(fields, key=lambda field: (f"{name}.{field}" not in told, not frame.value(name or "", field)))
    return f"{name}.{best[0]}" if best else None
