"""A DNS server: answers from its own records, relays other questions and keeps the answers, as dnsmasq does.

Its bytes are those of dnsmasq 2.90: its own records are authoritative, a kept answer is not, its TTL runs down, and a
relayed answer keeps the bits of the server that gave it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from vizapp.devices.net.nic import Interface
from vizapp.protocols.dns import PORT, Dns
from vizapp.protocols.ipv4 import Ipv4
from vizapp.protocols.udp import Udp, datagram
from vizapp.sim.behaviour import DELIVERED, Verdict, ignored
from vizapp.sim.packet import Packet

if TYPE_CHECKING:
    from vizapp.devices.net.dhcp_server import DhcpServer
    from vizapp.devices.net.stack import Stack

SECOND = 1_000_000_000
SERVE = 200_000  # ns that the server takes over a question: a lab of dnsmasq has 0.1 to 0.5 ms
FORGET = 10 * SECOND  # ns that a relayed question waits for its answer (dnsmasq: TIMEOUT)


@dataclass(frozen=True, slots=True)
class Zone:
    """What a server knows. records: name → address, each for `ttl` s. forward: whom it asks for other names."""

    records: Mapping[str, str] = field(default_factory=dict)
    ttl: int = 0
    forward: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A client's question: what it asked, from where, at which address of ours."""

    message: Dns
    client: str
    port: int
    here: str
    origin: str


class DnsServer:
    """kept: name → (address, true ns until when). relayed: port → (question, id) that wait for another server."""

    def __init__(self, stack: Stack, zone: Zone, dhcp: DhcpServer | None = None) -> None:
        self.stack = stack
        self.zone = zone
        self.dhcp = dhcp  # whose clients' names it knows too
        self.kept: dict[str, tuple[str, int]] = {}
        self.relayed: dict[int, tuple[Question, int, str]] = {}
        self.show()

    def change(self, zone: Zone, dhcp: DhcpServer | None) -> None:
        """Other records from now on; what was kept stays."""
        self.zone, self.dhcp = zone, dhcp
        self.show()

    def datagram(self, interface: Interface, packet: Packet) -> Verdict:
        """A question came to port 53, or an answer to a port from which one was relayed."""
        ip, udp, message = packet.layers[0], packet.layers[1], packet.layers[2]
        assert isinstance(ip, Ipv4)
        assert isinstance(udp, Udp)
        if not isinstance(message, Dns):
            return ignored("no-handler")
        if message.response:
            return self._told(udp.dport, ip.src, message)
        question = Question(message, ip.src, udp.sport, ip.dst, packet.origin)
        self.stack.device.work(SERVE, self._serve, question)
        return DELIVERED

    def _serve(self, question: Question) -> None:
        name = question.message.name.lower()
        address, ttl = self._own(name)
        if address is not None:
            self._answer(question, Dns(name, authoritative=True, answers=(address,), ttl=ttl))
        elif name in self.kept:
            address, until = self.kept[name]
            left = until // SECOND - self.stack.device.now // SECOND  # its clock counts whole seconds
            self._answer(question, Dns(name, answers=(address,), ttl=left), cached=True)
        elif servers := [each for each in self._forward() if each not in self.stack.addresses()]:
            self._relay(question, servers[0])
        else:
            self._answer(question, Dns(name, rcode="NXDOMAIN"))

    def _own(self, name: str) -> tuple[str | None, int]:
        """The address of a name of its own, and for how many seconds: a record, or the name of a DHCP client."""
        if name in self.zone.records:
            return self.zone.records[name], self.zone.ttl
        leases = self.dhcp.pool.leases.values() if self.dhcp is not None else ()
        return next((each.ip for each in leases if each.name == name and not each.offered), None), 0

    def _forward(self) -> tuple[str, ...]:
        return self.zone.forward or self.stack.dns_servers()

    def _answer(self, question: Question, answer: Dns, cached: bool = False) -> None:
        """Send it to the client, with the id and the name of its question."""
        asked = question.message
        answer = replace(answer, name=asked.name, id=asked.id, response=True, recursion_available=True)
        details = {
            "from": self.stack.device.id, "to": question.origin, "name": asked.name, "rcode": answer.rcode,
            "address": next(iter(answer.answers), None), "ttl": answer.ttl, "cached": cached,
        }  # fmt: skip
        self.stack.send(datagram(PORT, question.port, answer), question.client, answer.pill, to=question.origin,
                        src=question.here, notes=(("dns.answer", details),))  # fmt: skip

    # relaying

    def _relay(self, question: Question, server: str) -> None:
        """Ask another server; a question that is repeated is asked again from the same port."""
        port = next((port for port, (each, _, _) in self.relayed.items() if _same(each, question)), None)
        if port is None:
            port = self.stack.udp.open(self)
            ident = self.stack.device.chance("dns-relay").between(0, 0xFFFF)
            self.relayed[port] = (question, ident, server)
            self.stack.device.wait(FORGET, self._give_up, (port, ident))
        _, ident, server = self.relayed[port]
        to = self.stack.owner(server)
        name = question.message.name
        notes = (("dns.relay", {"from": self.stack.device.id, "to": to, "name": name, "address": server}),)
        self.stack.send(datagram(port, PORT, Dns(name, ident)), server, "QUERY", to=to, notes=notes)

    def _give_up(self, entry: tuple[int, int]) -> None:
        port, ident = entry
        if port in self.relayed and self.relayed[port][1] == ident:
            self._close(port)

    def _close(self, port: int) -> None:
        del self.relayed[port]
        self.stack.udp.close(port)

    def _told(self, port: int, server: str, answer: Dns) -> Verdict:
        """Another server answered: pass it on, and keep it while its TTL lasts."""
        question, ident, asked = self.relayed.get(port, (None, 0, ""))
        if question is None or (server, answer.id, answer.name) != (asked, ident, question.message.name):
            return ignored("dns-not-asked")
        self._close(port)
        if answer.answers and answer.ttl:
            self.kept[answer.name.lower()] = (answer.answers[0], self.stack.device.now + answer.ttl * SECOND)
            self.show()
            self.stack.device.wait(answer.ttl * SECOND, self._expire, answer.name.lower())
        self.stack.device.work(SERVE, self._pass_on, (question, answer))
        return DELIVERED

    def _pass_on(self, entry: tuple[Question, Dns]) -> None:
        self._answer(*entry)

    def _expire(self, name: str) -> None:
        if name in self.kept and self.kept[name][1] <= self.stack.device.now:
            del self.kept[name]
            self.show()

    def show(self) -> None:
        """Record what it knows itself, and what it keeps."""
        records = [{"name": name, "ip": ip, "ttl": self.zone.ttl} for name, ip in self.zone.records.items()]
        kept: list[dict[str, Any]] = [
            {"name": name, "ip": ip, "end": {"words": "lease.at", "t": until}}
            for name, (ip, until) in sorted(self.kept.items())
        ]
        self.stack.device.show("dns-records", records)
        self.stack.device.show("dns-cache", kept)


def _same(a: Question, b: Question) -> bool:
    return (a.client, a.port, a.message) == (b.client, b.port, b.message)
