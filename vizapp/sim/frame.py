"""A Frame: everything that may be seen at one moment, and nothing of the future."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from vizapp.sim.packet import Packet
from vizapp.sim.timeline import Event, Flight, Timeline

FAILED = "failed"  # field of every device: True while it is down
CUT = "cut"  # field of every link: True while it is cut


@dataclass(frozen=True, slots=True)
class InFlight:
    """A packet on its way, as far as one can see it: how far it is, not how it will end. progress: 0..1."""

    id: int
    packet: Packet
    link: str
    src: str
    dst: str
    departs: int
    progress: float
    owner: str


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
        """True ns since which the value holds."""
        track = self.timeline.tracks.get((device, name))
        index = track.index(self.t) if track else -1
        return track.times[index] if track and index >= 0 else None

    def before(self, device: str, name: str, default: Any = None) -> Any:
        """The value that the present one replaced."""
        track = self.timeline.tracks.get((device, name))
        index = track.index(self.t) - 1 if track else -1
        return track.values[index] if track and index >= 0 else default

    def failed(self, device: str) -> bool:
        return self.value(device, FAILED, False) is True

    def cut(self, link: str) -> bool:
        return self.value(link, CUT, False) is True

    def flights(self) -> list[InFlight]:
        return [
            InFlight(f.id, f.packet, f.link, f.src, f.dst, f.departs, self._progress(f), f.owner)
            for f in self.timeline.in_flight(self.t)
        ]

    def _progress(self, flight: Flight) -> float:
        lasts = flight.arrives - flight.departs
        return (self.t - flight.departs) / lasts if lasts else 1.0

    def crowd(self, least: int = 0) -> Iterator[tuple[tuple[str, str], int, float]]:
        """((port, port), request, progress) of the crowd under way; shorter hops are drawn out to `least` ns."""
        crowd = self.timeline.crowd
        for row, progress in crowd.in_flight(self.t, least):
            yield crowd.routes[crowd.route[row]], crowd.request[row], progress

    def ended_after(self, t: int) -> list[Flight]:
        """Flights that ended after `t` and up to now, in order of departure."""
        timeline = self.timeline
        found: list[Flight] = []
        for index in range(bisect_right(timeline.departs, self.t) - 1, -1, -1):
            if timeline.latest[index] < t:
                break
            ended = timeline.flights[index].ended
            if ended is not None and t < ended <= self.t:
                found.append(timeline.flights[index])
        found.reverse()
        return found

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
