"""The palette of faults: what each target can suffer, by click, digit or arrows, now or at a time that is written."""

from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.window.shelf import make_shell, write_scene
from tests.window.toy import session as toy
from vizapp.compare import play
from vizapp.devices import VOCABULARY
from vizapp.picture.theme import DAY
from vizapp.places import shipped_scenes
from vizapp.run import Run
from vizapp.scene.model import Act
from vizapp.scene.reader import read
from vizapp.window import keys
from vizapp.window.fault_palette import FaultPalette
from vizapp.window.faults import faults, targets
from vizapp.window.seats import session_of
from vizapp.window.session import Session
from vizapp.words import Words

EN = Words("en")
S = 1_000_000_000


def shipped(name: str) -> Session:
    scene = read(shipped_scenes() / f"{name}.yaml", VOCABULARY).scene
    assert scene is not None
    made = session_of(play(scene, VOCABULARY.kinds))
    made.run.complete()
    return made


def palette(qtbot: Any, session: Session, target: str, at: int | None = None) -> FaultPalette:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(1366, 768)
    made = FaultPalette(session, EN, DAY, parent, target, at)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    made.parent_ = parent  # type: ignore[attr-defined]  # kept alive
    made.show()
    return made


def verbs(session: Session, target: str) -> list[str]:
    return [fault.verb for fault in faults(session, target)]


@pytest.fixture
def lan(qapp: Any) -> Session:
    return shipped("switch-learning")


# what is offered


def test_a_machine_crashes_hangs_slows_and_is_parted(lan):
    alone = [thing.id for thing in lan.run.scene.things.values() if not thing.children]
    machine = next(name for name in alone if verbs(lan, name)[1:])
    assert verbs(lan, machine) == ["fail", "hang", "slow", "partition"]


def test_a_cable_is_cut_loses_delays_and_doubles(lan):
    assert verbs(lan, lan.run.scene.links[0].id) == ["cut", "loss", "delay", "duplicate"]


def test_a_switch_only_fails(lan):
    switch = next(thing.id for thing in lan.run.scene.things.values() if thing.kind == "switch")
    assert verbs(lan, switch) == ["fail"]


def test_where_instructions_travel_nothing_is_lost_at_random(qapp):
    session = shipped("hardware-assisted")
    known = {verb for name in targets(session) for verb in verbs(session, name)}
    assert known <= {"fail", "cut"}


def test_what_is_in_force_can_be_ended_or_had_in_another_degree(qapp):
    session = toy()
    session.do(Act("loss", ("vm1--router", "30%")))
    session.run.complete()
    fault = next(each for each in faults(session, "vm1--router") if each.verb == "loss")
    assert (fault.amount, fault.end) == ("30%", Act("loss", ("vm1--router", "0%")))
    assert fault.begin is not None


def test_two_that_are_parted_can_be_healed(qapp):
    session = toy()
    session.do(Act("partition", ("server", "vm1")))
    session.run.complete()
    found = [each for each in faults(session, "vm1") if each.verb == "partition"]
    assert [each.end for each in found if each.end] == [Act("heal", ("vm1", "server"))]
    assert all("server" not in each.others for each in found)


# doing


def test_a_click_does_it_now(qtbot):
    session = toy()
    session.seek_true(3 * S)
    made = palette(qtbot, session, "server")
    QTest.mouseClick(made.rows[0].button, Qt.MouseButton.LeftButton)
    assert session.run.acts == [Act("fail", ("server",), {}, 3 * S)]
    assert not made.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_2, Qt.Key.Key_Eacute])
def test_a_digit_does_it_also_on_azerty(qtbot, key):
    session = toy()
    made = palette(qtbot, session, "vm1--router")
    QTest.keyClick(made, key)
    assert session.run.acts == [Act("loss", ("vm1--router", "10%"), {}, 0)]


