"""Whether a task can be done as its author means it: it is not done already, its fault stands in the way, and its
solution reaches the goal."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from vizapp.scene.model import Act, Problem, Scene, Task
from vizapp.scene.vocabulary import Kind, tries
from vizapp.sim.check import Finding, holds
from vizapp.sim.excerpt import excerpt
from vizapp.sim.simulate import simulate
from vizapp.sim.timeline import Timeline

AFTER = 30_000_000_000  # ns that are played on after the last act of a solution


def changes(acts: Collection[Act], trying: Collection[str]) -> int:
    """How many of the acts change something."""
    return sum(1 for act in acts if act.verb not in trying)


def task_problems(scene: Scene, kinds: Mapping[str, Kind], file: str) -> list[Problem]:
    """What is wrong with the tasks of a scene."""
    played = (task for task in scene.tasks if task.puzzle is None)
    return [problem for task in played for problem in _Trial(scene, kinds, task, file).problems()]


class _Trial:
    """One task. `start`: where it begins, true ns; one that a person begins does at the end of the scene."""

    def __init__(self, scene: Scene, kinds: Mapping[str, Kind], task: Task, file: str) -> None:
        self.scene, self.kinds, self.task, self.file = scene, kinds, task, file
        self.start = scene.until if task.begun else 0
        self.fault = self._from_start(task.fault)
        self.solution = self._from_start(task.solution)
        self.until = max([scene.until, *(act.at + AFTER for act in (*self.fault, *self.solution))])

    def _from_start(self, acts: Sequence[Act]) -> list[Act]:
        return [replace(act, at=self.start + act.at) for act in acts]

    def problems(self) -> Iterator[Problem]:
        trying = tries(self.kinds)
        alone = self._reached([], self.until if self.task.begun else self.scene.until)
        if alone.held:
            yield self._problem("task-done", goal=self.task.goal)
        yield from self._voids()
        if not self.task.solution:
            return
        only = [act for act in self.solution if act.verb in trying]
        if self.task.fault and not alone.held and self._reached(only, self.until).held:
            yield self._problem("task-fault-harmless", goal=self.task.goal)
        found = self._reached(self.solution, self.until)
        if not found.held:
            yield self._problem("task-unsolved", goal=self.task.goal, why={"words": found.key, **found.values})
        n = changes(self.solution, trying)
        if self.task.changes is not None and n > self.task.changes:
            yield self._problem("task-too-many", n=n, most=self.task.changes)

    def _reached(self, acts: Sequence[Act], until: int) -> Finding:
        timeline = self._run(acts, until)
        since = self.start if self.task.begun else -1
        return holds(self.task.goal, self.scene, excerpt(timeline, until, since))

    def _run(self, acts: Sequence[Act], until: int) -> Timeline:
        return simulate(self.scene, self.kinds, acts=[*self.fault, *acts], until=until)

    def _voids(self) -> Iterator[Problem]:
        """Each act of the fault or of the solution that does nothing. (An act applies one ns after its time.)"""
        keys = {act.at + 1: "task-fault-void" for act in self.fault}
        keys |= {act.at + 1: "task-solution-void" for act in self.solution}
        for event in self._run(self.solution, self.until).events if keys else ():
            if event.name == "act.void" and event.t in keys:
                plain = {key: value for key, value in event.details.items() if isinstance(value, (str, int))}
                reason = {**plain, "words": f"reason.{event.details['reason']}"}
                yield self._problem(keys[event.t], act=event.details["act"], reason=reason)

    def _problem(self, key: str, **values: Any) -> Problem:
        return Problem(self.file, self.task.place, f"problem.{key}", values)
