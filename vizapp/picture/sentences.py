"""Events in sentences: the run in words, for the journal, `describe`, captures and screen readers."""

from __future__ import annotations

from typing import Any

from vizapp.scene.model import Scene
from vizapp.sim.timeline import Event
from vizapp.words import Words


def name(scene: Scene, words: Words, thing: str) -> str:
    """What a thing is called in that language; an id that is nowhere says itself."""
    found = scene.things.get(thing)
    return words.text(found.label) or thing if found else thing


def sentence(event: Event, scene: Scene, words: Words) -> str:
    """What happened, in one sentence: the text `event.NAME` with the event's details in their words."""
    values = {key: _say(key, value, scene, words) for key, value in event.details.items()}
    values.setdefault("device", name(scene, words, event.device))
    key = f"event.{event.name}"
    return words(key, **values) if words.has(key) else f"{values['device']} · {event.name}"


def _say(key: str, value: Any, scene: Scene, words: Words) -> Any:
    if key == "reason" and isinstance(value, str):
        return words(f"reason.{value}")
    if isinstance(value, str):
        return name(scene, words, value)
    if isinstance(value, (list, tuple)):
        return words.join([str(_say("", each, scene, words)) for each in value])
    if isinstance(value, dict) and "words" not in value:
        return ", ".join(f"{k} {v}" for k, v in value.items())
    return value
