"""The web on top of TCP: a service that answers and closes, a caller that asks; also plain connections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vizapp.devices.net.connection import Connection
from vizapp.protocols.header import Message
from vizapp.protocols.http import Http

if TYPE_CHECKING:
    from vizapp.devices.net.stack import Stack

THINK = 20_000_000  # ns that a program takes to react: the recordings have 20 ms at every turn
EPHEMERAL = (32768, 60999)  # Linux: ip_local_port_range
REFUSALS = ("refused", "timeout")  # outcomes of a call with a name of their own; others are `unreachable`


class Service:
    """Answers a request with `body`, then closes first, as HTTP/1.0 servers do."""

    def __init__(self, stack: Stack, body: str) -> None:
        self.stack = stack
        self.body = body

    def opened(self, connection: Connection) -> None:
        """The caller speaks first."""

    def data(self, connection: Connection, message: Message | None) -> None:
        self.stack.device.work(THINK, self._answer, (connection, 200 if isinstance(message, Http) else 400))

    def _answer(self, entry: tuple[Connection, int]) -> None:
        connection, status = entry
        details = {"from": self.stack.device.id, "to": connection.to, "status": status}
        answer = Http(status=status, body=self.body if status == 200 else "")
        self.stack.tcp.send(connection, "PA", answer, notes=(("http.response", details),))
        self.stack.device.work(THINK, self.stack.tcp.close, connection)

    def finished(self, connection: Connection) -> None:
        self.stack.device.work(THINK, self.stack.tcp.close, connection)

    def closed(self, connection: Connection) -> None:
        """Nothing is left to do."""

    def failed(self, connection: Connection, reason: str) -> None:
        """The caller is gone."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call to make: address and port, the device meant, patience in ns; `path` None: only connect."""

    address: str
    dport: int
    to: str | None
    port: int | None
    timeout: int
    think: int = THINK
    path: str | None = None
    name: str | None = None  # by which the address was found


class Caller:
    """The program that calls: `http` sends a request and reads the answer, `connect` only opens."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack

    def call(self, call: Call, reason: str | None = None) -> None:
        """Open the connection; what comes of it is told by events. reason: why there is no address to call."""
        device = self.stack.device
        port = call.port or device.chance("ports").between(*EPHEMERAL)
        details = {"from": device.id, "to": call.to, "address": call.address, "port": call.dport, "sport": port}
        details |= {"name": call.name} if call.name else {}
        task = {"call": call, "details": details, "since": device.now, "answered": False}
        reason = reason or self.stack.tcp.open(call.address, call.dport, self, port, call.to, task)
        if reason is not None:
            self._report(task, reason)
            return
        device.wait(call.timeout, self._impatient, task["connection"])

    def _impatient(self, connection: Connection) -> None:
        """The caller's patience is over: unless it has its answer, it gives up."""
        task = connection.task
        wants = task["call"].path is not None and not task["answered"]
        if connection.state == "SYN-SENT" or (wants and connection.state != "TIME-WAIT"):
            self.stack.tcp.give_up(connection)

    def opened(self, connection: Connection) -> None:
        task = connection.task
        call: Call = task["call"]
        device = self.stack.device
        device.event("connection.opened", **task["details"], time=device.now - task["since"])
        if call.path is not None:
            device.work(call.think, self._request, connection)

    def _request(self, connection: Connection) -> None:
        if connection.state != "ESTABLISHED" or connection.task["answered"]:
            return
        call: Call = connection.task["call"]
        details = {**connection.task["details"], "method": "GET", "path": call.path}
        self.stack.tcp.send(connection, "PA", Http("GET", call.path), notes=(("http.request", details),))

    def data(self, connection: Connection, message: Message | None) -> None:
        task = connection.task
        if task["answered"]:
            return
        task["answered"] = True
        if not isinstance(message, Http) or message.status is None:
            self._report(task, "other-service", opened=True)
            self.stack.device.work(THINK, self.stack.tcp.close, connection)
            return
        device = self.stack.device
        device.event("http.answered", **task["details"], status=message.status, body=message.body,
                     time=device.now - task["since"])  # fmt: skip

    def finished(self, connection: Connection) -> None:
        self.stack.device.work(THINK, self.stack.tcp.close, connection)

    def closed(self, connection: Connection) -> None:
        """The exchange is over; its answer was told when it came, if one came."""
        if connection.task["call"].path is not None and not connection.task["answered"]:
            self._report(connection.task, "closed-unanswered", opened=True)

    def failed(self, connection: Connection, reason: str) -> None:
        if not connection.task["answered"]:
            self._report(connection.task, reason, opened=connection.state != "SYN-SENT")

    def _report(self, task: dict[str, Any], reason: str, opened: bool = False) -> None:
        device = self.stack.device
        details = {**task["details"], "reason": reason, "time": device.now - task["since"]}
        if not opened:
            device.event(f"connection.{reason if reason in REFUSALS else 'unreachable'}", **details)
        if task["call"].path is not None:
            device.event("http.failed", **details)
