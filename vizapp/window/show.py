"""The show: the stage alone on a whole screen, its questions large, and nothing that is not for the room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QMouseEvent, QResizeEvent, QScreen
from PySide6.QtWidgets import QLabel, QWidget

from vizapp.picture.theme import Theme
from vizapp.window import keys
from vizapp.window.least_hiding import Weighed, matters
from vizapp.window.puzzling import over
from vizapp.window.session import Session
from vizapp.window.settings import Settings
from vizapp.window.show_end import ShowEnd
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


def stage_view(session: Session) -> Any:
    """What paints the run: imported when a show begins."""
    if session.run.scene.sides:
        from vizapp.window.board_view import BoardView

        return BoardView
    from vizapp.window.stage import StageView

    return StageView


def why_card(session: Session, words: Words, theme: Theme, stage: Any) -> Any:
    """What explains a failure, imported when a show begins; of a comparison the board itself tells."""
    if session.run.scene.sides:
        return None
    from vizapp.window.why_card import WhyCard

    return WhyCard(session, words, theme, stage)


def source_card(session: Session, words: Words, theme: Theme, stage: Any) -> Any:
    """What tells where things come from, imported when a show begins."""
    from vizapp.window.source_card import SourceCard

    return SourceCard(session, words, theme, stage)


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
        self.stage: Any = stage_view(session)(session, words, theme, level="show")
        self.stage.setParent(self)
        self.question = ShowQuestion(session, words, theme, self._weighed, self)
        self.puzzle: Any = over(self, session, words, theme, settings, level="show")
        self.why: Any = why_card(session, words, theme, self.stage)
        self.sources = source_card(session, words, theme, self.stage)
        self.end = ShowEnd(words, theme, self)
        self.number = QLabel(self)
        self.number.hide()
        self.cover = QWidget(self)
        self.cover.setAutoFillBackground(True)
        self.cover.hide()
        self.setMouseTracking(True)
        self.stage.setMouseTracking(True)
        for each in (self.stage, *getattr(self.stage, "sides", ())):
            each.installEventFilter(self)
        self.idle = QTimer(self)
        self.idle.setSingleShot(True)
        self.idle.setInterval(IDLE)
        self.idle.timeout.connect(lambda: self._pointer(False))
        session.moved.connect(self.end.hide)
        session.asked.connect(self.end.hide)
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

    def _weighed(self) -> list[Weighed]:
        """What a question should not hide: what this step is about or, once revealed, the one that shows the answer;
        and what lies on the stage."""
        if hasattr(self.stage, "weighed"):
            weighed: list[Weighed] = self.stage.weighed()
            return weighed
        session, view, run = self.session, self.stage.view, self.session.run
        pictures, focus = [self.stage.picture], set(view.focus)
        coming = session.step + 1
        if session.revealed and session.playing and coming < len(run.steps) and run.steps[coming].comes:
            step = run.scene.steps[coming]
            answer = replace(view, focus=step.focus, table=step.table)
            pictures.append(run.picture(run.steps[coming].show, answer))
            focus = set(step.focus)
        return matters(self.stage.laid, pictures, focus)

    def say_end(self) -> None:
        """There is no step after this one."""
        self.end.place()
        self.end.show()
        self.end.raise_()

    def digit(self, digit: str) -> None:
        """A digit of the number of a step."""
        self._type((self.typed + digit)[-3:])

    def enter(self) -> bool:
        """Go to the step whose number was typed; False when none was."""
        typed = self.typed
        self._type("")
        if not typed:
            return False
        number = int(typed) - 1
        if 0 <= number < len(self.session.run.steps):
            self.session.go_to_step(number)
        return True

    def _type(self, typed: str) -> None:
        self.typed = typed
        self.number.setText(self.words("present.step", n=typed))
        self.number.setStyleSheet(
            f"background: {self.theme.accent}; color: {self.theme.on_accent}; border-radius: 10px; padding: 8px 18px;"
            f" font-size: {round(self.height() * 0.033)}px; font-weight: 600;"
        )
        self.number.adjustSize()
        self.number.move(self.width() - self.number.width() - 24, self.height() - self.number.height() - 24)
        self.number.setVisible(bool(typed))
        self.number.raise_()

    def leave(self) -> None:
        """First whatever is special, then the show."""
        if self.blanked:
            self.blank(self.blanked)
        elif self.typed:
            self._type("")
        elif not (self.session.citing.close() or self.session.inquiry.leave() or self.session.folds.leave()):
            self.close()

    def toggle_table(self) -> None:
        """The table of the step, or none."""
        toggle = getattr(self.stage, "toggle_table", None)
        if toggle is not None:
            toggle()

    # words, theme

    def set_words(self, words: Words) -> None:
        self.words = words
        title = words.text(self.session.run.scene.title)
        self.setWindowTitle(words("present.title", scene=title))
        self.setAccessibleName(words("present.title", scene=title))
        self.stage.set_words(words)
        self.question.set_words(words)
        self.end.set_words(words)
        for part in (self.sources, self.why, self.puzzle):
            if part is not None:
                part.set_words(words)

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.stage.set_theme(theme)
        self.question.set_theme(theme)
        self.end.set_theme(theme)
        for part in (self.sources, self.why, self.puzzle):
            if part is not None:
                part.set_theme(theme)

    # events

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.stage.setGeometry(self.rect())
        self.cover.setGeometry(self.rect())
        self.question.place()
        self.end.place()

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
