"""The home page: chapters at the left, the scenes of one as a numbered path of cards, and a search over all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from vizapp import places
from vizapp.picture.theme import Theme
from vizapp.scene.catalog import SceneHeader
from vizapp.window import glyphs
from vizapp.window.card import Card
from vizapp.window.cards import GAP, Cards
from vizapp.window.chapters import Chapters
from vizapp.window.library import ALL, OWN, Library
from vizapp.window.picking import Picking
from vizapp.window.progress import Progress
from vizapp.words import Words

if TYPE_CHECKING:
    from PySide6.QtGui import QImage


class Home(QWidget):
    """Signals: `opened` a scene was chosen (its header); `compared` several were, to be put side by side (their
    headers); `chapter_changed` another chapter; `shown` other cards are on the page, whose pictures are wanted."""

    opened = Signal(object)
    compared = Signal(list)
    chapter_changed = Signal(str)
    shown = Signal()

    def __init__(
        self,
        library: Library,
        progress: Progress,
        words: Words,
        theme: Theme,
        scale: float = 1.0,
        chapter: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.library, self.progress = library, progress
        self.words, self.theme, self.scale = words, theme, scale
        self.chapter = chapter
        self.side = Chapters(library, self)
        self.side.chosen.connect(self.show_chapter)
        self.side.sought.connect(self._fill)
        self.side.entered.connect(self._open_first)
        self.side.left.connect(self.start_focus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side)
        row.addWidget(self._page(), 1)
        self.refresh()

    def _page(self) -> QScrollArea:
        page = QWidget()
        page.setObjectName("page")
        self.title, self.subtitle, self.nothing = QLabel(page), QLabel(page), QLabel(page)
        self.title.setProperty("look", "title")
        for label in (self.subtitle, self.nothing):
            label.setProperty("look", "muted")
            label.setWordWrap(True)
        self.nothing.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.folder = QPushButton(page)
        glyphs.wear(self.folder, "folder-open")
        self.folder.clicked.connect(self._open_folder)
        self.picking = Picking(page)
        self.picking.changed.connect(self._picked)
        self.picking.chosen.connect(self.compared)
        self.cards = Cards(self.scale)
        column = QVBoxLayout(page)
        column.setContentsMargins(32, 30, 32, 32)
        column.setSpacing(6)
        column.addLayout(self._head_row())
        column.addWidget(self.subtitle)
        column.addSpacing(18)
        column.addWidget(self.nothing)
        column.addWidget(self.cards)
        column.addStretch(1)
        return self._scrolled(page)

    def _head_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.title, 1)
        row.addWidget(self.folder)
        row.addWidget(self.picking.buttons)
        return row

    def _scrolled(self, page: QWidget) -> QScrollArea:
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setWidget(page)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.cards.focused.connect(lambda card: self.area.ensureWidgetVisible(card, 0, GAP))
        return self.area

    # what is shown

    def show_chapter(self, chapter: str) -> None:
        """Turn to a chapter; a search is over then."""
        if chapter in self.library.chapters():
            self.chapter = chapter
            self.side.forget_search()
            self.refresh()
            self.area.verticalScrollBar().setValue(0)
            self.chapter_changed.emit(chapter)

    def refresh(self) -> None:
        """Say it as it is now: the library, the progress, the words or the theme changed."""
        if self.chapter not in self.library.chapters():
            self.chapter = ALL
        self.side.show_chapters(self.chapter, self.words, self.theme, self.scale)
        self.cards.setAccessibleName(self.words("home.cards"))
        self.folder.setText(f" {self.words('home.folder')}")
        glyphs.put(self.folder, self.theme)
        self.picking.say(self.words, self.theme)
        self._fill()

    def _fill(self) -> None:
        sought = self.side.text
        headers = self.library.search(sought) if sought else self.library.of(self.chapter)
        self._head(sought, headers)
        numbered = not sought and self.chapter not in (ALL, OWN)
        self.cards.show_cards([self._card(each, place if numbered else 0) for place, each in enumerate(headers, 1)])
        self.shown.emit()

    def _head(self, sought: str, headers: list[SceneHeader]) -> None:
        words = self.words
        if sought:
            self.title.setText(words("home.found", n=len(headers)))
            self.subtitle.setText(words("home.sought", text=sought))
        else:
            self.title.setText(words(f"chapter.{self.chapter}.heading"))
            self.subtitle.setText(words(f"chapter.{self.chapter}.summary"))
        empty = "home.nothing" if sought else "home.own-empty"
        self.nothing.setText(words(empty, folder=str(places.user_scenes())))
        self.nothing.setVisible(not headers)
        self.folder.setVisible(self.chapter == OWN and not sought)

    def _card(self, header: SceneHeader, number: int) -> Card:
        card = Card(header, number)
        card.share = self.progress.of(header.id).share(header.steps)
        card.after = self._after(header)
        card.dress(self.words, self.theme, self.scale)
        card.clicked.connect(lambda: self._chosen(header))
        self.picking.mark(card)
        return card

    def _chosen(self, header: SceneHeader) -> None:
        if self.picking.on:
            self.picking.toggle(header)
        else:
            self.opened.emit(header)

    def _picked(self) -> None:
        """What is picked to be compared, or whether one is picking, changed."""
        self.picking.say(self.words, self.theme)
        for card in self.cards.cards:
            self.picking.mark(card)

    def _after(self, header: SceneHeader) -> str:
        """What should be seen before, is there, and has not been seen to its end."""
        before = [each for name in header.requires if (each := self.library.by_id(name)) is not None]
        open_ = [each for each in before if self.progress.of(each.id).share(each.steps) < 1.0]
        names = [self.words("home.quoted", text=self.words.text(each.title)) for each in open_]
        return self.words("home.after", scenes=self.words.join(names)) if names else ""

    # pictures

    @property
    def headers(self) -> list[SceneHeader]:
        """The scenes whose cards are on the page."""
        return [card.header for card in self.cards.cards]

    def show_picture(self, path: Path, picture: QImage) -> None:
        """The picture of the scene in that file."""
        for card in self.cards.cards:
            if card.header.path == path:
                card.show_picture(picture)

    def forget_pictures(self) -> None:
        """The page is not seen: its pictures are not held."""
        for card in self.cards.cards:
            card.show_picture(None)

    # going from here

    @property
    def first(self) -> SceneHeader | None:
        """The scene that is meant when none is named: the one whose card has the focus, or the first."""
        cards = self.cards.cards
        card = next((each for each in cards if each.hasFocus()), cards[0] if cards else None)
        return card.header if card else None

    def start_focus(self) -> None:
        """Where the keyboard begins: on the first card."""
        start = self.cards.cards[0] if self.cards.cards else self.side.rows[self.chapter]
        start.setFocus()

    def _open_first(self) -> None:
        if self.side.text and self.cards.cards:
            self.cards.cards[0].click()

    def _open_folder(self) -> None:
        """The folder of one's own scenes, in the file manager; it is made when it is not there."""
        from PySide6.QtCore import QUrl
        from PySide6.QtGui import QDesktopServices

        self.library.watch()
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(places.user_scenes())))

    # words, theme

    def set_words(self, words: Words) -> None:
        self.words = words
        self.refresh()

    def set_theme(self, theme: Theme, scale: float = 1.0) -> None:
        self.theme, self.scale = theme, scale
        self.cards.scale = scale
        self.refresh()
