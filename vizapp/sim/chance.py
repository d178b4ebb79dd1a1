"""Chance that is the same everywhere: one stream per entity and purpose, and our own transforms of `random()`."""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """One stream. Seeding by text does not depend on PYTHONHASHSEED; `random()` alone is stable across versions."""

    __slots__ = ("random",)

    def __init__(self, seed: int, entity: str, purpose: str) -> None:
        self.random = Random(f"{seed}/{entity}/{purpose}").random

    def between(self, low: int, high: int) -> int:
        """An integer from `low` to `high`, both included."""
        return low + int(self.random() * (high - low + 1))

    def exponential(self, mean: float) -> float:
        """Exponential with that mean, by inversion."""
        return -mean * log(1.0 - self.random())

    def pick(self, items: Sequence[T]) -> T:
        return items[int(self.random() * len(items))]
