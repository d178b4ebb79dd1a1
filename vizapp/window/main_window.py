"""The main window without its scenes: the bar at the top, the home page, what is said; its words, theme and place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from vizapp.window import style
from vizapp.window.home import Home
from vizapp.window.library import Library
from vizapp.window.messages import Messages
from vizapp.window.progress import Progress
from vizapp.window.settings import SYSTEM, Settings
from vizapp.window.topbar import TopBar
from vizapp.words import Words

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent
    from PySide6.QtWidgets import QDialog

    from vizapp.picture.theme import Theme
    from vizapp.window.show import Show
    from vizapp.window.thumbnails import Thumbnails
    from vizapp.window.wrong import Notice


class MainWindow(QMainWindow):
    """lang, theme: for this time only, instead of what is set."""

    def __init__(
        self, settings: Settings, *, lang: str | None = None, theme: str | None = None, words: Words | None = None
    ) -> None:
        super().__init__()
        self.settings = settings
        self._lang, self._theme = lang, theme
        self.words = words or Words(lang or settings.language)
        self.theme = self._themed()
        self.library, self.progress = Library(self), Progress()
        self.screen_: Any = None  # what shows the scene that is open
        self.show_screen: Show | None = None
        self.thumbnails: Thumbnails | None = None
        self.dialogs: list[QDialog] = []
        self._build()
        self._connect()
        self._direct()

    def _build(self) -> None:
        scale, chapter = self.settings.now.text_scale, self.settings.now.chapter
        middle = QWidget(self)  # from the outside in: a widget that changes its parent is dressed twice
        self.setCentralWidget(middle)
        self.topbar = TopBar(self.words, self.theme, middle)
        self.stack = QStackedWidget(middle)
        self.home = Home(self.library, self.progress, self.words, self.theme, scale, chapter, self.stack)
        self.stack.addWidget(self.home)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.topbar)
        column.addWidget(self.stack, 3)
        self.messages = Messages(column, self.words, self.theme)
        self.setMinimumSize(900, 560)
        self._place()

    def _place(self) -> None:
        saved = QByteArray.fromBase64(self.settings.now.geometry.encode())
        if saved.isEmpty() or not self.restoreGeometry(saved):
            room = QGuiApplication.primaryScreen().availableSize()
            self.resize(min(1600, room.width() - 40), min(1000, room.height() - 60))

    def _connect(self) -> None:
        self.topbar.spoken.connect(lambda lang: self.settings.set("language", lang))
        self.home.chapter_changed.connect(lambda chapter: self.settings.set("chapter", chapter))
        self.home.shown.connect(self._picture_cards)
        self.settings.changed.connect(self._set_changed)
        self.library.changed.connect(self.home.refresh)

    def started(self) -> None:
        """What can wait until the first picture of the window is on the screen."""
        from vizapp.paint import fonts
        from vizapp.window.thumbnails import Thumbnails

        fonts.load()
        self.library.watch()
        QGuiApplication.styleHints().colorSchemeChanged.connect(lambda: self._set_changed("theme"))
        self.thumbnails = Thumbnails(self)
        self.thumbnails.made.connect(self.home.show_picture)
        self._picture_cards()
        if self.settings.set_aside:
            self.notice.say(self.words("settings.aside", file=str(self.settings.set_aside)), bad=True)

    def _picture_cards(self) -> None:
        if self.thumbnails is not None:
            self.thumbnails.want(self.home.headers, self.words, self.theme)

    @property
    def notice(self) -> Notice:
        """The line that says what came of a wish."""
        return self.messages.notice

    # words, theme

    def _set_changed(self, name: str) -> None:
        if name == "language":
            self._lang = None
            self.set_words(Words(self.settings.language))
        elif name in ("theme", "text_scale"):
            self._theme = None if name == "theme" and self.settings.now.theme != SYSTEM else self._theme
            self.set_theme()

    def _parts(self) -> list[Any]:
        """All that is there and speaks and wears colours."""
        there = (self.topbar, self.messages, self.screen_, self.show_screen)
        return [each for each in there if each is not None]

    def set_words(self, words: Words) -> None:
        """Say everything in these words, at once."""
        self.words = words
        self._direct()
        for part in (*self._parts(), self.home, *self.dialogs):
            if hasattr(part, "set_words"):
                part.set_words(words)

    def _direct(self) -> None:
        """From left to right, or the other way."""
        rtl = self.words.mode == "rtl"
        QApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)

    def set_theme(self) -> None:
        """Dress everything in the theme that is set, at once."""
        scale = self.settings.now.text_scale
        self.theme = self._themed()
        style.apply(QApplication.instance(), self.theme, scale)  # type: ignore[arg-type]
        for part in self._parts():
            part.set_theme(self.theme)
        self.home.set_theme(self.theme, scale)

    def _themed(self) -> Theme:
        return style.named(self._theme) if self._theme else style.chosen(self.settings.now)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.settings.set("geometry", bytes(self.saveGeometry().toBase64().data()).decode())
        super().closeEvent(event)
