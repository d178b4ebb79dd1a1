"""The journal: the run in sentences, as far as the fog lets it be read; a click looks at that moment."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from vizapp.picture import sentences
from vizapp.picture.theme import Theme
from vizapp.sim.timeline import Event
from vizapp.sim.trail import packet_of
from vizapp.window import glyphs, look
from vizapp.window.journal_line import JournalLine
from vizapp.window.journal_model import EVENT, JournalModel, protocol
from vizapp.window.picked import name_of
from vizapp.window.pulse import Pulse
from vizapp.window.session import Session
from vizapp.window.whatif import offer, told_by
from vizapp.words import Words


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
        self.fold = look.icon_button("chevron-down", 18, "muted")
        self.folded = False
        self.filter_button = QPushButton()
        self.filter_button.setProperty("look", "link")
        self.menu = QMenu(self.filter_button)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.filter_button.clicked.connect(self._choose_filter)
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.list = QListView()
        self.list.setObjectName("journal")
        self.list.setMouseTracking(True)
        self.list.setModel(self.model)
        self.list.setItemDelegate(self.line)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(self._go)
        self.list.activated.connect(self._go)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._offer)
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
        top.addWidget(self.fold)
        second = QHBoxLayout()
        second.setContentsMargins(20, 0, 14, 4)
        second.addWidget(self.search)
        self.search.hide()
        self.body = QWidget()
        rows = QVBoxLayout(self.body)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        rows.addLayout(second)
        empty = QHBoxLayout()
        empty.setContentsMargins(20, 2, 14, 0)
        empty.addWidget(self.empty)
        rows.addLayout(empty)
        lines = QHBoxLayout()
        lines.setContentsMargins(8, 0, 6, 0)
        lines.addWidget(self.list)
        rows.addLayout(lines, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 4, 0, 8)
        whole.setSpacing(2)
        whole.addLayout(top)
        whole.addWidget(self.body, 1)

    def _name_fold(self) -> None:
        what = self.words("panel.journal")
        look.call(self.fold, self.words("panel.unfold" if self.body.isHidden() else "panel.fold", what=what))

    def set_folded(self, folded: bool) -> None:
        """Leave only the heading."""
        self.folded = folded
        self.body.setVisible(not folded)
        self.filter_button.setVisible(not folded)
        self.setMaximumHeight(48 if folded else 16_777_215)
        self.setMinimumHeight(48 if folded else 150)
        glyphs.wear(self.fold, "chevron-up" if folded else "chevron-down", "muted", 18)
        glyphs.put(self.fold, self.theme)
        self._name_fold()
        self.refresh()

    def _choose_filter(self) -> None:
        self.menu.popup(self.filter_button.mapToGlobal(self.filter_button.rect().bottomLeft()))

    def set_words(self, words: Words) -> None:
        self.words = words
        self.heading.setText(words("journal.title"))
        self._name_fold()
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
        if not self.body.isVisible():
            return
        self.model.refresh()
        now = self.model.row_at(self.session.t)
        why = self.session.inquiry.shown
        self.line.chained = why.chain.ids if why is not None else frozenset()
        if now != self.line.now:
            self.line.now = now
            if now >= 0:
                self.list.scrollTo(self.model.index(now), QAbstractItemView.ScrollHint.EnsureVisible)
        self.empty.setVisible(self.model.rowCount() == 0)
        self.list.viewport().update()

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self._measure()
        self.refresh()

    def seek_text(self) -> None:
        """Show the field that filters by text and go there."""
        self.search.show()
        self.search.setFocus()

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._measure()

    def _measure(self) -> None:
        """Rows are as high as their sentences need at this width and size of text."""
        bar = self.list.verticalScrollBar().sizeHint().width()  # its room is kept, so that no row changes with it
        width, size = self.list.width() - bar - 4, max(self.list.font().pixelSize(), 10)
        if (width, size) != (self.line.width, self.line.size):
            self.line.width, self.line.size = width, size
            self.line.forget()
            self.list.doItemsLayout()

    def _go(self, index: QModelIndex) -> None:
        event: Event = index.data(EVENT)
        self.session.pause()
        self.session.seek(self.session.run.pace.show_end(event.t))
        self._pick(event)

    def _pick(self, event: Event) -> None:
        """The packet that the line is about; or the device, where devices are being looked at."""
        run, selected = self.session.run, self.session.selected
        packet = packet_of(run.timeline, event)
        if packet is not None and selected not in run.scene.things:
            self.session.select(name_of(packet))
        elif event.device in run.scene.things:
            self.session.select(event.device)

    # why

    @property
    def line_with_focus(self) -> Event | None:
        """The event of the line that the keyboard is on."""
        index = self.list.currentIndex()
        event: Event | None = index.data(EVENT) if self.list.hasFocus() and index.isValid() else None
        return event

    def _offer(self, at: QPoint) -> None:
        """The menu of a line: why did that happen?"""
        index = self.list.indexAt(at)
        if index.isValid():
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            event: Event = index.data(EVENT)
            menu.addAction(self.words("command.why")).triggered.connect(lambda: self.session.inquiry.ask(event))
            offer(menu, self.session, self.words, self.theme, told_by(self.session, event))
            menu.popup(self.list.viewport().mapToGlobal(at))

    # the filter

    def _fill_menu(self) -> None:
        self.menu.clear()
        seen = self.session.run.timeline.events[: self.session.run.timeline.events_until(self.session.fog_t)]
        self._entry(self.words("journal.all"), not (self.about or self.device), self.choose)
        self._entry(self.words("journal.search"), bool(self.search.text()), self.seek_text)
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
