"""The settings of a scene: knobs with a type, a default within bounds, and what they say of themselves."""

from __future__ import annotations

from typing import Any

from vizapp.scene import units
from vizapp.scene.citing import SourceReader
from vizapp.scene.fields import PARSERS, within
from vizapp.scene.model import Choice, Place, Setting, Text
from vizapp.scene.nodes import Mapping, Node, Scalar
from vizapp.scene.units import WrongValueError
from vizapp.words import Words, languages

MOST_SETTINGS = 50
MOST_CHOICES = 30
TYPES = ("bool", "int", "number", "duration", "rate", "choice")
KEYS = ("label", "type", "default", "min", "max", "step", "unit", "choices", "says", "sources")
MOST = {"duration": float(units.MOST_DURATION), "rate": units.MOST_RATE}


class KnobReader(SourceReader):
    def settings(self, node: Node | None) -> dict[str, Setting]:
        written = self.mapping(node)
        found: dict[str, Setting] = {}
        for name, each in written.items.items():
            place = written.keys[name]
            if len(found) >= MOST_SETTINGS:
                self.problems.add("too-many", place, what="settings", most=MOST_SETTINGS, n=len(written.items))
                break
            if self.identifier(name, place):
                found[name] = self.setting(name, self.mapping(each, KEYS), place)
        return found

    def setting(self, name: str, node: Mapping, place: Place) -> Setting:
        items = node.items
        kind = self.setting_type(node)
        choices = self.choices(node) if kind == "choice" else ()
        low, high, step = (self.bound(kind, items.get(key)) for key in ("min", "max", "step"))
        if low is not None and high is not None and low > high:
            self.problems.add("min-over-max", items["min"].place)
            low = high = None
        return Setting(
            name=name,
            label=self.text(items.get("label")) or Text(dict.fromkeys(languages(), name)),
            type=kind,
            default=self.default(kind, node, choices, low, high),
            choices=choices,
            minimum=low,
            maximum=high,
            step=step,
            unit=self.string(items.get("unit")),
            says=self.text(items.get("says")),
            place=place,
            sources=self.sources(items.get("sources")),
        )

    def setting_type(self, node: Mapping) -> str:
        """The type of a setting; empty where it is wrong, so that the rest is not asked of it."""
        if self.missing(node, "type"):
            return ""
        said = self.string(node.items["type"])
        if said not in TYPES:
            if said is not None:
                self.unknown("unknown-type", said, node.items["type"].place, TYPES)
            return ""
        return said

    def bound(self, kind: str, node: Node | None) -> float | None:
        if node is None or not kind:
            return None
        if kind in ("bool", "choice"):
            self.problems.add("no-bounds", node.place, name=kind)
            return None
        value: Any = self.typed(node, PARSERS[kind])
        return None if value is None else float(value)

    def choices(self, node: Mapping) -> tuple[Choice, ...]:
        if self.missing(node, "choices"):
            return ()
        written = self.mapping(node.items["choices"])
        found: list[Choice] = []
        for value, each in written.items.items():
            if len(found) >= MOST_CHOICES:
                n = len(written.items)
                self.problems.add("too-many", written.keys[value], what="choices", most=MOST_CHOICES, n=n)
                break
            found.append(self.choice(value, each))
        if not found:
            self.problems.add("no-choices", written.place)
        return tuple(found)

    def choice(self, value: str, node: Node) -> Choice:
        """`value: {label, says, sources}`, or `value: text` for short."""
        short = isinstance(node, Scalar) or (isinstance(node, Mapping) and set(node.items) <= set(languages()))
        if short:
            return Choice(value, self.text(node) or Text(dict.fromkeys(languages(), value)), written=value)
        items = self.mapping(node, ("label", "says", "sources")).items
        label = self.text(items.get("label")) or Text(dict.fromkeys(languages(), value))
        return Choice(value, label, self.text(items.get("says")), value, self.sources(items.get("sources")))

    def default(
        self, kind: str, node: Mapping, choices: tuple[Choice, ...], low: float | None, high: float | None
    ) -> Any:
        if not kind or self.missing(node, "default"):
            return None
        written = node.items["default"]
        if kind == "choice":
            said = self.string(written)
            if said is not None and choices and said not in [choice.value for choice in choices]:
                self.unknown("unknown-choice", said, written.place, [choice.value for choice in choices])
            return said
        return self.typed(written, lambda text: bounded(kind, text, low, high))


def bounded(kind: str, text: str, low: float | None, high: float | None) -> Any:
    """A setting's value as written, within its bounds."""
    value = PARSERS[kind](text)
    if kind != "bool":
        within(kind, value, low, high)
    return value


def setting_value(setting: Setting, text: str) -> Any:
    """What `set NAME TEXT` or `--set NAME=TEXT` means for that setting; WrongValueError when it may not be."""
    if setting.type == "choice":
        values = {choice.word: choice.value for choice in setting.choices}
        if text not in values:
            raise WrongValueError("unknown-choice", "known", name=text, near=list(values),
                                  known=[f"`{each}`" for each in values])  # fmt: skip
        return values[text]
    if not setting.type:  # reported already
        return text
    return bounded(setting.type, text, setting.minimum, setting.maximum)


def said_value(setting: Setting, value: Any, words: Words) -> str:
    """A setting's value in words: as its choices say it, or as one would write it."""
    chosen = next((choice.label for choice in setting.choices if choice.value == value), None)
    if chosen is not None:
        return words.text(chosen)
    if setting.type in ("duration", "rate"):
        return words.duration(value) if setting.type == "duration" else words.rate(value)
    return words.say(value)
