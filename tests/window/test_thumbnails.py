"""The pictures of the cards are true pictures, kept from one start to the next."""

import pytest

from tests.compare.conftest import MODES
from tests.window.shelf import write_scene
from vizapp import places
from vizapp.picture.theme import DAY, NIGHT
from vizapp.scene.catalog import header
from vizapp.window.thumbnails import Thumbnails
from vizapp.words import Words


@pytest.fixture
def card(qtbot):
    return header(write_scene("one"), own=True)


def made(card, theme=DAY):
    pictures = []
    thumbnails = Thumbnails()
    thumbnails.made.connect(lambda path, picture: pictures.append((path, picture)))
    thumbnails.want([card], Words("en"), theme)
    thumbnails.finish()
    return pictures


def files():
    return sorted((places.cache_dir() / "thumbnails").glob("*.png"))


def test_a_scene_gets_its_picture(card):
    ((path, picture),) = made(card)
    assert path == card.path
    assert picture.width() > 100


def test_it_is_made_once(card):
    made(card)
    before = [(path, path.stat().st_mtime_ns) for path in files()]
    made(card)
    assert [(path, path.stat().st_mtime_ns) for path in files()] == before


def test_another_theme_has_another_picture(card):
    made(card)
    made(card, NIGHT)
    assert len(files()) == 2


def test_a_scene_that_is_wrong_has_none(qtbot):
    path = write_scene("bad")
    path.write_text(path.read_text().replace("kind: machine", "kind: nothing"))
    assert made(header(path, own=True)) == []


def test_no_picture_is_made_before_the_first_of_the_window(qtbot, card):
    from tests.window.shelf import make_shell

    shell = make_shell(qtbot)
    shell.home.show_chapter("own")
    assert files() == []
    shell.started()
    shell.thumbnails.finish()
    assert shell.home.cards.cards[0].picture is not None


def test_without_a_cache_pictures_are_made_all_the_same(card, monkeypatch):
    places.cache_dir().parent.mkdir(parents=True, exist_ok=True)
    places.cache_dir().write_text("a file where the folder should be")
    assert len(made(card)) == 1


def test_a_comparison_gets_one_too():
    ((path, picture),) = made(header(MODES, own=True))
    assert path == MODES
    assert picture.width() > 100
