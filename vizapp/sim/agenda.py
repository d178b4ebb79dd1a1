"""The agenda: what is still to happen, in order of true time, then of being planned."""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappop, heappush
from typing import Any

Entry = tuple[int, int, Callable[[Any], None], Any, int]

INSTANT_BUDGET = 20_000  # entries that may share one nanosecond before the run is called a runaway


class Runaway(Exception):
    """More is happening than any scene can mean. key: words key of the reason."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class Agenda:
    """A heap of (true ns, number, bound method, argument, cause). The number makes equal times repeatable.

    Entries are plain data and bound methods, so that resuming a run agrees with running it from zero.
    """

    __slots__ = ("cause", "entries", "instant", "now", "number", "shared")

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.number = 0
        self.now = 0
        self.cause = 0
        self.instant = -1  # where the last slice stopped, and how many entries it had done of that instant
        self.shared = 0

    def at(self, t: int, call: Callable[[Any], None], arg: Any = None) -> None:
        """Plan `call(arg)` for true ns `t`; its consequences have the cause that is in force now."""
        number = self.number = self.number + 1
        heappush(self.entries, (t, number, call, arg, self.cause))

    def run(self, until: int, most: int) -> int:
        """Do what is planned up to and at `until`, at most `most` entries; return how many were done."""
        entries = self.entries
        instant, first = self.instant, -self.shared
        for done in range(most):
            try:
                t, number, call, arg, cause = heappop(entries)
            except IndexError:
                return done  # nothing is planned any more
            if t != instant:
                if t > until:
                    heappush(entries, (t, number, call, arg, cause))
                    return done
                self.now = instant = t
                first = done
            elif done - first > INSTANT_BUDGET:
                raise Runaway("runaway.instant")
            self.cause = cause
            call(arg)
        self.instant, self.shared = instant, most - first
        return most
