"""Why a packet went on, stayed or ended at a stop: in one sentence, what was rewritten, the rest step by step."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from vizapp.picture.letter import title
from vizapp.picture.theme import Theme
from vizapp.picture.why import Told
from vizapp.sim.timeline import Flight
from vizapp.sim.trail import Stop, Trail
from vizapp.window import glyphs, look
from vizapp.window.picked import name_of
from vizapp.words import Words

SIGNS = {"dropped": "cross", "ignored": "eye-off", "passed": "arrow-right", "taken": "check", "made": "send"}


class WhyBox(QWidget):
    """`linked`: another packet was asked for, as it is selected. The steps behind the headline are folded at first."""

    linked = Signal(str)

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__()
        self.words, self.theme = words, theme
        self.sign, self.headline = QLabel(), look.text("strong", wrap=True)
        self.rewritten, self.steps, self.others = look.text(wrap=True), look.text("muted", wrap=True), QLabel()
        self.more = look.icon_button("chevron-right", 16, "muted")
        self.unfolded = False
        self._arrange()
        self.more.clicked.connect(self._unfold)
        self.others.linkActivated.connect(self.linked)

    def _arrange(self) -> None:
        self.more.setFixedSize(26, 26)
        for label in (self.headline, self.rewritten, self.steps):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.others.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.others.setWordWrap(True)
        first = QHBoxLayout()
        first.setSpacing(6)
        first.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        first.addWidget(self.headline, 1)
        first.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        rows.addLayout(first)
        for label in (self.rewritten, self.steps, self.others):
            rows.addWidget(label)

    def set_words(self, words: Words) -> None:
        self.words = words
        look.call(self.more, words("packet.steps"))

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme

    def put(self, about: Told, trail: Trail, stop: Stop) -> None:
        theme = self.theme
        tint = {"dropped": theme.bad, "ignored": theme.muted}.get(about.tone, theme.accent)
        self.sign.setPixmap(glyphs.pixmap(SIGNS[about.tone], tint, 18, self.devicePixelRatioF()))
        self.headline.setText(about.headline)
        self.headline.setStyleSheet(f"color: {theme.role('failed').text};" if about.tone == "dropped" else "")
        self.rewritten.setText("\n".join(about.rewritten))
        self.rewritten.setVisible(bool(about.rewritten))
        self.steps.setText("\n".join(f"· {step}" for step in about.steps))
        self.more.setVisible(bool(about.steps))
        self._fold()
        links = self._links(trail, stop)
        self.others.setText(" · ".join(links))
        self.others.setVisible(bool(links))

    def _links(self, trail: Trail, stop: Stop) -> list[str]:
        """The packets for which it was made, and that it brought about."""
        links = []
        if stop.made and trail.because is not None:
            links.append(self.words("packet.because", packet=self._link(trail.because)))
        if stop.answers:
            links.append(self.words("packet.answer", packet=", ".join(map(self._link, stop.answers))))
        return links

    def _link(self, hop: Flight) -> str:
        name = escape(title(hop.packet, self.words))
        return f'<a href="{name_of(hop.packet.id)}" style="color:{self.theme.accent}">{name}</a>'

    def _unfold(self) -> None:
        self.unfolded = not self.unfolded
        self._fold()

    def _fold(self) -> None:
        self.steps.setVisible(self.unfolded and bool(self.steps.text()))
        glyphs.wear(self.more, "chevron-down" if self.unfolded else "chevron-right", "muted", 16)
        glyphs.put(self.more, self.theme)
