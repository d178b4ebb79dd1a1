"""A task that was begun: from when on it counts, and whether what was hidden has been shown."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Hunt:
    """number: of the task in the scene. t: true ns when it was begun. acts: how many had been done before, by
    `depth` changes. over: it
    was solved, or given up; what was hidden is shown then."""

    number: int
    t: int
    acts: int
    depth: int
    over: bool = False
