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
FORMAT = 2  # of the cache: raise it when SceneHeader changes


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
    own: bool = False  # the user's, not shipped
    broken: bool = False


def header(path: Path, *, own: bool = False) -> SceneHeader:
    """The header of one scene, read now; what is missing or wrong in it is left empty and makes it broken."""
    from vizapp.scene.head import read_header

    return read_header(path, own=own)


def catalog(folders: Sequence[Path] | None = None) -> list[SceneHeader]:
    """Every scene of the shipped folder and of the user's, by chapter, level and what they require."""
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
    """By chapter and level; in a level, a scene after those that it requires."""
    rows = sorted(headers, key=lambda one: (_chapter(one), one.chapter, one.level, one.id))
    depth = _depths({one.id: one for one in rows})
    return sorted(rows, key=lambda one: (_chapter(one), one.chapter, one.level, depth[one.id], one.own, one.id))


def _chapter(one: SceneHeader) -> int:
    return CHAPTERS.index(one.chapter) if one.chapter in CHAPTERS else len(CHAPTERS)


def _depths(by_id: dict[str, SceneHeader]) -> dict[str, int]:
    """How long the way to each scene is, over what it requires; scenes that require each other count once."""
    depth = dict.fromkeys(by_id, 0)
    for _ in range(len(by_id)):
        changed = False
        for name, one in by_id.items():
            longest = max((depth[each] + 1 for each in one.requires if each in depth and each != name), default=0)
            if depth[name] < longest < len(by_id):
                depth[name], changed = longest, True
        if not changed:
            break
    return depth


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
