"""The journey of an instruction, a call or an I/O through the layers of a stack: where it has been, and where it is.

All that goes back to one act is one journey. It rests where its last hop ended while a layer deals with it, so one
always sees who has it. Derived from the flights and events up to the moment; nothing is remembered.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from vizapp.picture import motion
from vizapp.picture.stage import Point, Stage, Way
from vizapp.sim.frame import Frame, InFlight
from vizapp.sim.packet import Packet
from vizapp.sim.timeline import Event, Flight

LATEST = 60  # flights that are looked back at for what is under way


@dataclass(frozen=True, slots=True)
class Journey:
    """What one act set going. hops: its flights so far, with their lanes; part: how far the last one is.

    events: what came of it so far, in order of time.
    """

    hops: tuple[tuple[Flight, Way], ...]
    part: float
    events: tuple[Event, ...] = ()

    @property
    def packet(self) -> Packet:
        return self.hops[-1][0].packet

    @property
    def began(self) -> int:
        """True ns at which it set off."""
        return min(flight.departs for flight, _ in self.hops)

    @property
    def latest(self) -> int:
        """True ns of the last that is known of it."""
        return max([self.hops[-1][0].departs, *(event.t for event in self.events)])

    @property
    def under_way(self) -> bool:
        return self.part < 1.0

    @property
    def stops(self) -> tuple[str, ...]:
        """The devices that it has come to, in order; the one that it is on its way to is not among them."""
        found = [device(self.hops[0][0].src)]
        for flight, _ in self.hops[: -1 if self.under_way else None]:
            found += [end for end in (device(flight.src), device(flight.dst)) if end != found[-1]]
        return tuple(found)

    @property
    def holder(self) -> str:
        """The layer that acts now: where it is, or, on its way, the nearer end."""
        flight = self.hops[-1][0]
        return device(flight.dst if self.part >= 0.5 else flight.src)

    @property
    def point(self) -> Point:
        """Where it is."""
        flight, way = self.hops[-1]
        *_, last = course(flight, way, self.part)
        return last

    def courses(self) -> Iterator[tuple[Point, ...]]:
        """The corners of each hop, the last one as far as it is."""
        for flight, way in self.hops[:-1]:
            yield tuple(course(flight, way, 1.0))
        yield tuple(course(*self.hops[-1], self.part))


def device(port: str) -> str:
    return port.partition(".")[0]


def journeys(frame: Frame, stage: Stage) -> list[Journey]:
    """The journeys to be seen, in the order in which they began: one stays until the next begins. None where there are
    no lanes."""
    if not stage.laned:
        return []
    found = [_journey(hops, frame) for hops in _hops(frame, stage).values()]
    found.sort(key=lambda journey: journey.began)
    if not found:
        return []
    last = max(found[-1].began, _unsent(frame, found[-1].latest))
    return [journey for journey in found if journey.under_way or journey.latest >= last]


def _unsent(frame: Frame, after: int) -> int:
    """True ns at which something began since then that no layer has sent, and that has gone nowhere yet: an interrupt
    at the processor. 0: nothing did."""
    index = frame.timeline.index
    begun = (event.t for event in frame.events_after(after) if "instruction" in event.details
             and index.flight(event.cause) is None)  # fmt: skip
    return next(begun, 0)


def travels(flight: InFlight, stage: Stage) -> bool:
    """Whether it goes along a lane: seen as a token, not as a pill."""
    way = stage.ways.get(flight.link)
    return way is not None and way.lane


def _hops(frame: Frame, stage: Stage) -> dict[int, list[tuple[Flight, Way]]]:
    """The flights along lanes of what set off last, by what they go back to, in order of departure."""
    index, t = frame.timeline.index, frame.t
    origins = dict.fromkeys(index.origin(flight.id) for flight in frame.departed(LATEST))
    found = {}
    for origin in origins:
        gone = (each for each in index.together(origin) if each.departs <= t and each.outcome_at(t) != "dropped")
        hops = [(flight, way) for flight in gone if (way := stage.ways.get(flight.link)) is not None and way.lane]
        if hops:
            found[origin] = hops
    return found


def _journey(hops: list[tuple[Flight, Way]], frame: Frame) -> Journey:
    """Of several hops at once, the one that is under way is the last."""
    hops = sorted(hops, key=lambda hop: hop[0].outcome_at(frame.t) == "in_flight")
    flight = hops[-1][0]
    lasts = flight.arrives - flight.departs
    over = flight.outcome_at(frame.t) != "in_flight" or not lasts
    part = 1.0 if over else min((frame.t - flight.departs) / lasts, 1.0)
    index = frame.timeline.index
    events = {event.id: event for hop, _ in hops for event in index.events(hop.id) if event.t <= frame.t}
    return Journey(tuple(hops), part, tuple(events[number] for number in sorted(events)))


def course(flight: Flight, way: Way, part: float) -> Iterator[Point]:
    """The corners of a lane from where the flight started, up to `part` of the whole length."""
    points = way.points if flight.src == way.a else way.points[::-1]
    if part >= 1.0:
        yield from points
        return
    left = motion.ease(part) * sum(_far(a, b) for a, b in itertools.pairwise(points))
    yield points[0]
    for a, b in itertools.pairwise(points):
        length = _far(a, b)
        if length >= left:
            share = left / length if length else 0.0
            yield a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share
            return
        left -= length
        yield b


def _far(a: Point, b: Point) -> float:
    return abs(a[0] - b[0]) + abs(a[1] - b[1])  # lanes run across or down
