"""Why? of an event: its chain is lit up on stage, strip and journal, and nothing beyond the fog is told."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from vizapp import places
from vizapp.devices import VOCABULARY
from vizapp.picture.theme import DAY
from vizapp.run import Run
from vizapp.scene.reader import read
from vizapp.window import keys, marks, style
from vizapp.window.journal import JournalPanel
from vizapp.window.scene_screen import SceneScreen
from vizapp.window.session import Session
from vizapp.words import Words

SCENE = read(places.shipped_scenes() / "load-balancing.yaml", VOCABULARY).scene
DONE = Run(SCENE, VOCABULARY.kinds).complete()


def event(name):
    return next(each for each in DONE.timeline.events if each.name == name)


@pytest.fixture
def session(qapp):
    session = Session(DONE)
    session.seek_true(event("balancer.down").t)
    return session


@pytest.fixture
def screen(qtbot, qapp, session):
    style.apply(qapp, DAY, 1.0)
    screen = SceneScreen(session, Words("en"), DAY)
    qtbot.addWidget(screen)
    screen.resize(1600, 1000)
    screen.show()
    return screen


def test_the_last_event_is_meant(session):
    assert session.inquiry.meant() is event("balancer.down")


def test_a_picked_thing_means_its_own_last_event(session):
    session.seek_true(event("act.fail").t)
    session.select("web3")
    assert session.inquiry.meant() is event("act.fail")


def test_nothing_beyond_the_fog_is_told(session):
    assert not session.inquiry.ask(event("act.restore"))
    session.inquiry.ask(event("act.fail"))
    names = {each.name for link in session.inquiry.shown.chain.links for each in link.events}
    assert "balancer.up" not in names


def test_one_walks_along_the_chain(session):
    session.inquiry.ask(event("balancer.down"))
    assert session.inquiry.link.event is event("balancer.down")
    session.inquiry.step(-1)
    assert session.inquiry.link.event.name == "check.failed"
    session.inquiry.step(-1)
    session.inquiry.step(-1)
    assert session.t == event("act.fail").t
    assert session.inquiry.shown.chain.event is event("balancer.down")


def test_playing_on_ends_it(session):
    session.inquiry.ask(event("balancer.down"))
    session.play()
    assert session.inquiry.shown is None


def test_an_open_question_hides_it(session):
    session.inquiry.ask(event("balancer.down"))
    session.ask(0)
    assert session.inquiry.shown is None


def test_the_card_asks_and_answers(screen, session):
    session.inquiry.ask(event("balancer.down"))
    assert screen.why.isVisible()
    assert screen.why.title.text().startswith("Why was web3 set aside")
    assert screen.why.told.text().startswith("3 failed checks in a row")
    assert [pill.text() for pill in screen.why.pills.pills] == ["web3 crashes", "3 failed checks", "web3 set aside"]


def test_a_click_on_a_pill_looks_at_that_moment(screen, session):
    session.inquiry.ask(event("balancer.down"))
    QTest.mouseClick(screen.why.pills.pills[0], Qt.MouseButton.LeftButton)
    assert session.t == event("act.fail").t


def test_the_stage_dims_all_but_the_chain(screen, session):
    assert screen.stage.view.focus == ()
    session.inquiry.ask(event("balancer.down"))
    assert set(screen.stage.view.focus) == {"lb", "web3"}
    assert screen.stage.view.chain.event is event("balancer.down")


def test_escape_leaves_the_chain_before_anything_else(screen, session):
    session.select("web3")
    session.inquiry.ask(event("balancer.down"))
    QTest.keyClick(screen.stage, Qt.Key.Key_Escape)
    assert (session.inquiry.shown, session.selected) == (None, "web3")
    assert screen.why.isHidden()


def test_the_journal_lights_the_rows_of_the_chain(qtbot, session):
    panel = JournalPanel(session, Words("en"), DAY)
    qtbot.addWidget(panel)
    panel.show()
    session.inquiry.ask(event("balancer.down"))
    checks = {each.id for each in DONE.timeline.events if each.name == "check.failed"}
    assert panel.line.chained == {event("act.fail").id, event("balancer.down").id, *checks}
    session.inquiry.leave()
    assert panel.line.chained == frozenset()


def test_it_has_a_key():
    assert keys.bound(keys.SCENE)["Y"].id == keys.bound(keys.SHOW)["Y"].id == "why"


def test_the_answer_lies_under_a_large_stage_and_upon_a_small_one(screen, session):
    screen.fold("charts", True)
    before = min(screen.stage.laid.sizes.detail, 14)
    session.inquiry.ask(event("balancer.down"))
    stage, card = screen.stage, screen.why
    assert stage.kept >= card.height()
    assert stage.laid.size[1] <= card.y()
    assert stage.laid.sizes.detail >= before
    screen.resize(1300, 560)
    assert stage.kept == 0
    assert stage.rect().contains(card.geometry())


def test_once_left_the_stage_has_its_room_again(screen, session):
    before = screen.stage.laid
    session.inquiry.ask(event("balancer.down"))
    session.inquiry.leave()
    assert screen.stage.laid is before


def test_what_happens_all_the_time_is_not_what_one_asks_about(qapp):
    scene = read(places.shipped_scenes() / "switch-learning.yaml", VOCABULARY).scene
    session = Session(Run(scene, VOCABULARY.kinds).complete())
    learned = next(each for each in session.run.timeline.events if each.name == "switch.learned")
    session.seek_true(learned.t)
    assert not session.inquiry.meant().name.startswith("switch.")
    session.select(learned.device)
    assert session.inquiry.meant().name.startswith("switch.")


def test_the_journal_asks_about_the_line_with_the_keyboard(qtbot, session):
    panel = JournalPanel(session, Words("en"), DAY)
    qtbot.addWidget(panel)
    panel.show()
    panel.list.setFocus()
    qtbot.waitUntil(panel.list.hasFocus)
    panel.list.setCurrentIndex(panel.model.index(1))
    assert panel.line_with_focus is panel.model.event_at(1)


def test_a_flag_and_a_mark_stand_for_their_events():
    flagged = {flag.kind: marks.told(flag, None, DONE) for flag in marks.flags(DONE, ("balancer.down",))}
    assert flagged["break"] is event("act.fail")
    assert flagged["event"] is event("balancer.down")
    assert flagged["step"] is DONE.steps[-1].event
