"""What every shipped scene keeps: a class can be taught from it, in both languages, and it says nothing untrue."""

from itertools import pairwise

import pytest

from tests.scenes.lesson import done, missing, played, shipped
from vizapp import places
from vizapp.compare import Comparison
from vizapp.compare.asked import Asked
from vizapp.compare.check import failures
from vizapp.compare.stated import of_step, scene_sources
from vizapp.scene.facts import UNVERIFIED, facts
from vizapp.sim.check import check
from vizapp.window.question_card import right_option
from vizapp.words import Words

NAMES = sorted(path.stem for path in places.shipped_scenes().glob("*.yaml"))
LANGUAGES = {"fr", "en"}
WORDS = 12  # of a caption, to be read from the last row
LONGEST = 15.0  # show seconds from one step to the next
every = pytest.mark.parametrize("name", NAMES)


@every
@pytest.mark.parametrize("seed", [None, 1, 2, 3])
def test_its_claims_hold_whatever_the_seed(name, seed):
    run = played(name, seed=seed)
    if isinstance(run, Comparison):
        assert failures(run, name) == []
    else:
        assert not [claim.text for claim, found in check(run.scene, run.timeline) if not found.held]


@every
def test_every_step_and_question_comes_in_order(name):
    run = played(name)
    assert missing(run) == ([], [])
    for moments in (run.steps, run.questions):
        assert all(a.show <= b.show for a, b in pairwise(moments))


@every
def test_no_step_lets_the_room_wait(name):
    run = played(name)
    if run.scene.pace is None:
        assert max(later.show - earlier.show for earlier, later in pairwise(run.steps)) < LONGEST


@every
def test_each_question_has_one_right_option(name):
    run = played(name)
    for number, question in enumerate(run.scene.questions):
        if question.puzzle is not None:
            assert all(Asked(run, question).truth.told), question.ask["en"]
            continue
        assert right_option(run, number) is not None, question.ask["en"]
        assert len({str(option.is_) for option in question.options}) == len(question.options)


@every
def test_each_question_is_answered_by_the_run(name):
    for question in shipped(name).questions:
        assert not question.answer.startswith(("'", '"')), question.ask["en"]


@every
def test_no_task_is_done_before_anything_was_done(name):
    at_the_start = [n for n, task in enumerate(shipped(name).tasks, 1) if not task.begun]
    assert not set(at_the_start) & set(done(played(name)))


@every
def test_every_task_has_a_solution_that_is_proven(name):
    assert all(task.solution or task.placed for task in shipped(name).tasks)


@every
def test_every_task_has_hints_in_three_levels(name):
    assert all(len(task.hints) == 3 for task in shipped(name).tasks)


@every
def test_a_class_gets_steps_notes_questions_tasks_and_sources(name):
    scene = shipped(name)
    assert len(scene.steps) >= 6
    assert all(step.title and step.notes for step in scene.steps)
    assert min(len(scene.questions), len(scene.tasks)) >= 3
    assert scene.minutes
    assert scene.sources
    assert scene.expect


@every
def test_every_caption_has_twelve_words_at_most(name):
    for step in shipped(name).steps:
        for lang in LANGUAGES:
            words = [word for word in step.say[lang].split() if any(letter.isalnum() for letter in word)]
            assert len(words) <= WORDS, step.say[lang]


@every
def test_everything_is_said_in_both_languages(name):
    scene = shipped(name)
    texts = [scene.title, scene.summary]
    texts += [text for step in scene.steps for text in (step.title, step.say, step.notes)]
    texts += [q.ask for q in scene.questions] + [t for q in scene.questions for o in q.options for t in (o.say, o.why)]
    puzzles = [each.puzzle for each in (*scene.questions, *scene.tasks) if each.puzzle is not None]
    texts += [text for puzzle in puzzles for item in puzzle.items for text in (item.say, item.why)]
    texts += [name for puzzle in puzzles for name in puzzle.bins.values()]
    texts += [task.say for task in scene.tasks] + [hint for task in scene.tasks for hint in task.hints]
    texts += [text for setting in scene.settings.values() for text in (setting.label, setting.says)]
    assert all(set(text) == LANGUAGES for text in texts if text)


def statements(scene):
    """All that states something: steps, questions with their answers, tasks, settings with their choices, points."""
    yield from (*scene.steps, *scene.questions, *scene.tasks, *scene.whatif, *(scene.rows or ()))
    for asked in (*scene.questions, *scene.tasks):
        yield from asked.puzzle.items if asked.puzzle else ()
    yield from (option for question in scene.questions for option in question.options)
    yield from (each for setting in scene.settings.values() for each in (setting, *setting.choices))
    yield from (*scene.points, *(point for side in scene.sides for point in side.points))


@every
def test_every_fact_that_it_cites_was_verified(name):
    scene = shipped(name)
    sources = [*scene_sources(scene), *(source for each in statements(scene) for source in each.sources)]
    cited = [fact for source in sources for fact in source.facts]
    assert all(facts()[fact].status != UNVERIFIED for fact in cited)


@every
def test_every_step_has_a_source_or_that_of_its_scene(name):
    run = played(name)
    for number in range(len(run.scene.steps)):
        assert of_step(run, number, 0, Words("en")).sources


@every
def test_most_steps_and_questions_have_sources_of_their_own(name):
    scene = shipped(name)
    asked = [*scene.steps, *scene.questions]
    own = sum(bool(each.sources) or any(option.sources for option in getattr(each, "options", ())) for each in asked)
    assert own >= len(asked) / 2
