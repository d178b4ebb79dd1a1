"""How far a DHCP client's question got, where no address came of it."""

from __future__ import annotations

from vizapp.devices.failure.attempt import Attempt
from vizapp.devices.failure.fate import Fate, device_of, fate
from vizapp.protocols.ethernet import BROADCAST, Ethernet
from vizapp.sim.timeline import Event, Flight, Timeline


class Lease:
    """spent: a server had no address left. lost_offer: what a server sent never came. lost_question: the client's own
    message was lost before anybody could hear it. server: the hop by which a server heard it."""

    def __init__(self, timeline: Timeline, tried: Attempt, until: int) -> None:
        self.timeline, self.until = timeline, until
        made = [f for f in timeline.flights if f.id in tried.made and f.departs <= until and f.packet.has("dhcp")]
        asked = [flight for flight in made if flight.packet.origin == tried.device]
        events = timeline.events[: timeline.events_until(until)]
        self.spent: Event | None = next((e for e in events if e.id in tried.made and e.name == "dhcp.exhausted"), None)
        self.server: Flight | None = next((f for f in asked if any(d.code == "udp-socket" for d in f.decisions)), None)
        self.lost_offer = self._lost([flight for flight in made if flight.packet.origin != tried.device])
        self.lost_question = None if self.server else self._lost([f for f in asked if self._whole(f, tried.device)])

    def _lost(self, flights: list[Flight]) -> Fate | None:
        found = fate(self.timeline, flights[-1].packet.id, self.until) if flights else None
        return found if found is not None and found.kind != "arrived" else None

    def _whole(self, flight: Flight, client: str) -> bool:
        """Its loss is that of the message: a copy of a broadcast is one of many, unless it was the first hop."""
        frame = flight.packet.layers[0]
        unicast = isinstance(frame, Ethernet) and frame.eth_dst != BROADCAST
        return unicast or (flight.outcome_at(self.until) == "dropped" and device_of(flight.src) == client)
