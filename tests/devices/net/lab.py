"""Small networks for the tests of devices, written as scenes are."""

from __future__ import annotations

from typing import Any

from vizapp.devices import VOCABULARY
from vizapp.scene.model import Scene
from vizapp.scene.reader import read
from vizapp.sim.simulate import simulate
from vizapp.sim.timeline import Event, Flight, Timeline

SECOND = 10**9

LAN = """
  a: {kind: machine, ports: {eth0: {ip: 10.0.0.1/24, gateway: 10.0.0.254}}}
  b: {kind: web-server, ports: {eth0: {ip: 10.0.0.2/24, gateway: 10.0.0.254}}}
  c: {kind: machine, ports: {eth0: {ip: 10.0.0.3/24}}}
  sw: {kind: switch}
"""
LAN_LINKS = "a -- sw, b -- sw, c -- sw"
NAT = """
  vm1: {kind: vm, ports: {eth0: {ip: 10.0.0.11/24, gateway: 10.0.0.1}}, listen: [80]}
  vm2: {kind: vm, ports: {eth0: {ip: 10.0.0.12/24, gateway: 10.0.0.1}}}
  nat: {kind: nat-router, ports: {lan: {ip: 10.0.0.1/24}, wan: {ip: 172.16.0.5/24}}, masquerade: wan, %s}
  out: {kind: web-server, ports: {eth0: {ip: 172.16.0.9/24}}}
"""
NAT_LINKS = "vm1 -- nat.lan, vm2 -- nat.lan, nat.wan -- out"


class Lab:
    """What came of a run."""

    def __init__(self, stage: str, links: str, *script: str, until: int = 20, seed: int = 1) -> None:
        listed = "\n".join(f"  - '{line}'" for line in script)
        text = f"id: lab\ntitle: lab\nuntil: {until}s\nstage:{stage}\nlinks: [{links}]\nscript:\n{listed or '  []'}\n"
        reading = read(text, VOCABULARY, file="lab.yaml")
        assert reading.scene is not None, reading.problems
        self.scene: Scene = reading.scene
        self.timeline: Timeline = simulate(self.scene, VOCABULARY.kinds, seed=seed)

    def events(self, name: str, device: str | None = None) -> list[Event]:
        return [e for e in self.timeline.events if e.name == name and device in (None, e.device)]

    def event(self, name: str, device: str | None = None) -> Event:
        found = self.events(name, device)
        assert found, (name, device, sorted({(e.name, e.device) for e in self.timeline.events}))
        return found[0]

    def flights(self, protocol: str, dst: str | None = None) -> list[Flight]:
        return [f for f in self.timeline.flights if f.packet.has(protocol) and dst in (None, f.dst)]

    def value(self, device: str, field: str, t: float | None = None) -> Any:
        moment = self.timeline.end if t is None else int(t * SECOND)
        return self.timeline.at(moment).value(device, field)


def lan(*script: str, **more: Any) -> Lab:
    """Three machines on a switch: a, b (serves port 80), c."""
    return Lab(LAN, LAN_LINKS, *script, **more)


def nat(*script: str, fields: str = "input: accept", **more: Any) -> Lab:
    """Two VMs behind a NAT router, a web server outside."""
    return Lab(NAT % fields, NAT_LINKS, *script, **more)
