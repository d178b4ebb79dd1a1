"""The scene `nat`: its claims, steps, questions and tasks, also when settings are changed."""

from itertools import product

import pytest

from vizapp import places
from vizapp.devices import VOCABULARY
from vizapp.run import Run
from vizapp.scene import parse
from vizapp.scene.model import Act
from vizapp.scene.reader import read
from vizapp.sim.check import check, holds
from vizapp.sim.match import evaluate, first

ROUTE = "192.168.122.0/24 via 192.168.1.15"
FORWARD = "8080 -> 192.168.122.100:80"


@pytest.fixture(scope="module")
def scene():
    reading = read(places.shipped_scenes() / "nat.yaml", VOCABULARY)
    assert not reading.problems
    return reading.scene


def played(scene, acts=(), seed=None, **settings):
    settings = {name.replace("_", "-"): value for name, value in settings.items()}
    return Run(scene, VOCABULARY.kinds, seed=seed, settings=settings, acts=acts).complete()


@pytest.mark.parametrize("seed", [None, 1, 2, 3, 4, 5])
def test_its_claims_hold_whatever_the_seed(scene, seed):
    run = played(scene, seed=seed)
    assert not [claim.text for claim, found in check(scene, run.timeline) if not found.held]


def test_every_step_and_question_comes_in_order(scene):
    run = played(scene)
    assert all(moment.comes for moment in [*run.steps, *run.questions])
    shows = [moment.show for moment in run.steps]
    assert shows == sorted(shows)


def test_the_whole_show_lasts_less_than_four_minutes(scene):
    assert 40 < played(scene).pace.length < 240


def test_the_questions_ask_what_the_run_answers(scene):
    timeline = played(scene).timeline
    answers = []
    for question in scene.questions:
        event = first(parse.pattern(question.before), timeline)
        answers.append(evaluate(parse.expression(question.answer), timeline, event))
    assert answers[0] == "192.168.1.15"
    assert answers[1] not in (40001, 40002)
    assert answers[2:] == ["192.168.1.15", "no-route"]


def test_with_its_own_port_vm2_keeps_it(scene):
    timeline = played(scene, vm2_port=40002).timeline
    claim = "first nat.rewrite at router from vm2: after.sport == 40002"
    assert holds(claim, scene, timeline).held


def test_with_the_route_from_the_start_nothing_is_unreachable(scene):
    timeline = played(scene, lan1_route=ROUTE).timeline
    assert holds("no connection.unreachable at lan1", scene, timeline).held
    assert not played(scene, lan1_route=ROUTE).questions[-1].comes


def test_tasks_are_not_done_before_anything_was_done(scene):
    timeline = played(scene).timeline
    assert not any(holds(task.goal, scene, timeline).held for task in scene.tasks)


def test_tasks_are_done_by_what_their_last_hints_say(scene):
    solutions = (played(scene, port_forward=FORWARD), played(scene, router_forward="stateful"),
                 played(scene, vm2_port=40002))  # fmt: skip
    for task, run in zip(scene.tasks, solutions, strict=True):
        assert holds(task.goal, scene, run.timeline).held, task.goal


def test_every_mix_of_settings_runs_to_its_end(scene):
    choices = [[choice.value for choice in setting.choices] for setting in scene.settings.values()]
    for values in product(*choices):
        run = Run(scene, VOCABULARY.kinds, settings=dict(zip(scene.settings, values, strict=True))).complete()
        assert run.timeline.stopped is None
        assert all(flight.outcome == "delivered" or flight.reason for flight in run.timeline.flights)


@pytest.mark.parametrize("broken", ["router", "lan", "server", "vm1", "host", "gw"])
def test_whatever_breaks_the_story_goes_on(scene, broken):
    acts = [Act("fail", (broken,), at=3_000_500_000), Act("restore", (broken,), at=9_500_000_000)]
    run = played(scene, acts=acts)
    assert run.timeline.stopped is None
    assert run.timeline.end == scene.until


def test_every_caption_has_twelve_words_at_most(scene):
    for step in scene.steps:
        for lang in ("fr", "en"):
            words = [word for word in step.say[lang].split() if any(letter.isalnum() for letter in word)]
            assert len(words) <= 12, step.say[lang]


def test_everything_is_said_in_both_languages(scene):
    texts = [scene.title, scene.summary]
    texts += [text for step in scene.steps for text in (step.title, step.say, step.notes)]
    texts += [q.ask for q in scene.questions] + [t for q in scene.questions for o in q.options for t in (o.say, o.why)]
    texts += [task.say for task in scene.tasks] + [hint for task in scene.tasks for hint in task.hints]
    assert all(set(text) == {"fr", "en"} for text in texts)
