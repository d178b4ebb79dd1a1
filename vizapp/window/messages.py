"""What the window says beside what it shows: one line about a wish, and what is wrong with a scene."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout

from vizapp.picture.theme import Theme
from vizapp.words import Words

if TYPE_CHECKING:
    from vizapp.window.wrong import Notice, ProblemsPanel


class Messages(QObject):
    """Both stand in the window's column, above and below the page, and are made when there is something to say.
    `dismissed`: the problems were closed by hand."""

    dismissed = Signal()

    def __init__(self, column: QVBoxLayout, words: Words, theme: Theme) -> None:
        super().__init__(column)
        self._column, self._words, self._theme = column, words, theme

    @cached_property
    def notice(self) -> Notice:
        """The line that says what came of a wish."""
        from vizapp.window.wrong import Notice

        made = Notice(self._words, self._theme)
        self._column.insertWidget(1, made)
        return made

    @cached_property
    def problems(self) -> ProblemsPanel:
        """All that is wrong with a scene."""
        from vizapp.window.wrong import ProblemsPanel

        made = ProblemsPanel(self._words, self._theme)
        made.dismissed.connect(self.dismissed)
        self._column.addWidget(made, 1)
        return made

    def hush(self) -> None:
        """What was said last is read."""
        if "notice" in self.__dict__:
            self.notice.hide()

    def mended(self) -> None:
        """Nothing is wrong any more."""
        if "problems" in self.__dict__:
            self.problems.clear()

    def _made(self) -> list[Notice | ProblemsPanel]:
        return [self.__dict__[name] for name in ("notice", "problems") if name in self.__dict__]

    def set_words(self, words: Words) -> None:
        self._words = words
        for each in self._made():
            each.set_words(words)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for each in self._made():
            each.set_theme(theme)
