"""The page of the picked packet: its journey, and at each stop why, its fields in and out, and its bytes."""

from __future__ import annotations

from html import escape
from typing import Any

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from vizapp.picture import dissect, sentences
from vizapp.picture.colours import upon
from vizapp.picture.dissect import Field
from vizapp.picture.letter import title
from vizapp.picture.measure import Face, advance
from vizapp.picture.theme import Theme
from vizapp.picture.why import Told, told
from vizapp.sim.timeline import Flight
from vizapp.sim.trail import Stop, Trail, trail
from vizapp.window import glyphs, keys, look
from vizapp.window.clock import clock
from vizapp.window.packet_bytes import BytesView, Layer
from vizapp.window.packet_fields import FieldsView
from vizapp.window.packet_model import Node, span_of
from vizapp.window.packet_strip import JourneyStrip
from vizapp.window.pages import mono
from vizapp.window.picked import name_of
from vizapp.window.session import Session
from vizapp.words import Words

SIGNS = {"dropped": "cross", "ignored": "eye-off", "passed": "arrow-right", "taken": "check", "made": "send"}


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
        self.wants_out = True  # whether the bytes should be those that went out, where both are known
        self.out = True
        self._told_of: object = None
        self.pill, self.ends = QLabel(), look.text("strong", wrap=True)
        self.whole = look.icon_button("list", 18, "muted")
        self.camera = look.icon_button("target", 18, "muted")
        self.strip = JourneyStrip(session.run, words, theme)
        self.back, self.forward = look.icon_button("chevron-left", 18, "muted"), look.icon_button("chevron-right", 18)
        self.place = QLabel()
        self.place.setWordWrap(True)
        self.sign, self.headline = QLabel(), look.text("strong", wrap=True)
        self.rewritten, self.steps, self.others = look.text(wrap=True), look.text("muted", wrap=True), QLabel()
        self.more = look.icon_button("chevron-right", 16, "muted")
        self.unfolded = False  # whether the steps behind the headline are told
        self.fields = FieldsView(words, theme)
        self.bytes = BytesView(words, theme)
        self.hex = QScrollArea()
        self.sides = {"in": QPushButton(), "out": QPushButton()}
        self.bytes_fold, self.meaning = QPushButton(), look.text("muted", wrap=True)
        self.bytes_folded = False
        self._arrange()
        self._connect()

    # how it is put together

    def _arrange(self) -> None:
        head = _row(self.pill, self.ends, self.camera)
        head.setStretch(1, 1)
        head.setAlignment(self.pill, Qt.AlignmentFlag.AlignTop)
        self.pill.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        nav = _row(self.back, self.place, self.forward, self.whole)
        nav.setStretch(1, 1)
        head.setAlignment(self.camera, Qt.AlignmentFlag.AlignTop)
        for toggle in (self.whole, self.camera):
            toggle.setCheckable(True)
            toggle.setProperty("look", "toggle")
        for button in (self.back, self.forward, self.more, self.whole, self.camera):
            button.setFixedSize(26, 26)
        why = _row(self.sign, self.headline, self.more)
        why.setStretch(1, 1)
        why.setAlignment(self.sign, Qt.AlignmentFlag.AlignTop)
        why.setAlignment(self.more, Qt.AlignmentFlag.AlignTop)
        for label in (self.headline, self.rewritten, self.steps, self.ends, self.meaning):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.others.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.others.setWordWrap(True)
        self.hex.setWidget(self.bytes)
        self.hex.setWidgetResizable(True)
        self.hex.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hex.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hex.setMinimumHeight(88)
        self.fields.setMinimumHeight(130)
        self.bytes_fold.setProperty("look", "fold")
        below = _row(self.bytes_fold, *self.sides.values())
        below.insertStretch(1)
        for name, side in self.sides.items():
            side.setCheckable(True)
            side.setProperty("look", "side")
            side.clicked.connect(lambda _=False, which=name: self.show_side(which == "out"))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(18, 8, 8, 6)
        rows.setSpacing(5)
        for each in (head, self.strip, nav, why, self.rewritten, self.steps, self.others):
            rows.addLayout(each) if isinstance(each, QHBoxLayout) else rows.addWidget(each)
        rows.addWidget(self.fields, 3)
        rows.addLayout(below)
        rows.addWidget(self.hex, 2)
        rows.addWidget(self.meaning)

    def _connect(self) -> None:
        self.strip.chosen.connect(self.go)
        self.back.clicked.connect(lambda: self.step(-1))
        self.forward.clicked.connect(lambda: self.step(1))
        self.more.clicked.connect(self._unfold)
        self.bytes_fold.clicked.connect(self._fold_bytes)
        self.whole.toggled.connect(self.fields.show_whole)
        self.others.linkActivated.connect(self.session.select)
        self.fields.pointed.connect(self._field_pointed)
        self.bytes.pointed.connect(self._byte_pointed)
        self.bytes.moved.connect(self._follow_cursor)
        self.session.moved.connect(self._moved)
        self.session.tracked.connect(self._tracked)
        self.camera.clicked.connect(lambda on: self.session.follow(self.number if on else None))

    def set_words(self, words: Words) -> None:
        self.words, self._told_of = words, None
        for part in (self.strip, self.fields, self.bytes):
            part.set_words(words)
        for button, name in ((self.back, "previous-stop"), (self.forward, "next-stop"), (self.camera, "follow")):
            look.call(button, words(keys.command(name).words), keys.labels(keys.command(name), words))
        look.call(self.more, words("packet.steps"))
        look.call(self.whole, words("packet.whole"))

    def set_theme(self, theme: Theme) -> None:
        self.theme, self._told_of = theme, None
        for part in (self.strip, self.fields, self.bytes):
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
        told_of = (number, seen.packet, self.stop, now.flying, len(seen.stops), self.wants_out, session.run.timeline)
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
        scene, words, theme = self.session.run.scene, self.words, self.theme
        frame = self.session.run.frame(self.session.t)
        packet = now.packet
        colour = theme.packet(packet.protocol)
        self.pill.setText(title(packet, words))
        self.pill.setStyleSheet(f"background: {colour}; color: {upon(colour)}; border-radius: 9px; padding: 2px 9px; "
                                "font-weight: 600;")  # fmt: skip
        to = sentences.name(scene, words, packet.to) if packet.to else words("card.everyone")
        self.ends.setText(f"{sentences.name(scene, words, packet.origin)} → {to}")
        device = sentences.name(scene, words, stop.device)
        self._place(device, f"{stop.number + 1} / {len(seen.stops)}", clock(stop.moment, self.session.run, words))
        self.back.setEnabled(stop.number > 0)
        self.forward.setEnabled(stop.number + 1 < len(seen.stops))
        self._why(told(stop, frame, scene, words), now, stop)
        self._frames(stop)

    def _place(self, device: str, which: str, at: str) -> None:
        """The device, which stop it is, and when it was over: that only where it has its room."""
        said = f'<b style="font-weight:600">{escape(device)}</b> · {which}'
        size = self.font().pixelSize()
        wide = advance(f"{device} · {which} · ", Face(weight=600), size) + advance(at, Face("JetBrains Mono"), size)
        if wide < self.place.width() - 8:
            said += f' <span style="color:{self.theme.muted}">· {mono(at)}</span>'
        self.place.setText(said)
        self.place.setToolTip(at)

    def _why(self, about: Told, now: Trail, stop: Stop) -> None:
        theme = self.theme
        tone = {"dropped": theme.bad, "ignored": theme.muted}.get(about.tone, theme.accent)
        self.sign.setPixmap(glyphs.pixmap(SIGNS[about.tone], tone, 18, self.devicePixelRatioF()))
        self.headline.setText(about.headline)
        bad = about.tone == "dropped"
        self.headline.setStyleSheet(f"color: {theme.role('failed').text};" if bad else "")
        self.rewritten.setText("\n".join(about.rewritten))
        self.rewritten.setVisible(bool(about.rewritten))
        self.steps.setText("\n".join(f"· {step}" for step in about.steps))
        self.more.setVisible(bool(about.steps))
        self._fold_steps()
        links = []
        if stop.made and now.because is not None:
            links.append(self.words("packet.because", packet=self._link(now.because)))
        if stop.answers:
            links.append(self.words("packet.answer", packet=", ".join(map(self._link, stop.answers))))
        self.others.setText(" · ".join(links))
        self.others.setVisible(bool(links))

    def _unfold(self) -> None:
        self.unfolded = not self.unfolded
        self._fold_steps()

    def _fold_steps(self) -> None:
        self.steps.setVisible(self.unfolded and bool(self.steps.text()))
        glyphs.wear(self.more, "chevron-down" if self.unfolded else "chevron-right", "muted", 16)
        glyphs.put(self.more, self.theme)

    def _link(self, hop: Flight) -> str:
        name = escape(title(hop.packet, self.words))
        return f'<a href="{name_of(hop.packet.id)}" style="color:{self.theme.accent}">{name}</a>'

    def _frames(self, stop: Stop) -> None:
        """The frame as it came in and as it went out, and its bytes."""
        came = stop.came.packet.layers if stop.came is not None and not stop.lost else None
        left = stop.left[0].packet.layers if stop.left else None
        shown = came or left or (stop.came.packet.layers if stop.came is not None else None)
        sections = dissect.dissect(came if came or left else shown, left)
        self.fields.put(sections)
        self.out = left is not None and (self.wants_out or came is None)
        self._name_sides(stop)
        data = dissect.frame_bytes((left if self.out else came) or shown or ())
        self.bytes_fold.setText(self.words("packet.bytes-of", n=len(data)))
        self.bytes_fold.setVisible(bool(data))
        self._show_bytes()
        layers = [Layer(s.protocol, span) for node, s in zip(self.fields.fields.layers, sections, strict=True)
                  if (span := self.fields.fields.place_of(node, self.out)) is not None]  # fmt: skip
        sides = [field.left for section in sections for field in section.fields if field.changed and self.out]
        changed = [side.span for side in sides if side is not None and side.span is not None]
        self.bytes.put(data, layers, changed)
        self._explain(None, None)

    def _name_sides(self, stop: Stop) -> None:
        """By which ports it came and went; which of the two frames the bytes are of."""
        ports = {"in": [stop.came.dst] if stop.came is not None and not stop.lost else [],
                 "out": [hop.src for hop in stop.left]}  # fmt: skip
        for name, side in self.sides.items():
            named = ", ".join(dict.fromkeys(port.partition(".")[2] for port in ports[name]))
            side.setText(self.words(f"packet.{name}", port=named))
            side.setVisible(bool(named))
            side.setEnabled(all(ports.values()))
            side.setChecked(self.out == (name == "out"))

    # the fields and the bytes point at each other

    def _field_pointed(self, node: Node | None) -> None:
        self.fields.light(None)
        self.bytes.light(self.fields.fields.place_of(node, self.out) if node is not None else None)
        self._explain(node, node.field if node is not None else None)

    def _byte_pointed(self, bit: int) -> None:
        found = self.fields.fields.at_bit(bit, self.out) if bit >= 0 else None
        node, field = found or (None, None)
        self.fields.light(node)
        self.bytes.light(span_of(field, self.out) if field is not None else None)
        self._explain(node, field)

    def _explain(self, node: Node | None, field: Field | None) -> None:
        """What is lit, in words: kept at two lines, so that nothing moves."""
        if node is None or field is None:
            self.meaning.setText(self.words("packet.point") + "\n")
            return
        value = (field.left if self.out else field.came) or field.now
        told = [dissect.layer_name(node.section, self.words), dissect.said(field, value, self.words)]
        if value.span is not None:
            told.append(dissect.bits(value.span, self.bytes.data))
        self.meaning.setText(f"{' · '.join(filter(None, told))}\n{self.fields.fields.meaning(field)}")

    def _follow_cursor(self, where: QRect) -> None:
        middle: QPoint = where.center()
        self.hex.ensureVisible(middle.x(), middle.y(), 20, max(where.height(), 20))

    def _fold_bytes(self) -> None:
        self.bytes_folded = not self.bytes_folded
        self._show_bytes()

    def _show_bytes(self) -> None:
        shown = not self.bytes_folded and not self.bytes_fold.isHidden()
        self.hex.setVisible(shown)
        self.meaning.setVisible(shown)
        glyphs.wear(self.bytes_fold, "chevron-right" if self.bytes_folded else "chevron-down", "muted", 16)
        glyphs.put(self.bytes_fold, self.theme)

    def show_side(self, out: bool) -> None:
        """The bytes as they went out, or as they came in."""
        self.wants_out = out
        self._told_of = None
        if self.number is not None:
            self.put(self.number)

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
    row = QHBoxLayout()
    row.setSpacing(6)
    for widget in widgets:
        row.addWidget(widget)
    return row
