"""Whether things stand: what `stands` may say, and what is absent while the settings have certain values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from vizapp.scene import units
from vizapp.scene.knobs import setting_value
from vizapp.scene.model import Scene, Setting, Term, Thing
from vizapp.scene.units import WrongValueError

NEVER = Term("", False, True)  # `stands: false`
TERM = re.compile(r"(?P<negated>not\s+)?\$(?P<name>[A-Za-z]\w*(?:-\w+)*)(?:\s*(?P<sign>==|!=)\s*(?P<value>\S.*?))?")


def terms(text: str, settings: Mapping[str, Setting]) -> tuple[Term, ...]:
    """What `stands` says: `true`, `false`, or settings joined by `and` (`$hosted and $mode != kvm`), all of which must
    be so. WrongValueError otherwise."""
    if text in units.TRUTH:
        return () if units.TRUTH[text] else (NEVER,)
    return tuple(_term(part, settings) for part in re.split(r"\s+and\s+", text.strip()))


def _term(text: str, settings: Mapping[str, Setting]) -> Term:
    found = TERM.fullmatch(text)
    if found is None or (found["negated"] and found["sign"]):
        raise WrongValueError("stands-form", "stands-form", value=text)
    setting = settings.get(found["name"])
    if setting is None:
        known = [f"`${name}`" for name in settings]
        raise WrongValueError("unknown-setting", "known" if known else None, name=found["name"], near=list(settings),
                              known=known)  # fmt: skip
    if found["value"] is not None:
        return Term(setting.name, setting_value(setting, found["value"]), found["sign"] == "==")
    if setting.type not in ("bool", ""):
        raise WrongValueError("stands-form", "stands-form", value=text)
    return Term(setting.name, True, not found["negated"])


def varies(scene: Scene) -> list[str]:
    """The things that may be absent, by themselves or with what they lie in."""
    return [thing.id for thing in scene.things.values() if any(each.stands for each in _around(scene, thing))]


def absent(scene: Scene, settings: Mapping[str, Any]) -> frozenset[str]:
    """The things that do not stand while the settings have these values; what lies in one does not either."""
    return frozenset(id_ for id_ in varies(scene) if not all(_holds(term, settings) for each in
                     _around(scene, scene.things[id_]) for term in each.stands))  # fmt: skip


def _around(scene: Scene, thing: Thing) -> Iterator[Thing]:
    """A thing, then all that it lies in."""
    yield thing
    while thing.parent is not None:
        thing = scene.things[thing.parent]
        yield thing


def _holds(term: Term, settings: Mapping[str, Any]) -> bool:
    return bool(settings.get(term.setting) == term.value) == term.equal
