"""The programs with which a person takes another machine in hand: SSH, Remote Desktop, VNC."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vizapp.devices.net.connection import Connection
from vizapp.devices.net.web import EPHEMERAL, REFUSALS, THINK
from vizapp.protocols import rdp
from vizapp.protocols.header import Message
from vizapp.protocols.rdp import Rdp
from vizapp.protocols.ssh import Ssh
from vizapp.protocols.vnc import Vnc

if TYPE_CHECKING:
    from vizapp.devices.net.stack import Stack


@dataclass(frozen=True, slots=True)
class Visit:
    """A session to open: protocol, address and port, the device meant, patience in ns."""

    protocol: str
    address: str
    dport: int
    to: str | None
    port: int | None
    timeout: int
    name: str | None = None


# what the caller says to what it hears: None when it is in
STEPS: dict[str, dict[Message, Message | None]] = {
    "ssh": {},
    "rdp": {Rdp(True, rdp.STANDARD): None, Rdp(True, rdp.TLS): None},
    "vnc": {Vnc("version"): Vnc("version"), Vnc("security"): Vnc("choice"), Vnc("result"): None},
}
FIRST: dict[str, Message | None] = {"ssh": Ssh(), "rdp": Rdp(), "vnc": None}


class Visitor:
    """The program with which a person takes another machine in hand."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack

    def visit(self, visit: Visit, reason: str | None = None) -> None:
        """Open the session; what comes of it is told by events. reason: why there is no address to call."""
        device = self.stack.device
        port = visit.port or device.chance("ports").between(*EPHEMERAL)
        details = {"from": device.id, "to": visit.to, "address": visit.address, "port": visit.dport, "sport": port}
        details |= {"name": visit.name} if visit.name else {}
        task = {"visit": visit, "details": details, "since": device.now, "in": False}
        reason = reason or self.stack.tcp.open(visit.address, visit.dport, self, port, visit.to, task)
        if reason is None:
            device.wait(visit.timeout, self._impatient, task["connection"])
        else:
            self._report(task, reason)

    def _impatient(self, connection: Connection) -> None:
        if not connection.task["in"]:
            self.stack.tcp.give_up(connection)

    def opened(self, connection: Connection) -> None:
        task, device = connection.task, self.stack.device
        device.event("connection.opened", **task["details"], time=device.now - task["since"])
        first = FIRST[task["visit"].protocol]
        if first is not None:
            self.stack.tcp.send(connection, "PA", first)

    def data(self, connection: Connection, message: Message | None) -> None:
        protocol = connection.task["visit"].protocol
        steps = STEPS[protocol]
        if message is not None and message in steps:
            answer = steps[message]
            if answer is not None:
                self.stack.device.work(THINK, self._answer, (connection, answer))
                return
        elif not (protocol == "ssh" and isinstance(message, Ssh)):
            self._leave(connection, "other-service")
            return
        self._in(connection)

    def _answer(self, entry: tuple[Connection, Message]) -> None:
        connection, message = entry
        if connection.state == "ESTABLISHED":
            self.stack.tcp.send(connection, "PA", message)

    def _in(self, connection: Connection) -> None:
        task, device = connection.task, self.stack.device
        if not task["in"]:
            task["in"] = True
            device.event(f"{task['visit'].protocol}.connected", **task["details"], time=device.now - task["since"])

    def _leave(self, connection: Connection, reason: str) -> None:
        """Something else answers there."""
        task = connection.task
        if not task["in"]:
            task["in"] = True
            self._report(task, reason, opened=True)
        self.stack.device.work(THINK, self.stack.tcp.close, connection)

    def finished(self, connection: Connection) -> None:
        """The other side closes: so does this one."""
        if not connection.task["in"]:
            self._leave(connection, "closed-unanswered")
            return
        self.stack.device.work(THINK, self.stack.tcp.close, connection)

    def closed(self, connection: Connection) -> None:
        """The session is over."""

    def failed(self, connection: Connection, reason: str) -> None:
        task = connection.task
        if not task["in"]:
            self._report(task, reason, opened=connection.state != "SYN-SENT")

    def _report(self, task: dict[str, Any], reason: str, opened: bool = False) -> None:
        device = self.stack.device
        details = {**task["details"], "reason": reason, "time": device.now - task["since"]}
        if not opened:
            device.event(f"connection.{reason if reason in REFUSALS else 'unreachable'}", **details)
        device.event(f"{task['visit'].protocol}.failed", **details)
