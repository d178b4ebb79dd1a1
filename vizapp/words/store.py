"""The words files: one YAML a language, read once and kept as JSON in the cache, so that a warm start parses none."""

from __future__ import annotations

import contextlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from vizapp import places

Entry = str | dict[str, str]  # a text, or its forms by number


def folder() -> Path:
    return places.resources() / "words"


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """The languages that have a words file, by name of file."""
    return tuple(sorted(path.stem for path in folder().glob("*.yaml")))


@lru_cache(maxsize=16)
def load(lang: str) -> dict[str, Entry]:
    """Key → text of one language."""
    path = folder() / f"{lang}.yaml"
    status = path.stat()
    stamp = [str(path), status.st_mtime_ns, status.st_size]
    kept = places.cache_dir() / f"words-{lang}.json"
    entries = _kept(kept, stamp)
    if entries is None:
        entries = parse(path.read_text(encoding="utf-8"))
        with contextlib.suppress(OSError):
            content = json.dumps({"stamp": stamp, "entries": entries}, ensure_ascii=False)
            places.write_beside(kept, content.encode(), force=True, parents=True)
    return entries


def parse(text: str) -> dict[str, Entry]:
    """The nested sections of a words file as flat keys: `step.title`."""
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    entries: dict[str, Entry] = {}
    _flatten(yaml.load(text, Loader=loader) or {}, "", entries)
    return entries


def _flatten(node: dict[str, Any], prefix: str, into: dict[str, Entry]) -> None:
    for name, value in node.items():
        key = f"{prefix}{name}"
        if isinstance(value, str) or "other" in value:
            into[key] = value
        else:
            _flatten(value, f"{key}.", into)


def _kept(path: Path, stamp: list[Any]) -> dict[str, Entry] | None:
    """What the cache holds for this very file; None when it holds nothing, something else or rubbish."""
    try:
        content = json.loads(path.read_bytes())
        entries = content["entries"] if content["stamp"] == stamp else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return entries if isinstance(entries, dict) else None
