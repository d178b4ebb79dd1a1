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
from vizapp.picture.measure import ascent
from vizapp.picture.theme import Theme
from vizapp.window import look
from vizapp.window.packet_grid import EDGE, MONO, NIBBLE, Grid
from vizapp.window.packet_tint import tint
from vizapp.words import Words


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
            self.setFixedHeight(self.sizeHint().height())
            self.update()

    def light(self, span: Span | None) -> None:
        """Light the bits of a field."""
        if span != self.lit:
            self.lit = span
            if span is not None:
                grid = self.grid
                self.moved.emit(grid.cell(span.first).united(grid.cell(span.last)).toRect())
            self.update()

    def set_words(self, words: Words) -> None:
        self.words = words
        self.setAccessibleName(words("packet.bytes"))

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.update()

    # places

    @property
    def grid(self) -> Grid:
        return Grid(len(self.data), float(self.width()), max(self.font().pixelSize(), 10))

    def sizeHint(self) -> QSize:
        return QSize(280, round(self.grid.height))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setFixedHeight(self.sizeHint().height())

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        grid = self.grid
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            first, last = max(grid.row_at(event.rect().top()), 0), grid.row_at(event.rect().bottom())
            for row in range(first, min(last + 1, grid.rows)):
                self._row(painter, grid, row)
            if self.hasFocus() and self.data:
                painter.setPen(look.pen(self.theme.accent, 1.6))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(grid.cell(self.here).adjusted(-3, 0, 3, 0), 3, 3)

    def _row(self, painter: QPainter, grid: Grid, row: int) -> None:
        theme, start = self.theme, row * grid.per_row
        chunk = self.data[start : start + grid.per_row]
        for byte in range(start, start + len(chunk)):
            self._ground(painter, grid, byte)
        painter.setFont(look.font(grid.size, 400, True))
        base = EDGE + row * grid.high + (grid.high + ascent(MONO, grid.size) * 0.74) / 2
        painter.setPen(look.colour(theme.muted))
        painter.drawText(QPointF(EDGE, base), f"{start:0{grid.digits}x}")
        for column, byte in enumerate(chunk):
            on, plain = self._selected(start + column), 32 <= byte < 127
            painter.setPen(look.colour(theme.on_accent if on else theme.ink))
            painter.drawText(QPointF(grid.left(column, False), base), f"{byte:02x}")
            painter.setPen(look.colour(theme.on_accent if on else theme.ink if plain else theme.muted))
            painter.drawText(QPointF(grid.left(column, True), base), chr(byte) if plain else "·")

    def _ground(self, painter: QPainter, grid: Grid, byte: int) -> None:
        """What is under a byte: its layer, whether it changed, whether it is lit or selected."""
        theme, cell, text, char = self.theme, grid.cell(byte), grid.letter(byte), grid.char
        bits = Span(8 * byte, 8)
        last = (byte + 1) % grid.per_row == 0  # else a layer is one band, without gaps between its bytes
        wide = cell.adjusted(-0.3 * char, 0, 0.0 if last else 0.3 * char, 0)
        fill = next((tint(each.protocol, theme).fill for each in self.layers if _meet(each.span, bits)), None)
        if fill is not None:
            _fill(painter, wide, fill)
            _fill(painter, text, fill)
        if any(_meet(span, bits) for span in self.changed):
            _fill(painter, cell.adjusted(-0.3 * char, 1.5, 0.2 * char, -1.5), theme.changed)
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
        digit = cell.width() / 2
        part = QRectF(cell.x() + first * digit, cell.y() + 1, (last - first) * digit, cell.height() - 2)
        painter.setPen(look.pen(self.theme.accent, 1.4))
        painter.setBrush(look.colour(self.theme.accent, 0.22))
        painter.drawRoundedRect(part.adjusted(-1.5, 0, 1.5, 0), 3, 3)
        painter.drawRoundedRect(text.adjusted(0.5, 1, -0.5, -1), 2, 2)

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
        bit = self.grid.bit_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton:
            self.anchor = None
            if bit >= 0:
                self.here = bit // 8
            self.pointed.emit(bit)
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        bit = self.grid.bit_at(event.position())
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
        per_row = self.grid.per_row
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -per_row, Qt.Key.Key_Down: per_row,
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
        self.moved.emit(self.grid.cell(self.here).toRect())
        self.update()


def _meet(one: Span, other: Span) -> bool:
    return one.at < other.at + other.bits and other.at < one.at + one.bits


def _fill(painter: QPainter, area: QRectF, colour: str) -> None:
    painter.setBrush(look.colour(colour))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRect(area)
