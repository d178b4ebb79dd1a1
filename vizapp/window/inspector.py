"""The inspector at the right: the picked thing, the picked packet, and the settings of the scene."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from vizapp.picture.theme import Theme
from vizapp.window import glyphs, look
from vizapp.window.capture_button import CaptureButton
from vizapp.window.deed_buttons import DeedButtons
from vizapp.window.deeds import has_settings
from vizapp.window.network_page import NetworkPage
from vizapp.window.packet_list import packet_list, passing
from vizapp.window.packet_page import PacketPage
from vizapp.window.page import Page
from vizapp.window.pages import Moment, link_page, thing_page
from vizapp.window.picked import picked
from vizapp.window.pulse import Pulse
from vizapp.window.session import Session
from vizapp.window.settings_panel import SettingsPanel
from vizapp.window.told import subject
from vizapp.words import Words

TABS = ("device", "packet", "settings")


class Inspector(QWidget):
    """Tabs Device, Packet, Settings. Picking something turns to its tab; while nothing is picked, the tab Device
    follows the steps. What is measured is there to be tried, so a scene with charts begins at its settings."""

    def __init__(self, session: Session, words: Words, theme: Theme) -> None:
        super().__init__()
        self.session, self.words, self.theme = session, words, theme
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.tabs = {name: QPushButton() for name in TABS}
        self.group = QButtonGroup(self)
        self.fold = look.icon_button("panel-right", 18, "muted")
        self.icon, self.name, self.follows = QLabel(), look.text("heading", wrap=True), look.text("muted")
        self.device_page, self.packet_list = Page(), Page()
        self.packet_page = PacketPage(session, words, theme)
        for page in (self.device_page, self.packet_list):
            page.anchorClicked.connect(self._follow)
        self.network_page = NetworkPage(session, words, theme)
        self.network_page.left.connect(lambda: self.settle(False))
        self.deeds = DeedButtons(session, words, theme)
        self.network = QPushButton()
        self.network.setCheckable(True)
        self.network.clicked.connect(self.settle)
        glyphs.wear(self.network, "tune", "ink", 18)
        self.capture = CaptureButton(session, words, theme)
        self.settings = SettingsPanel(session, words, theme)
        self.stack = QStackedWidget()
        self._arrange()
        session.picked.connect(self._picked)
        self.pulse = Pulse(session, self)
        self.pulse.beat.connect(self.refresh)
        self.set_words(words)
        self.set_theme(theme)
        self.show_tab("settings" if session.run.scene.charts else "device")

    def _arrange(self) -> None:
        tabs = QHBoxLayout()
        tabs.setContentsMargins(20, 0, 8, 0)
        tabs.setSpacing(16)
        for name, tab in self.tabs.items():
            tab.setCheckable(True)
            tab.setProperty("look", "tab")
            tab.clicked.connect(lambda _=False, which=name: self.show_tab(which))
            self.group.addButton(tab)
            tabs.addWidget(tab)
        tabs.addStretch()
        tabs.addWidget(self.fold)
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.name, 1)
        top.addWidget(self.follows)
        device = QWidget()
        rows = QVBoxLayout(device)
        rows.setContentsMargins(18, 10, 12, 8)
        rows.setSpacing(6)
        rows.addLayout(top)
        self.device = QStackedWidget()
        self.device.addWidget(self.device_page)
        self.device.addWidget(_scrolled(self.network_page))
        rows.addWidget(self.device, 1)
        rows.addWidget(self.deeds)
        doors = QHBoxLayout()
        doors.setSpacing(8)
        doors.addWidget(self.network)
        doors.addWidget(self.capture, 1)
        rows.addLayout(doors)
        listed = QWidget()
        others = QVBoxLayout(listed)
        others.setContentsMargins(18, 6, 12, 8)
        others.addWidget(self.packet_list)
        one = _scrolled(self.packet_page)
        self.packet = QStackedWidget()
        self.packet.addWidget(listed)
        self.packet.addWidget(one)
        for page in (device, self.packet, _scrolled(self.settings)):
            self.stack.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 8, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(tabs)
        whole.addWidget(self.stack, 1)

    def show_tab(self, name: str) -> None:
        self.tabs[name].setChecked(True)
        self.stack.setCurrentIndex(TABS.index(name))
        self.refresh()

    def settle(self, on: bool) -> None:
        """Show the network settings of the device, or what it shows again."""
        self.network.setChecked(on)
        self.refresh()
        if on:
            self.network_page.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def read(self) -> None:
        """Put the focus on what is told."""
        told = self.packet_page.frame.fields if self.packet.currentIndex() else self.packet_list
        page = told if self.tab == "packet" else self.device_page
        page.setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def tab(self) -> str:
        return TABS[self.stack.currentIndex()]

    def set_words(self, words: Words) -> None:
        self.words = words
        for name, tab in self.tabs.items():
            tab.setText(words(f"inspector.{name}"))
        look.call(self.fold, words("panel.fold", what=words("panel.inspector")))
        self.follows.setText(words("inspector.follows"))
        self.follows.setToolTip(words("inspector.keep"))
        self.device_page.setAccessibleName(words("inspector.device"))
        self.packet_list.setAccessibleName(words("inspector.packet"))
        self.packet_page.set_words(words)
        self.settings.set_words(words)
        self.deeds.set_words(words)
        self.network_page.set_words(words)
        look.say(self.network, words("network.door"))
        self.network.setAccessibleName(words("network.title"))
        self.network.setToolTip(words("network.title"))
        self.capture.set_words(words)
        self.refresh()

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.packet_page.set_theme(theme)
        self.settings.set_theme(theme)
        self.deeds.set_theme(theme)
        self.network_page.set_theme(theme)
        self.capture.set_theme(theme)
        self.refresh()

    def _follow(self, url: QUrl) -> None:
        self.session.select(url.toString())

    def _picked(self) -> None:
        selected = self.session.selected
        if selected is not None:
            self.show_tab("packet" if picked(selected) is not None else "device")

    def moment(self, page: Page) -> Moment:
        session = self.session
        width = max(page.viewport().width(), 200) - 8
        return Moment(session.one, session.t, session.show, self.words, self.theme, width, self.font().pixelSize())

    def refresh(self) -> None:
        if not self.isVisible():
            return
        if self.tab == "device":
            self._device()
        elif self.tab == "packet":
            self._packet()

    def _packet(self) -> None:
        """The picked packet; without one, or before it has left, those that may be picked."""
        number = picked(self.session.selected)
        told = number is not None and self.packet_page.put(number)
        self.packet.setCurrentIndex(1 if told else 0)
        if not told:
            self.packet_list.put(packet_list(self.moment(self.packet_list), number is not None))

    def _device(self) -> None:
        scene, at = self.session.run.scene, self.moment(self.device_page)
        selected = None if picked(self.session.selected) is not None else self.session.selected
        self.follows.setVisible(selected is None)
        selected = selected or subject(self.session)
        thing = scene.things.get(selected or "")
        link = next((link for link in scene.links if link.id == selected), None)
        if thing is not None:
            kind = self.session.run.kinds[thing.kind]
            self._head(thing.icon or kind.icon, at.name(thing.id))
            self.device_page.put(thing_page(at, thing.id) + passing(at, thing.id))
        elif link is not None:
            self._head("cable", self.words("inspector.link"))
            self.device_page.put(link_page(at, link))
        else:
            self._head("", "")
            self.follows.hide()
            self.device_page.put(f'<p style="color:{self.theme.muted}">{self.words("inspector.pick")}</p>')
        self._put_network(thing.id if thing is not None else None)
        self.deeds.put(thing.id if thing else link.id if link else None)
        self.capture.put(thing.id if thing else link.id if link else None)

    def _put_network(self, thing: str | None) -> None:
        """The network settings, of a device that has some."""
        found = self.session.run.scene.things.get(thing or "")
        there = found is not None and has_settings(self.session, found)
        self.network.setVisible(there)
        settles = there and self.network.isChecked()
        if settles and thing is not None:
            self.network_page.put(thing)
        self.device.setCurrentIndex(1 if settles else 0)

    def _head(self, icon: str, name: str) -> None:
        self.icon.setVisible(bool(icon))
        self.name.setText(name)
        self.name.setVisible(bool(name))
        if icon:
            self.icon.setPixmap(glyphs.pixmap(icon, self.theme.ink, 24, self.devicePixelRatioF()))

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self.refresh()

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self.packet_page.frame.make_room(self.stack.height())
        self.refresh()


def _scrolled(page: QWidget) -> QScrollArea:
    """A page that scrolls when it has not the height that it needs."""
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setWidget(page)
    return scroll
