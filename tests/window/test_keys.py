"""One table of commands: every one has words, a key that is its own, and a row of the `?` sheet."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from vizapp.picture import icons
from vizapp.window import keys
from vizapp.window.sheet import KeySheet
from vizapp.words import Words, languages

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CTRL, PAD = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.KeypadModifier
AZERTY_LACKS = set("[]{}\\|#@~^`")  # reached with AltGr alone, or dead


def event(key, modifier=NONE):
    return QKeyEvent(QEvent.Type.KeyPress, key, modifier)


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("each", keys.COMMANDS, ids=lambda each: each.id)
def test_every_command_has_words(each, lang):
    assert Words(lang).has(each.words)


@pytest.mark.parametrize("scope", sorted(keys.EVERYWHERE))
def test_a_key_means_one_thing_in_each_place(scope):
    bound = [key for each in keys.COMMANDS if scope in each.scope for key in each.keys]
    assert len(bound) == len(set(bound))


@pytest.mark.parametrize("each", keys.COMMANDS, ids=lambda each: each.id)
def test_every_command_has_a_key_that_azerty_reaches(each):
    assert any(not AZERTY_LACKS & set(key) for key in each.keys)


@pytest.mark.parametrize("each", keys.COMMANDS, ids=lambda each: each.id)
def test_every_command_on_a_menu_has_an_icon_that_is_there(each):
    assert each.icon in icons.names() or not each.menu


def test_groups_are_those_of_the_menus():
    assert {each.group for each in keys.COMMANDS} == set(keys.GROUPS)


@pytest.mark.parametrize(
    ("pressed", "spelt"),
    [
        (event(Qt.Key.Key_Question, SHIFT), "?"),
        (event(Qt.Key.Key_Period, SHIFT), "."),
        (event(Qt.Key.Key_1, SHIFT), "1"),
        (event(Qt.Key.Key_1, PAD), "1"),
        (event(Qt.Key.Key_Eacute), "É"),
        (event(Qt.Key.Key_PageDown), "PgDown"),
        (event(Qt.Key.Key_F5, SHIFT), "Shift+F5"),
        (event(Qt.Key.Key_Z, CTRL | SHIFT), "Ctrl+Shift+Z"),
    ],
)
def test_a_key_is_spelt_as_the_table_writes_it(pressed, spelt):
    assert keys.spell(pressed) == spelt


def test_the_unshifted_digits_of_azerty_choose_too():
    for key in (Qt.Key.Key_Ampersand, Qt.Key.Key_Eacute, Qt.Key.Key_QuoteDbl, Qt.Key.Key_Apostrophe):
        found = keys.find(event(key), keys.SHOW)
        assert found is not None
        assert found[0].id == "digit"


def test_what_a_clicker_sends_is_bound_in_the_show():
    wanted = {Qt.Key.Key_PageDown: "next-step", Qt.Key.Key_PageUp: "previous-step", Qt.Key.Key_Period: "black",
              Qt.Key.Key_B: "black", Qt.Key.Key_F5: "present", Qt.Key.Key_Escape: "leave"}  # fmt: skip
    assert {key: keys.find(event(key), keys.SHOW)[0].id for key in wanted} == wanted


def test_keys_are_called_as_each_language_does():
    assert keys.label("Ctrl+Shift+Z", Words("fr")) == "Ctrl+Maj+Z"
    assert keys.label("PgDown", Words("fr")) == "PgSuiv"
    assert keys.label("+", Words("fr")) == "+"


@pytest.mark.parametrize("lang", languages())
def test_the_sheet_lists_every_command(qtbot, lang):
    sheet = KeySheet(Words(lang), keys.SCENE)
    qtbot.addWidget(sheet)
    assert set(sheet.rows) == {each.id for each in keys.COMMANDS}
