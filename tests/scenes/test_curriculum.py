"""docs/curriculum.md is what the scenes teach: each line of the class notes, found through the facts that it names."""

import importlib.util
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from vizapp.scene.catalog import CHAPTERS
from vizapp.scene.facts import UNVERIFIED, facts

ROOT = Path(__file__).parents[2]


def script():
    spec = importlib.util.spec_from_file_location("make_curriculum", ROOT / "scripts" / "make_curriculum.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


NOTES = yaml.safe_load((ROOT / "scripts" / "curriculum.yaml").read_text(encoding="utf-8"))
every = pytest.mark.parametrize("note", NOTES, ids=[note["note"]["en"] for note in NOTES])


@pytest.fixture(scope="module")
def make():
    return script()


def test_the_document_is_up_to_date(make):
    assert make.TARGET.read_text(encoding="utf-8") == make.document(make.shipped()), "run `make docs`"


def test_every_line_of_the_notes_is_there():
    assert len(NOTES) == 24


@every
def test_a_line_rests_on_facts_that_were_verified(note):
    assert note["facts"]
    assert all(facts()[each].status != UNVERIFIED for each in note["facts"])


@every
def test_a_line_is_said_in_both_languages_and_has_its_place(note, make):
    assert all(set(note[key]) == {"fr", "en"} for key in ("note", "correct"))
    assert note["verdict"] in make.VERDICTS
    assert note["chapter"] in CHAPTERS


def test_a_line_that_no_scene_teaches_says_so(make):
    assert make.document([]).count("**to come**, chapter") == len(NOTES)


def test_a_step_that_cites_a_fact_of_a_line_teaches_it(make):
    nat = next(scene for scene in make.shipped() if scene.id == "nat")
    source = next(source for source in nat.sources if "N2-F1" in source.facts)
    step = replace(nat.steps[0], sources=(source,))
    told = make.document([replace(nat, steps=(step, *nat.steps[1:]))])
    assert f"étape 1 : {' '.join(step.title['fr'].split())}" in told
