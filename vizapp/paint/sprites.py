"""What moves, painted fast: small looks are drawn once into one sheet, then copied to where they are now.

A look is a shape without its place: the pill of a packet with its name, a label, an icon, the dot of a crowd. Copies
are gathered in a column buffer and handed to Qt in one call, so that a thousand of them cost a millisecond.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Any, cast

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPixmap

from vizapp.paint import vector
from vizapp.picture import outline
from vizapp.picture.measure import metrics
from vizapp.picture.shapes import Dots, Icon, Label, Pill, Plain, Rect, Shape

SHEET = 1024
"""Side of the sheet, in device pixels; when it is full it is wiped and filled anew."""
FIRST = 256
"""Height that it has at first: most scenes need no more, and a whole sheet takes 4 MB."""
LARGEST = 1 << 15
"""The largest look worth a sprite, in device pixels: a card. Anything larger is drawn exactly."""
COLUMNS = 10
"""Numbers in a QPainter.PixmapFragment: x, y, source left, top, width, height, scale x, y, rotation, opacity."""
OPACITY = 9


@dataclass(frozen=True, slots=True)
class Sprite:
    """A look on the sheet. columns: its fragment at (0, 0), as bytes; dx, dy: from its shape's place to the middle of
    the sprite, in device pixels (Qt places fragments by their middle, and copies them to whole pixels)."""

    columns: bytes
    dx: float
    dy: float


class Sprites:
    """The looks seen so far at one scale (device pixels per scene unit), and the copies waiting to be painted."""

    def __init__(self, scale: float) -> None:
        self.scale = scale
        self._sheet = blank(FIRST)
        self._looks: dict[Any, Sprite | None] = {}
        self._pills: dict[int, tuple[Rect, Label, Sprite]] = {}
        self._seen: set[Any] = set()
        self._x = self._y = self._row = 0
        self._columns: list[bytes] = []
        self._xs: list[float] = []
        self._ys: list[float] = []
        self._faint: dict[int, float] = {}

    def paint(self, painter: QPainter, shapes: Sequence[Shape]) -> None:
        """Paints shapes in order; the painter counts device pixels from the picture's corner."""
        # The one hot loop of painting: a method call more per pill would show.
        pills, scale = self._pills.get, self.scale
        columns, xs, ys = self._columns.append, self._xs.append, self._ys.append
        for shape in shapes:
            if isinstance(shape, Pill):
                x, y, box, label, _ = shape
                kept = pills(id(box))
                if kept is not None and kept[0] is box and kept[1] is label:
                    sprite = kept[2]
                    columns(sprite.columns)
                    xs(x * scale + sprite.dx)
                    ys(y * scale + sprite.dy)
                elif not self._pill(shape):
                    for part in shape.parts:
                        self._draw(painter, part)
            else:
                self._draw(painter, shape)
        self.flush(painter)

    def _draw(self, painter: QPainter, shape: Plain) -> None:
        if not self._single(shape):
            self.flush(painter)
            self._exactly(painter, shape)

    def flush(self, painter: QPainter) -> None:
        """Hands the waiting copies to Qt, in one call."""
        count = len(self._xs)
        if count == 0:
            return
        buffer = array("d", b"".join(self._columns))
        buffer[0::COLUMNS] = array("d", self._xs)
        buffer[1::COLUMNS] = array("d", self._ys)
        for place, opacity in self._faint.items():
            buffer[place * COLUMNS + OPACITY] = opacity
        copy(painter, buffer, count, self._sheet)
        self._columns.clear()
        self._xs.clear()
        self._ys.clear()
        self._faint.clear()

    def _pill(self, pill: Pill) -> bool:
        """Copies a pill as one; False when its look is new, or has no room. Kept by its box, which it keeps alive."""
        sprite = self._sprite((pill.box, pill.label), (pill.box, pill.label))
        if sprite is None:
            return False
        self._pills[id(pill.box)] = (pill.box, pill.label, sprite)
        self._copy(sprite, pill.x, pill.y, 1.0)
        return True

    def _single(self, shape: Plain) -> bool:
        """Copies one shape; False when it has to be drawn exactly."""
        if isinstance(shape, Dots):
            return self._crowd(shape)
        if not isinstance(shape, Rect | Label | Icon):
            return False
        one = shape._replace(x=0.0, y=0.0, opacity=1.0, of=None)
        sprite = self._sprite(one, (one,))
        if sprite is None:
            return False
        self._copy(sprite, shape.x, shape.y, shape.opacity)
        return True

    def _crowd(self, dots: Dots) -> bool:
        one = dots._replace(xs=array("d", (0.0,)), ys=array("d", (0.0,)))
        sprite = self._sprite((dots.radius, dots.fill, dots.ring), (one,), at_once=True)
        if sprite is None:
            return False
        scale, dx, dy = self.scale, sprite.dx, sprite.dy
        self._columns += [sprite.columns] * len(dots.xs)
        self._xs += [x * scale + dx for x in dots.xs]
        self._ys += [y * scale + dy for y in dots.ys]
        return True

    def _copy(self, sprite: Sprite, x: float, y: float, opacity: float) -> None:
        if opacity < 1.0:
            self._faint[len(self._xs)] = max(0.0, opacity)
        self._columns.append(sprite.columns)
        self._xs.append(x * self.scale + sprite.dx)
        self._ys.append(y * self.scale + sprite.dy)

    def _sprite(self, key: Any, shapes: tuple[Plain, ...], *, at_once: bool = False) -> Sprite | None:
        return self._looks[key] if key in self._looks else self._look(key, shapes, at_once=at_once)

    def _look(self, key: Any, shapes: tuple[Plain, ...], *, at_once: bool = False) -> Sprite | None:
        """Draws a look on the sheet when it is met for the second time: what changes at every frame never pays."""
        if key not in self._seen and not at_once:
            self._seen.add(key)
            return None
        boxes = [bounds(shape) for shape in shapes]
        left, top = (floor(min(box[side] for box in boxes) * self.scale) for side in (0, 1))
        right, bottom = (ceil(max(box[side] for box in boxes) * self.scale) for side in (2, 3))
        width, height = right - left, bottom - top
        if width * height > LARGEST or max(width, height) > SHEET:
            self._looks[key] = None
            return None
        corner = self._room(width, height)
        if corner is None:
            return None
        with QPainter(self._sheet) as painter:
            painter.setRenderHints(vector.HINTS)
            painter.setClipRect(*corner, width, height)
            painter.translate(corner[0] - left, corner[1] - top)
            painter.scale(self.scale, self.scale)
            vector.draw(painter, shapes)
        columns = array("d", (0, 0, *corner, width, height, 1, 1, 0, 1)).tobytes()
        self._looks[key] = sprite = Sprite(columns, left + width / 2, top + height / 2)
        return sprite

    def _room(self, width: int, height: int) -> tuple[int, int] | None:
        """A free corner on the sheet, filled in rows; None when it is full (it is then wiped once nothing waits)."""
        if self._x + width > SHEET:
            self._x, self._y, self._row = 0, self._y + self._row, 0
        if self._y + height > SHEET or len(self._seen) > 8192:
            if not self._xs:
                self._wipe()
            return None
        while self._y + height > self._sheet.height():
            self._grow()
        corner = (self._x, self._y)
        self._x += width
        self._row = max(self._row, height)
        return corner

    def _grow(self) -> None:
        """Twice as high, with all that is on it where it was: copies that wait stay right."""
        higher = blank(2 * self._sheet.height())
        with QPainter(higher) as painter:
            painter.drawPixmap(0, 0, self._sheet)
        self._sheet = higher

    def _wipe(self) -> None:
        self._sheet.fill(Qt.GlobalColor.transparent)
        self._looks.clear()
        self._pills.clear()
        self._seen.clear()
        self._x = self._y = self._row = 0

    def _exactly(self, painter: QPainter, shape: Plain) -> None:
        before = painter.transform()
        painter.scale(self.scale, self.scale)
        vector.draw(painter, (shape,))
        painter.setTransform(before)


