"""How a balancer learns that a server is gone, or back: by checks of its own, or by what befalls requests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vizapp.devices.balancing.backend import Algorithm, Backend
from vizapp.devices.balancing.crossing import Crossing
from vizapp.devices.balancing.health import SECOND, Health, Passive, detection, detection_hung
from vizapp.devices.balancing.hosted import Hosted
from vizapp.devices.balancing.request import CHECK, Probe
from vizapp.sim.way import Way

if TYPE_CHECKING:
    from vizapp.devices.balancing.server import Server


class Watch:
    """One server under check. due: true ns of the next one; turn: rises when that is planned anew."""

    __slots__ = ("backend", "due", "first", "health", "passive", "turn")

    def __init__(self, backend: Backend, health: Health, passive: Passive) -> None:
        self.backend = backend
        self.health = health
        self.passive = passive
        self.due = 0
        self.turn = 0
        self.first: int | None = None  # true ns of the first failure, or success, in a row


class Checking(Hosted):
    """The part of a balancer that judges its servers. HAProxy sends checks, spread over the interval; a check that is
    not answered within the interval has failed, and the next one goes an interval after the end of the last."""

    backends: dict[str, Backend]
    ways: dict[str, Way | Crossing]
    algorithm: Algorithm
    nginx: bool

    def _server(self, name: str) -> Server:
        raise NotImplementedError

    def start_checks(self) -> None:
        phase = self.chance("clock").between(0, SECOND - 1) if self.nginx else 0
        self.watches = {
            name: Watch(backend, Health(self.get("rise"), self.get("fall")),
                        Passive(self._max_fails, self.get("fail-timeout"), phase))
            for name, backend in self.backends.items()
        }  # fmt: skip
        self._begin()

    @property
    def _max_fails(self) -> int:
        """nginx ignores it in a group of one server, which is always tried."""
        limit: int = self.get("max-fails")
        return limit if len(self.backends) > 1 else 0

    @property
    def active(self) -> bool:
        return bool(self.get("check")) and not self.nginx

    def _begin(self) -> None:
        """The first check of each: spread over the interval, from a moment left to chance."""
        self._say()
        if not self.active:
            return
        inter = self.get("inter")
        first = self.get("first-check")
        if first is None:
            first = self.chance("checks").between(0, inter - 1)
        for index, watch in enumerate(self.watches.values()):
            self._plan(watch, first + inter * index // len(self.watches))

    def _say(self) -> None:
        least, most = detection(self.get("inter"), self.get("fall"))
        self.show("fall", self.get("fall"))
        self.show("detection_least", least if self.active else None)
        self.show("detection_most", most if self.active else None)
        words = {"words": "balancer.detection", "least": least, "most": most}
        self.show("detection", words if self.active else {"words": "balancer.no-detection"})
        least, most = detection_hung(self.get("inter"), self.get("fall"))
        words = {"words": "balancer.detection-hung", "least": least, "most": most}
        self.show("detection_hung", words if self.active else {"words": "balancer.no-detection"})

    def retune(self, name: str) -> None:
        """A limit of the checks changed: what is under way keeps its share of the wait."""
        inter = self.get("inter")
        for watch in self.watches.values():
            watch.health = watch.health.retuned(self.get("rise"), self.get("fall"))
            watch.passive.max_fails, watch.passive.timeout = self._max_fails, self.get("fail-timeout")
            if name == "inter" and self.active and watch.due > self.now:
                self._plan(watch, min(watch.due - self.now, inter))
            elif name in ("check", "software"):
                watch.turn += 1
        if name in ("check", "software"):
            self._begin()
        else:
            self._say()

    # active checks

    def _plan(self, watch: Watch, wait: int) -> None:
        watch.turn += 1
        watch.due = self.now + wait
        cause, self.world.agenda.cause = self.world.agenda.cause, 0
        self.after(wait, self._check, (watch, watch.turn))
        self.world.agenda.cause = cause
        self._server(watch.backend.name).expect(self.id, watch.due)

    def _check(self, entry: tuple[Watch, int]) -> None:
        watch, turn = entry
        if turn != watch.turn:
            return
        name = watch.backend.name
        self._server(name).expect(self.id, None)
        probe = Probe(watch.backend, self)
        self.after(self.get("inter"), self._check_timeout, probe)
        self.ways[name].carry(CHECK, self._server(name).check, probe)

    def check_passed(self, entry: tuple[int, Probe]) -> None:
        """The server answered the check."""
        watch = self._result(entry)
        if watch is None:
            return
        health, server = watch.health, watch.backend.name
        if not health.up:
            watch.first = watch.first if health.value else self.now
            self.event("check.passed", server=server, n=health.value + 1, of=health.rise)
        if health.passed():
            self._take_back(watch.backend, self._since(server, back=True, first=watch.first), health.rise)
        if health.up:
            watch.first = None
        self._plan(watch, self.get("inter"))

    def check_refused(self, entry: tuple[int, Probe]) -> None:
        """The server's kernel refused the check."""
        watch = self._result(entry)
        if watch is not None:
            self._failed(watch, "connection-refused")

    def check_unreachable(self, probe: Probe, reason: str) -> None:
        """The check can't even leave."""
        if not probe.over and probe.backend is self.backends[probe.backend.name]:
            probe.over = True
            self._failed(self.watches[probe.backend.name], reason)

    def _check_timeout(self, probe: Probe) -> None:
        if probe.over:
            return
        probe.over = True
        name = probe.backend.name
        server = self._server(name)
        self.world.agenda.cause = self.ways[name].why() or (server.why if server.gone is not None else 0)
        self._failed(self.watches[name], "check-timeout")

    def _result(self, entry: tuple[int, Probe]) -> Watch | None:
        row, probe = entry
        if self.failed or probe.over or probe.backend is not self.backends[probe.backend.name]:
            self.world.timeline.crowd.end(row, self.now, "device-failed" if self.failed else "nobody-waits")
            return None
        probe.over = True
        return self.watches[probe.backend.name]

    def _failed(self, watch: Watch, reason: str) -> None:
        health, server = watch.health, watch.backend.name
        if health.up:
            watch.first = watch.first if watch.first is not None else self.now
            count = health.failures + 1
            self.event("check.failed", server=server, n=count, of=health.fall, reason=reason)
            if health.failed():
                self._set_aside(watch.backend, self._since(server, back=False, first=watch.first), count)
                watch.first = None
        else:
            health.failed()
        self._plan(watch, self.get("inter"))

    # passive checks

    def review(self) -> None:
        """nginx: whom the clock has made available again, before a choice."""
        if self.nginx:
            for watch in self.watches.values():
                backend, up = watch.backend, watch.passive.available(self.now)
                if backend.up is not up:
                    backend.up = up
                    (self.algorithm.went_up if up else self.algorithm.went_down)(backend)

    def chosen(self, backend: Backend) -> None:
        if self.nginx:
            self.watches[backend.name].passive.chosen(self.now)

    def worked(self, backend: Backend) -> None:
        """A request was answered there."""
        if self.nginx:
            passive = self.watches[backend.name].passive
            spent = passive.fails >= passive.max_fails > 0
            passive.answered()
            if spent and not passive.fails:
                self.world.agenda.cause = self._server(backend.name).why
                self._take_back(backend, self._since(backend.name, back=True, first=self.now), 1)

    def stumbled(self, backend: Backend) -> None:
        """A request failed there."""
        if self.nginx:
            passive = self.watches[backend.name].passive
            fresh = passive.fails < passive.max_fails
            self.algorithm.failed(backend, passive.max_fails)
            if passive.failed(self.now) and fresh:
                self._set_aside(backend, self._since(backend.name, back=False, first=self.now), passive.fails)

    # the verdict

    def _set_aside(self, backend: Backend, after: int, checks: int) -> None:
        backend.up = False
        self.algorithm.went_down(backend)
        self._server(backend.name).judged(self.id, False)
        self.event("balancer.down", server=backend.name, after=after, checks=checks)

    def _take_back(self, backend: Backend, after: int, checks: int) -> None:
        backend.up = True
        self.algorithm.went_up(backend)
        self._server(backend.name).judged(self.id, True)
        self.event("balancer.up", server=backend.name, after=after, checks=checks)

    def _since(self, name: str, back: bool, first: int | None) -> int:
        """True ns since the server went (or came back), or else since the first sign of it."""
        server: Any = self._server(name)
        when = server.back if back else server.gone
        latest = max([t for t in (when, *self.ways[name].cuts()) if t is not None], default=None)
        return self.now - (latest if latest is not None else self.now if first is None else first)
