"""The explanation on the stage: said once its outcome is seen, near to who tried, hiding nothing that it speaks of."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.hunted import FAULT, GOAL, SCENE
from vizapp.devices import VOCABULARY
from vizapp.picture.theme import DAY
from vizapp.run import Run
from vizapp.scene.acts import read_act
from vizapp.scene.names import Names
from vizapp.scene.reader import read
from vizapp.window import style
from vizapp.window.session import Session
from vizapp.window.stage import StageView
from vizapp.window.why_card import WhyCard
from vizapp.words import Words

SECOND = 10**9


@pytest.fixture
def session(qapp):
    made = read(SCENE.format(task=f"{GOAL}, {FAULT}").replace("default: true", "default: false"), VOCABULARY).scene
    session = Session(Run(made, VOCABULARY.kinds).complete())
    session.seek(session.length)
    return session


@pytest.fixture
def card(qtbot, qapp, session):
    style.apply(qapp, DAY, 1.0)
    stage = StageView(session, Words("en"), DAY)
    qtbot.addWidget(stage)
    stage.resize(1000, 640)
    stage.show()
    return WhyCard(session, Words("en"), DAY, stage)


def do(session, *lines):
    """Do these acts one after the other and look at the end of what comes of them."""
    names = Names.of(session.run.scene, VOCABULARY)
    for line in lines:
        session.do(read_act(line, names))
        session.run.complete()
        session.run.extend(session.run.aftermath)
        session.run.complete()
        session.changed.emit()
        session.seek(session.length)


def test_a_failure_is_explained_once_it_was_seen(card, session):
    assert card.isHidden()
    do(session, "ping vm1 lan1")
    assert card.isVisible()
    assert card.title.text() == "Ping · vm1 → lan1"
    assert card.outcome.text() == "No answer in time"
    assert "host receives the request, but does not forward packets" in card.told.text()


def test_before_its_outcome_nothing_is_told(card, session):
    do(session, "ping vm1 lan1")
    outcome = session.reason.shown.outcome.t
    session.seek_true(outcome - SECOND // 2)
    assert card.isHidden()
    session.seek(session.length)
    assert card.isVisible()


def test_what_came_out_well_is_not_explained(card, session):
    do(session, "set host.forwarding true", "ping vm1 lan1")
    assert card.isHidden()


def test_another_act_makes_way(card, session):
    do(session, "ping vm1 lan1", "set host.forwarding true")
    assert card.isHidden()


def test_an_act_that_does_nothing_says_why(card, session):
    do(session, "address vm1 192.168.56.0/24")
    assert card.isVisible()
    assert card.told.text().startswith("Nothing was done. That is the address of the network")
    assert card.outcome.isHidden()  # and leaves no line empty


def test_closed_it_stays_closed(card, session):
    do(session, "ping vm1 lan1")
    QTest.mouseClick(card.close_button, Qt.MouseButton.LeftButton)
    assert card.isHidden()
    session.seek(0.0)
    session.seek(session.length)
    assert card.isHidden()


def test_show_me_looks_at_the_stop_and_back(card, session):
    do(session, "ping vm1 lan1")
    found = session.reason.shown
    QTest.mouseClick(card.show_button, Qt.MouseButton.LeftButton)
    assert session.t == found.stop.t < found.outcome.t
    assert session.selected == f"packet:{found.stop.packet}"
    assert card.isVisible()
    QTest.mouseClick(card.show_button, Qt.MouseButton.LeftButton)
    assert session.t >= found.outcome.t
    assert card.isVisible()


def test_what_the_script_tried_is_explained_when_asked_for(card, session):
    assert card.isHidden()
    assert session.reason.ask()
    assert card.isVisible()
    assert session.reason.shown.tried.act.t == SECOND


def test_without_a_failure_there_is_nothing_to_ask_for(session):
    session.seek(0.0)
    assert not session.reason.ask()


def test_while_a_fault_is_hidden_neither_place_nor_cause_is_told(card, session):
    session.begin(0)
    session.run.complete()
    do(session, "ping vm1 lan1")
    assert card.isVisible()
    assert card.told.text() == Words("en")("explain.hunt")
    assert (card.show_button.isHidden(), card.table.isHidden()) == (True, True)
    assert "host" not in card.told.text() + card.accessibleDescription()
    session.end_task(solved=False)
    assert "does not forward" in card.told.text()


@pytest.mark.parametrize("size", [(760, 600), (1000, 640), (1500, 900)])
def test_it_hides_nothing_that_it_speaks_of(card, session, size):
    card.stage.resize(*size)
    do(session, "ping vm1 lan1")
    stage = card.stage
    areas = {thing: area for thing in session.reason.shown.about if (area := stage.area_of(thing)) is not None}
    hidden = [thing for thing, area in areas.items()
              if stage.lens.on_widget(area).toRect().intersects(card.geometry())]  # fmt: skip
    assert hidden == []
    assert card.stage.rect().contains(card.geometry())


def test_no_line_of_it_is_cut(card, session):
    do(session, "ping vm1 lan1")
    for label in (card.title, card.outcome, card.told):
        assert label.height() >= label.heightForWidth(label.width())


def test_it_speaks_the_language_that_is_chosen(card, session):
    do(session, "ping vm1 lan1")
    card.set_words(Words("fr"))
    assert "ne fait pas suivre les paquets" in card.told.text()
