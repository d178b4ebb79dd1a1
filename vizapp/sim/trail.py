"""The trail of a packet: the devices that it came to up to a moment, what each made of it, and what came of that."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vizapp.sim.frame import Frame
from vizapp.sim.index import Index
from vizapp.sim.packet import Packet
from vizapp.sim.timeline import Decision, Event, Flight, Timeline

MOST = 400  # hops that are told: a frame that goes round in circles has thousands
ON_THE_CABLE = ("link-cut", "no-cable", "lost", "partition")  # reasons for which a frame never reaches the other end


@dataclass(frozen=True, slots=True)
class Stop:
    """A device on the trail. number: its place, in order of time; before: that of the stop it came from.

    came: the hop that ended here, None where the packet was made. left: the hops by which it went on, several when it
    was flooded. events: what happened here because of it. answers: first hops of other packets sent because of it.
    waited: the hop of another packet (an ARP reply) that let it go on.
    """

    number: int
    device: str
    came: Flight | None
    left: tuple[Flight, ...] = ()
    events: tuple[Event, ...] = ()
    answers: tuple[Flight, ...] = ()
    waited: Flight | None = None
    before: int | None = None

    @property
    def made(self) -> bool:
        """Whether the packet was made here."""
        return self.came is None

    @property
    def lost(self) -> bool:
        """Whether it was lost on the cable that leads here: the device never saw it."""
        return self.came is not None and self.came.reason in ON_THE_CABLE

    @property
    def outcome(self) -> str:
        """made, delivered, ignored or dropped."""
        if self.came is None:
            return "dropped" if self.reason else "made"
        return "dropped" if self.reason and self.came.outcome == "delivered" else self.came.outcome

    @property
    def reason(self) -> str | None:
        """Why it ended here, as a code with words; also when the device gave it up after a while."""
        if self.came is not None and self.came.reason:
            return self.came.reason
        return self.given_up.details["reason"] if self.given_up is not None else None

    @property
    def given_up(self) -> Event | None:
        """The event with which the device threw it away, after having taken it."""
        return next((event for event in self.events if event.name == "ip.dropped" and not self.left), None)

    @property
    def decisions(self) -> tuple[Decision, ...]:
        return self.came.decisions if self.came is not None else ()

    @property
    def arrived(self) -> int:
        """True ns at which it came; where it was made, at which it left."""
        if self.came is not None:
            return self.came.ended or 0
        return self.left[0].departs if self.left else self.events[0].t if self.events else 0

    @property
    def moment(self) -> int:
        """True ns at which all that happened to it here is over: it has left, or ended."""
        if self.left:
            return self.left[0].departs
        return self.given_up.t if self.given_up is not None else self.arrived


@dataclass(frozen=True, slots=True)
class Trail:
    """stops: in order of time. flying: its hops under way. because: the hop of another packet that it goes back to.

    more: hops beyond the first `MOST`, which are not told.
    """

    packet: Packet
    stops: tuple[Stop, ...]
    flying: tuple[Flight, ...]
    because: Flight | None = None
    more: int = 0

    @property
    def hops(self) -> tuple[Flight, ...]:
        """Every hop so far, in order of departure within a stop."""
        return tuple(hop for stop in self.stops for hop in stop.left)

    def within(self, number: int, of: int) -> bool:
        """Whether a stop lies on a branch that begins at stop `of`."""
        place: int | None = number
        while place is not None and place > of:
            place = self.stops[place].before
        return place == of

    @property
    def last(self) -> Stop:
        return self.latest()

    def latest(self, of: int = 0) -> Stop:
        """Where it is, on the branch that begins at stop `of`: with whom it is meant for once it is there, else at the
        newest stop; not where a copy was ignored, if it is anywhere else. Of several, one that took it."""
        branch = [stop for stop in self.stops if self.within(stop.number, of)]
        meant = [stop for stop in branch if stop.outcome != "ignored"]
        there = [stop for stop in meant if stop.device == self.packet.to]
        return max(there or meant or branch, key=lambda stop: (stop.arrived, stop.outcome != "dropped", -stop.number))


def trail(frame: Frame, packet: int) -> Trail | None:
    """The trail of the packet of that number up to the frame's moment; None when it has not left yet."""
    index, t = frame.timeline.index, frame.t
    every = [hop for hop in index.hops(packet) if hop.departs <= t]
    if not every:
        return None
    hops = every[:MOST]
    ended = sorted((hop for hop in hops if hop.outcome_at(t) != "in_flight"), key=lambda hop: (hop.ended or 0, hop.id))
    arrivals = _Arrivals(ended, index)
    left: dict[int, list[Flight]] = {0: []}  # hops by the one that brought the packet to where they set off; 0: none
    before: dict[int, int] = {}  # number of the stop that a hop set off from
    numbers = {0: 0} | {hop.id: number for number, hop in enumerate(ended, 1)}
    for hop in hops:
        source = arrivals.source(hop)
        left.setdefault(source, []).append(hop)
        before[hop.id] = numbers[source]
    first = hops[0]
    stops = [_stop(0, first.src, None, tuple(left[0]), None, index, t)]
    for number, came in enumerate(ended, 1):
        stops.append(_stop(number, came.dst, came, tuple(left.get(came.id, ())), before[came.id], index, t))
    flying = tuple(hop for hop in hops if hop.outcome_at(t) == "in_flight")
    because = _flight(frame, index.root(first.packet.cause))
    return Trail(first.packet, tuple(stops), flying, because, len(every) - len(hops))


