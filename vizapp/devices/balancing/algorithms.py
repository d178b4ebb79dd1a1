"""The algorithms that a balancer may run, by the names a scene gives them, as HAProxy or nginx does each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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

    def pick(self, source: int, avoid: Backend | None = None) -> Backend | None:
        candidates = usable(self.backends, avoid)
        if not candidates:
            return None
        first, second = self.drawn = self._draw(candidates), self._draw(candidates)
        return second if second.connections * first.weight < first.connections * second.weight else first

    def _draw(self, candidates: Sequence[Backend]) -> Backend:
        left = self.chance.random() * sum(backend.weight for backend in candidates)
        for backend in candidates:
            left -= backend.weight
            if left < 0:
                return backend
        return candidates[-1]


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
