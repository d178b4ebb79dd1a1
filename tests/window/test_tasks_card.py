"""Tasks: reached by what was done and seen, never by the script alone; hints come one at a time."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.hunted import FAULT, GOAL
from tests.hunted import scene as hunted
from tests.window.toy import scene
from tests.window.toy import session as toy
from vizapp.devices import VOCABULARY
from vizapp.picture.theme import DAY
from vizapp.run import Run
from vizapp.scene.acts import read_act
from vizapp.scene.model import Act
from vizapp.scene.names import Names
from vizapp.sim.excerpt import excerpt
from vizapp.window.goals import changes_made, note, reached
from vizapp.window.progress import Progress
from vizapp.window.session import Session
from vizapp.window.tasks_card import TasksCard
from vizapp.words import Words

AGAIN = Act("http", ("vm1", "server"), {"port": 40005})


def act(session, t=3_000_000_000):
    session.seek_true(t)
    session.do(AGAIN)
    session.run.complete()


def test_the_script_alone_reaches_nothing():
    session = toy(tasks=(replace(scene().tasks[0], goal="any http.answered at vm1"),))
    session.seek(session.length)
    assert not reached(session, session.run.scene.tasks[0])


def test_what_was_done_counts_once_it_was_seen():
    session = toy()
    act(session)
    assert not reached(session, session.run.scene.tasks[0])
    session.seek(session.length)
    assert reached(session, session.run.scene.tasks[0])


def test_a_timeline_seen_up_to_a_moment_ends_there():
    timeline = toy().run.timeline
    past = excerpt(timeline, 1_500_000_000)
    assert past.end == 1_500_000_000
    assert past.events == [event for event in timeline.events if event.t <= 1_500_000_000]


@pytest.fixture
def card(qtbot):
    session = toy()
    made = TasksCard(session, Words("en"), DAY)
    qtbot.addWidget(made)
    made.show()
    made.heading.setChecked(True)
    return made


def test_hints_come_one_at_a_time_in_three_levels(card):
    row = card.rows[0]
    assert not row.hints.isVisible()
    told = []
    while row.more.isVisible():
        QTest.mouseClick(row.more, Qt.MouseButton.LeftButton)
        told.append(row.hints.text().count("\n") + 1)
    assert told == [1, 2, 3]


def test_a_task_that_is_done_is_ticked_and_counted(card):
    assert "(0/1)" in card.heading.text()
    act(card.session)
    card.session.seek(card.session.length)
    assert "(1/1)" in card.heading.text()
    assert card.rows[0].done.isVisible()


def test_a_question_folds_the_tasks(card):
    card.session.ask(0)
    assert not card.inside.isVisible()


# tasks that are begun


@pytest.fixture
def hunt(qapp):
    """A session of a network whose only task hides that the host forwards no more."""
    made = Session(Run(hunted(GOAL, FAULT, "changes: 1"), VOCABULARY.kinds).complete())
    made.seek(made.length)
    return made


def settle(session):
    session.run.complete()
    session.changed.emit()


def tried(session, *lines):
    """Do these acts, and look at what came of them."""
    names = Names.of(session.run.scene, VOCABULARY)
    for line in lines:
        session.do(read_act(line, names))
        settle(session)
        session.run.extend(session.run.aftermath)
        settle(session)
        session.seek(session.length)


PING, REPAIR = "ping vm1 lan1", "set host.forwarding true"


def task(session):
    return session.run.scene.tasks[0]


def test_what_was_reached_before_a_task_began_does_not_count(hunt):
    assert not reached(hunt, task(hunt))
    hunt.begin(0)
    settle(hunt)
    assert not reached(hunt, task(hunt))


def test_a_planted_fault_hinders_until_it_is_repaired(hunt):
    hunt.begin(0)
    tried(hunt, PING)
    assert not reached(hunt, task(hunt))
    tried(hunt, REPAIR, PING)
    assert reached(hunt, task(hunt))


def test_more_changes_than_allowed_do_not_count(hunt):
    hunt.begin(0)
    tried(hunt, "cut vm1", "mend vm1", REPAIR, PING)
    assert not reached(hunt, task(hunt))


def test_changes_from_before_and_what_only_tries_are_not_counted(hunt):
    tried(hunt, "cut vm1", "mend vm1")
    hunt.begin(0)
    tried(hunt, PING, REPAIR, PING)
    assert changes_made(hunt) == 1
    assert reached(hunt, task(hunt))


def test_leaving_a_task_restores_what_was_before_and_can_be_redone(hunt):
    before = hunt.run.timeline.at(hunt.run.timeline.end).freeze()
    hunt.begin(0)
    tried(hunt, REPAIR, PING)
    hunt.leave_task()
    settle(hunt)
    assert (hunt.run.acts, hunt.run.fault, hunt.hunt) == ([], [], None)
    assert hunt.run.timeline.at(before["t"]).freeze() == before
    hunt.redo()
    assert [act.verb for act in hunt.run.acts] == ["set"]


def test_a_fault_is_told_by_no_act_and_no_event(hunt):
    told = [event.name for event in hunt.run.timeline.events]
    hunt.begin(0)
    settle(hunt)
    assert hunt.run.acts == []
    assert [event.name for event in hunt.run.timeline.events] == told


@pytest.fixture
def shown(qtbot, hunt):
    made = TasksCard(hunt, Words("en"), DAY)
    qtbot.addWidget(made)
    made.show()
    made.heading.setChecked(True)
    return made


def seen(card):
    """The texts and buttons of the only row."""
    row = card.rows[0]
    parts = (row.done, row.count, row.fault, row.begin, row.more, row.give_up, row.leave)
    return [part.text().strip() for part in parts if part.isVisible()]


def test_a_task_with_a_fault_is_begun_by_its_button(shown):
    assert seen(shown) == ["Begin"]
    shown.rows[0].begin.click()
    told = seen(shown)
    assert told[0].startswith("A fault is hidden")
    assert told[0].endswith("0 changes of 1 allowed.")
    assert told[1:] == ["Hint 1 of 1", "Show the fault", "Leave"]


def test_the_fault_is_shown_once_it_is_repaired(shown):
    session = shown.session
    shown.rows[0].begin.click()
    tried(session, REPAIR, PING)
    shown.refresh()
    told = seen(shown)
    assert told[0] == "Done"
    assert told[1].splitlines() == [
        "The fault:", "– Setting “host, forwards packets”: no",
        "What you changed:", "– Setting “host, forwards packets”: yes",
    ]  # fmt: skip
    assert told[2:] == ["Leave"]


def test_the_fault_is_shown_when_one_gives_up_and_the_task_is_not_solved(shown):
    shown.rows[0].begin.click()
    shown.rows[0].give_up.click()
    told = seen(shown)
    assert told[0].startswith("The fault:")
    assert "You changed nothing." in told[0]
    shown.rows[0].leave.click()
    assert seen(shown) == ["Begin"]


def test_a_solved_task_stays_solved_when_it_is_left(shown):
    session = shown.session
    shown.rows[0].begin.click()
    tried(session, REPAIR, PING)
    shown.refresh()
    shown.rows[0].leave.click()
    assert seen(shown) == ["Done", "Begin again"]
    progress = Progress()
    note(progress, session)
    assert progress.of("hunt").tasks == {0}
