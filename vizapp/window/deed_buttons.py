"""Buttons for what may be done to one target: red breaks, green repairs, the rest in a menu."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from vizapp.picture.theme import Theme
from vizapp.window import glyphs, look, style
from vizapp.window.deed_menu import fill_menu
from vizapp.window.deeds import GLYPHS, Deed, deed_name, deeds
from vizapp.window.session import Session
from vizapp.window.whatif import Supposition, question_of
from vizapp.words import Words


class DeedButtons(QWidget):
    """The first thing that breaks or repairs, and everything in a menu."""

    def __init__(self, session: Session, words: Words, theme: Theme) -> None:
        super().__init__()
        self.session, self.words, self.theme = session, words, theme
        self.target: str | None = None
        self.first, self.more = QPushButton(), QPushButton()
        self.menu = QMenu(self.more)
        self.menu.aboutToShow.connect(self._fill)
        self.more.setMenu(self.menu)
        self.first.clicked.connect(self._do)
        self.suppose = QPushButton()
        self.suppose.clicked.connect(self._suppose)
        self._question: Supposition | None = None
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.first, 1)
        row.addWidget(self.more)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 4, 0, 4)
        rows.setSpacing(8)
        rows.addLayout(row)
        rows.addWidget(self.suppose)
        self._shown: object = None
        self._deed: Deed | None = None

    def set_words(self, words: Words) -> None:
        self.words, self._shown = words, None

    def set_theme(self, theme: Theme) -> None:
        self.theme, self._shown = theme, None

    def put(self, target: str | None) -> None:
        self.target = target
        found = deeds(self.session, self.words, target)
        common = [deed for deed in found if deed.tone]
        question = question_of(self.session, self.words, target)
        shown = (tuple(deed.act for deed in common), len(found), question, self.words.lang)
        if shown == self._shown:
            return
        self._shown = shown
        self._deed = common[0] if common else None
        self.first.setVisible(bool(common))
        self.more.setVisible(len(found) > 1)
        self._question = question
        self.suppose.setVisible(question is not None)
        look.say(self.suppose, question.name if question is not None else "")
        glyphs.wear(self.suppose, "compare", "accent", 18)
        look.say(self.more, self.words("deed.more"))
        glyphs.wear(self.more, "send", "ink", 18)
        if self._deed is not None:
            wear_deed(self.first, self._deed, self.words, self.words(f"deed.{self._deed.verb}"))
        glyphs.dress(self, self.theme)

    def _do(self) -> None:
        if self._deed is not None:
            self.session.do(self._deed.act)

    def _suppose(self) -> None:
        """Open what the scene asks, or list what may be asked."""
        question = self._question
        if question is not None and question.say:
            self.session.supposed.emit(question.act, question.say)
        elif question is not None:
            self.session.pondered.emit(question.act.of)

    def _fill(self) -> None:
        self.menu.clear()
        fill_menu(self.menu, self.session, self.words, self.theme, self.target)


def wear_deed(button: QPushButton, deed: Deed, words: Words, text: str) -> None:
    """Names and colours a button by what it does; `text` is what it says where the rest is plain."""
    look.say(button, text)
    button.setAccessibleName(deed_name(words, deed))
    button.setToolTip(deed_name(words, deed))
    button.setProperty("look", deed.tone)
    glyphs.wear(button, GLYPHS.get(deed.verb, "send"), deed.tone or "ink", 18)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    style.restyle(button)
