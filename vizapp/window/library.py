"""The scenes there are, shipped and the user's own, kept true while files come, change and go."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Signal

from vizapp import places
from vizapp.scene.catalog import CHAPTERS, SceneHeader, catalog
from vizapp.words import Words

ALL, OWN = "all", "own"
ICONS = {
    ALL: "school",
    "architectures": "app", "networking": "switch", "availability": "heartbeat", "containers": "docker",
    "kubernetes": "kubernetes", "storage": "disk", OWN: "pencil",
}  # fmt: skip
LEVELS = 3


class Library(QObject):
    """`headers`: every scene, in the order of the paths. `changed`: a file of the user's folder came, went or was
    saved."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.headers = catalog()
        self._watcher: QFileSystemWatcher | None = None

    def watch(self) -> None:
        """Follow the user's folder from now on; it is made when it is not there."""
        folder = places.user_scenes()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            return
        self._watcher = QFileSystemWatcher([str(folder)], self)
        self._watcher.directoryChanged.connect(self.refresh)
        self._watcher.fileChanged.connect(self.refresh)
        self._follow()

    def refresh(self) -> None:
        """Look again."""
        self.headers = catalog()
        self._follow()
        self.changed.emit()

    def _follow(self) -> None:
        if self._watcher is not None:
            wanted = {str(each.path) for each in self.headers if each.own} - set(self._watcher.files())
            if wanted:
                self._watcher.addPaths(sorted(wanted))

    def chapters(self) -> list[str]:
        """All together first, then the chapters that have scenes, in order, and the user's own last."""
        there = {chapter_of(each) for each in self.headers}
        return [ALL, *(each for each in CHAPTERS if each in there), OWN]

    def of(self, chapter: str) -> list[SceneHeader]:
        """The scenes of a chapter, in the order of its path; all that are shipped for `ALL`."""
        return [each for each in self.headers if chapter_of(each) == chapter or (chapter == ALL and not each.own)]

    def by_id(self, name: str) -> SceneHeader | None:
        return next((each for each in self.headers if each.id == name), None)

    def at(self, path: Path) -> SceneHeader | None:
        return next((each for each in self.headers if each.path == path), None)

    def search(self, text: str) -> list[SceneHeader]:
        """The scenes whose title, summary or id hold all the words of `text`, in any language."""
        wanted = plain(text).split()
        return [each for each in self.headers if all(word in _told(each) for word in wanted)]


def chapter_of(one: SceneHeader) -> str:
    """The chapter a scene is shown in: the user's own scenes are together."""
    return OWN if one.own or one.chapter not in CHAPTERS else one.chapter


def chapter_name(chapter: str, words: Words) -> str:
    return words(f"chapter.{chapter}.title")


def plain(text: str) -> str:
    """Text without accents and capitals, for searching."""
    from unicodedata import combining, normalize

    return "".join(each for each in normalize("NFD", text.casefold()) if not combining(each))


def _told(one: SceneHeader) -> str:
    return plain(" ".join((one.id, *one.title.values(), *one.summary.values())))
