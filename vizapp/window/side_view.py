"""The stage of one side of a comparison, on its part of the board."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtGui import QFocusEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from vizapp.picture.theme import Theme
from vizapp.picture.view import View
from vizapp.window.picked import picked
from vizapp.window.seats import Seat
from vizapp.window.stage import StageView
from vizapp.window.told import chained
from vizapp.words import Words


class SideView(StageView):
    """seen: how the board looks at this side now; the rest is the stage's own."""

    def __init__(self, seat: Seat, words: Words, theme: Theme, seen: Callable[[], View]) -> None:
        self.seat, self.seen = seat, seen
        super().__init__(seat, words, theme, "side")

    @property
    def view(self) -> View:
        seat = self.seat
        return replace(
            chained(seat, self.seen()),
            size=(float(max(self.width(), 40)), float(max(self.height() - self.lens.top, 40))),
            selected=seat.selected,
            hovered=self.hovered,
            masked=seat.masked,
            reduced_motion=self.reduced_motion,
            trail=seat.followed if seat.followed is not None else picked(seat.selected),
        )

    def set_words(self, words: Words) -> None:
        super().set_words(words)
        self.setAccessibleName(words.text(self.seat.one.scene.title))

    # from side to side; within one, Alt and the arrows

    def focusNextPrevChild(self, forward: bool) -> bool:
        return QWidget.focusNextPrevChild(self, forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.seat.whole.turn(self.seat.number)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.seat.whole.turn(self.seat.number)
        super().mousePressEvent(event)
