"""A Frame: everything that may be seen at one moment, and nothing of the future."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from vizapp.scene.model import Reference, Thing
from vizapp.sim.packet import Packet
from vizapp.sim.timeline import Event, Flight, Timeline

FAILED = "failed"  # field of every device: True while it is down
CUT = "cut"  # field of every link: True while it is cut
LOSS, DUPLICATE = "loss", "duplicate"  # fields of every link: the share (0 to 1) of what it loses, or doubles
DELAY = "delay"  # field of every link: true ns that it adds
HUNG, SLOW = "hung", "slow"  # fields of what runs programs: True while they stand still; its words
IMPAIRED = "impaired"  # the same in one: the words of the worse of the two
STANDS = "stands"  # field of every thing that may be absent: whether it is there
APART = "apart"  # field of every thing: those from which it is kept
SET = "set "  # before the name of a live field: what it was set to; None: as it was written


class InFlight(NamedTuple):
    """A packet on its way, as far as one can see it: how far it is, not how it will end. progress: 0..1."""

    id: int
    packet: Packet
    link: str
    src: str
    dst: str
    departs: int
    progress: float
    owner: str


def _under_way(flight: Flight, t: int) -> InFlight:
    gone = (t - flight.departs) / (flight.arrives - flight.departs)
    return InFlight(flight.id, flight.packet, flight.link, flight.src, flight.dst, flight.departs, gone, flight.owner)


class Frame:
    """The moment `t` (true ns) of a timeline, read on demand; it never writes."""

    __slots__ = ("t", "timeline")

    def __init__(self, timeline: Timeline, t: int) -> None:
        self.timeline = timeline
        self.t = t

    def value(self, device: str, name: str, default: Any = None) -> Any:
        """The recorded value in force; `default` before the first."""
        track = self.timeline.tracks.get((device, name))
        if track is None:
            return default
        index = track.index(self.t)
        return track.values[index] if index >= 0 else default

    def since(self, device: str, name: str) -> int | None:
        """True ns since which the value holds; of what changed unseen, as if it had always been so."""
        track = self.timeline.tracks.get((device, name))
        index = track.index(self.t) if track else -1
        if track is None or index < 0:
            return None
        return 0 if track.times[index] in self.timeline.unseen else track.times[index]

    def before(self, device: str, name: str, default: Any = None) -> Any:
        """The value that the present one replaced."""
        track = self.timeline.tracks.get((device, name))
        index = track.index(self.t) - 1 if track else -1
        return track.values[index] if track and index >= 0 else default

    def live(self, thing: Thing, name: str) -> Any:
        """A live field of a thing: as it was `set`, else as it was written, or as the setting that it follows."""
        value = self.value(thing.id, SET + name)
        value = thing.fields.get(name) if value is None else value
        return self.value("", value.setting) if isinstance(value, Reference) else value

    def failed(self, device: str) -> bool:
        return self.value(device, FAILED, False) is True

    def absent(self, things: Iterable[str]) -> frozenset[str]:
        """Those of the things that are not there."""
        return frozenset(name for name in things if self.value(name, STANDS, True) is False)

    def cut(self, link: str) -> bool:
        return self.value(link, CUT, False) is True

    def flights(self) -> list[InFlight]:
        """What is under way at `t`; it arrives later, so there is always a share of the way to tell."""
        return [_under_way(flight, self.t) for flight in self.timeline.in_flight(self.t)]

    def crowd(self, least: int = 0) -> Iterator[tuple[tuple[str, str], int, float]]:
        """((port, port), request, progress) of the crowd under way; shorter hops are drawn out to `least` ns."""
        crowd = self.timeline.crowd
        for row, progress in crowd.in_flight(self.t, least):
            yield crowd.routes[crowd.route[row]], crowd.request[row], progress

    def ended_after(self, t: int, most: int | None = None) -> list[Flight]:
        """Flights that ended after `t` and up to now, in order of departure; at most that many, the last to depart."""
        now, flights, latest = self.t, self.timeline.flights, self.timeline.latest
        found: list[Flight] = []
        for index in range(bisect_right(self.timeline.departs, now) - 1, -1, -1):
            if latest[index] < t or len(found) == most:
                break
            flight = flights[index]
            if flight.ended is not None and t < flight.ended <= now:
                found.append(flight)
        found.reverse()
        return found

    def departed(self, most: int) -> list[Flight]:
        """The latest flights that set off up to now, at most `most` of them, in order of departure."""
        last = bisect_right(self.timeline.departs, self.t)
        return self.timeline.flights[max(0, last - most) : last]

    def events(self) -> list[Event]:
        """Everything that happened so far."""
        return self.timeline.events[: self.timeline.events_until(self.t)]

    def events_after(self, t: int) -> list[Event]:
        """What happened after `t` and up to now."""
        return self.timeline.events[self.timeline.events_until(t) : self.timeline.events_until(self.t)]

    def freeze(self) -> Mapping[str, Any]:
        """The whole frame as plain data, for comparing two runs."""
        return {
            "t": self.t,
            "values": {key: (self.value(*key), self.since(*key)) for key in sorted(self.timeline.tracks)
                       if self.since(*key) is not None},
            "flights": [(f.id, f.packet.headers(), f.src, f.dst, f.progress) for f in self.flights()],
            "crowd": list(self.crowd()),
            "events": [(e.id, e.t, e.name, e.device, e.cause, repr(e.details)) for e in self.events()],
        }  # fmt: skip
