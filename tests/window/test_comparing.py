"""Choosing what a scene is compared with: other scenes, or itself at other settings."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt

from tests.window.shelf import write_scene
from vizapp.devices import VOCABULARY
from vizapp.scene.head import read_header
from vizapp.scene.reader import read
from vizapp.window.comparing import CompareDialog
from vizapp.words import Words

SETTINGS = """
settings:
  quick: {type: bool, default: true, label: {fr: Rapide, en: Quick}}
  mode:
    type: choice
    label: {fr: Mode, en: Mode}
    default: a
    choices: {a: {fr: un, en: one}, b: {fr: deux, en: two}, c: {fr: trois, en: three}}
"""


@pytest.fixture
def ask(qtbot):
    def make(*others: str, settings: str = ""):
        path = write_scene("one")
        path.write_text(path.read_text() + settings)
        scene = read(path, VOCABULARY).scene
        headers = [read_header(each, own=True) for each in (path, *(write_scene(name) for name in others))]
        chosen: list[Sequence] = []
        dialog = CompareDialog(scene, headers, chosen.append, Words("en"))
        qtbot.addWidget(dialog)
        return dialog, chosen

    return make


def tick(rows, *numbers):
    for number in numbers:
        rows.item(number).setCheckState(Qt.CheckState.Checked)


def test_it_offers_every_other_scene(ask):
    dialog, _ = ask("two", "three")
    assert [dialog.scenes.item(row).text() for row in range(dialog.scenes.count())] == ["Scene two", "Scene three"]


def test_one_scene_alone_is_no_comparison(ask):
    dialog, chosen = ask("two")
    assert not dialog.go.isEnabled()
    dialog.accept()
    assert chosen == []


def test_the_scene_itself_comes_first(ask):
    dialog, chosen = ask("two", "three")
    tick(dialog.scenes, 1)
    assert dialog.go.isEnabled()
    dialog.go.click()
    assert [[scene.id for scene in scenes] for scenes in chosen] == [["one", "three"]]


def test_six_are_too_many(ask):
    dialog, _ = ask(*"bcdef")
    tick(dialog.scenes, 0, 1, 2, 3)
    assert dialog.go.isEnabled()
    tick(dialog.scenes, 4)
    assert not dialog.go.isEnabled()


def test_it_offers_the_other_values_of_a_setting(ask):
    dialog, chosen = ask(settings=SETTINGS)
    dialog.setting.setCurrentIndex(1)
    assert [dialog.values.item(row).text() for row in range(dialog.values.count())] == ["two", "three"]
    tick(dialog.values, 0, 1)
    dialog.go.click()
    assert [scene.settings["mode"].default for scene in chosen[0]] == ["a", "b", "c"]


def test_another_setting_begins_afresh(ask):
    dialog, _ = ask(settings=SETTINGS)
    dialog.setting.setCurrentIndex(1)
    tick(dialog.values, 0)
    dialog.setting.setCurrentIndex(0)
    assert not dialog.go.isEnabled()
    assert dialog.values.count() == 1


def test_a_scene_without_settings_asks_for_none(ask):
    dialog, _ = ask("two")
    assert dialog.settings == []
    assert dialog.setting.parent() is None
