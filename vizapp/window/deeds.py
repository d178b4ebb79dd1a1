"""What a person may do to a thing or a link now: break, repair, cut, mend, or have it do something of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from vizapp.picture import sentences
from vizapp.scene.model import Act, Scene, Thing
from vizapp.scene.vocabulary import Verb
from vizapp.window.session import Session
from vizapp.words import Words

TONES = {"fail": "bad", "cut": "bad", "restore": "good", "mend": "good"}
GLYPHS = {"fail": "bolt", "cut": "cut", "restore": "repair", "mend": "mend", "hang": "hung", "resume": "play",
          "slow": "slow", "partition": "wall", "heal": "mend", "loss": "lost", "delay": "clock", "duplicate": "doubled",
          "kill": "cross", "stop": "power-off", "start": "power", "boot": "power", "shutdown": "power-off",
          "address": "tune"}  # fmt: skip
COMMON = (*TONES, "hang", "resume", "slow")  # what is a fault, or ends one, is offered as such
LIVE = ("forwarding", "masquerade", "port-forward", "input", "forward", "promiscuous", "analyser", "promiscuous-policy",
        "resolver")  # fmt: skip
"""The live fields that a person may set on the page of network settings, in this order."""


@dataclass(frozen=True, slots=True)
class Deed:
    """An act that makes sense now. verb: groups deeds of one verb in a menu; says: the rest of its sentence."""

    act: Act
    verb: str
    says: str

    @property
    def tone(self) -> str:
        return TONES.get(self.verb, "")


def deeds(session: Session, words: Words, target: str | None) -> list[Deed]:
    """What may be done to a thing or a link, at the moment that the clock shows."""
    scene, frame = session.run.scene, session.run.frame(session.t)
    thing = scene.things.get(target or "")
    if thing is not None:
        failed = frame.failed(thing.id)
        name = sentences.name(scene, words, thing.id)
        verb = "restore" if failed else "fail"
        found = [Deed(Act(verb, (thing.id,)), verb, name)] if can_fail(session, thing) else []
        return found if failed else [*found, *_own(session, words, thing)]
    link = next((link for link in scene.links if link.id == target), None)
    if link is None:
        return []
    verb = "mend" if frame.cut(link.id) else "cut"
    verbs = ("cut", "mend") if session.hunting else (verb,)  # which of the two makes sense would tell of a hidden cut
    return [Deed(Act(each, (link.id,)), each, link_name(scene, words, link.id)) for each in verbs]


def link_name(scene: Scene, words: Words, link: str) -> str:
    """A cable by what it joins."""
    found = next(each for each in scene.links if each.id == link)
    ends = [sentences.name(scene, words, port.partition(".")[0]) for port in (found.a, found.b)]
    return " – ".join(ends)


def can_fail(session: Session, thing: Thing) -> bool:
    """A thing that does something, or that holds such things."""
    if session.run.kinds[thing.kind].behaviour is not None:
        return True
    return any(can_fail(session, session.run.scene.things[child]) for child in thing.children)


def verbs_of(session: Session, thing: Thing) -> list[Verb]:
    """The verbs of its kind that make sense now."""
    frame = session.run.frame(session.t)
    verbs = session.run.kinds[thing.kind].verbs
    return [verb for verb in verbs if verb.name not in COMMON and verb.args[:1] == ("thing",)
            and (verb.when is None or frame.value(thing.id, verb.when[0], verb.when[1]) == verb.when[1])]  # fmt: skip


def _own(session: Session, words: Words, thing: Thing) -> Iterator[Deed]:
    """Its verbs with everything that their second word may be; and what the script has it do."""
    scene, seen = session.run.scene, set()
    scripted = [act for act in scene.script if act.args[:1] == (thing.id,)]
    for verb in verbs_of(session, thing):
        for act in _ways(session, verb, thing, scripted):
            if (verb.name, act.args) not in seen:
                seen.add((verb.name, act.args))
                yield Deed(act, verb.name, _says(scene, words, act, verb))


def _ways(session: Session, verb: Verb, thing: Thing, scripted: list[Act]) -> Iterator[Act]:
    for act in scripted:
        if act.verb == verb.name:
            yield replace(act, at=0)
    rest = needed(verb)
    if any(option.required for option in verb.options):
        return
    if not rest:
        yield Act(verb.name, (thing.id,))
    elif len(rest) == 1 and verb.aims:
        for other in session.run.scene.things.values():
            if fits(session, verb, thing, other):
                yield Act(verb.name, (thing.id, other.id))
    elif rest == ["value"]:
        for value in session.run.frame(session.t).value(thing.id, verb.among) or () if verb.among else verb.values:
            yield Act(verb.name, (thing.id, value))


def has_settings(session: Session, thing: Thing) -> bool:
    """Whether it has network settings: a machine with cards, or something with a live field of those."""
    kind = session.run.kinds[thing.kind]
    live = any(field.name in LIVE for field in kind.fields)
    return bool(thing.ports) and (live or any(verb.name == "address" for verb in kind.verbs))


def needed(verb: Verb) -> list[str]:
    """What its words after the first must be."""
    return [arg for arg in verb.args[1:] if not arg.endswith(("?", "*"))]


def fits(session: Session, verb: Verb, thing: Thing, other: Thing) -> bool:
    """Whether a verb of `thing` may go to `other`: one that has an address, or one that it holds."""
    if verb.args[1] == "thing":
        return bool(other.ports) and _within(session.run.scene, other, thing.id)
    return other.id != thing.id and _has_address(session, other)


def _within(scene: Scene, thing: Thing, holder: str) -> bool:
    """Whether it is somewhere inside of that one."""
    parent = scene.things.get(thing.parent or "")
    return parent is not None and (parent.id == holder or _within(scene, parent, holder))


def _has_address(session: Session, thing: Thing) -> bool:
    """Whether a port of it was written with an address, or has one now."""
    frame = session.run.frame(session.t)
    shown = (frame.value(thing.id, port.name) for port in thing.ports)
    return any(port.ip for port in thing.ports) or any(isinstance(each, dict) and each.get("ip") for each in shown)


def _says(scene: Scene, words: Words, act: Act, verb: Verb) -> str:
    parts = [_called(scene, words, arg) for arg in act.args[1:]]
    types = {option.name: option.type for option in verb.options}
    for key, value in act.options.items():
        if isinstance(value, (int, str)):
            told = words.duration(int(value)) if types.get(key) == "duration" else words.say(value)
            parts.append(words(f"option.{key}", value=told))
    return " · ".join(parts)


def _called(scene: Scene, words: Words, arg: str) -> str:
    """A thing by its name, a table by its title."""
    return words(f"show.{arg}") if words.has(f"show.{arg}") else sentences.about(arg, scene, words)


def verb_name(words: Words, verb: str) -> str:
    key = f"verb.{verb}"
    return words(key) if words.has(key) else verb


def deed_name(words: Words, deed: Deed) -> str:
    """`Break VM 1`, `HTTP request · server`."""
    key = f"deed.of.{deed.verb}"
    if words.has(key):
        return words(key, thing=deed.says)
    return " · ".join(part for part in (verb_name(words, deed.verb), deed.says) if part)
