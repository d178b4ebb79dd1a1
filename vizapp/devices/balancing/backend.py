"""A server as a balancer sees it, and what every algorithm that chooses among them must answer to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(slots=True, eq=False)
class Backend:
    """weight: fixed by the administrator, at least 1. connections: under way now. up: not set aside."""

    name: str
    weight: int
    address: str = ""  # `ip:port`, which nginx's consistent hash reads
    connections: int = 0
    up: bool = True


class Algorithm:
    """Chooses a server for each request. It is told of every change, so that its state follows that of the software."""

    rotates = False  # whether HAProxy takes it for a rotation, which sends a refused request on at once

    def __init__(self, backends: Sequence[Backend]) -> None:
        self.backends = tuple(backends)

    def pick(self, source: int, avoid: Backend | None = None) -> Backend | None:
        """A server that is up for a request from `source` (an IPv4 address as a number), another than `avoid` if there
        is one; None when all are set aside."""
        raise NotImplementedError

    def went_up(self, backend: Backend) -> None:
        """`backend` takes requests again (its `up` is set already)."""

    def went_down(self, backend: Backend) -> None:
        """`backend` was set aside."""

    def loaded(self, backend: Backend) -> None:
        """The number of its connections changed."""

    def weighed(self) -> None:
        """A weight changed."""

    def failed(self, backend: Backend, fails: int) -> None:
        """A request to it failed; `fails` of them set it aside (nginx's max_fails)."""


def usable(backends: Sequence[Backend], avoid: Backend | None) -> list[Backend]:
    """Those that are up, without `avoid` unless it is the only one."""
    up = [backend for backend in backends if backend.up]
    others = [backend for backend in up if backend is not avoid]
    return others or up
