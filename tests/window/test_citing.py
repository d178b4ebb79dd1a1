"""Where does this come from? The card tells the sources of what is stated, and nothing while a question waits."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest

from vizapp import places
from vizapp.compare import play
from vizapp.compare.whatif import otherwise
from vizapp.devices import VOCABULARY
from vizapp.picture.theme import DAY
from vizapp.scene.model import Point, Text
from vizapp.scene.reader import read
from vizapp.window import style
from vizapp.window.seats import session_of
from vizapp.window.source_card import SourceCard
from vizapp.window.stage import StageView
from vizapp.words import Words

SCENE = """
id: small
title: Small
until: 4s
stage:
  a: {kind: machine, ports: {eth0: {ip: 10.0.0.1/24}}}
  b: {kind: machine, ports: {eth0: {ip: 10.0.0.2/24}}}
links: [a -- b]
settings:
  tries: {label: Tries, type: int, default: 1, says: As often., sources: {fact: N2-F5}}
script: [ping a b count=$tries @ 1s]
steps:
  - {when: start, say: Two machines., sources: {fact: N1-F3}}
  - {when: 3s, say: Nothing more.}
questions:
  - before: ping.answered
    ask: Who answers?
    answer: {is: b}
    sources: {rfc: 792}
    options:
      - {is: a, why: Not it., sources: {rfc: 826}}
      - {is: b, why: It does.}
