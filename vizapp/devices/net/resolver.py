"""The resolver of a machine: asks DNS servers for the address of a name, as glibc does (resolv.conf(5)).

It asks for the A record alone (as `ping -4` does), each server in turn, waits 5 s for each, and goes round twice. It
keeps nothing: the next program that needs the name asks again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from vizapp.devices.net.nic import Interface
from vizapp.protocols.dns import PORT, Dns
from vizapp.protocols.ipv4 import Ipv4
from vizapp.protocols.udp import Udp, datagram
from vizapp.sim.behaviour import DELIVERED, Verdict, ignored
from vizapp.sim.packet import Packet

if TYPE_CHECKING:
    from vizapp.devices.net.stack import Stack

TIMEOUT = 5_000_000_000  # ns (RES_TIMEOUT)
ROUNDS = 2  # RES_DFLRETRY
MOST = 3  # servers (MAXNS)

Then = Callable[["Found"], None]


@dataclass(frozen=True, slots=True)
class Found:
    """What came of it. address: None when there is none, for that reason. arg: what the one who asked wants back."""

    name: str
    address: str | None
    reason: str | None
    arg: Any = None


@dataclass(slots=True)
class Asking:
    """A name asked for, and what is done then. tries: questions sent. ports: server → the port it is asked from."""

    name: str
    servers: tuple[str, ...]
    ident: int
    since: int
    then: Then
    arg: Any
    tries: int = 0
    ports: dict[str, int] = field(default_factory=dict)

    @property
    def server(self) -> str:
        return self.servers[self.tries % len(self.servers)]


class Resolver:
    """waiting: port → the question asked from it, and of whom."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.waiting: dict[int, tuple[Asking, str]] = {}

    def ask(self, name: str, servers: tuple[str, ...], then: Then, arg: Any = None) -> None:
        """Find the address of `name`, then call `then`."""
        device = self.stack.device
        asking = Asking(name, servers[:MOST], device.chance("dns").between(0, 0xFFFF), device.now, then, arg)
        if servers:
            self._send(asking)
        else:
            self._fail(asking, "no-resolver", None)

    def _send(self, asking: Asking) -> None:
        server = asking.server
        if server not in asking.ports:
            asking.ports[server] = self.stack.udp.open(self)
            self.waiting[asking.ports[server]] = (asking, server)
        to = self.stack.owner(server)
        details = {"from": self.stack.device.id, "to": to, "name": asking.name, "address": server}
        layers = datagram(asking.ports[server], PORT, Dns(asking.name, asking.ident))
        notes = (("dns.query", {**details, "n": asking.tries + 1}),)
        reason = self.stack.send(layers, server, "QUERY", to=to, notes=notes)
        if reason is not None:
            self._go_on(asking, reason)
        else:
            self.stack.device.wait(TIMEOUT, self._late, (asking, asking.tries))

    def _late(self, entry: tuple[Asking, int]) -> None:
        asking, tries = entry
        if asking.ports and asking.tries == tries:
            self._go_on(asking, "dns-timeout")

    def _go_on(self, asking: Asking, reason: str) -> None:
        """That server gave no answer: ask the next one, or the first one again."""
        server = asking.server
        asking.tries += 1
        if reason != "dns-timeout":  # an error closes the socket
            self._close(asking, server)
        if asking.tries >= ROUNDS * len(asking.servers):
            self._fail(asking, reason, server)
        else:
            self._send(asking)

    def _close(self, asking: Asking, server: str) -> None:
        port = asking.ports.pop(server, None)
        if port is not None:
            self.waiting.pop(port, None)
            self.stack.udp.close(port)

    def datagram(self, interface: Interface, packet: Packet) -> Verdict:
        """A datagram came to one of the ports from which it asked."""
        ip, udp, message = packet.layers[0], packet.layers[1], packet.layers[2]
        assert isinstance(ip, Ipv4)
        assert isinstance(udp, Udp)
        entry = self.waiting.get(udp.dport)
        if entry is None or not isinstance(message, Dns) or not message.response:
            return ignored("dns-not-asked")
        asking, server = entry
        if (ip.src, udp.sport, message.id, message.name) != (server, PORT, asking.ident, asking.name):
            return ignored("dns-not-asked")
        if message.rcode in ("NOERROR", "NXDOMAIN"):
            self._answered(asking, message, server)
        elif server == asking.server:
            self._go_on(asking, "dns-refused" if message.rcode == "REFUSED" else "dns-error")
        return DELIVERED

    def unreachable(self, port: int, reason: str) -> None:
        """A question asked from that port did not arrive."""
        entry = self.waiting.get(port)
        if entry is not None and entry[1] == entry[0].server:
            self._go_on(entry[0], "dns-closed" if reason == "port-unreachable" else reason)

    def _answered(self, asking: Asking, answer: Dns, server: str) -> None:
        if not answer.answers:
            self._fail(asking, "no-such-name", server)
            return
        address = answer.answers[0]
        self._tell(asking, "dns.resolved", server, address=address, ttl=answer.ttl)
        self._done(asking, Found(asking.name, address, None, asking.arg))

    def _fail(self, asking: Asking, reason: str, server: str | None) -> None:
        self._tell(asking, "dns.failed", server, reason=reason)
        self._done(asking, Found(asking.name, None, reason, asking.arg))

    def _done(self, asking: Asking, found: Found) -> None:
        for server in tuple(asking.ports):
            self._close(asking, server)
        asking.then(found)

    def _tell(self, asking: Asking, event: str, server: str | None, **more: Any) -> None:
        device = self.stack.device
        to = self.stack.owner(server) if server else None
        device.event(event, name=asking.name, server=server, time=device.now - asking.since, **more,
                     **{"from": device.id, "to": to})  # fmt: skip
