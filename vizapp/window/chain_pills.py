"""The links of a chain as pills in a row, tied to each other; a click looks at that moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from vizapp.picture.answer import shown
from vizapp.picture.theme import Theme
from vizapp.window import look

BETWEEN, BELOW = 18, 8  # pixels from pill to pill, and from row to row


class ChainPills(QWidget):
    """`picked`: the place of a link was clicked. As many rows as the width asks for."""

    picked = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.unit = 1.0
        self.pills: list[QPushButton] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def put(self, labels: Sequence[str], place: int, asked: int, rest: Callable[[int], str]) -> None:
        """These links, of which that one is looked at. rest: what stands for so many that are left out."""
        for pill in self.pills:
            pill.hide()
            pill.deleteLater()
        self.pills = []
        for link, left in shown(len(labels), place):
            said = labels[link] if not left else rest(left)
            part = "now" if link == place else "asked" if link == asked else "effect" if link > asked else ""
            self.pills.append(self._pill(said, link, part))
        self.updateGeometry()
        self._arrange(self.width())

    def _pill(self, said: str, link: int, part: str) -> QPushButton:
        pill = QPushButton(said, self)
        pill.setProperty("look", "link-pill")
        pill.setProperty("part", part)
        pill.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        pill.clicked.connect(lambda: self.picked.emit(link))
        pill.show()
        pill.ensurePolished()  # its size is asked for at once
        return pill

    # where they stand

    def _rows(self, width: int) -> Iterator[tuple[QPushButton, QRect]]:
        x = y = 0
        gap, below = round(BETWEEN * self.unit), round(BELOW * self.unit)
        for pill in self.pills:
            size = pill.sizeHint()
            if x and x + size.width() > width:
                x, y = 0, y + size.height() + below
            yield pill, QRect(x, y, min(size.width(), width), size.height())
            x += size.width() + gap

    def heightForWidth(self, width: int) -> int:
        return max((where.bottom() + 1 for _, where in self._rows(width)), default=0)

    def sizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(max(self.width(), 200)))

    def _arrange(self, width: int) -> None:
        for pill, where in self._rows(width):
            pill.setGeometry(where)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange(self.width())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()
            self._arrange(self.width())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ties between them."""
        with QPainter(self) as painter:
            painter.setPen(look.pen(self.theme.link, 1.6 * self.unit))
            for one, other in pairwise(self.pills):
                a, b = one.geometry(), other.geometry()
                if a.top() == b.top():
                    painter.drawLine(QPointF(a.right() + 2, a.center().y()), QPointF(b.left() - 2, b.center().y()))
