"""The DHCP client of a machine: ask, choose, take, renew, give back (RFC 2131 § 4.4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vizapp.devices.net.link_local import LinkLocal
from vizapp.devices.net.nic import Interface, Network
from vizapp.devices.net.routes import Route
from vizapp.protocols.arp import Arp
from vizapp.protocols.dhcp import CLIENT_PORT, NO_ADDRESS, SERVER_PORT, Dhcp
from vizapp.protocols.ethernet import BROADCAST
from vizapp.protocols.header import ip_number
from vizapp.protocols.ipv4 import EVERYONE, Ipv4
from vizapp.protocols.udp import datagram
from vizapp.sim.behaviour import DELIVERED, Verdict, ignored
from vizapp.sim.packet import Packet

if TYPE_CHECKING:
    from vizapp.devices.net.dhcp_clients import DhcpClients
    from vizapp.devices.net.link import Note

SECOND = 1_000_000_000
CHOOSE = 24_000_000  # ns from the first OFFER to the REQUEST: the recorded client takes 22 to 48 ms
FIRST_RETRY, LAST_RETRY = 4, 64  # s, doubled each time, ± 1 s (RFC 2131 § 4.1)
LEAST_AGAIN = 60  # s: a renewal is not repeated sooner (RFC 2131 § 4.4.5)
RELEASED = 100_000_000  # ns: the client keeps the address until its RELEASE, and ARP for it, surely left
CHECK = 2 * SECOND  # ns that it waits for somebody to answer for its new address (busybox: udhcpc -a)
DECLINED = 20 * SECOND  # ns until it asks again after it declined an address (busybox: tryagain)
REFUSED = 3 * SECOND  # ns until it asks again after a NAK (busybox)
FALLBACK = 3  # the DISCOVER with which a link-local address is sought too (systemd: TRANSIENT_FAILURE_ATTEMPTS)
WISHES: dict[str, Any] = {"parameter_list": (1, 3, 6, 12, 15, 28, 42), "max_message_size": 576}  # of busybox's client
RUNNING_OUT = ("RENEWING", "REBINDING")  # states in which the lease is running out
ASKING = ("SELECTING", "REQUESTING", "REBINDING")  # states in which it hears answers to all, whatever its address


@dataclass(frozen=True, slots=True)
class Manner:
    """How a client asks. retry: ns between tries, None for those of the RFC; check: ask by ARP before it uses an
    address; link_local: choose an address itself when nobody offers one."""

    broadcast: bool = False
    retry: int | None = None
    check: bool = False
    link_local: bool = False
    hostname: str | None = None


class DhcpClient:
    """One per interface. state: INIT, SELECTING, REQUESTING, CHECKING, BOUND, RENEWING, REBINDING."""

    def __init__(self, clients: DhcpClients, interface: Interface, manner: Manner) -> None:
        self.clients = clients
        self.stack = stack = clients.stack
        self.interface = interface
        self.manner = manner
        self.state = "INIT"
        self.xid = 0
        self.offer: Dhcp | None = None
        self.lease: Dhcp | None = None
        self.since = 0  # true ns at which the lease began
        self.server: str | None = None  # the device that gave the lease
        self.round = 0  # rises with each exchange: what was planned before is void
        self.own = LinkLocal(stack, interface)

    def _become(self, state: str, wait: int | None = None) -> None:
        """wait: ns that it waits now for something to happen."""
        running_out = self.state in RUNNING_OUT and state in RUNNING_OUT
        self.state = state
        raw = self.stack.udp.raw
        (raw.add if state in ASKING else raw.discard)(self.interface.name)
        self.clients.show()
        if not running_out:
            self.clients.show_wait(wait)

    # asking

    def discover(self) -> None:
        """Ask anybody for an address."""
        self._cease()
        self.offer = None
        self.xid = self.stack.device.chance("dhcp").between(1, 0xFFFFFFFF)
        self._discover((self.round, 1))

    def _discover(self, entry: tuple[int, int]) -> None:
        number, count = entry
        if number != self.round or self.offer is not None:
            return
        delay = self._wait(count)
        self._become("SELECTING", delay)
        self._broadcast(self._message("DISCOVER"), "dhcp.discover")
        if count == FALLBACK and self.manner.link_local and self.interface.ip is None:
            self.own.start()
        self.stack.device.wait(delay, self._discover, (number, count + 1))

    def _wait(self, count: int) -> int:
        """ns between the `count`th try and the next one."""
        if self.manner.retry is not None:
            return self.manner.retry
        fuzz = self.stack.device.chance("dhcp-retry").between(-SECOND, SECOND)
        return min(FIRST_RETRY << (count - 1), LAST_RETRY) * SECOND + fuzz

    def _message(self, message: str, **more: Any) -> Dhcp:
        return Dhcp(message, "request", self.interface.mac, self.manner.broadcast, xid=self.xid,
                    hostname=self.manner.hostname, **WISHES, **more)  # fmt: skip

    def _note(self, name: str, message: Dhcp, to: str | None = None, **more: Any) -> Note:
        return name, {"from": self.stack.device.id, "to": to, "mac": message.chaddr, **more}

    def _broadcast(self, message: Dhcp, event: str, src: str = NO_ADDRESS, **more: Any) -> None:
        layers = (Ipv4(src, EVERYONE, "udp"), *datagram(CLIENT_PORT, SERVER_PORT, message))
        notes = (self._note(event, message, broadcast=True, **more),)
        self.stack.send_raw(self.interface, BROADCAST, layers, message.message, None, notes)

    def _direct(self, message: Dhcp, server: str, event: str) -> None:
        notes = (self._note(event, message, self.server, broadcast=False, ip=message.ciaddr),)
        layers = datagram(CLIENT_PORT, SERVER_PORT, message)
        self.stack.send(layers, server, message.message, to=self.server, src=message.ciaddr, notes=notes)

    # answers

    def datagram(self, interface: Interface, packet: Packet) -> Verdict:
        """Something came to port 68."""
        message = packet.layers[2]
        if not isinstance(message, Dhcp) or message.chaddr != self.interface.mac or message.xid != self.xid:
            return ignored("dhcp-not-for-me")
        if message.message == "OFFER" and self.state == "SELECTING" and self.offer is None:
            self.offer = message
            self.stack.device.wait(CHOOSE, self._choose, (self.round, 1))
        elif message.message == "ACK" and self._awaits(message):
            self._granted(message, packet.origin)
        elif message.message == "NAK" and self._awaits(message):
            self._refused()
        else:
            return ignored("dhcp-too-late")
        return DELIVERED

    def _awaits(self, message: Dhcp) -> bool:
        """Whether it waits for that answer: of the server whose offer or lease it has, save when it asks any."""
        known = self.offer if self.state == "REQUESTING" else self.lease
        ours = known is not None and message.server_id == known.server_id
        return self.state == "REBINDING" or (self.state in ("REQUESTING", "RENEWING") and ours)

    def _choose(self, entry: tuple[int, int]) -> None:
        """Take the first offer; say so to all, so that other servers take theirs back."""
        number, count = entry
        offer = self.offer
        if number != self.round or offer is None or self.state not in ("SELECTING", "REQUESTING"):
            return
        if FIRST_RETRY << (count - 1) > LAST_RETRY:
            self.discover()  # the server went silent
            return
        delay = self._wait(count)
        self._become("REQUESTING", delay)
        message = self._message("REQUEST", server_id=offer.server_id, requested_ip=offer.yiaddr)
        self._broadcast(message, "dhcp.request", ip=offer.yiaddr)
        self.stack.device.wait(delay, self._choose, (number, count + 1))

    def _refused(self) -> None:
        self._lose()
        self.stack.device.wait(REFUSED, self._ask_again, self.round)

    def _ask_again(self, number: int) -> None:
        if number == self.round:
            self.discover()

    def _granted(self, ack: Dhcp, server: str) -> None:
        self.round += 1
        if not self.manner.check or self.state != "REQUESTING":
            self._bind(ack, server)
            return
        self._become("CHECKING", CHECK)
        self.offer = ack
        self.stack.arp.watchers.append(self)
        self.stack.arp.request(self.interface, ack.yiaddr)
        self.stack.device.wait(CHECK, self._unused, (self.round, server))

    def heard(self, interface: Interface, arp: Arp) -> bool:
        """An ARP message came while it checks: whether somebody answers for the address, which it then declines."""
        ack = self.offer
        if self.state != "CHECKING" or interface is not self.interface or ack is None or arp.sender_ip != ack.yiaddr:
            return False
        message = Dhcp("DECLINE", "request", self.interface.mac, xid=self.xid, server_id=ack.server_id,
                       requested_ip=ack.yiaddr)  # fmt: skip
        self._broadcast(message, "dhcp.decline", ip=ack.yiaddr)
        self._lose()
        self.clients.show_wait(DECLINED)
        self.stack.device.wait(DECLINED, self._ask_again, self.round)
        return True

    def _unused(self, entry: tuple[int, str]) -> None:
        number, server = entry
        if number == self.round and self.offer is not None:
            self._cease()
            self._bind(self.offer, server)

    # the lease

    def _bind(self, ack: Dhcp, server: str) -> None:
        device = self.stack.device
        self.lease, self.server, self.since = ack, server, device.now
        self.own.stop()
        self._configure(ack)
        self._become("BOUND")
        device.event(
            "dhcp.bound", ip=ack.yiaddr, lease_s=ack.lease_s, t1_s=ack.t1_s, t2_s=ack.t2_s, router=ack.router,
            dns=", ".join(ack.dns) if ack.dns else None, **{"from": device.id, "to": server},
        )  # fmt: skip
        if ack.t1_s and ack.t2_s and ack.lease_s:
            device.wait(ack.t1_s * SECOND, self._renew, self.round)
            device.wait(ack.t2_s * SECOND, self._rebind, self.round)
            device.wait(ack.lease_s * SECOND, self._expire, self.round)

    def _configure(self, ack: Dhcp) -> None:
        stack, name = self.stack, self.interface.name
        stack.routes.remove_of(name)
        if ack.router:
            stack.routes.add(Route(Network(0, 0), ack.router, name))
        if ack.dns:
            stack.resolvers = ack.dns
        stack.configure(name, ack.yiaddr, ip_number(ack.subnet_mask).bit_count() if ack.subnet_mask else 24)

    def renew(self) -> None:
        """Ask the server of the lease for more time, or anybody for an address when there is no lease."""
        if self.lease is None or self.lease.server_id is None or self.interface.ip is None:
            self.discover()
        elif self.state != "REBINDING":
            self._renew(self.round)

    def _left(self, seconds: int | None) -> int:
        """ns until so many seconds after the lease began."""
        return self.since + (seconds or 0) * SECOND - self.stack.device.now

    def _renew(self, number: int) -> None:
        """From T1 on: ask the server of the lease directly, again in half of the time that is left until T2."""
        lease = self.lease
        if number != self.round or self.state == "REBINDING" or lease is None or lease.server_id is None:
            return
        self._ends("RENEWING", lease)
        self._direct(self._message("REQUEST", ciaddr=lease.yiaddr), lease.server_id, "dhcp.request")
        self._again(self._renew, self._left(lease.t2_s))

    def _rebind(self, number: int) -> None:
        """From T2 on: the server did not answer; ask any other, by broadcast."""
        lease = self.lease
        if number != self.round or lease is None:
            return
        self._ends("REBINDING", lease)
        self._broadcast(self._message("REQUEST", ciaddr=lease.yiaddr), "dhcp.request", lease.yiaddr, ip=lease.yiaddr)
        self._again(self._rebind, self._left(lease.lease_s))

    def _ends(self, state: str, lease: Dhcp) -> None:
        """The lease runs out unless somebody answers."""
        if self.state != state:
            details = {"from": self.stack.device.id, "to": self.server if state == "RENEWING" else None}
            self.stack.device.event(f"dhcp.{state.lower()}", ip=lease.yiaddr, **details)
        self._become(state, max(self._left(lease.lease_s), 0))

    def _again(self, call: Any, left: int) -> None:
        """Repeat it in half of the time that is left, but not within a minute (RFC 2131 § 4.4.5)."""
        delay = max(left // 2, LEAST_AGAIN * SECOND)
        if delay < left:
            self.stack.device.wait(delay, call, self.round)

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
        message = Dhcp("RELEASE", "request", self.interface.mac, self.manner.broadcast, ciaddr=lease.yiaddr,
                       xid=self.xid, server_id=lease.server_id)  # fmt: skip
        self._direct(message, lease.server_id, "dhcp.release")
        self.round += 1
        self._become("INIT")
        self.stack.device.wait(RELEASED, self._gone, self.round)
        return True

    def _gone(self, number: int) -> None:
        if number == self.round:
            self._lose()

    def _cease(self) -> None:
        """What was planned is void."""
        self.round += 1
        if self in self.stack.arp.watchers:
            self.stack.arp.watchers.remove(self)

    def stop(self) -> None:
        """The address is given by hand from now on: nothing that was planned is done. The server is not told."""
        self.own.cease()
        self._cease()
        self.lease = self.offer = None
        self._become("INIT")

    def _lose(self) -> None:
        self._cease()
        had, self.lease, self.offer = self.lease, None, None
        if had is not None:
            self.stack.resolvers = ()
            self.stack.routes.remove_of(self.interface.name)
            self.stack.configure(self.interface.name, None)
        self._become("INIT")

    def row(self) -> dict[str, Any]:
        """The lease as it stands: in which state, from whom, until when."""
        row: dict[str, Any] = {"port": self.interface.name, "state": self.state}
        lease = self.lease
        if lease is None:
            return row
        ends = {"t1": lease.t1_s, "t2": lease.t2_s, "end": lease.lease_s}
        moments = {key: {"words": "lease.at", "t": self.since + seconds * SECOND}
                   for key, seconds in ends.items() if seconds}  # fmt: skip
        return {**row, "ip": lease.yiaddr, "server": lease.server_id, **moments}
