"""What every shipped scene keeps: a class can be taught from it, in both languages, and it says nothing untrue."""

from itertools import pairwise
from pathlib import Path

import pytest

from vizapp import places
from vizapp.devices import VOCABULARY
from vizapp.run import Run
from vizapp.scene.model import Scene
from vizapp.scene.reader import read
from vizapp.sim.check import check, holds
from vizapp.window.question_card import right_option

PATHS = sorted(places.shipped_scenes().glob("*.yaml"))
WORDS = 12  # of a caption, to be read from the last row
LONGEST = 15.0  # show seconds from one step to the next


@pytest.fixture(scope="module", params=PATHS, ids=lambda path: path.stem)
def run(request: pytest.FixtureRequest) -> Run:
    path: Path = request.param
    reading = read(path, VOCABULARY)
    assert not reading.problems
    assert reading.scene is not None
    return Run(reading.scene, VOCABULARY.kinds).complete()


@pytest.fixture
def scene(run: Run) -> Scene:
    return run.scene


def test_its_claims_hold_for_other_seeds_too(scene: Scene) -> None:
    for seed in (scene.seed, 1, 2, 3):
        timeline = Run(scene, VOCABULARY.kinds, seed=seed).complete().timeline
        assert not [(seed, claim.text) for claim, found in check(scene, timeline) if not found.held]


def test_every_step_and_question_comes_in_its_order(run: Run) -> None:
    assert all(moment.comes for moment in (*run.steps, *run.questions))
    for moments in (run.steps, run.questions):
        shows = [moment.show for moment in moments]
        assert shows == sorted(shows)


def test_no_step_lets_the_room_wait(run: Run) -> None:
    if run.scene.pace is None:
        waits = [later.show - earlier.show for earlier, later in pairwise(run.steps)]
        assert max(waits) < LONGEST


def test_captions_are_short(scene: Scene) -> None:
    for step in scene.steps:
        for lang in ("fr", "en"):
            words = [word for word in step.say[lang].split() if any(letter.isalnum() for letter in word)]
            assert len(words) <= WORDS, step.say[lang]


def test_everything_is_said_in_both_languages(scene: Scene) -> None:
    texts = [scene.title, scene.summary]
    texts += [text for step in scene.steps for text in (step.title, step.say, step.notes) if text]
    texts += [q.ask for q in scene.questions] + [o.why for q in scene.questions for o in q.options]
    texts += [task.say for task in scene.tasks] + [hint for task in scene.tasks for hint in task.hints]
    assert [text for text in texts if set(text) < {"fr", "en"}] == []


def test_it_has_what_a_lesson_needs(scene: Scene) -> None:
    assert len(scene.steps) >= 6
    assert all(step.title and step.notes for step in scene.steps)
    assert len(scene.questions) >= 3
    assert len(scene.tasks) >= 3
    assert all(len(task.hints) == 3 for task in scene.tasks)
    assert scene.expect
    assert scene.sources


def test_each_question_has_an_answer_among_its_options(run: Run) -> None:
    for number, question in enumerate(run.scene.questions):
        assert right_option(run, number) is not None, question.ask["en"]


def test_no_task_is_done_by_the_scene_itself(run: Run) -> None:
    assert not [task.goal for task in run.scene.tasks if holds(task.goal, run.scene, run.timeline).held]
