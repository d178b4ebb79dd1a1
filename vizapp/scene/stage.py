"""The stage of a scene: boxes inside boxes with their ports, and the cables between them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from ipaddress import IPv4Address, IPv4Interface
from typing import Any

from vizapp import places
from vizapp.scene import units
from vizapp.scene.fields import FieldReader, Mention
from vizapp.scene.model import Link, Place, Port, Text, Thing
from vizapp.scene.nodes import Mapping, Node, Scalar
from vizapp.scene.problems import Problems
from vizapp.scene.vocabulary import Field, Kind, Vocabulary
from vizapp.words import languages

MOST_THINGS = 500
MOST_LINKS = 1_000
DELAY = 100_000  # true ns of a cable that says nothing
STEP = 200  # the same from layer to layer: no cable, but control that passes
MOST_PORTS = 200  # of one thing
COMMON = ("kind", "label", "caption", "role", "icon", "arrange", "table", "stands", "ports", "inside")
ARRANGE = ("row", "column", "grid")
ROLES = ("hardware", "hypervisor", "host", "guest", "runtime", "application", "network", "failed")
PORT = ("mac", "ip", "gateway", "promiscuous")
RESERVED = ("start", "end", "t", "device", "event")
BETWEEN = re.compile(r"\s*(\S+)\s+--\s+(\S+)\s*")


@cache
def _icons() -> tuple[str, ...]:
    """The names of all icons, read only for a scene that names one."""
    return tuple(json.loads((places.resources() / "icons" / "icons.json").read_bytes()))


@dataclass(slots=True)
class Draft:
    """A thing while its cables are still unknown."""

    thing: Thing
    kind: Kind | None
    node: Mapping
    ports: dict[str, Port] = field(default_factory=dict)


class StageReader(FieldReader):
    def __init__(self, problems: Problems, vocabulary: Vocabulary) -> None:
        super().__init__(problems)
        self.vocabulary = vocabulary
        self.mentions: list[Mention] = []
        self.drafts: dict[str, Draft] = {}
        self.links: dict[str, Link] = {}

    # things

    def stage(self, node: Node | None) -> None:
        if node is not None and not self.mapping(node).items:
            self.problems.add("empty-stage", node.place)
        self.things(self.mapping(node), None)

    def things(self, node: Mapping, parent: str | None) -> tuple[str, ...]:
        ids: list[str] = []
        for name, each in node.items.items():
            place = node.keys[name]
            if len(self.drafts) >= MOST_THINGS:
                self.problems.add("too-many", place, what="stage", most=MOST_THINGS, n=MOST_THINGS + 1)
                break
            if self._new(name, place):
                ids.append(name)
                self.thing(name, self.mapping(each), place, parent)
        return tuple(ids)

    def _new(self, name: str, place: Place) -> bool:
        if not self.identifier(name, place):
            return False
        if name in RESERVED:
            self.problems.add("reserved-id", place, name=name)
            return False
        if name in self.drafts:
            self.problems.add("doubled-id", place, name=name, first=self.drafts[name].thing.place.line)
            return False
        return True

    def thing(self, name: str, node: Mapping, place: Place, parent: str | None) -> None:
        kind = self.kind(name, node, place)
        if kind is not None:
            self.mapping(node, (*COMMON, *(each.name for each in kind.fields)))
        items = node.items
        draft = Draft(
            Thing(
                id=name,
                kind=kind.name if kind else "",
                label=self.text(items.get("label")) or Text(dict.fromkeys(languages(), name)),
                parent=parent,
                caption=self.text(items.get("caption")),
                role=self.string(items.get("role")),
                icon=self.icon(items.get("icon")),
                arrange=self.arrange(items.get("arrange")),
                table=self.inset(items.get("table"), kind),
                place=place,
            ),
            kind,
            node,
        )
        self.drafts[name] = draft
        self.ports(draft, items.get("ports"))
        fields = self.fields(node, kind.fields, name) if kind else {}
        inside = items.get("inside")
        if inside is not None and kind is not None and not kind.container:
            containers = [each.name for each in self.vocabulary.kinds.values() if each.container]
            self.unknown("no-container", kind.name, node.keys["inside"], containers)
        children = self.things(self.mapping(inside), name)
        draft.thing = replace(draft.thing, fields=fields, children=children)

    def kind(self, name: str, node: Mapping, place: Place) -> Kind | None:
        written = node.items.get("kind")
        if written is None:
            self.problems.add("missing-kind", place, hint="add-kind", name=name)
            return None
        said = self.string(written)
        if said is None:
            if isinstance(written, Scalar):
                self.problems.add("empty-key", written.place, name="kind")
            return None
        if said not in self.vocabulary.kinds:
            self.unknown("unknown-kind", said, written.place, self.vocabulary.kinds)
        return self.vocabulary.kinds.get(said)

    def icon(self, node: Node | None) -> str | None:
        return self.one_of(node, _icons()) if node is not None else None

    def arrange(self, node: Node | None) -> str | None:
        return self.one_of(node, ARRANGE)

    def inset(self, node: Node | None, kind: Kind | None) -> str | None:
        tables = tuple(show.field for show in kind.shows if show.form == "table") if kind else ()
        return self.one_of(node, tables) if kind else None

    def one_of(self, node: Node | None, names: tuple[str, ...]) -> str | None:
        said = self.string(node)
        if said is None or node is None or said in names:
            return said
        self.unknown("unknown-choice", said, node.place, names)
        return None

    # ports

    def ports(self, draft: Draft, node: Node | None) -> None:
        written = self.mapping(node)
        for name, each in written.items.items():
            place = written.keys[name]
            if len(draft.ports) >= MOST_PORTS:
                self.problems.add("too-many", place, what="ports", most=MOST_PORTS, n=len(written.items))
                return
            if self.identifier(name, place):
                draft.ports[name] = self.port(draft.thing.id, name, self.mapping(each, PORT))

    def port(self, device: str, name: str, node: Mapping) -> Port:
        items = node.items
        ip = self.string(items.get("ip"))
        if ip is not None and ip != "dhcp":
            ip = self.typed(items["ip"], units.host_cidr)
        gateway = self.typed(items.get("gateway"), units.ip)
        if gateway and ip and ip != "dhcp" and IPv4Address(gateway) not in IPv4Interface(ip).network:
            self.problems.add("gateway-outside", items["gateway"].place, value=gateway,
                              network=str(IPv4Interface(ip).network))  # fmt: skip
        return Port(
            id=f"{device}.{name}",
            device=device,
            name=name,
            mac=self.typed(items.get("mac"), units.own_mac),
            ip=ip,
            gateway=gateway,
            promiscuous=bool(self.typed(items.get("promiscuous"), units.truth)),
        )

    # links

    def cables(self, node: Node | None) -> None:
        for each in self.items(node, MOST_LINKS, "links"):
            self.cable(each)

    def cable(self, node: Node) -> None:
        delay: int | None = None
        between: Node | None = node
        if isinstance(node, Mapping):
            items = self.mapping(node, ("between", "delay")).items
            delay = self.typed(items.get("delay"), lambda text: units.duration(text, units.MOST_DELAY))
            if self.missing(node, "between"):
                return
            between = items["between"]
        scalar = self.scalar(between)
        if scalar is None:
            return
        found = BETWEEN.fullmatch(scalar.value)
        if found is None:
            self.problems.add("link-form", scalar.place, hint="link-form", value=scalar.value)
            return
        a, b = (self.end(name, scalar.place) for name in found.groups())
        if a is None or b is None:
            return
        self.plug(Link(f"{a}--{b}", a, b, self.usual_delay(a, b) if delay is None else delay, scalar.place))

    def usual_delay(self, *ends: str) -> int:
        """True ns from end to end: of a cable, or of a step from layer to layer."""
        kinds = [self.drafts[end.partition(".")[0]].kind for end in ends]
        return DELAY if any(kind is None or kind.wired for kind in kinds) else STEP

    def end(self, name: str, place: Place) -> str | None:
        """The port that the end of a link names: `device.port`, or a device that has one port or makes them."""
        device, dot, port = name.partition(".")
        draft = self.drafts.get(device)
        if draft is None:
            self.unknown("unknown-thing", device, place, self.drafts)
            return None
        makes = draft.kind is None or draft.kind.makes_ports
        if not dot:
            return self.only_port(draft, place, makes)
        if port in draft.ports:
            return draft.ports[port].id
        if not makes or not self.identifier(port, place):
            if not makes:
                self.unknown("unknown-port", port, place, draft.ports)
            return None
        return self.make(draft, port)

    def only_port(self, draft: Draft, place: Place, makes: bool) -> str | None:
        if makes:
            numbers = (f"p{number}" for number in range(1, MOST_LINKS * 2 + 2))
            return self.make(draft, next(name for name in numbers if name not in draft.ports))
        if len(draft.ports) == 1:
            return next(iter(draft.ports.values())).id
        key = "which-port" if draft.ports else "no-port"
        ids = [f"`{port.id}`" for port in draft.ports.values()]
        self.problems.add(key, place, hint="known" if ids else "add-port", name=draft.thing.id, known=ids[:14])
        return None

    def make(self, draft: Draft, name: str) -> str:
        draft.ports[name] = Port(f"{draft.thing.id}.{name}", draft.thing.id, name)
        return draft.ports[name].id

    def plug(self, link: Link) -> None:
        if link.a == link.b:
            self.problems.add("link-to-itself", link.place, name=link.a)
            return
        twin = self.links.get(link.id) or self.links.get(f"{link.b}--{link.a}")
        if twin is not None:
            self.problems.add("doubled-link", link.place, hint="remove-one", name=link.id, first=twin.place.line)
            return
        self.links[link.id] = link

    # the whole

    def built(self) -> dict[str, Thing]:
        """The things with the ports that links made, in the order written."""
        self.same_macs()
        things = {name: replace(draft.thing, ports=tuple(draft.ports.values())) for name, draft in self.drafts.items()}
        for draft in self.drafts.values():
            if draft.kind is not None:
                self.ranges(things[draft.thing.id], draft.kind.fields, draft.thing.fields, draft.node)
        return things

    def same_macs(self) -> None:
        seen: dict[str, str] = {}
        for draft in self.drafts.values():
            for port in draft.ports.values():
                if port.mac and port.mac in seen:
                    self.problems.add("same-mac", self.mac_place(draft, port), value=port.mac, name=seen[port.mac])
                elif port.mac:
                    seen[port.mac] = port.id

    def mac_place(self, draft: Draft, port: Port) -> Place:
        ports = draft.node.items.get("ports")
        written = ports.items.get(port.name) if isinstance(ports, Mapping) else None
        return written.items["mac"].place if isinstance(written, Mapping) else draft.thing.place

    def ranges(self, thing: Thing, fields: tuple[Field, ...], values: Any, node: Node | None) -> None:
        """A range of addresses must lie in the network of one of the thing's own ports."""
        networks = [IPv4Interface(port.ip).network for port in thing.ports if port.ip and port.ip != "dhcp"]
        for written, value, place in _ranges(fields, values, node):
            inside = any(all(IPv4Address(end) in network for end in value) for network in networks)
            if networks and not inside:
                listed = [f"`{network}`" for network in networks]
                self.problems.add("range-outside", place, hint="known", value="-".join(value), name=written.name,
                                  known=listed)  # fmt: skip


Written = tuple[Field, tuple[str, str], Place]


def _ranges(fields: tuple[Field, ...], values: Any, node: Node | None) -> Iterator[Written]:
    for each in fields:
        value = values.get(each.name) if isinstance(values, dict) else None
        written = node.items.get(each.name) if isinstance(node, Mapping) else None
        if each.type == "range" and isinstance(value, tuple) and written is not None:
            yield each, (value[0], value[1]), written.place
        elif each.type == "map" and each.of:
            yield from _ranges(each.of, value, written)
