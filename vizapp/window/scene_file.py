"""The file of a scene: read when asked, followed while it is open, dropped upon the window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QMimeData, QObject, Signal

from vizapp.scene.catalog import SUFFIXES

if TYPE_CHECKING:
    from vizapp.scene.reader import Reading


class SceneFile(QObject):
    """`saved`: the file was written anew, in place or by a rename. A file that goes away says nothing."""

    saved = Signal()

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path = path
        self._stamp = _stamp(path)
        self._watcher = QFileSystemWatcher([str(path), str(path.parent)], self)
        self._watcher.fileChanged.connect(self._look)
        self._watcher.directoryChanged.connect(self._look)

    def _look(self) -> None:
        stamp = _stamp(self.path)
        if stamp is None or stamp == self._stamp:
            return
        self._stamp = stamp
        self._watcher.addPath(str(self.path))  # a rename put another file there, which is not yet followed
        self.saved.emit()


def read(path: Path) -> Reading:
    """The scene of a file, or all that is wrong with it."""
    from vizapp.devices import VOCABULARY
    from vizapp.scene import reader

    return reader.read(path, VOCABULARY)


def dropped(mime: QMimeData) -> Path | None:
    """The scene among what is dragged over the window, if there is one."""
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    return next((path for path in paths if path.suffix in SUFFIXES), None)


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
