"""Cards: a followed packet opened, raised above the stage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vizapp.picture import room
from vizapp.picture.colours import DARK, LIGHT, mix, upon
from vizapp.picture.letter import Letter, Written
from vizapp.picture.measure import Face, advance, cap_height
from vizapp.picture.shapes import Label, Line, Rect, Shape
from vizapp.picture.sizes import Sizes
from vizapp.picture.stage import Area, Stage
from vizapp.picture.theme import Theme
from vizapp.words import Words

TITLE = Face(weight=700)
MONO = Face("JetBrains Mono")
BOLD = Face("JetBrains Mono", 700)
WORDS = Face(weight=500)
SMALL = 0.93  # size of labels, of that of the values


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
    label = max((advance(line.label, WORDS, SMALL * size) for line in letter.lines), default=0.0)
    label += 0.8 * size if label else 0.0
    w = advance(letter.title, TITLE, size)
    if letter.everyone:
        w += advance(words("card.everyone"), WORDS, SMALL * size) + 2.4 * size
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
    size = SMALL * card.size
    text = words("card.everyone")
    w, h = advance(text, WORDS, size) + 1.1 * size, 1.45 * size
    left, top = x + card.w - w - 0.4 * card.size, y + (card.head - h) / 2
    yield Rect(left, top, w, h, h / 2, mix(colour, LIGHT if ink == DARK else DARK, 0.3), ink, 1.0, (), opacity, of=of)
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
        yield Label(left, base, line.label, SMALL * size, theme.muted, 500, opacity=opacity, of=of)
    if line.was or line.hidden:
        wide = advance(line.value, BOLD if line.mono else WORDS, size)
        fill = theme.prediction.fill if line.hidden else theme.changed
        edge = theme.prediction.stroke if line.hidden else None
        yield Rect(start - 0.3 * size, top + 0.08 * size, wide + 0.6 * size, 1.34 * size, 0.25 * size, fill, edge, 1.0,
                   (), opacity, of=of)  # fmt: skip
    weight = 700 if line.was else 500 if not line.mono else 400
    colour = theme.prediction.text if line.hidden else theme.ink
    yield Label(start, base, line.value, size, colour, weight, line.mono, opacity=opacity, of=of)


def attached(
    stage: Stage, area: Area, device: str, colour: str, theme: Theme, opacity: float = 1.0
) -> Iterator[Shape]:
    """A dotted line to the device, where what belongs to it stands apart from it."""
    own = stage.boxes[device].area
    end = room.leader(area, *own.middle)
    start = room.leader(own, *end)
    far = abs(start[0] - end[0]) + abs(start[1] - end[1]) > 1.5 * stage.sizes.card
    if far and not any(room.crosses(start, end, each) for each in room.written(stage, ())):
        yield Line((start, end), mix(colour, theme.panel, 0.35), stage.sizes.stroke, (3.0, 3.0), 0.0, opacity, device)
