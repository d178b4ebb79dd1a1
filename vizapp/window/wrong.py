"""The Problems of a scene that cannot be read: all of them with line and hint, while the last good picture stays."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
)

from vizapp.picture.theme import Theme
from vizapp.window import glyphs
from vizapp.words import Words

if TYPE_CHECKING:
    from vizapp.scene.model import Problem


class ProblemsPanel(QFrame):
    """Shown while there is something wrong. `dismissed`: it was closed by hand."""

    dismissed = Signal()

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("card")
        self.path: Path | None = None
        self.problems: Sequence[Problem] = ()
        self.icon, self.heading, self.advice = QLabel(), QLabel(), QLabel()
        glyphs.wear(self.icon, "warning", "warn", 24)
        self.heading.setProperty("look", "heading")
        self.advice.setProperty("look", "muted")
        self.advice.setWordWrap(True)
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.itemActivated.connect(self._open)
        self.edit, self.shut = QPushButton(), QPushButton()
        glyphs.wear(self.edit, "pencil")
        glyphs.wear(self.shut, "close")
        self.shut.setProperty("look", "plain")
        self.edit.clicked.connect(self._open)
        self.shut.clicked.connect(self.dismissed)
        top = QHBoxLayout()
        top.addWidget(self.icon)
        top.addWidget(self.heading, 1)
        top.addWidget(self.edit)
        top.addWidget(self.shut)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 14, 14)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.advice)
        column.addWidget(self.list, 1)
        self.set_words(words)
        self.set_theme(theme)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def show_problems(self, path: Path, problems: Sequence[Problem], *, kept: bool) -> None:
        """These are wrong. kept: the last good picture is still on the screen."""
        self.path, self.problems, self.kept = path, problems, kept
        self._fill()
        self.show()

    def clear(self) -> None:
        """Nothing is wrong any more."""
        self.path, self.problems = None, ()
        self.hide()

    def _fill(self) -> None:
        if self.path is None:
            return
        from vizapp.scene.problems import message

        words = self.words
        self.heading.setText(words("wrong.title", file=self.path.name, n=len(self.problems)))
        self.advice.setText(words("wrong.kept" if self.kept else "wrong.advice"))
        self.list.clear()
        for each in self.problems:
            place = words("wrong.place", line=each.place.line, column=each.place.column)
            item = QListWidgetItem(f"{place}\n{message(each, words)}")
            item.setToolTip(str(self.path))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self._fit()

    def _fit(self) -> None:
        """No higher than its problems need, so that the picture keeps the rest."""
        self.list.ensurePolished()
        rows = sum(self.list.sizeHintForRow(row) for row in range(self.list.count()))
        self.list.setMaximumHeight(rows + 2 * self.list.frameWidth() + 8)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _open(self) -> None:
        if self.path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.path)))

    def set_words(self, words: Words) -> None:
        self.words = words
        self.edit.setText(words("wrong.edit"))
        self.shut.setAccessibleName(words("common.close"))
        self.shut.setToolTip(words("common.close"))
        self.list.setAccessibleName(words("wrong.list"))
        self._fill()

    def set_theme(self, theme: Theme) -> None:
        glyphs.dress(self, theme)


class Notice(QFrame):
    """One clear line: what a wish came to, good or bad. It stays until it is closed or another takes its place."""

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.theme = theme
        self.icon, self.text, self.shut = QLabel(), QLabel(), QPushButton()
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.shut.setProperty("look", "plain")
        glyphs.wear(self.icon, "info", "accent", 22)
        glyphs.wear(self.shut, "close", "muted", 18)
        self.shut.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 4, 12, 4)
        row.addWidget(self.icon)
        row.addWidget(self.text, 1)
        row.addWidget(self.shut)
        self.set_words(words)
        self.set_theme(theme)
        self.hide()

    def say(self, text: str, *, bad: bool = False) -> None:
        """Say it; screen readers are told at once."""
        from PySide6.QtGui import QAccessible, QAccessibleEvent

        glyphs.wear(self.icon, "error" if bad else "success", "bad" if bad else "good", 22)
        glyphs.put(self.icon, self.theme)
        self.text.setText(text)
        self.setAccessibleName(text)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def set_words(self, words: Words) -> None:
        self.shut.setAccessibleName(words("common.close"))
        self.shut.setToolTip(words("common.close"))

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        glyphs.dress(self, theme)
