"""The home page: chapters, paths, search, and a keyboard that reaches everything."""

import subprocess
import sys

import pytest
from PySide6.QtCore import Qt

from tests.window.shelf import make_shell, press, write_scene
from vizapp import places


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    folder = tmp_path / "shipped"
    for name, level, requires in (("first", 1, ""), ("second", 1, "first"), ("third", 2, "")):
        write_scene(name, folder, level=level, requires=requires)
    monkeypatch.setattr(places, "shipped_scenes", lambda: folder)
    return folder


def names(home):
    return [card.header.id for card in home.cards.cards]


def test_a_chapter_is_a_numbered_path(qtbot, shelf):
    home = make_shell(qtbot).home
    assert list(home.side.rows) == ["all", "networking", "own"]
    home.show_chapter("networking")
    assert [(card.number, card.header.id) for card in home.cards.cards] == [(1, "first"), (2, "second"), (3, "third")]


def test_what_should_come_before_is_said_until_it_is_done(qtbot, shelf):
    shell = make_shell(qtbot)
    second = shell.home.cards.cards[1]
    assert "Scene first" in second.after
    shell.progress.reached("first", 3)
    shell.home.refresh()
    assert shell.home.cards.cards[1].after == ""


def test_arrows_go_from_card_to_card_and_enter_opens(qtbot, shelf):
    shell = make_shell(qtbot)
    cards = shell.home.cards.cards
    shell.activateWindow()
    shell.home.start_focus()
    assert shell.focusWidget() is cards[0]
    press(cards[0], Qt.Key.Key_Right)
    assert shell.focusWidget() is cards[1]
    press(cards[1], Qt.Key.Key_End)
    assert shell.focusWidget() is cards[2]
    press(cards[2], Qt.Key.Key_Left)
    press(cards[1], Qt.Key.Key_Return)
    assert shell.session.run.scene.id == "second"


def test_a_search_is_over_all_chapters_and_both_languages(qtbot, shelf):
    write_scene("mine")
    home = make_shell(qtbot).home
    home.side.search.setText("deux MACHINES")
    assert sorted(names(home)) == ["first", "mine", "second", "third"]
    home.side.search.setText("scene third")
    assert names(home) == ["third"]
    home.side.search.setText("zzz")
    assert home.nothing.isVisible()


def test_a_broken_scene_of_ones_own_is_listed_and_tells_why(qtbot, shelf):
    places.user_scenes().mkdir(parents=True)
    (places.user_scenes() / "bad.yaml").write_text("id: bad\ntitle: [")
    shell = make_shell(qtbot)
    shell.home.show_chapter("own")
    card = shell.home.cards.cards[0]
    assert card.header.broken
    card.click()
    assert shell.messages.problems.isVisible()
    assert shell.session is None


def test_no_scene_of_ones_own_is_explained(qtbot, shelf):
    home = make_shell(qtbot).home
    home.show_chapter("own")
    assert str(places.user_scenes()) in home.nothing.text()


def test_a_card_says_in_words_what_it_shows(qtbot, shelf):
    shell = make_shell(qtbot)
    card = shell.home.cards.cards[1]
    assert card.accessibleName() == "Scene second"
    assert "5\u00a0min" in card.accessibleDescription()
    assert "Level 1" in card.accessibleDescription()


def test_a_new_file_of_the_folder_appears(qtbot, shelf):
    shell = make_shell(qtbot)
    shell.library.watch()
    shell.home.show_chapter("own")
    write_scene("new")
    qtbot.waitUntil(lambda: names(shell.home) == ["new"])


def test_the_chapter_is_remembered(qtbot, shelf):
    make_shell(qtbot).home.show_chapter("own")
    assert make_shell(qtbot).home.chapter == "own"


def test_looking_again_lists_no_chapter_twice(qtbot, shelf):
    home = make_shell(qtbot).home
    home.refresh()
    assert home.side.list.count() == len(home.side.rows)
    write_scene("deep", shelf)
    (shelf / "deep.yaml").write_text((shelf / "deep.yaml").read_text().replace("networking", "storage"))
    home.library.refresh()
    assert list(home.side.rows) == ["all", "networking", "storage", "own"]
    assert home.side.list.count() == 4


@pytest.mark.parametrize(("width", "columns"), [(1060, 3), (1608, 3), (720, 2)])
def test_few_cards_share_the_width_of_the_page(qtbot, shelf, width, columns):
    cards = make_shell(qtbot).home.cards
    cards.resize(width, 900)
    assert cards.columns == columns
    assert cards.cards[columns - 1].geometry().right() >= width - columns


def test_a_summary_is_shown_whole_and_makes_all_cards_higher(qtbot, shelf):
    path = shelf / "third.yaml"
    path.write_text(path.read_text().replace("Two machines third", "Two machines that talk to each other " * 4))
    shell = make_shell(qtbot)
    first, third = shell.home.cards.cards[0], shell.home.cards.cards[2]
    assert not any("…" in line for line in third._under(third.width()).summary)
    assert first.height() == third.height() >= third.heightForWidth(third.width())


def test_a_scene_that_is_required_but_not_there_is_not_spoken_of(qtbot, shelf):
    write_scene("fourth", shelf, level=3, requires="nowhere")
    assert make_shell(qtbot).home.cards.cards[3].after == ""


def test_the_folder_of_ones_own_scenes_is_made_and_opened(qtbot, shelf, monkeypatch):
    from PySide6.QtGui import QDesktopServices

    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    home = make_shell(qtbot).home
    assert not home.folder.isVisible()
    home.show_chapter("own")
    home.folder.click()
    assert opened == [str(places.user_scenes())]
    assert places.user_scenes().is_dir()


def test_pictures_are_not_held_while_a_scene_is_open(qtbot, shelf):
    shell = make_shell(qtbot)
    shell.started()
    shell.thumbnails.finish()
    assert all(card.picture is not None for card in shell.home.cards.cards)
    shell.open("first")
    assert all(card.picture is None for card in shell.home.cards.cards)
    shell.go_home()
    shell.thumbnails.finish()
    assert all(card.picture is not None for card in shell.home.cards.cards)


def test_the_home_page_needs_neither_the_reader_nor_the_simulation():
    code = """
import sys, vizapp.window.main_window
print([name for name in ("yaml", "vizapp.scene.model", "vizapp.sim", "vizapp.run") if name in sys.modules])
"""
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=places.PACKAGE.parent)
    assert told.stdout.strip() == "[]", told.stderr
