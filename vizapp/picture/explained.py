"""A failed attempt in words: what was tried, where it stopped and why, what to look at."""

from __future__ import annotations

from typing import Any

from vizapp.devices.failure.explanation import Explanation, Said
from vizapp.picture import sentences
from vizapp.scene.model import Scene
from vizapp.words import Words


def title(found: Explanation, scene: Scene, words: Words) -> str:
    """What was tried: `Ping · VM 1 → Server`."""
    verb = f"verb.{found.tried.act.name.removeprefix('act.') if found.tried.verb == 'dhcp' else found.tried.verb}"
    ends = " → ".join(sentences.about(each, scene, words) for each in found.tried.args)
    return f"{words(verb) if words.has(verb) else found.tried.verb} · {ends}"


def outcome(found: Explanation, words: Words) -> str:
    """What came of it, in a few words: `No answer in time`; nothing where the sentences say it."""
    event = found.outcome.event
    if event is not None and event.name == "act.void":
        return ""
    reason = str(event.details.get("reason") or "") if event is not None else ""
    text = words(f"reason.{reason}", **event.details) if event is not None and reason else words("explain.no-answer")
    return text[:1].upper() + text[1:]


def told(found: Explanation, scene: Scene, words: Words) -> list[str]:
    """Where it stopped and why, in two or three sentences."""
    return [_say(said, scene, words) for said in found.told]


def to_look_at(found: Explanation, scene: Scene, words: Words) -> str:
    """The table or the live field that shows it, if one does: `To look at: Host, routes`."""
    if found.table is None:
        return ""
    device, name = found.table
    key = f"show.{name}" if words.has(f"show.{name}") else f"knob.{name}"
    return words("explain.look", device=sentences.name(scene, words, device), table=words(key))


def _say(said: Said, scene: Scene, words: Words) -> str:
    links = {link.id for link in scene.links}
    values: dict[str, Any] = {}
    for key, value in said.values.items():
        if isinstance(value, tuple):
            value = words.join([sentences.about(each, scene, words) for each in value])
        named = isinstance(value, str) and (value in scene.things or value in links)
        values[key] = sentences.about(value, scene, words) if named else value
    text = words(said.key, **values)
    begins = said.key.startswith("reason.") or text.startswith((words("explain.request"), words("explain.answer")))
    return sentences.whole(text[:1].upper() + text[1:] if begins else text)  # a name stays as it is
