"""Predict, then reveal: the clock stops by itself, one chooses, the simulation answers, and it plays on."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.window.toy import scene
from tests.window.toy import session as toy
from vizapp import places
from vizapp.compare.answers import filled, right_option, said
from vizapp.devices import VOCABULARY
from vizapp.picture.theme import DAY
from vizapp.run import Run
from vizapp.scene.model import Option
from vizapp.scene.reader import read
from vizapp.window.question_card import QuestionCard
from vizapp.words import Words


@pytest.fixture
def asked(qtbot):
    session = toy()
    card = QuestionCard(session, Words("en"), DAY)
    qtbot.addWidget(card)
    card.show()
    return session, card


def play_to_the_question(session):
    session.play()
    session._advance(session.length)


def test_the_clock_stops_by_itself_just_before_the_event(asked):
    session, card = asked
    play_to_the_question(session)
    assert session.asking == 0
    assert not session.playing
    assert session.t < 2_000_100_000
    assert card.card.isVisible()
    assert "Which source port" in card.ask.text()


def test_no_reason_is_told_before_it_is_revealed(asked):
    session, card = asked
    play_to_the_question(session)
    assert not any(row.why.isVisible() or row.verdict.isVisible() for row in card.options)


def test_choosing_reveals_nothing(asked):
    session, card = asked
    play_to_the_question(session)
    QTest.mouseClick(card.options[0].button, Qt.MouseButton.LeftButton)
    assert session.chosen == 0
    assert card.options[0].button.isChecked()
    assert not card.options[0].verdict.isVisible()


def test_revealing_says_which_is_right_and_plays_on(asked):
    session, card = asked
    play_to_the_question(session)
    session.choose(0)
    QTest.mouseClick(card.reveal_button, Qt.MouseButton.LeftButton)
    assert "No" in card.options[0].verdict.text()
    assert "Right" in card.options[1].verdict.text()
    assert card.options[1].why.text() == "The router picks a free one."
    assert session.playing
    session._advance(session.length)
    assert session.step == 2
    assert not session.playing


def test_one_can_not_look_past_an_open_question(asked):
    session, _ = asked
    play_to_the_question(session)
    before = session.show
    session.seek(session.length)
    assert session.show == before


def test_a_question_that_was_answered_is_not_asked_again_on_the_way(asked):
    session, _ = asked
    play_to_the_question(session)
    session.reveal()
    session.close_question()
    session.seek(0.0)
    play_to_the_question(session)
    assert session.asking is None


@pytest.mark.parametrize(("options", "right"), [
    (("same", "other"), 1), (("same", "next"), None), ((40001, 43804), 1), (("= before.sport", "= after.sport"), 1),
    (("43804", "next"), 0),
])  # fmt: skip
def test_the_simulation_says_which_option_is_right(options, right):
    question = replace(scene().questions[0], options=tuple(Option(each, {}) for each in options))
    session = toy(questions=(question,))
    assert right_option(session.run, 0) == right


def test_a_question_whose_event_never_comes_has_no_right_option():
    question = replace(scene().questions[0], before="disk.crash at vm1")
    assert right_option(toy(questions=(question,)).run, 0) is None


def answered_later(**changes):
    options = (Option("vm1", {}), Option("vm2", {}))
    later = {"answered": "http.answered at vm2", "answer": "device", "options": options, **changes}
    question = replace(scene().questions[0], **{"before": "http.get at vm2", **later})
    return toy(questions=(question,)).run


def test_a_question_may_be_answered_by_a_later_event():
    run = answered_later()
    assert right_option(run, 0) == 1
    assert run.questions[0].t == run.timeline.events[run.timeline.events_until(run.questions[0].t)].t - 1
    assert run.questions[0].event.name == "http.answered"


def test_a_question_asked_at_a_time_is_answered_by_the_first_such_event_from_there_on():
    run = answered_later(before="1.5s", answered="http.answered")
    assert (run.questions[0].t, right_option(run, 0)) == (1_499_999_999, 1)


def test_what_no_event_answers_is_not_asked():
    assert not answered_later(answered="disk.crash at vm2").questions[0].comes


def test_options_and_reasons_hold_the_values_of_the_run():
    """`{lb.fall}` and `{lb.detection}` of the shipped scene are told in numbers."""
    scene = read(places.shipped_scenes() / "load-balancing.yaml", VOCABULARY).scene
    run = Run(scene, VOCABULARY.kinds).complete()
    option = scene.questions[2].options[2]
    assert said(run, 2, Words("en"), option) == "As many as fall: 3"
    assert "between 4\u00a0s and 6\u00a0s" in filled(run, 2, Words("en"), option.why)
