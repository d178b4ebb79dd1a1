"""The show: clicker and keys, black and white screens, and Esc that leaves the special first."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from tests.window.shelf import Placeholder, make_shell, press, write_scene
from vizapp.window import show as show_module
from vizapp.window.least_hiding import FOCUS


@pytest.fixture
def shell(qtbot, monkeypatch):
    monkeypatch.setattr(show_module, "stage_view", lambda _: Placeholder)
    shell = make_shell(qtbot)
    shell.settings.set("show_windowed", True)
    shell.open(write_scene("one"))
    shell.present()
    return shell


def test_it_shows_the_stage_for_the_last_row(shell):
    assert shell.show_screen.stage.level == "show"


def test_a_clicker_plays_to_the_next_step_and_a_second_press_arrives(shell):
    press(shell.show_screen, Qt.Key.Key_PageDown)
    assert shell.session.playing
    press(shell.show_screen, Qt.Key.Key_PageDown)
    assert not shell.session.playing
    assert shell.session.step == 1
    press(shell.show_screen, Qt.Key.Key_PageUp)
    assert shell.session.step == 0


@pytest.mark.parametrize("key", [Qt.Key.Key_Right, Qt.Key.Key_Space])
def test_arrow_and_space_are_one_beat(shell, key):
    press(shell.show_screen, key)
    assert shell.session.playing


BLANKS = [(Qt.Key.Key_B, "black"), (Qt.Key.Key_Period, "black"), (Qt.Key.Key_W, "white")]


@pytest.mark.parametrize(("key", "colour"), BLANKS)
def test_the_screen_goes_blank_and_comes_back(shell, key, colour):
    press(shell.show_screen, key)
    assert shell.show_screen.blanked == colour
    assert shell.show_screen.cover.isVisible()
    press(shell.show_screen, key)
    assert not shell.show_screen.cover.isVisible()


def test_any_key_brings_the_picture_back(shell):
    press(shell.show_screen, Qt.Key.Key_B)
    press(shell.show_screen, Qt.Key.Key_PageDown)
    assert shell.show_screen.blanked is None
    assert shell.session.playing


def test_esc_leaves_the_black_screen_first_and_the_show_then(shell):
    press(shell.show_screen, Qt.Key.Key_B)
    press(shell.show_screen, Qt.Key.Key_Escape)
    assert shell.show_screen is not None
    press(shell.show_screen, Qt.Key.Key_Escape)
    assert shell.show_screen is None
    assert shell.isVisible()


def test_the_start_button_of_a_clicker_ends_the_show_too(shell):
    press(shell.show_screen, Qt.Key.Key_F5)
    assert shell.show_screen is None


def test_a_number_and_enter_go_to_a_step(shell):
    press(shell.show_screen, Qt.Key.Key_3)
    press(shell.show_screen, Qt.Key.Key_Return)
    assert shell.session.step == 2


def test_it_starts_at_the_start_with_all_before_it_in_the_fog(shell):
    shell.session.go_to_step(2)
    shell.show_screen.leave()
    shell.present()
    assert shell.session.show == 0.0
    assert shell.session.fog == 0.0


def test_it_starts_here_when_asked(shell):
    shell.session.go_to_step(2)
    shell.show_screen.leave()
    shell.present(here=True)
    assert shell.session.step == 2


def test_it_follows_the_language(shell):
    shell.settings.set("language", "fr")
    assert shell.show_screen.windowTitle().startswith("Présentation")
    assert shell.show_screen.stage.words.lang == "fr"


def test_what_is_typed_is_seen_and_esc_takes_it_back(shell):
    press(shell.show_screen, Qt.Key.Key_1)
    press(shell.show_screen, Qt.Key.Key_2)
    assert "12" in shell.show_screen.number.text()
    assert shell.show_screen.number.isVisible()
    press(shell.show_screen, Qt.Key.Key_Escape)
    assert not shell.show_screen.number.isVisible()
    assert shell.show_screen is not None


def test_after_the_last_step_it_says_that_this_is_the_end(shell):
    show = shell.show_screen
    for _ in range(20):
        press(show, Qt.Key.Key_PageDown)
    assert shell.session.step == 2
    assert show.end.isVisible()
    press(show, Qt.Key.Key_PageUp)
    assert not show.end.isVisible()


def at_its_question(qtbot, session):
    """The show of a session, with a true stage, at its first question."""
    from vizapp.picture.theme import DAY
    from vizapp.window.settings import Settings
    from vizapp.window.show import Show
    from vizapp.words import Words

    made = Show(session, Words("en"), DAY, Settings(), lambda event: False)
    qtbot.addWidget(made)
    made.resize(1280, 720)
    made.show()
    session.ask(0)
    return made


@pytest.fixture
def asked(qtbot, qapp):
    """The toy at its question."""
    from tests.window.toy import session as toy

    return at_its_question(qtbot, toy())


def test_a_question_stands_in_the_show_and_not_over_what_it_is_about(asked):
    assert asked.question.isVisible()
    box = asked.question.geometry()
    for thing in asked.stage.view.focus:
        area = asked.stage.area_of(thing)
        assert not box.intersects(asked.stage.lens.on_widget(area).toRect())


def test_a_click_chooses_an_option(asked, qtbot):
    for number, box in enumerate(asked.question._hits):
        qtbot.mouseClick(asked.question, Qt.MouseButton.LeftButton, pos=box.center().toPoint())
        assert asked.session.chosen == number


def test_revealed_the_card_keeps_the_right_option_and_the_chosen_one(asked):
    asked.session.choose(0)
    asked.session.reveal()
    assert len(asked.question._hits) == 2
    asked.session.choose(1)
    assert len(asked.question._hits) == 1


def test_once_revealed_a_question_makes_way_for_what_its_answer_is_about(qtbot, qapp):
    from tests.window.toy import scene
    from tests.window.toy import session as toy

    first, before, after, *rest = scene().steps
    asked = at_its_question(qtbot, toy(steps=(first, before, replace(after, focus=("vm2",)), *rest)))
    boxes = asked.stage.laid.boxes

    def kept():
        return {name for name in boxes if (boxes[name].area, FOCUS) in asked._weighed()}

    assert kept() == {"router"}
    asked.session.reveal()
    assert kept() == {"vm2"}


def test_an_answer_that_was_read_gives_way_to_the_caption_and_then_to_the_next_step(qtbot, monkeypatch):
    from tests.window.toy import session as toy

    monkeypatch.setattr(show_module, "stage_view", lambda _: Placeholder)
    shell = make_shell(qtbot)
    shell.settings.set("show_windowed", True)
    shell.open(write_scene("one"))
    shell.session = session = toy()
    monkeypatch.setattr(show_module.Show, "_weighed", lambda show: [])
    shell.present()
    session.ask(0)
    session.reveal()
    press(shell.show_screen, Qt.Key.Key_PageDown)
    assert (session.playing, session.step, session.asking) == (False, 2, 0)
    press(shell.show_screen, Qt.Key.Key_PageDown)
    assert (session.playing, session.step, session.asking) == (False, 2, None)
    press(shell.show_screen, Qt.Key.Key_PageDown)
    assert session.playing
