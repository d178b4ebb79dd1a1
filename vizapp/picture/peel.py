"""Which things can be folded, and in which order a stack is peeled: from the top down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from vizapp.picture.arrange import LAYERS
from vizapp.picture.kinds import kind_of
from vizapp.scene.model import Scene, Thing
from vizapp.scene.vocabulary import Kind
from vizapp.sim.frame import Frame


def foldable(thing: Thing, kinds: Mapping[str, Kind]) -> bool:
    """Whether it holds others, or is a layer of a machine."""
    plain = not any(port.ip or port.mac for port in thing.ports)
    return bool(thing.children) or (plain and (thing.role or kind_of(kinds, thing).role) in LAYERS)


def layers(scene: Scene, kinds: Mapping[str, Kind]) -> list[str]:
    """The outermost things that can be folded, from the top down; of a stage that is one box, those in it. Of several
    sides, those of all, each at its height above the bottom."""
    heights: dict[str, int] = {}
    for side in scene.sides or (scene,):
        for height, name in enumerate(reversed(_outermost(side))):
            heights[name] = max(height, heights.get(name, 0))
    known = [name for name in heights if foldable(scene.things[name], kinds)]
    return sorted(known, key=lambda name: -heights[name])


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
