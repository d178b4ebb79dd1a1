"""What an item of a puzzle is held by: over its drawing, for the pointer, the keys and screen readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QApplication

from vizapp.window import keys

if TYPE_CHECKING:
    from vizapp.window.puzzle_card import PuzzleCard

Key = Qt.Key
ALONG = {Key.Key_Left: -1, Key.Key_Right: 1}
DOWN = {Key.Key_Up: -1, Key.Key_Down: 1}
BACK = (Key.Key_Backspace, Key.Key_Delete)


class Grip(QAbstractButton):
    """Tab goes from item to item, as do up and down. Right and left, digits and Backspace sort an item; Alt with up and
    down, or digits, put it at another position."""

    def __init__(self, card: PuzzleCard, item: int) -> None:
        super().__init__(card)
        self.card, self.item = card, item
        self._pressed: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The card paints the item."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.card.placing.pick(self.item)
        super().focusInEvent(event)

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._moves(event) and not self._goes(event):
            event.ignore()

    def _moves(self, event: QKeyEvent) -> bool:
        """Whether the key moves the item."""
        placing, key = self.card.placing, Key(event.key())
        if placing.shown:
            return False
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        by = (ALONG.get(key) if placing.sorts else None) or ((DOWN | ALONG).get(key) if alt else None)
        if by is not None:
            placing.shift(self.item, by)
        elif key in BACK and placing.sorts:
            placing.put(self.item, None)
        else:
            return self._numbered(event)
        return True

    def _numbered(self, event: QKeyEvent) -> bool:
        found = keys.find(event, keys.SHOW)
        if found is None or found[0].id != "digit":
            return False
        self.card.placing.pick(self.item)
        self.card.session.puzzles.digit(int(keys.DIGITS.get(found[1], found[1])))
        return True

    def _goes(self, event: QKeyEvent) -> bool:
        """Whether the key goes to another item."""
        by = DOWN.get(Key(event.key()))
        if by is None or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            return False
        self.card.go(self.item, by)
        return True

    # pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.card.placing.pick(self.item)  # also while its window has no focus
        self._pressed = event.position() if event.button() == Qt.MouseButton.LeftButton else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or self.card.placing.shown:
            return
        by = event.position() - self._pressed
        if self.card.held == self.item or by.manhattanLength() >= QApplication.startDragDistance():
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.card.hold(self.item, by)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        if self.card.held == self.item:
            self.card.drop()
