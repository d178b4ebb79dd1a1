"""The window opens in every language, switches live, and shows what is wrong without losing what was right."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit

from tests.window.shelf import Placeholder, make_shell, press, write_scene
from vizapp.scene.model import Act
from vizapp.window import keys
from vizapp.words import Words, languages

EVERY = [*map(Words, languages()), Words.pseudo("doubled"), Words.pseudo("rtl")]
CONTROLS = (QAbstractButton, QLineEdit, QComboBox)


@pytest.fixture
def scene():
    return write_scene("one")


@pytest.mark.parametrize("words", EVERY, ids=lambda words: words.mode or words.lang)
def test_it_opens_in_every_language(qtbot, scene, words):
    shell = make_shell(qtbot, words)
    assert shell.open(scene)
    shell.go_home()
    assert shell.grab().width() >= 1366


@pytest.mark.parametrize("words", EVERY, ids=lambda words: words.mode or words.lang)
def test_every_control_has_an_accessible_name(qtbot, scene, words):
    shell = make_shell(qtbot, words)
    shell.home.show_chapter("own")
    own = [each for kind in CONTROLS for each in shell.findChildren(kind) if not each.objectName().startswith("qt_")]
    nameless = [each for each in own if not (each.accessibleName() or each.text())]  # Qt falls back to a button's text
    assert nameless == []


def test_another_language_is_spoken_at_once(qtbot, scene):
    shell = make_shell(qtbot)
    shell.open(scene)
    shell.topbar.tongues["fr"].click()
    assert shell.topbar.title.text() == "Scène one"
    assert "Présenter" in shell.topbar.present.text()
    assert shell.screen_.words.lang == "fr"
    assert shell.settings.now.language == "fr"


@pytest.mark.parametrize("name", ["day", "night", "print", "contrast"])
def test_another_theme_is_worn_at_once(qtbot, scene, name):
    shell = make_shell(qtbot)
    shell.open(scene)
    shell.settings.set("theme", name)
    assert (shell.theme.name, shell.screen_.theme.name, shell.home.theme.name) == (name, name, name)


def test_text_grows_at_once(qtbot):
    shell = make_shell(qtbot)
    before = shell.home.title.sizeHint().height()
    shell.settings.set("text_scale", 1.5)
    shell.home.title.ensurePolished()
    assert shell.home.title.sizeHint().height() > before


def test_a_scene_that_is_wrong_shows_all_its_problems_and_the_last_good_one_stays(qtbot, scene):
    shell = make_shell(qtbot)
    shell.open(scene)
    good = shell.screen_
    scene.write_text(scene.read_text().replace("kind: machine", "kind: machin").replace("level: 1", "level: x"))
    shell.read_again(scene)
    assert shell.messages.problems.isVisible()
    assert shell.messages.problems.list.count() >= 3
    assert shell.screen_ is good


def test_a_scene_mended_is_shown_where_one_was(qtbot, scene):
    shell = make_shell(qtbot)
    shell.open(scene)
    shell.session.seek(1.0)
    text = scene.read_text()
    scene.write_text("id: [")
    shell.read_again(scene)
    scene.write_text(text.replace("Scene one", "Scene mended"))
    shell.read_again(scene)
    assert not shell.messages.problems.isVisible()
    assert shell.topbar.title.text() == "Scene mended"
    assert shell.session.show == pytest.approx(1.0)


def test_a_saved_file_is_read_again_by_itself(qtbot, scene):
    shell = make_shell(qtbot)
    shell.open(scene)
    scene.write_text(scene.read_text().replace("Scene one", "Scene saved"))
    qtbot.waitUntil(lambda: shell.topbar.title.text() == "Scene saved")


def test_a_name_that_is_no_scene_is_said_in_one_line(qtbot):
    shell = make_shell(qtbot)
    assert not shell.open("nowhere")
    assert "nowhere" in shell.notice.text.text()


def test_a_file_from_elsewhere_is_opened_and_remembered(qtbot, tmp_path):
    shell = make_shell(qtbot)
    path = write_scene("far", tmp_path / "elsewhere")
    assert shell.open(path)
    assert shell.settings.now.recent == (str(path),)


def test_steps_reached_are_kept(qtbot, scene):
    shell = make_shell(qtbot)
    shell.open(scene)
    shell.session.go_to_step(1)
    shell.go_home()
    assert shell.progress.of("one").steps == 2
    card = next(card for card in shell.home.cards.cards if card.header.id == "one")
    assert card.share == pytest.approx(2 / 3)


def test_keys_act_on_the_session(qtbot, scene):
    shell = make_shell(qtbot)
    shell.open(scene)
    press(shell.screen_, Qt.Key.Key_Space)
    assert shell.session.playing
    press(shell.screen_, Qt.Key.Key_Space)
    assert not shell.session.playing
    press(shell.screen_, Qt.Key.Key_Plus)
    assert shell.session.speed == 2.0


def test_a_single_key_is_left_to_a_control_that_wants_it(qtbot, scene):
    shell = make_shell(qtbot)
    shell.open(scene)
    field = QLineEdit(shell.screen_)
    field.show()
    field.setFocus()
    for key in (Qt.Key.Key_Q, Qt.Key.Key_Home, Qt.Key.Key_Up, Qt.Key.Key_Space):
        press(field, key)
    assert not shell.session.playing
    assert shell.session.asking is None


def test_a_command_means_nothing_out_of_its_place(qtbot):
    shell = make_shell(qtbot)
    shell.run(keys.command("play"))
    assert shell.session is None


@pytest.mark.parametrize("lang", languages())
def test_the_menu_offers_what_makes_sense_there(qtbot, scene, lang):
    shell = make_shell(qtbot, Words(lang))
    at_home = sum(len(part.menu().actions()) for part in shell.menu().actions())
    shell.open(scene)
    in_scene = [action.text() for part in shell.menu().actions() for action in part.menu().actions()]
    offered = {shell.words(each.words) for each in keys.offered(keys.SCENE)}
    assert offered <= {text.split("\t")[0] for text in in_scene}
    assert at_home < len(in_scene)


def test_the_session_is_written_in_a_few_lines(qtbot, scene):
    from vizapp.scene.model import Act

    shell = make_shell(qtbot)
    assert shell.written_session() is None
    shell.open(scene)
    shell.session.seek(1.0)
    shell.session.do(Act("fail", ("a",)))
    assert "fail a @" in shell.written_session()


def test_the_screen_is_made_for_the_session(qtbot, scene):
    shell = make_shell(qtbot)
    shell.open(scene)
    assert isinstance(shell.screen_, Placeholder)
    assert shell.screen_.given[0] is shell.session


LOOP = """
id: loop
title: Three switches in a ring
until: 5s
stage: {a: {kind: switch}, b: {kind: switch}, c: {kind: switch}, pc: {kind: machine, ports: {eth0: {ip: 10.0.0.1/24}}}}
links: [a -- b, b -- c, c -- a, pc -- a]
script: [arp pc 10.0.0.2 @ 1s]
"""


def test_a_run_that_stops_says_why(qtbot, tmp_path):
    path = tmp_path / "loop.yaml"
    path.write_text(LOOP, encoding="utf-8")
    shell = make_shell(qtbot, Words("en"))
    assert shell.open(path)
    while shell.session.run.busy:
        shell.session.run.advance()
    shell.session.changed.emit()
    assert "circles" in shell.notice.text.text()


def test_what_was_done_later_is_said_to_stay_when_one_acts_in_the_past(qtbot, scene):
    shell = make_shell(qtbot)
    shell.open(scene)
    session = shell.session
    session.run.complete()
    session.seek(session.length)
    session.do(Act("fail", ("a",)))
    session.run.complete()
    session.changed.emit()
    session.seek_true(500_000_000)
    session.do(Act("fail", ("b",)))
    assert "1 later action stays" in shell.notice.text.text()


def test_a_failure_of_the_script_is_explained_when_asked_for(qtbot, scene):
    shell = make_shell(qtbot)
    shell.open(scene)
    shell.explain()
    assert shell.notice.text.text() == "Nothing that was tried has failed so far."


def test_why_is_asked_about_the_last_event_and_left_by_the_same_key(qtbot, scene):
    shell = make_shell(qtbot)
    shell.open(scene)
    shell.why()
    assert shell.notice.text.text() == "Nothing has happened yet."
    shell.session.do(Act("fail", ("b",)))
    shell.session.run.complete()
    shell.session.changed.emit()
    shell.why()
    assert shell.session.inquiry.shown.by_hand
    shell.why()
    assert shell.session.inquiry.shown is None
