"""The question of a comparison: asked below the stages, answered in a line above them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.window.table import table
from vizapp.picture.board import HEADING, LEAST
from vizapp.picture.theme import DAY
from vizapp.window.ask_card import AskCard
from vizapp.words import Words


@pytest.fixture
def asking(qtbot):
    session = table()
    board = QWidget()
    board.resize(1400, 800)
    qtbot.addWidget(board)
    card = AskCard(session, Words("en"), DAY, board)
    card.set_words(Words("en"))
    board.show()
    return session, board, card


def pressed(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_button_offers_the_question_that_is_to_come(asking):
    session, _, card = asking
    assert card.isHidden()
    assert card.offer.isVisible()
    pressed(card.offer)
    assert session.asking == 0
    assert card.isVisible()
    assert card.offer.isHidden()


def test_the_offer_stays_within_the_smallest_heading(asking):
    _, _, card = asking
    card.place()
    assert card.offer.geometry().bottom() < HEADING * LEAST


def test_no_question_is_offered_after_the_last_one(asking):
    session, _, card = asking
    session.seek(session.length)
    assert card.offer.isHidden()


def test_its_options_name_sides_and_are_as_high_as_each_other(asking):
    session, _, card = asking
    session.ask()
    shown = [option for option in card.options if option.isVisible()]
    assert [option.text() for option in shown] == ["Bridged", "Bridged and NAT (shared network)"]
    assert shown[0].height() == shown[1].height()


def test_it_asks_at_the_bottom_and_answers_at_the_top(asking):
    session, board, card = asking
    session.ask()
    assert card.geometry().bottom() > board.height() - 30
    session.reveal()
    assert card.y() < 5
    assert card.height() < 80


def test_nothing_is_answered_before_it_is_revealed(asking):
    session, _, card = asking
    session.ask()
    pressed(card.options[0])
    assert session.chosen == 0
    assert not any(answer.isVisible() for answer in card.answers)


def test_what_is_right_is_told_and_why_what_was_chosen_is_not(asking):
    session, _, card = asking
    session.ask()
    pressed(card.options[0])
    pressed(card.reveal)
    assert card.answers[0].text().startswith("✓ Bridged and NAT (shared network) – ")
    assert card.answers[1].text().startswith("✗ Bridged – ")
    assert not any(option.isVisible() for option in card.options)


def test_who_was_right_is_told_one_line(asking):
    session, _, card = asking
    session.ask()
    session.choose(1)
    session.reveal()
    assert [answer.isVisible() for answer in card.answers] == [True, False]


def test_a_question_can_be_let_be(asking):
    session, _, card = asking
    session.ask()
    pressed(card.close_button)
    assert session.asking is None
    assert card.isHidden()


def test_it_follows_the_language(asking):
    session, _, card = asking
    session.ask()
    card.set_words(Words("fr"))
    assert card.reveal.text() == "Révéler"
    assert card.options[1].text() == "Accès par pont et NAT (réseau partagé)"
