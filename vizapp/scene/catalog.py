"""All the scenes there are, shipped and one's own, known by their headers: for the home page and `vizapp list`.

Headers are kept in the cache by path, time and size, so that a warm start reads no scene at all.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from vizapp import places
from vizapp.scene.text import Text

CHAPTERS = ("architectures", "networking", "availability", "containers", "kubernetes", "storage")
SUFFIXES = (".yaml", ".yml")
MOST_SCENES = 1_000
FORMAT = 3  # of the cache: raise it when SceneHeader changes


@dataclass(frozen=True, slots=True)
class SceneHeader:
    """What the home page and `list` say of a scene. broken: it could not be read that far; `check` says why."""

    path: Path
    id: str
    title: Text
    summary: Text
    chapter: str = "own"
    level: int = 1
    minutes: int = 0
    steps: int = 0
    questions: int = 0
    requires: tuple[str, ...] = ()
    sides: int = 0  # of a comparison
    own: bool = False  # the user's, not shipped
    broken: bool = False


def header(path: Path, *, own: bool = False) -> SceneHeader:
    """The header of one scene, read now; what is missing or wrong in it is left empty and makes it broken."""
    from vizapp.scene.head import read_header

    return read_header(path, own=own)


def catalog(folders: Sequence[Path] | None = None) -> list[SceneHeader]:
    """Every scene of the shipped folder and of the user's, by chapter and in the order of learning."""
    shipped = places.shipped_scenes()
    paths = [path for folder in folders or (shipped, places.user_scenes()) for path in scene_files(folder)]
    kept = _kept()
    fresh: dict[str, dict[str, Any]] = {}
    found: list[SceneHeader] = []
    for path in paths:
        try:
            status = path.stat()
        except OSError:
            continue
        stamp = [status.st_mtime_ns, status.st_size]
        known = _revived(kept.get(str(path)), path, stamp)
        one = known or header(path, own=path.parent != shipped)
        found.append(one)
        fresh[str(path)] = kept[str(path)] if known else {"stamp": stamp, "header": _plain(one)}
    if fresh != kept:
        _keep(fresh)
    return ordered(found)


def scene_files(folder: Path) -> list[Path]:
    """The scenes of a folder (not of the folders in it), by name."""
    try:
        paths = [path for path in folder.iterdir() if path.suffix in SUFFIXES and not path.name.startswith(".")]
    except OSError:
        return []
    return sorted(paths)[:MOST_SCENES]


def ordered(headers: Iterable[SceneHeader]) -> list[SceneHeader]:
    """By chapter, in the order of learning: a scene comes once what it requires was seen, side ways before the way on.

    What requires each other, or a scene that is not there, comes by level.
    """
    rows = sorted(headers, key=lambda one: (one.level, one.own, one.id))
    further, path, seen = _further(rows), dict[Path, SceneHeader](), set[str]()
    ahead = [*(one for one in rows if not further.keys() & one.requires), *rows][::-1]
    while ahead:
        here = ahead.pop()
        if here.path in path:
            continue
        path[here.path] = here
        seen.add(here.id)
        ready = [one for one in rows if here.id in one.requires and further.keys() & one.requires <= seen]
        ahead += sorted(ready, key=lambda one: further[one.id])[::-1]
    return sorted(path.values(), key=lambda one: (_chapter(one), one.chapter))


def _chapter(one: SceneHeader) -> int:
    return CHAPTERS.index(one.chapter) if one.chapter in CHAPTERS else len(CHAPTERS)


def _further(rows: Sequence[SceneHeader]) -> dict[str, int]:
    """How long the way on from each scene is; a circle ends where it began."""
    further = {one.id: 0 for one in rows}
    for _ in rows:
        before = dict(further)
        for one in rows:
            for each in one.requires:
                if each in further and each != one.id:
                    further[each] = min(max(further[each], further[one.id] + 1), len(rows))
        if further == before:
            break
    return further


# the cache


def _cache() -> Path:
    return places.cache_dir() / "scenes.json"


def _kept() -> dict[str, Any]:
    try:
        content = json.loads(_cache().read_bytes())
        kept = content["scenes"] if content["format"] == FORMAT else {}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _keep(scenes: dict[str, Any]) -> None:
    with contextlib.suppress(OSError):
        content = json.dumps({"format": FORMAT, "scenes": scenes}, ensure_ascii=False)
        places.write_beside(_cache(), content.encode(), force=True, parents=True)


def _plain(one: SceneHeader) -> dict[str, Any]:
    plain = asdict(one)
    del plain["path"]
    plain["requires"] = list(one.requires)
    return plain


def _revived(kept: Any, path: Path, stamp: list[int]) -> SceneHeader | None:
    """The header that the cache holds for this very file; None when it holds another or rubbish."""
    try:
        if kept["stamp"] != stamp:
            return None
        plain = dict(kept["header"])
        plain |= {key: Text(plain[key]) for key in ("title", "summary")}
        plain["requires"] = tuple(plain["requires"])
        one = SceneHeader(path=path, **plain)
    except (TypeError, KeyError, ValueError):
        return None
    sound = isinstance(one.id, str) and isinstance(one.chapter, str) and isinstance(one.level, int)
    return one if sound else None


__all__ = ["CHAPTERS", "SceneHeader", "catalog", "header", "ordered", "scene_files"]
