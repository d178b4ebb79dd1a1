"""The home page: chapters at the left, the scenes of one as a numbered path of cards, and a search over all."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from vizapp import places
from vizapp.picture.theme import Theme
from vizapp.scene.catalog import SceneHeader
from vizapp.window import glyphs
from vizapp.window.card import Card
from vizapp.window.library import ALL, ICONS, OWN, Library, chapter_name
from vizapp.window.progress import Progress
from vizapp.words import Words

SIDE = 248
GAP = 20
NARROWEST = 272  # of a card


class Home(QWidget):
    """Signals: `opened` a scene was chosen (its header); `chapter_changed` another chapter; `shown` other cards are
    on the page, whose pictures are wanted."""

    opened = Signal(object)
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
        self.chapter = chapter if chapter in library.chapters() else library.chapters()[0]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._side())
        row.addWidget(self._page(), 1)
        self._list_chapters()
        glyphs.dress(self.side, theme)
        self._label()
        self._fill()

    # building

    def _side(self) -> QWidget:
        self.side = QWidget(self)
        self.side.setObjectName("side")
        self.side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self.side)
        column.setContentsMargins(12, 22, 12, 12)
        column.setSpacing(6)
        self.search = QLineEdit(self.side)
        self.search.setProperty("look", "search")
        self.search.setClearButtonEnabled(False)
        self.search.textChanged.connect(self._fill)
        self.search.returnPressed.connect(self._open_first)
        self.loupe = QLabel(self.search)
        self.loupe.setGeometry(12, 0, 20, 36)
        glyphs.wear(self.loupe, "search", "muted", 18)
        self.search.setTextMargins(24, 0, 0, 0)
        self.search.setMinimumHeight(36)
        column.addWidget(self.search)
        column.addSpacing(6)
        self.rows = QVBoxLayout()
        self.rows.setSpacing(6)
        column.addLayout(self.rows)
        column.addStretch(1)
        self.group = QButtonGroup(self)
        self.chapters: dict[str, ChapterRow] = {}
        return self.side

    def _page(self) -> QScrollArea:
        page = QWidget()
        page.setObjectName("page")
        column = QVBoxLayout(page)
        column.setContentsMargins(32, 30, 28, 32)
        column.setSpacing(6)
        self.title = QLabel()
        self.title.setProperty("look", "title")
        self.subtitle = QLabel()
        self.subtitle.setProperty("look", "muted")
        self.subtitle.setWordWrap(True)
        self.nothing = QLabel()
        self.nothing.setWordWrap(True)
        self.nothing.setProperty("look", "muted")
        self.nothing.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.cards = Cards(self.scale)
        for widget in (self.title, self.subtitle):
            column.addWidget(widget)
        column.addSpacing(18)
        column.addWidget(self.nothing)
        column.addWidget(self.cards)
        column.addStretch(1)
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setWidget(page)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.cards.focused.connect(lambda card: self.area.ensureWidgetVisible(card, 0, GAP))
        return self.area

    def _list_chapters(self) -> None:
        if list(self.chapters) == self.library.chapters():
            self._name_chapters()
            return
        for row in self.chapters.values():
            self.group.removeButton(row)
            self.rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.chapters.clear()
        for chapter in self.library.chapters():
            row = ChapterRow(ICONS[chapter], lambda chapter=chapter: self.show_chapter(chapter))
            self.group.addButton(row)
            self.rows.addWidget(row)
            self.chapters[chapter] = row
        if self.chapter not in self.chapters:
            self.chapter = next(iter(self.chapters))
        self._name_chapters()

    def _name_chapters(self) -> None:
        for chapter, row in self.chapters.items():
            count = len(self.library.of(chapter))
            name = chapter_name(chapter, self.words)
            row.name(name, count, self.words("home.scenes", n=count), self.scale)
            row.setChecked(chapter == self.chapter)
            glyphs.wear(row, ICONS[chapter], "accent" if chapter == self.chapter else "muted")
            glyphs.put(row, self.theme)

    # what is shown

    def show_chapter(self, chapter: str) -> None:
        """Turn to a chapter; a search is over then."""
        if chapter not in self.chapters:
            return
        self.chapter = chapter
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self._name_chapters()
        self._fill()
        self.area.verticalScrollBar().setValue(0)
        self.chapter_changed.emit(chapter)

    def refresh(self) -> None:
        """The library or the progress changed."""
        self._list_chapters()
        self._fill()

    def _fill(self) -> None:
        sought = self.search.text().strip()
        headers = self.library.search(sought) if sought else self.library.of(self.chapter)
        self._head(sought, headers)
        self.cards.show_cards([self._card(each, number, sought) for number, each in enumerate(headers, 1)])
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

    def _card(self, header: SceneHeader, number: int, sought: str) -> Card:
        card = Card(header, 0 if sought or self.chapter in (ALL, OWN) else number)
        card.share = self.progress.of(header.id).share(header.steps)
        card.after = self._after(header)
        card.dress(self.words, self.theme, self.scale)
        card.clicked.connect(lambda: self.opened.emit(header))
        return card

    def _after(self, header: SceneHeader) -> str:
        """What should be seen before and has not been seen to its end."""
        before = [each for name in header.requires if (each := self.library.by_id(name)) is not None]
        open_ = [each for each in before if self.progress.of(each.id).share(each.steps) < 1.0]
        names = [self.words("home.quoted", text=self.words.text(each.title)) for each in open_]
        return self.words("home.after", scenes=self.words.join(names)) if names else ""

    def forget_pictures(self) -> None:
        """The page is not seen: its pictures are not held."""
        for card in self.cards.cards:
            card.picture = None

    def _open_first(self) -> None:
        if self.search.text().strip() and self.cards.cards:
            self.cards.cards[0].click()

    def start_focus(self) -> None:
        """Where the keyboard begins: on the first card."""
        if self.cards.cards:
            self.cards.cards[0].setFocus()
        else:
            self.chapters[self.chapter].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down from the search goes to the cards."""
        if event.key() == Qt.Key.Key_Down and self.search.hasFocus() and self.cards.cards:
            self.cards.cards[0].setFocus()
        elif event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
        else:
            super().keyPressEvent(event)

    # words, theme

    def set_words(self, words: Words) -> None:
        self.words = words
        self._label()
        self._name_chapters()
        self._fill()

    def _label(self) -> None:
        words = self.words
        self.search.setPlaceholderText(words("home.search"))
        self.search.setAccessibleName(words("home.search"))
        self.side.setFixedWidth(round(SIDE * max(1.0, self.scale * 0.92)))
        self.cards.setAccessibleName(words("home.cards"))

    def set_theme(self, theme: Theme, scale: float = 1.0) -> None:
        self.theme, self.scale = theme, scale
        self.cards.scale = scale
        glyphs.dress(self.side, theme)
        self.set_words(self.words)


