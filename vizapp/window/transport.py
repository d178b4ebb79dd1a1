"""The bar at the bottom: buttons, the true clock, the strip, and the map from show to true time."""

from __future__ import annotations

from math import floor, log10

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from vizapp.picture.theme import Theme
from vizapp.window import glyphs, keys, look
from vizapp.window.clock import clock, end
from vizapp.window.pulse import Pulse
from vizapp.window.session import SPEEDS, Session
from vizapp.window.strip import Strip
from vizapp.words import Words


def map_said(session: Session, words: Words) -> str:
    """`1 s = 0.5 ms`: how much true time passes in a second of show, at the present speed; or that time stands."""
    scale = session.run.scale(session.show) * session.speed
    return words("map.scale", true=words.duration(_rounded(scale))) if scale >= 1 else words("map.still")


def _rounded(ns: float) -> int:
    """Two digits are enough."""
    unit = 10 ** max(floor(log10(ns)) - 1, 0)
    return round(ns / unit) * unit


class Transport(QWidget):
    """Everything that moves the clock."""

    def __init__(self, session: Session, words: Words, theme: Theme) -> None:
        super().__init__()
        self.session, self.words, self.theme = session, words, theme
        self.setObjectName("bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.first, self.back = look.icon_button("first", 22), look.icon_button("step-back", 22)
        self.forward, self.last = look.icon_button("step-forward", 22), look.icon_button("last", 22)
        self.play = QPushButton()
        self.play.setProperty("look", "play")
        self.play.setFixedSize(46, 46)
        glyphs.wear(self.play, "play", "on_accent", 26)
        self.clock, self.end = look.text("clock"), look.text("faint-mono")
        self.strip = Strip(session, words, theme)
        self.undo, self.redo = look.icon_button("undo"), look.icon_button("redo")
        self.fog = look.icon_button("eye-off", 20, "muted")
        self.fog.setCheckable(True)
        self.map = QPushButton()
        self.map.setProperty("look", "map")
        self.speeds = QMenu(self.map)
        self.speeds.aboutToShow.connect(self._fill_speeds)
        self.map.setMenu(self.speeds)
        self._arrange()
        self._connect()
        self.set_words(words)
        self.set_theme(theme)

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 4, 14, 4)
        row.setSpacing(4)
        for button in (self.first, self.back, self.play, self.forward, self.last):
            row.addWidget(button)
        row.addSpacing(14)
        row.addWidget(self.clock)
        row.addSpacing(6)
        row.addWidget(self.strip, 1)
        row.addWidget(self.end)
        row.addSpacing(10)
        for button in (self.undo, self.redo, self.fog):
            row.addWidget(button)
        row.addSpacing(6)
        row.addWidget(self.map)

    def _connect(self) -> None:
        session = self.session
        self.first.clicked.connect(lambda: session.seek(0.0))
        self.back.clicked.connect(session.previous_step)
        self.play.clicked.connect(session.toggle)
        self.forward.clicked.connect(session.next_step)
        self.last.clicked.connect(self._to_the_end)
        self.undo.clicked.connect(session.undo)
        self.redo.clicked.connect(session.redo)
        self.fog.clicked.connect(session.lift_fog)
        session.moved.connect(self._clock)
        session.played.connect(self._played)
        self.pulse = Pulse(session, self)
        self.pulse.beat.connect(self.refresh)

    def _to_the_end(self) -> None:
        """Back to the furthest moment that was seen; from there, to the end of the run."""
        session = self.session
        session.pause()
        session.seek(session.furthest if session.show < session.furthest else session.length)

    def set_words(self, words: Words) -> None:
        self.words = words
        for button, command in ((self.first, "start"), (self.back, "previous-step"), (self.forward, "next-step"),
                                (self.last, "end"), (self.undo, "undo"), (self.redo, "redo")):  # fmt: skip
            look.call(button, words(keys.command(command).words), keys.labels(keys.command(command), words))
        look.call(self.fog, words("strip.lift"), keys.labels(keys.command("fog"), words))
        self.strip.set_words(words)
        widest = clock(max(self.session.run.limit, 10_000_000_000), self.session.run, words)
        mono = QFontMetricsF(look.font(19, 400, True))
        self.clock.setMinimumWidth(round(mono.horizontalAdvance(widest)) + 6)
        body = QFontMetricsF(look.font(14, 600))
        longest = max(words("map.still"), words("map.scale", true=words.duration(550_000)), key=len)
        self.map.setMinimumWidth(round(body.horizontalAdvance(longest)) + 34)
        self._clock()
        self.refresh()

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.strip.set_theme(theme)
        glyphs.dress(self, theme)

    def _clock(self) -> None:
        self.clock.setText(clock(self.session.t, self.session.run, self.words))

    def _played(self) -> None:
        playing = self.session.playing
        glyphs.wear(self.play, "pause" if playing else "play", "on_accent", 26)
        self.play.setIconSize(QSize(26, 26))
        glyphs.put(self.play, self.theme)
        key = keys.labels(keys.command("play"), self.words)
        look.call(self.play, self.words("transport.pause" if playing else "transport.play"), key)

    def refresh(self) -> None:
        session, words = self.session, self.words
        self._played()
        self._clock()
        self.end.setText(end(session.run, words))
        self.map.setText(map_said(session, words))
        look.call(self.map, words("map.title", speed=words.number(session.speed)))
        self.undo.setEnabled(bool(session.run.history.past))
        self.redo.setEnabled(bool(session.run.history.future))
        self.fog.setChecked(session.clear)
        glyphs.wear(self.fog, "eye" if session.clear else "eye-off", "muted")
        glyphs.put(self.fog, self.theme)

    def _fill_speeds(self) -> None:
        self.speeds.clear()
        for speed in SPEEDS:
            action = self.speeds.addAction(f"× {self.words.number(speed)}")
            action.setCheckable(True)
            action.setChecked(abs(speed - self.session.speed) < 1e-9)
            action.triggered.connect(lambda _=False, at=speed: self._speed(at))

    def _speed(self, speed: float) -> None:
        self.session.speed = speed
        self.session.played.emit()
