"""The board of a comparison as one uses it: sides take the keyboard and the mouse, a door leads to a scene alone."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from tests.window.table import MODES, STEPS, click, comparison, table
from vizapp.picture.shapes import Label
from vizapp.picture.theme import DAY, NIGHT
from vizapp.window.board_view import BoardView
from vizapp.words import Words


@pytest.fixture
def made(qtbot):
    def make(session, level="explore", size=(1400, 800)):
        board = BoardView(session, Words("en"), DAY, level)
        qtbot.addWidget(board)
        board.resize(*size)
        board.show()
        return board

    return make


@pytest.fixture
def modes():
    return table()


def told(board):
    return " ".join(shape.text for shape in board.picture.shapes if isinstance(shape, Label))


def test_stages_stand_beside_each_other_as_large(made, modes):
    sides = made(modes).sides
    assert [side.size() for side in sides] == [sides[0].size()] * 3
    assert sides[0].geometry().right() < sides[1].geometry().left()
    assert len({side.y() for side in sides}) == 1


def test_what_all_have_stands_at_the_same_place(made, modes):
    first, *others = made(modes).sides
    for name in ("vm1", "lan1", "internet"):
        assert all(side.area_of(name) == first.area_of(name) for side in others)


def test_what_is_picked_on_one_side_is_picked_on_all(made, modes):
    board = made(modes)
    click(board.sides[1], "vm1")
    assert modes.side == 1
    assert [side.view.selected for side in board.sides] == ["vm1"] * 3


def test_tab_goes_from_side_to_side(made, modes, qtbot):
    board = made(modes)
    board.activateWindow()
    qtbot.waitUntil(board.isActiveWindow)
    board.sides[0].setFocus()
    for number in (1, 2):
        QTest.keyClick(board.focusWidget(), Qt.Key.Key_Tab)
        assert board.sides[number].hasFocus()
        assert modes.side == number


def test_nothing_is_told_of_what_is_still_to_come(made, modes):
    board = made(modes)
    assert "TTL" not in told(board)
    modes.seek(modes.length)
    assert "answered, TTL 63" in told(board)
    modes.seek(0.0)
    assert "TTL" not in told(board)


def test_an_open_question_keeps_its_answer(made, modes):
    board = made(modes)
    modes.ask()
    assert board.ask.isVisible()
    assert "Internet server" not in told(board)
    assert not any(answer.isVisible() for answer in board.ask.answers)


def test_a_side_that_is_a_scene_has_a_door_to_it(made, qtbot, modes):
    files = [None, Path("nat.yaml"), None]
    scene = comparison(MODES)
    sides = tuple(replace(side, file=file) for side, file in zip(scene.sides, files, strict=True))
    board = made(table(replace(scene, sides=sides)))
    assert [door.isVisible() for door in board.doors] == [False, True, False]
    with qtbot.waitSignal(board.opened) as caught:
        QTest.mouseClick(board.doors[1], Qt.MouseButton.LeftButton)
    assert caught.args == [1]


def test_in_a_show_there_are_no_doors_and_the_caption_is_told(made, modes):
    board = made(modes, "show", (1920, 1080))
    modes.seek(modes.length)
    assert not any(door.isVisible() for door in board.doors)
    assert board.ask is None
    assert "Who reaches whom." in told(board)
    modes.seek(0.0)
    modes.ask()
    assert "Same machines." not in told(board)


def test_what_comes_of_a_step_is_not_hidden_by_a_question(made, modes):
    board = made(modes, "show", (1920, 1080))
    told_below = [panel.told for panel in board.places.panels]
    assert all(any(area.shared(below) for area, weight in board.weighed() if weight > 5) for below in told_below)


def test_it_follows_words_and_theme(made, modes):
    board = made(modes)
    board.set_words(Words("fr"))
    assert "Accès par pont" in told(board)
    board.set_theme(NIGHT)
    assert board.picture.background == NIGHT.canvas
    assert all(side.theme is NIGHT for side in board.sides)


def test_the_side_that_is_looked_at_is_told_by_its_edge_when_asked_for(made, modes):
    board = made(modes)
    plain = board.picture
    board.active = True
    assert board.picture != plain
    active = board.picture
    modes.turn(1)
    assert board.picture != active


def test_what_is_told_is_painted_again_only_when_it_changed(made, modes, monkeypatch):
    board = made(modes)
    modes.seek(0.001)
    painted = []
    monkeypatch.setattr(board, "update", lambda: painted.append(modes.show))
    modes.seek(0.002)
    assert painted == []
    modes.seek(modes.length)
    assert set(painted) == {modes.length}


def test_what_can_be_done_is_offered_on_the_side_that_is_looked_at(made, modes, monkeypatch):
    board = made(modes)
    click(board.sides[2], "vm1")
    offered = []
    for number, side in enumerate(board.sides):
        monkeypatch.setattr(side, "offer", lambda number=number: offered.append(number))
    board.offer()
    assert offered == [2]


def test_zoom_is_undone_on_all_sides(made, modes):
    board = made(modes)
    for side in board.sides:
        side.lens.zoom_by(2.0, QPointF(50, 50))
    board.fit()
    assert all(side.lens.zoom == 1.0 for side in board.sides)


def test_step_by_step_each_stage_shows_its_own_moment(made):
    session = table(STEPS)
    board = made(session)
    session.go_to_step(3)
    assert [side.seat.t for side in board.sides] == [side.seat.one.steps[3].t for side in board.sides]
