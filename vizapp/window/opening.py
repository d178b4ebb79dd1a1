"""Opening scenes in the main window: one at a time, from its file, followed as the file is saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vizapp.window.app import settle
from vizapp.window.library import chapter_name, chapter_of
from vizapp.window.main_window import MainWindow
from vizapp.window.scene_file import SceneFile, read
from vizapp.words import Words

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent
    from PySide6.QtWidgets import QWidget

    from vizapp.compare import Played
    from vizapp.scene.catalog import SceneHeader
    from vizapp.scene.model import Scene
    from vizapp.window.session import Session


class Opening(MainWindow):
    """screen: what shows a session, instead of the `SceneScreen`."""

    session: Session = None  # type: ignore[assignment]  # none while at home
    path: Path | None = None  # of the scene that is open; None while at home, and for scenes put side by side

    def __init__(self, *given: Any, screen: Callable[..., QWidget] | None = None, **named: Any) -> None:
        super().__init__(*given, **named)
        self._screen = screen
        self._followed: SceneFile | None = None
        self.home.opened.connect(lambda header: self.open(header.path))
        self.home.compared.connect(self._compare_files)
        self.topbar.chapter.connect(self.go_home)
        self.messages.dismissed.connect(self._let_be)

    @property
    def in_scene(self) -> bool:
        """Whether a scene is open; at home there is no session."""
        return self.screen_ is not None

    def open(self, name: str | Path) -> bool:
        """Open a scene by its id or file. When it is wrong, all its problems are shown and what was there stays."""
        path = self._path(name)
        if path is None:
            self.notice.say(self.words("notice.no-scene", name=str(name)), bad=True)
            return False
        scene = self._read(path)
        if scene is None:
            self._follow(path)
            return False
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

    def _read(self, path: Path) -> Scene | None:
        """The scene of a file; without one, what is wrong with it is shown."""
        reading = read(path)
        if reading.scene is None:
            self.messages.problems.show_problems(path, reading.problems, kept=self.in_scene)
        else:
            self.messages.mended()
        return reading.scene

    def compare(self, scenes: Sequence[Scene]) -> None:
        """Put scenes side by side; the same one may be there several times, at other settings."""
        from vizapp.scene.beside import free

        self.open_free(free(scenes))

    def open_free(self, comparison: Scene) -> None:
        """Open a comparison that is in no file."""
        self._play(comparison, None)

    def _compare_files(self, headers: Sequence[SceneHeader]) -> None:
        """Read the scenes and put them side by side; the first one that is wrong is told instead."""
        scenes = []
        for header in headers:
            scene = self._read(header.path)
            if scene is None:
                return
            scenes.append(scene)
        self.compare(scenes)

    def _play(self, scene: Scene, path: Path | None) -> None:
        from vizapp.compare import play
        from vizapp.devices import VOCABULARY

        self._put_away()
        self.home.forget_pictures()
        if self.thumbnails is not None:
            self.thumbnails.rest()
        self._made_screen(scene)  # its modules stay as well
        settle()
        self._begin(play(scene, VOCABULARY.kinds))
        self.path = path
        if path is not None:
            self._follow(path)
        else:
            self._unfollow()
        self._name_place()
        self.screen_.setFocus()

    def _begin(self, played: Played) -> None:
        """Show what is played, on a screen of its own."""
        from vizapp.window.seats import session_of

        self.session = session_of(played, self)
        self.session.clear = self.settings.now.fog_lifted
        self.session.sourced = self.settings.now.source_line
        self._told: object = None
        self.session.changed.connect(self._tell_stop)
        self.session.acted.connect(self._tell_later)
        for each in (self.session, *getattr(self.session, "seats", ())):
            each.faulting.connect(partial(self._fault, each))
        self.screen_ = self._made_screen(played.scene)(self.session, self.words, self.theme, self.settings)
        self.stack.addWidget(self.screen_)
        self.stack.setCurrentWidget(self.screen_)
        alone = getattr(self.screen_, "alone", None)
        if alone is not None:
            alone.connect(lambda file: self.open(file))

    def _fault(self, session: Session, target: str, at: int | None) -> None:
        """The palette of faults, where the pointer or what is picked is."""
        raise NotImplementedError

    def _tell_stop(self) -> None:
        """A run that stopped because too much happened says so, once for each run."""
        stopped = self.session.run.stopped
        if stopped is not None and self.session.run.timeline is not self._told:
            self._told = self.session.run.timeline
            self.notice.say(self.words(f"event.{stopped}"), bad=True)

    def _tell_later(self, count: int) -> None:
        """Something was done in the past: what was done later is still there."""
        if count:
            self.notice.say(self.words("notice.later", n=count, t=self.session.t))

    def _made_screen(self, scene: Scene) -> Callable[..., QWidget]:
        if self._screen is not None:
            return self._screen
        if scene.sides:
            from vizapp.window.compare_screen import CompareScreen

            return CompareScreen
        from vizapp.window.scene_screen import SceneScreen

        return SceneScreen

    def _put_away(self) -> None:
        """The scene that was open, if any."""
        if self.show_screen is not None:
            self.show_screen.close()
        if not self.in_scene:
            return
        from vizapp.window.goals import note

        note(self.progress, self.session)
        self.session.pause()
        self.stack.removeWidget(self.screen_)
        self.screen_.deleteLater()
        self.session.deleteLater()
        self.screen_ = None
        self.session = None  # type: ignore[assignment]

    def go_home(self) -> None:
        """Back to the chapter of the scene."""
        if not self.in_scene:
            return
        header = self.library.at(self.path) if self.path is not None else None
        self._put_away()
        self._let_be()
        self.stack.setCurrentWidget(self.home)
        if header is not None:
            self.home.show_chapter(chapter_of(header))
        else:
            self.home.refresh()
        self.home.start_focus()
        self._name_place()

    # as the file is saved

    def _follow(self, path: Path) -> None:
        """Read a file again whenever it is saved: the scene that is open, or one that is being mended."""
        self._unfollow()
        self._followed = SceneFile(path, self)
        self._followed.saved.connect(lambda: self.read_again(path))

    def _unfollow(self) -> None:
        if self._followed is not None:
            self._followed.deleteLater()
            self._followed = None

    def reload(self) -> None:
        if self.path is not None:
            self.read_again(self.path)

    def read_again(self, path: Path) -> None:
        """Show the file as it is now, at the moment that was shown; while it is wrong, the last good picture stays."""
        scene = self._read(path)
        if scene is not None:
            here = self.in_scene and path == self.path
            seen = (self.session.show, self.session.furthest) if here else (0.0, 0.0)
            made = self.session.puzzles if here else None
            self._play(scene, path)
            self.session.resume(*seen)
            if made is not None:
                self.session.puzzles.take_over(made)

    def _let_be(self) -> None:
        """What was wrong has been read; only a scene that is open is followed on."""
        self.messages.mended()
        if self.in_scene and self.path is not None:
            self._follow(self.path)
        else:
            self._unfollow()

    # words, settings

    def set_words(self, words: Words) -> None:
        super().set_words(words)
        self._name_place()

    def _name_place(self) -> None:
        """Say where one is: in the bar and in the title of the window."""
        if not self.in_scene:
            self.topbar.show_place("", "")
            self.setWindowTitle("vizapp")
            return
        header = self.library.at(self.path) if self.path is not None else None
        chapter = self.path.name if self.path is not None else self.words("compare.title")
        if header is not None:
            chapter = chapter_name(chapter_of(header), self.words)
        title = self.words.text(self.session.run.scene.title)
        self.topbar.show_place(chapter, title)
        self.setWindowTitle(f"{title} · vizapp")

    def _set_changed(self, name: str) -> None:
        super()._set_changed(name)
        if name == "fog_lifted" and self.in_scene:
            self.session.lift_fog(self.settings.now.fog_lifted)

    def written_session(self) -> str | None:
        """What is being done, in a few lines; None at home."""
        if not self.in_scene:
            return None
        from vizapp.window.written import written

        return written(self.session.run, self.path, self.session.puzzles.placed)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._put_away()
        super().closeEvent(event)
