"""The answer to “what is the difference?”, over the board of the stacks that it is about."""

from __future__ import annotations

from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from vizapp.compare.contrast import contrast
from vizapp.paint import Cache, paint
from vizapp.picture.contrasted import contrasted, lines
from vizapp.picture.shapes import Picture
from vizapp.picture.theme import Theme
from vizapp.window.seats import SideBySide
from vizapp.words import Words


class ContrastView(QWidget):
    """It covers its parent while the session shows the answer; a click gives way to the board."""

    def __init__(self, session: SideBySide, words: Words, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.board = parent
        self.session, self.words, self.theme = session, words, theme
        self._cache = Cache()
        for signal in (session.contrasted, session.changed):
            signal.connect(self.look)
        self.look()

    def look(self) -> None:
        """Show or hide it, as large as its parent."""
        self.setGeometry(self.board.rect())
        self.setVisible(self.session.contrasting)
        if self.session.contrasting:
            self.setAccessibleName(self.words("contrast.question"))
            self.setAccessibleDescription(" ".join(lines(contrast(self.session.whole, self.words), self.words)))
            self.raise_()
            self.update()

    @property
    def picture(self) -> Picture:
        """What is painted."""
        told = contrast(self.session.whole, self.words)
        size = float(max(self.width(), 320)), float(max(self.height(), 240))
        return contrasted(told, self.theme, self.words, size, self.session.contrast_hint)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint(painter, self.picture, cache=self._cache)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.session.show_contrast(False)
