"""Tasks: reached by what was done and seen, never by the script alone; hints come one at a time."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.window.toy import scene
from tests.window.toy import session as toy
from vizapp.picture.theme import DAY
from vizapp.scene.model import Act
from vizapp.window.goals import reached, seen
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


def test_more_changes_than_allowed_do_not_count():
    task = replace(scene().tasks[0], most=1)
    session = toy(tasks=(task,))
    act(session)
    act(session, 3_500_000_000)
    session.seek(session.length)
    assert not reached(session, task)


def test_a_timeline_seen_up_to_a_moment_ends_there():
    timeline = toy().run.timeline
    past = seen(timeline, 1_500_000_000)
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
    assert card.rows[0].state.isVisible()


def test_a_question_folds_the_tasks(card):
    card.session.ask(0)
    assert not card.inside.isVisible()
