"""Ctrl+K finds scenes, steps, devices and commands, and never what the fog hides."""

from PySide6.QtCore import Qt

from tests.window.shelf import make_shell, press, write_scene
from vizapp.window.finding import findings
from vizapp.window.palette import Finding, Palette, matching


def finding(name, sort="", also=""):
    return Finding(name, sort, "", lambda: None, also)


def found(text, *things):
    return [each.name for each in matching(text, things)]


def test_accents_and_capitals_do_not_matter():
    assert found("reseau", finding("Réseau ponté")) == ["Réseau ponté"]


def test_names_that_begin_so_come_first():
    assert found("ping", finding("The ping"), finding("Ping")) == ["Ping", "The ping"]


def test_every_word_must_be_there():
    assert found("ping b", finding("ping a"), finding("ping", also="b")) == ["ping"]


def test_it_finds_scenes_steps_devices_and_commands(qtbot):
    write_scene("one")
    shell = make_shell(qtbot)
    shell.open("one")
    names = {each.name for each in findings(shell)}
    assert {"Scene one", "A", "Two machines.", "Export…"} <= names


def test_a_step_in_the_fog_has_no_title(qtbot):
    write_scene("one")
    shell = make_shell(qtbot)
    shell.open("one")
    assert "The answer." not in {each.name for each in findings(shell)}


def test_enter_goes_to_what_is_chosen(qtbot):
    gone = []
    shell = make_shell(qtbot)
    things = [Finding(name, "", "", lambda name=name: gone.append(name)) for name in ("one", "two")]
    palette = Palette(things, shell.words, shell.theme, shell)
    palette.show()
    press(palette.field, Qt.Key.Key_Down)
    press(palette.field, Qt.Key.Key_Return)
    assert gone == ["two"]
