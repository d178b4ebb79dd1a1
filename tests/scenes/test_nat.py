"""The scene `nat`: what its settings change, its tasks, and what happens when something breaks."""

from itertools import product

import pytest

from tests.scenes.lesson import done, keeps, missing, played, shipped
from vizapp.devices import VOCABULARY
from vizapp.run import Run
from vizapp.scene import parse
from vizapp.sim.match import evaluate, first

NAME = "nat"
ROUTE = "192.168.122.0/24 via 192.168.1.15"
FORWARD = "8080 -> 192.168.122.100:80"


def test_the_questions_ask_what_the_run_answers():
    timeline = played(NAME).timeline
    answers = []
    for question in shipped(NAME).questions:
        event = first(parse.pattern(question.before), timeline)
        answers.append(evaluate(parse.expression(question.answer), timeline, event))
    assert answers[0] == "192.168.1.15"
    assert answers[1] not in (40001, 40002)
    assert answers[2:] == ["192.168.1.15", "no-route"]


def test_with_its_own_port_vm2_keeps_it():
    keeps(played(NAME, vm2_port=40002), "first nat.rewrite at router from vm2: after.sport == 40002")


def test_with_the_route_from_the_start_nothing_is_unreachable():
    run = played(NAME, lan1_route=ROUTE)
    keeps(run, "no connection.unreachable at lan1")
    assert missing(run)[1] == [len(shipped(NAME).questions)]


@pytest.mark.parametrize(("number", "settings"), [
    (1, {"port_forward": FORWARD}), (2, {"router_forward": "stateful"}), (3, {"vm2_port": 40002}),
])  # fmt: skip
def test_a_task_is_done_as_its_last_hint_says(number, settings):
    assert number in done(played(NAME, **settings))


def test_every_mix_of_settings_runs_to_its_end():
    scene = shipped(NAME)
    choices = [[choice.value for choice in setting.choices] for setting in scene.settings.values()]
    for values in product(*choices):
        run = Run(scene, VOCABULARY.kinds, settings=dict(zip(scene.settings, values, strict=True))).complete()
        assert run.timeline.stopped is None
        assert all(flight.outcome == "delivered" or flight.reason for flight in run.timeline.flights)


@pytest.mark.parametrize("broken", ["router", "lan", "server", "vm1", "host", "gw"])
def test_whatever_breaks_the_story_goes_on(broken):
    run = played(NAME, f"fail {broken} @ 3000500us", f"restore {broken} @ 9500ms")
    assert run.timeline.stopped is None
    assert run.timeline.end == run.scene.until
