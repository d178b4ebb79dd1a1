"""The left side of the home page: a search, and the chapters that have scenes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from vizapp.picture.theme import Theme
from vizapp.window import glyphs
from vizapp.window.library import ICONS, Library, chapter_name
from vizapp.words import Words

WIDTH = 248


class Chapters(QWidget):
    """Signals: `chosen` a chapter was pressed; `sought` another text is searched for, "" for none; `entered` Return
    was pressed on a search; `left` Down was, to go to what was found."""

    chosen = Signal(str)
    sought = Signal(str)
    entered = Signal()
    left = Signal()

    def __init__(self, library: Library, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.library = library
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.search = self._search()
        self.rows: dict[str, ChapterRow] = {}
        self.group = QButtonGroup(self)
        self.list = QVBoxLayout()
        self.list.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 22, 12, 12)
        column.setSpacing(6)
        column.addWidget(self.search)
        column.addSpacing(6)
        column.addLayout(self.list)
        column.addStretch(1)

    def _search(self) -> QLineEdit:
        search = SearchField(self)
        search.textChanged.connect(lambda text: self.sought.emit(text.strip()))
        search.returnPressed.connect(self.entered)
        search.left.connect(self.left)
        return search

    @property
    def text(self) -> str:
        """What is searched for."""
        return self.search.text().strip()

    def forget_search(self) -> None:
        """Without a word to anyone."""
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)

    def show_chapters(self, chosen: str, words: Words, theme: Theme, scale: float) -> None:
        """List them as the library has them now."""
        self.search.setPlaceholderText(words("home.search"))
        self.search.setAccessibleName(words("home.search"))
        self.setFixedWidth(round(WIDTH * max(1.0, scale * 0.92)))
        if list(self.rows) != self.library.chapters():
            self._list()
        for chapter, row in self.rows.items():
            count = len(self.library.of(chapter))
            row.name(chapter_name(chapter, words), count, words("home.scenes", n=count), scale)
            row.setChecked(chapter == chosen)
            glyphs.wear(row, ICONS[chapter], "accent" if chapter == chosen else "muted")
        glyphs.dress(self, theme)

    def _list(self) -> None:
        for row in self.rows.values():
            self.group.removeButton(row)
            self.list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows.clear()
        for chapter in self.library.chapters():
            row = ChapterRow(lambda chapter=chapter: self.chosen.emit(chapter), self)
            self.group.addButton(row)
            self.list.addWidget(row)
            self.rows[chapter] = row


class SearchField(QLineEdit):
    """A field with a loupe. `left`: Down was pressed in it; Esc empties it."""

    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("look", "search")
        self.setMinimumHeight(36)
        self.setTextMargins(24, 0, 0, 0)
        loupe = QLabel(self)
        loupe.setGeometry(12, 0, 20, 36)
        glyphs.wear(loupe, "search", "muted", 18)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class ChapterRow(QPushButton):
    """One chapter of the list: its outline, its name, how many scenes it has."""

    def __init__(self, chosen: Callable[..., None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("look", "row")
        self.setCheckable(True)
        self.clicked.connect(chosen)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 12, 0)
        row.addStretch(1)
        self.count = QLabel(self)
        self.count.setProperty("look", "small")
        self.count.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row.addWidget(self.count)

    def name(self, name: str, count: int, told: str, scale: float) -> None:
        self.setText(f"  {name}")
        self.setAccessibleName(name)
        self.setAccessibleDescription(told)
        self.count.setText(str(count))
        self.setFixedHeight(round(38 * scale))
