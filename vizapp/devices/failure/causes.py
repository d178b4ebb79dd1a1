"""What lies behind an item beyond the cause that it records: what did not happen, and what kept it from happening."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vizapp.devices.failure.attempt import BAD
from vizapp.devices.failure.explain import explain
from vizapp.devices.failure.explanation import Stop
from vizapp.scene.model import Scene
from vizapp.sim.chain import Item
from vizapp.sim.frame import CUT, FAILED, HUNG, LOSS
from vizapp.sim.timeline import Event, Flight, Timeline

BROKEN = {"link-cut": CUT, "lost": LOSS, "device-failed": FAILED, "powered-off": "powered"}
"""Reasons for which a packet is lost: the field that says since when that is so."""
REPAIRS = ("act.restore", "act.mend", "act.heal", "act.resume", "act.start", "act.boot")
"""Acts that may bring a service back."""
SILENT = (FAILED, HUNG)
"""Fields that say why a device says nothing."""


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
            yield self._known(item)
        elif item.name == "outage.ended":
            yield self._returned(item)

    def _lost(self, hop: Flight) -> Iterator[int]:
        """A packet that was lost: what broke the cable, or the device that it came to."""
        field = BROKEN.get(hop.reason or "")
        if field is not None and hop.ended is not None:
            where = hop.link if field in (CUT, LOSS) else hop.dst.partition(".")[0]
            yield self._change(where, field, hop.ended)
        elif hop.reason == "partition":
            yield self._parted(hop)

    def _parted(self, hop: Flight) -> int:
        """The act that keeps what one thing made from entering another."""
        ends = hop.packet.origin, hop.dst.partition(".")[0]
        seen = self.timeline.events[: self.timeline.events_until(hop.ended or hop.arrives)]
        return next((event.id for event in reversed(seen) if event.name == "act.partition"
                     and self._between(event.details["args"], ends)), 0)  # fmt: skip

    def _between(self, named: Sequence[str], ends: tuple[str, str]) -> bool:
        """Whether a partition of the named things lies between two devices."""
        groups = [self._inside(name) for name in named]
        return any(one in groups[0] and other in groups[1] for one, other in (ends, ends[::-1]))

    def _inside(self, name: str) -> frozenset[str]:
        children = self.scene.things[name].children
        return frozenset({name}.union(*(self._inside(child) for child in children)))

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
            yield from (hop.id for hop in hops if hop.outcome_at(min(found.stop.t, event.t)) != "in_flight"
                        and (hop.outcome != "dropped" or _meant(hop, found.stop)))  # fmt: skip
        if found is not None:
            frame = self.timeline.at(event.t)
            yield from (self._change(found.stop.device, field, event.t) for field in SILENT
                        if frame.value(found.stop.device, field) is True)  # fmt: skip

    def _returned(self, event: Event) -> int:
        """A service that answers again: what brought it back, the last repair, or that its machine took over."""
        away = self.timeline.events[self.timeline.events_until(event.details["since"]) :]
        before = (each for each in away if each.id < event.id)
        taken = "vrrp.active", event.details.get("to")
        back = [each.id for each in before if each.name in REPAIRS or (each.name, each.device) == taken]
        return back[-1] if back else 0

    def _known(self, event: Event) -> int:
        """An entry that is checked again: when it was learned."""
        events = self.timeline.events[: self.timeline.events_until(event.t)]
        return next((e.id for e in reversed(events) if e.name == "arp.learned" and e.device == event.device
                     and e.details.get("ip") == event.details.get("ip")), 0)  # fmt: skip


def _meant(hop: Flight, stop: Stop) -> bool:
    """Whether a lost hop is the one where a packet ended, and not that of a copy which went elsewhere."""
    return hop.link == stop.link or hop.dst.partition(".")[0] in (stop.device, hop.packet.to)