class _Arrivals:
    """The hops of a packet that came to a device, by device and in order of time."""

    def __init__(self, ended: Sequence[Flight], index: Index) -> None:
        self.index = index
        self.known = {came.id for came in ended}
        self.at: dict[str, list[Flight]] = {}
        for came in ended:
            if came.reason not in ON_THE_CABLE:
                self.at.setdefault(came.dst.partition(".")[0], []).append(came)

    def source(self, hop: Flight) -> int:
        """The id of the hop that brought the packet to where this one sets off; 0 where it was made.

        That is its cause, unless the packet had to wait for another one; then it is the last that came before."""
        root = self.index.root(hop.cause)
        if root in self.known:
            return root
        here = self.at.get(hop.src.partition(".")[0], [])
        place = bisect_right(here, hop.departs, key=lambda came: came.ended or 0)
        return here[place - 1].id if place else 0


def _stop(
    number: int, port: str, came: Flight | None, left: tuple[Flight, ...], before: int | None, index: Index, t: int
) -> Stop:
    device, packet = port.partition(".")[0], (came or left[0]).packet
    events = tuple(_events(device, came, left, index, packet.id, t))
    answers: tuple[Flight, ...] = ()
    if came is not None:
        answers = tuple(hop for hop in index.made(came.id) if hop.departs <= t and _at(hop.src, device))
    return Stop(number, device, came, left, events, answers, _waited(left, index), before)


def _at(port: str, device: str) -> bool:
    return port.partition(".")[0] == device


def _events(
    device: str, came: Flight | None, left: Sequence[Flight], index: Index, packet: int, t: int
) -> Iterator[Event]:
    """What happened at the device because the packet came, or so that it left; in order of time."""
    found = {event.id: event for event in index.naming(packet)}
    if came is not None:
        found |= {event.id: event for event in index.events(came.id)}
    for hop in left[:1]:
        found |= {event.id: event for event in index.leading(hop)}
    for number in sorted(found):
        event = found[number]
        if event.device == device and event.t <= t:
            yield event


def _waited(left: Sequence[Flight], index: Index) -> Flight | None:
    if not left:
        return None
    root = index.flight(left[0].cause)
    if root is None or root.packet.id == left[0].packet.id or root.id == index.root(left[0].packet.cause):
        return None
    return root


def _flight(frame: Frame, number: int) -> Flight | None:
    found = frame.timeline.by_id(number) if number else None
    return found if isinstance(found, Flight) else None


def packet_of(timeline: Timeline, event: Event) -> int | None:
    """The packet that an event is about: the one it names, or sent off, or else the one that came and brought it
    about; None when it is about none, as what the script or a person asked for."""
    named = event.details.get("packet")
    if isinstance(named, int) or event.name.startswith("act."):
        return named if isinstance(named, int) else None
    first, last = bisect_left(timeline.departs, event.t), bisect_right(timeline.departs, event.t)
    for hop in timeline.flights[first:last]:
        if hop.cause == event.id and _at(hop.src, event.device):
            return hop.packet.id
    came = timeline.index.flight(event.cause)
    return came.packet.id if came is not None and _at(came.dst, event.device) else None
