"""Why nobody answers an ARP request: nobody has the address, it is elsewhere, something is off, down or cut."""

from __future__ import annotations

from dataclasses import dataclass

from vizapp.devices.failure.explanation import Said, Stop
from vizapp.devices.failure.fate import device_of
from vizapp.devices.failure.tables import Held, Tables
from vizapp.protocols.arp import Arp
from vizapp.sim.timeline import Flight, Timeline

ON_A_CABLE = {"link-cut": "explain.cut", "lost": "explain.question-lost", "partition": "explain.question-parted"}
"""Reasons for which a question never reached the next device, and what is said of it."""


@dataclass(frozen=True, slots=True)
class Silence:
    """Looks at questions that were asked from true ns `since` to `until`, and at the tables at the end of it."""

    timeline: Timeline
    tables: Tables
    since: int
    until: int

    def why(self, device: str, port: str, ip: str) -> tuple[Said, Stop]:
        """Why `device`, which asks by that port who has `ip`, hears nothing, and where the question ended."""
        owners = [held for held in self.tables.owners(ip) if device_of(held.port) != device]
        segment = self.tables.segment(port)
        near = [held for held in owners if held.port in segment]
        asked = self._asked(device, ip)
        packet = asked[0].packet.id if asked else None
        here = Stop(device, asked[0].departs if asked else self.until, packet=packet)
        if not owners:
            shared = self.tables.sharing(ip)
            return Said("explain.nobody-shared" if shared else "explain.nobody", {"ip": ip, "devices": shared}), here
        if not near:
            return Said("explain.elsewhere", {"owner": device_of(owners[0].port)}), here
        obstacle = next((found for hop in asked if (found := self._obstacle(hop, near[0])) is not None), None)
        return obstacle or self._answer(near[0], device) or (self._owner(near[0]), here)

    def _asked(self, device: str, ip: str) -> list[Flight]:
        """The hops of its ARP requests about that address, those of the last one first."""
        found = [f for f in self.timeline.flights if f.packet.name == "ARP request" and f.packet.origin == device
                 and f.departs <= self.until and _about(f, ip)]  # fmt: skip
        fresh = [flight for flight in found if flight.departs >= self.since]
        return sorted(fresh or found[-1:], key=lambda flight: (-flight.packet.id, flight.departs))

    def _obstacle(self, hop: Flight, owner: Held) -> tuple[Said, Stop] | None:
        """What a lost copy of the question says, if it was on its way to the owner."""
        name, there = device_of(owner.port), device_of(hop.dst)
        if hop.outcome_at(self.until) != "dropped":
            return None
        said = ON_A_CABLE.get(hop.reason or "")
        stop = Stop(there, hop.ended or hop.arrives, hop.link if said else "", hop.packet.id)
        if owner.port not in self.tables.segment(hop.dst, hop.link):
            return None
        if said:
            return Said(said, {"link": hop.link, "owner": name}), stop
        if there == name:
            return self._owner(owner), stop
        return Said("explain.in-between-down", {"device": there, "owner": name}), stop

    def _answer(self, owner: Held, device: str) -> tuple[Said, Stop] | None:
        """The owner did answer, and a cable lost that."""
        name = device_of(owner.port)
        for hop in reversed(self.timeline.flights):
            if hop.departs < self.since:
                return None
            if hop.packet.name != "ARP reply" or hop.packet.origin != name or hop.packet.to != device:
                continue
            if hop.outcome_at(self.until) == "dropped" and hop.reason in ON_A_CABLE:
                stop = Stop(device_of(hop.dst), hop.ended or hop.arrives, hop.link, hop.packet.id)
                return Said("explain.answer-lost", {"owner": name, "link": hop.link}), stop
        return None

    def _owner(self, owner: Held) -> Said:
        name = device_of(owner.port)
        if self.tables.frame.failed(name):
            return Said("explain.owner-down", {"owner": name})
        return Said("explain.no-reply" if self.tables.runs(name) else "explain.owner-off", {"owner": name})


def _about(flight: Flight, ip: str) -> bool:
    return any(isinstance(layer, Arp) and layer.target_ip == ip for layer in flight.packet.layers)
