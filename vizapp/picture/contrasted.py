"""The answer to “what is the difference?”, drawn: a column for each side, the rows in which they differ, and what is
the same folded to a few words. Pure: it knows texts alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from vizapp.picture.measure import Face, cap_height, tied, wrap
from vizapp.picture.shapes import Label, Layer, Picture, Plain, Rect
from vizapp.picture.theme import Theme
from vizapp.words import Words

TEXT, STRONG = Face(), Face(weight=600)
TITLE, NAME, SIZE, SMALL = 30.0, 22.0, 20.0, 16.0  # of texts on a canvas that is HIGH high
HIGH, WIDE = 900.0, 1400.0
LEAST, MOST = 0.5, 1.35  # of these sizes: where there are many rows, and few
STEP = 1.32  # from line to line
UNEQUAL = "≠"


@dataclass(frozen=True, slots=True)
class Row:
    """key: what it is about, for programs. values: of each side, what may be reckoned with; None: nothing."""

    key: str
    label: str
    cells: tuple[str, ...]
    values: tuple[Any, ...] = ()

    @classmethod
    def of(cls, key: str, label: str, cells: Sequence[str], values: Sequence[Any] = ()) -> Row:
        return cls(key, label, tuple(cells), tuple(values))

    @property
    def differs(self) -> bool:
        return len(set(self.cells)) > 1


@dataclass(frozen=True, slots=True)
class Contrast:
    """names: of the sides. rows: those in which they differ. same: what they have in common, in words."""

    names: tuple[str, ...]
    rows: tuple[Row, ...]
    same: tuple[str, ...] = ()


def lines(told: Contrast, words: Words) -> Iterator[str]:
    """The answer as lines of text."""
    yield words("contrast.title", names=words.join(list(told.names)))
    for row in told.rows:
        cells = [words("contrast.cell", side=name, said=cell)
                 for name, cell in zip(told.names, row.cells, strict=True)]  # fmt: skip
        yield words("contrast.line", label=row.label, cells=words("describe.then").join(cells))
    if not told.rows:
        yield words("contrast.none")
    if told.same:
        yield words("contrast.same", what=words("describe.then").join(told.same))


def contrasted(told: Contrast, theme: Theme, words: Words, size: tuple[float, float], hint: str = "") -> Picture:
    """The answer on a canvas. hint: what can be done next, at the bottom."""
    scale = MOST * min(size[0] / WIDE, size[1] / HIGH)
    sheet = _Sheet(told, theme, words, size, scale, hint)
    while sheet.high > size[1] and scale > LEAST * size[1] / HIGH:
        scale *= 0.95
        sheet = _Sheet(told, theme, words, size, scale, hint)
    title = words("contrast.title", names=words.join(list(told.names)))
    return Picture(*size, theme.canvas, (Layer(tuple(sheet.shapes)),), title, " ".join(lines(told, words)), words.lang)


class _Sheet:
    """The shapes at one scale, and how high they are together."""

    def __init__(
        self, told: Contrast, theme: Theme, words: Words, size: tuple[float, float], scale: float, hint: str
    ) -> None:
        self.theme, self.scale = theme, scale
        self.left = 0.045 * size[0]
        self.width = size[0] - 2 * self.left
        self.first = (0.3 if len(told.names) < 4 else 0.2) * self.width
        self.column = (self.width - self.first) / len(told.names)
        self.y = 0.6 * TITLE * scale
        self.shapes: list[Plain] = []
        self._text(self.left, words("contrast.question"), STRONG, TITLE, theme.ink, self.width)
        self.y += 0.4 * SIZE * scale
        self._cells("", told.names, NAME, STRONG, theme.accent)
        for row in told.rows:
            self._row(row)
        if not told.rows:
            self._text(self.left, words("contrast.none"), STRONG, SIZE, theme.ink, self.width)
        if told.same:
            self.y += 0.7 * SIZE * scale
            same = words("contrast.same", what=" · ".join(told.same))
            self._text(self.left, same, TEXT, SMALL, theme.muted, self.width)
        below = (len(wrap(hint, TEXT, SMALL * scale, self.width)) * STEP + 0.8) * SMALL * scale if hint else 0.0
        self.high = self.y + below
        if hint:
            self.y = size[1] - below
            self._text(self.left, hint, TEXT, SMALL, theme.muted, self.width)

    def _row(self, row: Row) -> None:
        start, place = self.y, len(self.shapes)
        self._cells(row.label, row.cells, SIZE, TEXT, self.theme.ink)
        gap = 0.16 * SIZE * self.scale
        ground = Rect(self.left - gap, start, self.width + 2 * gap, self.y - start - gap, 7 * self.scale,
                      self.theme.panel, self.theme.hairline, 1.0)  # fmt: skip
        self.shapes.insert(place, ground)

    def _cells(self, label: str, cells: Sequence[str], size: float, face: Face, colour: str) -> None:
        """One row: its label, then each side's cell, as high as the highest of them."""
        size *= self.scale
        pad, start = 0.55 * size, self.y
        label_lines = wrap(label, STRONG, size, self.first - 3 * pad) if label else []
        columns = [wrap(tied(cell), face, size, self.column - 2 * pad) for cell in cells]
        most = max(len(lines) for lines in (label_lines, *columns))
        for number, lines in enumerate(columns):
            self._lines(self.left + self.first + number * self.column + pad, start + pad, lines, face, size, colour)
        self._lines(self.left + 1.6 * size + pad if label else self.left, start + pad, label_lines, STRONG, size,
                    self.theme.ink)  # fmt: skip
        if label:
            self._lines(self.left + pad, start + pad, [UNEQUAL], STRONG, size, self.theme.warn)
        self.y = start + most * STEP * size + 2 * pad

    def _text(self, x: float, text: str, face: Face, size: float, colour: str, width: float) -> None:
        size *= self.scale
        lines = wrap(text, face, size, width)
        self._lines(x, self.y, lines, face, size, colour)
        self.y += len(lines) * STEP * size

    def _lines(self, x: float, y: float, lines: Sequence[str], face: Face, size: float, colour: str) -> None:
        for number, line in enumerate(lines):
            base = y + (number + 0.5) * STEP * size + cap_height(face, size) / 2
            self.shapes.append(Label(x, base, line, size, colour, face.weight))
