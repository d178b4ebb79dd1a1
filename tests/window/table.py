"""A comparison at a table: its session, and a screen that shows it. What the tests of side by side build upon."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from tests.compare.conftest import MODES, STEPS, comparison, played
from vizapp.devices import VOCABULARY
from vizapp.picture.theme import DAY
from vizapp.scene.acts import read_act
from vizapp.scene.model import Act, Problem, Scene
from vizapp.scene.names import Names
from vizapp.window.compare_screen import CompareScreen
from vizapp.window.seats import SideBySide, session_of
from vizapp.window.side_view import SideView
from vizapp.words import Words

__all__ = ["MODES", "STEPS", "act", "click", "comparison", "screen_of", "table"]


def table(scene: Scene | Path = MODES) -> SideBySide:
    """The session of a comparison that is simulated whole."""
    made = session_of(played(comparison(scene) if isinstance(scene, Path) else scene))
    assert isinstance(made, SideBySide)
    return made


def screen_of(qtbot: Any, session: SideBySide, size: tuple[int, int] = (1600, 950)) -> CompareScreen:
    screen = CompareScreen(session, Words("en"), DAY)
    qtbot.addWidget(screen)
    screen.resize(*size)
    screen.show()
    return screen


def act(session: SideBySide, written: str) -> Act:
    """An act as it is written, for the first side that has what it names."""
    for seat in session.seats:
        found = read_act(written, Names.of(seat.one.scene, VOCABULARY))
        if not isinstance(found, Problem):
            return found
    raise AssertionError(found)


def click(side: SideView, thing: str) -> None:
    area = side.area_of(thing)
    assert area is not None
    at: QPointF = side.lens.on_widget(area).center()
    QTest.mouseClick(side, Qt.MouseButton.LeftButton, pos=QPoint(at.toPoint()))
