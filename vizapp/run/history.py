"""What was done, and each change of it: one step back for every change, be it an act more, one less or another one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


class History(Generic[T]):
    """now: what is done at present, in the order in which it was done. past, future: what it was before each change,
    and what it was before each change that was taken back."""

    def __init__(self, now: Sequence[T]) -> None:
        self.now = list(now)
        self.past = [list(now[:count]) for count in range(len(now))]  # each can be taken back by itself
        self.future: list[list[T]] = []

    @property
    def depth(self) -> int:
        """How many changes can be taken back."""
        return len(self.past)

    def put(self, now: Sequence[T], *, instead: bool = False) -> None:
        """From now on this is done. instead: it goes on with the last change, as a drag does."""
        if not instead:
            self.past.append(self.now)
        self.now = list(now)
        self.future.clear()

    def undo(self, count: int = 1) -> bool:
        """Take the last change back, or the last ones; whether there was one."""
        count = min(count, len(self.past))
        for _ in range(count):
            self.future.append(self.now)
            self.now = self.past.pop()
        return count > 0

    def redo(self) -> bool:
        """Do again what was taken back last; whether there was something."""
        if self.future:
            self.past.append(self.now)
            self.now = self.future.pop()
            return True
        return False
