"""Frames that were dropped, or that a card ignored: where each ended, with the reason; what is lost is crossed out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vizapp.picture import motion, room
from vizapp.picture.backdrop import lit, strength
from vizapp.picture.card import attached
from vizapp.picture.colours import mix, upon
from vizapp.picture.letter import pill
from vizapp.picture.measure import Face, advance, cap_height, wrap
from vizapp.picture.shapes import Icon, Label, Line, Rect, Shape
from vizapp.picture.stage import Area, Box, Point, Stage, Way
from vizapp.picture.theme import Theme
from vizapp.picture.view import View
from vizapp.sim.frame import CUT, FAILED, Frame
from vizapp.sim.timeline import Flight
from vizapp.words import Words

NAME, WHY = Face(weight=600), Face(weight=500)
HIGH = 1.7  # em: the height of a packet's pill
WIDEST = 15.0  # em: a longer reason takes two lines
FALL = 0.9  # em: how far it falls while it fades
HELD = 0.9  # show seconds before it fades
FAINT = 0.4  # opacity below which it could not be read: it would be a ghost
MENDED = {"device-failed": FAILED, "link-cut": CUT}  # the field that tells whether a reason still holds


@dataclass(frozen=True, slots=True)
class Sign:
    """What stands for a dropped frame, measured: its pill above the lines of its reason."""

    packet: str  # what a picker calls it
    text: str
    why: tuple[str, ...]
    colour: str
    size: float
    lost: bool  # dropped, not just ignored

    @property
    def pill(self) -> float:
        return advance(self.text, NAME, self.size) + 1.35 * self.size

    @property
    def w(self) -> float:
        return max(self.pill + 1.8 * self.size, max(self.wide, default=0.0) + 1.2 * self.size)

    @property
    def wide(self) -> list[float]:
        return [advance(line, WHY, self.size) for line in self.why]

    @property
    def h(self) -> float:
        return (HIGH + (0.55 + 1.3 * len(self.why) if self.why else 0.0)) * self.size


def fallen(
    flight: Flight, way: Way | None, stage: Stage, view: View, words: Words, age: float, taken: list[Area]
) -> Iterator[Shape]:
    """A dropped frame, crossed, says why; it falls a little and fades. taken: where others stand; it adds its own."""
    box = _dropping(flight, stage)
    opacity = _opacity(box, stage, view, age)
    if opacity < FAINT or not stage.sizes.texts:
        return
    made = _sign(flight, stage, view, words)
    area = _area(made, flight, way, box, stage, view, taken)
    taken.append(area)
    if box is not None and made.lost:
        yield from attached(stage, area, box.id, view.theme.bad, view.theme, opacity)
    elif made.lost:
        yield from _tied(area, _end(flight, way, stage), made, stage, view.theme, opacity)
    fall = 0.0 if view.reduced_motion or not made.lost else FALL * made.size * (age / motion.FALL) ** 2
    yield from _drawn(made, area.middle[0], area.y + fall, view.theme, opacity)


def mended(flight: Flight, frame: Frame) -> bool:
    """Whether what a frame was lost by has been repaired since: its sign would tell of what is no more."""
    field = MENDED.get(flight.reason or "")
    if field is None or flight.ended is None:
        return False
    name = flight.link if field == CUT else flight.dst.partition(".")[0]
    return frame.value(name, field) is False and (frame.since(name, field) or 0) > flight.ended


def _opacity(box: Box | None, stage: Stage, view: View, age: float) -> float:
    """How bright its sign is after `age` show seconds: at a device out of focus it is dimmed."""
    dim = 1.0 if box is None else strength(box.id, lit(stage, view.focus))
    return dim * motion.fading(max(0.0, age - HELD), motion.FALL - HELD, view.reduced_motion)


def _sign(flight: Flight, stage: Stage, view: View, words: Words) -> Sign:
    size = stage.sizes.pill
    why = words(f"reason.{flight.reason}") if flight.reason else ""
    lines = tuple(_lines(why, size)) if why else ()
    colour = mix(view.theme.packet(flight.packet.protocol), view.theme.muted, 0.6)
    return Sign(f"packet:{flight.packet.id}", pill(flight.packet, words), lines, colour, size,
                flight.outcome == "dropped")  # fmt: skip


def _lines(why: str, size: float) -> list[str]:
    """A reason on one line, or on lines of much the same length."""
    lines = max(1, round(advance(why, WHY, size) / (WIDEST * size) + 0.4))
    return wrap(why, WHY, size, 1.15 * advance(why, WHY, size) / lines)


def _dropping(flight: Flight, stage: Stage) -> Box | None:
    """The box of the device that dropped it; None when it was lost on the way."""
    box = stage.box_of(flight.dst)
    return box if box is not None and not box.container and flight.ended == flight.arrives else None


def _area(
    made: Sign, flight: Flight, way: Way | None, box: Box | None, stage: Stage, view: View, taken: list[Area]
) -> Area:
    """Beside the device that dropped it, or beside the place on the cable where it was lost."""
    h = made.h + FALL * made.size
    if not made.lost and way is not None:
        return room.beside(stage, view.focus, way, made.w, made.h, taken)
    if box is not None:
        known = [*taken, stage.tabled] if view.table and stage.tabled else taken
        return room.around(stage, view.focus, box.id, made.w, h, known)
    x, y = _end(flight, way, stage)
    place = Area(x, y, 0.0, 0.0).grown(0.5 * made.size)
    return room.near(stage, view.focus, place, () if way is None else (way,), made.w, h, taken)


def _tied(area: Area, end: Point, made: Sign, stage: Stage, theme: Theme, opacity: float) -> Iterator[Shape]:
    """A dotted line to the place on the cable where it was lost."""
    edge = room.leader(area, *end)
    far = abs(edge[0] - end[0]) + abs(edge[1] - end[1]) > 1.2 * made.size
    if far and not any(room.crosses(end, edge, each) for each in room.written(stage, ())):
        colour = mix(theme.bad, theme.panel, 0.35)
        yield Line((end, edge), colour, stage.sizes.stroke, (3.0, 3.0), 0.0, opacity, made.packet)


def _end(flight: Flight, way: Way | None, stage: Stage) -> Point:
    """Where a flight came to its end."""
    if way is None:
        box = stage.box_of(flight.src)
        return (box.area.middle[0], box.area.bottom) if box else (stage.size[0] / 2, stage.size[1] / 2)
    lasts = flight.arrives - flight.departs
    part = (flight.ended - flight.departs) / lasts if lasts and flight.ended is not None else 0.5
    if flight.reason == "link-cut":
        part = min(max(part, 0.3), 0.5)
    return way.at(part if flight.src == way.a else 1.0 - part)


def _drawn(made: Sign, x: float, y: float, theme: Theme, opacity: float) -> Iterator[Shape]:
    """The sign with the middle of its upper edge at (x, y)."""
    size, of, w, why = made.size, made.packet, made.pill, " ".join(made.why)
    high, side = HIGH * size, 1.25 * size
    edge = theme.bad if made.lost else theme.muted
    yield Rect(x - w / 2, y, w, high, high / 2, made.colour, edge, 1.8, (), opacity, of=of, title=why)
    base = y + high / 2 + cap_height(NAME, size) / 2
    yield Label(x, base, made.text, size, upon(made.colour), 600, anchor="middle", opacity=opacity, of=of)
    if made.lost:
        yield Rect(x + w / 2 - 0.6 * side, y - 0.4 * side, side, side, side / 2, theme.panel, theme.bad, 1.2, (),
                   opacity, of=of)  # fmt: skip
        yield Icon(x + w / 2 - 0.45 * side, y - 0.25 * side, 0.7 * side, "cross", theme.bad, opacity, of)
    if not made.why:
        return
    red, wide, top = theme.roles["failed"], max(made.wide) + 1.2 * size, y + high + 0.25 * size
    fill, ink = (red.fill, red.text) if made.lost else (theme.hairline, theme.ink)
    yield Rect(x - wide / 2, top, wide, (0.3 + 1.3 * len(made.why)) * size, 0.4 * size, fill, None, 0, (), opacity,
               of=of)  # fmt: skip
    base = top + 0.8 * size + cap_height(NAME, size) / 2
    for line in made.why:
        yield Label(x, base, line, size, ink, 500, anchor="middle", opacity=opacity, of=of)
        base += 1.3 * size
