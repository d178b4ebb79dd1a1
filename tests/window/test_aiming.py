"""Choosing a target on the stage: by the mouse, by the keyboard, by a line drawn with Ctrl; and giving up."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from tests.hunted import GOAL, scene
from vizapp.devices import VOCABULARY
from vizapp.picture.theme import DAY
from vizapp.run import Run
from vizapp.window.session import Session
from vizapp.window.stage import StageView
from vizapp.words import Words


@pytest.fixture
def stage(qtbot):
    session = Session(Run(scene(GOAL), VOCABULARY.kinds).complete())
    session.seek(session.length)
    made = StageView(session, Words("en"), DAY)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


def place(stage: StageView, thing: str) -> QPoint:
    return stage.lens.on_widget(stage.area_of(thing)).center().toPoint()


def done(stage: StageView) -> list[tuple[str, tuple[str, ...]]]:
    return [(act.verb, act.args) for act in stage.session.run.acts]


def test_a_click_chooses_the_target(stage):
    stage.session.take_aim("vm1", "ping")
    QTest.mouseClick(stage, Qt.MouseButton.LeftButton, pos=place(stage, "lan1"))
    assert done(stage) == [("ping", ("vm1", "lan1"))]
    assert stage.session.aim is None
    assert stage.session.playing


def test_the_keyboard_chooses_the_target(stage):
    stage.session.take_aim("vm1", "ping")
    stage.session.select("lan1")
    QTest.keyClick(stage, Qt.Key.Key_Return)
    assert done(stage) == [("ping", ("vm1", "lan1"))]


def test_esc_gives_up(stage):
    stage.session.take_aim("vm1", "ping")
    QTest.keyClick(stage, Qt.Key.Key_Escape)
    assert (stage.session.aim, done(stage)) == (None, [])


@pytest.mark.parametrize("thing", ["vm1"])
def test_what_cannot_be_meant_is_not_chosen(stage, thing):
    stage.session.take_aim("vm1", "ping")
    QTest.mouseClick(stage, Qt.MouseButton.LeftButton, pos=place(stage, thing))
    assert done(stage) == []
    assert stage.session.aim is not None


def test_it_says_what_is_being_done_and_to_whom(stage):
    stage.session.take_aim("vm1", "ping")
    assert stage.accessibleDescription().startswith("Ping: vm1 → ?")
    QTest.mouseMove(stage, place(stage, "lan1"))
    QApplication.processEvents()
    stage.aiming.pointer = place(stage, "lan1").toPointF()
    assert stage.aiming.said.startswith("Ping: vm1 → lan1")


def test_a_line_drawn_with_ctrl_asks_what_to_send(stage, monkeypatch):
    monkeypatch.setattr(QMenu, "popup", lambda menu, at: None)  # this platform has no grabbing
    ctrl = Qt.KeyboardModifier.ControlModifier
    QTest.mousePress(stage, Qt.MouseButton.LeftButton, ctrl, place(stage, "vm1"))
    assert stage.session.aim is not None
    QTest.mouseRelease(stage, Qt.MouseButton.LeftButton, ctrl, place(stage, "lan1"))
    menu = stage.findChild(QMenu)
    assert menu is not None
    ping = next(action for action in menu.actions() if action.text().startswith("Ping"))
    ping.trigger()
    assert done(stage) == [("ping", ("vm1", "lan1"))]


def test_nothing_is_painted_once_it_is_over(stage):
    before = stage.grab().toImage()
    stage.session.take_aim("vm1", "ping")
    assert stage.grab().toImage() != before
    stage.session.drop_aim()
    assert stage.grab().toImage() == before
