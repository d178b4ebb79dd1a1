"""Cards: a followed packet opened, raised above the stage; and where a card hides nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vizapp.picture.colours import mix, upon
from vizapp.picture.letter import Letter, Written
from vizapp.picture.measure import Face, advance, cap_height
from vizapp.picture.shapes import Label, Rect, Shape
from vizapp.picture.sizes import Sizes
from vizapp.picture.stage import Area, Point, Stage, Way
from vizapp.picture.theme import Theme
from vizapp.words import Words

TITLE = Face(weight=700)
MONO = Face("JetBrains Mono")
BOLD = Face("JetBrains Mono", 700)
WORDS = Face(weight=500)


@dataclass(frozen=True, slots=True)
class Card:
    """A letter measured: w, h in pixels; label: the width of the column of labels."""

    letter: Letter
    size: float
    w: float
    h: float
    head: float
    label: float


def card(letter: Letter, sizes: Sizes, words: Words) -> Card:
    """Measure a card."""
    size = sizes.card
    label = max((advance(line.label, WORDS, 0.86 * size) for line in letter.lines), default=0.0)
    label += 0.8 * size if label else 0.0
    w = advance(letter.title, TITLE, size)
    if letter.everyone:
        w += advance(words("card.everyone"), WORDS, 0.86 * size) + 2.4 * size
    for line in letter.lines:
        face = BOLD if line.mono else WORDS
        own = label if line.label else 0.0
        w = max(w, own + max(advance(text, face, size) for text in (line.value, line.was or "")) + 0.8 * size)
    lines = sum(2 if line.was else 1 for line in letter.lines)
    head = 1.75 * size
    return Card(letter, size, w + 1.6 * size, head + (lines * 1.5 + 0.7) * size if lines else head, head, label)


def drawn(card: Card, x: float, y: float, theme: Theme, words: Words, of: str, opacity: float = 1.0) -> Iterator[Shape]:
    """The card with its upper left corner at (x, y)."""
    colour, size = theme.packet(card.letter.protocol), card.size
    ink, radius = upon(colour), 0.6 * size
    yield Rect(x, y, card.w, card.h, radius, theme.panel, colour, 0.13 * size, (), opacity, True, of, card.letter.title)
    yield Rect(x, y, card.w, card.head, radius, colour, None, 0, (), opacity, of=of)
    if card.letter.lines:
        yield Rect(x, y + card.head - radius, card.w, radius, 0, colour, None, 0, (), opacity, of=of)
    base = y + card.head / 2 + cap_height(TITLE, size) / 2
    if card.letter.everyone:
        yield Label(x + 0.8 * size, base, card.letter.title, size, ink, 700, opacity=opacity, of=of)
        yield from _everyone(card, x, y, colour, ink, words, of, opacity)
    else:
        yield Label(x + card.w / 2, base, card.letter.title, size, ink, 700, anchor="middle", opacity=opacity, of=of)
    top = y + card.head + 0.35 * size
    for line in card.letter.lines:
        yield from _line(card, line, x, top, theme, of, opacity)
        top += (3.0 if line.was else 1.5) * size


def _everyone(
    card: Card, x: float, y: float, colour: str, ink: str, words: Words, of: str, opacity: float
) -> Iterator[Shape]:
    """The mark of a broadcast."""
    size = 0.86 * card.size
    text = words("card.everyone")
    w, h = advance(text, WORDS, size) + 1.1 * size, 1.45 * size
    left, top = x + card.w - w - 0.4 * card.size, y + (card.head - h) / 2
    yield Rect(left, top, w, h, h / 2, mix(colour, ink, 0.16), ink, 1.0, (), opacity, of=of)
    base = top + h / 2 + cap_height(WORDS, size) / 2
    yield Label(left + w / 2, base, text, size, ink, 500, anchor="middle", opacity=opacity, of=of)


def _line(card: Card, line: Written, x: float, top: float, theme: Theme, of: str, opacity: float) -> Iterator[Shape]:
    size, left = card.size, x + 0.8 * card.size
    face = MONO if line.mono else WORDS
    start = left + (card.label if line.label else 0.0)
    if line.was:
        base = top + 0.75 * size + cap_height(face, size) / 2
        yield Label(start, base, line.was, size, theme.muted, 400, line.mono, struck=True, opacity=opacity, of=of)
        top += 1.5 * size
    base = top + 0.75 * size + cap_height(face, size) / 2
    if line.label:
        yield Label(left, base, line.label, 0.86 * size, theme.muted, 500, opacity=opacity, of=of)
    if line.was or line.hidden:
        wide = advance(line.value, BOLD if line.mono else WORDS, size)
        fill = theme.prediction.fill if line.hidden else theme.changed
        edge = theme.prediction.stroke if line.hidden else None
        yield Rect(start - 0.3 * size, top + 0.08 * size, wide + 0.6 * size, 1.34 * size, 0.25 * size, fill, edge, 1.0,
                   (), opacity, of=of)  # fmt: skip
    weight = 700 if line.was else 500 if not line.mono else 400
    colour = theme.prediction.text if line.hidden else theme.ink
    yield Label(start, base, line.value, size, colour, weight, line.mono, opacity=opacity, of=of)


def beside(stage: Stage, points: Sequence[Point], w: float, h: float, key: object) -> Point:
    """How far from the packet its card's middle stays, all along its way: where it hides the least.

    The same for the whole way, so that a card never jumps."""
    name = ("beside", key, round(w), round(h))
    kept = stage.notes.get(name)
    if kept is not None:
        return kept  # type: ignore[return-value]
    gap = 1.1 * stage.sizes.card
    offers = [(0.0, 0.0)]
    offers += [(side * (w / 2 + gap), 0.0) for side in (1, -1)] + [(0.0, side * (h / 2 + gap)) for side in (1, -1)]
    offers += [(a * (w / 2 + gap), b * (h / 2 + gap)) for a in (1, -1) for b in (1, -1)]
    best = min(offers, key=lambda offer: (round(_hidden(stage, points, offer, w, h)), offers.index(offer)))
    stage.notes[name] = best
    return best


def between(way: Way, point: Point, w: float, h: float) -> Point:
    """The middle of a card that goes with a packet: between both boxes along the way, as far as there is room."""
    (x, y), (bx, by) = way.points[0], way.points[-1]
    if abs(by - y) > abs(bx - x):
        return point[0], _within(point[1], min(y, by), max(y, by), h)
    return _within(point[0], min(x, bx), max(x, bx), w), point[1]


def _within(at: float, low: float, high: float, length: float) -> float:
    if high - low <= length:
        return (low + high) / 2
    return min(max(at, low + length / 2), high - length / 2)


def _hidden(stage: Stage, points: Sequence[Point], offer: Point, w: float, h: float) -> float:
    total = 0.02 * (abs(offer[0]) + abs(offer[1])) * len(points)
    for x, y in points:
        left, top = kept_in(stage, x + offer[0] - w / 2, y + offer[1] - h / 2, w, h)
        area = Area(left, top, w, h)
        total += sum(area.shared(label) for label in stage.labels)
        total += 3 * abs(left - (x + offer[0] - w / 2)) + 3 * abs(top - (y + offer[1] - h / 2))
    return total


def kept_in(stage: Stage, x: float, y: float, w: float, h: float) -> Point:
    """The corner moved so that the whole stays inside the picture, above the caption."""
    edge = 6 * stage.sizes.scale
    bottom = stage.captioned.y if stage.captioned else stage.size[1]
    return (
        min(max(x, edge), max(stage.size[0] - w - edge, edge)),
        min(max(y, edge), max(bottom - h - edge, edge)),
    )


def around(stage: Stage, device: str, w: float, h: float) -> Point:
    """The corner of something attached to a device: at the side where it hides the least."""
    name = ("around", device, round(w), round(h))
    kept = stage.notes.get(name)
    if kept is not None:
        return kept  # type: ignore[return-value]
    area, gap = stage.boxes[device].area, 0.8 * stage.sizes.card
    x, y = area.middle
    offers = [
        (area.x, area.bottom + gap), (area.right - w, area.bottom + gap), (x - w / 2, area.bottom + gap),
        (area.x, area.y - h - gap), (area.right - w, area.y - h - gap), (x - w / 2, area.y - h - gap),
        (area.right + gap, y - h / 2), (area.x - w - gap, y - h / 2),
        (area.right + gap, area.y), (area.x - w - gap, area.y),
        (area.right + gap, area.bottom - h), (area.x - w - gap, area.bottom - h),
    ]  # fmt: skip
    best = min(offers, key=lambda corner: (round(_covered(stage, device, corner, w, h)), offers.index(corner)))
    found = kept_in(stage, *best, w, h)
    stage.notes[name] = found
    return found


def _covered(stage: Stage, device: str, corner: Point, w: float, h: float) -> float:
    left, top = kept_in(stage, *corner, w, h)
    area = Area(left, top, w, h)
    own = area.shared(stage.boxes[device].area)
    cables = sum(
        area.shared(Area(min(a[0], b[0]) - 2, min(a[1], b[1]) - 2, abs(a[0] - b[0]) + 4, abs(a[1] - b[1]) + 4))
        for way in stage.ways.values() for a, b in way.straight()
    )  # fmt: skip
    return sum(area.shared(label) for label in stage.labels) + 2 * own + 0.5 * cables
