"""Picking cards of the home page to compare them: two to five, in the order in which they were picked."""

from dataclasses import replace

import pytest

from tests.window.shelf import make_shell, write_scene
from vizapp import places


@pytest.fixture
def shell(qtbot, monkeypatch, tmp_path):
    monkeypatch.setattr(places, "shipped_scenes", lambda: tmp_path)
    for name in "abcdef":
        write_scene(name, tmp_path)
    return make_shell(qtbot)


@pytest.fixture
def home(shell):
    return shell.home


def card(home, name):
    return next(each for each in home.cards.cards if each.header.id == name)


def test_a_card_that_is_pressed_opens_its_scene_until_one_picks(shell, home):
    home.picking.go.click()
    card(home, "a").click()
    assert not shell.in_scene
    home.picking.cancel.click()
    card(home, "a").click()
    assert shell.in_scene


def test_cards_tell_what_is_picked(home):
    assert card(home, "a").picked is None
    home.picking.go.click()
    card(home, "b").click()
    assert [card(home, name).picked for name in "abc"] == [False, True, False]
    assert card(home, "b").isChecked()
    card(home, "b").click()
    assert card(home, "b").picked is False


def test_two_at_least_are_needed(home):
    home.picking.go.click()
    card(home, "a").click()
    assert not home.picking.go.isEnabled()
    card(home, "b").click()
    assert home.picking.go.isEnabled()
    assert home.picking.go.text().strip() == "Compare these 2"


def test_a_sixth_is_not_taken(home):
    home.picking.go.click()
    for name in "abcdef":
        card(home, name).click()
    assert [each.id for each in home.picking.picked] == list("abcde")


def test_they_are_put_side_by_side_in_the_order_in_which_they_were_picked(shell, home):
    home.picking.go.click()
    for name in "ca":
        card(home, name).click()
    home.picking.go.click()
    assert [side.title["en"] for side in shell.session.run.scene.sides] == ["Scene c", "Scene a"]
    assert shell.path is None
    assert not home.picking.on


def test_a_scene_that_became_wrong_is_told_instead(shell, home):
    home.picking.go.click()
    for name in "ab":
        card(home, name).click()
    card(home, "b").header.path.write_text("id: b\n")
    home.picking.go.click()
    assert not shell.in_scene
    assert shell.messages.problems.isVisible()


def test_what_cannot_be_a_side_cannot_be_picked(home):
    picking = home.picking
    picking.start()
    header = card(home, "a").header
    for wrong in (replace(header, broken=True), replace(header, sides=3)):
        picking.toggle(wrong)
    assert picking.picked == []


def test_the_picked_stay_picked_in_another_chapter(home):
    home.picking.go.click()
    card(home, "a").click()
    home.show_chapter("networking")
    assert card(home, "a").picked
