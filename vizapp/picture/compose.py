"""Compose: a moment of a run, looked at in one way, as a Picture. It reads and never writes.

Layers from the back: what stays (boxes, cables), values on faces, what moves (glow, rings, packets), what lies on top
(cards, table, caption). The first two are the same objects from frame to frame while nothing in them changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import hypot

from vizapp.picture import (
    band,
    chained,
    counted,
    inset,
    journey,
    layered,
    motion,
    packets,
    room,
    sentences,
    spine,
    status,
    streams,
    table,
)
from vizapp.picture import card as cards
from vizapp.picture.ailments import ailments
from vizapp.picture.backdrop import backdrop
from vizapp.picture.chained import halo
from vizapp.picture.kinds import kind_of
from vizapp.picture.letter import letter, rewriting, rewritten
from vizapp.picture.measure import Face, advance, cap_height, wrap
from vizapp.picture.plugs import plugs
from vizapp.picture.shapes import Label, Layer, Line, Picture, Rect, Shape
from vizapp.picture.stage import Area, Stage, Way
from vizapp.picture.theme import Theme
from vizapp.picture.values import values
from vizapp.picture.view import View
from vizapp.picture.wake import wake
from vizapp.scene.model import Scene
from vizapp.scene.vocabulary import Kind
from vizapp.sim.frame import Frame, InFlight
from vizapp.sim.match import follows_requests
from vizapp.sim.pace import Pace
from vizapp.sim.timeline import Event, Flight
from vizapp.words import Words, words

OPEN = 2  # cards open at once; other packets stay pills
BAR = "#1E2438"  # the caption's bar, on light themes


@dataclass(frozen=True, slots=True)
class _Sight:
    """What is looked at, and how. show: the show second that the clock stands at."""

    scene: Scene
    kinds: Mapping[str, Kind]
    frame: Frame
    stage: Stage
    view: View
    show: float
    pace: Pace

    @property
    def words(self) -> Words:
        return words(self.view.lang)


def compose(
    scene: Scene, kinds: Mapping[str, Kind], frame: Frame, stage: Stage, view: View, show: float, pace: Pace
) -> Picture:
    """The picture of `frame` on `stage`; show: the show second that the clock stands at."""
    said = words(view.lang)
    still, failed, _ = backdrop(scene, frame, stage, view)
    layers = [still]
    if stage.sizes.texts or stage.sizes.near:
        layers.append(values(frame, stage, view, said, failed))
        ailing = ailments(scene, frame, stage, view, said)
        layers += [ailing] if ailing is not None else []
    held = _held(frame, stage, show, pace)
    flights = [flight for flight in frame.flights() if held is None or flight.progress > 0]
    if held is None and not stage.laned:
        flights += packets.resting(frame, flights, view, show, pace)
    cabled = [flight for flight in flights if not journey.travels(flight, stage)]  # layers say what goes through them
    followed = _open(cabled, view) if stage.sizes.texts else []
    named = tuple(plugs(scene, kinds, stage, view))
    signs: list[Area] = []
    at = _Sight(scene, kinds, frame, stage, view, show, pace)
    layers.append(Layer((*named, *_moving(at, flights, followed, signs))))
    top = tuple(_top(at, followed, held, signs))
    if top:
        layers.append(Layer(top))
    ground = view.theme.panel if view.level == "side" else view.theme.canvas
    background = None if view.transparent else ground
    return Picture(
        *stage.size, background, tuple(layers), said.text(scene.title), view.caption or "", view.lang,
        {"scene": scene.id},
    )  # fmt: skip


def _open(flights: list[InFlight], view: View) -> list[InFlight]:
    """The flights that open into cards: one for each packet, however many copies a broadcast has; one that goes where
    one looks, if there is one."""
    found: dict[int, InFlight] = {}
    if view.focus:
        flights = sorted(flights, key=lambda flight: flight.dst.partition(".")[0] not in view.focus)
    for flight in filter(view.followed, flights):
        if len(found) == OPEN:
            break
        found.setdefault(flight.packet.id, flight)
    return list(found.values())


def _moving(at: _Sight, flights: list[InFlight], followed: list[InFlight], signs: list[Area]) -> Iterator[Shape]:
    """signs: where the marks of what has ended come to stand."""
    frame, stage, view, words, show, pace = at.frame, at.stage, at.view, at.words, at.show, at.pace
    tokens = journey.journeys(frame, stage) if pace.factor is None else []
    if view.chain is None and not tokens:
        yield from _glow(frame, stage, view, show, pace)
    for each in tokens if view.chain is None else ():
        yield halo(stage.boxes[each.holder].area, stage, view.theme.accent, 0.36)
    latest = tokens[-1] if tokens else None
    if stage.laned:
        yield from layered.layers(frame, stage, view, words, latest)
        yield from layered.lines(frame, stage, view, words)
        yield from counted.panel(at.scene, at.kinds, frame, stage, view, words, latest)
    yield from status.outlines(at.scene, at.kinds, frame, stage, view)
    yield from inset.insets(frame, stage, view, words, show, pace)
    yield from chained.cables(stage, view)
    yield from wake(frame, stage, view)
    yield from status.rings(frame, stage, view)
    yield from packets.ended(frame, stage, view, words, show, pace, signs)
    opened = {flight.id for flight in flights if journey.travels(flight, stage)} if tokens else set()
    yield from packets.highlights(followed, stage, view.theme)
    if follows_requests(at.scene):
        yield from packets.requests(frame, stage, view, words)
    elif streams.streaming(frame, show, pace):
        yield from streams.streams(frame, stage, view, show, pace, packets.dot(stage))
    else:
        yield from packets.crowd(frame, stage, view, pace)
    yield from spine.drawn(tokens, stage, view, words)
    if latest is not None:
        yield from layered.crossed(frame, stage, view, words, latest)
    carded = [] if stage.sizes.near else followed  # else what a card would say is told below
    opened |= {flight.id for flight in carded}
    yield from packets.pills([flight for flight in flights if flight.id not in opened], carded, stage, view, words)


def _glow(frame: Frame, stage: Stage, view: View, show: float, pace: Pace) -> Iterator[Shape]:
    """The halo of "now": around the device at which something just happened. Not in dense scenes."""
    if pace.factor is not None:
        return
    events = frame.events_after(pace.true(max(0.0, show - motion.GLOW)) - 1)
    last = next((event for event in reversed(events) if stage.home(event.device) in stage.boxes), None)
    if last is None:
        return
    standing = pace.show_end(last.t)
    opacity = motion.fading(show - standing, motion.GLOW, view.reduced_motion) if show > standing else 1.0
    opacity *= motion.appearing(show - pace.show(last.t) + 0.1, view.reduced_motion)
    bad = frame.failed(last.device)
    colour = view.theme.bad if bad else view.theme.accent
    if opacity > 0.01:
        yield halo(stage.boxes[stage.home(last.device)].area, stage, colour, 0.36 * opacity)


def _top(at: _Sight, followed: list[InFlight], held: Event | None, signs: Sequence[Area]) -> Iterator[Shape]:
    stage, view = at.stage, at.view
    yield from _marked(stage, view)
    yield from chained.things(stage, view)
    if stage.sizes.texts:
        yield from band.handles(stage, view)
    attached = tuple(_attached(at))
    yield from attached
    if stage.sizes.near:
        return
    raised = (shape for shape in attached if isinstance(shape, Rect) and shape.shadow)
    taken = [*signs, *(Area(shape.x, shape.y, shape.w, shape.h) for shape in raised)]
    if held is not None and stage.sizes.texts:
        yield from _rewritten(held, at, taken)
    for flight in followed:
        for shape in _followed(flight, at, taken):
            if isinstance(shape, Rect) and shape.shadow:
                taken = [*taken, Area(shape.x, shape.y, shape.w, shape.h)]
            yield shape
    if view.caption and stage.captioned is not None:
        yield from caption(view.caption, stage.captioned, stage.sizes.caption, view.theme)


def _attached(at: _Sight) -> Iterator[Shape]:
    """The table that the view asks for."""
    scene, frame, view, words = at.scene, at.frame, at.view, at.words
    device, _, field = (view.table or _standing(scene, frame, at.stage)).partition(".")
    thing = scene.things.get(device)
    shows = kind_of(at.kinds, thing).shows if thing is not None else ()
    wanted = next((each for each in shows if each.field == field and each.form == "table"), None)
    crowded = view.entered is not None and at.stage.paneled is not None and at.stage.tabled is None
    if wanted is not None and not crowded:
        age = table.age(frame, device, field, at.show, at.pace)
        yield from table.table(frame, at.stage, view, words, wanted, device, sentences.name(scene, words, device), age)


def _standing(scene: Scene, frame: Frame, stage: Stage) -> str:
    """Beside a stack that one explores, the table that changed last of those that the steps tell of."""
    if stage.paneled is None or stage.tabled is None or stage.level == "show":
        return ""
    tables = dict.fromkeys(step.table for step in scene.steps if step.table)
    return max(tables, key=lambda table: frame.since(*table.partition(".")[::2]) or 0, default="")


def _marked(stage: Stage, view: View) -> Iterator[Shape]:
    """The outlines of what is another thing on other sides, of what is selected and of what the pointer is over."""
    for other in view.marked:
        if other in stage.boxes:
            area = stage.boxes[other].area.grown(3.5 * stage.sizes.scale)
            yield Rect(area.x, area.y, area.w, area.h, stage.sizes.corner + 3, None, view.theme.prediction.stroke,
                       1.6 * stage.sizes.stroke, of=other)  # fmt: skip
    for asked in view.masked:
        if asked in stage.boxes:
            yield halo(stage.boxes[asked].area, stage, view.theme.prediction.stroke, 0.9)
    marks = ((view.selected, 1.0), (view.hovered, 0.5))
    for name, opacity in marks if view.selected != view.hovered else marks[:1]:
        if name in stage.boxes:
            area = stage.boxes[name].area.grown(2.5 * stage.sizes.scale)
            yield Rect(area.x, area.y, area.w, area.h, stage.sizes.corner + 2, None, view.theme.accent,
                       1.5 * stage.sizes.stroke, (), opacity, of=name)  # fmt: skip
        elif name in stage.ways:
            yield Line(stage.ways[name].points, view.theme.accent, 2 * stage.sizes.stroke, (), stage.sizes.corner,
                       opacity, name)  # fmt: skip


def _held(frame: Frame, stage: Stage, show: float, pace: Pace) -> Event | None:
    """The rewriting at which the clock stands still."""
    for event in reversed(frame.events_after(frame.t - 1)):
        standing = pace.show_end(event.t) - show
        if isinstance(event.details.get("before"), Mapping) and event.device in stage.boxes and standing > 0.01:
            return event
    return None


def _rewritten(event: Event, at: _Sight, taken: Sequence[Area]) -> Iterator[Shape]:
    """The packet that is being rewritten, beside the device that does it: what stood in it, struck out."""
    frame, stage, view, words = at.frame, at.stage, at.view, at.words
    cause = frame.timeline.by_id(event.cause)
    while isinstance(cause, Event):
        cause = frame.timeline.by_id(cause.cause)
    if not isinstance(cause, Flight):
        return
    measured = cards.card(rewritten(cause.packet, event, view, words), stage.sizes, words)
    way = _next(event, frame, stage)
    colour = view.theme.packet(cause.packet.protocol)
    if way is not None:
        area = room.beside(stage, view.focus, way, measured.w, measured.h, taken)
    else:
        area = room.around(stage, view.focus, event.device, measured.w, measured.h, taken)
        yield from cards.attached(stage, area, event.device, colour, view.theme)
    yield from cards.drawn(measured, area.x, area.y, view.theme, words, f"packet:{cause.packet.id}")


def _next(event: Event, frame: Frame, stage: Stage) -> Way | None:
    """The way of the packet that a rewriting is sending off: its card is already where it will be."""
    for flight in frame.flights():
        whole = frame.timeline.by_id(flight.id)
        if flight.departs == event.t and isinstance(whole, Flight) and rewriting(frame, whole) is event:
            return stage.ways.get(flight.link)
    return None


def _followed(flight: InFlight, at: _Sight, taken: Sequence[Area]) -> Iterator[Shape]:
    """A followed packet, opened into a card beside its place on the cable."""
    frame, stage, view, words = at.frame, at.stage, at.view, at.words
    way = stage.ways.get(flight.link)
    if way is None:
        return
    whole = frame.timeline.by_id(flight.id)
    changed = rewriting(frame, whole) if isinstance(whole, Flight) else None
    measured = cards.card(letter(flight.packet, view, words, changed), stage.sizes, words)
    radius = 0.42 * stage.sizes.card
    x, y = packets.place(way, flight, 1.4 * radius)
    area = room.beside(stage, view.focus, way, measured.w, measured.h, taken)
    of = f"packet:{flight.packet.id}"
    colour = view.theme.packet(flight.packet.protocol)
    edge = room.leader(area, x, y)
    far = hypot(edge[0] - x, edge[1] - y)
    if far > radius:
        start = x + (edge[0] - x) * radius / far, y + (edge[1] - y) * radius / far
        yield Line((start, edge), colour, 1.2 * stage.sizes.stroke, of=of)
    yield Rect(x - radius, y - radius, 2 * radius, 2 * radius, radius, colour, view.theme.panel,
               0.14 * radius + 1, of=of)  # fmt: skip
    yield from cards.drawn(measured, area.x, area.y, view.theme, words, of)


def caption(text: str, bar: Area, size: float, theme: Theme) -> Iterator[Shape]:
    """The sentence of the step, on a dark bar at the bottom; at most two lines, smaller when it is too long."""
    face, least = Face(weight=600), 0.6 * size
    lines = wrap(text, face, size, bar.w - 2.4 * size)
    while len(lines) > 2 and size > least:
        size *= 0.94
        lines = wrap(text, face, size, bar.w - 2.4 * size)
    step = 1.28 * size
    wide = max(advance(line, face, size) for line in lines)
    w, h = max(min(wide + 3 * size, bar.w), 0.5 * bar.w), step * len(lines) + 0.9 * size
    x, y = bar.middle[0] - w / 2, bar.middle[1] - h / 2
    fill = theme.panel if theme.dark else BAR
    ink = theme.ink if theme.dark else "#FFFFFF"
    edge = theme.hairline if theme.dark else None
    yield Rect(x, y, w, h, 0.35 * size, fill, edge, 1.4, title=text)
    base = y + 0.45 * size + step / 2 + cap_height(face, size) / 2
    for line in lines:
        yield Label(x + w / 2, base, line, size, ink, 600, anchor="middle")
        base += step
