"""Where each byte of a frame stands in the bytes view: an offset, hexadecimal digits, then the text."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from vizapp.picture.measure import Face, advance

MONO = Face("JetBrains Mono")
COUNTS = (16, 8, 4)  # bytes a row, the most that fit
LINE = 1.5  # em from row to row
EDGE = 4.0  # pixels around
PITCH = 2.6  # characters from byte to byte
NIBBLE = 4  # bits of a hexadecimal digit


@dataclass(frozen=True, slots=True)
class Grid:
    """count: bytes in all; width: pixels; size: of the text, in pixels."""

    count: int
    width: float
    size: int

    @property
    def char(self) -> float:
        return advance("0", MONO, self.size)

    @property
    def high(self) -> float:
        """From row to row."""
        return LINE * self.size

    @property
    def digits(self) -> int:
        """Hexadecimal digits of an offset."""
        return max(len(f"{max(self.count - 1, 0):x}"), 2)

    @property
    def per_row(self) -> int:
        """Bytes a row: as many as fit."""
        room = (self.width - 2 * EDGE) / self.char
        return next((each for each in COUNTS if self.digits + 2 + (PITCH + 1) * each <= room), COUNTS[-1])

    @property
    def rows(self) -> int:
        return max(-(-self.count // self.per_row), 1)

    @property
    def height(self) -> float:
        return self.rows * self.high + 2 * EDGE

    def left(self, column: int, text: bool) -> float:
        """Where a byte of a row begins, among the digits or in the text."""
        start = EDGE + (self.digits + 1) * self.char
        if text:
            return start + (PITCH * self.per_row + 0.4 + 0.5 * (self.per_row > 8) + column) * self.char
        return start + PITCH * column * self.char + 0.5 * self.char * (column >= 8)

    def cell(self, byte: int) -> QRectF:
        """The two digits of a byte."""
        row, column = divmod(byte, self.per_row)
        return QRectF(self.left(column, False), EDGE + row * self.high, 2 * self.char, self.high)

    def letter(self, byte: int) -> QRectF:
        """The character of a byte."""
        row, column = divmod(byte, self.per_row)
        return QRectF(self.left(column, True), EDGE + row * self.high, self.char, self.high)

    def row_at(self, y: float) -> int:
        return int((y - EDGE) // self.high)

    def bit_at(self, at: QPointF) -> int:
        """The bit that begins the digit at a place, or the byte whose character it is; -1 where there is none."""
        row, char = self.row_at(at.y()), self.char
        for column in range(self.per_row if row >= 0 else 0):
            byte = row * self.per_row + column
            digits, text = self.left(column, False), self.left(column, True)
            if byte < self.count and 0 <= at.x() - digits + 0.3 * char < PITCH * char:
                return 8 * byte + (NIBBLE if at.x() >= digits + char else 0)
            if byte < self.count and text <= at.x() < text + char:
                return 8 * byte
        return -1
