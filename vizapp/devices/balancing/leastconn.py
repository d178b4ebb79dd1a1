"""Least connections: the server with the fewest connections for its weight, with the tie rules of HAProxy and nginx."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from vizapp.devices.balancing.backend import Algorithm, Backend, ratio, usable
from vizapp.devices.balancing.rotation import LARGEST, SCALE, SmoothRoundRobin


class LeastConnections(Algorithm):
    """HAProxy's `leastconn` (lb_fwlc.c): key 0 when idle, else (connections + 1) / weight; among equal keys, the server
    that has had its key longest."""

    def __init__(self, backends: Sequence[Backend]) -> None:
        super().__init__(backends)
        self.keys: dict[str, tuple[int, int]] = {}  # key, and since when it has it (a count)
        self.order: list[tuple[int, int, Backend]] = []  # the same, the next one first
        self.count = 0
        for backend in self.backends:
            self.went_up(backend)

    def went_up(self, backend: Backend) -> None:
        if backend.takes:
            self.went_down(backend)
            self.count += 1
            held = self.keys[backend.name] = (_key(backend), self.count)
            insort(self.order, (*held, backend))

    def went_down(self, backend: Backend) -> None:
        held = self.keys.pop(backend.name, None)
        if held is not None:
            del self.order[bisect_left(self.order, held, key=itemgetter(0, 1))]

    def loaded(self, backend: Backend) -> None:
        held = self.keys.get(backend.name)
        if held is not None and held[0] != _key(backend):
            self.went_up(backend)

    def weighed(self, backend: Backend) -> None:
        self.went_down(backend)
        self.went_up(backend)

    def pick(self, source: int, avoid: Backend | None = None) -> Backend | None:
        order = self.order
        first = order[0][2] if order else None
        return first if first is not avoid or len(order) < 2 else order[1][2]

    def counts(self) -> dict[str, Any]:
        return {name: ratio(each.connections + bool(each.connections), each.weight)
                for each in self.backends if (name := each.name) in self.keys}  # fmt: skip


def _key(backend: Backend) -> int:
    if not backend.connections:
        return 0
    return (backend.connections + 1) * LARGEST // (backend.weight * SCALE)


class NginxLeastConnections(SmoothRoundRobin):
    """nginx's `least_conn`: connections / weight; among equals, a smooth weighted turn of those only."""

    def pick(self, source: int, avoid: Backend | None = None) -> Backend | None:
        least: list[Backend] = []
        for backend in usable(self.backends, avoid):
            if least:
                ours, theirs = backend.connections * least[0].weight, least[0].connections * backend.weight
                if ours > theirs:
                    continue
                if ours < theirs:
                    least.clear()
            least.append(backend)
        return self.among(least) if len(least) > 1 else least[0] if least else None

    def counts(self) -> dict[str, Any]:
        return Algorithm.counts(self)
