"""A DHCP server: offers addresses of its range, remembers leases (RFC 2131 § 4.3, as dnsmasq does it)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from vizapp.devices.net.leases import OFFERED, Lease, Pool
from vizapp.devices.net.nic import Interface, mask_text
from vizapp.protocols.dhcp import CLIENT_PORT, NO_ADDRESS, SERVER_PORT, Dhcp
from vizapp.protocols.ethernet import BROADCAST
from vizapp.protocols.header import ip_number
from vizapp.protocols.icmp import ECHO, Icmp
from vizapp.protocols.ipv4 import EVERYONE, Ipv4
from vizapp.protocols.udp import datagram
from vizapp.sim.behaviour import DELIVERED, Verdict, ignored
from vizapp.sim.packet import Packet

if TYPE_CHECKING:
    from vizapp.devices.net.link import Note
    from vizapp.devices.net.stack import Stack

SECOND = 1_000_000_000
SERVE = 300_000  # ns that the server takes over a message: the recordings have 0.3 to 0.9 ms
PROBE = 3 * SECOND  # ns that it waits for an answer to its duplicate check (dnsmasq: PING_WAIT)

Question = tuple[Dhcp, str]  # a client's message, and the device that sent it


@dataclass(frozen=True, slots=True)
class Terms:
    """What a server gives: addresses, for how long (ns), and what it says of the network. probe: ping before."""

    first: str
    last: str
    lease: int
    probe: bool = False
    router: str | None = None
    dns: tuple[str, ...] = ()
    reserved: Mapping[str, str] = field(default_factory=dict)  # MAC → address


class DhcpServer:
    """Serves the network of one interface."""

    def __init__(self, stack: Stack, interface: Interface, terms: Terms) -> None:
        self.stack = stack
        self.interface = interface
        self.terms = terms
        self.pool = Pool(ip_number(terms.first), ip_number(terms.last), terms.reserved)
        self.queue: list[Question] = []  # questions that wait while an address is being checked
        self.checking: tuple[Dhcp, str, str, int] | None = None  # message, client, address, id of the echo

    def remember(self, before: DhcpServer) -> None:
        """Started again: it reads the leases that it wrote to its disk."""
        now = self.stack.device.now
        for lease in before.pool.leases.values():
            if lease.until > now and not lease.offered:
                self._keep(lease)

    def change(self, terms: Terms) -> None:
        """Other terms from now on: leases that were given stay, until their clients ask again."""
        self.terms = terms
        self.pool.first, self.pool.last = ip_number(terms.first), ip_number(terms.last)
        self.pool.reserved = terms.reserved

    def datagram(self, interface: Interface, packet: Packet) -> Verdict:
        """Something came to port 67."""
        message = packet.layers[2]
        if not isinstance(message, Dhcp) or message.op != "request":
            return ignored("no-handler")
        if interface is not self.interface:
            return ignored("dhcp-other-network")
        self.stack.device.work(SERVE, self._serve, (message, packet.origin))
        return DELIVERED

    def _serve(self, question: Question) -> None:
        message, client = question
        if self.checking is not None:
            self.queue.append(question)
        elif message.message == "DISCOVER":
            self._discover(message, client)
        elif message.message == "REQUEST":
            self._request(message, client)
        elif message.message == "RELEASE":
            self._forget(message.chaddr)
        elif message.message == "DECLINE":
            self._declined(message, client)

    def _event(self, name: str, client: str | None, **more: Any) -> None:
        self.stack.device.event(name, to=client, **more, **{"from": self.stack.device.id})

    # offering

    def _discover(self, message: Dhcp, client: str) -> None:
        now = self.stack.device.now
        address = self.pool.choose(message.chaddr, message.requested_ip, now, self.stack.addresses())
        if address is None:
            self._event("dhcp.exhausted", client)
            return
        held = self.pool.leases.get(message.chaddr)
        known = held is not None and held.ip == address and not held.offered
        if self.terms.probe and not known and not self.pool.was_checked(address, now):
            self._check(message, client, address)
        else:
            self._offer(message, client, address)

    def _check(self, message: Dhcp, client: str, address: str) -> None:
        """Is somebody using it already? ping it: nobody can even answer the ARP request if not."""
        ident = self.stack.device.chance("probe").between(1, 0xFFFF)
        self.checking = (message, client, address, ident)
        self.stack.icmp.watchers[ident] = self
        self._event("dhcp.checking", client, ip=address, mac=message.chaddr)
        self._show_wait(PROBE)
        self.stack.send((Icmp(ECHO, id=ident),), address, "ECHO", notes=())
        self.stack.device.wait(PROBE, self._silent, ident)

    def echoed(self, ident: int, seq: int, by: str) -> None:
        """The address that is being checked answers: it is in use, so another one is tried."""
        if self.checking is not None and self.checking[3] == ident:
            message, client, address, _ = self._checked()
            self.pool.set_aside(address, self.stack.device.now)
            self._event("dhcp.in-use", client, ip=address, mac=message.chaddr)
            self._discover(message, client)
            self._go_on()

    def _silent(self, ident: int) -> None:
        if self.checking is not None and self.checking[3] == ident:
            message, client, address, _ = self._checked()
            self.pool.checked[address] = self.stack.device.now
            self._offer(message, client, address)
            self._go_on()

    def _checked(self) -> tuple[Dhcp, str, str, int]:
        assert self.checking is not None
        checking, self.checking = self.checking, None
        del self.stack.icmp.watchers[checking[3]]
        self._show_wait(None)
        return checking

    def _show_wait(self, lasts: int | None) -> None:
        """Record that it waits for so many ns from now on."""
        self.stack.device.show("dhcp-check", lasts)

    def _go_on(self) -> None:
        waiting, self.queue = self.queue, []
        for question in waiting:
            self._serve(question)

    def _offer(self, message: Dhcp, client: str, address: str) -> None:
        held = self.pool.leases.get(message.chaddr)
        if held is None or held.offered or held.ip != address:
            self._keep(Lease(address, message.chaddr, self.stack.device.now + OFFERED, True, message.hostname))
        self._answer(message, "OFFER", address, client, "dhcp.offer")

    # leasing

    def _request(self, message: Dhcp, client: str) -> None:
        mac = message.chaddr
        if message.server_id is not None and message.server_id != self.interface.ip:
            self._withdraw(mac, client)
            return
        wanted = message.requested_ip or message.ciaddr
        if not self.pool.may_have(mac, wanted, self.stack.device.now, self.stack.addresses()):
            self._forget(mac)
            self._refuse(message, client)
            return
        self._keep(Lease(wanted, mac, self.stack.device.now + self.terms.lease, False, message.hostname))
        self._answer(message, "ACK", wanted, client, "dhcp.ack")

    def _withdraw(self, mac: str, client: str) -> None:
        """The client took another server's offer: this one's address is free again."""
        held = self.pool.leases.get(mac)
        if held is not None and held.offered:
            self._forget(mac)
            self._event("dhcp.withdrawn", client, ip=held.ip, mac=mac)

    def _declined(self, message: Dhcp, client: str) -> None:
        """The client found somebody who uses the address that it was given (RFC 2131 § 4.3.3)."""
        address = message.requested_ip
        if message.server_id == self.interface.ip and address is not None:
            self.pool.set_aside(address, self.stack.device.now)
            self.show()
            self._event("dhcp.in-use", client, ip=address, mac=message.chaddr)

    def _keep(self, lease: Lease) -> None:
        self.pool.leases[lease.mac] = lease
        self.show()
        self.stack.device.wait(lease.until - self.stack.device.now, self._expire, lease.mac)

    def _expire(self, mac: str) -> None:
        lease = self.pool.leases.get(mac)
        if lease is not None and lease.until <= self.stack.device.now:
            self._forget(mac)

    def _forget(self, mac: str) -> None:
        if self.pool.leases.pop(mac, None) is not None:
            self.show()

    # answering

    def _answer(self, message: Dhcp, kind: str, address: str, client: str, event: str) -> None:
        terms, seconds = self.terms, self.terms.lease // SECOND
        network = self.interface.network
        answer = Dhcp(
            kind, "reply", message.chaddr, message.broadcast_flag, message.ciaddr, address,
            siaddr=self.interface.ip or NO_ADDRESS, xid=message.xid, server_id=self.interface.ip, lease_s=seconds,
            t1_s=seconds // 2, t2_s=seconds * 7 // 8, subnet_mask=mask_text(self.interface.bits),
            broadcast_address=network.broadcast if network else None, router=terms.router, dns=terms.dns or None,
            hostname=message.hostname if kind == "ACK" else None,
        )  # fmt: skip
        self._send(message, answer, address, client, event)

    def _refuse(self, message: Dhcp, client: str) -> None:
        """A refusal always goes to all (RFC 2131 § 4.1)."""
        answer = Dhcp("NAK", "reply", message.chaddr, True, xid=message.xid, server_id=self.interface.ip)
        wanted = message.requested_ip or message.ciaddr
        self._raw(answer, EVERYONE, BROADCAST, client, "dhcp.nak", wanted)

    def _send(self, message: Dhcp, answer: Dhcp, address: str, client: str, event: str) -> None:
        """To a client with an address: to that. Else by broadcast if it asks so, or straight to its MAC, which the
        server writes into its own ARP cache (RFC 2131 § 4.1)."""
        if message.ciaddr != NO_ADDRESS:
            notes = (self._note(event, answer, client, address, broadcast=False),)
            self.stack.send(datagram(SERVER_PORT, CLIENT_PORT, answer), message.ciaddr, answer.message, to=client,
                            notes=notes)  # fmt: skip
        elif answer.broadcast_flag:
            self._raw(answer, EVERYONE, BROADCAST, client, event, address)
        else:
            self.stack.arp.learn(self.interface, address, answer.chaddr, client)
            self._raw(answer, address, answer.chaddr, client, event, address)

    def _raw(self, answer: Dhcp, dst: str, mac: str, client: str, event: str, address: str) -> None:
        notes = (self._note(event, answer, client, address, broadcast=mac == BROADCAST),)
        ip = Ipv4(self.interface.ip or NO_ADDRESS, dst, "udp")
        layers = (ip, *datagram(SERVER_PORT, CLIENT_PORT, answer))
        self.stack.send_raw(self.interface, mac, layers, answer.message, client, notes)

    def _note(self, event: str, answer: Dhcp, client: str, address: str, *, broadcast: bool) -> Note:
        ends = {"from": self.stack.device.id, "to": client}
        return event, {**ends, "ip": address, "mac": answer.chaddr, "broadcast": broadcast}

    def show(self) -> None:
        """Record what is offered and leased."""
        self.stack.device.show("leases", self.pool.rows(self.terms.lease))
