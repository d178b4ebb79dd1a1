"""The Timeline: all that a run recorded. It is only ever added to, and looked up at any time."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from vizapp.sim.index import Index
from vizapp.sim.packet import Packet
from vizapp.sim.track import Crowd, Track

if TYPE_CHECKING:
    from vizapp.sim.frame import Frame


class Decision(NamedTuple):
    """What a device decided about a frame that reached it: a stable code with words (`why.CODE`), and the values that
    the sentence needs, as pairs."""

    code: str
    values: tuple[tuple[str, Any], ...] = ()


@dataclass(slots=True)
class Flight:
    """One hop of one packet, from port to port. Times are true ns; `arrives` is planned, `ended` what came of it.

    outcome: in_flight, delivered, ignored, dropped; reason: a stable code with words, for ignored and dropped.
    owner: the device on whose behalf the whole exchange began. decisions: of the device it reached, in order.
    """

    id: int
    packet: Packet
    cause: int
    link: str
    src: str
    dst: str
    departs: int
    arrives: int
    owner: str
    ended: int | None = None
    outcome: str = "in_flight"
    reason: str | None = None
    decisions: tuple[Decision, ...] = ()
    copy: bool = False  # the cable made it: its sender sent the packet once

    def outcome_at(self, t: int) -> str:
        return "in_flight" if self.ended is None or self.ended > t else self.outcome


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened at a device. cause: the id of the flight or event behind it; 0: the script itself."""

    id: int
    t: int
    name: str
    device: str
    cause: int
    owner: str
    details: dict[str, Any]


@dataclass(slots=True)
class Answers:
    """What came of each request, in order of its end: 23 bytes each. times: true ns; lasts: response time in ns.

    by: index in `servers` (the last one stands for nobody); result: index in `results`. given: how many servers were
    named before the first answer; others are known only once they have answered.
    """

    servers: list[str] = field(default_factory=list)
    results: list[str] = field(default_factory=list)
    times: array[int] = field(default_factory=lambda: array("q"))
    lasts: array[int] = field(default_factory=lambda: array("q"))
    by: array[int] = field(default_factory=lambda: array("H"))
    result: array[int] = field(default_factory=lambda: array("B"))
    request: array[int] = field(default_factory=lambda: array("I"))
    given: int = field(init=False)

    def __post_init__(self) -> None:
        self.given = len(self.servers)

    def add(self, t: int, lasts: int, server: str, result: str, request: int) -> None:
        self.times.append(t)
        self.lasts.append(lasts)
        self.by.append(_index(self.servers, server))
        self.result.append(_index(self.results, result))
        self.request.append(request)


def _index(names: list[str], name: str) -> int:
    if name not in names:
        names.append(name)
    return names.index(name)


class Timeline:
    """Tracks by (device, field), flights in order of departure, events in order of time; `end`: simulated up to here.

    `stopped` is the name of the event that says why the run stopped early (a runaway), else None.
    """

    def __init__(self) -> None:
        self.tracks: dict[tuple[str, str], Track] = {}
        self.flights: list[Flight] = []
        self.departs = array("q")
        self.latest = array("q")  # running maximum of planned arrivals: finds what is in flight without a tree
        self.events: list[Event] = []
        self.times = array("q")
        self.crowd = Crowd()
        self.answers: dict[str, Answers] = {}
        self.unseen: set[int] = set()  # true ns at which something was done that nothing tells of
        self.end = 0
        self.stopped: str | None = None
        self._index = Index(self)

    # recording (the world alone calls these)

    def add_flight(self, flight: Flight) -> None:
        self.flights.append(flight)
        self.departs.append(flight.departs)
        self.latest.append(max(flight.arrives, self.latest[-1] if self.latest else 0))

    def add_event(self, event: Event) -> None:
        self.events.append(event)
        self.times.append(event.t)

    def track(self, device: str, name: str, code: str = "") -> Track:
        """The track of a field, made at the first call; code: see `Track`."""
        key = (device, name)
        if key not in self.tracks:
            self.tracks[key] = Track(code)
        return self.tracks[key]

    # looking up

    def at(self, t: int) -> Frame:
        """The moment `t` (true ns), which knows nothing of what comes after."""
        from vizapp.sim.frame import Frame

        return Frame(self, min(t, self.end))

    def in_flight(self, t: int) -> list[Flight]:
        """Flights under way at `t`: departed, and neither arrived nor ended."""
        found: list[Flight] = []
        for index in range(bisect_right(self.departs, t) - 1, -1, -1):
            if self.latest[index] <= t:
                break
            flight = self.flights[index]
            if flight.arrives > t and (flight.ended is None or flight.ended > t):
                found.append(flight)
        found.reverse()
        return found

    def events_until(self, t: int) -> int:
        """How many events happened up to and at `t`."""
        return bisect_right(self.times, t)

    def by_id(self, number: int) -> Flight | Event | None:
        """The flight or event of that id (both are numbered together, each list in increasing order)."""
        for items in (self.events, self.flights):
            low, high = 0, len(items)
            while low < high:
                middle = (low + high) // 2
                if items[middle].id < number:
                    low = middle + 1
                else:
                    high = middle
            if low < len(items) and items[low].id == number:
                return items[low]
        return None

    @property
    def index(self) -> Index:
        """What belongs together, up to what is recorded by now."""
        return self._index.read()

    def causes(self, number: int) -> list[Flight | Event]:
        """The chain of causes from the first to the one of that id."""
        chain: list[Flight | Event] = []
        while number and (item := self.by_id(number)) is not None:
            chain.append(item)
            number = item.cause
        chain.reverse()
        return chain
