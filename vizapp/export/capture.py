"""What a sniffer sees of a run, port by port, and which frames a step of the scene speaks of.

The sniffer sits between card and cable, as `tcpdump` does: it also sees what the card or the system then ignores. A
frame sent and lost on the way was seen where it left. A port with several cables is a bridge with an address of its
own, and its sniffer is on the bridge, which sees each frame once.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from heapq import heappop, heappush
from typing import NamedTuple

from vizapp.export.errors import ExportError
from vizapp.picture.sentences import fill
from vizapp.run import Moment, Run
from vizapp.scene.model import Port, Scene, Thing
from vizapp.scene.problems import suggestion
from vizapp.sim.timeline import Event, Flight, Timeline
from vizapp.sim.trail import ON_THE_CABLE
from vizapp.words import Words

NEVER_THERE = (*ON_THE_CABLE, "device-failed", "powered-off")  # why a frame reached nobody who could see it
REACTION = 1_000_000  # ns within which what happens at a device is about the frame that reached it


class Sighting(NamedTuple):
    """A frame at a port. t: true ns; inbound: it comes from the cable."""

    t: int
    port: str
    inbound: bool
    flight: Flight


def ports(run: Run) -> list[Port]:
    """The ports by which frames go: those of machines, switches and cards; none where there are only requests or
    instructions."""
    return [port for thing in run.scene.things.values() for port in thing.ports if _framed(run, thing)]


def _framed(run: Run, thing: Thing) -> bool:
    behaviour = run.kinds[thing.kind].behaviour
    return behaviour is not None and behaviour.has_frames(thing)


def peers(scene: Scene, port: Port) -> list[str]:
    """The devices at the other end of its cables."""
    ends = [end for link in scene.links for end in ((link.a, link.b), (link.b, link.a))]
    return list(dict.fromkeys(there.partition(".")[0] for here, there in ends if here == port.id))


def chosen(run: Run, names: Sequence[str]) -> list[Port]:
    """The ports of these names (`vm1.eth0`, or `vm1` for all of a device) in order of the scene; without a name, all.

    ExportError (status 1) when the scene has no frames, or a name is that of no port.
    """
    every = ports(run)
    if not every:
        raise ExportError("export.no-frames", 1, scene=run.scene.id)
    known = [*(port.id for port in every), *dict.fromkeys(port.device for port in every)]
    for name in names:
        if name not in known:
            raise _unknown(name, known[: len(every)], suggestion(name, known))
    return [port for port in every if not names or port.id in names or port.device in names]


def _unknown(name: str, known: Sequence[str], guess: str | None) -> ExportError:
    if guess is not None:
        return ExportError("export.unknown-interface-near", 1, name=name, guess=guess)
    return ExportError("export.unknown-interface", 1, name=name, known=", ".join(known))


def sightings(scene: Scene, timeline: Timeline, at: Collection[str], until: int) -> Iterator[Sighting]:
    """What is seen at the ports of these ids up to and at true ns `until`, in order of time."""
    cables = Counter(end for link in scene.links for end in (link.a, link.b))
    return _once(_passing(timeline, at, until), {port for port in at if cables[port] > 1})


def _passing(timeline: Timeline, at: Collection[str], until: int) -> Iterator[Sighting]:
    arriving: list[tuple[int, int, Flight]] = []
    for flight in timeline.flights:
        if flight.departs > until:
            break
        yield from _arrived(arriving, flight.departs)
        if flight.packet.layers[0].protocol != "ethernet" or not flight.link:
            continue
        without_carrier = flight.reason == "link-cut" and flight.ended == flight.departs
        if flight.src in at and not flight.copy and not without_carrier:
            yield Sighting(flight.departs, flight.src, False, flight)
        if flight.dst in at and flight.ended is not None and flight.reason not in NEVER_THERE:
            heappush(arriving, (flight.ended, flight.id, flight))
    yield from _arrived(arriving, until)


def _arrived(arriving: list[tuple[int, int, Flight]], until: int) -> Iterator[Sighting]:
    while arriving and arriving[0][0] <= until:
        t, _, flight = heappop(arriving)
        yield Sighting(t, flight.dst, True, flight)


def _once(seen: Iterator[Sighting], bridges: Collection[str]) -> Iterator[Sighting]:
    """What a bridge floods or passes from one of its cables to another leaves it no second time."""
    known: dict[str, set[int]] = {port: set() for port in bridges}
    for each in seen:
        frames, frame = known.get(each.port), id(each.flight.packet.layers)
        if frames is None or each.inbound or frame not in frames:
            yield each
        if frames is not None:
            frames.add(frame)


# what the steps say


def comments(run: Run, seen: Sequence[Sighting], at: Collection[str], until: int, words: Words) -> dict[int, list[str]]:
    """What steps say of frames, by the index in what was seen at the ports `at`: at the ends of the hop that a step
    speaks of or, where nobody listens there, at the first sighting of that packet."""
    said: dict[int, list[str]] = {}
    hops, packets = _index(seen)
    for number, moment in enumerate(run.steps):
        if moment.event is None or moment.event.t > until:
            continue
        flights = _spoken_of(run.timeline, moment.event)
        found = [index for flight in flights for index in hops.get(flight.id, ())]
        if not any(end in at for flight in flights for end in (flight.src, flight.dst)):
            found = [packets[flight.packet.id] for flight in flights if flight.packet.id in packets][:1]
        text = words("capture.step", n=number + 1, say=_say(run, number, moment, words))
        for index in found:
            said.setdefault(index, []).append(text)
    return said


def _index(seen: Sequence[Sighting]) -> tuple[dict[int, list[int]], dict[int, int]]:
    """Where each hop is in what was seen, and where each packet is for the first time."""
    hops: dict[int, list[int]] = {}
    packets: dict[int, int] = {}
    for index, each in enumerate(seen):
        hops.setdefault(each.flight.id, []).append(index)
        packets.setdefault(each.flight.packet.id, index)
    return hops, packets


def _say(run: Run, number: int, moment: Moment, words: Words) -> str:
    frame = run.frame(moment.t or 0)
    return fill(words.text(run.scene.steps[number].say), frame, run.scene, words)


def _spoken_of(timeline: Timeline, event: Event) -> list[Flight]:
    """The hops that the event sent off at once, or else the one whose arrival brought it about."""
    first, last = bisect_left(timeline.departs, event.t), bisect_right(timeline.departs, event.t)
    sent = [flight for flight in timeline.flights[first:last] if _leads(timeline, event, flight)]
    if sent:
        return sent
    causes = (each for each in reversed(timeline.causes(event.cause)) if isinstance(each, Flight))
    came = next(causes, None)
    recent = came is not None and came.ended is not None and event.t - came.ended <= REACTION
    return [came] if came is not None and recent else []


def _leads(timeline: Timeline, event: Event, flight: Flight) -> bool:
    """Whether the event is behind the flight, with nothing but other events of that moment between them."""
    cause = timeline.by_id(flight.cause)
    while isinstance(cause, Event) and cause.t == event.t:
        if cause is event:
            return True
        cause = timeline.by_id(cause.cause)
    return False
