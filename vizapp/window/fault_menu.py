"""The part of a menu that begins, grades and ends faults, now or at another moment."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMenu

from vizapp.picture import sentences
from vizapp.picture.mishap import ends, said_degree
from vizapp.picture.theme import Theme
from vizapp.scene.model import Act
from vizapp.window import glyphs
from vizapp.window.deeds import GLYPHS
from vizapp.window.faults import Fault, faults, graded, said_end
from vizapp.window.session import Session
from vizapp.words import Words

Do = Callable[[Act], object]


class FaultMenu:
    """Fills a menu with what a target can suffer at true ns `at` (None: now); `do` carries out what is chosen."""

    def __init__(self, session: Session, words: Words, theme: Theme, do: Do, at: int | None = None) -> None:
        self.session, self.words, self.theme, self.do, self.at = session, words, theme, do, at

    def fill(self, menu: QMenu, target: str | None, *, without: tuple[str, ...] = ()) -> None:
        """without: the verbs that the menu has already."""
        for fault in faults(self.session, target, self.at):
            if fault.verb not in without:
                self._offer(menu, fault)

    def _offer(self, menu: QMenu, fault: Fault) -> None:
        if fault.end is not None:
            self._act(menu, fault.end, said_end(fault.end, self.session.run.scene, self.words))
        if fault.begin is None:
            return
        if fault.amounts:
            inside = self._inside(menu, fault.verb)
            for amount in fault.amounts:
                self._act(inside, graded(fault.begin, amount), said_degree(fault.verb, amount, self.words))
        elif fault.others:
            inside = self._inside(menu, fault.verb)
            for other in fault.others:
                name = sentences.about(other, self.session.run.scene, self.words)
                self._act(inside, Act(fault.verb, (fault.begin.args[0], other)), name)
        else:
            self._act(menu, fault.begin, self.words(f"fault.{fault.verb}"))

    def _inside(self, menu: QMenu, verb: str) -> QMenu:
        inside = menu.addMenu(self.words(f"fault.{verb}"))
        inside.setIcon(glyphs.icon(GLYPHS[verb], self.theme.bad, 18))
        return inside

    def _act(self, menu: QMenu, act: Act, text: str) -> None:
        tint = self.theme.good if ends(act) else self.theme.bad
        action = menu.addAction(glyphs.icon(GLYPHS[act.verb], tint, 18), text)
        action.triggered.connect(partial(self._chosen, act))

    def _chosen(self, act: Act, _: bool = False) -> None:
        self.do(act)
