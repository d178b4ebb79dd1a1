"""The screen of a comparison as one uses it: acts reach all sides, panels are about the side that is looked at."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.window.shelf import press
from tests.window.table import MODES, click, comparison, screen_of, table
from vizapp.picture.theme import NIGHT
from vizapp.scene.model import Act, Task, Text
from vizapp.window.deeds import deeds
from vizapp.window.goals import reached
from vizapp.words import Words


@pytest.fixture
def modes():
    return table()


@pytest.fixture
def screen(qtbot, modes):
    return screen_of(qtbot, modes)


def broken(session, thing):
    """On each side, what the thing's state is at the clock."""
    return [seat.one.frame(seat.t).value(thing, "state") for seat in session.seats]


def test_the_board_has_the_room_at_first(screen):
    assert not screen.right.isVisible()
    assert not screen.steps.isVisible()
    assert screen.right_rail.isVisible()


def test_picking_a_thing_opens_no_panel(screen, modes):
    click(screen.stage.sides[0], "vm1")
    assert modes.selected == "vm1"
    assert not screen.right.isVisible()


def test_the_inspector_is_about_the_side_that_is_looked_at(screen, modes):
    modes.seek(modes.length)
    screen.fold("right", False)
    click(screen.stage.sides[0], "vm1")
    first = screen.inspector
    click(screen.stage.sides[1], "vm1")
    assert screen.inspector is not first
    assert screen.inspector.isVisible()
    assert not first.isVisible()
    assert screen.inspector.session is modes.seats[1]
    click(screen.stage.sides[0], "vm1")
    assert screen.inspector is first


def test_turning_while_the_panels_are_folded_makes_none(screen, modes):
    modes.turn(2)
    assert len(screen._panels) == 1
    screen.fold("right", False)
    assert screen.inspector.session is modes.seats[2]


def test_the_edge_tells_whose_panels_are_open(screen):
    assert not screen.stage.active
    screen.fold("right", False)
    assert screen.stage.active


def test_breaking_a_thing_on_one_side_breaks_it_on_all_and_undo_mends_it(screen, modes):
    modes.seek(modes.length)
    click(screen.stage.sides[1], "lan1")
    seat = modes.seats[1]
    breaks = next(each for each in deeds(seat, Words("en"), seat.selected) if each.tone)
    seat.do(breaks.act)
    modes.run.complete()
    modes.seek(modes.length)
    assert len(set(broken(modes, "lan1"))) == 1
    assert [len(each.one.acts) for each in modes.seats] == [1, 1, 1]
    QTest.mouseClick(screen.transport.undo, Qt.MouseButton.LeftButton)
    assert [len(each.one.acts) for each in modes.seats] == [0, 0, 0]


def test_scrubbing_back_shows_what_was_told_then(screen, modes):
    modes.seek(modes.length / 2)
    before = screen.stage.picture
    modes.seek(modes.length)
    assert screen.stage.picture != before
    modes.seek(modes.length / 2)
    assert screen.stage.picture == before


def test_steps_move_all_sides(screen, modes):
    modes.next_step()
    while modes.playing:
        modes.next_step()
    assert modes.step == 1
    assert all(seat.t == modes.t for seat in modes.seats)
    modes.previous_step()
    assert modes.step == 0


@pytest.mark.parametrize(("side", "held"), [("nat", True), ("host-only", False), ("", False)])
def test_a_task_is_reached_where_it_is_set(side, held):
    task = Task(Text(en="Reach the LAN."), "ping from vm1 to lan1 answered", (), side=side)
    session = table(replace(comparison(MODES), tasks=(task,)))
    session.seek(session.length)
    assert not reached(session, task)
    session.do(Act("ping", ("vm1", "vm2"), at=session.t))
    session.run.complete()
    assert reached(session, task) == held


def test_another_language_and_theme_reach_panels_made_later(screen, modes):
    screen.set_words(Words("fr"))
    screen.set_theme(NIGHT)
    screen.fold("right", False)
    modes.turn(1)
    assert screen.inspector.words.lang == "fr"
    assert screen.inspector.theme is NIGHT


def test_full_screen_hides_all_but_the_board(screen):
    screen.fold("right", False)
    screen.hide_panels(True)
    assert not screen.right.isVisible()
    assert screen.stage.isVisible()
    screen.hide_panels(False)
    assert screen.right.isVisible()


def test_a_side_that_is_a_scene_is_opened_alone(qtbot):
    scene = comparison(MODES)
    sides = (replace(scene.sides[0], file=Path("one.yaml")), *scene.sides[1:])
    screen = screen_of(qtbot, table(replace(scene, sides=sides)))
    with qtbot.waitSignal(screen.alone) as caught:
        QTest.mouseClick(screen.stage.doors[0], Qt.MouseButton.LeftButton)
    assert caught.args == [Path("one.yaml")]


def test_enter_on_a_side_opens_its_inspector(screen, modes):
    click(screen.stage.sides[2], "vm1")
    press(screen.stage.sides[2], Qt.Key.Key_Return)
    assert screen.right.isVisible()
    assert screen.inspector.session is modes.seats[2]


def test_one_asks_why_on_the_side_that_is_looked_at(screen, modes):
    seat = modes.seats[1]
    modes.turn(1)
    modes.seek(modes.length)
    assert modes.inquiry is seat.inquiry
    assert modes.inquiry.ask_here()
    assert [answer.isVisibleTo(screen) for answer in screen.stage.answers] == [n == 1 for n in range(len(modes.seats))]
    assert screen.stage.sides[1].view.chain is not None
    assert screen.stage.sides[0].view.chain is None
    modes.play()
    assert seat.inquiry.shown is None
