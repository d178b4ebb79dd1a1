"""What is on its way: pills along the cables, the traces of what just passed, frames that fall, and the crowd."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from vizapp.picture import motion, room
from vizapp.picture.colours import mix, upon
from vizapp.picture.fallen import fallen, mended
from vizapp.picture.letter import pill
from vizapp.picture.measure import Face, advance, cap_height
from vizapp.picture.shapes import Dots, Label, Line, Pill, Rect, Shape
from vizapp.picture.stage import Area, Point, Stage, Way
from vizapp.picture.theme import Theme
from vizapp.picture.view import View
from vizapp.sim.frame import Frame, InFlight
from vizapp.sim.pace import Pace
from vizapp.sim.timeline import Flight
from vizapp.words import Words

NAME = Face(weight=600)
SHORT = 0.12  # show seconds: a flight shorter than that is seen by its trace alone
TRACE = 0.2  # show seconds that a request of a crowd is seen on each cable, at least
SECOND = 1_000_000_000
MOST = 60  # traces drawn at once
HIGH = 1.7  # em: the height of a pill
REST = 0.25  # show seconds that a followed packet stays at the door it reached
FILTERED = "not-my-mac"  # the reason of a frame that the card itself leaves out
TOGETHER = 40  # places on a cable that tell packets apart

Track = tuple[list[float], list[float], Callable[[float], None], Callable[[float], None], float, float]
"""Columns of places, what adds to the columns of dots, and how progress becomes an index: scale, start."""


@lru_cache(maxsize=512)
def pill_look(text: str, size: float, colour: str, ring: str) -> tuple[float, Rect, Label]:
    """Width of a packet's pill, its box and its name: the same objects each time, so that painters know them again."""
    w, high = pill_width(text, size), HIGH * size
    box = Rect(0.0, 0.0, w, high, high / 2, colour, ring, title=text)
    middle = high / 2 + cap_height(NAME, size) / 2
    return w, box, Label(w / 2, middle, text, size, upon(colour), 600, anchor="middle")


def pill_width(text: str, size: float) -> float:
    return advance(text, NAME, size) + 1.35 * size


def place(way: Way, flight: InFlight, half: float) -> Point:
    """Where a packet is on its way; its middle stays `half` away from both boxes where the way is long enough."""
    xs, ys = way.table
    index = _index(way.length, flight.progress, half, flight.src != way.a)
    return xs[index], ys[index]


def _index(length: float, progress: float, half: float, back: bool) -> int:
    """Which of the 1,025 points of a way that is."""
    part = (motion.ease(progress) - 0.5) * (1 - 2 * half / length) if length > 2 * half else 0.0
    return round(1024 * (0.5 - part if back else 0.5 + part))


