"""A load balancer, as HAProxy 2.6 or nginx 1.22 behaves: chooses, retries, redirects, checks, sets aside."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Any, cast

from vizapp.devices.balancing.algorithms import algorithm
from vizapp.devices.balancing.backend import Backend
from vizapp.devices.balancing.checking import Checking
from vizapp.devices.balancing.clients import Clients
from vizapp.devices.balancing.crossing import Crossing, removal
from vizapp.devices.balancing.request import ANSWERED, Attempt, Deadlines, Probe, Request
from vizapp.devices.balancing.server import Server
from vizapp.devices.balancing.telling import rows, turns
from vizapp.sim.timeline import Answers
from vizapp.sim.way import Way

TURNAROUND = 1_000_000_000  # ns that HAProxy waits before it tries the same server again
STATUS = {"connection-refused": 503, "no-server": 503, "connect-timeout": 503, "arp-failed": 503, "no-route": 503,
          "server-aborted": 502, "server-timeout": 504}  # fmt: skip
MILESTONE = 120  # after so many requests, and ten times as many, and so on, the balancer says how it shared them
COUNTERS = ("failures", "failed_in_flight", "redirected", "before_detection", "kept", "moved")


class Balancer(Checking):
    """Counts what went wrong: requests `failed`; of them those `failed_in_flight` (a server had them when it went);
    `redirected` to another server; `before_detection`: sent to a server that was gone but not yet set aside; `kept`:
    sent where their cookie says; `moved`: sent elsewhere than the request before of the same address."""

    balances = True

    @property
    def program(self) -> str:
        software: str = self.get("software")
        return software

    def begin(self) -> None:
        names = [name for name in self.get("servers") if isinstance(self.world.devices[name], Server)]
        self.backends = {name: Backend(name, 1, self._server(name).get("address") or name) for name in names}
        self.ways = {name: self.way_to(name) for name in names}
        self.back: dict[str, Way | Crossing] = {}
        self.open: dict[Request, Attempt | None] = {}
        self.deadlines = Deadlines(self, self._expire)
        self.sent = dict.fromkeys(names, 0)
        self.taken, self.milestone = 0, MILESTONE
        self.turns = ""
        self.homes: dict[int, Backend] = {}  # by address, where its last request went
        self.counts: dict[str, int] = getattr(self, "counts", dict.fromkeys(COUNTERS, 0))
        self.world.timeline.answers.setdefault(self.id, Answers(servers=[*names, ""], results=[ANSWERED]))
        self._choose_algorithm()
        for name in COUNTERS:
            if name != "kept" or self.get("cookie"):  # without cookies nothing is kept: a 0 would mislead
                self._count(name)
        for name in names:
            self._server(name).judged(self.id, True)
        self.start_checks()

    def _server(self, name: str) -> Server:
        return cast(Server, self.world.devices[name])

    def _choose_algorithm(self) -> None:
        name: str = self.get("algorithm")
        self.nginx = self.get("software") == "nginx"
        for server, backend in self.backends.items():
            backend.weight = self._weight(server)
        self.algorithm = algorithm(name, self.get("software"), tuple(self.backends.values()), self.chance("draws"))
        self.show("algorithm", {"words": f"algorithm.{name}"})
        self._say_weights()

    def _weight(self, server: str) -> int:
        """As the administrator fixed it; `round-robin` takes all but 0 for 1."""
        weight: int = self._server(server).get("weight")
        return min(weight, 1) if self.get("algorithm") == "round-robin" else weight

    def weigh(self, server: str) -> None:
        """The weight of a server was changed: the algorithm goes on with it, unless it takes all for equal."""
        backend, weight = self.backends[server], self._weight(server)
        if backend.weight != weight:
            backend.weight = weight
            self.algorithm.weighed(backend)
            self._say_weights()

    def _say_weights(self) -> None:
        weights = " : ".join(str(backend.weight) for backend in self.backends.values())
        self.show("weights", {"words": "balancer.weights", "weights": weights} if len(weights) <= 24 else "")

    def configure(self, name: str, value: Any) -> None:
        super().configure(name, value)
        if not self.running:
            return  # it is read afresh after a repair
        if name in ("algorithm", "software", "servers"):
            self._choose_algorithm()
        if name in ("check", "inter", "fall", "rise", "max-fails", "fail-timeout", "software"):
            self.retune(name)
        if name == "cookie" and value:
            self._count("kept")

    def quit(self) -> None:
        for request, attempt in self.open.items():
            if attempt is not None:
                self._hang_up(attempt)
            self._tell(request, self._clients(request).refused, "balancer-refused")
        self._leave()

    def crash(self) -> None:
        for request, attempt in self.open.items():
            request.blame = self.why
            if attempt is not None:
                attempt.over = True
        self._leave()

    def _leave(self) -> None:
        self.open.clear()
        for name in self.backends:
            self._server(name).left(self.id)

    # a request comes

    def take(self, entry: tuple[int, Request]) -> None:
        """A request of a client is there."""
        row, request = entry
        if request.taken:  # its SYN was sent again while the first one waited
            self.world.timeline.crowd.end(row, self.now, "duplicate")
            return
        request.taken, request.blame = self.id, 0
        if self.failed:
            self.world.timeline.crowd.end(row, self.now, "connection-refused")
            self.world.agenda.cause = self.why
            self._tell(request, self._clients(request).refused, "balancer-refused")
        else:
            self.open[request] = None
            self._choose(request, 0, None)

    def _choose(self, request: Request, tries: int, avoid: Backend | None) -> None:
        self.review()
        request.kept = False
        kept = self._kept(request) if avoid is None else None
        counts = self.algorithm.counts() if self.get("explain") else None
        backend = kept or self.algorithm.pick(request.source, avoid)
        if backend is None:
            self._fail(request, "", "no-server")
            return
        if counts is not None:
            self._explain(request, backend, counts)
        self.chosen(backend)
        if self.homes.setdefault(request.source, backend) is not backend:
            self.tally("moved")
            self.homes[request.source] = backend
        if tries == 0:
            self._note(backend)
        if avoid is not None and backend is not avoid:
            self.tally("redirected")
            self.event("request.redirected", request=request.number, **{"from": avoid.name, "to": backend.name})
        self._send(request, backend, tries)

    def _kept(self, request: Request) -> Backend | None:
        """The server that its cookie names, which no algorithm is asked about; None when it can't take it."""
        named = self.backends.get(request.cookie)
        if named is None or not named.up or self.nginx or not self.get("cookie"):
            return None
        request.kept = True
        self.tally("kept")
        return named

    def _explain(self, request: Request, backend: Backend, counts: dict[str, Any]) -> None:
        """Tell of a choice: before the request goes on its way, so that one can see why it goes there."""
        self.turns = turns(self.turns, backend.name)
        self.show("turns", self.turns)
        self.show("choice", rows(self.algorithm, counts, backend))
        self.event("balancer.chose", request=request.number, server=backend.name, kept=request.kept,
                   nth=self.sent[backend.name] + 1, source=str(ip_address(request.source)))  # fmt: skip

    def _note(self, backend: Backend) -> None:
        self.sent[backend.name] += 1
        self.taken += 1
        if self.taken == self.milestone:
            total = self.taken
            self.milestone *= 10
            percent = {name: round(100 * count / total) for name, count in self.sent.items()}
            cause, self.world.agenda.cause = self.world.agenda.cause, 0
            self.event("balancer.shares", n=total, counts=dict(self.sent), percent=percent)
            self.world.agenda.cause = cause

    def _send(self, request: Request, backend: Backend, tries: int) -> None:
        attempt = Attempt(request, backend, self, self.now, tries)
        self.open[request] = attempt
        backend.connections += 1
        self.algorithm.loaded(backend)
        self.deadlines.add(self.now + min(self.get("timeout-connect"), self.get("timeout-server")), attempt)
        self.ways[backend.name].carry(request.number, self._server(backend.name).accept, attempt)

    # what comes of it

    def answered(self, entry: tuple[int, Attempt]) -> None:
        """A server's answer is there: on to the client."""
        row, attempt = entry
        if self.failed or attempt.over:
            self.world.timeline.crowd.end(row, self.now, "device-failed" if self.failed else "nobody-waits")
            return
        self._release(attempt)
        self.worked(attempt.backend)
        del self.open[attempt.request]
        if self.get("cookie") and not self.nginx:
            attempt.request.cookie = attempt.backend.name
        self._tell(attempt.request, self._clients(attempt.request).answered, attempt.backend.name)

    def refused(self, entry: tuple[int, Attempt]) -> None:
        """The server's kernel refused: nobody listens there."""
        attempt = entry[1]
        if not self._lost(entry):
            self.tally("before_detection")
            self._again(attempt, "connection-refused", wait=True)

    def broken(self, entry: tuple[int, Attempt]) -> None:
        """The server went while it had the request. HAProxy gives up: it may have been carried out already."""
        attempt = entry[1]
        if not self._lost(entry):
            if self.nginx:
                self._again(attempt, "server-aborted", wait=False)
            else:
                self.tally("failed_in_flight")
                self._fail(attempt.request, attempt.backend.name, "server-aborted")

    def reset(self, entry: tuple[int, Any]) -> None:
        """Nobody listens there: a request, or a check, is refused."""
        if isinstance(entry[1], Probe):
            self.check_refused(entry)
        else:
            self.refused(entry)

    def unreachable(self, arg: Any, reason: str) -> None:
        """Nobody has the server's address, as ARP says; or the address to answer from is gone."""
        if isinstance(arg, tuple):
            arg[0].blame = removal(self.world, self.id, arg[0].called[1])
        elif isinstance(arg, Probe):
            self.check_unreachable(arg, reason)
        elif isinstance(arg, Attempt) and not arg.over:
            self._release(arg)
            self._again(arg, reason, wait=True)

    def blame(self, request: Request) -> int:
        """The event for which it has not answered that request; 0: none is known."""
        attempt = self.open.get(request)
        if attempt is None:
            return 0
        server = self._server(attempt.backend.name)
        return self.ways[server.id].why() or (server.why if server.gone is not None else 0)

    def _lost(self, entry: tuple[int, Attempt]) -> bool:
        row, attempt = entry
        if self.failed or attempt.over:
            self.world.timeline.crowd.end(row, self.now, "device-failed" if self.failed else "nobody-waits")
            return True
        self._release(attempt)
        return False

    def _expire(self, attempt: Attempt) -> None:
        """Nothing came in time: no connection, or no answer."""
        limit = attempt.sent + self.get("timeout-server")
        if attempt.accepted and self.now < limit:
            self.deadlines.add(limit, attempt)
            return
        backend = attempt.backend
        server = self._server(backend.name)
        self._hang_up(attempt)
        self._release(attempt)
        self.world.agenda.cause = self.ways[backend.name].why() or (server.why if server.gone is not None else 0)
        silent = attempt.late or not attempt.accepted
        if silent:
            self.tally("before_detection")
        if not attempt.accepted:
            self._again(attempt, "connect-timeout", wait=False)
        elif self.nginx:
            self._again(attempt, "server-timeout", wait=False)
        else:
            if not silent and server.gone is not None:
                self.tally("failed_in_flight")
            self._fail(attempt.request, backend.name, "server-timeout")

    def _again(self, attempt: Attempt, reason: str, wait: bool) -> None:
        """Try again, there or elsewhere, as long as the configuration lets it (HAProxy: `retries`, `redispatch`)."""
        request, backend = attempt.request, attempt.backend
        self.stumbled(backend)
        tries = attempt.tries + 1
        if tries > (len(self.backends) - 1 if self.nginx else self.get("retries")):
            self._fail(request, backend.name, reason)
            return
        self.open[request] = None
        move = self.nginx or self._moves(request, backend, tries)
        others = sum(other.takes for other in self.backends.values()) > 1
        if wait and not self.nginx and not (move and self.algorithm.rotates and not request.kept and others):
            lasts = min(TURNAROUND, self.get("timeout-connect"))
            self.after(lasts, self._resend, (request, backend, tries, move))
        else:
            self._resend((request, backend, tries, move))

    def _moves(self, request: Request, backend: Backend, tries: int) -> bool:
        """Whether HAProxy sends this try to another server (stream_choose_redispatch)."""
        redispatch: str = self.get("redispatch")
        others = sum(other.takes for other in self.backends.values()) > 1
        return redispatch != "never" and (
            not backend.up
            or redispatch == "every"
            or tries % self.get("retries") == 0
            or (self.algorithm.rotates and not request.kept and others)
        )

    def _resend(self, entry: tuple[Request, Backend, int, bool]) -> None:
        request, backend, tries, move = entry
        if request.over:
            self.open.pop(request, None)
        elif move:
            self._choose(request, tries, backend)
        else:
            self._send(request, backend, tries)

    def _fail(self, request: Request, server: str, reason: str) -> None:
        del self.open[request]
        self.tally("failures")
        self.event("request.failed", request=request.number, server=server, reason=reason, status=STATUS[reason])
        self._tell(request, self._clients(request).refused, reason)

    def _release(self, attempt: Attempt) -> None:
        attempt.over = True
        attempt.backend.connections -= 1
        self.algorithm.loaded(attempt.backend)

    def _hang_up(self, attempt: Attempt) -> None:
        attempt.over = True
        self.world.agenda.at(self.now, self._server(attempt.backend.name).forget, attempt)

    def _tell(self, request: Request, how: Any, what: str) -> None:
        if request.called is not None:
            address, called = request.called
            self.crossing(address).carry(request.number, how, (request, what), called)
            return
        way = self.back.get(request.clients)
        if way is None:
            way = self.back[request.clients] = self.way_to(request.clients)
        way.carry(request.number, how, (request, what))

    def _clients(self, request: Request) -> Clients:
        return cast(Clients, self.world.devices[request.clients])

    def tally(self, name: str) -> None:
        """One more of a counter."""
        self.counts[name] += 1
        self._count(name)

    def _count(self, name: str) -> None:
        self.world.timeline.track(self.id, name, "I").put(self.now, self.counts[name])
