"""The answer under a picture: it has its room, and all that it says is in it."""

import pytest

from vizapp import places
from vizapp.devices import VOCABULARY
from vizapp.picture.answer import shown
from vizapp.picture.shapes import Label, Rect
from vizapp.picture.theme import PRINT
from vizapp.picture.view import View
from vizapp.run import Run
from vizapp.scene.reader import read

SIZES = [("explore", (1366.0, 768.0)), ("explore", (700.0, 500.0)), ("show", (1920.0, 1080.0))]


@pytest.fixture(scope="module")
def run():
    scene = read(places.shipped_scenes() / "load-balancing.yaml", VOCABULARY).scene
    return Run(scene, VOCABULARY.kinds).complete()


def answered(run, level, size, lang="fr"):
    event = next(event for event in run.timeline.events if event.name == "balancer.down")
    why = run.because(event, event.t)
    return run.answered(why, run.pace.show_end(event.t), View(size=size, lang=lang, theme=PRINT, level=level))


@pytest.mark.parametrize(("level", "size"), SIZES)
def test_the_picture_keeps_its_size(run, level, size):
    picture = answered(run, level, size)
    assert (picture.width, picture.height) == pytest.approx(size)


@pytest.mark.parametrize(("level", "size"), SIZES)
def test_nothing_of_the_answer_leaves_the_picture(run, level, size):
    answer = answered(run, level, size).layers[-1].shapes
    boxes = [shape for shape in answer if isinstance(shape, Rect)]
    assert all(box.x >= 0 and box.x + box.w <= size[0] and box.y + box.h <= size[1] for box in boxes)
    tops = [box.y for box in boxes]
    assert tops == sorted(tops)


def test_in_a_show_the_answer_can_be_read_from_the_last_row(run):
    texts = [shape for shape in answered(run, "show", (1920.0, 1080.0)).layers[-1].shapes if isinstance(shape, Label)]
    question, told, *_ = texts
    assert question.size >= told.size >= 32
    assert min(text.size for text in texts) >= 24


def test_a_screen_reader_hears_it(run):
    assert answered(run, *SIZES[0], lang="en").description.startswith("Why was web3 set aside")


def test_of_a_long_chain_both_ends_and_what_is_near_are_shown():
    assert shown(5, 2) == [(link, 0) for link in range(5)]
    assert shown(12, 6) == [(0, 0), (1, 3), (4, 0), (5, 0), (6, 0), (7, 0), (8, 0), (9, 2), (11, 0)]
    assert shown(9, 4) == [(link, 0) for link in range(9)]
