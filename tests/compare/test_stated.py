"""What a moment states has its sources or those of its scene; a foot line of a picture tells them below the stage."""

from dataclasses import replace
from functools import partial

import pytest

from vizapp import places
from vizapp.compare import play
from vizapp.compare.stated import footing, of_step, sourced
from vizapp.devices import VOCABULARY
from vizapp.picture.cited import citations, shorts
from vizapp.picture.shapes import Label, Rect
from vizapp.picture.view import View
from vizapp.scene.citing import citation
from vizapp.scene.model import Source
from vizapp.scene.reader import read
from vizapp.words import Words

SIZES = [("explore", (1366.0, 768.0)), ("explore", (420.0, 500.0)), ("show", (1920.0, 1080.0)),
         ("show", (1280.0, 720.0))]  # fmt: skip
OWN = Source(citation("rfc", "792"))


def played(name, *sources):
    """The run of a shipped scene whose first step has these sources and the others none."""
    scene = read(places.shipped_scenes() / f"{name}.yaml", VOCABULARY).scene
    first, *others = (replace(step, sources=()) for step in scene.steps)
    return play(replace(scene, steps=(replace(first, sources=sources), *others)), VOCABULARY.kinds).complete()


@pytest.fixture(scope="module")
def run():
    return played("bridged", OWN)


def picture(run, show, level, size, lang="fr"):
    view = View(size=size, lang=lang, level=level)
    return sourced(run, show, view, partial(run.still, show))


def test_a_step_states_its_own_sources(run):
    said = of_step(run, 0, 0, Words("en"))
    assert (shorts(said.sources, Words("en")), said.own) == (["RFC 792"], True)


def test_a_step_without_sources_has_those_of_its_scene_and_says_so(run):
    said = of_step(run, 1, 0, Words("en"))
    assert (said.sources, said.own) == (run.scene.sources, False)


def test_a_comparison_without_sources_has_those_of_its_sides():
    alone = replace(played("network-modes").scene, sources=())
    said = of_step(play(alone, VOCABULARY.kinds), 0, 0, Words("en"))
    assert said.sources == tuple(each for side in alone.sides for each in side.sources)
    assert said.sources


@pytest.mark.parametrize(("level", "size"), SIZES)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_foot_lies_below_all_that_the_stage_draws(run, level, size, lang):
    made = picture(run, 0.0, level, size, lang)
    band, lines = made.layers[-1].shapes[0], made.layers[-1].shapes[2:]
    assert (made.width, made.height) == size
    assert isinstance(band, Rect)
    assert band.y + band.h == pytest.approx(size[1])
    boxes = [shape for layer in made.layers[:-1] for shape in layer.shapes if isinstance(shape, Rect)]
    assert max(box.y + box.h for box in boxes) <= band.y + 1
    assert all(isinstance(line, Label) and band.y < line.y < size[1] for line in lines)


def test_the_foot_is_as_high_at_every_step(run):
    heights = {footing(run, of_step(run, number, 0, Words("fr")), View()).height for number in range(4)}
    assert len(heights) == 1


def test_the_foot_of_a_show_can_be_read_from_the_last_row(run):
    lines = picture(run, 0.0, "show", (1920.0, 1080.0)).layers[-1].shapes[2:]
    assert min(line.size for line in lines) >= 24


def test_sources_that_have_no_room_are_counted(run):
    foot = footing(run, of_step(run, 1, 0, Words("en")), View(size=(420.0, 500.0), lang="en"))
    assert foot.lines[-1].endswith("more")
    assert len(foot.lines) == 3


def test_the_picture_tells_its_sources_to_those_who_do_not_see(run):
    assert "RFC 792" in picture(run, 0.0, "explore", (1366.0, 768.0)).description


def test_a_fact_is_told_with_what_it_says_how_it_is_known_and_where_it_was_read():
    (cited,) = citations([Source({"en": "Guide"}, ("H5-F5",))], Words("en"))
    (known,) = cited.known
    assert known.claim.startswith("A system call inside the guest")
    assert known.how.startswith("Follows from: The hypervisor runs in VMX root")
    assert known.references[0].at == "https://edc.intel.com/"


def test_what_of_a_fact_was_not_verified_is_told():
    (cited,) = citations([Source({"en": "Manual"}, ("H7-F1",))], Words("en"))
    assert cited.known[0].how == "Read through a secondary source. Not verified: Parallels Desktop."


def test_a_recording_says_that_the_run_is_compared_with_it():
    (cited,) = citations([Source({"en": "Recording A"}, kind="recording")], Words("en"))
    assert cited.how == "The run is compared with this recording of a real network."
