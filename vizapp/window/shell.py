"""The main window: the bar at the top, home or a scene below, and what is wrong or was done in between."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QFileSystemWatcher, QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from vizapp.window import keys, style
from vizapp.window.doing import Doing
from vizapp.window.home import Home
from vizapp.window.library import Library, chapter_name, chapter_of
from vizapp.window.progress import Progress
from vizapp.window.settings import SYSTEM, Settings
from vizapp.window.topbar import TopBar
from vizapp.words import Words

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent
    from PySide6.QtWidgets import QDialog

    from vizapp.scene.model import Problem, Scene
    from vizapp.window.session import Session
    from vizapp.window.show import Show
    from vizapp.window.thumbnails import Thumbnails
    from vizapp.window.wrong import Notice, ProblemsPanel

SUFFIXES = (".yaml", ".yml")
TYPING = ("QLineEdit", "QTextEdit", "QPlainTextEdit", "QAbstractSpinBox")


class Shell(Doing, QMainWindow):
    """lang, theme: for this time only, instead of what is set. screen: what shows a session (`SceneScreen`)."""

    def __init__(
        self,
        settings: Settings,
        *,
        lang: str | None = None,
        theme: str | None = None,
        words: Words | None = None,
        screen: Callable[..., QWidget] | None = None,
    ) -> None:
        super().__init__()
        self.settings = settings
        self._lang, self._theme, self._screen = lang, theme, screen
        self.words = words or Words(lang or settings.language)
        self.theme = self._themed()
        self.library, self.progress = Library(self), Progress()
        self.session: Session = None  # type: ignore[assignment]  # none while at home
        self.screen_: Any = None
        self.show_screen: Show | None = None
        self.thumbnails: Thumbnails | None = None
        self.dialogs: list[QDialog] = []
        self._watcher: QFileSystemWatcher | None = None
        self._build()
        self._connect()
        self._direct()

    def _themed(self) -> Any:
        now = self.settings.now
        return style.named(self._theme) if self._theme else style.chosen(now)

    def _build(self) -> None:
        scale, chapter = self.settings.now.text_scale, self.settings.now.chapter
        middle = QWidget(self)  # from the outside in: a widget that changes its parent is dressed twice
        self.setCentralWidget(middle)
        self.topbar = TopBar(self.words, self.theme, middle)
        self.stack = QStackedWidget(middle)
        self.home = Home(self.library, self.progress, self.words, self.theme, scale, chapter, self.stack)
        self.stack.addWidget(self.home)
        self.column = QVBoxLayout(middle)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addWidget(self.topbar)
        self.column.addWidget(self.stack, 3)
        self.setAcceptDrops(True)
        self.setMinimumSize(900, 560)
        self._place()

    def _place(self) -> None:
        saved = QByteArray.fromBase64(self.settings.now.geometry.encode())
        if saved.isEmpty() or not self.restoreGeometry(saved):
            room = QGuiApplication.primaryScreen().availableSize()
            self.resize(min(1600, room.width() - 40), min(1000, room.height() - 60))

    def _connect(self) -> None:
        self.topbar.asked.connect(lambda name: self.run(keys.command(name)))
        self.topbar.spoken.connect(lambda lang: self.settings.set("language", lang))
        self.topbar.chapter.connect(self.go_home)
        self.topbar.menu.connect(self._drop_menu)
        self.home.opened.connect(lambda header: self.open(header.path))
        self.home.chapter_changed.connect(lambda chapter: self.settings.set("chapter", chapter))
        self.home.shown.connect(self._picture_cards)
        self.settings.changed.connect(self._set_changed)
        self.library.changed.connect(self.home.refresh)

    def started(self) -> None:
        """What can wait until the first picture of the window is on the screen."""
        from vizapp.paint import fonts

        fonts.load()
        self.library.watch()
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(lambda: self._set_changed("theme"))
        from vizapp.window.thumbnails import Thumbnails

        self.thumbnails = Thumbnails(self)
        self.thumbnails.made.connect(self._card_made)
        self._picture_cards()
        if self.settings.set_aside:
            self.notice.say(self.words("settings.aside", file=str(self.settings.set_aside)), bad=True)

    # what is only needed when something is said

    @cached_property
    def notice(self) -> Notice:
        """The line that says what came of a wish."""
        from vizapp.window.wrong import Notice

        made = Notice(self.words, self.theme)
        self.column.insertWidget(1, made)
        return made

    @cached_property
    def wrong(self) -> ProblemsPanel:
        """What is wrong with a scene."""
        from vizapp.window.wrong import ProblemsPanel

        made = ProblemsPanel(self.words, self.theme)
        made.dismissed.connect(made.clear)
        self.column.addWidget(made, 1)
        return made

    def _right(self) -> None:
        """Nothing is wrong any more."""
        if "wrong" in self.__dict__:
            self.wrong.clear()

    def _parts(self) -> list[Any]:
        """All that is there and speaks and wears colours."""
        said = [self.__dict__.get("notice"), self.__dict__.get("wrong")]
        return [each for each in (self.topbar, *said, self.screen_, self.show_screen) if each is not None]

    # keys

    @property
    def in_scene(self) -> bool:
        """Whether a scene is open; at home there is no session."""
        return self.screen_ is not None

    @property
    def scope(self) -> str:
        """Where a key is pressed: at home, in a scene or in the show."""
        if self.show_screen is not None:
            return keys.SHOW
        return keys.SCENE if self.in_scene else keys.HOME

    @property
    def front(self) -> QWidget:
        """The window that dialogs belong to."""
        return self.show_screen or self

    def run(self, command: keys.Command, key: str = "") -> None:
        """Do what a command does, where it means something."""
        if self.scope in command.scope:
            if "notice" in self.__dict__:
                self.notice.hide()
            command.run(self, key)

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key that no control wanted means; False when it means nothing."""
        found = keys.find(event, self.scope)
        if found is None or (self._typing() and _plain(event)):
            return False
        self.run(*found)
        return True

    def _typing(self) -> bool:
        widget = QApplication.focusWidget() or self.focusWidget()
        return widget is not None and any(widget.inherits(name) for name in TYPING)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.press(event):
            return
        if event.key() == Qt.Key.Key_Escape and self.isFullScreen():
            self.full_screen()
        else:
            super().keyPressEvent(event)

    def _drop_menu(self) -> None:
        menu, button = self.menu(), self.topbar.more
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(button.mapToGlobal(QPoint(button.width() - menu.sizeHint().width(), button.height() + 4)))

    # opening

    def open(self, name: str | Path) -> bool:
        """Open a scene by its id or file. When it is wrong, all its problems are shown and what was there stays."""
        path = self._path(name)
        if path is None:
            self.notice.say(self.words("notice.no-scene", name=str(name)), bad=True)
            return False
        scene, problems = _read(path)
        if scene is None:
            self.wrong.show_problems(path, problems, kept=self.in_scene)
            self._watch(path)
            return False
        self._right()
        if self.library.at(path) is None:
            self.settings.opened(path)
        self._play(scene, path)
        return True

    def _path(self, name: str | Path) -> Path | None:
        """The file that is meant: a path that is there, or the id of a scene."""
        path = Path(name)
        if path.is_file():
            return path
        header = self.library.by_id(str(name))
        return header.path if header is not None and header.path.is_file() else None

    def _play(self, scene: Scene, path: Path, show: float = 0.0, furthest: float = 0.0) -> None:
        from vizapp.devices import VOCABULARY
        from vizapp.run import Run
        from vizapp.window.session import Session

        self._put_away()
        self.session = Session(Run(scene, VOCABULARY.kinds), self)
        self.session.clear = self.settings.now.fog_lifted
        if show or furthest:
            self.session.seek(furthest)
            self.session.seek(show)
        self.session.moved.connect(self._reached)
        self.screen_ = self._made_screen()(self.session, self.words, self.theme, self.settings)
        self.stack.addWidget(self.screen_)
        self.stack.setCurrentWidget(self.screen_)
        self.path = path
        self._watch(path)
        self._name_place()
        self.home.forget_pictures()
        if self.thumbnails is not None:
            self.thumbnails.rest()
        self.screen_.setFocus()

    def _made_screen(self) -> Callable[..., QWidget]:
        if self._screen is None:
            from vizapp.window.scene_screen import SceneScreen

            self._screen = SceneScreen
        return self._screen

    def _put_away(self) -> None:
        """The scene that was open, if any."""
        if self.show_screen is not None:
            self.show_screen.close()
        if not self.in_scene:
            return
        self._note_progress()
        self.session.pause()
        self.stack.removeWidget(self.screen_)
        self.screen_.deleteLater()
        self.session.deleteLater()
        self.screen_ = None
        self.session = None  # type: ignore[assignment]

    def _watch(self, path: Path) -> None:
        if self._watcher is not None:
            self._watcher.deleteLater()
        self._watcher = QFileSystemWatcher([str(path), str(path.parent)], self)
        self._stamp = _stamp(path)
        self._watcher.fileChanged.connect(lambda: self._saved(path))
        self._watcher.directoryChanged.connect(lambda: self._saved(path))

    def _saved(self, path: Path) -> None:
        """The file was written (in place, or by a rename): read it again where one was."""
        stamp = _stamp(path)
        if stamp is None or stamp == self._stamp:
            return
        self._stamp = stamp
        if self._watcher is not None:
            self._watcher.addPath(str(path))
        self.read_again(path)

    def reload(self) -> None:
        self.read_again(self.path)

    def read_again(self, path: Path) -> None:
        """Show the file as it is now, at the moment that was shown; while it is wrong, the last good picture stays."""
        scene, problems = _read(path)
        if scene is None:
            self.wrong.show_problems(path, problems, kept=self.in_scene)
            return
        self._right()
        seen = (self.session.show, self.session.furthest) if self.in_scene else (0.0, 0.0)
        self._play(scene, path, *seen)

    def go_home(self) -> None:
        """Back to the chapter of the scene."""
        if not self.in_scene:
            return
        header = self.library.at(self.path)
        self._put_away()
        self._right()
        self.stack.setCurrentWidget(self.home)
        if header is not None:
            self.home.show_chapter(chapter_of(header))
        self.home.refresh()
        self.home.start_focus()
        self._name_place()

    def _reached(self) -> None:
        steps = self.session.run.step_at(self.session.furthest) + 1
        self.progress.reached(self.session.run.scene.id, steps)

    def _note_progress(self) -> None:
        from vizapp.window.goals import reached

        for number, task in enumerate(self.session.run.scene.tasks):
            if reached(self.session, task):
                self.progress.solved(self.session.run.scene.id, number)
        self.progress.keep()

    # the show

    def present(self, here: bool = False) -> None:
        """Show the scene to the room, from its start unless `here`; from home, the scene whose card has the focus."""
        if self.show_screen is not None:
            self.show_screen.close()
            return
        if not self.in_scene and not self._open_focused():
            return
        from vizapp.window.show import Show

        if not here:
            self.session.reset()
        self.show_screen = Show(self.session, self.words, self.theme, self.settings, self.press)
        self.show_screen.left.connect(self._show_left)
        self.show_screen.begin(self)

    def _open_focused(self) -> bool:
        cards = self.home.cards.cards
        card = next((each for each in cards if each.hasFocus()), cards[0] if cards else None)
        return card is not None and self.open(card.header.path)

    def _show_left(self) -> None:
        if self.show_screen is not None:
            self.show_screen.deleteLater()
            self.show_screen = None
            self.session.pause()
            self.activateWindow()

    # words, theme

    def _set_changed(self, name: str) -> None:
        if name == "language":
            self._lang = None
            self.set_words(Words(self.settings.language))
        elif name in ("theme", "text_scale"):
            self._theme = None if name == "theme" and self.settings.now.theme != SYSTEM else self._theme
            self.set_theme()
        elif name == "fog_lifted" and self.in_scene:
            self.session.lift_fog(self.settings.now.fog_lifted)

    def set_words(self, words: Words) -> None:
        """Say everything in these words, at once."""
        self.words = words
        self._direct()
        for part in (*self._parts(), self.home, *self.dialogs):
            if hasattr(part, "set_words"):
                part.set_words(words)
        self._name_place()

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

    def _name_place(self) -> None:
        words = self.words
        if not self.in_scene:
            self.topbar.show_place("", "")
            self.setWindowTitle("vizapp")
            return
        scene = self.session.run.scene
        header = self.library.at(self.path)
        chapter = chapter_name(chapter_of(header), words) if header is not None else self.path.name
        title = words.text(scene.title)
        self.topbar.show_place(chapter, title)
        self.setWindowTitle(f"{title} · vizapp")

    # pictures of the cards

    def _picture_cards(self) -> None:
        if self.thumbnails is not None:
            self.thumbnails.want([card.header for card in self.home.cards.cards], self.words, self.theme)

    def _card_made(self, path: Path, picture: Any) -> None:
        for card in self.home.cards.cards:
            if card.header.path == path:
                card.picture = picture
                card.update()

    # dropping, leaving

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(each.endswith(SUFFIXES) for each in _dropped(event)):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A scene dropped on the window is opened, once the drop is done."""
        path = next(each for each in _dropped(event) if each.endswith(SUFFIXES))
        event.acceptProposedAction()
        QTimer.singleShot(0, self, lambda: self.open(path))

    def written_session(self) -> str | None:
        """What is being done, in a few lines: scene, seed and acts; None at home."""
        if not self.in_scene:
            return None
        from vizapp.devices import VOCABULARY
        from vizapp.scene.acts import write_act
        from vizapp.scene.names import Names

        run = self.session.run
        names = Names.of(run.scene, VOCABULARY)
        acts = [f"  - {write_act(act, names)}" for act in run.acts]
        return "\n".join([f"scene: {self.path}", f"seed: {run.seed}", "acts:", *acts, ""])

    def closeEvent(self, event: QCloseEvent) -> None:
        self._put_away()
        self.settings.set("geometry", bytes(self.saveGeometry().toBase64().data()).decode())
        super().closeEvent(event)


def _dropped(event: QDropEvent) -> list[str]:
    return [url.toLocalFile() for url in event.mimeData().urls()]


def _plain(event: QKeyEvent) -> bool:
    """Whether a key by itself writes or moves in a text."""
    chord = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    function = Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35
    turning = event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Escape)
    return not (event.modifiers() & chord or function or turning)


def _read(path: Path) -> tuple[Scene | None, tuple[Problem, ...]]:
    from vizapp.devices import VOCABULARY
    from vizapp.scene.reader import read

    reading = read(path, VOCABULARY)
    return reading.scene, reading.problems


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
