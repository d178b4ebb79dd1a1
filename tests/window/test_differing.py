"""What is the difference? One key from a stack to it and its partner, the answer first, and back."""

import pytest
from PySide6.QtCore import Qt

from tests.compare.stacks import ALONE, GUEST
from tests.window.shelf import make_shell, press, write_scene
from vizapp import places


def write(text, chapter="own", more=""):
    folder = places.user_scenes()
    folder.mkdir(parents=True, exist_ok=True)
    name = text.split("id: ")[1].split("\n")[0]
    path = folder / f"{name}.yaml"
    path.write_text(text + f"chapter: {chapter}\n" + more, encoding="utf-8")
    return path


@pytest.fixture
def shell(qtbot):
    write(ALONE)
    path = write(GUEST, more="requires: [alone]\n")
    shell = make_shell(qtbot)
    shell.library.refresh()
    shell.settings.set("show_windowed", True)
    shell.open(path)
    return shell


def titles(shell):
    return [side.title("en") for side in shell.session.run.scene.sides]


def test_one_key_opens_the_stack_beside_what_must_be_known_first_with_the_answer_shown(shell):
    press(shell, Qt.Key.Key_M)
    assert titles(shell) == ["Virtual machine", "No guest"]
    assert shell.session.contrasting


def test_the_same_key_leads_from_the_answer_to_the_board_and_back(shell):
    press(shell, Qt.Key.Key_M)
    press(shell, Qt.Key.Key_M)
    assert not shell.session.contrasting
    press(shell, Qt.Key.Key_M)
    assert shell.session.contrasting


def test_the_next_step_lays_the_answer_aside_first(shell):
    press(shell, Qt.Key.Key_M)
    press(shell, Qt.Key.Key_PageDown)
    assert not shell.session.contrasting
    assert not shell.session.playing


def test_a_digit_chooses_another_partner(shell):
    press(shell, Qt.Key.Key_M)
    others = [each.title("en") for each in shell.beside.partners]
    assert len(others) > 1
    press(shell, Qt.Key.Key_2)
    assert titles(shell) == ["Virtual machine", others[1]]
    assert shell.session.contrasting


def test_escape_leads_back_to_the_scene_as_it_was_left(shell):
    shell.session.seek(1.0)
    before = shell.session
    press(shell, Qt.Key.Key_M)
    press(shell, Qt.Key.Key_Escape)
    assert shell.session is before
    assert shell.session.show == 1.0


def test_escape_leads_from_the_answer_to_the_stacks_of_a_comparison(shell):
    shell.open(places.shipped_scenes() / "type-1.yaml")
    press(shell, Qt.Key.Key_M)
    assert shell.session.contrasting
    press(shell, Qt.Key.Key_Escape)
    assert not shell.session.contrasting
    assert shell.in_scene


def test_a_question_lays_the_answer_aside_since_it_may_answer_what_is_asked(shell):
    shell.open(places.shipped_scenes() / "type-1.yaml")
    press(shell, Qt.Key.Key_M)
    press(shell, Qt.Key.Key_Q)
    assert shell.session.asking is not None
    assert not shell.session.contrasting


def test_it_can_be_asked_in_the_show(shell):
    shell.present(here=True)
    press(shell.show_screen, Qt.Key.Key_M)
    assert shell.session.contrasting
    assert shell.show_screen is not None


def test_a_scene_that_is_no_stack_says_so(shell):
    shell.open(write_scene("net"))
    press(shell, Qt.Key.Key_M)
    assert not shell.session.run.scene.sides


def test_at_home_two_stacks_that_are_picked_are_answered(shell):
    headers = [shell.library.by_id(name) for name in ("guest", "alone")]
    shell.go_home()
    press(shell, Qt.Key.Key_M)
    assert shell.home.picking.on
    shell.home.picking.picked = headers
    shell.home.picking._go()
    assert titles(shell) == ["Virtual machine", "No guest"]
    assert shell.session.contrasting
