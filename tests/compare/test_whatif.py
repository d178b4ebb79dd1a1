"""A run beside itself with one act changed."""

from pathlib import Path

import pytest

from vizapp.compare import play
from vizapp.compare.whatif import Otherwise, otherwise
from vizapp.devices import VOCABULARY
from vizapp.run import Run
from vizapp.scene.acts import parse_act
from vizapp.scene.alternatives import alternatives
from vizapp.scene.model import Act
from vizapp.scene.names import Names
from vizapp.scene.reader import read
from vizapp.sim.parting import parting

LOAD = Path("scenes/load-balancing.yaml")
UNTIL = 14_000_000_000


def run(*written: str) -> Run:
    scene = read(LOAD, VOCABULARY).scene
    assert scene is not None
    acts = [parse_act(each, Names.of(scene, VOCABULARY)) for each in written]
    made = play(scene, VOCABULARY.kinds, acts=acts, until=UNTIL).complete()
    assert isinstance(made, Run)
    return made


def crash(of: Run) -> Act:
    return next(act for act in of.scene.script if act.verb == "fail")


def hung(of: Run) -> Act:
    return next(act for act in alternatives(crash(of), of.scene, VOCABULARY) if act.verb == "hang")


@pytest.fixture(scope="module")
def whole() -> Otherwise:
    before = run()
    made = otherwise(before, hung(before))
    made.complete()
    return made


def test_the_first_side_is_the_run_as_it_happened(whole):
    assert parting(whole.sides[0].timeline, run().timeline) is None


def test_both_sides_are_the_same_up_to_the_act(whole):
    one, other = (side.timeline for side in whole.sides)
    found = parting(one, other)
    assert found is not None
    assert found >= whole.parts == crash(whole.sides[0]).at


def test_what_was_done_before_is_done_on_both_sides():
    before = run("fail web1 @ 3s")
    made = otherwise(before, hung(before))
    made.complete()
    for side in made.sides:
        assert any(event.name == "act.fail" and event.device == "web1" for event in side.timeline.events)


def test_nothing_that_was_done_before_can_be_taken_back_there(whole):
    assert not whole.undo()


def test_each_side_says_what_was_done(whole):
    captions = [side.scene.caption("en") for side in whole.sides]
    assert captions[0].startswith("web3 crashes")
    assert captions[1].startswith("web3 hangs")


def test_the_seed_and_the_settings_are_those_of_the_run():
    scene = read(LOAD, VOCABULARY).scene
    before = Run(scene, VOCABULARY.kinds, seed=99, settings={"fall": 2}, until=UNTIL).complete()
    made = otherwise(before, hung(before))
    assert [(side.seed, side.settings["fall"]) for side in made.sides] == [(99, 2), (99, 2)]


def test_what_was_simulated_already_is_not_simulated_again():
    before = run()
    made = otherwise(before, hung(before))
    assert made.sides[0].timeline is before.timeline
    assert made.sides[1].timeline is not before.timeline


def test_what_is_done_beside_leaves_the_run_as_it_is():
    before = run()
    made = otherwise(before, hung(before))
    made.complete()
    count = len(before.timeline.events)
    made.do(Act("fail", ("web1",), at=5_000_000_000))
    made.complete()
    assert len(before.timeline.events) == count
    assert not [event for event in before.timeline.events if event.name == "act.fail" and event.device == "web1"]
