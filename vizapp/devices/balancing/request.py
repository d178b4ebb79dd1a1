"""A request on its journey: what the client asked, and each attempt of a balancer to have a server answer it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Any, Protocol

from vizapp.devices.balancing.backend import Backend
from vizapp.sim.behaviour import Behaviour

CHECK = 0  # the number that health checks bear in the crowd; requests count from 1

ANSWERED = "answered"  # the result of a request that got what it asked for; any other is a reason


@dataclass(slots=True, eq=False)
class Request:
    """number: from 1, in order of birth. born: true ns. demand: ns of work of one core, drawn at birth, so that every
    algorithm meets the same requests. source: the client's IPv4 address as a number. cookie: the server that it names,
    or that the answer names; kept: it was sent there. over: the client knows its end. called: the addresses from which
    and to which it was sent, on a network. taken: the balancer that accepted it. blame: the event for which
    it will never be answered, if one is known."""

    number: int
    born: int
    demand: int
    source: int
    clients: str
    cookie: str = ""
    kept: bool = False
    over: bool = False
    called: tuple[str, str] | None = None
    taken: str = ""
    blame: int = 0


@dataclass(slots=True, eq=False)
class Attempt:
    """A request on its way to one server, and back. tries: how often it was sent before. accepted: the server has it.

    late: it reached a server that had fallen silent already. over: the balancer awaits nothing of it any more.
    """

    request: Request
    backend: Backend
    balancer: Behaviour
    sent: int
    tries: int = 0
    accepted: bool = False
    late: bool = False
    over: bool = False


@dataclass(slots=True, eq=False)
class Probe:
    """One health check. over: its result is known."""

    backend: Backend
    balancer: Behaviour
    over: bool = False


class Ending(Protocol):
    @property
    def over(self) -> bool: ...


class Deadlines:
    """Until when each of many things may take. Most end in time, so one planned sweep serves them all."""

    def __init__(self, device: Behaviour, expire: Callable[[Any], None]) -> None:
        self.device = device
        self.expire = expire
        self.waiting: list[tuple[int, int, Ending]] = []
        self.count = 0
        self.planned = -1

    def add(self, t: int, item: Ending) -> None:
        """`expire(item)` is called at true ns `t` unless it is over by then."""
        self.count += 1
        heappush(self.waiting, (t, self.count, item))
        if self.planned < 0 or t < self.planned:
            self._plan(t)

    def clear(self) -> None:
        self.waiting.clear()
        self.planned = -1

    def _plan(self, t: int) -> None:
        self.planned = t
        self.device.after(t - self.device.now, self._sweep)

    def _sweep(self, _: None) -> None:
        now, waiting = self.device.now, self.waiting
        if now != self.planned:
            return  # an earlier one was planned meanwhile
        self.planned = -1
        while waiting and (waiting[0][2].over or waiting[0][0] <= now):
            item = heappop(waiting)[2]
            if not item.over:
                self.expire(item)
        if waiting and (self.planned < 0 or waiting[0][0] < self.planned):
            self._plan(waiting[0][0])
