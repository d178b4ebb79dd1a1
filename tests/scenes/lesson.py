"""A shipped scene, played: with acts and settings written as on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from vizapp import places
from vizapp.compare import Comparison, Played, play
from vizapp.devices import VOCABULARY
from vizapp.run import Run
from vizapp.scene import units
from vizapp.scene.acts import read_act, read_setting
from vizapp.scene.model import Problem, Scene, Task
from vizapp.scene.names import Names
from vizapp.scene.reader import read
from vizapp.sim.check import holds


@cache
def shipped(name: str) -> Scene:
    """The scene of that id."""
    reading = read(places.shipped_scenes() / f"{name}.yaml", VOCABULARY)
    assert reading.scene is not None, reading.problems
    return reading.scene


def played(name: str, *acts: str, seed: int | None = None, until: str = "", **settings: object) -> Any:
    """The whole run, or comparison: `played("nat", "fail router @ 3s", until="20s", vm2_port=40002)`."""
    return _played(name, acts, seed, units.duration(until) if until else None, tuple(settings.items()))


@lru_cache(maxsize=32)
def _played(
    name: str, acts: tuple[str, ...], seed: int | None, until: int | None, settings: tuple[tuple[str, object], ...]
) -> Played:
    scene = shipped(name)
    names = Names.of(scene, VOCABULARY)
    done = [read_act(act, names) for act in acts]
    chosen = [read_setting(f"{key.replace('_', '-')}={value}", names) for key, value in settings]
    wrong = [each for each in (*done, *chosen) if isinstance(each, Problem)]
    assert not wrong, wrong
    more = dict(chosen)  # type: ignore[arg-type]
    return play(scene, VOCABULARY.kinds, seed=seed, settings=more, acts=done, until=until).complete()


def keeps(run: Any, *claims: str) -> None:
    """Assert that claims hold in a run."""
    broken = [claim for claim in claims if not holds(claim, run.scene, run.timeline).held]
    assert not broken


def missing(run: Played) -> tuple[list[int], list[int]]:
    """Which steps and which questions never come, counted from 1."""
    return tuple([n for n, moment in enumerate(each, 1) if not moment.comes] for each in (run.steps, run.questions))  # type: ignore[return-value]


def done(run: Played) -> list[int]:
    """Which tasks are solved, counted from 1; those to sort or to order are by hand alone."""
    tasks = [(n, task) for n, task in enumerate(run.scene.tasks, 1) if task.puzzle is None]
    return [n for n, task in tasks if all(holds(task.goal, one.scene, one.timeline).held for one in _where(run, task))]


def _where(run: Played, task: Task) -> Sequence[Run]:
    """The runs in which a task's goal must hold."""
    if isinstance(run, Comparison):
        return [side for side in run.sides if task.side in ("", side.scene.id)]
    return [run]
