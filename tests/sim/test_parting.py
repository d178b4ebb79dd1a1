"""Where two runs of one scene part, and the questions of a scene put to the test."""

from pathlib import Path

import pytest

from vizapp.devices import VOCABULARY
from vizapp.scene.alternatives import alternatives
from vizapp.scene.model import Act, Scene
from vizapp.scene.reader import read
from vizapp.scene.whatif import nothing
from vizapp.sim.parting import parting, whatif_problems
from vizapp.sim.simulate import simulate

SCENE = """
id: pair
title: Pair
until: 3s
stage:
  a: {kind: machine, ports: {eth0: {ip: 10.0.0.1/24}}}
  b: {kind: machine, ports: {eth0: {ip: 10.0.0.2/24}}}
links: [a.eth0 -- b.eth0]
script: [ping a b count=20 interval=100ms @ 100ms, fail b @ 1s]
"""


def scene(more: str = "") -> Scene:
    found = read(SCENE + more, VOCABULARY)
    assert found.scene is not None, found.problems
    return found.scene


def run(of: Scene, *acts: Act):  # type: ignore[no-untyped-def]
    return simulate(of, VOCABULARY.kinds, acts=acts)


def test_two_runs_that_are_the_same_do_not_part():
    assert parting(run(scene()), run(scene())) is None


@pytest.mark.parametrize("number", range(5))
def test_with_another_act_in_its_place_a_run_is_the_same_up_to_there(number):
    pair = scene()
    other = alternatives(pair.script[1], pair, VOCABULARY)[number]
    found = parting(run(pair), run(pair, other))
    assert found is not None
    assert found >= min(other.at, pair.script[1].at)


def test_what_is_not_done_any_more_has_no_consequence():
    pair = scene()
    assert not [event for event in run(pair, nothing(pair.script[1])).events if event.name == "act.fail"]


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("{say: x, of: fail b, instead: none}", None),
        ("{say: x, of: fail a, instead: none}", "problem.whatif-nothing"),
        ("{say: x, of: fail a @ 2s, instead: none}", None),
        ("{say: x, instead: fail b @ 2s}", "problem.whatif-same"),
        ("{say: x, instead: cut a.eth0 -- b.eth0 @ 500ms}", None),
    ],
)
def test_a_question_of_a_scene_must_change_something(written, problem):
    pair = scene(f"whatif: [{written}]")
    found = whatif_problems(pair, VOCABULARY.kinds, run(pair), str(Path("pair.yaml")))
    assert [each.key for each in found] == ([problem] if problem else [])
