"""Scenes laid out abreast: the same box at the same place on all of them, as far as they are alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from vizapp.picture.arrange import Axis, Node, Plan
from vizapp.picture.shown import homes
from vizapp.picture.sizes import Sizes
from vizapp.scene.model import Link, Scene
from vizapp.scene.vocabulary import Kind
from vizapp.words import Words


def plans(
    scenes: Sequence[Scene], kinds: Mapping[str, Kind], words: Words, sizes: Sizes, root: Axis, inner: Axis
) -> list[Plan]:
    """A plan for each scene: arranged by the cables that most have, each box as large as on any."""
    if len(scenes) == 1:
        return [Plan(scenes[0], kinds, words, sizes, root, inner)]
    cables = shared(scenes)
    first = [Plan(scene, kinds, words, sizes, root, inner, own) for scene, own in zip(scenes, cables, strict=True)]
    least: dict[str, tuple[float, float]] = {}
    for plan in first:
        for name, w, h in _boxes(plan.tree()):
            wide, high = least.get(name, (0.0, 0.0))
            least[name] = max(w, wide), max(h, high)
    return [Plan(scene, kinds, words, sizes, root, inner, own, least)
            for scene, own in zip(scenes, cables, strict=True)]  # fmt: skip


def _boxes(node: Node) -> Iterator[tuple[str, float, float]]:
    if node.thing is not None:
        yield node.thing.id, node.w, node.h
    for child in node.children:
        yield from _boxes(child)


Pair = frozenset[str]


def shared(scenes: Sequence[Scene]) -> list[list[Link]]:
    """For each scene the cables to arrange it by: between two boxes that it has, and that most of the scenes which
    have both join; where half do, the first of them says."""
    joined = [dict.fromkeys(_pair(link, homes(scene)) for link in scene.links) for scene in scenes]
    count = Counter(pair for pairs in joined for pair in pairs)
    chosen = [pair for pair in dict.fromkeys(pair for pairs in joined for pair in pairs)
              if _most(pair, count[pair], scenes, joined)]  # fmt: skip
    return [[_link(pair) for pair in chosen if pair <= scene.things.keys()] for scene in scenes]


def _most(pair: Pair, count: int, scenes: Sequence[Scene], joined: Sequence[Mapping[Pair, None]]) -> bool:
    having = [n for n, scene in enumerate(scenes) if pair <= scene.things.keys()]
    return 2 * count > len(having) or (2 * count == len(having) and pair in joined[having[0]])


def _pair(link: Link, homes: Mapping[str, str]) -> Pair:
    devices = (port.partition(".")[0] for port in (link.a, link.b))
    return frozenset(homes.get(device, device) for device in devices)


def _link(pair: Pair) -> Link:
    names = sorted(pair)
    return Link("--".join(names), f"{names[0]}.", f"{names[-1]}.")


def alike(scenes: Sequence[Scene]) -> list[tuple[Scene, ...]]:
    """For each scene those that it is laid out with, itself among them: they have most of their boxes in common."""
    groups: list[list[int]] = []
    for number, scene in enumerate(scenes):
        group = next((group for group in groups if _like(scenes[group[0]], scene)), None)
        if group is None:
            groups.append([number])
        else:
            group.append(number)
    found = {number: tuple(scenes[n] for n in group) for group in groups for number in group}
    return [found[number] for number in range(len(scenes))]


def _like(one: Scene, other: Scene) -> bool:
    a, b = one.things.keys(), other.things.keys()
    return 2 * len(a & b) >= len(a | b)
