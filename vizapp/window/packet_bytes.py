"""The bytes of a frame: hexadecimal and text, tinted by layer, the field under the cursor lit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from vizapp.picture.dissect import Span
from vizapp.picture.measure import Face, advance, ascent
from vizapp.picture.theme import Theme
from vizapp.window import look
from vizapp.window.packet_tint import tint
from vizapp.words import Words

MONO = Face("JetBrains Mono")
ROWS = (16, 8, 4)  # bytes a row, the most that fit
LINE = 1.5  # em from row to row
EDGE = 4.0  # pixels around
PITCH = 2.6  # characters from byte to byte
NIBBLE = 4  # bits of a hexadecimal digit


class Layer(NamedTuple):
    """The bytes of a layer, and its protocol."""

    protocol: str
    span: Span


class BytesView(QWidget):
    """`pointed`: the bit under the pointer or at the cursor, -1 for none. Bytes are selected by dragging, or by Shift
    and the arrows."""

    pointed = Signal(int)
    moved = Signal(QRect)  # where the cursor went

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__()
        self.words, self.theme = words, theme
        self.data = b""
        self.layers: tuple[Layer, ...] = ()
        self.changed: tuple[Span, ...] = ()
        self.lit: Span | None = None
        self.here = 0
        self.anchor: int | None = None
        self.setObjectName("bytes")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def put(self, data: bytes, layers: Sequence[Layer], changed: Sequence[Span]) -> None:
        """Show the bytes of a frame; `changed` are the fields that went out otherwise than they came in."""
        shown = (data, tuple(layers), tuple(changed))
        if shown != (self.data, self.layers, self.changed):
            self.data, self.layers, self.changed = shown
            self.here, self.anchor = min(self.here, max(len(data) - 1, 0)), None
            self.lit = None
            self._resize()
            self.update()

    def light(self, span: Span | None) -> None:
        """Light the bits of a field."""
        if span != self.lit:
            self.lit = span
            if span is not None:
                self.moved.emit(self._cell(span.first).united(self._cell(span.last)).toRect())
            self.update()

    def set_words(self, words: Words) -> None:
        self.words = words
        self.setAccessibleName(words("packet.bytes"))

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.update()

    # places

    @property
    def _size(self) -> int:
        return max(self.font().pixelSize(), 10)

    @property
    def _char(self) -> float:
        return advance("0", MONO, self._size)

    @property
    def _digits(self) -> int:
        """Hexadecimal digits of an offset."""
        return max(len(f"{max(len(self.data) - 1, 0):x}"), 2)

    @property
    def per_row(self) -> int:
        """Bytes a row: as many as fit."""
        room = (self.width() - 2 * EDGE) / self._char
        return next((count for count in ROWS if self._digits + 2 + (PITCH + 1) * count <= room), ROWS[-1])

    def _resize(self) -> None:
        self.setFixedHeight(self.sizeHint().height())

    def sizeHint(self) -> QSize:
        rows = max(-(-len(self.data) // self.per_row), 1)
        return QSize(280, round(rows * LINE * self._size + 2 * EDGE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._resize()

    def _left(self, column: int, text: bool) -> float:
        """Where a byte of a row begins, among the digits or in the text."""
        start = EDGE + (self._digits + 1) * self._char
        middle = 0.5 * self._char * (column >= 8)
        if not text:
            return start + PITCH * column * self._char + middle
        return start + (PITCH * self.per_row + 0.4 + 0.5 * (self.per_row > 8) + column) * self._char

    def _cell(self, byte: int) -> QRectF:
        """The two digits of a byte."""
        row, column = divmod(byte, self.per_row)
        high = LINE * self._size
        return QRectF(self._left(column, False), EDGE + row * high, 2 * self._char, high)

    def bit_at(self, at: QPointF) -> int:
        """The bit that begins the digit at a place, or the byte whose character it is; -1 where there is none."""
        row = int((at.y() - EDGE) // (LINE * self._size))
        if row < 0 or not self.data:
            return -1
        for column in range(self.per_row):
            byte = row * self.per_row + column
            digits, text = self._left(column, False), self._left(column, True)
            if byte < len(self.data) and 0 <= at.x() - digits + 0.3 * self._char < PITCH * self._char:
                return 8 * byte + (NIBBLE if at.x() >= digits + self._char else 0)
            if byte < len(self.data) and text <= at.x() < text + self._char:
                return 8 * byte
        return -1

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            high = LINE * self._size
            first = max(int((event.rect().top() - EDGE) // high), 0)
            last = int((event.rect().bottom() - EDGE) // high)
            for row in range(first, min(last, (len(self.data) - 1) // self.per_row) + 1):
                self._row(painter, row)
            if self.hasFocus() and self.data:
                painter.setPen(look.pen(self.theme.accent, 1.6))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(self._cell(self.here).adjusted(-3, 0, 3, 0), 3, 3)

    def _row(self, painter: QPainter, row: int) -> None:
        theme, start = self.theme, row * self.per_row
        chunk = self.data[start : start + self.per_row]
        for column in range(len(chunk)):
            self._ground(painter, start + column, column)
        painter.setFont(look.font(self._size, 400, True))
        base = EDGE + row * LINE * self._size + (LINE * self._size + ascent(MONO, self._size) * 0.74) / 2
        painter.setPen(look.colour(theme.muted))
        painter.drawText(QPointF(EDGE, base), f"{start:0{self._digits}x}")
        for column, byte in enumerate(chunk):
            on = self._selected(start + column)
            painter.setPen(look.colour(theme.on_accent if on else theme.ink))
            painter.drawText(QPointF(self._left(column, False), base), f"{byte:02x}")
            painter.setPen(look.colour(theme.on_accent if on else theme.ink if 32 <= byte < 127 else theme.muted))
            painter.drawText(QPointF(self._left(column, True), base), chr(byte) if 32 <= byte < 127 else "·")

    def _ground(self, painter: QPainter, byte: int, column: int) -> None:
        """What is under a byte: its layer, whether it changed, whether it is lit or selected."""
        theme, cell = self.theme, self._cell(byte)
        bits = Span(8 * byte, 8)
        fill = next((tint(each.protocol, theme).fill for each in self.layers if _meet(each.span, bits)), None)
        join = 1.0 if column + 1 < self.per_row else 0.0  # a layer is one band, without gaps between its bytes
        text = QRectF(self._left(column, True), cell.y(), self._char, cell.height())
        wide = cell.adjusted(-0.3 * self._char, 0, 0.3 * self._char * join, 0)
        painter.setPen(Qt.PenStyle.NoPen)
        if fill is not None:
            _fill(painter, wide, fill)
            _fill(painter, text, fill)
        if any(_meet(span, bits) for span in self.changed):
            _fill(painter, cell.adjusted(-0.3 * self._char, 1.5, 0.2 * self._char, -1.5), theme.changed)
            _fill(painter, text, theme.changed)
        if self._selected(byte):
            _fill(painter, wide, theme.accent)
            _fill(painter, text, theme.accent)
        elif self.lit is not None and _meet(self.lit, bits):
            self._light(painter, cell, text, bits)

    def _light(self, painter: QPainter, cell: QRectF, text: QRectF, bits: Span) -> None:
        """The lit field in one byte: both digits, or the one that it covers."""
        assert self.lit is not None
        start, end = max(self.lit.at - bits.at, 0), min(self.lit.at + self.lit.bits - bits.at, 8)
        first, last = start // NIBBLE, (end - 1) // NIBBLE + 1
        part = QRectF(cell.x() + first * self._char, cell.y() + 1, (last - first) * self._char, cell.height() - 2)
        painter.setPen(look.pen(self.theme.accent, 1.4))
        painter.setBrush(look.colour(self.theme.accent, 0.22))
        painter.drawRoundedRect(part.adjusted(-1.5, 0, 1.5, 0), 3, 3)
        painter.drawRoundedRect(text.adjusted(0.5, 1, -0.5, -1), 2, 2)
        painter.setPen(Qt.PenStyle.NoPen)

    # selecting and copying

    @property
    def selection(self) -> range:
        """The selected bytes."""
        if self.anchor is None:
            return range(0)
        return range(min(self.anchor, self.here), max(self.anchor, self.here) + 1)

    def _selected(self, byte: int) -> bool:
        return byte in self.selection

    def select_all(self) -> None:
        self.anchor, self.here = 0, max(len(self.data) - 1, 0)
        self.update()

    def copied(self, how: str = "hex") -> str:
        """What is selected, or else everything: `hex` digits, `text`, or a `dump` with offsets as Wireshark reads."""
        chosen = self.selection or range(len(self.data))
        data = self.data[chosen.start : chosen.stop]
        if how == "text":
            return "".join(chr(byte) if 32 <= byte < 127 else "." for byte in data)
        if how == "dump":
            return "\n".join(f"{at:04x}  {data[at : at + 16].hex(' ')}" for at in range(0, len(data), 16))
        return data.hex(" ")

    def copy(self, how: str = "hex") -> None:
        QGuiApplication.clipboard().setText(self.copied(how))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        for how in ("hex", "text", "dump"):
            menu.addAction(self.words(f"packet.copy-{how}")).triggered.connect(lambda _=False, how=how: self.copy(how))
        menu.addAction(self.words("packet.select-all")).triggered.connect(self.select_all)
        menu.exec(event.globalPos())

    # hands

    def mousePressEvent(self, event: QMouseEvent) -> None:
        bit = self.bit_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton:
            self.anchor = None
            if bit >= 0:
                self.here = bit // 8
            self.pointed.emit(bit)
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        bit = self.bit_at(event.position())
        if event.buttons() & Qt.MouseButton.LeftButton and bit >= 0:
            self.anchor = self.here if self.anchor is None and bit // 8 != self.here else self.anchor
            self.here = bit // 8
            self.update()
        self.pointed.emit(bit)

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit(8 * self.here if self.hasFocus() and self.data else -1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.data and event.reason() != Qt.FocusReason.MouseFocusReason:
            self.pointed.emit(8 * self.here)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -self.per_row, Qt.Key.Key_Down: self.per_row,
                 Qt.Key.Key_Home: -self.here, Qt.Key.Key_End: len(self.data) - 1 - self.here}  # fmt: skip
        step = steps.get(Qt.Key(event.key()))
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_all()
        elif step is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        else:
            self._step(step, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def _step(self, step: int, selecting: bool) -> None:
        if not 0 <= self.here + step < len(self.data):
            return
        self.anchor = (self.here if self.anchor is None else self.anchor) if selecting else None
        self.here += step
        self.pointed.emit(8 * self.here)
        self.moved.emit(self._cell(self.here).toRect())
        self.update()


def _meet(one: Span, other: Span) -> bool:
    return one.at < other.at + other.bits and other.at < one.at + one.bits


def _fill(painter: QPainter, area: QRectF, colour: str) -> None:
    painter.setBrush(look.colour(colour))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRect(area)
