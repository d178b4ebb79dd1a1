"""The DHCP client of a machine: ask, choose, take, renew, give back (RFC 2131 § 4.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vizapp.devices.net.nic import Interface, Network
from vizapp.devices.net.routes import Route
from vizapp.protocols.dhcp import CLIENT_PORT, NO_ADDRESS, SERVER_PORT, SIZE, Dhcp
from vizapp.protocols.ethernet import BROADCAST
from vizapp.protocols.header import ip_number
from vizapp.protocols.ipv4 import EVERYONE, Ipv4
from vizapp.protocols.udp import Udp
from vizapp.sim.behaviour import DELIVERED, Verdict, ignored
from vizapp.sim.packet import Packet

if TYPE_CHECKING:
    from vizapp.devices.net.stack import Note, Stack

SECOND = 1_000_000_000
CHOOSE = 24_000_000  # ns from the first OFFER to the REQUEST: the recorded client takes 22 to 48 ms
FIRST_RETRY, LAST_RETRY = 4, 64  # s, doubled each time, ± 1 s (RFC 2131 § 4.1)
RELEASED = 100_000_000  # ns: the client keeps the address until its RELEASE, and ARP for it, surely left
WISHES: dict[str, Any] = {"parameter_list": (1, 3, 6, 12, 15, 28, 42), "max_message_size": 576}  # of busybox's client


class DhcpClient:
    """One per interface. state: INIT, SELECTING, REQUESTING, BOUND, RENEWING."""

    def __init__(self, stack: Stack, interface: Interface, *, broadcast: bool = False, retry: int | None) -> None:
        self.stack = stack
        self.interface = interface
        self.broadcast = broadcast
        self.retry = retry
        self.state = "INIT"
        self.xid = 0
        self.offer: Dhcp | None = None
        self.lease: Dhcp | None = None
        self.server: str | None = None  # the device that gave the lease
        self.round = 0  # rises with each exchange: what was planned before is void

    # asking

    def discover(self) -> None:
        """Ask anybody for an address."""
        self.round += 1
        self.state = "SELECTING"
        self.offer = None
        self.xid = self.stack.device.chance("dhcp").between(1, 0xFFFFFFFF)
        self._discover((self.round, FIRST_RETRY))

    def _discover(self, entry: tuple[int, int]) -> None:
        number, wait = entry
        if number != self.round or self.state != "SELECTING" or self.offer is not None:
            return
        self._broadcast(self._message("DISCOVER"), "dhcp.discover")
        delay = self.retry
        if delay is None:
            fuzz = self.stack.device.chance("dhcp-retry").between(-SECOND, SECOND)
            delay = wait * SECOND + fuzz
        self.stack.device.after(delay, self._discover, (number, min(wait * 2, LAST_RETRY)))

    def _message(self, message: str, **more: Any) -> Dhcp:
        return Dhcp(message, "request", self.interface.mac, self.broadcast, xid=self.xid, **WISHES, **more)

    def _note(self, name: str, message: Dhcp, to: str | None = None, **more: Any) -> Note:
        return name, {"from": self.stack.device.id, "to": to, "mac": message.chaddr, **more}

    def _broadcast(self, message: Dhcp, event: str, **more: Any) -> None:
        layers = (Ipv4(NO_ADDRESS, EVERYONE, "udp"), Udp(CLIENT_PORT, SERVER_PORT, SIZE), message)
        notes = (self._note(event, message, broadcast=True, **more),)
        self.stack.send_raw(self.interface, BROADCAST, layers, message.message, None, notes)

    # answers

    def datagram(self, interface: Interface, packet: Packet) -> Verdict:
        """Something came to port 68."""
        message = packet.layers[2]
        if not isinstance(message, Dhcp) or message.chaddr != self.interface.mac or message.xid != self.xid:
            return ignored("dhcp-not-for-me")
        if message.message == "OFFER" and self.state == "SELECTING" and self.offer is None:
            self.offer = message
            self.stack.device.after(CHOOSE, self._choose, (self.round, FIRST_RETRY))
            return DELIVERED
        if message.message == "ACK" and self.state in ("REQUESTING", "RENEWING"):
            self._bind(message, packet.origin)
            return DELIVERED
        if message.message == "NAK" and self.state in ("REQUESTING", "RENEWING"):
            self._lose()
            self.discover()
            return DELIVERED
        return ignored("dhcp-too-late")

    def _choose(self, entry: tuple[int, int]) -> None:
        """Take the first offer; say so to all, so that other servers take theirs back."""
        number, wait = entry
        if number != self.round or self.offer is None or self.state not in ("SELECTING", "REQUESTING"):
            return
        self.state = "REQUESTING"
        offer = self.offer
        message = self._message("REQUEST", server_id=offer.server_id, requested_ip=offer.yiaddr)
        self._broadcast(message, "dhcp.request", ip=offer.yiaddr)
        if wait > LAST_RETRY:
            self.discover()  # the server went silent
        else:
            self.stack.device.after(self.retry or wait * SECOND, self._choose, (number, wait * 2))

    def _bind(self, ack: Dhcp, server: str) -> None:
        self.round += 1
        self.state = "BOUND"
        self.lease, self.server = ack, server
        stack, name = self.stack, self.interface.name
        bits = ip_number(ack.subnet_mask).bit_count() if ack.subnet_mask else 24
        stack.routes.remove_of(name)
        if ack.router:
            stack.routes.add(Route(Network(0, 0), ack.router, name))
        stack.configure(name, ack.yiaddr, bits)
        stack.device.event(
            "dhcp.bound", ip=ack.yiaddr, lease_s=ack.lease_s, t1_s=ack.t1_s, t2_s=ack.t2_s, router=ack.router,
            **{"from": stack.device.id, "to": server},
        )  # fmt: skip
        if ack.t1_s and ack.t2_s and ack.lease_s:
            stack.device.after(ack.t1_s * SECOND, self._renew_now, self.round)
            stack.device.after(ack.t2_s * SECOND, self._rebind, self.round)
            stack.device.after(ack.lease_s * SECOND, self._expire, self.round)

    # later

    def renew(self) -> None:
        """Ask the server of the lease for more time, directly (RFC 2131 § 4.4.5: at T1, or when told to)."""
        lease = self.lease
        if lease is None or lease.server_id is None or self.interface.ip is None:
            self.discover()
            return
        self.state = "RENEWING"
        message = self._message("REQUEST", ciaddr=self.interface.ip)
        notes = (self._note("dhcp.request", message, self.server, broadcast=False, ip=self.interface.ip),)
        layers = (Udp(CLIENT_PORT, SERVER_PORT, SIZE), message)
        self.stack.send(layers, lease.server_id, "REQUEST", to=self.server, notes=notes)

    def _renew_now(self, number: int) -> None:
        if number == self.round:
            self.renew()

    def _rebind(self, number: int) -> None:
        """T2: the server did not answer; ask any other, by broadcast."""
        if number == self.round and self.interface.ip is not None:
            message = self._message("REQUEST", ciaddr=self.interface.ip)
            layers = (Ipv4(self.interface.ip, EVERYONE, "udp"), Udp(CLIENT_PORT, SERVER_PORT, SIZE), message)
            notes = (self._note("dhcp.request", message, broadcast=True, ip=self.interface.ip),)
            self.state = "RENEWING"
            self.stack.send_raw(self.interface, BROADCAST, layers, "REQUEST", None, notes)

    def _expire(self, number: int) -> None:
        if number == self.round:
            self.stack.device.event("dhcp.expired", ip=self.interface.ip, **{"from": self.stack.device.id})
            self._lose()
            self.discover()

    def release(self) -> bool:
        """Give the address back; whether there was one."""
        lease = self.lease
        if lease is None or lease.server_id is None or self.interface.ip is None:
            return False
        message = Dhcp("RELEASE", "request", self.interface.mac, self.broadcast, ciaddr=self.interface.ip, xid=self.xid,
                       server_id=lease.server_id)  # fmt: skip
        note = self._note("dhcp.release", message, self.server, ip=self.interface.ip)
        layers = (Udp(CLIENT_PORT, SERVER_PORT, SIZE), message)
        self.stack.send(layers, lease.server_id, "RELEASE", to=self.server, notes=(note,))
        self.round += 1
        self.state = "INIT"
        self.stack.device.after(RELEASED, self._gone, self.round)
        return True

    def _gone(self, number: int) -> None:
        if number == self.round:
            self._lose()

    def stop(self) -> None:
        """The address is given by hand from now on: nothing that was planned is done. The server is not told."""
        self.round += 1
        self.state = "INIT"
        self.lease = None

    def _lose(self) -> None:
        self.lease = None
        self.state = "INIT"
        self.stack.routes.remove_of(self.interface.name)
        self.stack.configure(self.interface.name, None)
