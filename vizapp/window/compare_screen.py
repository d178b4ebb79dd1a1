"""The screen of a comparison: the board of all sides, one transport; steps, inspector and journal fold away."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout

from vizapp.compare.whatif import Otherwise
from vizapp.picture.theme import Theme
from vizapp.window.board_view import BoardView
from vizapp.window.inspector import Inspector
from vizapp.window.journal import JournalPanel
from vizapp.window.scene_screen import SceneScreen
from vizapp.window.seats import Seat, SideBySide
from vizapp.window.session import Session
from vizapp.window.settings import Settings
from vizapp.window.supposed_bar import SupposedBar
from vizapp.words import Words


class CompareScreen(SceneScreen):
    """The panels at the right are about the side that is looked at more closely. `alone`: the scene of a side is
    wanted by itself, by its file."""

    alone = Signal(object)

    def __init__(self, session: Session, words: Words, theme: Theme, settings: Settings | None = None) -> None:
        assert isinstance(session, SideBySide)
        self.table = session
        self._panels: dict[int, tuple[Inspector, JournalPanel]] = {}
        self._side = 0  # whose panels are at the right
        self.supposed = SupposedBar(session.run, words, theme) if isinstance(session.run, Otherwise) else None
        super().__init__(session, words, theme, settings)
        session.turned.connect(self._turn)
        for seat in session.seats:
            seat.wished.connect(self._write_out)

    def _arrange(self) -> None:
        super()._arrange()
        rows = self.layout()
        if self.supposed is not None and isinstance(rows, QBoxLayout):
            rows.insertWidget(0, self.supposed)

    def _parts(self) -> list[Any]:
        return super()._parts() if self.supposed is None else [*super()._parts(), self.supposed]

    def _made_stage(self) -> BoardView:
        board = BoardView(self.table, self.words, self.theme)
        board.opened.connect(lambda number: self.alone.emit(self.table.whole.scene.sides[number].file))
        return board

    def _made_why(self) -> None:
        """What came of it is told below the stages."""

    def _made_panels(self) -> tuple[Inspector, JournalPanel]:
        """Those of the side that is looked at, made when they are first wanted."""
        number = self.table.side
        if number not in self._panels:
            seat = self.table.seats[number]
            self._panels[number] = (Inspector(seat, self.words, self.theme), JournalPanel(seat, self.words, self.theme))
        return self._panels[number]

    @property
    def captured(self) -> Seat:
        """Whose frames are captured: the side that is looked at."""
        return self.table.seat

    def _turn(self) -> None:
        if not self.is_folded("right"):
            self._swap()

    def _swap(self) -> None:
        """Put the panels of the side that is looked at in the place of the others."""
        if self._side == self.table.side:
            return
        self._side = self.table.side
        sizes, tab = self.right.sizes(), self.inspector.tab
        fresh = self.table.side not in self._panels
        for place, (old, new) in enumerate(zip((self.inspector, self.journal), self._made_panels(), strict=True)):
            self.right.replaceWidget(place, new)
            old.hide()
            new.show()
        self.inspector, self.journal = self._panels[self._side]
        if fresh:
            self._connect_panels()
            self._dress_panels()
        self.inspector.show_tab(tab)
        self.right.setSizes(sizes)
        self._fold_within(self.right, self.journal, "journal")

    def _show_panels(self) -> None:
        open_right = not self.is_folded("right") and not self._hidden
        if open_right:
            self._swap()
        self.stage.active = open_right
        self.stage.update()
        super()._show_panels()

    def _picked(self) -> None:
        """What is picked on all sides is compared on the board; the panels open when they are asked for."""

    # the panels are folded at first, and how they are is not kept for other scenes

    def _kept_panels(self) -> dict[str, Any]:
        return {"folded": {"steps": True, "right": True, "journal": self.height() < 760}}

    def _remember(self) -> None:
        """Beside each other, sides need the room: the panels begin folded each time."""
