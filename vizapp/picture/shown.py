"""What of a scene is drawn: the things that stand, some of them folded to a band.

It is a scene like any other, so that all who draw know nothing of it. The same is given again for the same, and so
what was laid out is found again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from vizapp.scene.model import Link, Scene, Thing

KEPT = 48  # scenes remembered
Key = tuple[int, frozenset[str], frozenset[str]]
_kept: dict[Key, tuple[Scene, Scene]] = {}


def shown(scene: Scene, absent: frozenset[str], folded: Collection[str] = ()) -> Scene:
    """The scene without what is absent; of what is folded, a band alone."""
    bands = frozenset(folded) & scene.things.keys() - absent
    if not absent and not bands:
        return scene
    key = (id(scene), absent, bands)
    kept = _kept.get(key)
    if kept is None or kept[0] is not scene:
        while len(_kept) >= KEPT:
            _kept.pop(next(iter(_kept)))
        _kept[key] = kept = (scene, _reduced(scene, absent, bands))
    return kept[1]


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
