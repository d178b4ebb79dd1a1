"""What might have been done instead of an act: nothing, another verb, target or value, at another time.

All of it follows from the vocabulary and the scene; a new kind of device brings its verbs along.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from math import inf
from typing import Any

from vizapp.scene.model import Act, Reference, Scene, Setting, Thing
from vizapp.scene.vocabulary import Field, Kind, Verb, Vocabulary
from vizapp.scene.whatif import nothing

BREAK, REPAIR = "break", "repair"
FEW = 3  # other targets that are offered
AMOUNT = re.compile(r"(\d+(?:\.\d+)?)([^\d\s.]+)")
STEPS = (5, 2, 1)

Shown = Callable[[str, str], Any]  # what a thing records under a name


def alternatives(act: Act, scene: Scene, vocabulary: Vocabulary, shown: Shown = lambda thing, field: None) -> list[Act]:
    """Acts that may stand in the place of `act`, each once, the most telling first. shown: what a thing records then,
    for words that are told by it."""
    found = _Alternatives(scene, vocabulary, shown)
    made = [*found.verbs(act), *found.values(act), *found.targets(act), *_moved(act, shift(scene.until))]
    kept: list[Act] = []
    for each in made:
        if each not in kept and each != act:
            kept.append(each)
    return [nothing(act), *(replace(each, of=act) for each in kept)]


def settings(scene: Scene) -> list[Act]:
    """The other values that its settings might have had from the start."""
    return [Act("set", (setting.name,), {"value": value}) for setting in scene.settings.values()
            for value in _others(setting, setting.default)]  # fmt: skip


def shift(until: int) -> int:
    """How much earlier or later an act might be done in a run of that length: about a tenth of it, in round figures."""
    tenth = max(until // 10, 1)
    power = int(10 ** (len(str(tenth)) - 1))
    return next(step * power for step in STEPS if step * power <= tenth)


def _moved(act: Act, by: int) -> Iterator[Act]:
    if act.at >= by:
        yield replace(act, at=act.at - by)
    yield replace(act, at=act.at + by)


class _Alternatives:
    def __init__(self, scene: Scene, vocabulary: Vocabulary, shown: Shown) -> None:
        self.scene, self.vocabulary, self.shown = scene, vocabulary, shown

    # other verbs

    def verbs(self, act: Act) -> Iterator[Act]:
        """Of one that breaks, the others that do: on the same thing, on its cables, or on what a cable joins."""
        verb = self.vocabulary.verbs.get(act.verb)
        if verb is None or verb.family != BREAK or not act.args:
            return
        link = next((link for link in self.scene.links if link.id == act.args[0]), None)
        names = [act.args[0]] if link is None else [end.partition(".")[0] for end in (link.a, link.b)]
        links = [link.id] if link is not None else self._links(act.args[0])
        for name in names:
            for other in self._family(verb, self.scene.things.get(name)):
                yield from (Act(other.name, (name, *rest), at=act.at) for rest in self._filled(other, name))
        for other in self.vocabulary.verbs.values():
            if _akin(other, verb) and other.args[:1] == ("link",):
                yield from (Act(other.name, (each, *rest), at=act.at) for each in links
                            for rest in self._filled(other, each))  # fmt: skip

    def _family(self, of: Verb, thing: Thing | None) -> Iterator[Verb]:
        """Other verbs of the family that a thing understands: those of every scene, and its kind's own."""
        kind = self._kind(thing)
        own = {verb.name for each in self.vocabulary.kinds.values() for verb in each.verbs}
        for verb in self.vocabulary.verbs.values():
            understood = verb.name not in own or (kind is not None and verb in kind.verbs)
            if _akin(verb, of) and verb.args[:1] == ("thing",) and thing is not None and understood:
                yield verb

    def _filled(self, verb: Verb, name: str) -> list[tuple[str, ...]]:
        """Its words after the first, in every way in which they can be told; an amount is that of its example. None
        where a person must say them."""
        rest = [arg for arg in verb.args[1:] if not arg.endswith(("?", "*"))]
        if any(option.required for option in verb.options):
            return []
        if not rest:
            return [()]
        if rest in (["percent"], ["duration"]):
            return [(word,) for word in verb.example.split("@")[0].split() if AMOUNT.fullmatch(word)]
        values = self.shown(name, verb.among) or () if verb.among else verb.values
        return [(value,) for value in values] if rest == ["value"] else []

    def _kind(self, thing: Thing | None) -> Kind | None:
        return self.vocabulary.kinds.get(thing.kind) if thing is not None else None

    def _links(self, thing: str) -> list[str]:
        """The cables of a thing."""
        return [link.id for link in self.scene.links if thing in (link.a.partition(".")[0], link.b.partition(".")[0])]

    # other targets

    def targets(self, act: Act) -> Iterator[Act]:
        """The same done to another thing of the same kind, or to a cable between such things; only what was broken is
        repaired."""
        verb = self.vocabulary.verbs.get(act.verb)
        if verb is not None and verb.family == REPAIR:
            return
        for place, arg in list(enumerate(act.args))[:2]:
            for other in self._like(arg)[:FEW]:
                if other not in act.args:
                    yield replace(act, args=(*act.args[:place], other, *act.args[place + 1 :]))

    def _like(self, name: str) -> list[str]:
        things = self.scene.things
        if name in things:
            return [each.id for each in things.values() if each.kind == things[name].kind and each.id != name]
        links = {link.id: sorted(things[end.partition(".")[0]].kind for end in (link.a, link.b))
                 for link in self.scene.links}  # fmt: skip
        return [each for each, ends in links.items() if name in links and ends == links[name] and each != name]

    # other values

    def values(self, act: Act) -> Iterator[Act]:
        """Another value of what is set, of an option, or of an amount among the words."""
        if act.verb == "set" and act.args:
            yield from (replace(act, options={"value": value}) for value in self._set(act))
            return
        verb = self.vocabulary.verbs.get(act.verb)
        fields = {field.name: field for field in verb.options} if verb else {}
        for name, value in act.options.items():
            for other in _of_field(fields[name], value) if name in fields else ():
                yield replace(act, options={**act.options, name: other})
        for place, word in enumerate(act.args):
            for amount in _amounts(word):
                yield replace(act, args=(*act.args[:place], amount, *act.args[place + 1 :]))

    def _set(self, act: Act) -> list[Any]:
        """What a setting, or a live field, might be set to."""
        name, value = act.args[0], act.options.get("value")
        if name in self.scene.settings:
            return _others(self.scene.settings[name], value)
        kind = self._kind(self.scene.things.get(name.partition(".")[0]))
        field = next((each for each in kind.fields if each.name == name.partition(".")[2]), None) if kind else None
        return _of_field(field, value) if field else []


