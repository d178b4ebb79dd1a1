"""The header of a scene file: what the home page says of it, without knowing any kind of device."""

from __future__ import annotations

from pathlib import Path

from vizapp.scene import nodes
from vizapp.scene.catalog import SceneHeader
from vizapp.scene.model import Text
from vizapp.scene.nodes import Mapping, Node, Sequence
from vizapp.scene.problems import Problems
from vizapp.scene.walk import Walk


def read_header(path: Path, *, own: bool) -> SceneHeader:
    """The header of one scene; what is missing or wrong in it is left empty and makes it broken."""
    problems = Problems(str(path))
    root = nodes.load(path, problems)
    if not isinstance(root, Mapping):
        return SceneHeader(path, path.stem, Text(), Text(), own=own, broken=True)
    walk, items = Walk(problems), root.items
    name = walk.string(items.get("id"))
    title = walk.text(items.get("title"))
    requires = [walk.string(each) for each in walk.items(items.get("requires"), 50, "requires", lone=True)]
    return SceneHeader(
        path=path,
        id=name or path.stem,
        title=title or Text(),
        summary=walk.text(items.get("summary")) or Text(),
        chapter=walk.string(items.get("chapter")) or "own",
        level=walk.number(items.get("level"), 1, 9) or 1,
        minutes=walk.number(items.get("minutes"), 0, 600) or 0,
        steps=_count(items.get("steps")),
        questions=_count(items.get("questions")),
        requires=tuple(each for each in requires if each),
        own=own,
        sides=_count(items.get("compare")),
        broken=bool(problems) or not (name and title and ("stage" in items or "compare" in items)),
    )


def _count(node: Node | None) -> int:
    return len(node.items) if isinstance(node, (Sequence, Mapping)) else 0
