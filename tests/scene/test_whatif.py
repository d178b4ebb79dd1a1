"""What if, as it is written: in a scene and on the command line."""

import pytest

from vizapp.devices import VOCABULARY
from vizapp.scene.acts import write_act
from vizapp.scene.model import Act, Problem, Text, WhatIf
from vizapp.scene.names import Names
from vizapp.scene.reader import read
from vizapp.scene.whatif import ANYTIME, offered, read_whatif

SCENE = """
id: pair
title: Pair
stage:
  a: {kind: machine, ports: {eth0: {ip: 10.0.0.1/24}}}
  b: {kind: machine, ports: {eth0: {ip: 10.0.0.2/24}}}
links: [a.eth0 -- b.eth0]
script: [fail b @ 8s, fail b @ 9s]
"""


@pytest.fixture
def names():
    return Names.of(read(SCENE, VOCABULARY).scene, VOCABULARY)


def asked(text, names):
    found = read_whatif(text, names)
    assert not isinstance(found, Problem), found
    return found


def test_it_is_written_as_one_act_for_another(names):
    found = asked("fail b @ 8s => fail a @ 7s", names)
    assert (found.of, found.instead) == (Act("fail", ("b",), at=8_000_000_000), Act("fail", ("a",), at=7_000_000_000))


def test_without_a_time_it_is_of_the_first_such_act_at_its_time(names):
    script = read(SCENE, VOCABULARY).scene.script
    other = offered(asked("fail b => fail a", names), script)
    assert (other.at, other.of) == (8_000_000_000, script[0])


def test_none_stands_for_nothing(names):
    other = offered(asked("fail b @ 9s => none", names), read(SCENE, VOCABULARY).scene.script)
    assert (other.verb, other.of.at) == ("", 9_000_000_000)


def test_an_act_alone_is_done_as_well(names):
    assert asked("fail a @ 2s", names) == WhatIf(Text(), Act("fail", ("a",), at=2_000_000_000))


def test_it_makes_no_sense_where_no_such_act_is_done(names):
    assert offered(asked("fail a => none", names), read(SCENE, VOCABULARY).scene.script) is None


@pytest.mark.parametrize(("text", "column"), [("fail c => none", 6), ("fail b => hang c", 16), ("fail a", 7)])
def test_what_is_wrong_is_told_with_its_place(names, text, column):
    found = read_whatif(text, names)
    assert isinstance(found, Problem)
    assert found.place.column == column


def test_a_scene_offers_its_own():
    scene = read(f"{SCENE}whatif: [{{say: Why b?, of: fail b, instead: none}}]", VOCABULARY).scene
    assert [(each.of.at, each.instead.verb) for each in scene.whatif] == [(ANYTIME, "")]


def test_a_scene_that_asks_of_nothing_known_says_so():
    found = read(f"{SCENE}whatif: [{{say: Why c?, of: fail c, instead: none}}]", VOCABULARY)
    assert [each.key for each in found.problems] == ["problem.unknown-thing"]


@pytest.mark.parametrize("text", ["fail b @ 8s => hang b @ 9s", "fail b @ 8s => none"])
def test_it_is_written_back_as_it_was(names, text):
    script = read(SCENE, VOCABULARY).scene.script
    assert write_act(offered(asked(text, names), script), names) == text