def _akin(one: Verb, other: Verb) -> bool:
    return one.family == other.family and one.name != other.name


def _others(setting: Setting, value: Any) -> list[Any]:
    """The other values of a setting: each choice; of a number half and double, as far as its bounds allow."""
    if setting.type == "choice":
        return [choice.value for choice in setting.choices if choice.value != value]
    if setting.type == "bool":
        return [not value]
    return _around(value, setting.minimum, setting.maximum, whole=setting.type in ("int", "duration"))


def _of_field(field: Field, value: Any) -> list[Any]:
    if isinstance(value, Reference):
        return []
    if field.type == "bool":
        return [not value]
    if field.type == "choice":
        return [choice for choice in field.choices if choice != value]
    if field.type in ("int", "number", "duration", "rate"):
        return _around(value, field.minimum, field.maximum, whole=field.type in ("int", "duration"))
    return []


def _around(value: float, least: float | None, most: float | None, *, whole: bool) -> list[Any]:
    """Half of it and double, within bounds."""
    low, high = -inf if least is None else least, inf if most is None else most
    bound = [min(max(each, low), high) for each in (value / 2, value * 2)]
    return [each for each in dict.fromkeys(round(each) if whole else each for each in bound) if each != value]


def _amounts(word: str) -> Iterator[str]:
    """Half and double of an amount with its unit: `30%`, `50ms`."""
    found = AMOUNT.fullmatch(word)
    if found is None:
        return
    number, unit = float(found.group(1)), found.group(2)
    for each in (number / 2, number * 2):
        if unit != "%" or each <= 100:
            yield f"{each:.9g}{unit}"
