"""The puzzles of a scene or a comparison: what is right in them, as the run or its sides tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vizapp.run import Run
from vizapp.scene import parse
from vizapp.scene.model import Item, Problem, Puzzle, Question, Task
from vizapp.sim import puzzle as told
from vizapp.sim.match import first
from vizapp.sim.puzzle import Truth, Where
from vizapp.sim.timeline import Timeline

if TYPE_CHECKING:
    from vizapp.compare.playing import Played


def truth(run: Played, asked: Question | Task) -> Truth:
    """What is right in the puzzle of a question or a task."""
    return told.truth(_puzzle(asked), where(run, asked if isinstance(asked, Question) else None))


def mixed(run: Played, asked: Question | Task) -> tuple[int, ...]:
    """The order in which its items are shown: the same each time for a seed."""
    named = run.scene.questions if isinstance(asked, Question) else run.scene.tasks
    name = f"{type(asked).__name__}/{named.index(asked)}"
    return told.mixed(_puzzle(asked), truth(run, asked), run.seed, name)


def failures(run: Played, file: str) -> list[Problem]:
    """What an author has got wrong in the puzzles of a scene."""
    return list(told.problems(run.scene, lambda question: where(run, question), file))


def where(run: Played, question: Question | None) -> Where:
    """The run that an item is asked of, from the question on; without one, from the start. Of the sides of a
    comparison the one that it names, or else the first on which its event comes."""

    def asked(item: Item) -> tuple[Timeline, int]:
        sides = [run] if isinstance(run, Run) else [
            side for side in run.sides if item.side in ("", side.scene.id)]  # fmt: skip
        found = [(side.timeline, (side.asked(question).t or 0) if question else 0) for side in sides]
        pattern = parse.pattern(item.when) if item.when else None
        come = (each for each in found if pattern is not None and first(pattern, *each) is not None)
        return next(come, found[0])

    return asked


def _puzzle(asked: Question | Task) -> Puzzle:
    assert asked.puzzle is not None
    return asked.puzzle
