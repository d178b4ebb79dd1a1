"""The scene `load-balancing`: its claims, steps, questions and tasks, also when settings are changed."""

import pytest

from vizapp import places
from vizapp.devices import VOCABULARY
from vizapp.run import Run
from vizapp.scene import parse
from vizapp.scene.model import Act
from vizapp.scene.reader import read
from vizapp.sim.check import check, holds
from vizapp.sim.match import evaluate, first

S = 1_000_000_000


@pytest.fixture(scope="module")
def scene():
    reading = read(places.shipped_scenes() / "load-balancing.yaml", VOCABULARY)
    assert not reading.problems
    return reading.scene


def played(scene, acts=(), **settings):
    return Run(scene, VOCABULARY.kinds, settings=settings, acts=acts).complete()


def test_its_claims_hold(scene):
    broken = [claim.text for claim, found in check(scene, played(scene).timeline) if not found.held]
    assert not broken


@pytest.mark.parametrize("seed", range(5))
def test_its_claims_hold_whatever_the_seed(scene, seed):
    run = Run(scene, VOCABULARY.kinds, seed=seed).complete()
    assert not [claim.text for claim, found in check(scene, run.timeline) if not found.held]


@pytest.mark.parametrize("settings", [{}, {"algorithm": "round-robin"}, {"inter": S, "fall": 4}, {"rise": 3}])
def test_every_step_and_question_comes_in_order(scene, settings):
    run = played(scene, **settings)
    assert all(moment.comes for moment in (*run.steps, *run.questions))
    assert [m.t for m in run.steps] == sorted(m.t for m in run.steps)


def test_shares_by_weight_are_not_spoken_of_when_weights_do_not_decide(scene):
    run = played(scene, algorithm="leastconn")
    assert [i for i, moment in enumerate(run.steps) if not moment.comes] == [1]
    assert [i for i, moment in enumerate(run.questions) if not moment.comes] == [0]


@pytest.mark.parametrize("settings", [{}, {"algorithm": "round-robin"}, {"fall": 4}])
def test_each_question_has_one_right_option(scene, settings):
    timeline = played(scene, **settings).timeline
    for question in scene.questions:
        event = first(parse.pattern(question.before), timeline)
        answer = evaluate(parse.expression(question.answer), timeline, event)
        given = [
            evaluate(parse.expression(str(option.is_)[1:]), timeline, event, event.t)
            if str(option.is_).startswith("=")
            else option.is_
            for option in question.options
        ]
        assert given.count(answer) == 1, question.answer


DONE = {
    0: Act("set", ("inter",), {"value": S // 2}, 0),
    1: Act("hang", ("web2",), {}, 3 * S),
}


def test_tasks_are_not_done_before_anything_was_done(scene):
    timeline = played(scene).timeline
    assert not any(holds(task.goal, scene, timeline).held for task in scene.tasks)


@pytest.mark.parametrize("number", DONE)
def test_a_task_is_done_as_its_last_hint_says(scene, number):
    assert holds(scene.tasks[number].goal, scene, played(scene, [DONE[number]]).timeline).held


def test_without_any_server_the_service_is_gone(scene):
    acts = [Act("fail", (name,), {}, 10 * S) for name in ("web1", "web2")]
    assert holds(scene.tasks[2].goal, scene, played(scene, acts).timeline).held


def test_round_robin_gives_each_a_third(scene):
    assert holds(
        "first balancer.shares: percent.web1 == 33", scene, played(scene, algorithm="round-robin").timeline
    ).held
