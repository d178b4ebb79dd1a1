"""Rotations: HAProxy's `roundrobin` and `static-rr`, nginx's smooth weighted round robin, for any weights."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from math import gcd
from typing import Any

from vizapp.devices.balancing.backend import Algorithm, Backend, usable

SCALE = 16  # HAProxy keeps sixteenths of a weight
LARGEST = 256 * SCALE


class Place:
    """A server's place in HAProxy's rotation: when its next turn comes, with the remainder carried on."""

    __slots__ = ("backend", "key", "last", "left", "next", "weight", "where")

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self.weight = backend.weight * SCALE
        self.next = 0
        self.last = 0
        self.left = 0
        self.key = 0
        self.where: list[Place] | None = None

    def leave(self) -> None:
        if self.where is not None:
            self.where.remove(self)
            self.where = None

    def join(self, queue: list[Place], key: int) -> None:
        """Enter behind all that have no larger key."""
        self.key = key
        index = len(queue)
        while index and queue[index - 1].key > key:
            index -= 1
        queue.insert(index, self)
        self.where = queue


class RoundRobin(Algorithm):
    """HAProxy's `roundrobin` (lb_fwrr.c): servers wait in three queues, those not yet started (heaviest first), those
    of this turn of the wheel by their next position, and those that come after it."""

    rotates = True

    def __init__(self, backends: Sequence[Backend]) -> None:
        super().__init__(backends)
        self.places = {backend.name: Place(backend) for backend in self.backends}
        self.fresh: list[Place] = []
        self.current: list[Place] = []
        self.after: list[Place] = []
        taking = [self.places[backend.name] for backend in self.backends if backend.takes]
        self.turn = self.total = self.span = sum(place.weight for place in taking)
        for place in taking:
            place.join(self.fresh, LARGEST - place.weight)

    def weighed(self, backend: Backend) -> None:
        """It keeps its place, and its next turn comes after the step of the new weight, never later than it was due."""
        place = self.places[backend.name]
        if place.where is None or not backend.weight:
            self.went_down(backend)
            place.weight = backend.weight * SCALE
            self.went_up(backend)
            return
        self.total += backend.weight * SCALE - place.weight
        place.weight = backend.weight * SCALE
        fresh = place.where is self.fresh
        place.leave()
        if fresh:
            place.join(self.fresh, LARGEST - place.weight)
        else:
            self._hasten(place)
            self._queue(place)

    def _hasten(self, place: Place) -> None:
        step = self.total // place.weight
        place.next = min(place.last + step, place.next)
        place.left = 0
        if place.next < self.turn + 2:
            place.next = self.turn + step

    def went_up(self, backend: Backend) -> None:
        place = self.places[backend.name]
        if not backend.takes or place.where is not None:
            return
        self.total += place.weight
        place.next = self.turn + (self.total + self.span - self.turn) // place.weight
        self._queue(place)

    def went_down(self, backend: Backend) -> None:
        place = self.places[backend.name]
        if place.where is not None:
            self.total -= place.weight
            place.leave()

    def pick(self, source: int, avoid: Backend | None = None) -> Backend | None:
        switched = False
        avoided: Place | None = None
        if not self.span:
            self.turn = self.span = self.total
        while True:
            place = self._first()
            if place is None:
                if switched:
                    break
                switched = True
                self._switch()
                continue
            self._advance(place)
            place.leave()
            self.turn += 1
            if place.backend is not avoid or avoided is not None:
                break
            avoided = place
        chosen = place or avoided
        if chosen is not None:
            self._queue(chosen)
        if avoided is not None and avoided is not chosen:
            if switched:
                avoided.join(self.fresh, LARGEST - avoided.weight)
            else:
                self._queue(avoided)
        return chosen.backend if chosen else None

    def _first(self) -> Place | None:
        """Who is due; else who has not started; else who comes next."""
        first = self.current[0] if self.current else None
        if first is not None and first.next <= self.turn:
            return first
        if self.fresh:
            fresh = self.fresh[0]
            fresh.next = fresh.left = 0
            return fresh
        return first

    def _switch(self) -> None:
        """The wheel has turned: those that come after it are to start."""
        self.fresh, self.after = self.after, self.fresh
        self.span = self.turn = self.total

    def _advance(self, place: Place) -> None:
        if not place.next:
            place.next = self.turn
        place.last = place.next
        step, rest = divmod(self.total, place.weight)
        place.next += step
        place.left += rest
        if place.left >= place.weight:
            place.left -= place.weight
            place.next += 1

    def _queue(self, place: Place) -> None:
        if place.next >= 2 * self.span or place.next >= self.span + self.total:
            place.next -= self.span
            place.join(self.after, LARGEST - place.weight)
        else:
            place.join(self.current, 256 * place.next + (LARGEST + place.left - place.weight) // SCALE)

    def counts(self) -> dict[str, Any]:
        """In how many requests the turn of each comes; of one that has not started yet, that it waits to."""
        return {
            name: {"words": "choice.fresh"} if place.where is self.fresh else self._due(place)
            for name, place in self.places.items()
            if place.where is not None
        }

    def _due(self, place: Place) -> dict[str, Any]:
        ahead = place.next - self.turn + (self.span if place.where is self.after else 0)
        return {"words": "choice.turns", "n": ahead} if ahead > 0 else {"words": "choice.due"}


def slots(backends: Sequence[Backend]) -> list[Backend]:
    """HAProxy's table of slots (lb_map.c): at each slot every server gains its weight, the first whose score fills
    the total most often is taken and pays it. Weights are first divided by what divides them all."""
    if not backends:
        return []
    common = reduce(gcd, (backend.weight for backend in backends))
    weights = [backend.weight // common for backend in backends]
    total = sum(weights)
    scores = [0] * len(weights)
    table = []
    for _ in range(total):
        for index, weight in enumerate(weights):
            scores[index] += weight
        best = max(range(len(weights)), key=lambda index: (scores[index] // total, -index))
        scores[best] -= total
        table.append(backends[best])
    return table


class Slotted(Algorithm):
    """What chooses by the table of slots of the servers that are up; it is made anew when they change. HAProxy takes a
    new weight after a reload only (while it runs, 0 % and 100 %)."""

    def __init__(self, backends: Sequence[Backend]) -> None:
        super().__init__(backends)
        self._fill()

    def _fill(self) -> None:
        self.table = slots([backend for backend in self.backends if backend.takes])

    def weighed(self, backend: Backend) -> None:
        self._fill()

    def went_up(self, backend: Backend) -> None:
        self._fill()

    def went_down(self, backend: Backend) -> None:
        self._fill()

    def counts(self) -> dict[str, Any]:
        """Which slots each has, counted from 0."""
        found: dict[str, list[int]] = {}
        for slot, backend in enumerate(self.table):
            found.setdefault(backend.name, []).append(slot)
        return {name: {"words": "choice.slots", "slots": said(numbers)} for name, numbers in found.items()}


def said(numbers: Sequence[int], most: int = 6) -> str:
    """The first of some numbers, as text."""
    return ", ".join(map(str, numbers[:most])) + (" …" if len(numbers) > most else "")


class StaticRoundRobin(Slotted):
    """HAProxy's `static-rr`: walks round the table of slots."""

    rotates = True

    def __init__(self, backends: Sequence[Backend]) -> None:
        super().__init__(backends)
        self.index = 0

    def pick(self, source: int, avoid: Backend | None = None) -> Backend | None:
        size = len(self.table)
        if not size:
            return None
        start = self.index if self.index < size else 0
        for step in range(size):
            index = (start + step) % size
            if self.table[index] is not avoid:
                break
        else:
            index = start
        self.index = (index + 1) % size
        return self.table[index]


