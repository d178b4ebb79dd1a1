"""The bar at the top: where one is, the language, and what is always at hand."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from vizapp.picture.theme import Theme
from vizapp.window import glyphs, keys
from vizapp.words import Words, languages

HEIGHT = 56


class Elided(QLabel):
    """One line; where it is too long, `…` says so."""

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            said = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
            painter.setPen(self.palette().color(self.foregroundRole()))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, said)


class TopBar(QWidget):
    """Signals: `asked` a command by its id; `spoken` another language was chosen; `chapter` the crumb was pressed;
    `menu` the menu was asked for."""

    asked = Signal(str)
    spoken = Signal(str)
    chapter = Signal()
    menu = Signal()

    def __init__(self, words: Words, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self._tips: list[tuple[QWidget, str]] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 18, 0)
        row.setSpacing(10)
        self.brand = self._button("home", "app", look="brand", ink="accent", side=26)
        self.brand.setText("vizapp")
        self.crumb = QPushButton()
        self.crumb.setProperty("look", "link")
        self.crumb.clicked.connect(self.chapter)
        self.title = Elided()
        self.title.setProperty("look", "strong")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addWidget(self.brand)
        row.addSpacing(2)
        row.addWidget(self.crumb)
        row.addWidget(self.title, 1)
        row.addWidget(self._switch())
        self.present = self._button("present", "present", look="primary", ink="on_accent")
        self.export = self._button("export", "export")
        self.help = self._button("keys", "help")
        self.cog = self._button("settings", "settings")
        self.more = QToolButton()
        glyphs.wear(self.more, "menu")
        self.more.clicked.connect(self.menu)
        for button in (self.present, self.export, self.help, self.cog, self.more):
            row.addWidget(button)
        for button in self.findChildren(QPushButton) + self.findChildren(QToolButton):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._place: tuple[str, str] = ("", "")
        self.set_words(words)
        self.set_theme(theme)

    def _button(self, command: str, icon: str, look: str = "", ink: str = "ink", side: int = 20) -> QPushButton:
        button = QPushButton()
        if look:
            button.setProperty("look", look)
        glyphs.wear(button, icon, ink, side)
        button.clicked.connect(lambda: self.asked.emit(command))
        self._tips.append((button, command))
        return button

    def _switch(self) -> QFrame:
        frame = QFrame()
        frame.setObjectName("switch")
        frame.setFixedHeight(34)
        row = QHBoxLayout(frame)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        self.speech = QButtonGroup(self)
        self.tongues: dict[str, QPushButton] = {}
        for lang in sorted(languages(), key=lambda name: (name != "fr", name)):
            button = QPushButton(lang.upper())
            button.setProperty("look", "switch")
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, lang=lang: self.spoken.emit(lang))
            self.speech.addButton(button)
            self.tongues[lang] = button
            row.addWidget(button)
        return frame

    def show_place(self, chapter: str, title: str) -> None:
        """Where one is: at home (both empty) or in a scene of a chapter."""
        self._place = (chapter, title)
        self.crumb.setText(f"{chapter}  ›" if chapter else self._words("top.home"))
        self.crumb.setEnabled(bool(title))
        self.title.setText(title)
        self.title.setAccessibleName(title)
        self.export.setEnabled(bool(title))

    def set_words(self, words: Words) -> None:
        self._words = words
        for button, name in self._tips:
            button.setToolTip(keys.tip(name, words))
            button.setAccessibleName(words(keys.command(name).words))
        self.brand.setAccessibleName(words("top.brand"))
        key = keys.labels(keys.command("present"), words)
        self.present.setText(f" {words('top.present')} {key}")
        self.export.setText(f" {words('top.export')}")
        self.more.setAccessibleName(words("top.menu"))
        self.more.setToolTip(words("top.menu"))
        for lang, button in self.tongues.items():
            button.setChecked(lang == words.lang)
            button.setAccessibleName(words(f"language.{lang}"))
            button.setToolTip(words(f"language.{lang}"))
        self.show_place(*self._place)

    def set_theme(self, theme: Theme) -> None:
        glyphs.dress(self, theme)
