"""The end of a show: said in the place of the caption, so that nobody waits for what does not come."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from vizapp.picture.theme import Theme
from vizapp.window import look
from vizapp.words import Words

TALL = 1080  # the height that the sizes are meant for
BAND = 0.16  # of the height, at the bottom


class ShowEnd(QWidget):
    """Hidden until the last step has been shown and another one is asked for."""

    def __init__(self, words: Words, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.set_words(words)
        self.hide()

    def set_words(self, words: Words) -> None:
        self.lines = words("present.end"), words("present.yours")
        self.setAccessibleName(" ".join(self.lines))
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.update()

    def place(self) -> None:
        """Over the caption."""
        show = self.window()
        height = round(show.height() * BAND)
        self.setGeometry(0, show.height() - height, show.width(), height)

    def paintEvent(self, event: QPaintEvent) -> None:
        unit, theme = self.window().height() / TALL, self.theme
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), look.colour(theme.accent))
            painter.setPen(look.colour(theme.on_accent))
            upper, lower = QRectF(self.rect()), QRectF(self.rect())
            upper.setBottom(self.height() * 0.58)
            lower.setTop(self.height() * 0.54)
            for line, box, size, weight in ((self.lines[0], upper, 44, 700), (self.lines[1], lower, 32, 500)):
                painter.setFont(look.font(round(size * unit), weight))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, line)
