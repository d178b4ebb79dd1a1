"""What lies behind an item beyond the cause that it records: what did not happen, and what kept it from happening."""

from __future__ import annotations

from collections.abc import Iterator

from vizapp.devices.failure.attempt import BAD
from vizapp.devices.failure.explain import explain
from vizapp.scene.model import Scene
from vizapp.sim.chain import Item
from vizapp.sim.frame import CUT, FAILED
from vizapp.sim.timeline import Event, Flight, Timeline

BROKEN = {"link-cut": CUT, "device-failed": FAILED, "powered-off": "powered"}
"""Reasons for which a packet is lost: the field that says since when that is so."""


class Causes:
    """Looks at nothing after the item that it is asked about."""

    def __init__(self, scene: Scene, timeline: Timeline) -> None:
        self.scene, self.timeline = scene, timeline

    def behind(self, item: Item) -> Iterator[int]:
        """The ids of what led to an item; some may be 0, or later than it."""
        yield item.cause
        if isinstance(item, Flight):
            yield from self._lost(item)
        elif item.name.endswith(BAD):
            yield from self._unanswered(item)
        elif item.name == "arp.recheck":
            yield from self._known(item)

    def _lost(self, hop: Flight) -> Iterator[int]:
        """A packet that was lost: what broke the cable, or the device that it came to."""
        field = BROKEN.get(hop.reason or "")
        if field is not None and hop.ended is not None:
            where = hop.link if field == CUT else hop.dst.partition(".")[0]
            yield self._change(where, field, hop.ended)

    def _change(self, where: str, field: str, t: int) -> int:
        """The act at which a field got the value that it has at true ns `t`; 0 when it was always so."""
        since = self.timeline.at(t).since(where, field)
        events = self.timeline.events
        if since is None:
            return 0
        now = events[self.timeline.events_until(since - 1) : self.timeline.events_until(since)]
        return next((event.id for event in now if event.name.startswith("act.")), 0)

    def _unanswered(self, event: Event) -> Iterator[int]:
        """An attempt that failed: the packet that was lost on its way."""
        act = self.timeline.causes(event.id)[0]
        if not isinstance(act, Event) or not act.name.startswith("act."):
            return
        found = explain(self.scene, self.timeline, act, event.t)
        if found is not None and found.stop.packet is not None:
            hops = self.timeline.index.hops(found.stop.packet)
            yield from (hop.id for hop in hops if hop.ended is not None and hop.ended <= found.stop.t <= event.t)

    def _known(self, event: Event) -> Iterator[int]:
        """An entry that is checked again: when it was learned."""
        events = self.timeline.events[: self.timeline.events_until(event.t)]
        yield next((e.id for e in reversed(events) if e.name == "arp.learned" and e.device == event.device
                    and e.details.get("ip") == event.details.get("ip")), 0)  # fmt: skip
