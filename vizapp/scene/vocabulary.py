"""What a scene may say: the kinds of device with their fields, tables, verbs and event names.

Kinds live in `devices`; they are given to the reader as data, so that `scene` knows none of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from vizapp.scene.model import Thing

FieldType = Literal[
    "text", "bool", "int", "number", "duration", "rate", "size", "ip", "cidr", "mac", "range", "route", "forward",
    "choice", "port", "thing", "address", "pattern", "expression", "list", "map",
    "service",
]  # fmt: skip


SERIES = ("rate", "response", "queue", "share", "errors", "availability", "outage")
"""What a chart may draw (`sim.series`, `sim.serving`)."""
SERVICE = ("availability", "outage")  # what may be measured of a whole scene, or of a client that watches a service


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a kind. doc: a sentence in English for `docs/scene-format.md`.

    What the reader hands over in `Thing.fields` (every field is there; an absent one has its default):
    text, choice, ip, cidr, mac: str (addresses in canonical form) · bool · int · number: int or float ·
    duration: int ns · rate: float per second · size: int bytes · range: (first, last) addresses ·
    route, forward: str as Linux and we write them, or `none` · service: a port (int), or `ssh`, `ssh:2222` ·
    port: the id `device.port` of one of the thing's own ports (written `wan` or `router.wan`) · thing: a thing's id ·
    address: a thing's id, or an IPv4 address · pattern, expression: text, as in `when` and `answer` ·
    list: tuple · map: dict. Any scalar may be a `Reference` to a setting (`$name`).
    default: the typed value, or text as it would be written (`1h`); None stays None, save () for a list.
    """

    name: str
    type: FieldType
    doc: str
    default: Any = None
    choices: tuple[str, ...] = ()
    of: tuple[Field, ...] = ()  # the keys of a `map`, or one Field `*` for any key; for a `list`, one for its items
    required: bool = False
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: the key in each row (a dict) and the words key of its heading.

    longest: the longest cell, or its words key, for which a show keeps room.
    """

    key: str
    words: str
    mono: bool = True
    longest: str = "192.168.122.100"


@dataclass(frozen=True, slots=True)
class Show:
    """How a recorded field looks. field: the track's name; words: key of its title.

    form: text (a line under the name) · badge (a pill on the edge) · table (rows of dicts) · gauge (n of most) ·
    ring (runs down from `since` for the value's ns, or for those of a pair: from when on, and ns) · load (cells, n of
    capacity) · ladder (rows with a `name`, `ns` or None, `cited` and a `source`) · budget (see `devices.budget`).
    face: also drawn on the stage.
    A text or badge value may be a string, a number, or {"words": key, **values} to be said in the language shown. With
    `"tone": "good"` a text stands out, and its thing with it: that is where the service is; or `"bad"`;
    a badge too, or `"warn"`. With `"past": True` it stays on a thing that failed.
    """

    field: str
    form: Literal["text", "badge", "table", "gauge", "ring", "load", "ladder", "budget"]
    words: str
    columns: tuple[Column, ...] = ()
    face: bool = True
    given: tuple[str, ...] = ()  # only of a thing for which one of these fields was written (`ip`: none was;
    # `addressed`: that of one of its ports was), or with which the script does one of these verbs
    unless: tuple[str, ...] = ()  # not of a thing for which one of these fields was written
    longest: str = ""  # the longest value, whose room the layout keeps; of a table: its usual number of rows
    tint: str = ""  # of a badge: the protocol in whose colour it is filled
    toned: bool = False  # a text whose `tone` may be `good`
    per_port: bool = False  # a text with as many such values as the thing has ports with an address
    doing: bool = False  # a text that is the privilege of a layer: what that does now is told behind it


@dataclass(frozen=True, slots=True)
class Verb:
    """Something that may be done. args: what each word is.

    thing: a thing's id · link: a link's id, or one end of it (`router.wan`) · setting: a setting's name ·
    port: `device.port`, or a device that has one · address: a thing, a port or an IP address, each may carry `:port` ·
    cidr, ip: such an address, or one of `values` · percent, duration: such an amount · value: any word.
    A name ending in `?` may be left out; one ending in `*` takes the rest. Only written options are in `Act.options`.
    asks: it tries something and leaves everything as it was, so that it is no change; None: it does when its second
    word is whom it goes to.
    when: a field that the thing shows and the value with which this makes sense; menus offer it only then.
    family: `break` takes something away, `repair` gives it back; neither asks for anything. Where one asks what if,
    verbs that break stand for each other.
    among: a field that the thing records, a list of what the second word may be; menus offer those.
    """

    name: str
    args: tuple[str, ...]
    doc: str
    options: tuple[Field, ...] = ()
    example: str = ""
    values: tuple[str, ...] = ()  # what a `value` may be, where only some words make sense: offered in menus
    asks: bool | None = None
    when: tuple[str, Any] | None = None
    family: str = ""
    among: str = ""

    @property
    def aims(self) -> bool:
        """Whether its second word is a thing or an address: whom it goes to."""
        return self.args[1:2] in (("address",), ("thing",))

    @property
    def tries(self) -> bool:
        return self.aims if self.asks is None else self.asks


@dataclass(frozen=True, slots=True)
class Event:
    """An event name that a kind may raise, with the keys of its details."""

    name: str
    doc: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of device: what may be written of it, what it shows, and the class that behaves like it.

    role: its colours (theme); icon: its outline; container: may hold others under `inside`; measures: the series that
    charts may draw of it; measures_on_network: those besides, of one with an address.
    behaviour: a `sim.behaviour.Behaviour` subclass, or None for a mere box.
    """

    name: str
    doc: str
    role: str
    icon: str
    behaviour: type[Any] | None = None
    container: bool = False
    fields: tuple[Field, ...] = ()
    shows: tuple[Show, ...] = ()
    verbs: tuple[Verb, ...] = ()
    events: tuple[Event, ...] = ()
    open_ports: bool = False  # any number of ports, named by the links (a switch)
    shares: str = ""  # layers whose kinds have the same word here share a row of a stack, as those of one kind do
    measures: tuple[str, ...] = ()
    measures_on_network: tuple[str, ...] = ()
    example: str = ""

    @property
    def makes_ports(self) -> bool:
        """Whether links make its ports as they need them: any number of a switch's, one for each cable of a layer's."""
        return self.open_ports or not self.wired

    @property
    def wired(self) -> bool:
        """Whether its cables are cables; between layers they are none."""
        return bool(getattr(self.behaviour, "wired", True))

    def gives(self, show: Show, thing: Thing) -> bool:
        """Whether that thing may have what is shown: one of the fields or verbs that give it was written."""
        if show.unless and self._written(thing, show.unless):
            return False
        given = show.given
        return (
            not given
            or not thing.does.isdisjoint(given)
            or ("addressed" in given and any(port.ip for port in thing.ports))
            or ("ip" in given and any(port.ip in (None, "dhcp") for port in thing.ports))
            or self._written(thing, given)
        )

    def _written(self, thing: Thing, names: tuple[str, ...]) -> bool:
        """Whether one of these fields was written."""
        return any(field.name in names and thing.fields.get(field.name) != field.default for field in self.fields)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything a scene may name. Built once from `devices.KINDS` and the verbs that every scene has."""

    kinds: Mapping[str, Kind]
    verbs: Mapping[str, Verb]
    events: Mapping[str, Event]
    series: tuple[str, ...] = field(default=())
    protocols: tuple[str, ...] = ()  # names that `follow:` and claims may use; empty: any

    def verb_of(self, name: str, kind: str) -> Verb | None:
        """What that verb is to a thing of that kind: its own, where every scene has another of that name (`send`)."""
        own = self.kinds[kind].verbs if kind in self.kinds else ()
        return next((verb for verb in own if verb.name == name), self.verbs.get(name))

    @classmethod
    def of(
        cls, kinds: Iterable[Kind], verbs: Iterable[Verb], events: Iterable[Event], protocols: Iterable[str] = ()
    ) -> Vocabulary:
        """The vocabulary of these kinds, with the verbs and events that every scene has."""
        kinds = tuple(kinds)
        own = [verb for kind in kinds for verb in kind.verbs]
        happen = [event for kind in kinds for event in kind.events]
        return cls(
            {kind.name: kind for kind in kinds},
            {verb.name: verb for verb in (*own, *verbs)},
            {event.name: event for event in (*events, *happen)},
            SERIES,
            tuple(protocols),
        )


def tries(kinds: Mapping[str, Kind]) -> frozenset[str]:
    """The verbs of these kinds that try something and change nothing."""
    return frozenset({"send", *(verb.name for kind in kinds.values() for verb in kind.verbs if verb.tries)})
