"""The show: clicker and keys, black and white screens, and Esc that leaves the special first."""

import pytest
from PySide6.QtCore import Qt

from tests.window.shelf import Placeholder, make_shell, press, write_scene
from vizapp.window import show as show_module


@pytest.fixture
def shell(qtbot, monkeypatch):
    monkeypatch.setattr(show_module, "stage_view", lambda: Placeholder)
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
