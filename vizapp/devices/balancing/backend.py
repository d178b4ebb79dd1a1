"""A server as a balancer sees it, and what every algorithm that chooses among them must answer to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(slots=True, eq=False)
class Backend:
    """weight: fixed by the administrator; 0 drains it. connections: under way now. up: not set aside."""

    name: str
    weight: int
    address: str = ""  # `ip:port`, which nginx's consistent hash reads
    connections: int = 0
    up: bool = True

    @property
    def takes(self) -> bool:
        """Whether the algorithm may choose it: a server of weight 0 keeps what it has and gets nothing new."""
        return self.up and self.weight > 0


class Algorithm:
    """Chooses a server for each request. It is told of every change, so that its state follows that of the software."""

    rotates = False  # whether HAProxy takes it for a rotation, which sends a refused request on at once

    drawn: Sequence[Backend] = ()  # those among which the last choice was left to chance

    def __init__(self, backends: Sequence[Backend]) -> None:
        self.backends = tuple(backends)

    def pick(self, source: int, avoid: Backend | None = None) -> Backend | None:
        """A server that is up for a request from `source` (an IPv4 address as a number), another than `avoid` if there
        is one; None when none takes requests."""
        raise NotImplementedError

    def went_up(self, backend: Backend) -> None:
        """`backend` takes requests again (its `up` is set already)."""

    def went_down(self, backend: Backend) -> None:
        """`backend` was set aside."""

    def loaded(self, backend: Backend) -> None:
        """The number of its connections changed."""

    def weighed(self, backend: Backend) -> None:
        """Its weight changed."""

    def failed(self, backend: Backend, fails: int) -> None:
        """A request to it failed; `fails` of them set it aside (nginx's max_fails)."""

    def counts(self) -> dict[str, Any]:
        """What decides the next choice, by server: a value that can be said. Those that can't be chosen are left out.
        By default the connections of each for its weight."""
        return {each.name: ratio(each.connections, each.weight) for each in self.backends if each.takes}


def usable(backends: Sequence[Backend], avoid: Backend | None) -> list[Backend]:
    """Those that take requests, without `avoid` unless it is the only one."""
    taking = [backend for backend in backends if backend.takes]
    others = [backend for backend in taking if backend is not avoid]
    return others or taking


def ratio(n: int, weight: int) -> dict[str, Any]:
    """Connections for a weight, to be said."""
    return {"words": "choice.ratio", "n": n, "weight": weight, "ratio": n / weight}
