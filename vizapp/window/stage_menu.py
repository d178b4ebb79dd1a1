"""The menu of a thing on the stage: what may be done to it, then how one looks at the stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from vizapp.window.deed_menu import fill_menu
from vizapp.window.following import offer
from vizapp.window.lens import NOTCH
from vizapp.window.picked import picked

if TYPE_CHECKING:
    from vizapp.window.stage import StageView


def stage_menu(stage: StageView, thing: str | None) -> QMenu:
    """The menu of a thing, a cable or a packet; None: of the stage. It goes when it is closed."""
    menu, session, words = QMenu(stage), stage.session, stage.words
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    fill_menu(menu, session, words, stage.theme, thing)
    _offer_why(menu, stage, thing)
    offer(menu, session, words, picked(thing))
    if not menu.isEmpty():
        menu.addSeparator()
    _offer_folds(menu, stage, thing)
    menu.addAction(words("stage.fit")).triggered.connect(stage.fit)
    menu.addAction(words("stage.zoom-in")).triggered.connect(lambda: stage.zoom_by(NOTCH))
    menu.addAction(words("stage.zoom-out")).triggered.connect(lambda: stage.zoom_by(1 / NOTCH))
    return menu


def _offer_why(menu: QMenu, stage: StageView, thing: str | None) -> None:
    """Why did this change?"""
    inquiry = stage.session.inquiry
    event = inquiry.last(thing) if thing is not None and picked(thing) is None else None
    if event is not None:
        menu.addAction(stage.words("chain.why-changed")).triggered.connect(lambda: inquiry.ask(event))


def _offer_folds(menu: QMenu, stage: StageView, thing: str | None) -> None:
    """Fold it or unfold it, all beside it, or all."""
    folds, words = stage.session.folds, stage.words
    if thing is not None and folds.can(thing):
        said = "stage.unfold" if thing in folds.now else "stage.fold"
        menu.addAction(words(said)).triggered.connect(lambda: folds.toggle(thing))
        menu.addAction(words("stage.fold-others")).triggered.connect(lambda: folds.all_but(thing))
    if thing in stage.laid.boxes and thing != folds.entered:
        menu.addAction(words("stage.enter")).triggered.connect(lambda: folds.enter(str(thing)))
    if folds.now:
        menu.addAction(words("stage.unfold-all")).triggered.connect(folds.unfold)