whatif: [{say: And if not?, of: ping a b, instead: none, sources: {rfc: 1122}}]
sources: {manual: Book}
"""


@pytest.fixture
def session(qapp):
    session = session_of(play(read(SCENE, VOCABULARY).scene, VOCABULARY.kinds).complete())
    session.seek(0.0)
    return session


@pytest.fixture
def card(qtbot, qapp, session):
    style.apply(qapp, DAY, 1.0)
    stage = StageView(session, Words("en"), DAY)
    qtbot.addWidget(stage)
    stage.resize(1000, 640)
    stage.show()
    return SourceCard(session, Words("en"), DAY, stage)


def cited(session):
    return [(each.text, [source.text["en"] for source in each.sources], each.own)
            for each in session.citing.statements(Words("en"))]  # fmt: skip


def test_the_card_tells_the_sources_of_the_step(card, session):
    assert card.isHidden()
    session.citing.open()
    assert card.isVisible()
    assert "A bridge forwards frames by destination MAC address" in card.page.toPlainText()
    assert "Read in the official text. (N1-F3)" in card.page.toPlainText()


def test_it_follows_the_steps(card, session):
    session.citing.open()
    session.go_to_step(1)
    assert "Nothing more." in card.page.toPlainText()
    assert "those of the scene" in card.page.toPlainText()


def test_a_step_without_sources_has_those_of_its_scene(session):
    session.go_to_step(1)
    assert cited(session) == [("Nothing more.", ["Book"], False)]


def test_nothing_is_told_while_a_question_waits(card, session):
    session.citing.open()
    session.ask(0)
    assert card.isHidden()
    assert session.citing.open() is False
    assert session.citing.statements(Words("en")) == []


def test_once_revealed_the_question_and_its_reasons_are_told(session):
    session.ask(0)
    session.reveal()
    session.pause()
    assert cited(session) == [("Who answers?", ["RFC 792"], True), ("Not it.", ["RFC 826"], True)]


def test_a_setting_tells_what_its_consequence_rests_on(session):
    session.citing.open("tries")
    ((text, sources, own),) = cited(session)
    assert (text, own) == ("As often.", True)
    assert sources[0].startswith("VirtualBox Manual")


def test_escape_and_c_put_it_away_from_its_text_too(card, session):
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_C):
        session.citing.open()
        card.page.setFocus()
        QTest.keyClick(card.page, key)
        assert card.isHidden()


def test_all_of_it_can_be_copied(card, session):
    session.citing.open()
    card.copy_button.click()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("Two machines.")
    assert "<https://docs.kernel.org/networking/bridge.html>" in copied


def test_an_address_is_opened_in_the_browser(card, session, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    session.citing.open()
    assert 'href="https://docs.kernel.org/networking/bridge.html"' in card.page.toHtml()
    card.page.anchorClicked.emit(QUrl("https://docs.kernel.org/networking/bridge.html"))
    assert [each.host() for each in opened] == ["docs.kernel.org"]


def test_the_card_stays_within_the_stage(card, session):
    for size in ((1000, 640), (420, 300)):
        card.stage.resize(*size)
        session.citing.open()
        card.place()
        assert card.stage.rect().contains(card.geometry())


def test_the_line_below_the_stage_is_there_when_it_is_wished(card, session):
    assert card.stage.foot is None
    session.sourced = True
    session.moved.emit()
    assert "docs.kernel.org" in card.stage.foot.text
    assert card.stage.view.size[1] == pytest.approx(640 - card.stage.foot.height)
    assert card.stage.picture.height == 640


def test_the_line_is_empty_while_a_question_waits_and_keeps_its_room(card, session):
    session.sourced = True
    high = card.stage.foot.height
    session.ask(0)
    assert card.stage.foot.text == ""
    assert card.stage.foot.height == high
    session.reveal()
    assert "RFC 792" in card.stage.foot.text


def test_the_sources_of_a_comparison_are_told_on_its_board(qtbot, qapp):
    from vizapp.window.board_view import BoardView

    scene = read(places.shipped_scenes() / "network-modes.yaml", VOCABULARY).scene
    session = session_of(play(scene, VOCABULARY.kinds).complete())
    board = BoardView(session, Words("en"), DAY)
    qtbot.addWidget(board)
    board.resize(1200, 700)
    board.show()
    session.sourced = True
    session.moved.emit()
    assert board.foot is not None
    assert max(panel.card.bottom for panel in board.places.panels) <= 700 - board.foot.height
    assert "Sources" in board.foot.text


def test_the_step_under_way_and_the_answer_lead_to_their_sources(qtbot, qapp, session):
    from vizapp.window.steps_panel import StepsPanel

    panel = StepsPanel(session, Words("en"), DAY)
    qtbot.addWidget(panel)
    panel.show()
    assert [row.cite.isVisible() for row in panel.rows] == [True, False]
    panel.rows[0].cite.click()
    assert session.citing.shown
    session.citing.close()
    session.ask(0)
    assert not panel.question.cite.isVisible()
    session.reveal()
    panel.question.cite.click()
    assert session.citing.shown


def test_what_is_supposed_has_the_sources_of_its_question(qapp, session):
    scene = session.run.scene
    beside = session_of(otherwise(session.run, replace(scene.whatif[0].instead, at=10**9, of=scene.script[0]),
                                  scene.whatif[0].say))  # fmt: skip
    assert cited(beside)[0] == ("And if not?", ["RFC 1122"], True)


def test_a_click_on_the_card_leaves_the_keys_to_the_show(qtbot, qapp, session):
    stage = StageView(session, Words("en"), DAY, level="show")
    qtbot.addWidget(stage)
    stage.resize(1280, 720)
    stage.show()
    shown = SourceCard(session, Words("en"), DAY, stage)
    session.citing.open()
    stage.setFocus()
    QTest.mouseClick(shown.page.viewport(), Qt.MouseButton.LeftButton)
    assert stage.window().focusWidget() is stage


def test_what_holds_of_a_side_is_told_with_its_name(qapp):
    scene = read(places.shipped_scenes() / "network-modes.yaml", VOCABULARY).scene
    first, *others = scene.sides
    said = replace(first, points=(Point(Text(en="Plain"), sources=scene.sources[:1]),))
    session = session_of(play(replace(scene, sides=(said, *others)), VOCABULARY.kinds).complete())
    session.seek(0.0)
    assert cited(session)[-1][0] == "Bridged: Plain"
