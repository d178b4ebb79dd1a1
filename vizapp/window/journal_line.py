"""A row of the journal, painted: the time, a dot in the protocol's colour, the sentence; the present one is lit."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from vizapp.picture.measure import Face, wrap
from vizapp.picture.theme import Theme
from vizapp.sim.timeline import Event
from vizapp.window import glyphs, look
from vizapp.window.clock import seconds
from vizapp.window.journal_model import EVENT, Index, JournalModel, protocol

MEASURED = 2000  # rows up to which each has the height that its sentence needs; beyond, all have the same
MOST = 3  # lines of a row then
PERSON = ("act.fail", "act.restore", "act.cut", "act.mend", "act.set")


class JournalLine(QStyledItemDelegate):
    """Time, a dot in the protocol's colour, the sentence; the present one is lit."""

    def __init__(self, model: JournalModel, theme: Theme) -> None:
        super().__init__()
        self.model, self.theme, self.now = model, theme, -1
        self._fitted: dict[object, list[str]] = {}
        self.size = 14
        self.width = 300  # pixels of a row
        self._clock = 0.0
        self.chained: frozenset[int] = frozenset()  # the events of the chain that is shown

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        lines = len(self.fitted(index.data(EVENT))) if self.model.rowCount() <= MEASURED else MOST
        return QSize(100, round(self.size * (0.9 + 1.25 * max(lines, 1))))

    def room(self) -> float:
        """Pixels that a sentence has beside the clock and the dot."""
        if not self._clock:
            session = self.model.session
            widest = seconds(max(session.run.limit, 10_000_000_000), session.run, self.model.words)
            self._clock = QFontMetricsF(look.font(self.size, 400, True)).horizontalAdvance(widest)
        return max(self.width - self._clock - 46, 60.0)

    def fitted(self, event: Event) -> list[str]:
        """The lines of a sentence, whole: nothing of it is shortened. As wide as when it is lit, so that no row moves
        when the clock comes to it."""
        key = (event.id, self.width, self.size)
        if key not in self._fitted:
            self._fitted[key] = wrap(self.model.sentence(event), Face(weight=600), self.size, self.room())
        return self._fitted[key]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        event: Event = index.data(EVENT)
        theme, area = self.theme, QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = index.row() == self.now
        if event.id in self.chained and not lit:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour(theme.accent_soft, 0.6))
            painter.drawRoundedRect(area.adjusted(2, 1, -2, -1), 6, 6)
        if lit or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour(theme.accent_soft if lit else theme.canvas))
            painter.drawRoundedRect(area.adjusted(2, 1, -2, -1), 6, 6)
        if lit or event.id in self.chained:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour(theme.accent))
            painter.drawRoundedRect(QRectF(area.x() + 2, area.y() + 6, 3, area.height() - 12), 1.5, 1.5)
        mono, body = look.font(self.size, 400, True), look.font(self.size, 600 if lit else 400)
        clock = seconds(event.t, self.model.session.run, self.model.words)
        width = self.width - self.room() - 46
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(mono)
        painter.setPen(look.colour(theme.muted))
        right = middle | Qt.AlignmentFlag.AlignRight
        painter.drawText(QRectF(area.x() + 10, area.y(), width, area.height()), right, clock)
        self._dot(painter, event, area.x() + 20 + width, area.center().y())
        painter.setFont(body)
        later = event.t > self.model.session.t
        painter.setPen(look.colour(theme.muted if later else theme.ink))
        left = area.x() + 36 + width
        room = QRectF(left, area.y() + 2, area.right() - left - 6, area.height() - 4)
        lines = self.fitted(event)
        painter.drawText(room, middle, "\n".join(lines if self.model.rowCount() <= MEASURED else lines[:MOST]))
        painter.restore()

    def forget(self) -> None:
        """Sentences are said anew, or in another size."""
        self._fitted.clear()
        self._clock = 0.0

    def _dot(self, painter: QPainter, event: Event, x: float, y: float) -> None:
        about, theme = protocol(event), self.theme
        if event.name in PERSON and event.cause == 0:
            tint = theme.bad if event.name in ("act.fail", "act.cut") else theme.accent
            glyphs.draw(painter, "person", x - 3, y - 8, 16, tint)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(theme.packet(about)))
        painter.drawEllipse(QRectF(x, y - 5, 10, 10))
