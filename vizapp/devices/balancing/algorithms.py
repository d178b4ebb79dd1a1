"""The algorithms that a balancer may run, by the names a scene gives them, as HAProxy or nginx does each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate

from vizapp.devices.balancing.backend import Algorithm, Backend, usable
from vizapp.devices.balancing.hashing import AddressCircle, IpHash, SourceCircle, SourceMap
from vizapp.devices.balancing.leastconn import LeastConnections, NginxLeastConnections
from vizapp.devices.balancing.rotation import RoundRobin, SmoothRoundRobin, StaticRoundRobin
from vizapp.sim.chance import Chance

NAMES = ("round-robin", "weighted", "static-rr", "leastconn", "random", "source", "consistent")
SOFTWARE = ("haproxy", "nginx")


class TwoDraws(Algorithm):
    """Draws two servers by their weights and keeps the one with fewer connections for its weight."""

    rotates = True  # HAProxy counts `random` among its rotations

    def __init__(self, backends: Sequence[Backend], chance: Chance) -> None:
        super().__init__(backends)
        self.chance = chance
        self._sum()

    def _sum(self) -> None:
        """The servers that take requests, and their weights added up."""
        self.taking = usable(self.backends, None)
        self.sums = list(accumulate(backend.weight for backend in self.taking))

    def weighed(self, backend: Backend) -> None:
        self._sum()

    def went_up(self, backend: Backend) -> None:
        self._sum()

    def went_down(self, backend: Backend) -> None:
        self._sum()

    def pick(self, source: int, avoid: Backend | None = None) -> Backend | None:
        taking, sums = self.taking, self.sums
        if avoid in taking and len(taking) > 1:
            taking = usable(self.backends, avoid)
            sums = list(accumulate(backend.weight for backend in taking))
        if not taking:
            return None
        first, second = self.drawn = self._draw(taking, sums), self._draw(taking, sums)
        return second if second.connections * first.weight < first.connections * second.weight else first

    def _draw(self, taking: Sequence[Backend], sums: Sequence[int]) -> Backend:
        return taking[bisect_right(sums, self.chance.random() * sums[-1])]


HAPROXY: Mapping[str, type[Algorithm]] = {
    "round-robin": RoundRobin,
    "weighted": RoundRobin,
    "static-rr": StaticRoundRobin,
    "leastconn": LeastConnections,
    "source": SourceMap,
    "consistent": SourceCircle,
}
NGINX: Mapping[str, type[Algorithm]] = {
    "round-robin": SmoothRoundRobin,
    "weighted": SmoothRoundRobin,
    "static-rr": SmoothRoundRobin,
    "leastconn": NginxLeastConnections,
    "source": IpHash,
    "consistent": AddressCircle,
}


def algorithm(name: str, software: str, backends: Sequence[Backend], chance: Chance) -> Algorithm:
    """The algorithm of that name as that software runs it. `round-robin` is the rotation whose weights are all 1."""
    if name == "random":
        return TwoDraws(backends, chance)
    return (NGINX if software == "nginx" else HAPROXY)[name](backends)
