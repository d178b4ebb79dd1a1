"""Items being sorted, or put in order: what a person has made of a puzzle so far."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from vizapp.compare.asked import Asked
from vizapp.picture.puzzle import Said
from vizapp.sim.puzzle import Placed
from vizapp.words import Words


class Placing(QObject):
    """placed: of each item the number of its bin, or its position; None: it lies in the tray. current: the item that
    the keys move. given: what was judged, once it was. shown: whether the answer is, so that nothing moves any more."""

    changed = Signal()

    def __init__(self, asked: Asked, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.asked = asked
        self.placed: Placed = asked.start
        self.current: int | None = None
        self.given: Placed | None = None
        self.shown = False

    @property
    def sorts(self) -> bool:
        return self.asked.puzzle.sorts

    @property
    def reading(self) -> list[int]:
        """The items in the order in which Tab goes through them: by place, those of the tray first."""
        return sorted(self.asked.tray, key=lambda item: -1 if self.placed[item] is None else self.placed[item] or 0)

    def pick(self, item: int | None) -> None:
        """Let the keys move another item; once judged, what is told is about it."""
        if item != self.current:
            self.current = item
            self.changed.emit()

    def put(self, item: int, place: int | None) -> None:
        """Put an item into a bin (None: back into the tray), or at a position: the others make room."""
        if self.shown or (place is not None and not 0 <= place < self.asked.puzzle.places):
            return
        if self.sorts:
            self._place(tuple(place if each == item else own for each, own in enumerate(self.placed)))
        elif place is not None:
            order = [each for each in self._order if each != item]
            order.insert(place, item)
            self._place(tuple(order.index(each) for each in range(len(order))))

    def shift(self, item: int, by: int) -> None:
        """On to the bin or the position beside it; left of the first bin is the tray."""
        own = self.placed[item]
        least = -1 if self.sorts else 0
        place = min(max((-1 if own is None else own) + by, least), self.asked.puzzle.places - 1)
        self.put(item, None if place < 0 else place)

    def after(self, item: int) -> int:
        """The item to go on with: the next one that lies in the tray."""
        left = [each for each in self.asked.tray if self.placed[each] is None]
        later = [each for each in left if self.asked.tray.index(each) > self.asked.tray.index(item)]
        return (later or left or [item])[0]

    def judge(self) -> bool:
        """Say of each item whether it is where it belongs; whether all are."""
        self.asked.look()
        self.given = self.placed
        self.changed.emit()
        return self.asked.solved(self.placed)

    def reveal(self) -> None:
        """Show the answer: everything moves to where it belongs."""
        self.asked.look()
        moved = self.placed != self.asked.start
        self.given, self.shown = self.placed if moved else self.asked.nothing, True
        self.placed = self.asked.right(self.placed)
        self.current = self._first_told()
        self.changed.emit()

    def again(self) -> None:
        """From the start."""
        self.placed, self.given, self.shown, self.current = self.asked.start, None, False, None
        self.changed.emit()

    @property
    def written(self) -> tuple[str, ...]:
        """Item by item its bin or its position, as a solution is written; `-`: it lies in the tray."""
        names = list(self.asked.puzzle.bins) or [str(number + 1) for number in range(len(self.placed))]
        return tuple("-" if place is None else names[place] for place in self.placed)

    def take_over(self, other: Placing) -> None:
        """As it stands in another session."""
        self.placed, self.current, self.given, self.shown = other.placed, other.current, other.given, other.shown

    def said(self, words: Words, *, show: bool = False) -> Said:
        """The card as it is now. show: in a show, where keys do what buttons do elsewhere."""
        said = self.asked.said(words, self.placed, given=self.given, told=self.current if self._may_tell else None)
        kind = said.kind
        hint = words(f"quiz.hint.{kind}-show" if show else f"quiz.hint.{kind}")
        hint = hint if self.given is None else words("quiz.hint.read") if self.shown else ""
        return replace(said, hint=hint, ready=words(f"quiz.ready.{kind}"))

    @property
    def _may_tell(self) -> bool:
        """Whether it may be said where the current item belongs: once the answer is shown, or where it is right."""
        if self.given is None or self.current is None:
            return False
        return self.shown or self.asked.verdicts(self.given)[self.current] is True

    @property
    def _order(self) -> list[int]:
        return sorted(range(len(self.placed)), key=lambda item: self.placed[item] or 0)

    def _place(self, placed: Placed) -> None:
        """What was judged holds no more."""
        if placed != self.placed:
            self.placed, self.given = placed, None
            self.changed.emit()

    def _first_told(self) -> int:
        """What is told first: an item that was wrong."""
        verdicts = self.asked.verdicts(self.given or self.placed)
        return next((item for item in self.reading if verdicts[item] is False), self.reading[0])
