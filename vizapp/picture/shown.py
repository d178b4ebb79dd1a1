"""What of a scene is drawn: the things that stand, some of them folded to a band.

It is a scene like any other, so that all who draw know nothing of it. The same is given again for the same, and so
what was laid out is found again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from vizapp.scene.model import Link, Scene, Step, Text, Thing

KEPT = 48  # scenes remembered
Key = tuple[int, frozenset[str], frozenset[str], str, str | None]
_kept: dict[Key, tuple[Scene, Scene]] = {}


def shown(
    scene: Scene,
    absent: frozenset[str],
    folded: Collection[str] = (),
    entered: str | None = None,
    table: str | None = None,
) -> Scene:
    """The scene without what is absent; of what is folded, a band alone. entered: the thing that one is in, which then
    is all there is, beside a band for each that a cable joins it to; table: the one for which room is kept then."""
    bands, within = frozenset(folded) & scene.things.keys() - absent, entered or ""
    within = within if within in scene.things and within not in absent else ""
    if not absent and not bands and not within:
        return scene
    key = (id(scene), absent, bands, within, table if within else None)
    kept = _kept.get(key)
    if kept is None or kept[0] is not scene:
        while len(_kept) >= KEPT:
            _kept.pop(next(iter(_kept)))
        narrowed, near = _entered(scene, within, table) if within else (scene, frozenset())
        drawn = (bands - {within}) & narrowed.things.keys() | near
        _kept[key] = kept = (scene, _reduced(narrowed, absent, drawn))
    return kept[1]


def _entered(scene: Scene, within: str, table: str | None) -> tuple[Scene, frozenset[str]]:
    """The scene of a thing alone with what cables join it to, and these."""
    own = {within, *inside(scene.things, within)}
    ends = [(_device(link.a, {}), _device(link.b, {})) for link in scene.links]
    near = {_apart(scene, other, within) for a, b in ends for one, other in ((a, b), (b, a))
            if one in own and other not in own}  # fmt: skip
    near.discard("")
    kept = own | near | {id_ for name in near for id_ in inside(scene.things, name)}
    things = {id_: replace(thing, parent=None) if id_ in near | {within} else thing
              for id_, thing in scene.things.items() if id_ in kept}  # fmt: skip
    links = tuple(link for link, (a, b) in zip(scene.links, ends, strict=True)
                  if a in kept and b in kept and not own.isdisjoint((a, b)))  # fmt: skip
    steps = (Step("start", Text(), table=table),)
    return replace(scene, things=things, links=links, steps=steps), frozenset(near)


def _apart(scene: Scene, name: str, within: str) -> str:
    """The outermost thing around `name` that has nothing to do with where one is; empty where there is none."""
    around, found, thing = {within, *_outside(scene, within)}, "", scene.things[name]
    while thing.id not in around:
        found = thing.id
        if thing.parent is None:
            break
        thing = scene.things[thing.parent]
    return found


def _outside(scene: Scene, name: str) -> Iterator[str]:
    """All that a thing lies in."""
    parent = scene.things[name].parent
    while parent is not None:
        yield parent
        parent = scene.things[parent].parent


def homes(scene: Scene) -> dict[str, str]:
    """Of each thing that lies in a band, that band."""
    return {inner: thing.id for thing in scene.things.values() for inner in thing.folds or ()}


def _reduced(scene: Scene, absent: frozenset[str], bands: frozenset[str]) -> Scene:
    inner = {id_ for band in bands for id_ in inside(scene.things, band)}
    gone = absent | inner
    things = {id_: _thing(thing, scene.things, gone, absent, id_ in bands)
              for id_, thing in scene.things.items() if id_ not in gone}  # fmt: skip
    drawn = replace(scene, things=things, links=())
    home = homes(drawn)
    return replace(drawn, links=tuple(link for link in scene.links if _joins(link, things, home)))


def _joins(link: Link, things: Mapping[str, Thing], home: Mapping[str, str]) -> bool:
    """Whether a cable joins two things that are drawn."""
    a, b = (_device(port, home) for port in (link.a, link.b))
    return a != b and a in things and b in things


def _thing(thing: Thing, things: Mapping[str, Thing], gone: Collection[str], absent: Collection[str], band: bool
           ) -> Thing:  # fmt: skip
    children = tuple(child for child in thing.children if child not in gone)
    if not band:
        return thing if children == thing.children else replace(thing, children=children)
    folds = tuple(id_ for id_ in inside(things, thing.id) if id_ not in absent)
    return replace(thing, children=(), folds=folds)


def inside(things: Mapping[str, Thing], name: str) -> Iterator[str]:
    """All that lies in a thing, at whatever depth."""
    for child in things[name].children:
        yield child
        yield from inside(things, child)


def _device(port: str, home: Mapping[str, str]) -> str:
    device = port.partition(".")[0]
    return home.get(device, device)
