"""Events in sentences: the run in words, for the journal, `describe`, captures and screen readers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from vizapp.scene import units
from vizapp.scene.knobs import said_value
from vizapp.scene.model import Act, Scene
from vizapp.sim.frame import Frame
from vizapp.sim.timeline import Event
from vizapp.words import Words

PART = re.compile(r"([^:.]+)([:.])(.+)")  # `device:80`, `device.port`, `device.field`
VALUE = re.compile(r"\{([\w-]+(?:\.[\w-]+)*)(:[\w.]+)?\}")


def name(scene: Scene, words: Words, thing: str) -> str:
    """What a thing is called in that language; an id that is nowhere says itself."""
    found = scene.things.get(thing)
    return words.text(found.label) or thing if found else thing


def sentence(event: Event, scene: Scene, words: Words) -> str:
    """What happened, in one sentence: the text `event.NAME` with the event's details in their words."""
    values = details(event, scene, words)
    key = f"event.{event.name}"
    return words(key, **values) if words.has(key) else f"{values['device']} · {event.name}"


def details(event: Event, scene: Scene, words: Words) -> dict[str, Any]:
    """The details of an event in their words, its device among them."""
    values = {key: _say(key, value, scene, words) for key, value in event.details.items()}
    if isinstance(reason := event.details.get("reason"), str):
        values["reason"] = words(f"reason.{reason}", **values)
    values.setdefault("device", name(scene, words, event.device))
    if event.name.startswith("act."):
        values |= _acted(event.details, scene, words)
    return values


def act(done: Act, scene: Scene, words: Words) -> str:
    """What an act does, in the sentence of its event."""
    device = done.args[0].partition(".")[0] if done.args else ""
    told = {"args": list(done.args), **done.options}
    return sentence(Event(0, done.at, f"act.{done.verb}", device, 0, device, told), scene, words)


def whole(text: str) -> str:
    """A sentence with its full stop."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _acted(details: Mapping[str, Any], scene: Scene, words: Words) -> dict[str, str]:
    """What an act is about: things, cables and settings by their names, a setting's value as its choices say it."""
    args = [str(each) for each in details.get("args", ())]
    amount = amount_said(args[-1], words) if args else ""
    names = [about(each, scene, words) for each in (args[:-1] if amount else args)]
    told = {"args": ", ".join([*names, amount]) if amount else " → ".join(names)}
    told["what"] = about(args[1], scene, words) if len(args) > 1 else ""
    if args and "value" in details:
        told["value"] = worth(args[0], details["value"], scene, words)
    return told


def amount_said(text: str, words: Words) -> str:
    """`30%` and `50ms` as the language writes them; nothing for what is no such amount."""
    if units.PERCENT.fullmatch(text):
        return words.percent(units.percent(text))
    return words.duration(units.duration(text)) if units.DURATION.fullmatch(text) else ""


def worth(name: str, value: Any, scene: Scene, words: Words) -> str:
    """The value of a setting, or of a live field `device.field`, in words."""
    setting = scene.settings.get(name)
    if setting is not None:
        return said_value(setting, value, words)
    key = f"knob.{name.partition('.')[2]}.{value}"
    port = scene.ports().get(value) if isinstance(value, str) else None
    return words(key) if words.has(key) else port.name if port is not None else words.say(value)


def about(arg: str, scene: Scene, words: Words) -> str:
    """A word of an act: `router:8080` is said `Virtual router, port 8080`, a port `VM 1 (eth0)`, a live field `Host,
    forwards packets`; a cable is said by what it joins."""
    link = next((each for each in scene.links if each.id == arg), None)
    if link is not None:
        return " – ".join(name(scene, words, port.partition(".")[0]) for port in (link.a, link.b))
    if arg in scene.settings:
        return words.text(scene.settings[arg].label) or arg
    found = PART.fullmatch(arg)
    if found is None or found.group(1) not in scene.things:
        return name(scene, words, arg)
    thing, sign, rest = found.groups()
    if sign == ":":
        return f"{name(scene, words, thing)}, {words('socket.port', port=rest)}"
    if any(port.name == rest for port in scene.things[thing].ports):
        return f"{name(scene, words, thing)} ({rest})"
    key = f"knob.{rest}"
    return f"{name(scene, words, thing)}, {words(key) if words.has(key) else rest}"


def _say(key: str, value: Any, scene: Scene, words: Words) -> Any:
    if key == "instruction" and isinstance(value, str):
        return value.replace("-", " ")
    if key == "port":
        return value  # its name, though a thing may bear the same
    if isinstance(value, str):
        return name(scene, words, value)
    if isinstance(value, (list, tuple)):
        return words.join([str(_say("", each, scene, words)) for each in value])
    if isinstance(value, dict) and "words" not in value:
        return ", ".join(f"{k} {v}" for k, v in value.items())
    return value


def fill(text: str, frame: Frame, scene: Scene, words: Words) -> str:
    """A text of the scene with the values of that moment: `{delay:duration}`, `{router.wan.ip}`, `{vm1.address}`."""
    values: dict[str, Any] = {}

    def number(found: re.Match[str]) -> str:
        path = found.group(1)
        value = _value(path.split("."), frame, scene)
        if value is None:
            return path
        key = f"v{len(values)}"
        values[key] = value
        return f"{{{key}{found.group(2) or ''}}}"

    return words.fill(VALUE.sub(number, text), values)


def _value(parts: list[str], frame: Frame, scene: Scene) -> Any:
    """A setting, a field that a device shows or was written with, or a port's address, at that moment."""
    if len(parts) == 1:
        return frame.value("", parts[0], scene.defaults().get(parts[0]))
    device, field = parts[0], parts[1]
    if len(parts) == 3:
        port = scene.ports().get(f"{device}.{field}")
        return str(getattr(port, parts[2], None) or "").partition("/")[0] or None
    shown = frame.value(device, field)
    return frame.live(scene.things[device], field) if shown is None and device in scene.things else shown
