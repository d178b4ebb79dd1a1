"""A row of the journal, painted: the time, a dot in the protocol's colour, the sentence; the present one is lit."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from vizapp.picture.measure import Face, wrap
from vizapp.picture.theme import Theme
from vizapp.sim.timeline import Event
from vizapp.window import glyphs, look
from vizapp.window.clock import seconds
from vizapp.window.journal_model import EVENT, Index, JournalModel, protocol

PERSON = ("act.fail", "act.restore", "act.cut", "act.mend", "act.set")


class JournalLine(QStyledItemDelegate):
    """Time, a dot in the protocol's colour, the sentence; the present one is lit."""

    def __init__(self, model: JournalModel, theme: Theme) -> None:
        super().__init__()
        self.model, self.theme, self.now = model, theme, -1
        self._fitted: dict[object, str] = {}
        self.size = 14
        self.lines = 1  # of a sentence; the same in every row, so that 100,000 rows need no measuring

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, round(self.size * (2.15 if self.lines == 1 else 3.4)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        event: Event = index.data(EVENT)
        theme, area = self.theme, QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = index.row() == self.now
        if lit or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour(theme.accent_soft if lit else theme.canvas))
            painter.drawRoundedRect(area.adjusted(2, 1, -2, -1), 6, 6)
        if lit:
            painter.setBrush(look.colour(theme.accent))
            painter.drawRoundedRect(QRectF(area.x() + 2, area.y() + 6, 3, area.height() - 12), 1.5, 1.5)
        mono, body = look.font(self.size, 400, True), look.font(self.size, 600 if lit else 400)
        clock = seconds(event.t, self.model.session.run, self.model.words)
        width = QFontMetricsF(mono).horizontalAdvance(clock)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(mono)
        painter.setPen(look.colour(theme.muted))
        painter.drawText(QRectF(area.x() + 10, area.y(), width, area.height()), middle, clock)
        self._dot(painter, event, area.x() + 20 + width, area.center().y())
        painter.setFont(body)
        later = event.t > self.model.session.t
        painter.setPen(look.colour(theme.muted if later else theme.ink))
        left = area.x() + 36 + width
        room = QRectF(left, area.y() + 2, area.right() - left - 6, area.height() - 4)
        painter.drawText(room, middle | Qt.TextFlag.TextWordWrap, self._shortened(event, body, room.width(), lit))
        painter.restore()

    def _shortened(self, event: Event, body: QFont, width: float, lit: bool) -> str:
        """The sentence as it fits in the lines of a row; the pointer is told the whole."""
        key = (event.id, round(width), lit, body.pixelSize(), self.lines)
        if key not in self._fitted:
            if len(self._fitted) > 2000:
                self._fitted.clear()
            face, text = Face(weight=600 if lit else 400), self.model.sentence(event)
            rows = wrap(text, face, body.pixelSize(), width)
            kept = rows[: self.lines]
            if len(rows) > self.lines:
                last = " ".join(rows[self.lines - 1 :])
                kept[-1] = QFontMetricsF(body).elidedText(last, Qt.TextElideMode.ElideRight, width)
            self._fitted[key] = "\n".join(kept)
        return self._fitted[key]

    def forget(self) -> None:
        """Sentences are said anew (another language)."""
        self._fitted.clear()

    def _dot(self, painter: QPainter, event: Event, x: float, y: float) -> None:
        about, theme = protocol(event), self.theme
        if event.name in PERSON and event.cause == 0:
            tint = theme.bad if event.name in ("act.fail", "act.cut") else theme.accent
            glyphs.draw(painter, "person", x - 3, y - 8, 16, tint)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(theme.packet(about)))
        painter.drawEllipse(QRectF(x, y - 5, 10, 10))
