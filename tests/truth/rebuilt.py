"""A recorded network as a scene: built from the recording's own topology, its acts written as anybody writes them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from tests.truth.recording import Frame, Recording
from vizapp.devices import VOCABULARY
from vizapp.devices.net.nic import classify, mac_of
from vizapp.scene.model import Scene
from vizapp.scene.reader import read
from vizapp.sim.simulate import simulate
from vizapp.sim.timeline import Event, Flight, Timeline

MS = 1_000_000
AFTER = 60.0  # ms that a run goes on after the last recorded frame
KINDS = {"vm": "vm", "server": "web-server", "lan-host": "machine", "host": "host", "router": "machine"}
CARDS = {"virtio-net-pci": "virtio", "vmxnet3": "vmxnet3"}


@dataclass
class Play:
    """What is done with a recorded network, in the recording's own words; times in ms since the recording began.

    script: acts. fields: more of a device. bare: machines without an address yet. before: how long the run lasts before
    the recording begins. moments: when each recorded table was read. asked: for each recorded result, who asked, when.
    """

    script: list[str]
    fields: dict[str, dict[str, Any]] = field(default_factory=dict)
    bare: tuple[str, ...] = ()
    before: float = 0.0
    moments: dict[str, float] = field(default_factory=dict)
    asked: dict[str, tuple[str, float]] = field(default_factory=dict)
    seed: int = 1


@dataclass
class Rebuilt:
    """The run of a recorded network. Times that are given and found count from where the recording begins."""

    recording: Recording
    play: Play

    @cached_property
    def scene(self) -> Scene:
        reading = read(json.dumps(self._written()), VOCABULARY, file=self.recording.case)
        assert reading.scene is not None, reading.problems
        return reading.scene

    @cached_property
    def timeline(self) -> Timeline:
        return simulate(self.scene, VOCABULARY.kinds, seed=self.play.seed)

    def at(self, ms: float) -> int:
        """That moment, in ns of the run."""
        return round((self.play.before + ms) * MS)

    def value(self, device: str, name: str, ms: float) -> Any:
        """What a device shows at that moment."""
        return self.timeline.at(self.at(ms)).value(device, name)

    def events(self, device: str, start: float, stop: float) -> Iterator[Event]:
        return (e for e in self.timeline.events if e.device == device and self.at(start) <= e.t < self.at(stop))

    # the scene

    def _written(self) -> dict[str, Any]:
        stage = {node["name"]: self._thing(node) for node in self.recording.nodes}
        until = f"{self.play.before + self.recording.end + AFTER:.3f}ms"
        script = [self._line(line) for line in self.play.script]
        return {"id": "recording", "title": "recording", "until": until, "stage": stage, "links": list(self._links()),
                "script": script}  # fmt: skip

    def _line(self, line: str) -> str:
        act, _, moment = line.rpartition("@")
        return f"{self.recording.naming.line(act)}@ {self.play.before + float(moment):.3f}ms"

    def _links(self) -> Iterator[dict[str, str]]:
        for node in self.recording.nodes:
            for interface in node["interfaces"]:
                here, there = f"{node['name']}/{interface['name']}", interface["attached_to"]
                if there and here < there:
                    yield {"between": f"{self.port(here)} -- {self.port(there)}", "delay": "10us"}

    def port(self, place: str) -> str:
        """The port of `nat/vnet1`: a bridge with an address is one port (`nat.natbr0`) with several cables."""
        name, _, interface = place.partition("/")
        node = next(node for node in self.recording.nodes if node["name"] == name)
        bridge = next(i for i in node["interfaces"] if i["name"] == interface).get("bridge")
        addressed = any(i["name"] == bridge and i["ip"] for i in node["interfaces"])
        return f"{name}.{bridge if addressed else interface}"

    def _thing(self, node: Mapping[str, Any]) -> dict[str, Any]:
        if not any(interface["ip"] for interface in node["interfaces"]):
            return {"kind": "switch", "ageing": f"{self.recording.settings.get('ageing_s', 300)}s"}
        rules = self.recording.settings.get("iptables", [])
        inner = len(node["interfaces"]) > 1
        translates = node.get("ip_forward") and inner and any("MASQUERADE" in rule for rule in rules)
        kind = "nat-router" if translates else "router" if node.get("ip_forward") else KINDS[node["kind"]]
        thing: dict[str, Any] = {"kind": kind, "ports": self._ports(node), "card": self._card(node)}
        if translates:
            outside = (i for i in node["interfaces"] if not i.get("bridge") and not i.get("is_bridge"))
            thing["masquerade"] = next(outside)["name"]
        return thing | self._fields(node["name"])

    def _fields(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = self.recording.naming.value(self.play.fields).get(name, {})
        return found

    def _card(self, node: Mapping[str, Any]) -> str:
        """Machines were network name spaces with veth cards, unless a guest had a real model."""
        return next((CARDS[i["nic_model"]] for i in node["interfaces"] if "nic_model" in i), "veth")

    def _ports(self, node: Mapping[str, Any]) -> dict[str, Any]:
        ports: dict[str, Any] = {}
        bare = {self.recording.naming.nodes.get(name, name) for name in self.play.bare}
        routes = self.recording.found["topology"]["routes"].get(node["name"], [])
        for interface in node["interfaces"]:
            if interface.get("bridge"):
                continue
            written = ports[interface["name"]] = {"mac": interface["mac"]}
            if interface["ip"] and node["name"] not in bare:
                written["ip"] = interface["ip"]
                for route in routes:
                    found = re.fullmatch(r"default via (\S+) dev (\S+)", route)
                    if found and found.group(2) == interface["name"]:
                        written["gateway"] = found.group(1)
        return ports

    # what is seen

    def captures(self, place: str) -> list[Frame]:
        """What a sniffer on `node/interface` sees, in order of time, while the recording lasts."""
        rows: dict[tuple[int, int, str], Frame] = {}
        for flight, direction in self._passing(place):
            t = flight.departs if direction == "out" else flight.ended
            if t is not None and self.at(0) <= t:
                rows.setdefault((t, flight.packet.id, direction), self._frame(flight, direction, t, place))
        return [frame for _, frame in sorted(rows.items(), key=lambda row: row[0][0])]

    def _passing(self, place: str) -> Iterator[tuple[Flight, str]]:
        """Flights that leave or reach an interface: of a bridge itself, those that it sends or that are for it."""
        port, mac = self.port(place), self._mac(place)
        bridge = self._interface(place).get("is_bridge")
        for flight in self.timeline.flights:
            ends = flight.packet.headers()["ethernet"]
            if bridge:
                if flight.src == port and ends["eth_src"] == mac:
                    yield flight, "out"
                elif flight.dst == port and classify(mac, ends["eth_dst"]) != "otherhost":
                    yield flight, "in"
            elif self._cable(place) == flight.link:
                yield flight, "out" if flight.src == port else "in"

    def _interface(self, place: str) -> Mapping[str, Any]:
        name, _, interface = place.partition("/")
        node = next(node for node in self.recording.nodes if node["name"] == name)
        found: Mapping[str, Any] = next(i for i in node["interfaces"] if i["name"] == interface)
        return found

    def _mac(self, place: str) -> str:
        interface = self._interface(place)
        if interface.get("bridge") or not interface["ip"]:
            return str(interface["mac"])
        return mac_of(self.scene.ports()[self.port(place)])

    def _cable(self, place: str) -> str:
        there = self._interface(place)["attached_to"]
        ends = {self.port(place), self.port(there)}
        return next(link.id for link in self.scene.links if {link.a, link.b} == ends)

    def _frame(self, flight: Flight, direction: str, t: int, place: str) -> Frame:
        """As the recordings write it: one level, DHCP apart."""
        layers = flight.packet.headers()
        frame: Frame = {"t_ms": t / MS - self.play.before, "dir": direction, "type": flight.packet.layers[1].protocol}
        if direction == "in":
            frame["class"] = classify(self._mac(place), layers["ethernet"]["eth_dst"])
        for name, fields in layers.items():
            if name == "dhcp":
                frame["dhcp"] = fields
            elif name != "http":
                frame |= fields
        return frame
