"""The pictures of the cards: true pictures of the scenes, kept in the cache, made while nothing else is to do."""

from __future__ import annotations

import logging
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from zlib import crc32

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from vizapp import __version__, places
from vizapp.picture.theme import Theme
from vizapp.scene.catalog import SceneHeader
from vizapp.words import Words

log = logging.getLogger(__name__)

SIZE = (640.0, 420.0)  # of the picture, in its own units
SCALE = 1.0  # pixels for each


class Thumbnails(QObject):
    """`made`: the picture of a scene (its path) is there, as a QImage. Work is done in slices between events."""

    made = Signal(Path, QImage)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: dict[str, QImage] = {}
        self._work: Iterator[None] = iter(())
        self._code = ""
        self._idle = QTimer(self)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self._slice)

    def want(self, headers: Sequence[SceneHeader], words: Words, theme: Theme) -> None:
        """These are shown now: theirs come first, whatever was under way before."""
        self._work = self._all([each for each in headers if not each.broken], words, theme)
        self._idle.start()

    def _slice(self) -> None:
        try:
            next(self._work)
        except StopIteration:
            self._idle.stop()

    def rest(self) -> None:
        """No card is seen: stop, and keep the pictures on the disk alone."""
        self._work = iter(())
        self._known.clear()

    def finish(self) -> None:
        """Make all that is wanted now."""
        for _ in self._work:
            pass
        self._idle.stop()

    def _all(self, headers: Sequence[SceneHeader], words: Words, theme: Theme) -> Iterator[None]:
        for header in headers:
            yield
            name = self._name(header, words, theme)
            if name in self._known:
                self.made.emit(header.path, self._known[name])
                continue
            file = places.cache_dir() / "thumbnails" / f"{header.id}-{name}.png"
            image = QImage(str(file)) if file.is_file() else QImage()
            if image.isNull():
                yield
                image = yield from self._make(header, words, theme)
                if not image.isNull():
                    _keep(image, file)
            if not image.isNull():
                self._known[name] = image
                self.made.emit(header.path, image)

    def _name(self, header: SceneHeader, words: Words, theme: Theme) -> str:
        """What the picture depends on, in a few letters: the scene's file, language, theme, and our own code."""
        try:
            status = header.path.stat()
        except OSError:
            return "gone"
        parts = (header.path, status.st_mtime_ns, status.st_size, words.lang, theme.name, self._version())
        return f"{crc32('|'.join(map(str, parts)).encode()):08x}"

    def _version(self) -> str:
        """The version, and when the code was last changed: while it is being written, a version says little."""
        if not self._code:
            changed = max(path.stat().st_mtime_ns for path in places.PACKAGE.rglob("*.py"))
            self._code = f"{__version__}-{changed}"
        return self._code

    def _make(self, header: SceneHeader, words: Words, theme: Theme) -> Generator[None, None, QImage]:
        """Read, simulate and draw, a slice at a time; a scene that is wrong has no picture."""
        from vizapp import paint
        from vizapp.compare import play
        from vizapp.devices import VOCABULARY
        from vizapp.picture.view import View
        from vizapp.scene.reader import read

        scene = read(header.path, VOCABULARY).scene
        if scene is None:
            return QImage()
        yield
        run = play(scene, VOCABULARY.kinds)
        while not run.advance():
            yield
        yield
        comes = [moment.show for moment in run.steps if moment.comes]
        show = comes[len(comes) // 2] if comes else run.pace.length / 2
        view = View(size=SIZE, lang=words.lang, theme=theme, level="thumbnail", transparent=True)
        picture = run.picture(show, view)
        yield
        return paint.image(picture, SCALE, transparent=True)


def _keep(image: QImage, file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        places.write_beside(file, lambda beside: image.save(str(beside)), force=True)
    except OSError as wrong:
        log.info("a picture could not be kept as %s: %s", file, wrong)
