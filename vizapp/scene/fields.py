"""The fields of a kind and the options of a verb: each scalar typed by its field, the names in them kept to check."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from vizapp.scene import parse, units
from vizapp.scene.model import Place, Reference, Setting
from vizapp.scene.nodes import Mapping, Node, Scalar
from vizapp.scene.units import WrongValueError
from vizapp.scene.vocabulary import Field
from vizapp.scene.walk import REFERENCE, Walk

PARSERS = {
    "bool": units.truth, "int": units.integer, "number": units.number, "duration": units.duration,
    "rate": units.rate, "size": units.size, "ip": units.ip, "cidr": units.cidr, "mac": units.mac,
    "range": units.address_range, "route": units.route, "forward": units.forward,
    "service": units.service,
}  # fmt: skip
ADDRESS = re.compile(r"[\d.]+")
PHRASES: dict[str, Callable[[str], Any]] = {"pattern": parse.pattern, "expression": parse.expression}
NUMERIC = ("int", "number", "duration", "rate", "size")
MOST_ITEMS = 500
FITTING = {  # the types of setting that may stand for a field of that type
    "bool": ("bool",), "int": ("int",), "number": ("int", "number"), "duration": ("duration",), "rate": ("rate",),
    "service": ("int",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mention:
    """A name that must exist once the whole scene is read. what: setting, thing or port. owner: the thing it is of."""

    what: str
    name: str
    place: Place
    field: Field
    owner: str = ""


def typed(field: Field, text: str) -> Any:
    """A scalar's text as its field types it, within the field's bounds; WrongValueError otherwise."""
    if field.type == "choice":
        if text not in field.choices:
            raise WrongValueError("unknown-choice", "known", name=text, near=list(field.choices),
                                  known=[f"`{each}`" for each in field.choices])  # fmt: skip
        return text
    if field.type in PHRASES:
        PHRASES[field.type](text)
        return text
    parser = PARSERS.get(field.type)
    value = parser(text) if parser else text
    if field.type in NUMERIC:
        within(field.type, value, field.minimum, field.maximum)
    return value


def within(kind: str, value: Any, low: float | None, high: float | None) -> None:
    """Refuses a number outside its bounds."""
    if low is not None and value < low:
        raise WrongValueError("too-small", value=shown(kind, value), least=shown(kind, low))
    if high is not None and value > high:
        raise WrongValueError("too-large", value=shown(kind, value), most=shown(kind, high))


def shown(kind: str, value: Any) -> Any:
    """A bound as it would be written in the scene."""
    if kind == "duration":
        return units.write_duration(int(value))
    return f"{value:g}/s" if kind == "rate" else value


def default(field: Field) -> Any:
    """What a field has when it is not written."""
    if field.default is None:
        return () if field.type == "list" else None
    if isinstance(field.default, str) and field.type in PARSERS:
        return typed(field, field.default)
    return field.default


class FieldReader(Walk):
    """Reads fields and gathers what they mention."""

    mentions: list[Mention]

    def fields(self, parent: Mapping, fields: tuple[Field, ...], owner: str) -> dict[str, Any]:
        """Every field of a kind (or of a map), the absent ones with their default."""
        found: dict[str, Any] = {}
        for field in fields:
            node = parent.items.get(field.name)
            if node is None or (isinstance(node, Scalar) and node.empty):
                if field.required:
                    self.missing(parent, field.name)
                found[field.name] = default(field)
            else:
                found[field.name] = self.value(field, node, owner)
        return found

    def value(self, field: Field, node: Node, owner: str) -> Any:
        if field.type == "list":
            of = field.of[0] if field.of else Field(field.name, "text", "")
            items = self.items(node, MOST_ITEMS, field.name, lone=True)
            return tuple(self.value(of, item, owner) for item in items)
        if isinstance(node, Scalar) and (found := REFERENCE.fullmatch(node.value)):
            self.mentions.append(Mention("setting", found.group(1), node.place, field, owner))
            return Reference(found.group(1))
        if field.type == "map":
            return self.map(field, node, owner)
        if field.type == "address" and isinstance(node, Scalar) and ADDRESS.fullmatch(node.value):
            return self.typed(node, units.ip)
        if field.type in ("thing", "port", "address"):
            return self.mention(field, node, owner)
        if field.type == "text" and isinstance(node, Mapping):
            return self.text(node)  # a text may be said in each language
        return self.typed(node, lambda text: typed(field, text))

    def map(self, field: Field, node: Node, owner: str) -> dict[str, Any]:
        if field.of and field.of[0].name == "*":
            return self.by_host(field.of[0], self.mapping(node), owner)
        if field.of:
            return self.fields(self.mapping(node, [each.name for each in field.of]), field.of, owner)
        found: dict[str, Any] = {}
        for key, each in self.mapping(node).items.items():
            scalar = self.scalar(each)
            if scalar is not None:
                found[key] = self.free(scalar, field, owner)
        return found

    def by_host(self, field: Field, written: Mapping, owner: str) -> dict[str, Any]:
        """A map whose keys are names of machines, as DNS has them."""
        for key, place in written.keys.items():
            self.typed(Scalar(place, value=key), units.host_name)
        return {key: self.value(field, each, owner) for key, each in written.items.items()}

    def free(self, scalar: Scalar, field: Field, owner: str) -> Any:
        """A value that no field types: by the YAML 1.2 core schema."""
        if found := REFERENCE.fullmatch(scalar.value):
            self.mentions.append(Mention("setting", found.group(1), scalar.place, field, owner))
            return Reference(found.group(1))
        return units.core(scalar.value) if scalar.plain else scalar.value

    def mention(self, field: Field, node: Node, owner: str) -> str | None:
        scalar = self.scalar(node)
        if scalar is None:
            return None
        name = scalar.value
        if field.type == "port" and "." not in name:
            name = f"{owner}.{name}"
        what = "thing" if field.type == "address" else field.type
        self.mentions.append(Mention(what, name, scalar.place, field, owner))
        return name


def suits(setting: Setting, field: Field) -> bool:
    """Whether a setting may stand for a field: its type, and each of its choices."""
    if field.type == "map":
        return False
    if setting.type == "choice":
        return all(_allowed(field, choice.value) for choice in setting.choices)
    if field.type in FITTING:
        return setting.type in FITTING[field.type]
    return field.type == "text"


def _allowed(field: Field, value: Any) -> bool:
    try:
        typed(field, str(value))
    except WrongValueError:
        return False
    return True
