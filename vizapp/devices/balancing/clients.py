"""Clients: a crowd that sends requests at random moments, and waits for each answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

from vizapp.devices.balancing import hosting
from vizapp.devices.balancing.absence import NOTICE, Absence
from vizapp.devices.balancing.crossing import Crossing
from vizapp.devices.balancing.gauge import Gauge
from vizapp.devices.balancing.hosted import Hosted
from vizapp.devices.balancing.request import ANSWERED, Deadlines, Request
from vizapp.scene.model import Act
from vizapp.scene.vocabulary import Event, Field, Kind, Show, Verb
from vizapp.sim.agenda import Runaway
from vizapp.sim.timeline import Answers
from vizapp.sim.way import Way

SECOND = 1_000_000_000
BUSY_WINDOW = 100_000_000  # true ns
BUSY_BUDGET = 3_000  # requests born in one window: beyond, the rate means nothing any more
REQUEST_BUDGET = 4_000_000  # requests of a run
RETRANSMISSION = 1 * SECOND  # ns after which a SYN is sent again, then doubled each time (RFC 6298 § 2.1, § 5.5)


@dataclass(slots=True, eq=False)
class Knock:
    """A request that nobody has accepted yet. tries: how often its SYN was sent; wait: ns until the next one."""

    request: Request
    tries: int = 0
    wait: int = RETRANSMISSION

    @property
    def over(self) -> bool:
        return self.request.over or bool(self.request.taken)


class Clients(Hosted):
    """They call a balancer, or an address: then their system finds who has it, and repeats what nobody accepts.

    Chance streams: `arrivals` (when), `demand` (how much work), `sources` (from which address).
    """

    @property
    def program(self) -> str:
        return "clients"

    def begin(self) -> None:
        target: str = self.get("target")
        self.balancer: Any = self.world.devices.get(target)
        self.way: Way | Crossing = self.crossing(target) if self.balancer is None else self.way_to(target)
        self.called = self.way.address if isinstance(self.way, Crossing) else ""
        self._open_answers()
        self.knocks = Deadlines(self, self._knock)
        self.absence = Absence(self)
        first, last = self.get("sources")
        self.sources = (int(ip_address(first)), int(ip_address(last)))
        self.count: int = getattr(self, "count", 0)
        self.failures: int = getattr(self, "failures", 0)
        self.open: dict[int, Request] = {}
        self.cookies: dict[int, str] = {}  # by address, the server that the cookie of that client names
        self.deadlines = Deadlines(self, self._give_up)
        self.window, self.spent = 0, 0
        self.left = self._gap()  # mean gaps still to wait: so that a new rate only stretches what is left
        self.since = self.now
        self.turn: int = getattr(self, "turn", 0)
        self._plan()
        self._say()
        self.gauge = Gauge(self) if self.get("gauge") else None

    def quit(self) -> None:
        for request in list(self.open.values()):
            self._note(request, "", "client-gone")

    crash = quit

    def configure(self, name: str, value: Any) -> None:
        super().configure(name, value)
        if not self.running:
            return  # it is read afresh when they are back
        if name == "rate":
            self.left = max(0.0, self.left - (self.now - self.since) * self.rate / SECOND)
            self.since = self.now
            self._plan()
        self._say()

    def _say(self) -> None:
        self.show("rate", {"words": "clients.rate", "rate": self.rate})
        cores = sum(server.get("cores") or 0 for server in self.servers())
        self.show("busy", self.rate * self.get("demand") / SECOND / cores if cores else 0.0)

    def servers(self) -> list[Any]:
        """Those behind the balancer that they call."""
        first = next(iter(self._balancers()), None)
        return [self.world.devices[name] for name in first.get("servers")] if first is not None else []

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
        if isinstance(self.way, Crossing):
            self._call(request)
        elif getattr(self.balancer, "balances", False):
            self.way.carry(request.number, self.balancer.take, request)

    def _balancers(self) -> list[Any]:
        """Those that may answer: the one that is called, or on a network whoever has the address."""
        if self.balancer is not None:
            return [self.balancer] if getattr(self.balancer, "balances", False) else []
        return [device for device in self.world.devices.values() if getattr(device, "balances", False)]

    # over a network

    def _call(self, request: Request) -> None:
        """Its first SYN leaves; from then on it is looked after until somebody accepts it."""
        route = self.stack.routes.find(self.called) if self.stack is not None else None
        if route is None or route[0].ip is None:
            self.unreachable(request, "no-route")
            return
        request.called = (route[0].ip, self.called)
        self.way.carry(request.number, self.take, request)
        self.knocks.add(self.now + NOTICE, Knock(request))

    def _knock(self, knock: Knock) -> None:
        """Nobody has accepted it so far."""
        now, due = self.now, knock.request.born + RETRANSMISSION
        if not knock.tries:
            knock.tries = 1
            self.absence.unanswered(knock.request)
            self.knocks.add(due, knock)
            return
        knock.tries += 1
        knock.wait *= 2
        self.knocks.add(now + knock.wait, knock)
        self.way.carry(knock.request.number, self.take, knock.request)

    def take(self, entry: tuple[int, Request]) -> None:
        """Clients serve nobody: whoever calls them is refused."""
        self.world.timeline.crowd.end(entry[0], self.now, "connection-refused")

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
        if not request.over:
            self.absence.answered(request, request.taken)
            if request.cookie:
                self.cookies[request.source] = request.cookie
        self._end(row, request, server, ANSWERED)

    def refused(self, entry: tuple[int, tuple[Request, str]]) -> None:
        """An error came instead of an answer: from the balancer itself, or its silence broken by a reset."""
        row, (request, reason) = entry
        if not request.over:
            if reason in ("balancer-refused", "nobody-serves"):
                self.event("request.failed", request=request.number, reason=reason)
            self.absence.unanswered(request, reason)
        self._end(row, request, "", reason)

    def reset(self, entry: tuple[int, Request]) -> None:
        """The machine that was reached has nobody who listens."""
        row, request = entry
        self.refused((row, (request, "nobody-serves")))

    def unreachable(self, arg: Any, reason: str) -> None:
        """Nobody has the address, as ARP says, or there is no way to it."""
        if isinstance(arg, Request) and not arg.over:
            self.event("request.failed", request=arg.number, reason=reason)
            self.absence.unanswered(arg, reason)
            self._end(None, arg, "", reason)

    def _give_up(self, request: Request) -> None:
        taker: Any = self.world.devices.get(request.taken)
        known = request.blame or (taker.blame(request) if taker is not None else self.way.why())
        self.world.agenda.cause = known
        self.event("request.failed", request=request.number, reason="no-answer")
        if not request.taken:
            self.absence.unanswered(request)
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
        if result != ANSWERED:
            self.absence.failed()
        elif self.gauge is not None:
            self.gauge.note(self.now - request.born)
        lasts, answers = self.now - request.born, self.world.timeline.answers
        if self.called:
            self.failures += result != ANSWERED
            self.show("failures", self.failures)
            answers[self.id].add(self.now, lasts, request.taken, result, request.number)
        if not self.called or request.taken:
            served = answers.setdefault(request.taken or self.get("target"), Answers(results=[ANSWERED]))
            served.add(self.now, lasts, server, result, request.number)

    def _open_answers(self) -> None:
        """Of an address, who answers is told too: one of the balancers."""
        if self.called:
            names = [device.id for device in self._balancers()]
            self.world.timeline.answers.setdefault(self.id, Answers(servers=[*names, ""], results=[ANSWERED]))


CLIENTS = Kind(
    "clients",
    "Many clients that send requests to a balancer, each a dot.",
    role="machine",
    icon="clients",
    behaviour=Clients,
    fields=(
        Field("target", "address", "Whom they call: a balancer, or on a network an IP address, whoever has it.",
              required=True),
        Field("rate", "rate", "Requests per second, on average.", default=100.0, minimum=0, maximum=20_000),
        Field("demand", "duration", "Work in a request, on average: the time that one core needs for it.", "80ms"),
        Field("arrivals", "choice", "How requests follow each other.", "poisson", choices=("poisson", "regular")),
        Field("work", "choice", "How the work varies.", "exponential", choices=("exponential", "constant")),
        Field("sources", "range", "The addresses they come from.", "203.0.113.1-203.0.113.200"),
        Field("patience", "duration", "How long a client waits for an answer.", default="10s"),
        Field("gauge", "bool", "Whether the time that they wait is shown, beside what theory expects of one server "
              "(M/M/c).", default=False),
        *hosting.FIELDS,
    ),
    shows=(
        *hosting.SHOWS,
        Show("rate", "text", "show.rate", longest="clients.rate.longest"),
        Show("load", "text", "show.load", given=("gauge",), longest="clients.load.longest"),
        Show("felt", "text", "show.felt", given=("gauge",), longest="clients.felt.longest"),
        Show("expected", "text", "show.expected", given=("gauge",), longest="clients.expected.longest"),
        Show("outage", "text", "show.outage", given=("addressed",), longest="outage.longest"),
        Show("failures", "text", "show.failures", given=("addressed",), longest="8888"),
    ),
    verbs=(
        *hosting.VERBS,
        Verb("get", ("thing",), "The clients send one more request.", example="get clients demand=1s @ 1.9s",
             options=(Field("demand", "duration", "Work in it."),)),
    ),
    events=(
        *hosting.EVENTS,
        Event("request.failed", "A client got no answer.", ("request", "server", "reason", "status")),
        Event("clients.measured", "With `gauge`, once a load has lasted 10 s: how long its requests took (ns), on "
              "average and what 95 % did not exceed (`late`); what theory expects (`expected`, `most`).",
              ("load", "cores", "n", "mean", "late", "expected", "most")),
        Event("outage.began", "Nobody takes the requests any more. since: when the first of them was sent (true ns).",
              ("from", "to", "address", "since")),
        Event("outage.ended", "They are answered again. lasted: ns since that request; lost: those that failed.",
              ("from", "to", "address", "since", "lasted", "lost")),
    ),
    measures_on_network=("rate", "response", "share", "errors"),
    example="clients: {kind: clients, target: lb, rate: 120/s, demand: 80ms}",
)  # fmt: skip