def blank(height: int) -> QPixmap:
    """A clear sheet."""
    made = QPixmap(SHEET, height)
    made.fill(Qt.GlobalColor.transparent)
    return made


def copy(painter: QPainter, buffer: array[float], count: int, sheet: QPixmap) -> None:
    """Paints fragments that lie one after the other in memory.

    Qt takes a pointer to the first of them; from Python one can only hand over one fragment, so the buffer is looked
    at as a fragment (ten doubles, as documented; a test keeps it true). Called one by one they cost four times as much.
    """
    first = shiboken6.wrapInstance(buffer.buffer_info()[0], QPainter.PixmapFragment)
    painter.drawPixmapFragments(cast(QPainter.PixmapFragment, first), count, sheet)


def bounds(shape: Plain) -> tuple[float, float, float, float]:
    """What a shape may cover, in scene units: left, top, right, bottom."""
    match shape:
        case Rect(x, y, w, h):
            around = shape.width / 2 if shape.stroke else 0.0
            if shape.shadow:
                around = max(around, outline.SHADOW_GROWTHS[0] + outline.SHADOW_DROP)
            return x - around, y - around, x + w + around, y + h + around
        case Label():
            face, start = metrics(outline.face(shape)), outline.left(shape)
            width, over = face.em(shape.text) * shape.size, 0.08 * shape.size  # a letter may lean over its advance
            bottom = shape.y + face.descent * shape.size
            return start - over, shape.y - face.ascent * shape.size, start + width + over, bottom
        case Icon(x, y, size):
            return x, y, x + size, y + size
        case Dots():
            around = shape.radius + outline.DOT_RING
            return min(shape.xs) - around, min(shape.ys) - around, max(shape.xs) + around, max(shape.ys) + around
        case _:
            raise TypeError(f"{type(shape).__name__} is drawn exactly")
