"""A board drawn: its cards with their names, and what is told under each side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from vizapp.picture.board import (
    BIG,
    CHIP,
    COUNT,
    EFFECT,
    FEW,
    GAP,
    HEAD,
    LABEL,
    MOST_LABEL,
    PAD,
    PARCEL,
    POINT,
    ROW,
    SOURCE,
    TWO,
    VALUE,
    VERDICT,
    Board,
    Panel,
)
from vizapp.picture.colours import mix, upon
from vizapp.picture.dated import dated
from vizapp.picture.ledger import Cell, Ledger, Line
from vizapp.picture.letter import Letter, Written
from vizapp.picture.measure import Face, advance, cap_height, tied, wrap
from vizapp.picture.shapes import Icon, Label, Layer, Plain, Rect
from vizapp.picture.shapes import Line as Stroke
from vizapp.picture.stage import Area
from vizapp.picture.theme import Theme
from vizapp.picture.values import fitted
from vizapp.words import Words

TEXT, STRONG, MONO, BOLD = Face(), Face(weight=600), Face("JetBrains Mono"), Face("JetBrains Mono", 700)
ICONS = {"good": "check", "bad": "cross", "warn": "warning", "waits": "timer"}
SIZE = 14.0


def cards(
    board: Board, labels: Sequence[str], captions: Sequence[str], theme: Theme, active: int | None = None
) -> Layer:
    """The cards with the names of the sides. active: the one that the keyboard is on."""
    shapes: list[Plain] = []
    for number, panel in enumerate(board.panels):
        edge, wide = (theme.accent, 2.0) if number == active else (theme.hairline, 1.2)
        card = panel.card
        shapes.append(Rect(card.x, card.y, card.w, card.h, 12 * min(board.unit, 1.0), theme.panel, edge, wide))
        if board.level != "thumbnail":
            shapes += _named(board, panel, labels[number], captions[number], theme)
    return Layer(tuple(shapes))


def _named(board: Board, panel: Panel, label: str, caption: str, theme: Theme) -> Iterator[Plain]:
    unit, size = board.unit, board.label
    left, room = panel.card.x + PAD * unit, panel.card.w - 2 * PAD * unit
    base = panel.card.y + PAD * unit + 0.98 * size
    step = (21 if len(board.panels) > 3 else 24) * unit
    for text in wrap(label, LABEL, size, room)[:MOST_LABEL]:
        yield Label(left, base, text, fitted(text, LABEL, size, room), theme.ink, 600)
        base += step
    if caption and board.level != "show":
        base = panel.card.y + (PAD + 0.98 * SIZE) * unit + board.lines * step
        yield Label(left, base, caption, fitted(caption, TEXT, SIZE * unit, room), theme.muted)


def heading(board: Board, title: str, said: str, theme: Theme, keep: float = 0.0) -> Layer:
    """The sentence of the step above the cards, after the title of the whole. keep: room at the right, in pixels."""
    area = board.heading
    if area is None:
        return Layer(())
    size = 19.0 * board.unit
    base = area.middle[1] + cap_height(TEXT, size) / 2
    shapes: list[Plain] = []
    left = area.x
    if title:
        shapes.append(Label(left, base, title, size, theme.ink, 600))
        left += advance(title, STRONG, size) + 0.9 * size
    room = max(area.right - keep - left, 40.0)
    shapes.append(Label(left, base, said, fitted(said, TEXT, size, room), theme.ink if not title else theme.muted))
    return Layer(tuple(shapes))


def told(board: Board, ledger: Ledger, theme: Theme, words: Words) -> Layer:
    """What is told under the sides, as far as there is room."""
    if board.level == "thumbnail":
        return Layer(())
    if ledger.dated:
        return Layer(tuple(dated(board, ledger.dated, theme, words)))
    shown = _Show(board, ledger, theme, words) if board.level == "show" else _Told(board, ledger, theme, words)
    return Layer(tuple(shown.shapes()))


class _Told:
    """Sort by sort, each row at the same height on all sides."""

    high = COUNT  # of a row of numbers
    large_number = 1.5  # in sizes of the text

    def __init__(self, board: Board, ledger: Ledger, theme: Theme, words: Words) -> None:
        self.board, self.ledger, self.theme, self.words = board, ledger, theme, words
        self.unit, self.size = board.unit, SIZE * board.unit
        self.more, self.chip = (TWO, CHIP) if board.stacked else (0.0, 0.0)
        self.y = board.panels[0].told.y + GAP * board.unit

    def shapes(self) -> Iterator[Plain]:
        room, ledger = self.board.room, self.ledger
        if room.effects:
            yield from self.effects(ledger.some("effect"))
            self.down(GAP)
        if room.parcel:
            yield from self.parcels()
        if room.counts:
            yield from self.counts(ledger.some("count")[: room.counts])
        if room.values:
            yield from self.rows(ledger.some("value"), room.values, VALUE + self.more)
        if room.verdicts:
            yield from self.rows(ledger.some("verdict")[-room.verdicts :], room.verdicts, VERDICT + self.more)
        if room.points:
            yield from self.points()
        if room.sources:
            yield from self.sources()

    def down(self, by: float) -> None:
        self.y += by * self.unit

    def text(
        self, x: float, y: float, text: str, colour: str, face: Face, room: float, *, end: bool = False, size: float = 0
    ) -> Label:
        """A text in the middle of a row that begins at `y`, never wider than its room."""
        size = fitted(text, face, size or self.size, room)
        mono = face.family == "JetBrains Mono"
        base = y + cap_height(face, size) / 2
        return Label(x, base, text, size, colour, face.weight, mono, "end" if end else "start")

    # what an act brought

    def effects(self, lines: Sequence[Line]) -> Iterator[Plain]:
        """In large letters: for this one looks."""
        size, high = 1.4 * self.size, EFFECT * self.unit
        for line in lines:
            middle = self.y + high / 2
            for panel, cell in zip(self.board.panels, line.cells, strict=True):
                area, inset = panel.told, 0.55 * PAD * self.unit
                if line.differs:
                    yield Rect(area.x - inset, self.y + 2, area.w + 2 * inset, high - 4, 5, self.theme.prediction.fill)
                label = self.text(area.x, middle, line.label, self.theme.muted, TEXT, 0.5 * area.w)
                yield label
                room = area.w - advance(line.label, TEXT, label.size) - 0.9 * self.size
                ink = self.ink(cell, quiet=False)
                yield self.text(area.right, middle, cell.text, ink, STRONG, room, end=True, size=size)
            yield from self.unequal(line, middle)
            self.down(EFFECT)

    # the packet that is followed

    def parcels(self) -> Iterator[Plain]:
        for panel, letter in zip(self.board.panels, self.ledger.parcels, strict=False):
            if letter is not None:
                yield from self.parcel(panel.told, letter)
        self.down(PARCEL + self.chip + GAP)

    def parcel(self, area: Area, letter: Letter) -> Iterator[Plain]:
        """Its name in its colour, beside or above both ends; what was rewritten beside what stood there."""
        above = self.chip * self.unit
        name = fitted(letter.title, STRONG, 0.93 * self.size, (1.0 if above else 0.42) * area.w - 1.3 * self.size)
        wide, high = advance(letter.title, STRONG, name) + 1.3 * self.size, 1.6 * self.size
        y = self.y + ((above or PARCEL * self.unit) - high) / 2
        yield Rect(area.x, y, wide, high, high / 2, self.theme.packet(letter.protocol))
        yield Label(area.x + wide / 2, y + high / 2 + cap_height(STRONG, name) / 2, letter.title, name,
                    upon(self.theme.packet(letter.protocol)), 600, anchor="middle")  # fmt: skip
        left, step = area.x + (0.0 if above else wide + 0.8 * self.size), PARCEL * self.unit / 2
        for number, line in enumerate(letter.lines[:2]):
            yield from self.written(line, left, self.y + above + (number + 0.5) * step, area.right - left)

    def written(self, line: Written, left: float, y: float, room: float) -> Iterator[Plain]:
        """One end. What stood there is left out where there is no room for it."""
        label, face = f"{line.label} " if line.label else "", BOLD if line.was or line.hidden else MONO
        ahead = advance(label, TEXT, self.size) + 0.3 * self.size
        was = line.was if advance(f"{line.value}  {line.was}", BOLD, self.size) + ahead <= room else None
        size = self.size * min(1.0, room / (ahead + advance(line.value, face, self.size)))
        if label:
            yield self.text(left, y, label, self.theme.muted, TEXT, room, size=size)
        start, wide = left + ahead * size / self.size, advance(line.value, face, size)
        if line.was or line.hidden:
            fill = self.theme.prediction.fill if line.hidden else self.theme.changed
            yield Rect(start - 0.25 * size, y - 0.66 * size, wide + 0.5 * size, 1.32 * size, 0.25 * size, fill)
        yield self.text(start, y, line.value, self.theme.ink, face, wide, size=size)
        if was:
            left = start + wide + 0.7 * size
            yield self.text(left, y, was, self.theme.muted, MONO, room, size=size)._replace(struck=True)

    # counts

    def counts(self, lines: Sequence[Line]) -> Iterator[Plain]:
        for panel in self.board.panels:
            yield self.text(panel.told.x, self.y + HEAD / 2 * self.unit, self.words("compare.counted"),
                            self.theme.muted, TEXT, panel.told.w)  # fmt: skip
        self.down(HEAD)
        yield from self.numbers(lines)
        self.down(GAP)

    def numbers(self, lines: Sequence[Line]) -> Iterator[Plain]:
        """Large numbers, what they count beside them; pale while they are 0. Where most differ, none is marked."""
        columns = self.board.columns
        if 2 * sum(line.differs for line in lines) > len(lines):
            lines = [replace(line, differs=False) for line in lines]
        for first in range(0, len(lines), columns):
            for place, line in enumerate(lines[first : first + columns]):
                for panel, cell in zip(self.board.panels, line.cells, strict=True):
                    wide = panel.told.w / columns
                    yield from self.tint(line, panel.told.x + place * wide, wide)
                    yield from self.number(cell, panel.told.x + place * wide, wide - 0.6 * self.size)
            self.down(self.high)

    def tint(self, line: Line, x: float, room: float) -> Iterator[Plain]:
        """Behind a number that is not the same on all sides."""
        if line.differs:
            inset = 0.4 * PAD * self.unit
            yield Rect(x - inset, self.y + 2, room - inset, self.high * self.unit - 4, 5, self.theme.prediction.fill)

    def number(self, cell: Cell, x: float, room: float) -> Iterator[Plain]:
        size, y = self.large_number * self.size, self.y + self.high / 2 * self.unit
        faint = 0.5 if cell.tone == "none" else 1.0
        wide = max(advance(cell.text, BOLD, size), 1.3 * size)
        yield self.text(x, y, cell.text, self.theme.ink, BOLD, room, size=size)._replace(opacity=faint)
        colour = self.theme.muted if cell.tone == "none" else self.theme.ink
        left, room = x + wide + 0.4 * self.size, room - wide - 0.4 * self.size
        lines = wrap(cell.label, TEXT, self.size, room)[:2]
        for number, line in enumerate(lines):
            down = (number - (len(lines) - 1) / 2) * 1.05 * self.size
            yield self.text(left, y + 0.1 * self.size + down, line, colour, TEXT, room)

    # values and verdicts

    def rows(self, lines: Sequence[Line], count: int, high: float) -> Iterator[Plain]:
        for line in lines[:count]:
            yield from self.row(line, high)
            self.down(high)
        self.down((count - len(lines[:count])) * high + GAP)

    def row(self, line: Line, high: float) -> Iterator[Plain]:
        """One row over all sides, on a tint where they differ, on another where it is that of the step."""
        now = self.ledger.now is not None and line.label == self.ledger.now.label and line.form == "verdict"
        fill = self.theme.accent_soft if now else self.theme.prediction.fill if line.differs else None
        y, middle = self.y, self.y + high / 2 * self.unit
        for panel, cell in zip(self.board.panels, line.cells, strict=True):
            if fill is not None:
                inset = 0.55 * PAD * self.unit
                yield Rect(panel.told.x - inset, y + 1, panel.told.w + 2 * inset, high * self.unit - 2, 5, fill)
            yield from self.cell(line, cell, panel.told, middle)
        yield from self.unequal(line, middle)

    def cell(self, line: Line, cell: Cell, area: Area, y: float) -> Iterator[Plain]:
        left = area.x
        if line.form == "verdict":
            yield from self.icon(cell, left, y)
            left += 1.75 * self.size
        shift = TWO / 2 * self.unit if self.board.stacked else 0.0
        face = MONO if line.form == "value" and _address(cell.text) else Face(weight=500)
        quiet = not line.differs
        colour = self.theme.muted if quiet else self.theme.ink
        label = self.text(left, y - shift, line.label, colour, TEXT, (1.0 if shift else 0.5) * (area.right - left))
        yield label
        if shift:
            yield from self.within(cell, left, y + shift, self.ink(cell, quiet), face, area.right - left)
            return
        start = left + advance(line.label, TEXT, label.size) + 0.9 * self.size
        yield from self.within(cell, area.right, y, self.ink(cell, quiet), face, area.right - start, end=True)

    def within(
        self, cell: Cell, x: float, y: float, colour: str, face: Face, room: float, *, end: bool = False
    ) -> Iterator[Plain]:
        """What is said: in one line, or in two small ones where that would get too small."""
        small = 0.86 * self.size
        if advance(cell.text, face, small) <= room:
            yield self.text(x, y, cell.text, colour, face, room, end=end)
            return
        for number, line in enumerate(wrap(cell.text, face, small, room)[:2]):
            down = (number - (0.5 if end else 0.35)) * 1.08 * small
            yield self.text(x, y + down, line, colour, face, room, end=end, size=small)

    def ink(self, cell: Cell, quiet: bool) -> str:
        theme = self.theme
        if cell.tone in ("none", "waits"):
            return theme.muted
        if cell.tone == "bad":
            return theme.role("failed").text
        return mix(theme.ink, theme.muted, 0.5) if quiet else theme.ink

    def icon(self, cell: Cell, left: float, y: float, size: float = 0.0) -> Iterator[Plain]:
        side = size or 1.25 * self.size
        name = ICONS.get(cell.tone)
        if name is not None:
            tints = {"good": self.theme.good, "bad": self.theme.bad, "warn": self.theme.warn}
            yield Icon(left, y - side / 2, side, name, tints.get(cell.tone, self.theme.muted))

    def unequal(self, line: Line, y: float) -> Iterator[Plain]:
        """Between two sides that say something else: ≠."""
        if line.form == "count" or not line.differs:
            return
        for (a, one), (b, other) in pairwise(zip(self.board.panels, line.cells, strict=True)):
            gap = b.card.x - a.card.right
            if self.apart(one, other) and gap > 6:
                size = min(1.05 * self.size, 0.9 * gap)
                x = (a.card.right + b.card.x) / 2
                yield Label(x, y + 0.36 * size, "≠", size, self.theme.prediction.text, 600, anchor="middle")

    def apart(self, one: Cell, other: Cell) -> bool:
        """Whether two cells are known to say something else."""
        return one.text != other.text and {one.tone, other.tone}.isdisjoint(("none", "waits"))

    # points and sources

    def points(self) -> Iterator[Plain]:
        count = self.board.room.points
        for number, panel in enumerate(self.board.panels):
            own = self.ledger.points[number] if number < len(self.ledger.points) else ()
            for row, (text, tone) in enumerate(own[:count]):
                y = self.y + (row + 0.5) * POINT * self.unit
                yield from self.icon(Cell("", tone), panel.told.x, y)
                left = panel.told.x + 1.75 * self.size
                yield self.text(left, y, text, self.theme.ink, TEXT, panel.told.right - left)
        self.down(count * POINT + GAP)

    def sources(self) -> Iterator[Plain]:
        for panel, text in zip(self.board.panels, self.ledger.sources, strict=False):
            said = _shorter(text, TEXT, self.size, panel.told.w)
            yield self.text(panel.told.x, self.y + SOURCE / 2 * self.unit, said, self.theme.muted, TEXT, panel.told.w)
        self.down(SOURCE + GAP)


class _Show(_Told):
    """For the last row: what is counted, and what came of the step in large letters; without such, all rows."""

    high, large_number = FEW, 1.25

    def shapes(self) -> Iterator[Plain]:
        room, ledger = self.board.room, self.ledger
        self.y = self.board.panels[0].told.y
        yield from self.effects(ledger.some("effect"))
        if room.counts:
            yield from self.numbers(ledger.some("count")[: room.counts])
            self.down(0.5 * GAP)  # the last name may have a second line
        if room.verdicts and ledger.now is not None:
            yield from self.large(ledger.now)
        elif room.verdicts:
            yield from self.rows(ledger.some("verdict")[-room.verdicts :], room.verdicts, ROW)

    def large(self, line: Line) -> Iterator[Plain]:
        """An icon, and beside it what is said; close below the stages, where a question leaves it in sight."""
        side = 2.2 * self.size
        inset = 1.3 * side
        for size in (1.3 * self.size, 1.15 * self.size, self.size):  # the first at which two lines are enough
            said = [wrap(tied(cell.text), STRONG, size, panel.told.w - (inset if cell.tone in ICONS else 0))
                    for panel, cell in zip(self.board.panels, line.cells, strict=True)]  # fmt: skip
            if max(len(texts) for texts in said) < 3:
                break
        said = [_ended(texts) for texts in said]
        middle = self.y + max(BIG * self.unit, max(len(texts) for texts in said) * 1.24 * size) / 2
        for panel, cell, texts in zip(self.board.panels, line.cells, said, strict=True):
            yield from self.icon(cell, panel.told.x, middle, side)
            left = panel.told.x + (inset if cell.tone in ICONS else 0)
            top = middle - (len(texts) - 1) * 0.62 * size
            for number, text in enumerate(texts):
                yield self.text(left, top + number * 1.24 * size, text, self.ink(cell, quiet=False), STRONG,
                                panel.told.right - left, size=size)  # fmt: skip

    def row(self, line: Line, high: float) -> Iterator[Plain]:
        """Sides differ where one got what it asked for and another did not."""
        tones = {cell.tone for cell in line.cells} - {"none", "waits"}
        yield from super().row(replace(line, differs=len(tones) > 1), high)

    def apart(self, one: Cell, other: Cell) -> bool:
        return one.tone != other.tone and super().apart(one, other)

    def cell(self, line: Line, cell: Cell, area: Area, y: float) -> Iterator[Plain]:
        """Only whether, not how: nothing else is read from the last row."""
        yield from self.icon(cell, area.x, y)
        left = area.x + 1.75 * self.size
        yield self.text(left, y, line.label, self.theme.ink, TEXT, area.right - left)


def hairline(panel: Panel, theme: Theme) -> Stroke:
    """Between a stage and what is told of it."""
    y = panel.told.y
    return Stroke(((panel.told.x, y), (panel.told.right, y)), theme.hairline, 1.0)


def _address(text: str) -> bool:
    return bool(text) and all(each in "0123456789abcdef.:/· " for each in text)


def _ended(texts: list[str]) -> list[str]:
    """Three lines at most; where more is said, the third ends with its last whole part and an ellipsis."""
    if len(texts) <= 3:
        return texts
    whole, parted, _ = texts[2].rpartition(",")
    return [*texts[:2], f"{whole}, …"] if parted else [texts[0], f"{texts[1].rstrip(',')}, …"]


def _shorter(text: str, face: Face, size: float, room: float) -> str:
    """A source without its last parts, where there is no room for them."""
    while ", " in text and advance(text, face, size) > 1.1 * room:
        text = text.rpartition(", ")[0]
    return text
