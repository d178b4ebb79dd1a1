"""The show: the stage alone on a whole screen, its questions large, and nothing that is not for the room."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QMouseEvent, QResizeEvent, QScreen
from PySide6.QtWidgets import QWidget

from vizapp.picture.theme import Theme
from vizapp.window import keys
from vizapp.window.session import Session
from vizapp.window.settings import Settings
from vizapp.window.show_question import ShowQuestion
from vizapp.words import Words

IDLE = 2500  # ms until the pointer is hidden
COLOURS = {"black": "#000000", "white": "#FFFFFF"}


def screen_for(settings: Settings, window: QWidget | None) -> tuple[QScreen, bool]:
    """The screen to show on, and whether to fill it: the one that was chosen; or one that the window is not on. The
    window's own screen is filled too when there is no other and the show may be full screen."""
    screens = QGuiApplication.screens()
    wanted = settings.now.show_screen
    chosen = next((each for each in screens if each.name() == wanted), None)
    own = window.screen() if window is not None else QGuiApplication.primaryScreen()
    other = next((each for each in screens if each is not own), None)
    return chosen or other or own, not settings.now.show_windowed


def stage_view() -> Any:
    """What paints the run: imported when a show begins."""
    from vizapp.window.stage import StageView

    return StageView


class Show(QWidget):
    """`left`: the show is over. `press` is asked what a key means."""

    left = Signal()

    def __init__(
        self,
        session: Session,
        words: Words,
        theme: Theme,
        settings: Settings,
        press: Callable[[QKeyEvent], bool],
    ) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.session, self.settings = session, settings
        self._press = press
        self.typed = ""  # the digits of a step to jump to
        self.blanked: str | None = None
        self.stage: Any = stage_view()(session, words, theme, level="show")
        self.stage.setParent(self)
        self.question = ShowQuestion(session, words, theme, self)
        self.cover = QWidget(self)
        self.cover.setAutoFillBackground(True)
        self.cover.hide()
        self.setMouseTracking(True)
        self.stage.setMouseTracking(True)
        self.stage.installEventFilter(self)
        self.idle = QTimer(self)
        self.idle.setSingleShot(True)
        self.idle.setInterval(IDLE)
        self.idle.timeout.connect(lambda: self._pointer(False))
        self.set_words(words)
        self.set_theme(theme)
        self.resize(1280, 720)
        self.stage.setFocus()

    # on which screen

    def begin(self, window: QWidget | None = None) -> None:
        """Appear on the screen that is set, whole or as a window."""
        screen, full = screen_for(self.settings, window)
        self._appear(screen, full)

    def _appear(self, screen: QScreen, full: bool) -> None:
        self.setScreen(screen)
        area = screen.geometry()
        if full:
            self.setGeometry(area)
            self.showFullScreen()
        else:
            self.move(area.x() + 40, area.y() + 40)
            self.showNormal()
        self.activateWindow()
        self.idle.start()

    def swap(self) -> None:
        """On to the next screen, which is remembered."""
        screens = QGuiApplication.screens()
        place = screens.index(self.screen()) if self.screen() in screens else 0
        screen = screens[(place + 1) % len(screens)]
        self.settings.set("show_screen", screen.name())
        self._appear(screen, self.isFullScreen())

    def toggle_full(self) -> None:
        """Whole screen or a window (for a video call); remembered."""
        self.settings.set("show_windowed", self.isFullScreen())
        self._appear(self.screen(), not self.isFullScreen())

    # what it shows

    def blank(self, colour: str) -> None:
        """Black or white, until the same is asked again."""
        self.blanked = None if self.blanked == colour else colour
        if self.blanked:
            palette = self.cover.palette()
            palette.setColor(self.cover.backgroundRole(), COLOURS[self.blanked])
            self.cover.setPalette(palette)
            self.cover.setStyleSheet(f"background: {COLOURS[self.blanked]};")
            self.cover.raise_()
        self.cover.setVisible(self.blanked is not None)

    def digit(self, digit: str) -> None:
        """A digit of the number of a step."""
        self.typed = (self.typed + digit)[-3:]

    def enter(self) -> bool:
        """Go to the step whose number was typed; False when none was."""
        typed, self.typed = self.typed, ""
        if not typed:
            return False
        number = int(typed) - 1
        if 0 <= number < len(self.session.run.steps):
            self.session.go_to_step(number)
        return True

    def leave(self) -> None:
        """First whatever is special, then the show."""
        if self.blanked:
            self.blank(self.blanked)
        elif self.typed:
            self.typed = ""
        else:
            self.close()

    def toggle_table(self) -> None:
        """The table of the step, or none."""
        toggle = getattr(self.stage, "toggle_table", None)
        if toggle is not None:
            toggle()

    # words, theme

    def set_words(self, words: Words) -> None:
        title = words.text(self.session.run.scene.title)
        self.setWindowTitle(words("present.title", scene=title))
        self.setAccessibleName(words("present.title", scene=title))
        self.stage.set_words(words)
        self.question.set_words(words)

    def set_theme(self, theme: Theme) -> None:
        self.stage.set_theme(theme)
        self.question.set_theme(theme)

    # events

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.stage.setGeometry(self.rect())
        self.cover.setGeometry(self.rect())
        self.question.place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        found = keys.find(event, keys.SHOW)
        if self.blanked and (found is None or found[0].id not in ("black", "white", "leave", "present")):
            self.blank(self.blanked)  # any other key brings the picture back before it does its own work
        if not self._press(event):
            super().keyPressEvent(event)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.MouseMove, QEvent.Type.HoverMove):
            self._pointer(True)
        return False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer(True)

    def _pointer(self, seen: bool) -> None:
        if seen:
            self.unsetCursor()
            self.stage.unsetCursor()
            self.idle.start()
        else:
            self.setCursor(Qt.CursorShape.BlankCursor)
            self.stage.setCursor(Qt.CursorShape.BlankCursor)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.idle.stop()
        self.left.emit()
        super().closeEvent(event)
