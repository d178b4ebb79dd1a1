"""What held when, and who measured it: a table across the sides of a comparison, in the room of what is counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vizapp.picture.board import PAD, Board
from vizapp.picture.measure import Face, advance, cap_height, wrap
from vizapp.picture.shapes import Label, Line, Plain, Rect
from vizapp.picture.stage import Area
from vizapp.picture.theme import Theme
from vizapp.picture.values import fitted
from vizapp.words import Words

TEXT, STRONG = Face(), Face(weight=600)
SIZE, LARGER = 14.0, 17.0  # of a show; where one explores: there is room, and this is all there is to read
HEAD, GAP, STEP = 1.9, 1.6, 1.3  # in sizes of the text: the heading, between columns, between lines
MEASURED = 0.3  # of the width: who measured it, at most
LINES = 2


def dated(board: Board, rows: Sequence[tuple[str, str, str]], theme: Theme, words: Words) -> Iterator[Plain]:
    """rows: when, what, and in which work."""
    area = _area(board)
    pad, size = PAD * board.unit, (SIZE if board.level == "show" else LARGER) * board.unit
    yield Rect(area.x, area.y, area.w, area.h, 12 * min(board.unit, 1.0), theme.panel, theme.hairline, 1.2)
    left, right, y = area.x + pad, area.right - pad, area.y + 0.6 * pad
    yield Label(left, y + 1.1 * size, words("compare.dated"), size, theme.muted)
    y += HEAD * size
    say = left + max(advance(when, STRONG, size) for when, _, _ in rows) + GAP * size
    most = min(max(advance(by, TEXT, size) for _, _, by in rows), MEASURED * area.w)
    by_left = right - most
    high = (area.bottom - 0.5 * pad - y) / len(rows)
    for when, what, by in rows:
        yield Line(((left, y), (right, y)), theme.hairline, 1.0)
        middle = y + high / 2
        yield _label(left, middle, when, theme.ink, STRONG, size, say - left)
        lines = wrap(what, TEXT, size, by_left - GAP * size - say)[:LINES]
        for number, line in enumerate(lines):
            down = (number - (len(lines) - 1) / 2) * STEP * size
            yield _label(say, middle + down, line, theme.ink, TEXT, size, by_left - say)
        yield _label(by_left, middle, by, theme.muted, TEXT, size, most)
        y += high


def _area(board: Board) -> Area:
    """Under the stages of all sides, from the first card to the last."""
    first, last = board.panels[0], board.panels[-1]
    top = first.told.y + 0.4 * PAD * board.unit
    return Area(first.card.x, top, last.card.right - first.card.x, first.card.bottom - top)


def _label(x: float, middle: float, text: str, colour: str, face: Face, size: float, room: float) -> Label:
    size = fitted(text, face, size, room)
    return Label(x, middle + cap_height(face, size) / 2, text, size, colour, face.weight)
