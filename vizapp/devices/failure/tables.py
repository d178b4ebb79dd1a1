"""What the recorded tables of the machines say at one moment: addresses, routes, who shares an Ethernet with whom."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Network
from typing import Any, NamedTuple

from vizapp.scene.model import Scene
from vizapp.sim.frame import HUNG
from vizapp.sim.timeline import Timeline


class Held(NamedTuple):
    """An address that a port has, with its network as text (`192.168.1.0/24`)."""

    port: str
    ip: str
    network: str


class Way(NamedTuple):
    """Where a route leads: destination as text (`default`), next router (None: the network itself), port id."""

    to: str
    via: str | None
    port: str


class Tables:
    """The moment `t` (true ns) of a run. Only what was recorded by then is read, never the devices themselves."""

    def __init__(self, scene: Scene, timeline: Timeline, t: int) -> None:
        self.scene = scene
        self.frame = timeline.at(t)

    def _value(self, device: str, field: str) -> Any:
        return self.frame.value(device, field)

    def machine(self, device: str) -> bool:
        """Whether it has a system of its own, so that frames end there: a switch or a card drawn apart has none."""
        return (device, "powered") in self.frame.timeline.tracks

    def hung(self, device: str) -> bool:
        """Whether its programs stand still."""
        return self._value(device, HUNG) is True

    def runs(self, device: str) -> bool:
        return self._value(device, "powered") is not False and not self.frame.failed(device)

    # addresses

    def held(self, device: str) -> list[Held]:
        """The addresses of a machine; of one that is off, those that it had or was written with."""
        thing = self.scene.things.get(device)
        return [held for port in thing.ports for held in self._held(port.id, port.ip)] if thing else []

    def _held(self, port: str, written: str | None) -> Iterator[Held]:
        """The addresses of a card, its own first."""
        device, _, name = port.partition(".")
        shown = self._value(device, name)
        if isinstance(shown, dict):
            own = [Held(port, shown["ip"], shown["network"])] if shown.get("ip") else []
            yield from (*own, *(_further(port, cidr) for cidr in shown.get("extra", ())))
        elif self.machine(device) and written and written != "dhcp":
            yield _further(port, written)

    def owners(self, ip: str) -> list[Held]:
        """Every port that has that address."""
        return [held for device in self.scene.things for held in self.held(device) if held.ip == ip]

    def sharing(self, ip: str) -> tuple[str, ...]:
        """The machines that keepalived would give that address to, one at a time."""
        written = ((name, thing.fields.get("keepalived")) for name, thing in self.scene.things.items())
        return tuple(name for name, said in written
                     if isinstance(said, dict) and any(a.partition("/")[0] == ip for a in said["address"]))  # fmt: skip

    # routes

    def routes(self, device: str) -> Iterator[Way]:
        for row in self._value(device, "routes") or ():
            via = row["via"] if row["via"] != "–" else None
            if row["port"] != "–":
                yield Way(row["to"], via, f"{device}.{row['port']}")

    def way(self, device: str, ip: str) -> Way | None:
        """The route that a machine takes to an address: the one with the longest prefix."""
        fitting = [way for way in self.routes(device) if IPv4Address(ip) in _network(way.to)]
        return max(fitting, key=lambda way: _network(way.to).prefixlen, default=None)

    # cables

    def segment(self, port: str, without: str = "") -> set[str]:
        """The ports that share an Ethernet with this one by their cables, whole or cut; `without` that cable."""
        found, edge = {port}, [port]
        while edge:
            here = edge.pop()
            for there in self._beside(here, without):
                if there not in found:
                    found.add(there)
                    edge.append(there)
        return found

    def _beside(self, port: str, without: str) -> Iterator[str]:
        for link in self.scene.links:
            if link.id != without and port in (link.a, link.b):
                yield link.b if port == link.a else link.a
        device = port.partition(".")[0]
        if not self.machine(device) and device in self.scene.things:
            yield from (other.id for other in self.scene.things[device].ports)


def _further(port: str, cidr: str) -> Held:
    return Held(port, cidr.partition("/")[0], str(IPv4Network(cidr, strict=False)))


def _network(to: str) -> IPv4Network:
    return IPv4Network("0.0.0.0/0" if to == "default" else to)
