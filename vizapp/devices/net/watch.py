"""The watch of a service: one request after another, as `ping -i 0.1` sends them, to see for how long it is away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vizapp.devices.net.connection import Connection
from vizapp.devices.net.web import EPHEMERAL, THINK
from vizapp.protocols.header import Message
from vizapp.protocols.http import Http
from vizapp.protocols.icmp import ECHO, Icmp
from vizapp.sim.timeline import Answers

if TYPE_CHECKING:
    from vizapp.devices.net.programs import Target
    from vizapp.devices.net.stack import Stack

INTERVAL = 100_000_000  # ns from one request to the next, unless the act says otherwise
PATIENCE = 200_000_000  # ns within which an answer counts, or an interval where that is longer
ANSWERED, LOST = "answered", "no-answer"  # what comes of a request, as `Answers` keeps it


@dataclass(frozen=True, slots=True)
class Plan:
    """What to watch. address: where to; name: by which it was asked for; by: `ping` or `http`. Times in ns."""

    address: str
    to: str | None
    port: int | None
    name: str | None
    by: str
    interval: int
    patience: int

    @classmethod
    def of(cls, at: Target, options: Mapping[str, Any]) -> Plan:
        """What an act asks for."""
        interval = options.get("interval", INTERVAL)
        patience = options.get("timeout", max(interval, PATIENCE))
        return cls(at.address, at.to, at.port, at.name, options.get("by", "ping"), interval, patience)


class Watch:
    """Sends until it is stopped. The service is away once a request was not answered in time and no later one was; what
    is measured begins with the sending of that request, and ends when an answer comes."""

    def __init__(self, stack: Stack, plan: Plan) -> None:
        self.stack = stack
        self.plan = plan
        self.probe: Pings | Pages = Pings(self) if plan.by == "ping" else Pages(self)
        self.waiting: dict[int, int] = {}  # requests without an answer yet: number → true ns of sending
        self.count = 0
        self.newest = 0  # the latest request that was answered; 0: none ever
        self.away: tuple[int, int] | None = None  # the first request that was lost, and when it was sent
        self.over = False
        answers = self.device.world.timeline.answers
        self.answers = answers.setdefault(self.device.id, Answers(results=[ANSWERED, LOST]))
        self.device.show("watching", True)
        self._say("watch", "watch.waiting")
        self._next(None)

    @property
    def device(self) -> Any:
        return self.stack.device

    def stop(self) -> None:
        """Nothing more is sent, and nothing more awaited."""
        self.over = True
        self.waiting.clear()
        self.device.show("watching", False)
        self.device.show("watch", None)
        self.device.show("outage", None)

    def _next(self, _: None) -> None:
        if self.over:
            return
        self.device.of_itself()
        self.count += 1
        self.waiting[self.count] = self.device.now
        self.device.after(self.plan.patience, self._late, self.count)
        self.device.after(self.plan.interval, self._next)
        self.probe.send(self.count)

    # what comes of a request

    def answered(self, number: int, by: str) -> None:
        """The answer to that request is there; by: the device that sent it."""
        sent = self.waiting.pop(number, None)
        if sent is None:
            return  # too late
        now = self.device.now
        self.answers.add(now, now - sent, by, ANSWERED, number)
        self.newest = max(self.newest, number)
        if self.away is not None and number > self.away[0]:
            self._back(number, by)
        self._say("watch", "watch.by", device=self._label(by))

    def _late(self, number: int) -> None:
        sent = self.waiting.pop(number, None)
        if sent is None:
            return
        now = self.device.now
        self.answers.add(now, now - sent, "", LOST, number)
        if not self.newest or number < self.newest:
            return  # it was never there yet, or has answered since
        if self.away is None:
            self.away = (number, sent)
            self.device.world.agenda.cause = self.probe.trace(number, sent)
            self.device.event("outage.began", since=sent, **self._ends(self.plan.to))
        self._say("watch", "watch.silent")
        self._say("outage", "outage.now", lasts=now - self.away[1], tone="bad")

    def _back(self, number: int, by: str) -> None:
        assert self.away is not None
        (first, since), self.away = self.away, None
        lasted, lost = self.device.now - since, number - first
        self.device.event("outage.ended", since=since, lasted=lasted, lost=lost, **self._ends(by))
        self._say("outage", "outage.was", lasted=lasted)

    # how it is told

    def _ends(self, to: str | None) -> dict[str, Any]:
        named = {"name": self.plan.name} if self.plan.name else {}
        return {"from": self.device.id, "to": to, "address": self.plan.address, **named}

    def _label(self, device: str) -> Any:
        thing = self.device.world.scene.things.get(device)
        return (thing.label if thing else None) or device

    def _say(self, field: str, words: str, **values: Any) -> None:
        self.device.show(field, {"words": words, **values})


class Pings:
    """Echo requests. They are many and alike, so no event tells of each."""

    def __init__(self, watch: Watch) -> None:
        self.watch = watch
        self.ident = watch.device.chance("watch").between(1, 0xFFFF)
        watch.stack.icmp.watchers[self.ident] = self

    def send(self, number: int) -> None:
        plan, echo = self.watch.plan, Icmp(ECHO, id=self.ident, seq=number & 0xFFFF)
        self.watch.stack.send((echo,), plan.address, "ECHO", to=plan.to, quiet=True,
                              confirms=self.watch.newest == number - 1)  # fmt: skip

    def echoed(self, ident: int, seq: int, by: str) -> None:
        """An echo came back: that of the latest request with this number."""
        number = self.watch.count - (self.watch.count - seq) % 0x10000
        self.watch.answered(number, by)

    def trace(self, number: int, sent: int) -> int:
        """The last that was seen of a request, as the id of a flight; 0 when it never left."""
        for flight in reversed(self.watch.device.world.timeline.flights):
            if flight.departs < sent:
                return 0
            headers = flight.packet.headers().get("icmp", {})
            if headers.get("id") == self.ident and headers.get("seq") == number & 0xFFFF:
                return int(flight.id)
        return 0


class Pages:
    """Web pages, each by a connection of its own: the events of TCP and HTTP tell of them."""

    def __init__(self, watch: Watch) -> None:
        self.watch = watch

    def send(self, number: int) -> None:
        watch, plan = self.watch, self.watch.plan
        port = watch.device.chance("ports").between(*EPHEMERAL)
        task: dict[str, Any] = {"number": number}
        watch.stack.tcp.open(plan.address, plan.port or 80, self, port, plan.to, task)
        if "connection" in task:
            watch.device.after(plan.patience, self._impatient, task["connection"])

    def _impatient(self, connection: Connection) -> None:
        if connection.task["number"] and connection.state != "TIME-WAIT":
            self.watch.stack.tcp.give_up(connection)

    def opened(self, connection: Connection) -> None:
        self.watch.stack.tcp.send(connection, "PA", Http("GET", "/"))

    def data(self, connection: Connection, message: Message | None) -> None:
        """A page counts whatever it says, an error does not."""
        if connection.task["number"] and isinstance(message, Http) and message.status == 200:
            self.watch.answered(connection.task["number"], connection.peer or connection.remote)
            connection.task["number"] = 0

    def finished(self, connection: Connection) -> None:
        self.watch.device.after(THINK, self.watch.stack.tcp.close, connection)

    def closed(self, connection: Connection) -> None:
        """The exchange is over."""

    def failed(self, connection: Connection, reason: str) -> None:
        """No answer will come: the watch finds that out by itself."""

    def trace(self, number: int, sent: int) -> int:
        """What is known of a page that did not come is told by its own events."""
        return 0
