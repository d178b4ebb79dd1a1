"""What belongs together in a run: the hops of each packet, what each hop brought about. Found once, as it grows."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vizapp.sim.timeline import Event, Flight, Timeline


class Index:
    """A timeline is only ever added to, so nothing is looked at twice."""

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline
        self._hops: dict[int, list[Flight]] = {}  # packet → its flights, in order of departure
        self._events: dict[int, list[Event]] = {}  # flight → events that go back to it
        self._made: dict[int, list[Flight]] = {}  # flight → first hops of the packets that go back to it
        self._named: dict[int, list[Event]] = {}  # packet → events that name it
        self._roots: dict[int, int] = {}  # event → the flight that it goes back to, 0: none
        self._origins: dict[int, int] = {}  # flight → the first one of all that goes back to the same act
        self._together: dict[int, list[Flight]] = {}  # that first one → all of them, in order of departure
        self._times: dict[str, array[int]] = {}  # name of events → when they happened
        self._flights_read = self._events_read = 0

    def read(self) -> Index:
        """Take in what is new; returns itself."""
        events, flights = self._timeline.events, self._timeline.flights
        for event in events[self._events_read :]:
            root = self._roots[event.id] = self.root(event.cause)
            self._events.setdefault(root, []).append(event)
            self._times.setdefault(event.name, array("q")).append(event.t)
            packet = event.details.get("packet")
            if isinstance(packet, int):
                self._named.setdefault(packet, []).append(event)
        self._events_read = len(events)
        for flight in flights[self._flights_read :]:
            before = self.root(flight.cause)
            origin = self._origins[flight.id] = self._origins.get(before, flight.id)
            self._together.setdefault(origin, []).append(flight)
            hops = self._hops.setdefault(flight.packet.id, [])
            if not hops:
                self._made.setdefault(self.root(flight.packet.cause), []).append(flight)
            hops.append(flight)
        self._flights_read = len(flights)
        return self

    def root(self, cause: int) -> int:
        """The flight that a cause goes back to: itself, or that of the event it is; 0 when a person or the script
        began it."""
        return self._roots.get(cause, cause)

    def flight(self, cause: int) -> Flight | None:
        """The flight that a cause goes back to."""
        found = self._timeline.by_id(self.root(cause)) if cause else None
        return found if hasattr(found, "departs") else None  # type: ignore[return-value]

    def origin(self, flight: int) -> int:
        """The first flight of all that goes back to what the script or a person asked for: itself, or an older one."""
        return self._origins.get(flight, flight)

    def together(self, origin: int) -> Sequence[Flight]:
        """All that goes back to the same act as that first flight, in order of departure."""
        return self._together.get(origin, ())

    def count(self, name: str, t: int) -> int:
        """How many events of that name happened up to `t` (true ns)."""
        return bisect_right(self._times.get(name, ()), t)

    def leading(self, hop: Flight) -> list[Event]:
        """The events with which a hop set off, the last one first; also what the script or a person had asked for."""
        found: list[Event] = []
        cause = hop.cause
        while cause in self._roots:
            event: Event = self._timeline.by_id(cause)  # type: ignore[assignment]
            if event.t < hop.departs and not event.name.startswith("act."):
                break
            found.append(event)
            cause = event.cause
        return found

    def hops(self, packet: int) -> Sequence[Flight]:
        """The flights of a packet, copies of it included, in order of departure."""
        return self._hops.get(packet, ())

    def events(self, flight: int) -> Sequence[Event]:
        """What a hop brought about, in order of time."""
        return self._events.get(flight, ())

    def made(self, flight: int) -> Sequence[Flight]:
        """The first hops of the packets that a hop brought about."""
        return self._made.get(flight, ())

    def naming(self, packet: int) -> Sequence[Event]:
        """The events that name the packet."""
        return self._named.get(packet, ())
