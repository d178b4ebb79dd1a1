"""Clients: a crowd that sends requests at random moments, and waits for each answer."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address
from typing import Any

from vizapp.devices.balancing.request import ANSWERED, Deadlines, Request
from vizapp.scene.model import Act
from vizapp.scene.vocabulary import Event, Field, Kind, Show, Verb
from vizapp.sim.agenda import Runaway
from vizapp.sim.behaviour import Behaviour
from vizapp.sim.timeline import Answers
from vizapp.sim.way import Way

SECOND = 1_000_000_000
BUSY_WINDOW = 100_000_000  # true ns
BUSY_BUDGET = 3_000  # requests born in one window: beyond, the rate means nothing any more
REQUEST_BUDGET = 4_000_000  # requests of a run


class Clients(Behaviour):
    """Chance streams: `arrivals` (when), `demand` (how much work), `sources` (from which address)."""

    passes = False

    def start(self) -> None:
        self.way = Way(self.world, self.id, self.get("target"))
        first, last = self.get("sources")
        self.sources = (int(ip_address(first)), int(ip_address(last)))
        self.count: int = getattr(self, "count", 0)
        self.open: dict[int, Request] = {}
        self.cookies: dict[int, str] = {}  # by address, the server that the cookie of that client names
        self.deadlines = Deadlines(self, self._give_up)
        self.window, self.spent = 0, 0
        self.left = self._gap()  # mean gaps still to wait: so that a new rate only stretches what is left
        self.since = self.now
        self.turn: int = getattr(self, "turn", 0)
        self._plan()
        self._say()

    def on_fail(self) -> None:
        for request in list(self.open.values()):
            self._note(request, "", "client-gone")

    def configure(self, name: str, value: Any) -> None:
        if self.failed:
            return  # it is read afresh when they are back
        if name == "rate":
            self.left = max(0.0, self.left - (self.now - self.since) * self.rate / SECOND)
            self.since = self.now
            self._plan()
        self._say()

    def _say(self) -> None:
        self.show("rate", {"words": "clients.rate", "rate": self.rate})
        servers = self._target.get("servers") or ()
        cores = sum(self.world.devices[name].get("cores") or 0 for name in servers)
        self.show("busy", self.rate * self.get("demand") / SECOND / cores if cores else 0.0)

    # sending

    def _gap(self) -> float:
        return self.chance("arrivals").exponential(1.0) if self.get("arrivals") == "poisson" else 1.0

    def _plan(self) -> None:
        self.rate = self.get("rate")
        self.turn += 1
        if self.rate > 0:
            self.world.agenda.cause = 0
            self.after(round(self.left / self.rate * SECOND), self._arrive, self.turn)

    def _arrive(self, turn: int) -> None:
        if turn != self.turn:
            return  # the rate has changed since
        self.ask(self._work())
        self.left = self._gap()
        self.since = self.now
        self._plan()

    def _work(self) -> int:
        mean = self.get("demand")
        return mean if self.get("work") == "constant" else round(self.chance("demand").exponential(mean))

    def do_get(self, act: Act, options: Mapping[str, Any]) -> None:
        """One request, besides those that come by themselves."""
        self.ask(options.get("demand", self.get("demand")))

    def ask(self, demand: int) -> None:
        """A request is born, with `demand` ns of work."""
        self._spend()
        self.count += 1
        source = self.chance("sources").between(*self.sources)
        request = Request(self.count, self.now, demand, source, self.id, self.cookies.get(source, ""))
        self.open[request.number] = request
        self.deadlines.add(self.now + self.get("patience"), request)
        if getattr(self._target, "balances", False):
            self.way.carry(request.number, self._target.take, request)

    @property
    def _target(self) -> Any:
        return self.world.devices[self.way.end]

    def _spend(self) -> None:
        window = self.now // BUSY_WINDOW
        self.spent = self.spent + 1 if window == self.window else 1
        self.window = window
        if self.spent > BUSY_BUDGET or self.count >= REQUEST_BUDGET:
            raise Runaway("runaway.requests")

    # what comes of it

    def answered(self, entry: tuple[int, tuple[Request, str]]) -> None:
        """The answer of a server is there."""
        row, (request, server) = entry
        if request.cookie and not request.over:
            self.cookies[request.source] = request.cookie
        self._end(row, request, server, ANSWERED)

    def refused(self, entry: tuple[int, tuple[Request, str]]) -> None:
        """An error came instead of an answer: from the balancer itself, or its silence broken by a reset."""
        row, (request, reason) = entry
        if not request.over and reason == "balancer-refused":
            self.event("request.failed", request=request.number, reason=reason)
        self._end(row, request, "", reason)

    def _give_up(self, request: Request) -> None:
        self.world.agenda.cause = self.way.why()
        self.event("request.failed", request=request.number, reason="no-answer")
        self._end(None, request, "", "no-answer")

    def _end(self, row: int | None, request: Request, server: str, result: str) -> None:
        if request.over or self.failed:
            if row is not None:
                self.world.timeline.crowd.end(row, self.now, "nobody-waits")
            return
        self._note(request, server, result)

    def _note(self, request: Request, server: str, result: str) -> None:
        request.over = True
        del self.open[request.number]
        answers = self.world.timeline.answers.setdefault(self.way.end, Answers(results=[ANSWERED]))
        answers.add(self.now, self.now - request.born, server, result, request.number)


CLIENTS = Kind(
    "clients",
    "Many clients that send requests to a balancer, each a dot.",
    role="machine",
    icon="clients",
    behaviour=Clients,
    fields=(
        Field("target", "thing", "The balancer that they call.", required=True),
        Field("rate", "rate", "Requests per second, on average.", default=100.0, minimum=0, maximum=20_000),
        Field("demand", "duration", "Work in a request, on average: the time that one core needs for it.", "80ms"),
        Field("arrivals", "choice", "How requests follow each other.", "poisson", choices=("poisson", "regular")),
        Field("work", "choice", "How the work varies.", "exponential", choices=("exponential", "constant")),
        Field("sources", "range", "The addresses they come from.", "203.0.113.1-203.0.113.200"),
        Field("patience", "duration", "How long a client waits for an answer.", default="10s"),
    ),
    shows=(Show("rate", "text", "show.rate", longest="clients.rate.longest"),),
    verbs=(
        Verb("get", ("thing",), "The clients send one more request.", example="get clients demand=1s @ 1.9s",
             options=(Field("demand", "duration", "Work in it."),)),
    ),
    events=(Event("request.failed", "A client got no answer.", ("request", "server", "reason", "status")),),
    example="clients: {kind: clients, target: lb, rate: 120/s, demand: 80ms}",
)  # fmt: skip
