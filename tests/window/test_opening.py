"""Scenes put side by side in the main window, from files or freely, and opened alone again."""

import gc
import shutil
import weakref

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt

from tests.compare.conftest import MODES
from tests.window.shelf import make_shell, press, write_scene
from vizapp import places
from vizapp.devices import VOCABULARY
from vizapp.scene.reader import read
from vizapp.window.board_view import BoardView
from vizapp.window.compare_screen import CompareScreen
from vizapp.window.seats import SideBySide


def scene(name):
    return read(write_scene(name), VOCABULARY).scene


@pytest.fixture
def shell(qtbot):
    shell = make_shell(qtbot)
    shell._screen = None  # the real ones
    return shell


def test_scenes_are_put_side_by_side(shell):
    shell.compare([scene("one"), scene("two")])
    assert isinstance(shell.session, SideBySide)
    assert isinstance(shell.screen_, CompareScreen)
    assert shell.topbar.title.text() == "Scene one · Scene two"
    assert shell.topbar.crumb.text().startswith("Compare")


def test_the_same_scene_may_be_there_several_times(shell):
    shell.compare([scene("one"), scene("one")])
    assert len({side.id for side in shell.session.run.scene.sides}) == 2


def test_one_goes_home_from_there_and_reads_nothing_again(shell):
    shell.compare([scene("one"), scene("two")])
    session = shell.session
    shell.reload()
    assert shell.session is session
    shell.go_home()
    assert not shell.in_scene


def test_a_side_is_opened_alone_by_its_door(shell):
    shell.compare([scene("one"), scene("two")])
    shell.screen_.stage.doors[1].click()
    assert shell.session.run.scene.id == "two"
    assert shell.path == places.user_scenes() / "two.yaml"


def test_a_comparison_is_followed_as_its_file_is_saved(shell):
    path = places.user_scenes() / "modes.yaml"
    write_scene("one")
    shutil.copy(MODES, path)
    assert shell.open(path)
    assert isinstance(shell.session, SideBySide)
    shell.session.run.complete()
    shell.session.seek(3.0)
    shell.read_again(path)
    assert isinstance(shell.session, SideBySide)
    assert shell.session.show == pytest.approx(3.0)


def test_the_command_asks_at_home_for_scenes_and_in_one_for_others(shell):
    write_scene("one")
    shell.library.changed.emit()
    press(shell, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert shell.home.picking.on
    shell.open(write_scene("one"))
    press(shell, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert shell.dialogs[-1].windowTitle() == "Compare"


def test_a_comparison_is_not_compared_again(shell):
    shell.compare([scene("one"), scene("two")])
    shell.compare_more()
    assert shell.dialogs == []
    assert shell.notice.isVisible()


def test_a_show_of_a_comparison_shows_its_board(shell):
    shell.settings.set("show_windowed", True)
    shell.compare([scene("one"), scene("two")])
    shell.present()
    assert isinstance(shell.show_screen.stage, BoardView)
    assert shell.show_screen.stage.level == "show"
    press(shell.show_screen.stage.sides[0], Qt.Key.Key_PageDown)
    assert shell.session.playing
    shell.settings.set("theme", "night")
    assert shell.show_screen.stage.theme.name == "night"
    shell.show_screen.leave()


def test_what_is_captured_is_of_the_side_that_is_looked_at(shell):
    shell.compare([scene("one"), scene("two")])
    shell.session.turn(1)
    shell.export("a")
    assert shell.dialogs[-1].session is shell.session.seats[1]


def test_what_was_tried_is_told_by_the_board(shell):
    shell.compare([scene("one"), scene("two")])
    shell.explain()
    assert shell.notice.isVisible()


def test_what_was_there_before_the_first_scene_is_never_searched_for_rubbish_again(shell):
    shell.compare([scene("one"), scene("two")])
    frozen = gc.get_freeze_count()
    shell.compare([scene("two"), scene("one")])
    assert frozen
    assert gc.get_freeze_count() <= frozen  # the things of a scene come and go


def test_what_a_scene_was_made_of_goes_with_it(shell):
    shell.compare([scene("one"), scene("two")])
    run = weakref.ref(shell.session.run)
    shell.compare([scene("one"), scene("two")])
    shell.go_home()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert run() is None
