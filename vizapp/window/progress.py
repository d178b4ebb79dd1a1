"""How far a person has come in each scene: the steps reached and the tasks solved, kept from one day to the next."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any, NamedTuple

from vizapp import places

log = logging.getLogger(__name__)


class Reached(NamedTuple):
    """steps: how many were reached; tasks: the numbers of those solved."""

    steps: int = 0
    tasks: frozenset[int] = frozenset()

    def share(self, steps: int, tasks: int = 0) -> float:
        """How much of a scene of so many steps and tasks is done, 0 to 1."""
        whole = steps + tasks
        return min(1.0, (min(self.steps, steps) + min(len(self.tasks), tasks)) / whole) if whole else 0.0


class Progress:
    """The progress in all scenes, by id. It only ever grows."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or places.data_dir() / "progress.json"
        self._scenes = self._read()
        self._kept = True

    def of(self, scene: str) -> Reached:
        return self._scenes.get(scene, Reached())

    def reached(self, scene: str, steps: int) -> None:
        """So many steps of a scene have been seen."""
        before = self.of(scene)
        if steps > before.steps:
            self._scenes[scene] = Reached(steps, before.tasks)
            self._kept = False

    def solved(self, scene: str, task: int) -> None:
        """Task number `task` (from 0) of a scene is solved."""
        before = self.of(scene)
        if task not in before.tasks:
            self._scenes[scene] = Reached(before.steps, before.tasks | {task})
            self._kept = False

    def keep(self) -> None:
        """Write what is new, beside what another window has written since; a disk that refuses is logged."""
        if self._kept:
            return
        for name, other in self._read().items():
            mine = self.of(name)
            self._scenes[name] = Reached(max(mine.steps, other.steps), mine.tasks | other.tasks)
        content = {name: {"steps": each.steps, "tasks": sorted(each.tasks)} for name, each in self._scenes.items()}
        try:
            places.write_beside(self.path, json.dumps(content, indent=1).encode(), force=True, parents=True)
            self._kept = True
        except OSError as wrong:
            log.info("the progress could not be kept: %s", wrong)

    def _read(self) -> dict[str, Reached]:
        try:
            content = json.loads(self.path.read_bytes())
            return {str(name): _reached(each) for name, each in content.items()}
        except (OSError, ValueError, AttributeError, TypeError, RecursionError):
            return {}


def _reached(content: dict[str, Any]) -> Reached:
    tasks = frozenset(each for each in content.get("tasks", ()) if isinstance(each, int))
    steps = content.get("steps", 0)
    return Reached(steps if isinstance(steps, int) else 0, tasks)
