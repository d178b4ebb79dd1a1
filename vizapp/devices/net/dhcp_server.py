"""A DHCP server: offers addresses of its range, remembers leases (RFC 2131 § 4.3, as dnsmasq does it)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vizapp.devices.net.nic import Interface, mask_text
from vizapp.protocols.dhcp import CLIENT_PORT, NO_ADDRESS, SERVER_PORT, SIZE, Dhcp
from vizapp.protocols.ethernet import BROADCAST
from vizapp.protocols.header import ip_number, ip_text
from vizapp.protocols.icmp import ECHO, Icmp
from vizapp.protocols.ipv4 import EVERYONE, Ipv4
from vizapp.protocols.udp import Udp
from vizapp.sim.behaviour import DELIVERED, Verdict, ignored
from vizapp.sim.packet import Packet

if TYPE_CHECKING:
    from vizapp.devices.net.stack import Note, Stack

SECOND = 1_000_000_000
SERVE = 300_000  # ns that the server takes over a message: the recordings have 0.3 to 0.9 ms
PROBE = 3 * SECOND  # ns that it waits for an answer to its duplicate check (dnsmasq: PING_WAIT)


@dataclass(slots=True)
class Lease:
    """until: true ns; offered: not yet accepted."""

    ip: str
    mac: str
    until: int
    offered: bool


class DhcpServer:
    """Serves the network of one interface. leases: MAC → Lease. Times in ns."""

    def __init__(
        self, stack: Stack, interface: Interface, first: str, last: str, lease: int, *, probe: bool, router: str | None
    ) -> None:
        self.stack = stack
        self.interface = interface
        self.first, self.last = ip_number(first), ip_number(last)
        self.lease = lease
        self.probe = probe
        self.router = router
        self.leases: dict[str, Lease] = {}
        self.checked: set[str] = set()  # addresses that nobody answered for
        self.queue: list[tuple[Dhcp, str]] = []  # questions that wait while an address is being checked
        self.busy = False

    def datagram(self, interface: Interface, packet: Packet) -> Verdict:
        """Something came to port 67."""
        message = packet.layers[2]
        if not isinstance(message, Dhcp) or message.op != "request":
            return ignored("no-handler")
        if interface is not self.interface:
            return ignored("dhcp-other-network")
        self.stack.device.after(SERVE, self._serve, (message, packet.origin))
        return DELIVERED

    def _serve(self, entry: tuple[Dhcp, str]) -> None:
        message, client = entry
        if self.busy:
            self.queue.append(entry)
        elif message.message == "DISCOVER":
            self._discover(message, client)
        elif message.message == "REQUEST":
            self._request(message, client)
        elif message.message == "RELEASE":
            self._release(message)

    # offering

    def _discover(self, message: Dhcp, client: str) -> None:
        address = self._address(message.chaddr, message.requested_ip)
        if address is None:
            self.stack.device.event("dhcp.exhausted", to=client, **{"from": self.stack.device.id})
        elif self.probe and address not in self.checked:
            self._check(message, client, address)
        else:
            self._offer(message, client, address)

    def _check(self, message: Dhcp, client: str, address: str) -> None:
        """Is somebody using it already? ping it: nobody can even answer the ARP request if not."""
        self.busy = True
        ident = self.stack.device.chance("probe").between(1, 0xFFFF)
        self.stack.send((Icmp(ECHO, id=ident),), address, "ECHO", notes=())
        self.stack.device.after(PROBE, self._checked, (message, client, address))

    def _checked(self, entry: tuple[Dhcp, str, str]) -> None:
        message, client, address = entry
        self.busy = False
        if address in self.stack.arp.entries:
            self.leases[f"taken {address}"] = Lease(address, "", self.stack.device.now + self.lease, False)
            self._discover(message, client)
        else:
            self.checked.add(address)
            self._offer(message, client, address)
        waiting, self.queue = self.queue, []
        for question in waiting:
            self._serve(question)

    def _address(self, mac: str, wish: str | None) -> str | None:
        """The client's own lease, else what it wishes, else the next after the highest leased one (dnsmasq,
        `dhcp-sequential-ip`)."""
        held = self.leases.get(mac)
        if held is not None:
            return held.ip
        if wish is not None and self._free(ip_number(wish)):
            return wish
        highest = max((ip_number(lease.ip) for lease in self.leases.values()), default=self.first)
        size = self.last - self.first + 1
        for step in range(size):
            number = self.first + (highest - self.first + step) % size
            if self._free(number):
                return ip_text(number)
        return None

    def _free(self, number: int) -> bool:
        now = self.stack.device.now
        taken = {ip_number(lease.ip) for lease in self.leases.values() if lease.until > now}
        own = {ip_number(address) for address in self.stack.addresses()}
        return self.first <= number <= self.last and number not in taken | own

    def _offer(self, message: Dhcp, client: str, address: str) -> None:
        held = self.leases.get(message.chaddr)
        if held is None or held.offered:
            self.leases[message.chaddr] = Lease(address, message.chaddr, self.stack.device.now + 60 * SECOND, True)
        self._answer(message, "OFFER", address, client, "dhcp.offer")

    # leasing

    def _request(self, message: Dhcp, client: str) -> None:
        mac = message.chaddr
        if message.server_id is not None and message.server_id != self.interface.ip:
            if mac in self.leases and self.leases[mac].offered:
                del self.leases[mac]  # the client took another server's offer
            return
        wanted = message.requested_ip or message.ciaddr
        held = self.leases.get(mac)
        if (held is None or held.ip != wanted) and not self._free(ip_number(wanted)):
            self._refuse(message, client)
            return
        self.leases[mac] = Lease(wanted, mac, self.stack.device.now + self.lease, False)
        self.show()
        self.stack.device.after(self.lease, self._expire, mac)
        self._answer(message, "ACK", wanted, client, "dhcp.ack")

    def _expire(self, mac: str) -> None:
        lease = self.leases.get(mac)
        if lease is not None and lease.until <= self.stack.device.now:
            del self.leases[mac]
            self.show()

    def _release(self, message: Dhcp) -> None:
        if self.leases.pop(message.chaddr, None) is not None:
            self.show()

    # answering

    def _answer(self, message: Dhcp, kind: str, address: str, client: str, event: str) -> None:
        seconds = self.lease // SECOND
        bits = self.interface.bits
        network = self.interface.network
        answer = Dhcp(
            kind, "reply", message.chaddr, message.broadcast_flag, message.ciaddr, address,
            siaddr=self.interface.ip or NO_ADDRESS, xid=message.xid, server_id=self.interface.ip, lease_s=seconds,
            t1_s=seconds // 2, t2_s=seconds * 7 // 8, subnet_mask=mask_text(bits),
            broadcast_address=network.broadcast if network else None, router=self.router,
        )  # fmt: skip
        self._send(message, answer, address, client, event)

    def _refuse(self, message: Dhcp, client: str) -> None:
        answer = Dhcp("NAK", "reply", message.chaddr, True, xid=message.xid, server_id=self.interface.ip)
        self._send(message, answer, NO_ADDRESS, client, "dhcp.nak")

    def _send(self, message: Dhcp, answer: Dhcp, address: str, client: str, event: str) -> None:
        """To a client with an address: to that. Else by broadcast if it asks so, or straight to its MAC, which the
        server writes into its own ARP cache (RFC 2131 § 4.1)."""
        details: dict[str, Any] = {"from": self.stack.device.id, "to": client, "ip": address, "mac": answer.chaddr}
        udp = Udp(SERVER_PORT, CLIENT_PORT, SIZE)
        if message.ciaddr != NO_ADDRESS:
            notes: tuple[Note, ...] = ((event, {**details, "broadcast": False}),)
            self.stack.send((udp, answer), message.ciaddr, answer.message, to=client, notes=notes)
            return
        broadcast = answer.broadcast_flag
        notes = ((event, {**details, "broadcast": broadcast}),)
        if not broadcast:
            self.stack.arp.learn(self.interface, address, answer.chaddr, client)
        ip = Ipv4(self.interface.ip or NO_ADDRESS, EVERYONE if broadcast else address, "udp")
        mac = BROADCAST if broadcast else answer.chaddr
        self.stack.send_raw(self.interface, mac, (ip, udp, answer), answer.message, client, notes)

    def show(self) -> None:
        """Record the leases that clients have taken."""
        rows = [
            {"ip": lease.ip, "mac": lease.mac, "lease_s": self.lease // SECOND}
            for lease in self.leases.values()
            if not lease.offered and lease.mac
        ]
        self.stack.device.show("leases", sorted(rows, key=lambda row: ip_number(str(row["ip"]))))
