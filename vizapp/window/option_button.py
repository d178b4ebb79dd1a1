"""A choice among several, whose words may take several lines."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontInfo, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy

from vizapp.picture.measure import Face, wrap
from vizapp.picture.theme import Theme
from vizapp.window import look

PAD = 10
SIGN = 24  # the room of the circle before the words


class OptionButton(QRadioButton):
    """A radio button; framed: with a border, as in a question. Nothing moves when it is chosen."""

    def __init__(self, theme: Theme, framed: bool = False) -> None:
        super().__init__()
        self.theme, self.framed = theme, framed
        if framed:
            self.setAutoExclusive(False)  # what was chosen is the session's to say
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(34, len(self._lines(width)) * self.fontMetrics().lineSpacing() + 16)

    def _lines(self, width: int) -> list[str]:
        """As wide as when it is chosen."""
        return wrap(self.text(), Face(weight=600), QFontInfo(self.font()).pixelSize(), max(width - 2 * PAD - SIGN, 40))

    def settle(self) -> None:
        """As high as its words: said at once, since a scroll bar may come after the layout has settled."""
        needed = self.heightForWidth(max(self.width(), 80))
        if needed != self.minimumHeight():
            self.setMinimumHeight(needed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.settle()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.settle()

    def sizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(200))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 34)

    def hitButton(self, at: QPoint) -> bool:
        """All of it can be pressed."""
        return self.rect().contains(at)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._frame(painter, self.theme)
            self._sign(painter, self.theme)
            painter.setFont(look.font(QFontInfo(self.font()).pixelSize(), 600 if self.isChecked() else 400))
            painter.setPen(look.colour(self.theme.ink))
            room = QRectF(PAD + SIGN, 0, self.width() - 2 * PAD - SIGN, self.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, "\n".join(self._lines(self.width())))

    def _frame(self, painter: QPainter, theme: Theme) -> None:
        strong = self.hasFocus() or (self.framed and self.isChecked())
        under = self.underMouse() and self.isEnabled()
        plain = theme.prediction.stroke if self.framed else theme.hairline
        pen = look.pen(theme.accent if strong or under else plain, 2 if strong else 1.2)
        painter.setPen(pen if self.framed or strong or under else Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(theme.accent_soft if self.isChecked() else theme.panel))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)

    def _sign(self, painter: QPainter, theme: Theme) -> None:
        middle = QPointF(PAD + 8, self.height() / 2)
        painter.setPen(look.pen(theme.accent if self.isChecked() else theme.muted, 1.6))
        painter.setBrush(look.colour(theme.panel))
        painter.drawEllipse(middle, 7, 7)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour(theme.accent))
            painter.drawEllipse(middle, 4, 4)
