"""Who has how much of the processor when several want it: by the weights of their cgroups.

Control Group v2, resource distribution by weights and cpu.weight (docs.kernel.org, admin-guide/cgroup-v2): the weights
of all active children are added up, and each has the fraction that its own is of the sum.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vizapp.devices.containers.userland import Task

USUAL = 100  # cpu.weight where nothing is written; that of a program of the host's, each in a cgroup of its own


def shares(tasks: Iterable[Task]) -> dict[str, float]:
    """The share (0 to 1) of each process that computes without end; others take next to nothing."""
    busy = [task for task in tasks if task.process.busy]
    groups: dict[str, list[Task]] = {}
    for task in busy:
        groups.setdefault(task.container.id if task.container else f" {task.id}", []).append(task)
    weights = {name: _weight(members[0]) for name, members in groups.items()}
    total = sum(weights.values())
    return {task.id: weights[name] / total / len(members) for name, members in groups.items() for task in members}


def _weight(task: Task) -> int:
    return int(task.container.get("cpu-weight")) if task.container else USUAL
