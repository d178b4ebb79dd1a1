"""The claims of a comparison against the runs of its sides, and whether these part where its steps say so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from vizapp.compare import puzzles
from vizapp.compare.comparison import Comparison
from vizapp.compare.rows import of_step
from vizapp.scene.model import Problem, Scene, Task
from vizapp.sim.check import holds
from vizapp.sim.trial import task_problems
from vizapp.words import words

DONE = "problem.task-done"


def failures(whole: Comparison, file: str) -> list[Problem]:
    """What does not hold, as Problems with their reason."""
    return [*_claims(whole, file), *_steps(whole, file), *_tasks(whole, file), *puzzles.failures(whole, file)]


def _claims(whole: Comparison, file: str) -> Iterator[Problem]:
    for claim in whole.scene.expect:
        for side in whole.sides:
            if claim.side in ("", side.scene.id):
                found = holds(claim.text, side.scene, side.timeline)
                if not found.held:
                    told = {"claim": claim.text, "side": side.scene.id, "why": {"words": found.key, **found.values}}
                    yield Problem(file, claim.place, "problem.claim-fails-in", told)


def _steps(whole: Comparison, file: str) -> Iterator[Problem]:
    """Steps that say whether the sides part there (`differ`)."""
    for number, step in enumerate(whole.scene.steps):
        if step.differ is not None:
            line = of_step(whole, number, whole.pace.length, words("en"))
            if (line is not None and line.differs) != step.differ:
                yield Problem(file, step.place, "problem.step-same" if step.differ else "problem.step-differs", {})


def _tasks(whole: Comparison, file: str) -> Iterator[Problem]:
    """Each task on the side that it names, or on all; it is done already only where that is so on all of these."""
    for task in whole.scene.tasks:
        sides = [side for side in whole.sides if task.side in ("", side.scene.id)]
        found = [task_problems(_alone(task, whole, side.scene), whole.kinds, file) for side in sides]
        done = all(any(problem.key == DONE for problem in problems) for problems in found)
        said: set[str] = set()
        for problem in (each for problems in found for each in problems):
            if problem.key not in said and (done or problem.key != DONE):
                said.add(problem.key)
                yield problem


def _alone(task: Task, whole: Comparison, side: Scene) -> Scene:
    """The scene of a side with that task alone, and those of its acts that apply there."""
    fault, solution = (tuple(act for act in acts if whole.applies(act, side)) for acts in (task.fault, task.solution))
    return replace(side, tasks=(replace(task, fault=fault, solution=solution),))
