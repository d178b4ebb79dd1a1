"""What was reached in a session: its steps, and its tasks by what was done and within what has been seen."""

from __future__ import annotations

from vizapp.compare import Comparison
from vizapp.scene.model import Task
from vizapp.sim.check import holds
from vizapp.sim.excerpt import excerpt
from vizapp.sim.trial import changes
from vizapp.window.progress import Progress
from vizapp.window.session import Session


def reached(session: Session, task: Task) -> bool:
    """True once something was done, with no more changes than the task allows, and its goal holds of what has been
    seen. Of a task that is begun only what came since counts, while it is under way."""
    run, hunt = session.run, session.hunt
    if task.puzzle is not None:
        return False  # it is judged when the person asks for it, and is solved then
    since = -1
    if task.begun:
        if hunt is None or run.scene.tasks[hunt.number] is not task:
            return False
        since = hunt.t
    elif not run.acts:
        return False
    if task.changes is not None and changes_made(session) > task.changes:
        return False
    if isinstance(run, Comparison):
        return all(_holds(task, run, number, session, since) for number, side in enumerate(run.sides)
                   if task.side in ("", side.scene.id))  # fmt: skip
    return holds(task.goal, run.scene, excerpt(run.timeline, session.fog_t, since)).held


def _holds(task: Task, whole: Comparison, number: int, session: Session, since: int) -> bool:
    """Whether the goal of a task is reached on one side."""
    side, fog = whole.sides[number], min(session.fog, session.length)
    own = whole.t_of(number, whole.pace.show_end(since)) if since >= 0 else -1
    seen = excerpt(side.timeline, whole.t_of(number, fog, session.fog_t), own)
    return holds(task.goal, side.scene, seen).held


def changes_made(session: Session) -> int:
    """How many changes were made, of those since a task was begun when one is."""
    run, hunt = session.run, session.hunt
    return changes(run.acts[hunt.acts :] if hunt is not None else run.acts, run.tries)


def note(progress: Progress, session: Session) -> None:
    """Keep how far the person has come."""
    run = session.run
    progress.reached(run.scene.id, run.step_at(session.furthest) + 1)
    for number, task in enumerate(run.scene.tasks):
        if number in session.solved or reached(session, task):
            progress.solved(run.scene.id, number)
    progress.keep()
