"""What was reached in a session: its steps, and its tasks by what was done and within what has been seen."""

from __future__ import annotations

from bisect import bisect_right

from vizapp.scene.model import Task
from vizapp.sim.check import holds
from vizapp.sim.timeline import Timeline
from vizapp.window.progress import Progress
from vizapp.window.session import Session


def reached(session: Session, task: Task) -> bool:
    """True once something was done, not more than the task allows, and its goal holds of what has been seen."""
    run = session.run
    if not run.acts or (task.most is not None and len(run.acts) > task.most):
        return False
    return holds(task.goal, run.scene, seen(run.timeline, session.fog_t)).held


def note(progress: Progress, session: Session) -> None:
    """Keep how far the person has come."""
    run = session.run
    progress.reached(run.scene.id, run.step_at(session.furthest) + 1)
    for number, task in enumerate(run.scene.tasks):
        if reached(session, task):
            progress.solved(run.scene.id, number)
    progress.keep()


def seen(timeline: Timeline, until: int) -> Timeline:
    """The timeline as if it had been simulated to true ns `until` only."""
    count = timeline.events_until(until)
    past = Timeline()
    past.tracks, past.crowd, past.answers = timeline.tracks, timeline.crowd, timeline.answers
    past.events, past.times = timeline.events[:count], timeline.times[:count]
    past.flights = timeline.flights[: bisect_right(timeline.departs, until)]
    past.end = min(until, timeline.end)
    return past
