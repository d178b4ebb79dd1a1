"""The journal: the run in sentences, as far as the fog lets it be read; a click looks at that moment."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QMenu,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from vizapp.picture import sentences
from vizapp.picture.measure import Face, wrap
from vizapp.picture.theme import Theme
from vizapp.sim.timeline import Event
from vizapp.window import glyphs, look
from vizapp.window.pulse import Pulse
from vizapp.window.session import Session
from vizapp.words import Words

Index = QModelIndex | QPersistentModelIndex
EVENT = Qt.ItemDataRole.UserRole
ONE_LINE = 520  # pixels from which a sentence has room on one line
PERSON = ("act.fail", "act.restore", "act.cut", "act.mend", "act.set")


def protocol(event: Event) -> str:
    """What an event is about: the first word of its name (`dhcp.offer` is of dhcp)."""
    return event.name.partition(".")[0]


class JournalModel(QAbstractListModel):
    """Events up to the fog that the filter lets through, looked at and never copied: a row is a number."""

    def __init__(self, session: Session, words: Words) -> None:
        super().__init__()
        self.session, self.words = session, words
        self.about: str | None = None  # a protocol
        self.device: str | None = None
        self.text = ""
        self._timeline: object = None
        self._rows: list[int] | None = None  # numbers of the events that pass; None: all do
        self._seen = 0  # events looked at
        self._sentences: dict[int, str] = {}

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if parent.isValid():
            return 0
        return self._seen if self._rows is None else len(self._rows)

    def event_at(self, row: int) -> Event:
        return self.session.run.timeline.events[row if self._rows is None else self._rows[row]]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        event = self.event_at(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return self.sentence(event)
        if role == EVENT:
            return event
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return f"{self.words.clock(event.t, 6)} · {self.sentence(event)}"
        return None

    def sentence(self, event: Event) -> str:
        said = self._sentences.get(event.id)
        if said is None:
            said = self._sentences[event.id] = sentences.sentence(event, self.session.run.scene, self.words)
        return said

    def set_words(self, words: Words) -> None:
        self.words = words
        self.reset()

    def filter(self, about: str | None, device: str | None, text: str) -> None:
        self.about, self.device, self.text = about, device, text.casefold()
        self.reset()

    def reset(self) -> None:
        self.beginResetModel()
        self._sentences.clear()
        self._rows = [] if self.about or self.device or self.text else None
        self._seen = 0
        self._timeline = self.session.run.timeline
        self._look()
        self.endResetModel()

    def refresh(self) -> None:
        """Follow the fog: more rows appear at the end; another run begins anew."""
        timeline = self.session.run.timeline
        until = timeline.events_until(self.session.fog_t)
        if timeline is not self._timeline or until < self._seen:
            self.reset()
        elif until > self._seen:
            fresh = [n for n in range(self._seen, until) if self._rows is None or self._passes(timeline.events[n])]
            if fresh:
                count = self.rowCount()
                self.beginInsertRows(QModelIndex(), count, count + len(fresh) - 1)
            self._seen = until
            if self._rows is not None:
                self._rows.extend(fresh)
            if fresh:
                self.endInsertRows()

    def _look(self) -> None:
        events = self.session.run.timeline.events
        self._seen = self.session.run.timeline.events_until(self.session.fog_t)
        if self._rows is not None:
            self._rows = [n for n in range(self._seen) if self._passes(events[n])]

    def _passes(self, event: Event) -> bool:
        return (
            self.about in (None, protocol(event))
            and self.device in (None, event.device, event.owner)
            and (not self.text or self.text in self.sentence(event).casefold())
        )

    def row_at(self, t: int) -> int:
        """The last row not after true ns `t`, -1 before the first."""
        low, high = 0, self.rowCount()
        while low < high:
            middle = (low + high) // 2
            if self.event_at(middle).t <= t:
                low = middle + 1
            else:
                high = middle
        return low - 1


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
        theme, area = self.theme, QRectF(option.rect)  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = index.row() == self.now
        if lit or option.state & QStyle.StateFlag.State_MouseOver:  # type: ignore[attr-defined]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour(theme.accent_soft if lit else theme.canvas))
            painter.drawRoundedRect(area.adjusted(2, 1, -2, -1), 6, 6)
        if lit:
            painter.setBrush(look.colour(theme.accent))
            painter.drawRoundedRect(QRectF(area.x() + 2, area.y() + 6, 3, area.height() - 12), 1.5, 1.5)
        mono, body = look.font(self.size, 400, True), look.font(self.size, 600 if lit else 400)
        clock = self.model.words.number(event.t / 1e9, 3)
        width = max(QFontMetricsF(mono).horizontalAdvance("00,000"), QFontMetricsF(mono).horizontalAdvance(clock))
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


class JournalPanel(QWidget):
    """Heading, filter and list."""

    def __init__(self, session: Session, words: Words, theme: Theme) -> None:
        super().__init__()
        self.session, self.words, self.theme = session, words, theme
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = JournalModel(session, words)
        self.line = JournalLine(self.model, theme)
        self.heading = look.text("section")
        self.filter_button = QPushButton()
        self.filter_button.setProperty("look", "link")
        self.menu = QMenu(self.filter_button)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.filter_button.setMenu(self.menu)
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.list = QListView()
        self.list.setObjectName("journal")
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setModel(self.model)
        self.list.setItemDelegate(self.line)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(self._go)
        self.list.activated.connect(self._go)
        self.empty = look.text("muted", wrap=True)
        self.about: str | None = None
        self.device: str | None = None
        self._arrange()
        self.pulse = Pulse(session, self)
        self.pulse.beat.connect(self.refresh)
        self.set_words(words)

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(20, 0, 8, 0)
        top.addWidget(self.heading)
        top.addStretch()
        top.addWidget(self.filter_button)
        second = QHBoxLayout()
        second.setContentsMargins(20, 0, 14, 4)
        second.addWidget(self.search)
        self.search.hide()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 8, 0, 8)
        rows.setSpacing(4)
        rows.addLayout(top)
        rows.addLayout(second)
        empty = QHBoxLayout()
        empty.setContentsMargins(20, 2, 14, 0)
        empty.addWidget(self.empty)
        rows.addLayout(empty)
        lines = QHBoxLayout()
        lines.setContentsMargins(8, 0, 6, 0)
        lines.addWidget(self.list)
        rows.addLayout(lines, 1)

    def set_words(self, words: Words) -> None:
        self.words = words
        self.heading.setText(words("journal.title"))
        self.list.setAccessibleName(words("journal.title"))
        self.search.setPlaceholderText(words("journal.search"))
        self.search.setAccessibleName(words("journal.search"))
        self.empty.setText(words("journal.empty"))
        self.line.forget()
        self.model.set_words(words)
        self._name_filter()
        self.refresh()

    def set_theme(self, theme: Theme) -> None:
        self.theme = self.line.theme = theme
        self.list.viewport().update()

    def refresh(self) -> None:
        if not self.isVisible():
            return
        self.model.refresh()
        now = self.model.row_at(self.session.t)
        if now != self.line.now:
            self.line.now = now
            if now >= 0:
                self.list.scrollTo(self.model.index(now), QAbstractItemView.ScrollHint.EnsureVisible)
        self.empty.setVisible(self.model.rowCount() == 0)
        self.list.viewport().update()

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self.refresh()

    def find(self) -> None:
        """Show the field that filters by text and go there."""
        self.search.show()
        self.search.setFocus()

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        lines = 1 if self.width() > ONE_LINE else 2
        if lines != self.line.lines:
            self.line.lines = lines
            self.list.doItemsLayout()

    def _go(self, index: QModelIndex) -> None:
        event: Event = index.data(EVENT)
        self.session.pause()
        self.session.seek(self.session.run.pace.show_end(event.t))
        if event.device in self.session.run.scene.things:
            self.session.select(event.device)

    # the filter

    def _fill_menu(self) -> None:
        self.menu.clear()
        seen = self.session.run.timeline.events[: self.session.run.timeline.events_until(self.session.fog_t)]
        self._entry(self.words("journal.all"), not (self.about or self.device), self.choose)
        self._entry(self.words("journal.search"), bool(self.search.text()), self.find)
        self.menu.addSeparator()
        for about in sorted({protocol(event) for event in seen}):
            self._entry(self._about(about), about == self.about, lambda which=about: self.choose(about=which))
        self.menu.addSeparator()
        for device in sorted({event.device for event in seen if event.device}):
            name = sentences.name(self.session.run.scene, self.words, device)
            self._entry(name, device == self.device, lambda which=device: self.choose(device=which))

    def _entry(self, text: str, on: bool, call: Any) -> None:
        action = self.menu.addAction(text)
        action.setCheckable(True)
        action.setChecked(on)
        action.triggered.connect(lambda _=False: call())

    def _about(self, about: str) -> str:
        key = f"protocol.{about}"
        return self.words(key) if self.words.has(key) else about.upper() if len(about) <= 4 else about

    def choose(self, about: str | None = None, device: str | None = None) -> None:
        """Let through what is about a protocol or happened at a device; without either, everything."""
        self.about, self.device = about, device
        if not (about or device):
            self.search.clear()
            self.search.hide()
        self._filter()

    def _filter(self) -> None:
        self.model.filter(self.about, self.device, self.search.text())
        self.line.now = -2
        self._name_filter()
        self.refresh()

    def _name_filter(self) -> None:
        what = self.words("journal.all")
        if self.device:
            what = sentences.name(self.session.run.scene, self.words, self.device)
        elif self.about:
            what = self._about(self.about)
        self.filter_button.setText(self.words("journal.filter", what=what) + " ▾")
