"""What became of a packet: how far it got and why no further, as its flights and the events about it record."""

from __future__ import annotations

from typing import Any, NamedTuple

from vizapp.protocols.ipv4 import Ipv4
from vizapp.sim.timeline import Event, Flight, Timeline
from vizapp.sim.trail import ON_THE_CABLE

HERE = ("for-me", "for-all", "raw-socket", "arp-asked", "arp-answered")  # decisions: the packet is where it was meant


class Fate(NamedTuple):
    """kind: arrived, lost (thrown away at `device`, or on the cable `link`), ignored (nobody took the frame), waiting
    (still under way at `device`). reason: a code, with the values that its sentence needs. t: true ns since which that
    is so. flight: its last hop."""

    kind: str
    t: int
    device: str
    flight: Flight
    reason: str = ""
    link: str = ""
    values: dict[str, Any] = {}  # noqa: RUF012  # never changed

    @property
    def same(self) -> tuple[str, str, str, str]:
        """What two packets that fared alike have in common."""
        return self.kind, self.device, self.reason, self.link


def device_of(port: str) -> str:
    return port.partition(".")[0]


def ends(flight: Flight) -> tuple[str, str]:
    """Source and destination address of the IP packet in it."""
    ip = next((layer for layer in flight.packet.layers if isinstance(layer, Ipv4)), None)
    return (ip.src, ip.dst) if ip is not None else ("", "")


def fate(timeline: Timeline, packet: int, until: int) -> Fate | None:
    """What became of the packet of that number by true ns `until`; None: it never left."""
    hops = [flight for flight in timeline.flights if flight.packet.id == packet and flight.departs <= until]
    if not hops:
        return None
    drop = _dropped(timeline, packet, until)
    arrived = next((hop for hop in hops if hop.outcome_at(until) != "in_flight" and _meant(hop)), None)
    if drop is not None:
        return _thrown(drop, hops)
    if arrived is not None:
        return _ended("arrived", arrived)
    lost = next((hop for hop in hops if hop.outcome_at(until) == "dropped"), None)
    if lost is not None:
        return _ended("lost", lost)
    flying = any(hop.outcome_at(until) == "in_flight" for hop in hops)
    passed = [hop for hop in hops if hop.outcome_at(until) == "delivered" and _routed(hop)]
    return _ended("waiting", passed[-1] if passed else hops[-1]) if flying or passed else _ended("ignored", hops[-1])


def _dropped(timeline: Timeline, packet: int, until: int) -> Event | None:
    """Some device's system threw it away, and said so."""
    events = timeline.events[: timeline.events_until(until)]
    return next((e for e in events if e.name == "ip.dropped" and e.details.get("packet") == packet), None)


def _meant(hop: Flight) -> bool:
    return any(decision.code in HERE for decision in hop.decisions)


def _routed(hop: Flight) -> bool:
    return any(decision.code.startswith("routed") for decision in hop.decisions)


def _thrown(event: Event, hops: list[Flight]) -> Fate:
    before = [hop for hop in hops if device_of(hop.dst) == event.device and hop.departs <= event.t]
    values = {key: value for key, value in event.details.items() if key != "reason"}
    return Fate("lost", event.t, event.device, (before or hops)[-1], str(event.details["reason"]), values=values)


def _ended(kind: str, hop: Flight) -> Fate:
    """The end of its way is the end of that hop."""
    values = dict(hop.decisions[-1].values) if hop.decisions else {}
    link = hop.link if hop.reason in ON_THE_CABLE else ""
    return Fate(kind, hop.ended or hop.arrives, device_of(hop.dst), hop, hop.reason or "", link, values)