def test_arrows_choose_the_line_and_the_degree(qtbot):
    session = toy()
    made = palette(qtbot, session, "vm1--router")
    QTest.keyClick(made, Qt.Key.Key_Down)
    QTest.keyClick(made, Qt.Key.Key_Right)
    made.rows[1].choose()
    assert session.run.acts[0].args == ("vm1--router", "30%")


def test_another_target_has_its_own_lines(qtbot):
    made = palette(qtbot, toy(), "server")
    made.target.setCurrentIndex(made.target.findData("vm1--router"))
    assert [row.fault.verb for row in made.rows] == ["cut", "loss", "delay", "duplicate"]


def test_a_time_that_is_written_puts_it_there(qtbot):
    session = toy()
    made = palette(qtbot, session, "server")
    made.time.setText("2,5 s")
    made.rows[0].choose()
    assert session.run.acts == [Act("fail", ("server",), {}, 2_500_000_000)]
    assert session.t == 0


def test_a_time_that_means_nothing_can_do_nothing(qtbot):
    session = toy()
    made = palette(qtbot, session, "server")
    made.time.setText("soon")
    QTest.keyClick(made, Qt.Key.Key_1)
    assert session.run.acts == []
    assert made.wrong.text()


def test_a_fault_of_a_comparison_befalls_every_side(qtbot):
    session = shipped("network-modes")
    target = next(name for name in targets(session) if verbs(session, name)[:2] == ["fail", "hang"])
    made = palette(qtbot, session, target)
    made.rows[1].choose()
    session.run.complete()
    assert [act.verb for act in session.run.acts] == ["hang"]
    applied = [side for side in session.run.sides if target in side.scene.things]
    assert applied
    assert all([act.verb for act in side.acts] == ["hang"] for side in applied)


def test_a_comparison_takes_one_act_out_on_every_side(qapp):
    session = shipped("network-modes")
    target = next(name for name in targets(session) if verbs(session, name)[:2] == ["fail", "hang"])
    for verb in ("hang", "slow"):
        session.do(Act(verb, (target,)))
    session.change(0, None)
    assert all([act.verb for act in side.acts] in (["slow"], []) for side in session.run.sides)
    session.undo()
    assert [act.verb for act in session.run.acts] == ["hang", "slow"]


def test_a_run_keeps_the_other_acts_when_one_is_taken_out(qapp):
    run = toy().run
    assert isinstance(run, Run)
    for t, verb in enumerate(("fail", "restore", "fail")):
        run.do(Act(verb, ("server",), {}, (t + 1) * S))
    run.change(1, None)
    assert [act.at for act in run.acts] == [S, 3 * S]
    assert run.undo()
    assert [act.at for act in run.acts] == [S, 2 * S, 3 * S]


def test_what_was_just_done_can_be_ended_in_the_palette(qtbot):
    session = toy()
    session.seek_true(3 * S)
    session.do(Act("loss", ("vm1--router", "30%")))
    session.run.complete()
    made = palette(qtbot, session, "vm1--router")
    QTest.mouseClick(made.rows[1].stop, Qt.MouseButton.LeftButton)
    assert session.run.acts[-1].args == ("vm1--router", "0%")


def test_a_program_that_runs_can_be_killed_and_one_that_does_not_started(qapp):
    session = shipped("keepalived")
    name = next(name for name in targets(session) if "kill" in verbs(session, name))
    session.do(Act("kill", (name, "keepalived")))
    session.run.complete()
    assert Act("start", (name, "keepalived")) in [fault.end for fault in faults(session, name)]


def test_it_opens_from_the_window_again_and_again_and_in_a_show(qtbot):
    shell = make_shell(qtbot)
    shell.open(write_scene("one"))
    for _ in range(2):
        shell.run(keys.command("faults"))
        made = shell.findChildren(FaultPalette)[-1]
        assert made.rows
        made.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert shell.scope in keys.command("faults").scope
    assert keys.SHOW in keys.command("faults").scope
