"""The cards of the home page in rows: as many beside each other as fit, reached by arrows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from vizapp.window.card import Card

GAP = 20
WIDE = 400  # of a card where there are enough to fill the rows
WIDEST = 530  # where there are few
FEW = 3


class Cards(QWidget):
    """They share the whole width. `focused`: the keyboard is on this card."""

    focused = Signal(QWidget)

    def __init__(self, scale: float) -> None:
        super().__init__()
        self.scale = scale
        self.cards: list[Card] = []
        self.columns = 1
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_cards(self, cards: list[Card]) -> None:
        """Show these instead of those before."""
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.cards = cards
        for card in cards:
            card.setParent(self)
            card.installEventFilter(self)
        self._place(self.width())
        for card in cards:
            card.show()
        self.updateGeometry()

    # where they stand

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        columns, side = self._grid(width)
        rows = -(-len(self.cards) // columns)
        return rows * (self._height(side) + GAP) - GAP if rows else 0

    def sizeHint(self) -> QSize:
        return QSize(WIDE, self.heightForWidth(max(self.width(), WIDE)))

    def _grid(self, width: int) -> tuple[int, int]:
        """How many stand beside each other, and how wide they are."""
        scale = max(1.0, self.scale)
        fitting = -(-(width + GAP) // (round(WIDE * scale) + GAP))
        columns = max(1, min(fitting, max(FEW, len(self.cards))))
        return columns, min((width - GAP * (columns - 1)) // columns, round(WIDEST * scale))

    def _height(self, side: int) -> int:
        return max((card.heightForWidth(side) for card in self.cards), default=0)

    def _place(self, width: int) -> None:
        self.columns, side = self._grid(width)
        height = self._height(side)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for place, card in enumerate(self.cards):
            row, column = divmod(place, self.columns)
            x = column * (side + GAP)
            card.setGeometry(width - x - side if mirrored else x, row * (height + GAP), side, height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place(event.size().width())

    # keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, Card):
            if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                return self._key(watched, event)
            if event.type() == QEvent.Type.FocusIn:
                self.focused.emit(watched)
        return False

    def _key(self, card: Card, event: QKeyEvent) -> bool:
        forward = -1 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else 1
        place, last = self.cards.index(card), len(self.cards) - 1
        goals = {
            Qt.Key.Key_Left: place - forward, Qt.Key.Key_Right: place + forward, Qt.Key.Key_Up: place - self.columns,
            Qt.Key.Key_Down: place + self.columns, Qt.Key.Key_Home: 0, Qt.Key.Key_End: last,
        }  # fmt: skip
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            card.click()
        elif key not in goals:
            return False
        elif 0 <= goals[Qt.Key(key)] <= last:
            self.cards[goals[Qt.Key(key)]].setFocus()
        return True
