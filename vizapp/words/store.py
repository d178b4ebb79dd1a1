"""The words files: one YAML a language. Like any shipped YAML, each is kept as JSON in the cache, so that a warm start
parses none."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
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
    return kept(folder() / f"{lang}.yaml", f"words-{lang}", parse)


def kept(path: Path, name: str, parse: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    """What a shipped YAML file says, as `parse` reads it: from the cache, unless the file has changed since."""
    status = path.stat()
    stamp = [str(path), status.st_mtime_ns, status.st_size]
    cached = places.cache_dir() / f"{name}.json"
    entries = _cached(cached, stamp)
    if entries is None:
        entries = parse(path.read_text(encoding="utf-8"))
        with contextlib.suppress(OSError):
            content = json.dumps({"stamp": stamp, "entries": entries}, ensure_ascii=False)
            places.write_beside(cached, content.encode(), force=True, parents=True)
    return entries


def plain(text: str) -> dict[str, Any]:
    """A YAML map in which every value is a text."""
    import yaml

    return yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader)) or {}


def parse(text: str) -> dict[str, Entry]:
    """The nested sections of a words file as flat keys: `step.title`."""
    entries: dict[str, Entry] = {}
    _flatten(plain(text), "", entries)
    return entries


def _flatten(node: dict[str, Any], prefix: str, into: dict[str, Entry]) -> None:
    for name, value in node.items():
        key = f"{prefix}{name}"
        if isinstance(value, str) or "other" in value:
            into[key] = value
        else:
            _flatten(value, f"{key}.", into)


def _cached(path: Path, stamp: list[Any]) -> dict[str, Any] | None:
    """What the cache holds for this very file; None when it holds nothing, something else or rubbish."""
    try:
        content = json.loads(path.read_bytes())
        entries = content["entries"] if content["stamp"] == stamp else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return entries if isinstance(entries, dict) else None
