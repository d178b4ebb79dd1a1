"""The flags of what a person did: dragged, moved by keys, graded, taken out one by one; and faults put on the strip."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from tests.window.toy import session as toy
from vizapp.picture.theme import DAY
from vizapp.scene.model import Act
from vizapp.window.strip import Strip
from vizapp.window.strip_drawing import LINE
from vizapp.words import Words

EN = Words("en")
S = 1_000_000_000
FOOT = round(LINE) + 18  # y at which a flag is held


@pytest.fixture
def strip(qtbot: Any) -> Strip:
    """Two acts done: the server failed at 2 s, a cable loses since 4 s."""
    made = Strip(toy(), EN, DAY)
    qtbot.addWidget(made)
    made.resize(900, made.height())
    made.show()
    for t, act in ((2, Act("fail", ("server",))), (4, Act("loss", ("vm1--router", "30%")))):
        made.session.seek_true(t * S)
        made.session.do(act)
    settle(made)
    return made


def settle(strip: Strip) -> None:
    strip.session.run.complete()
    strip.session.changed.emit()
    strip._beat()


def x(strip: Strip, number: int) -> int:
    return round(next(strip.x_of(flag.show) for flag in strip.flagging.flags if flag.number == number)) + 4


def drag(strip: Strip, number: int, to: float) -> None:
    start = x(strip, number)
    end = start + round(strip.x_of(strip.session.run.pace.show(round(to * S)))) - round(
        strip.x_of(strip.session.run.pace.show_end(strip.session.run.acts[number].at)))  # fmt: skip
    QTest.mousePress(strip, Qt.MouseButton.LeftButton, pos=QPoint(start, FOOT))
    for place in (start + (end - start) // 2, end):
        QTest.mouseMove(strip, QPoint(place, FOOT))
        strip.flagging.drag(QPointF(place, FOOT))
    QTest.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=QPoint(end, FOOT))
    settle(strip)


def test_a_dragged_flag_moves_its_act_and_the_run_is_computed_anew(strip):
    drag(strip, 0, 1.0)
    act = strip.session.run.acts[0]
    assert act.at == pytest.approx(S, abs=S // 20)
    assert strip.session.run.frame(act.at + 1).failed("server")
    assert not strip.session.run.frame(act.at).failed("server")


def test_what_was_seen_before_the_moved_act_stays(strip):
    before = strip.session.run.timeline
    drag(strip, 1, 5.0)
    assert strip.session.run.frame(4 * S).freeze() == before.at(4 * S).freeze()


def test_a_drag_is_taken_back_and_done_again_as_one(strip):
    was = list(strip.session.run.acts)
    drag(strip, 0, 1.0)
    now = list(strip.session.run.acts)
    strip.session.undo()
    assert strip.session.run.acts == was
    strip.session.redo()
    assert strip.session.run.acts == now


def test_a_press_that_does_not_move_only_picks(strip):
    was = list(strip.session.run.acts)
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(x(strip, 0), FOOT))
    assert strip.flagging.picked == 0
    assert strip.session.run.acts == was


def test_delete_takes_one_act_out_and_keeps_the_others(strip):
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(x(strip, 0), FOOT))
    QTest.keyClick(strip, Qt.Key.Key_Delete)
    assert [act.verb for act in strip.session.run.acts] == ["loss"]
    strip.session.undo()
    assert [act.verb for act in strip.session.run.acts] == ["fail", "loss"]


def test_tab_goes_from_flag_to_flag_and_then_on(strip):
    strip.setFocus()
    picked = []
    for _ in range(3):
        strip.focusNextPrevChild(True)
        picked.append(strip.flagging.picked)
    assert picked == [0, 1, None]


def test_arrows_move_the_picked_flag_and_are_taken_back_together(strip):
    strip.flagging.turn(1)
    was = strip.session.run.acts[0].at
    for _ in range(3):
        QTest.keyClick(strip, Qt.Key.Key_Right)
        settle(strip)
    assert strip.session.run.acts[0].at > was
    strip.session.undo()
    assert strip.session.run.acts[0].at == was


def test_without_a_picked_flag_arrows_go_from_event_to_event(strip):
    strip.flagging.pick(None)
    was = list(strip.session.run.acts)
    QTest.keyClick(strip, Qt.Key.Key_Left)
    assert strip.session.run.acts == was
    assert strip.session.t < 4 * S


def menu_of(strip: Strip, number: int) -> dict[str, Any]:
    menu = QMenu(strip)
    flag = next(flag for flag in strip.flagging.flags if flag.number == number)
    strip.flagging.fill(menu, flag)
    return {action.text().partition("\t")[0]: action for action in menu.actions() if not action.isSeparator()}


def test_its_menu_gives_it_another_degree(strip):
    lines = menu_of(strip, 1)
    assert [text for text, action in lines.items() if action.isChecked()] == ["30%"]
    lines["50%"].trigger()
    assert strip.session.run.acts[1] == Act("loss", ("vm1--router", "50%"), {}, strip.session.run.acts[1].at)


def test_its_menu_takes_it_out(strip):
    menu_of(strip, 0)["Take out"].trigger()
    assert [act.verb for act in strip.session.run.acts] == ["loss"]


# put on the strip


def faults_at(strip: Strip, t: int) -> dict[str, Any]:
    menu = QMenu(strip)
    strip.flagging.offer_faults(menu, strip.x_of(strip.session.run.pace.show(t)))
    inside = menu.actions()[0].menu()
    assert isinstance(inside, QMenu)
    strip._menu = menu  # type: ignore[attr-defined]  # kept alive
    return {action.text(): action for action in inside.actions() if not action.isSeparator()}


def test_a_fault_is_put_at_a_moment_to_come_and_shows_at_once(strip):
    session = strip.session
    session.reset()
    session.select("vm1")
    faults_at(strip, 5 * S)["Crash"].trigger()
    settle(strip)
    act = session.run.acts[-1]
    assert (act.verb, act.args) == ("fail", ("vm1",))
    assert act.at == pytest.approx(5 * S, abs=S // 10)
    assert session.t == 0
    assert act in [flag.act for flag in strip.flagging.flags]


def test_what_was_put_there_can_be_seen_in_the_fog_and_nothing_else(strip):
    session = strip.session
    session.reset()
    foggy = strip.x_of(session.run.pace.show_end(session.run.acts[1].at))
    assert "loss" in strip.told_at(foggy)
    assert strip.told_at(foggy + 60) == "not seen yet"


def test_what_nobody_has_seen_decides_nothing_of_what_is_offered(strip):
    strip.session.reset()
    strip.session.select("server")
    assert {"Crash", "Repair"} <= set(faults_at(strip, 5 * S))


def test_a_flag_from_before_a_task_stays_where_it_is(strip):
    strip.session.hunt = type("Hunt", (), {"acts": 1, "t": 4 * S, "over": True, "number": 0})()
    drag(strip, 0, 1.0)
    assert strip.session.run.acts[0].at == 2 * S
    assert menu_of(strip, 0) == {}
