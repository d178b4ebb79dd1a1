"""The page of the picked packet: its journey, and at each stop why, its fields in and out, and its bytes."""

from __future__ import annotations

from html import escape
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from vizapp.picture import sentences
from vizapp.picture.colours import upon
from vizapp.picture.letter import title
from vizapp.picture.measure import Face, advance
from vizapp.picture.theme import Theme
from vizapp.picture.why import told
from vizapp.sim.packet import Packet
from vizapp.sim.trail import Stop, Trail, trail
from vizapp.window import keys, look
from vizapp.window.clock import clock
from vizapp.window.packet_frame import FrameView
from vizapp.window.packet_strip import JourneyStrip
from vizapp.window.packet_why import WhyBox
from vizapp.window.pages import mono
from vizapp.window.session import Session
from vizapp.words import Words


class PacketPage(QWidget):
    """What it shows is made anew only where it says something new. `stop` is the one that is told: where the packet
    is at the shown moment, on the branch that was chosen last."""

    def __init__(self, session: Session, words: Words, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.session, self.words, self.theme = session, words, theme
        self.number: int | None = None
        self.branch = 0  # stop at which the branch begins that is followed
        self.stop: Stop | None = None
        self._told_of: object = None
        self.pill, self.ends = QLabel(), look.text("strong", wrap=True)
        self.camera, self.whole = look.icon_button("target", 18, "muted"), look.icon_button("list", 18, "muted")
        self.strip = JourneyStrip(session.one, words, theme)
        self.back, self.forward = look.icon_button("chevron-left", 18, "muted"), look.icon_button("chevron-right", 18)
        self.place = QLabel()
        self.why = WhyBox(words, theme)
        self.frame = FrameView(words, theme)
        self._arrange()
        self._connect()

    # how it is put together

    def _arrange(self) -> None:
        self.place.setWordWrap(True)
        self.pill.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.ends.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for toggle in (self.whole, self.camera):
            toggle.setCheckable(True)
            toggle.setProperty("look", "toggle")
        for button in (self.back, self.forward, self.whole, self.camera):
            button.setFixedSize(26, 26)
        head = _row(self.pill, self.ends, self.camera)
        for widget in (self.pill, self.camera):
            head.setAlignment(widget, Qt.AlignmentFlag.AlignTop)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(18, 6, 8, 4)
        rows.setSpacing(4)
        rows.addLayout(head)
        rows.addWidget(self.strip)
        rows.addLayout(_row(self.back, self.place, self.forward, self.whole))
        rows.addWidget(self.why)
        rows.addWidget(self.frame, 1)

    def _connect(self) -> None:
        self.strip.chosen.connect(self.go)
        self.back.clicked.connect(lambda: self.step(-1))
        self.forward.clicked.connect(lambda: self.step(1))
        self.why.linked.connect(self.session.select)
        self.whole.toggled.connect(self.frame.fields.show_whole)
        self.camera.clicked.connect(lambda on: self.session.follow(self.number if on else None))
        self.session.moved.connect(self._moved)
        self.session.tracked.connect(self._tracked)

    def set_words(self, words: Words) -> None:
        self.words, self._told_of = words, None
        for part in (self.strip, self.why, self.frame):
            part.set_words(words)
        for button, name in ((self.back, "previous-stop"), (self.forward, "next-stop"), (self.camera, "follow")):
            look.call(button, words(keys.command(name).words), keys.labels(keys.command(name), words))
        look.call(self.whole, words("packet.whole"))

    def set_theme(self, theme: Theme) -> None:
        self.theme, self._told_of = theme, None
        for part in (self.strip, self.why, self.frame):
            part.set_theme(theme)

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._told_of = None
        if self.number is not None and self.isVisible():
            self.put(self.number)

    # what it shows

    def put(self, number: int) -> bool:
        """Show a packet at the session's moment; False when it has not left yet."""
        session = self.session
        if number != self.number:
            self.number, self.branch = number, 0
            self._tracked()
        now = trail(session.run.frame(session.t), number)
        seen = trail(session.run.frame(max(session.fog_t, session.t)), number)
        if now is None or seen is None:
            return False
        if self.branch >= len(now.stops):
            self.branch = 0
        self.stop = now.latest(self.branch)
        self.strip.put(seen, session.t, self.stop.number)
        told_of = (number, self.stop, now.flying, len(seen.stops), session.run.timeline)
        if told_of != self._told_of:
            self._told_of = told_of
            self._show(now, seen, self.stop)
        return True

    def tells(self, number: int | None) -> bool:
        """Whether it is seen and tells of that packet."""
        return self.isVisible() and number is not None and number == self.number

    def _tracked(self) -> None:
        self.camera.setChecked(self.session.followed is not None and self.session.followed == self.number)

    def _moved(self) -> None:
        """Between two beats only the strip moves: what is under way on it is seen to go."""
        if self.isVisible():
            self.strip.move_to(self.session.t)

    def _show(self, now: Trail, seen: Trail, stop: Stop) -> None:
        scene, words = self.session.run.scene, self.words
        self._head(now.packet)
        device = sentences.name(scene, words, stop.device)
        self._place(device, f"{stop.number + 1} / {len(seen.stops)}", clock(stop.moment, self.session.run, words))
        self.back.setEnabled(stop.number > 0)
        self.forward.setEnabled(stop.number + 1 < len(seen.stops))
        self.why.put(told(stop, self.session.run.frame(self.session.t), scene, words), now, stop)
        self.frame.put(stop)

    def _head(self, packet: Packet) -> None:
        """Its name upon the colour of its protocol, who sends it and to whom."""
        scene, words, colour = self.session.run.scene, self.words, self.theme.packet(packet.protocol)
        self.pill.setText(title(packet, words))
        self.pill.setStyleSheet(f"background: {colour}; color: {upon(colour)}; border-radius: 9px; padding: 2px 9px; "
                                "font-weight: 600;")  # fmt: skip
        to = sentences.name(scene, words, packet.to) if packet.to else words("card.everyone")
        self.ends.setText(f"{sentences.name(scene, words, packet.origin)} → {to}")

    def _place(self, device: str, which: str, at: str) -> None:
        """The device, which stop it is, and when it was over: that only where it has its room."""
        said = f'<b style="font-weight:600">{escape(device)}</b> · {which}'
        size = self.font().pixelSize()
        wide = advance(f"{device} · {which} · ", Face(weight=600), size) + advance(at, Face("JetBrains Mono"), size)
        if wide < self.place.width() - 8:
            said += f' <span style="color:{self.theme.muted}">· {mono(at)}</span>'
        self.place.setText(said)
        self.place.setToolTip(at)

    # going from stop to stop

    def go(self, number: int) -> None:
        """Look at the moment of a stop that was reached already, and stay on its branch."""
        shown = self.strip.shown
        if shown is None or not 0 <= number < len(shown.trail.stops):
            return
        self.branch = number
        self._told_of = None
        self.session.pause()
        self.session.seek_true(shown.trail.stops[number].moment)

    def step(self, by: int) -> None:
        """To the stop before or after."""
        if self.stop is not None:
            self.go(self.stop.number + by)


def _row(*widgets: QWidget) -> QHBoxLayout:
    """Widgets side by side; the second one has what room is left."""
    row = QHBoxLayout()
    row.setSpacing(6)
    for place, widget in enumerate(widgets):
        row.addWidget(widget, int(place == 1))
    return row
