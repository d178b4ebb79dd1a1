"""What a NAT engine does with its guest's datagrams and echoes: sends them again from a socket of the host."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vizapp.devices.net.nic import Interface
from vizapp.devices.net.relay import CODES, WORK
from vizapp.protocols.header import Header
from vizapp.protocols.icmp import ECHO, ECHO_REPLY, HOST, NET, UNREACHABLE, Icmp
from vizapp.protocols.ipv4 import Ipv4
from vizapp.protocols.udp import Udp
from vizapp.sim.behaviour import DELIVERED, Verdict
from vizapp.sim.packet import Packet

if TYPE_CHECKING:
    from vizapp.devices.nat_engine import NatEngine

IDLE = 30_000_000_000  # ns after which the socket of a datagram or an echo is closed


@dataclass(slots=True)
class Socket:
    """A port of the host through which the guest's datagrams go. seen: as whom the guest sees the far end."""

    packet: Packet
    guest: tuple[str, int]
    seen: tuple[str, int]
    last: int
    row: dict[str, Any]


class UdpRelay:
    """by_port: port of the host → what it is for."""

    def __init__(self, engine: NatEngine) -> None:
        self.engine = engine
        self.by_port: dict[int, Socket] = {}

    def sent(self, packet: Packet, target: tuple[str, int]) -> Verdict:
        """A datagram of the guest, which goes on to `target`."""
        self.engine.after(WORK, self._send, (packet, target))
        return DELIVERED

    def _send(self, entry: tuple[Packet, tuple[str, int]]) -> None:
        packet, (address, dport) = entry
        host = self.engine.host
        if host is None:
            self.engine.stack.error(packet, UNREACHABLE, NET)
            return
        port = self._socket(packet, host, (address, dport))
        udp = packet.layers[1]
        assert isinstance(udp, Udp)
        layers = (Udp(port, dport, udp.len), *_payload(packet))
        reason = host.stack.send(layers, address, packet.name, to=host.stack.owner(address))
        if reason is not None:
            self.unreachable(port, reason)

    def _socket(self, packet: Packet, host: Any, target: tuple[str, int]) -> int:
        ip, udp = packet.layers[0], packet.layers[1]
        assert isinstance(ip, Ipv4)
        assert isinstance(udp, Udp)
        guest, seen = (ip.src, udp.sport), (ip.dst, udp.dport)
        now = self.engine.now
        for port, socket in self.by_port.items():
            if (socket.guest, socket.seen) == (guest, seen) and host.stack.udp.by_port.get(port) is self:
                socket.last = now
                return port
        port = int(host.stack.udp.open(self))
        way = host.stack.routes.find(target[0])
        outside = ((way[0].ip if way else None) or next(iter(host.stack.addresses()), ""), port)
        self.by_port[port] = Socket(packet, guest, seen, now, self.engine.note("udp", packet, outside, target))
        self.engine.after(IDLE, self._idle, port)
        return port

    def _idle(self, port: int) -> None:
        socket = self.by_port.get(port)
        if socket is None:
            return
        left = socket.last + IDLE - self.engine.now
        if left > 0:
            self.engine.after(left, self._idle, port)
            return
        del self.by_port[port]
        self.engine.forget(socket.row)
        if self.engine.host is not None:
            self.engine.host.stack.udp.close(port)

    def datagram(self, interface: Interface, packet: Packet) -> Verdict:
        """An answer came to the host's port: the guest gets it from the one that it asked."""
        udp = packet.layers[1]
        assert isinstance(udp, Udp)
        self.by_port[udp.dport].last = self.engine.now
        self.engine.after(WORK, self._answer, (udp.dport, packet))
        return DELIVERED

    def _answer(self, entry: tuple[int, Packet]) -> None:
        port, packet = entry
        socket = self.by_port.get(port)
        udp = packet.layers[1]
        assert isinstance(udp, Udp)
        if socket is None:
            return
        layers = (Udp(socket.seen[1], socket.guest[1], udp.len), *_payload(packet))
        to = socket.packet.origin
        self.engine.stack.send(layers, socket.guest[0], packet.name, to=to, src=socket.seen[0])

    def unreachable(self, port: int, reason: str) -> None:
        """The host learned that a datagram did not arrive: so does the guest."""
        socket = self.by_port.get(port)
        if socket is not None:
            self.engine.stack.error(socket.packet, UNREACHABLE, CODES.get(reason, HOST))


class EchoRelay:
    """Echo requests go on with an id of the host's; errors about them do not come back (`partial ICMP`)."""

    def __init__(self, engine: NatEngine) -> None:
        self.engine = engine
        self.asked: dict[tuple[int, int], Packet] = {}  # (id of the host, seq) → the guest's request

    def sent(self, packet: Packet) -> Verdict:
        self.engine.after(WORK, self._send, packet)
        return DELIVERED

    def _send(self, packet: Packet) -> None:
        host, ip, icmp = self.engine.host, packet.layers[0], packet.layers[1]
        assert isinstance(ip, Ipv4)
        assert isinstance(icmp, Icmp)
        if host is None:
            return
        ident = host.chance("ping").between(1, 0xFFFF)
        self.asked[(ident, icmp.seq)] = packet
        host.stack.icmp.watchers[ident] = self
        self.engine.after(IDLE, self._idle, (ident, icmp.seq))
        host.stack.send((Icmp(ECHO, id=ident, seq=icmp.seq),), ip.dst, "ECHO", to=host.stack.owner(ip.dst))

    def _idle(self, key: tuple[int, int]) -> None:
        self.asked.pop(key, None)
        if self.engine.host is not None:
            self.engine.host.stack.icmp.watchers.pop(key[0], None)

    def echoed(self, ident: int, seq: int, by: str) -> None:
        """The echo came back to the host."""
        packet = self.asked.pop((ident, seq), None)
        if packet is not None:
            self.engine.after(WORK, self._answer, packet)

    def _answer(self, packet: Packet) -> None:
        ip, icmp = packet.layers[0], packet.layers[1]
        assert isinstance(ip, Ipv4)
        assert isinstance(icmp, Icmp)
        reply = Icmp(ECHO_REPLY, id=icmp.id, seq=icmp.seq)
        self.engine.stack.send((reply,), ip.src, "ECHO REPLY", to=packet.origin, src=ip.dst)


def _payload(packet: Packet) -> tuple[Header, ...]:
    """What a datagram carries."""
    return tuple(layer for layer in packet.layers[2:] if isinstance(layer, Header))
