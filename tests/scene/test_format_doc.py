"""docs/scene-format.md is what the vocabulary says, and its examples are scenes."""

import importlib.util
import re
from pathlib import Path

import pytest

from vizapp.devices import VOCABULARY
from vizapp.run import Run
from vizapp.scene.acts import parse_act
from vizapp.scene.names import Names
from vizapp.scene.problems import line
from vizapp.scene.reader import read
from vizapp.scene.tokens import PhraseError
from vizapp.sim.check import failures
from vizapp.words import Words

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "scene-format.md"
NAMES_ELSEWHERE = {"unknown-setting", "unknown-thing", "unknown-port", "unknown-address", "unknown-link"}


def script():
    spec = importlib.util.spec_from_file_location("make_scene_format", ROOT / "scripts" / "make_scene_format.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def blocks():
    return re.findall(r"```yaml\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)


def test_the_document_is_up_to_date():
    assert DOCUMENT.read_text(encoding="utf-8") == script().document(VOCABULARY), "run `make docs`"


def test_its_whole_scene_reads_and_keeps_what_it_claims():
    reading = read(blocks()[0], VOCABULARY, file="example.yaml")
    assert [line(problem, Words("en")) for problem in reading.problems] == []
    run = Run(reading.scene, VOCABULARY.kinds).complete()
    assert [line(each, Words("en")) for each in failures(reading.scene, run.timeline, "example.yaml")] == []


def test_every_step_of_its_scene_comes():
    run = Run(read(blocks()[0], VOCABULARY).scene, VOCABULARY.kinds).complete()
    assert all(moment.comes for moment in run.steps)


@pytest.mark.parametrize("kind", VOCABULARY.kinds.values(), ids=list(VOCABULARY.kinds))
def test_the_example_of_a_kind_may_be_written(kind):
    assert kind.example
    example = kind.example.replace("\n", "\n  ")
    keys = {
        each.key.removeprefix("problem.")
        for each in read(f"id: a\ntitle: A\nstage:\n  {example}\n", VOCABULARY).problems
    }
    assert keys <= NAMES_ELSEWHERE


@pytest.mark.parametrize("verb", VOCABULARY.verbs.values(), ids=list(VOCABULARY.verbs))
def test_the_example_of_a_verb_may_be_written(verb):
    assert verb.example
    try:
        parse_act(verb.example, Names(VOCABULARY))
    except PhraseError as wrong:
        assert wrong.key in NAMES_ELSEWHERE  # noqa: PT017 - some examples name things, others do not
