"""Where one is, above a stage that one has zoomed into: the scene, then each thing entered. One of them leads back."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from vizapp.picture import sentences
from vizapp.picture.theme import Theme
from vizapp.window.session import Session
from vizapp.words import Words

PLACE = QPoint(10, 8)  # of its corner, in pixels


class Crumbs(QPushButton):
    """It is there while one is in something; pressed, one is out again."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.session = session
        self.words: Words | None = None
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda: session.folds.leave())
        self.move(PLACE)
        self.hide()

    def look(self) -> None:
        """Say where one is."""
        inside, words = self.session.folds.inside, self.words
        if words is None:
            return
        scene = self.session.run.scene
        whole = [words.text(scene.title)] if self.session.alone else []  # of a side, its name stands above
        names = [*whole, *(sentences.name(scene, words, name) for name in inside)]
        self.setText("‹  " + "  ›  ".join(names))
        self.setToolTip(words("stage.leave"))
        self.setAccessibleName(words("stage.leave"))
        self.adjustSize()
        self.setVisible(bool(inside))

    def set_words(self, words: Words) -> None:
        self.words = words
        self.look()

    def set_theme(self, theme: Theme) -> None:
        self.setStyleSheet(
            f"QPushButton {{ background: {theme.panel}; color: {theme.accent}; border: 1px solid {theme.hairline};"
            " border-radius: 9px; padding: 5px 12px; font-weight: 600; }"
        )
