"""The scene `hardware-assisted`: its claims, its questions, its tasks, with EPT and without."""

import pytest

from vizapp import places
from vizapp.devices import VOCABULARY
from vizapp.run import Run
from vizapp.scene.model import Act
from vizapp.scene.reader import read
from vizapp.sim.check import check, holds


@pytest.fixture(scope="module")
def scene():
    reading = read(places.shipped_scenes() / "hardware-assisted.yaml", VOCABULARY)
    assert not reading.problems
    return reading.scene


def played(scene, acts=(), **settings):
    return Run(scene, VOCABULARY.kinds, settings=settings, acts=acts).complete()


def test_its_claims_hold(scene):
    broken = [claim.text for claim, found in check(scene, played(scene).timeline) if not found.held]
    assert not broken


def test_without_ept_the_cr3_write_is_the_second_exit(scene):
    timeline = played(scene, ept=False).timeline
    for claim in ("count vm.exit == 2", "value cpu.entries == cpu.exits + 1", "value hypervisor.emulated == 2",
                  "first vm.exit: reason == 28"):  # fmt: skip
        assert holds(claim, scene, timeline).held, claim


@pytest.mark.parametrize("ept", [True, False])
def test_every_step_and_question_comes_in_order(scene, ept):
    run = played(scene, ept=ept)
    assert all(moment.comes for moment in run.steps)
    shows = [moment.show for moment in run.steps]
    assert shows == sorted(shows)
    assert all(moment.comes for moment in run.questions)


@pytest.mark.parametrize("ept", [True, False])
def test_each_question_has_one_right_option(scene, ept):
    from vizapp.scene import parse
    from vizapp.sim.match import evaluate, first

    timeline = played(scene, ept=ept).timeline
    for question in scene.questions:
        event = first(parse.pattern(question.before), timeline)
        answer = evaluate(parse.expression(question.answer), timeline, event)
        assert [option.is_ for option in question.options].count(answer) == 1


def test_tasks_are_not_done_before_anything_was_done(scene):
    timeline = played(scene).timeline
    assert not any(holds(task.goal, scene, timeline).held for task in scene.tasks)


def test_tasks_are_done_by_what_their_last_hints_say(scene):
    solutions = (
        played(scene, ept=False),
        played(scene, acts=[Act("execute", ("kernel", "CPUID"), at=7_000_000_000)]),
        played(scene, acts=[Act("execute", ("app", "VMCALL"), at=7_000_000_000)]),
    )
    for task, run in zip(scene.tasks, solutions, strict=True):
        assert holds(task.goal, scene, run.timeline).held, task.goal


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
