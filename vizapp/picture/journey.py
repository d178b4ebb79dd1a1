"""An instruction on its journey through the layers: a token where it is, and its trail along the lanes.

It rests where its last hop ended while a layer deals with it, so one always sees who has it. Derived from the flights
that have ended or are under way; nothing is remembered.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vizapp.picture import motion
from vizapp.picture.backdrop import node_radius
from vizapp.picture.colours import upon
from vizapp.picture.letter import pill
from vizapp.picture.measure import Face, advance, cap_height
from vizapp.picture.room import inside_of
from vizapp.picture.shapes import Icon, Label, Line, Rect, Shape
from vizapp.picture.stage import Area, Point, Stage, Way
from vizapp.picture.view import View
from vizapp.sim.frame import Frame, InFlight
from vizapp.sim.pace import Pace
from vizapp.sim.packet import Packet
from vizapp.sim.timeline import Event, Flight
from vizapp.words import Words

PROTOCOL = "instruction"
ICON = "instruction"
REST = 4.0  # show seconds for which it stays where its journey ended
LONGEST = 12  # hops of a journey that are drawn
LATEST = 60  # flights that are looked back at
NAME = Face(weight=600)


@dataclass(frozen=True, slots=True)
class Journey:
    """What one packet went through. hops: its flights so far, with their lanes; part: how far the last one is."""

    packet: Packet
    hops: tuple[tuple[Flight, Way], ...]
    part: float

    @property
    def under_way(self) -> bool:
        return self.part < 1.0

    @property
    def points(self) -> tuple[Point, ...]:
        """Its course up to where it is, from knob to knob."""
        found: list[Point] = []
        for index, (flight, way) in enumerate(self.hops):
            last = index == len(self.hops) - 1
            found += _course(_lane(flight, way), motion.ease(self.part) if last else 1.0)
        return tuple(found)


def journeys(frame: Frame, stage: Stage, show: float, pace: Pace, reduced: bool) -> list[tuple[Journey, float]]:
    """The journeys to be seen, each with its opacity; none where there are no lanes, or in a dense scene."""
    if pace.factor is not None or not stage.laned:
        return []
    found = []
    begun = _hops(frame, stage)
    for hops in begun.values():
        flight = hops[-1][0]
        ended = flight.ended is not None and flight.ended <= frame.t
        lasts = flight.arrives - flight.departs
        part = 1.0 if ended or not lasts else min((frame.t - flight.departs) / lasts, 1.0)
        opacity = 1.0
        if ended:
            since = max([flight.ended or 0, *(event.t for event in _after(frame, flight))])
            gone = pace.show_end(since) + REST
            later = [pace.show(other[0][0].departs) for other in begun.values() if other[0][0].departs > since]
            opacity = motion.fading(show - min([gone, *later]), motion.EASE, reduced)
        if opacity > 0:
            found.append((Journey(flight.packet, tuple(hops[-LONGEST:]), part), opacity))
    return found


def travels(flight: InFlight, stage: Stage) -> bool:
    """Whether it is an instruction on a lane: seen as a token, not as a pill."""
    way = stage.ways.get(flight.link)
    return way is not None and way.lane and flight.packet.protocol == PROTOCOL


def place(flight: InFlight, way: Way) -> Point:
    """Where its token is."""
    points = way.points if flight.src == way.a else way.points[::-1]
    *_, last = _course(points, motion.ease(flight.progress))
    return last


def _hops(frame: Frame, stage: Stage) -> dict[int, list[tuple[Flight, Way]]]:
    """The latest flights along lanes, by packet, in order of departure."""
    found: dict[int, list[tuple[Flight, Way]]] = {}
    for flight in frame.departed(LATEST):
        way = stage.ways.get(flight.link)
        dropped = flight.ended is not None and flight.ended <= frame.t and flight.outcome == "dropped"
        if way is not None and way.lane and flight.packet.protocol == PROTOCOL and not dropped:
            found.setdefault(flight.packet.id, []).append((flight, way))
    return found


def _after(frame: Frame, flight: Flight) -> Iterator[Event]:
    """What came of a flight that ended."""
    causes = {flight.id}
    for event in frame.events_after((flight.ended or 0) - 1):
        if event.cause in causes:
            causes.add(event.id)
            yield event


def _lane(flight: Flight, way: Way) -> tuple[Point, ...]:
    """The corners of a lane, from where the flight started."""
    return way.points if flight.src == way.a else way.points[::-1]


def _course(points: tuple[Point, ...], part: float) -> Iterator[Point]:
    """The corners up to `part` of the whole length."""
    if part >= 1.0:
        yield from points
        return
    left = part * sum(_far(a, b) for a, b in itertools.pairwise(points))
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


def drawn(shown: Sequence[tuple[Journey, float]], stage: Stage, view: View, words: Words) -> Iterator[Shape]:
    """The trails, then the tokens; a token at rest has its name beside it."""
    for journey, opacity in shown:
        yield from _trail(journey, stage, view, 0.9 * opacity)
    for journey, opacity in shown:
        yield from _token(journey, stage, view, words, opacity)


def _trail(journey: Journey, stage: Stage, view: View, opacity: float) -> Iterator[Shape]:
    theme, sizes = view.theme, stage.sizes
    of = f"packet:{journey.packet.id}"
    yield Line(journey.points, theme.accent, 2.0 * sizes.stroke, (), sizes.corner, opacity, of)
    radius = node_radius(stage)
    for x, y in dict.fromkeys(_lane(flight, way)[0] for flight, way in journey.hops):
        yield Rect(x - radius, y - radius, 2 * radius, 2 * radius, radius, theme.panel, theme.accent,
                   1.7 * sizes.stroke, (), opacity, of=of)  # fmt: skip


def _token(journey: Journey, stage: Stage, view: View, words: Words, opacity: float) -> Iterator[Shape]:
    theme, sizes = view.theme, stage.sizes
    x, y = journey.points[-1]
    of = f"packet:{journey.packet.id}"
    colour = theme.packet(PROTOCOL)
    radius = token_radius(stage)
    if not journey.under_way and sizes.texts:
        yield from _name(journey, x + 0.8 * radius, y, radius, stage, view, words, opacity)
    yield Rect(x - radius, y - radius, 2 * radius, 2 * radius, radius, colour, theme.panel, 1.2 * sizes.stroke, (),
               opacity, of=of, title=pill(journey.packet, words))  # fmt: skip
    side = 1.25 * radius
    yield Icon(x - side / 2, y - side / 2, side, ICON, upon(colour), opacity, of)


def token_radius(stage: Stage) -> float:
    """The radius of a token."""
    return (0.62 if stage.sizes.texts else 0.32) * max(stage.sizes.icon, 14)


def _name(
    journey: Journey, left: float, y: float, radius: float, stage: Stage, view: View, words: Words, opacity: float
) -> Iterator[Shape]:
    """What is being dealt with, behind the token, where the layer has room for it."""
    size = stage.sizes.pill
    text = treated(journey, words)
    w, h = advance(text, NAME, size) + radius + 0.8 * size, 1.6 * size
    box = stage.box_of(journey.hops[-1][0].dst)
    if box is None:
        return
    parts = inside_of(box)
    below = y + radius + 0.6 * h
    places = ((left, y), (left - 0.8 * radius, below), (left - 0.8 * radius, 2 * y - below))
    free = (at for at in places if not any(Area(at[0], at[1] - h / 2, w, h).meets(part) for part in parts))
    left, y = next(free, (left, -1.0))
    if not box.area.y < y - h / 2 < y + h / 2 < box.area.bottom:
        return
    colour = view.theme.packet(PROTOCOL)
    of = f"packet:{journey.packet.id}"
    yield Rect(left, y - h / 2, w, h, h / 2, view.theme.panel, colour, stage.sizes.stroke, (), opacity, of=of)
    base = y + cap_height(NAME, size) / 2
    yield Label(left + radius, base, text, size, view.theme.ink, 600, opacity=opacity, of=of)


def treated(journey: Journey, words: Words) -> str:
    """The name of the instruction itself, also when its packet is called after what became of it (`VM exit`)."""
    name = str(journey.packet.headers()[PROTOCOL].get("name", journey.packet.name))
    return name.replace("-", " ") if name else pill(journey.packet, words)
