"""A puzzle over the stage, in the window and in the show: its items are dragged, or moved by the keys, and judged."""

from __future__ import annotations

from time import monotonic

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from vizapp.paint import Cache, paint
from vizapp.picture import motion
from vizapp.picture.puzzle import Laid, lay
from vizapp.picture.puzzled import card
from vizapp.picture.sizes import Level
from vizapp.picture.stage import Area
from vizapp.picture.theme import Theme
from vizapp.window import glyphs, look
from vizapp.window.grip import Grip
from vizapp.window.placing import Placing
from vizapp.window.session import Session
from vizapp.window.settings import Settings
from vizapp.words import Words

TALL = 1080  # the height that the sizes of a show are meant for
MARGIN = 16  # pixels kept around the card
WIDEST = 1180  # pixels, when one explores
SHARE = 0.95  # of the screen, in a show


class PuzzleCard(QWidget):
    """A child of what it lies over. Where each item is follows from what the person has made of the puzzle; one that
    was moved glides there within `motion.EASE` seconds."""

    def __init__(
        self,
        session: Session,
        words: Words,
        theme: Theme,
        over: QWidget,
        level: Level = "explore",
        settings: Settings | None = None,
    ) -> None:
        super().__init__(over)
        self.session, self.words, self.theme, self.over = session, words, theme, over
        self.level, self.settings = level, settings
        self.placed_on: Placing | None = None  # what it shows
        self.grips: list[Grip] = []
        self.held: int | None = None  # the item that the pointer holds
        self._by = QPointF()
        self._laid: Laid | None = None
        self._from: dict[int, Area] = {}  # where items came from, since the last change
        self._since = 0.0
        self._cache = Cache()
        self.setCursor(Qt.CursorShape.ArrowCursor)  # also where the show hides it
        self.check, self.other = QPushButton(self), QPushButton(self)
        self.check.setProperty("look", "primary")
        self.close_button = look.icon_button("close", 14, "muted")
        self.close_button.setParent(self)
        self.check.clicked.connect(session.puzzles.commit)
        self.other.clicked.connect(self._otherwise)
        self.close_button.clicked.connect(session.puzzles.close)
        session.asked.connect(self.refresh)
        session.ticked.connect(self._glide)
        over.installEventFilter(self)
        self.refresh()

    @property
    def placing(self) -> Placing:
        assert self.placed_on is not None
        return self.placed_on

    # what it shows

    def refresh(self) -> None:
        """Follow the session's puzzle."""
        placing = self.session.puzzles.open
        fresh = placing is not self.placed_on
        if fresh:
            if placing is None and self._keyed:
                self.over.setFocus(Qt.FocusReason.OtherFocusReason)
            self._take(placing)
        self.setVisible(placing is not None)
        if placing is not None:
            self._changed()
            self.raise_()
            if fresh:
                self._start(placing)

    def _take(self, placing: Placing | None) -> None:
        if self.placed_on is not None:
            self.placed_on.changed.disconnect(self._changed)
        for grip in self.grips:
            grip.deleteLater()
        self.placed_on, self.held, self._laid, self._from = placing, None, None, {}
        self.grips = [Grip(self, item) for item in placing.asked.tray] if placing is not None else []
        if placing is not None:
            placing.changed.connect(self._changed)
        for grip in self.grips:
            grip.show()

    def _start(self, placing: Placing) -> None:
        """The keys are those of the first item."""
        self._focus(placing.reading[0])

    def _focus(self, item: int | None) -> None:
        for grip in self.grips:
            if grip.item == item and grip is not self.window().focusWidget():
                grip.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _keyed(self) -> bool:
        """Whether the keys of the window are those of something on the card."""
        focused = self.window().focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def _changed(self) -> None:
        """Something was moved, picked or judged: all glides from where it is to where it belongs."""
        before = self._seen() if self._laid is not None else {}
        self.place()
        laid = self._laid
        if laid is None:
            return
        if before and any(before[item] != area for item, area in enumerate(laid.items)):
            self._leave_from(before)
        for grip in self.grips:
            self._tell(grip, laid)
        if self._keyed:
            self._focus(self.placing.current)
        self._dress()
        self.update()

    def place(self) -> None:
        """Over the middle of what it lies on."""
        if self.placed_on is None or self.over.width() < 2 * MARGIN:
            return
        room, shown = self.over.size(), self.level == "show"
        wide = SHARE * room.width() if shown else min(room.width() - 2 * MARGIN, WIDEST * self._scale)
        most = SHARE * room.height() if shown else room.height() - 2 * MARGIN
        self._laid = lay(self.placing.said(self.words, show=shown), wide, most, self.level, self._scale)
        high = round(self._laid.height)
        self.setGeometry((room.width() - round(wide)) // 2, max((room.height() - high) // 2, 0), round(wide), high)

    @property
    def _scale(self) -> float:
        if self.level == "show":
            return self.over.height() / TALL
        return self.settings.now.text_scale if self.settings is not None else 1.0

    # what screen readers hear

    def _tell(self, grip: Grip, laid: Laid) -> None:
        area, said, item = laid.items[grip.item], laid.said, grip.item
        grip.setGeometry(_rect(area))
        grip.setAccessibleName(said.items[item])
        parts = [self._where(said.placed[item])]
        if said.verdicts is not None and said.verdicts[item] is not None:
            parts.append(self.words("ask.right" if said.verdicts[item] else "ask.wrong"))
        if self.placing.shown:
            parts += [part for part in said.whys[item] if part]
        grip.setAccessibleDescription(". ".join(parts))

    def _where(self, place: int | None) -> str:
        if not self.placing.sorts:
            return self.words("quiz.place", n=(place or 0) + 1, of=len(self.grips))
        bins = list(self.placing.asked.puzzle.bins.values())
        return self.words("quiz.tray") if place is None else self.words("quiz.in", bin=self.words.text(bins[place]))

    # buttons

    def _dress(self) -> None:
        """The buttons, which a show has none of."""
        puzzles, placing, words = self.session.puzzles, self.placing, self.words
        open_ = self.level != "show"
        task = puzzles.task is not None
        self.check.setText(words("quiz.check"))
        self.check.setVisible(open_ and not placing.shown)
        self.other.setText(words("quiz.again" if placing.shown else "quiz.show"))
        self.other.setVisible(open_ and task)
        look.call(self.close_button, words("quiz.close" if task else "ask.close"))
        self.close_button.setVisible(open_)
        self.setAccessibleName(f"{words('ask.title')} · {self._laid.said.ask if self._laid else ''}")
        right = self.width() - MARGIN
        for button in (self.check, self.other):
            if not button.isHidden():
                button.adjustSize()
                right -= button.width()
                button.move(right, self.height() - button.height() - 12)
                right -= 10
        self.close_button.move(self.width() - self.close_button.width() - 8, 8)

    def _otherwise(self) -> None:
        """Of a task: show the answer; once it is shown, from the start."""
        if self.placing.shown:
            self.placing.again()
        else:
            self.placing.reveal()

    # movement

    def _seen(self) -> dict[int, Area]:
        """Where each item is at this moment, on its way or held."""
        assert self._laid is not None
        share = 1.0 if self._still else motion.ease((monotonic() - self._since) / motion.EASE)
        seen = {item: _between(self._from.get(item, area), area, share) for item, area in enumerate(self._laid.items)}
        if self.held is not None:
            area = self._laid.items[self.held]
            seen[self.held] = Area(area.x + self._by.x(), area.y + self._by.y(), area.w, area.h)
        return seen

    @property
    def _still(self) -> bool:
        return self.settings is not None and self.settings.now.reduced_motion

    def _glide(self) -> None:
        if self._from and self.isVisible():
            if monotonic() - self._since > motion.EASE:
                self._from = {}
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._laid is None or self.placed_on is None:
            return
        moving = {item: area for item, area in self._seen().items() if area != self._laid.items[item]}
        focused = self.window().focusWidget()
        current = focused.item if isinstance(focused, Grip) and focused in self.grips else None
        over = self._bin_at(self._middle_of_held()) if self.held is not None else None
        picture = card(self._laid, self.theme, elsewhere=moving, current=current, over=over)
        with QPainter(self) as painter:
            paint(painter, picture, cache=self._cache)

    # the pointer

    def hold(self, item: int, by: QPointF) -> None:
        """The pointer has moved an item that far from its place."""
        self.held, self._by = item, by
        self.update()

    def drop(self) -> None:
        """Let it go where it is: into the bin, or at the position, below it."""
        item, at = self.held, self._middle_of_held()
        if item is None:
            return
        place = self._bin_at(at) if self.placing.sorts else self._position_at(at)
        self._leave_from(self._seen())
        self.held = None
        self.placing.put(item, place)

    def _leave_from(self, seen: dict[int, Area]) -> None:
        """From where items are seen they glide to where they belong."""
        self._from, self._since = seen, monotonic()
        self.session.stir(motion.EASE + 0.1)
        self.update()

    def _middle_of_held(self) -> QPointF:
        assert self._laid is not None
        assert self.held is not None
        x, y = self._laid.items[self.held].middle
        return QPointF(x, y) + self._by

    def _bin_at(self, at: QPointF) -> int | None:
        bins = self._laid.bins if self._laid is not None else ()
        return next((number for number, area in enumerate(bins) if area.holds(at.x(), at.y())), None)

    def _position_at(self, at: QPointF) -> int:
        """How many of the others lie above that place."""
        assert self._laid is not None
        others = (area for item, area in enumerate(self._laid.items) if item != self.held)
        return sum(area.middle[1] < at.y() for area in others)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click into a bin puts the item there that has the keys."""
        place = self._bin_at(event.position())
        if place is not None and self.placed_on is not None and not self.placing.shown:
            self.session.puzzles.digit(place + 1)

    # keys

    def go(self, item: int, by: int) -> None:
        """The keys move the item before or after that one, by its place."""
        order = self.placing.reading
        self._focus(order[(order.index(item) + by) % len(order)])

    def focusNextPrevChild(self, ahead: bool) -> bool:
        """Tab stays on the card: from item to item by their places, on to the buttons, and round."""
        if self.placed_on is None:
            return super().focusNextPrevChild(ahead)
        grips = {grip.item: grip for grip in self.grips}
        buttons = (each for each in (self.check, self.other, self.close_button) if not each.isHidden())
        order: list[QWidget] = [*(grips[item] for item in self.placing.reading), *buttons]
        now = self.window().focusWidget()
        place = order.index(now) + (1 if ahead else -1) if now in order else 0
        order[place % len(order)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts it aside; in a show it leaves the show."""
        if event.key() == Qt.Key.Key_Escape and self.level != "show":
            self.session.puzzles.close()
        else:
            event.ignore()

    # words, theme, room

    def set_words(self, words: Words) -> None:
        self.words = words
        self.refresh()

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self._cache.forget()
        glyphs.dress(self, theme)
        self.refresh()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.placed_on is not None:
            self._from = {}
            self.place()
            self._changed()
        return False


def _rect(area: Area) -> QRect:
    return QRect(round(area.x), round(area.y), round(area.w), round(area.h))


def _between(one: Area, other: Area, share: float) -> Area:
    """An area on the way from one to the other."""
    if share >= 1.0:
        return other
    mixed = ((a + (b - a) * share) for a, b in ((one.x, other.x), (one.y, other.y), (one.w, other.w), (one.h, other.h)))
    return Area(*mixed)