def pills(
    flights: list[InFlight], opened: Sequence[InFlight], stage: Stage, view: View, words: Words
) -> Iterator[Shape]:
    """Packets as pills with their names; those at one place fan out. One wider than its cable is a dot, with the name
    beside the cable. opened: what has a card, which says the name."""
    theme, size = view.theme, stage.sizes.pill
    high = HIGH * size
    taken: dict[tuple[str, int], int] = {(each.link, round(each.progress * TOGETHER)): 0 for each in opened}
    told = {(each.link, each.packet.protocol, each.packet.name) for each in opened}
    beside: dict[str, list[Area]] = {}
    looks: dict[tuple[str, str], tuple[float, Rect, Label]] = {}
    ways = stage.ways.get
    for flight in flights:  # the hot loop of a scene with many packets
        way, packet = ways(flight.link), flight.packet
        if way is None:
            continue
        named = (packet.protocol, packet.name)
        if named not in looks:
            looks[named] = pill_look(pill(packet, words), size, theme.packet(packet.protocol), theme.panel)
        w, box, label = looks[named]
        of = f"packet:{packet.id}"
        if not stage.sizes.texts:
            yield _dot(way, flight, 0.3 * stage.sizes.icon, theme)
            continue
        half = high / 2 if way.upright else w / 2
        if 2 * half > way.length:
            yield _dot(way, flight, 0.42 * size, theme)
            if (way.id, *named) not in told:
                told.add((way.id, *named))
                area = room.close(stage, way, w, high, beside.setdefault(way.id, []))
                beside[way.id].append(area)
                yield Pill(area.x, area.y, box, label, of)
            continue
        x, y = place(way, flight, half)
        spot = (way.id, round(flight.progress * TOGETHER))
        crowd = taken[spot] = taken.get(spot, -1) + 1
        y += ((crowd + 1) // 2) * (1 if crowd % 2 else -1) * 1.12 * high
        yield Pill(x - w / 2, y - high / 2, box, label, of)


def _dot(way: Way, flight: InFlight, radius: float, theme: Theme) -> Rect:
    """A packet without its name."""
    x, y = place(way, flight, radius)
    return Rect(x - radius, y - radius, 2 * radius, 2 * radius, radius, theme.packet(flight.packet.protocol),
                theme.panel, 1.4, of=f"packet:{flight.packet.id}")  # fmt: skip


def resting(frame: Frame, flights: list[InFlight], view: View, show: float, pace: Pace) -> list[InFlight]:
    """Followed packets at the door that they just reached: so that one sees what a device is about to treat. They rest
    as long as the clock stands still there."""
    if pace.factor is not None:
        return []
    under_way = {flight.packet.id for flight in flights}
    arrived = [
        InFlight(f.id, f.packet, f.link, f.src, f.dst, f.departs, 1.0, f.owner)
        for f in frame.ended_after(pace.true(max(0.0, show - REST)) - 1, MOST)
        if (f.outcome == "delivered" or (f.outcome == "ignored" and f.reason != FILTERED and _stood(f, view, pace)))
        and f.packet.id not in under_way
        and show - pace.show_end(f.ended or 0) < REST
    ]
    sent = {(f.src.partition(".")[0], f.departs) for f in frame.departed(MOST)}
    return [flight for flight in arrived if view.followed(flight) and not _treated(flight, sent)]


def _treated(flight: InFlight, sent: set[tuple[str, int]]) -> bool:
    """Whether the device that a packet reached has sent something since then."""
    device = flight.dst.partition(".")[0]
    return any(by == device and departs > flight.departs for by, departs in sent)


def highlights(flights: list[InFlight], stage: Stage, theme: Theme) -> Iterator[Shape]:
    """The cables along which something followed goes."""
    for link in dict.fromkeys(flight.link for flight in flights):
        way = stage.ways.get(link)
        if way is not None:
            yield Line(way.points, theme.accent, 2.2 * stage.sizes.stroke, (), stage.sizes.corner, of=way.id)


def ended(
    frame: Frame, stage: Stage, view: View, words: Words, show: float, pace: Pace, signs: list[Area]
) -> Iterator[Shape]:
    """What just came to an end: a short trace, a grey fade of what was ignored, the fall of what was dropped.

    It lasts as long as the clock stands still there; what the card of a machine leaves out then says why. signs: the
    places of those that say why are added to it.
    """
    since = pace.true(max(0.0, show - max(motion.FALL, motion.TRACE)))
    lost: set[tuple[str, str | None]] = set()
    for flight in _gone(frame, since, pace):
        if flight.ended is None or mended(flight, frame):
            continue
        age = max(0.0, show - pace.show_end(flight.ended))
        way = stage.ways.get(flight.link)
        if flight.outcome == "dropped" or (flight.reason == FILTERED and _stood(flight, view, pace)):
            spot = (flight.link or flight.src, flight.reason)
            if spot not in lost:  # equal ones at one place are shown as one
                yield from fallen(flight, way, stage, view, words, age, signs)
            lost.add(spot)
        elif way is not None and age < motion.TRACE:
            yield from _trace(flight, way, stage, view.theme, age, pace)


def _stood(flight: Flight, view: View, pace: Pace) -> bool:
    """Whether the clock stands still at the end of a followed flight."""
    return view.followed(flight) and flight.ended is not None and pace.show_end(flight.ended) > pace.show(flight.ended)


def _gone(frame: Frame, since: int, pace: Pace) -> list[Flight]:
    """What ended since then and leaves a sign; in a dense scene, most of what arrived was seen on its way."""
    ended = frame.ended_after(since - 1, MOST)
    if pace.factor is None:
        return ended
    short = round(SHORT * SECOND * pace.factor)
    return [each for each in ended if each.outcome != "delivered" or (each.ended or 0) - each.departs <= short]


def _trace(flight: Flight, way: Way, stage: Stage, theme: Theme, age: float, pace: Pace) -> Iterator[Shape]:
    assert flight.ended is not None
    ignored = flight.outcome == "ignored"
    if not ignored and pace.show(flight.ended) - pace.show_end(flight.departs) > SHORT:
        return
    colour = theme.muted if ignored else theme.packet(flight.packet.protocol)
    opacity = 0.6 * motion.fading(age, motion.TRACE)
    of = f"packet:{flight.packet.id}"
    if not ignored:
        yield Line(way.points, colour, 2 * stage.sizes.stroke, (), stage.sizes.corner, opacity, of)
    x, y = way.points[-1] if flight.src == way.a else way.points[0]
    radius = (0.2 + 0.25 * age / motion.TRACE) * max(stage.sizes.icon, 16)
    yield Rect(x - radius, y - radius, 2 * radius, 2 * radius, radius, None, colour, 1.6, (), opacity, of=of)


def crowd(frame: Frame, stage: Stage, view: View, pace: Pace) -> Iterator[Shape]:
    """All requests under way, as one shape of dots per direction: those that come back are hollow. A hop too short to
    be seen is drawn out to `TRACE`."""
    least = round(TRACE * SECOND * (pace.factor or 0))
    columns: dict[bool, tuple[list[float], list[float]]] = {False: ([], []), True: ([], [])}
    rows: dict[tuple[str, str], Track] = {}
    for ports, _, progress in frame.crowd(least):  # the hot loop of a dense scene
        row = rows.get(ports)
        if row is None:
            row = rows[ports] = _track(stage, ports, columns)
        xs, ys, add_x, add_y, scale, start = row
        index = int(start + progress * scale)
        add_x(xs[index])
        add_y(ys[index])
    theme = view.theme
    radius = dot(stage)
    colour = theme.packet("http")
    for back, (left, top) in columns.items():
        if left:
            fill, ring = (mix(colour, theme.canvas, 0.72), colour) if back else (colour, theme.canvas)
            yield Dots(array("d", left), array("d", top), radius, fill, ring, title="HTTP")


def requests(frame: Frame, stage: Stage, view: View, words: Words) -> Iterator[Shape]:
    """Requests that are followed one by one, as pills that bear their number; those that come back are pale."""
    size, theme = stage.sizes.pill, view.theme
    high, colour = HIGH * size, theme.packet("http")
    for ports, number, progress in frame.crowd():
        way = stage.way_between(*ports)
        if way is None or not number:
            continue
        back = way.a.partition(".")[0] != ports[0].partition(".")[0]
        (xs, ys) = way.table
        text = words("request.back" if back else "request.there", n=number)
        w, box, label = pill_look(text, size, mix(colour, theme.canvas, 0.72) if back else colour, theme.canvas)
        index = _index(way.length, progress, w / 2, back)
        yield Pill(xs[index] - w / 2, ys[index] - high / 2, box, label)


def dot(stage: Stage) -> float:
    """The radius of a request in a crowd."""
    sizes = stage.sizes
    return 0.36 * sizes.pill if sizes.texts else 0.2 * sizes.pill if sizes.near else 3.0


def _track(stage: Stage, ports: tuple[str, str], columns: dict[bool, tuple[list[float], list[float]]]) -> Track:
    """The places of a route with where to put them; a route without a cable leads nowhere that is drawn."""
    table = _table(stage, *ports)
    if table is None:
        nowhere: list[float] = []
        return [0.0], [0.0], nowhere.append, nowhere.append, 0.0, 0.0
    xs, ys, back = table
    into = columns[back]
    return xs, ys, into[0].append, into[1].append, -1024.0 if back else 1024.0, 1024.0 if back else 0.0


def _table(stage: Stage, a: str, b: str) -> tuple[list[float], list[float], bool] | None:
    """The places along the cable between two ports, or two devices; and whether they are gone through backwards."""
    name = ("ports", a, b)
    if name not in stage.notes:
        found = stage.way_between(a, b)
        back = found is not None and found.a.partition(".")[0] != a.partition(".")[0]
        stage.notes[name] = None if found is None else (*found.table, back)
    return stage.notes[name]  # type: ignore[return-value]
