"""The spine of a stack: the line on which a journey has walked, the layers that it touched, where it is now.

A layer that it passes without taking part is passed behind: there the line is dashed, as hidden edges are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from vizapp.picture.backdrop import node_radius
from vizapp.picture.colours import mix, upon
from vizapp.picture.crossing import UNASKED
from vizapp.picture.journey import Journey
from vizapp.picture.letter import pill
from vizapp.picture.measure import Face, advance, cap_height
from vizapp.picture.room import inside_of
from vizapp.picture.shapes import Icon, Label, Line, Rect, Shape
from vizapp.picture.stage import Area, Box, Point, Stage
from vizapp.picture.view import View
from vizapp.words import Words

PROTOCOL = "instruction"
ICON = "instruction"
NAME = Face(weight=600)
Span = tuple[float, float]


def drawn(shown: Sequence[Journey], stage: Stage, view: View, words: Words) -> Iterator[Shape]:
    """The lines, then the tokens; a token has its name beside it where that has room."""
    for journey in shown:
        yield from _line(journey, stage, view)
    for journey in shown:
        yield from _token(journey, stage, view, words)


def unconcerned(journey: Journey, stage: Stage) -> tuple[Box, ...]:
    """The layers that take no part; none is known not to while control leaves unasked: it may come to one of them."""
    leaves = bool(journey.events) and journey.events[-1].name in UNASKED
    return () if leaves else behind(journey, stage)


def behind(journey: Journey, stage: Stage) -> tuple[Box, ...]:
    """The layers that it passes behind, not having come to them."""
    ends = {*journey.stops, journey.holder}
    pieces = [piece for points in journey.courses() for piece in pairwise(points)]
    return tuple(box for box in stage.boxes.values() if not box.container and box.id not in ends
                 and any(_through(box, piece) for piece in pieces))  # fmt: skip


def _through(box: Box, piece: tuple[Point, Point]) -> bool:
    """Whether an upright piece goes through the whole of a box."""
    (x, y), (bx, by) = piece
    area = box.area
    return x == bx and area.x < x < area.right and min(y, by) <= area.y and area.bottom <= max(y, by)


def _line(journey: Journey, stage: Stage, view: View) -> Iterator[Shape]:
    theme, sizes = view.theme, stage.sizes
    of = f"packet:{journey.packet.id}"
    passed = behind(journey, stage)
    width = 2.0 * sizes.stroke
    dash = (1.6 * width, 1.6 * width)
    for x, spans in _upright(journey).items():
        hidden = [(box.area.y, box.area.bottom) for box in passed if box.area.x < x < box.area.right]
        for top, bottom in _without(spans, hidden):
            yield Line(((x, top), (x, bottom)), theme.accent, width, of=of)
        for top, bottom in _within(spans, hidden):
            yield Line(((x, top), (x, bottom)), theme.accent, 0.8 * width, dash, 0.0, 0.55, of)
    for jog in dict.fromkeys(_jogs(journey)):
        yield Line(jog, theme.accent, width, (), sizes.corner, of=of)
    radius = node_radius(stage)
    here = journey.point
    for x, y in dict.fromkeys(points[0] for points in journey.courses()):
        if (x, y) != here:
            yield Rect(x - radius, y - radius, 2 * radius, 2 * radius, radius, theme.panel, theme.accent,
                       1.7 * sizes.stroke, of=of)  # fmt: skip


def _upright(journey: Journey) -> dict[float, list[Span]]:
    """What it has walked up or down, by x; each part of it once."""
    found: dict[float, list[Span]] = defaultdict(list)
    for points in journey.courses():
        for (x, y), (bx, by) in pairwise(points):
            if x == bx and y != by:
                found[x].append((min(y, by), max(y, by)))
    return {x: _united(spans) for x, spans in found.items()}


def _jogs(journey: Journey) -> Iterator[tuple[Point, Point]]:
    """What it has walked across, from left to right."""
    for points in journey.courses():
        yield from ((min(a, b), max(a, b)) for a, b in pairwise(points) if a[1] == b[1] and a[0] != b[0])


def _united(spans: list[Span]) -> list[Span]:
    found: list[Span] = []
    for top, bottom in sorted(spans):
        if found and top <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], bottom)
        else:
            found.append((top, bottom))
    return found


def _within(spans: Sequence[Span], cut: Sequence[Span]) -> Iterator[Span]:
    for top, bottom in spans:
        for first, last in cut:
            if max(top, first) < min(bottom, last):
                yield max(top, first), min(bottom, last)


def _without(spans: Sequence[Span], cut: Sequence[Span]) -> Iterator[Span]:
    for top, bottom in spans:
        start = top
        for first, last in sorted(cut):
            if start < first < bottom:
                yield start, first
            if first < bottom:
                start = max(start, last)
        if start < bottom:
            yield start, bottom


def _token(journey: Journey, stage: Stage, view: View, words: Words) -> Iterator[Shape]:
    theme, sizes = view.theme, stage.sizes
    x, y = journey.point
    of = f"packet:{journey.packet.id}"
    colour = theme.packet(PROTOCOL)
    radius = token_radius(stage)
    if sizes.texts and not (journey.under_way and sizes.near):
        yield from _name(journey, x, y, radius, stage, view, words)
    yield Rect(x - radius, y - radius, 2 * radius, 2 * radius, radius, colour, theme.panel, 1.2 * sizes.stroke,
               of=of, title=pill(journey.packet, words))  # fmt: skip
    side = 1.25 * radius
    yield Icon(x - side / 2, y - side / 2, side, ICON, upon(colour), of=of)


def token_radius(stage: Stage) -> float:
    """The radius of a token."""
    return (0.5 if stage.sizes.texts else 0.32) * max(stage.sizes.icon, 14)


def _name(
    journey: Journey, x: float, y: float, radius: float, stage: Stage, view: View, words: Words
) -> Iterator[Shape]:
    """What is being dealt with, behind the token, where the layer has room for it; under way, where no text stands."""
    box = stage.boxes.get(journey.holder)
    if box is None:
        return
    over = [each for each in stage.boxes.values() if not each.container] if journey.under_way else [box]
    area = box.area if not journey.under_way else Area(0.0, 0.0, *stage.size)
    size = stage.sizes.pill
    text = treated(journey, words)
    w, h = advance(text, NAME, size) + radius + 0.8 * size, 1.6 * size
    left, below = x + 0.8 * radius, y + radius + 0.6 * h
    places = ((left, y), (left, below), (left, 2 * y - below))[: 1 if stage.sizes.near else 3]
    parts = [part.grown(0.3 * size) for each in over for part in inside_of(each)]
    free = (at for at in places if area.y < at[1] - h / 2 and at[1] + h / 2 < area.bottom
            and not any(Area(at[0], at[1] - h / 2, w, h).meets(part) for part in parts))  # fmt: skip
    left, y = next(free, (0.0, -h))
    if y < 0:
        return
    of = f"packet:{journey.packet.id}"
    fill = mix(view.theme.accent, view.theme.panel, 0.88)
    yield Rect(left, y - h / 2, w, h, h / 2, fill, None, of=of)
    base = y + cap_height(NAME, size) / 2
    yield Label(left + radius, base, text, size, view.theme.ink, 600, of=of)


def treated(journey: Journey, words: Words) -> str:
    """The name of the instruction itself, also when its packet is called after what became of it (`VM exit`)."""
    packet = journey.packet
    header = packet.headers().get(PROTOCOL, {})
    name = str(header.get("said") or header.get("name", packet.name))
    return name.replace("-", " ") if name else pill(packet, words)
