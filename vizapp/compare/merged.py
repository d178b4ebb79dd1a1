"""One timeline for a comparison: what happened on any side, at the clock of the whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from vizapp.compare.pairing import Pairing
from vizapp.compare.side import Side
from vizapp.sim.pace import Pace
from vizapp.sim.packet import Packet
from vizapp.sim.timeline import Event, Flight, Timeline

STRIDE = 10_000_000  # between the numbers of packets of two sides: more than a run has


def merged(sides: Sequence[Side], pairing: Pairing, pace: Pace) -> Timeline:
    """Events and flights of all sides in order of time; of tracks and crowds nothing, which are looked up by side."""
    made = Timeline()
    for flight in sorted(_flights(sides, pairing, pace), key=lambda flight: flight.departs):
        made.add_flight(flight)
    for event in sorted(_events(sides, pairing, pace), key=lambda event: event.t):
        made.add_event(event)
    made.end = pace.true(pace.length)
    made.stopped = next((side.timeline.stopped for side in sides if side.timeline.stopped), None)
    return made


def numbered(side: int, packet: int) -> int:
    """The number by which a packet of a side is known in the whole."""
    return side * STRIDE + packet


def side_of(packet: int) -> tuple[int, int]:
    """The side of a packet of the whole, and its number there."""
    return divmod(packet, STRIDE)


def _flights(sides: Sequence[Side], pairing: Pairing, pace: Pace) -> Iterator[Flight]:
    for number, side in enumerate(sides):
        packets: dict[int, Packet] = {}
        for flight in side.timeline.flights:
            packet = packets.setdefault(flight.packet.id, replace(flight.packet, id=numbered(number, flight.packet.id)))
            departs = pace.true(pairing.whole(number, side.pace.show_end(flight.departs)))
            lasts = flight.arrives - flight.departs
            yield replace(flight, packet=packet, departs=departs, arrives=departs + lasts)


def _events(sides: Sequence[Side], pairing: Pairing, pace: Pace) -> Iterator[Event]:
    for number, side in enumerate(sides):
        for event in side.timeline.events:
            yield replace(event, t=pace.true(pairing.whole(number, side.pace.show(event.t))))