class ChapterRow(QPushButton):
    """One chapter of the list: its outline, its name, how many scenes it has."""

    def __init__(self, icon: str, chosen: Callable[..., None]) -> None:
        super().__init__()
        self.setProperty("look", "row")
        self.setCheckable(True)
        glyphs.wear(self, icon)
        self.clicked.connect(chosen)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 12, 0)
        row.addStretch(1)
        self.count = QLabel()
        self.count.setProperty("look", "small")
        self.count.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row.addWidget(self.count)

    def name(self, name: str, count: int, told: str, scale: float) -> None:
        self.setText(f"  {name}")
        self.setAccessibleName(name)
        self.setAccessibleDescription(told)
        self.count.setText(str(count))
        self.setFixedHeight(round(38 * scale))


class Cards(QWidget):
    """Cards in rows, as many beside each other as fit; arrows go from one to the next."""

    focused = Signal(QWidget)

    def __init__(self, scale: float) -> None:
        super().__init__()
        self.scale = scale
        self.cards: list[Card] = []
        self.columns = 1
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_cards(self, cards: list[Card]) -> None:
        """Show these instead of those before."""
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.cards = cards
        for card in cards:
            card.setParent(self)
            card.installEventFilter(self)
        self._place(self.width())
        for card in cards:
            card.show()
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        columns, side = self._grid(width)
        rows = -(-len(self.cards) // columns)
        return rows * (self._height(side) + GAP) - GAP if rows else 0

    def sizeHint(self) -> QSize:
        return QSize(NARROWEST, self.heightForWidth(max(self.width(), NARROWEST)))

    def _grid(self, width: int) -> tuple[int, int]:
        least = round(NARROWEST * max(1.0, self.scale))
        columns = max(1, (width + GAP) // (least + GAP))
        return columns, min((width - GAP * (columns - 1)) // columns, round(420 * max(1.0, self.scale)))

    def _height(self, side: int) -> int:
        return self.cards[0].heightForWidth(side) if self.cards else 0

    def _place(self, width: int) -> None:
        self.columns, side = self._grid(width)
        height = self._height(side)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for place, card in enumerate(self.cards):
            row, column = divmod(place, self.columns)
            x = column * (side + GAP)
            card.setGeometry(width - x - side if mirrored else x, row * (height + GAP), side, height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place(event.size().width())

    def eventFilter(self, watched: object, event: object) -> bool:
        if event.type() == QKeyEvent.Type.KeyPress and isinstance(watched, Card):  # type: ignore[attr-defined]
            return self._key(watched, event)  # type: ignore[arg-type]
        if event.type() == QKeyEvent.Type.FocusIn and isinstance(watched, Card):  # type: ignore[attr-defined]
            self.focused.emit(watched)
        return False

    def _key(self, card: Card, event: QKeyEvent) -> bool:
        ways = {
            Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -self.columns, Qt.Key.Key_Down: self.columns,
        }  # fmt: skip
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            card.click()
        elif key == Qt.Key.Key_Home:
            self.cards[0].setFocus()
        elif key == Qt.Key.Key_End:
            self.cards[-1].setFocus()
        elif key in ways:
            place = self.cards.index(card) + ways[Qt.Key(key)]
            if 0 <= place < len(self.cards):
                self.cards[place].setFocus()
        else:
            return False
        return True