class SmoothRoundRobin(Algorithm):
    """nginx's smooth weighted round robin: every server gains its weight, the largest score is taken and pays the sum.

    A failure lowers a server's effective weight, which grows back by one at each choice. A new weight takes a reload,
    which starts afresh.
    """

    def __init__(self, backends: Sequence[Backend]) -> None:
        super().__init__(backends)
        self._start()

    def weighed(self, backend: Backend) -> None:
        self._start()

    def _start(self) -> None:
        self.scores = {backend.name: 0 for backend in self.backends}
        self.effective = {backend.name: backend.weight for backend in self.backends}

    def failed(self, backend: Backend, fails: int) -> None:
        if fails:
            self.effective[backend.name] = max(0, self.effective[backend.name] - backend.weight // fails)

    def pick(self, source: int, avoid: Backend | None = None) -> Backend | None:
        return self.among(usable(self.backends, avoid))

    def among(self, candidates: Sequence[Backend]) -> Backend | None:
        """One turn among these only."""
        best: Backend | None = None
        total = 0
        for backend in candidates:
            effective = self.effective[backend.name]
            self.scores[backend.name] += effective
            total += effective
            if effective < backend.weight:
                self.effective[backend.name] = effective + 1
            if best is None or self.scores[backend.name] > self.scores[best.name]:
                best = backend
        if best is not None:
            self.scores[best.name] -= total
        return best

    def counts(self) -> dict[str, Any]:
        """The score of each once it has gained its weight; the largest is told with the sum that it pays."""
        taking = usable(self.backends, None)
        total = sum(self.effective[backend.name] for backend in taking)
        gained = {backend.name: self.scores[backend.name] + self.effective[backend.name] for backend in taking}
        best = max(gained, key=gained.__getitem__, default="")
        return {
            name: {"words": "choice.paid", "n": n, "total": total, "left": n - total} if name == best
            else {"words": "choice.score", "n": n}
            for name, n in gained.items()
        }
