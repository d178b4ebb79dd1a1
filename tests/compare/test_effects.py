"""What an act brought, told of each side where a run is beside itself."""

import pytest

from vizapp.compare import play
from vizapp.compare.describe import describe
from vizapp.compare.rows import lines
from vizapp.compare.whatif import Otherwise, otherwise
from vizapp.devices import VOCABULARY
from vizapp.run import Run
from vizapp.scene.model import Act
from vizapp.scene.names import Names
from vizapp.scene.reader import read
from vizapp.scene.whatif import offered, read_whatif
from vizapp.words import Words

SCENE = """
id: pair
title: Pair
until: 5s
stage:
  a: {kind: machine, ports: {eth0: {ip: 10.0.0.1/24}}}
  b: {kind: machine, ports: {eth0: {ip: 10.0.0.2/24}}}
links: [a.eth0 -- b.eth0]
script: [watch a 10.0.0.2 interval=100ms @ 100ms, fail b @ 1s, restore b @ 2s, ping a b @ 4s]
"""
EN = Words("en")


def beside(asked: str) -> Otherwise:
    scene = read(SCENE, VOCABULARY).scene
    assert scene is not None
    run = play(scene, VOCABULARY.kinds)
    assert isinstance(run, Run)
    found = read_whatif(asked, Names.of(scene, VOCABULARY))
    other = offered(found, scene.script)  # type: ignore[arg-type]
    assert isinstance(other, Act)
    made = otherwise(run.complete(), other)
    made.complete()
    return made


def told(whole: Otherwise, t: int) -> list[str]:
    """The row of the outage, a cell for each side."""
    found = next(line for line in lines(whole, whole.pace.show_end(t), EN) if line.label == "Outage")
    return [cell.text for cell in found.cells]


@pytest.fixture(scope="module")
def whole() -> Otherwise:
    return beside("fail b => none")


def test_an_outage_that_is_over_is_told_with_what_it_lasted(whole):
    lasted = next(event.details["lasted"] for event in whole.sides[0].timeline.events if event.name == "outage.ended")
    assert told(whole, 4_500_000_000) == [EN.duration(lasted), "none"]


def test_one_that_lasts_counts_as_far_as_it_goes(whole):
    now, never = told(whole, 1_500_000_000)
    assert now.endswith("so far")
    assert never == "none"


def test_nothing_is_told_of_an_outage_that_is_still_to_come(whole):
    assert told(whole, 900_000_000) == ["none", "none"]


def test_what_breaks_is_not_told_as_if_it_had_asked_for_something(whole):
    labels = [line.label for line in lines(whole, whole.pace.length, EN)]
    assert labels == ["Outage", "a → b"]


def test_it_is_told_in_sentences_too(whole):
    assert any("Outage" in sentence for sentence in describe(whole, whole.pace.length, EN))
