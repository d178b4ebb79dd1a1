"""What a NAT engine does with its guest's connections: ends each, and makes the same from a socket of the host."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from vizapp.devices.net.connection import Connection
from vizapp.protocols.header import Message
from vizapp.protocols.icmp import HOST, NET, UNREACHABLE
from vizapp.protocols.icmp import PORT as PORT_CODE
from vizapp.protocols.ipv4 import Ipv4
from vizapp.protocols.tcp import Tcp
from vizapp.sim.behaviour import DELIVERED, Verdict
from vizapp.sim.packet import Packet

if TYPE_CHECKING:
    from vizapp.devices.nat_engine import NatEngine

WORK = 100_000  # ns that the engine, a program, takes to pass something on
EPHEMERAL = (32768, 60999)  # Linux: ip_local_port_range
CODES = {"net-unreachable": NET, "no-route": NET, "port-unreachable": PORT_CODE}  # others: HOST


@dataclass(slots=True)
class Pair:
    """Two connections that are one for those at their far ends. call: the guest's SYN while its call is being made
    outside. waiting: what came before the other side was ready. row: what the table shows."""

    guest: Connection | None = None
    outer: Connection | None = None
    call: Packet | None = None
    waiting: list[Message] = field(default_factory=list)
    row: dict[str, Any] = field(default_factory=dict)


class TcpRelay:
    """Uses both ends of every connection that passes: one with the guest, one of the host with the world."""

    def __init__(self, engine: NatEngine) -> None:
        self.engine = engine
        self.calling: dict[tuple[Any, ...], Pair] = {}

    # calls of the guest

    def called(self, packet: Packet) -> Verdict:
        """A SYN of the guest: the same call is made from the host, and answered when that is."""
        ip, tcp = _ends(packet)
        key = (ip.src, tcp.sport, ip.dst, tcp.dport)
        if key not in self.calling:
            self.calling[key] = Pair(call=packet)
            self.engine.after(WORK, self._call, key)
        return DELIVERED

    def _call(self, key: tuple[Any, ...]) -> None:
        pair = self.calling[key]
        engine, host = self.engine, self.engine.host
        assert pair.call is not None
        _, _, address, dport = key
        if address == engine.gateway:
            self._call_host(pair.call, dport)
            del self.calling[key]
            return
        if host is None:
            self._not_called(pair, "no-route")
            return
        port, task = host.chance("ports").between(*EPHEMERAL), {"pair": pair}
        reason = host.stack.tcp.open(address, dport, self, port, host.stack.owner(address), task)
        if reason is not None:
            self._not_called(pair, reason)
            return
        pair.outer = task["connection"]  # type: ignore[assignment]
        assert pair.outer is not None
        pair.row = engine.note("tcp", pair.call, (pair.outer.local, pair.outer.port))

    def _call_host(self, packet: Packet, dport: int) -> None:
        """The gateway's address is the host itself, at its loopback."""
        host, inside = self.engine.host, self.engine.stack
        if host is not None and dport in host.stack.tcp.listening:
            inside.tcp.accept(packet, host.services.app(inside, dport))
        else:
            inside.tcp.refuse(packet)

    def _not_called(self, pair: Pair, reason: str) -> None:
        """The call outside failed before it was answered: the guest is told what the host was told."""
        assert pair.call is not None
        ip, tcp = _ends(pair.call)
        self.calling.pop((ip.src, tcp.sport, ip.dst, tcp.dport), None)
        self.engine.forget(pair.row)
        if reason == "refused":
            self.engine.stack.tcp.refuse(pair.call)
        elif reason != "timeout":
            self.engine.stack.error(pair.call, UNREACHABLE, CODES.get(reason, HOST))

    # calls from outside, at a forwarded port of the host

    def answer(self, connection: Connection, target: tuple[str, int]) -> None:
        """The host accepted a call at a forwarded port: call the guest."""
        engine = self.engine
        pair = Pair(outer=connection)
        connection.task["pair"] = pair
        port, task = engine.chance("ports").between(*EPHEMERAL), {"pair": pair}
        to = engine.stack.owner(target[0])
        if engine.stack.tcp.open(*target, self, port, to, task) is None:
            pair.guest = task["connection"]  # type: ignore[assignment]
            pair.row = engine.note_inbound(connection, target)

    # both ends

    def opened(self, connection: Connection) -> None:
        pair = self._pair(connection)
        if connection is pair.outer and pair.call is not None:
            self.engine.after(WORK, self._accept, pair)
        for message in pair.waiting:
            self._pass((connection, message))
        pair.waiting = []

    def _accept(self, pair: Pair) -> None:
        assert pair.call is not None
        ip, tcp = _ends(pair.call)
        self.calling.pop((ip.src, tcp.sport, ip.dst, tcp.dport), None)
        pair.guest = self.engine.stack.tcp.accept(pair.call, self)
        pair.guest.task["pair"] = pair
        pair.call = None

    def data(self, connection: Connection, message: Message | None) -> None:
        pair = self._pair(connection)
        other = self._other(connection)
        if message is None:
            return
        if other is None or other.state in ("SYN-SENT", "SYN-RECEIVED"):
            pair.waiting.append(message)
        else:
            self.engine.after(WORK, self._pass, (other, message))

    def _pass(self, entry: tuple[Connection, Message]) -> None:
        connection, message = entry
        self._sockets(connection).send(connection, "PA", message)

    def finished(self, connection: Connection) -> None:
        """One side has said all: so it is said to the other side, and this one is closed too when that side has."""
        other = self._other(connection)
        if other is not None:
            self.engine.after(WORK, self._close, other)

    def _close(self, connection: Connection) -> None:
        self._sockets(connection).close(connection)

    def closed(self, connection: Connection) -> None:
        """One side is over: the other side closes, if it has not yet; the row goes when the host's side is over."""
        pair, other = self._pair(connection), self._other(connection)
        if connection is pair.outer:
            self.engine.forget(pair.row)
        if other is not None:
            self.engine.after(WORK, self._close, other)

    def failed(self, connection: Connection, reason: str) -> None:
        pair, other = self._pair(connection), self._other(connection)
        if connection is pair.outer and pair.call is not None:
            self._not_called(pair, reason)
            return
        self.engine.forget(pair.row)
        if other is not None:
            self._sockets(other).abort(other)

    def _pair(self, connection: Connection) -> Pair:
        pair: Pair = connection.task["pair"]
        return pair

    def _other(self, connection: Connection) -> Connection | None:
        pair = self._pair(connection)
        return pair.guest if connection is pair.outer else pair.outer

    def _sockets(self, connection: Connection) -> Any:
        inside = connection is self._pair(connection).guest
        host = self.engine.host
        return self.engine.stack.tcp if inside or host is None else host.stack.tcp


class Forward:
    """Listens at a forwarded port of the host, for the guest's `target`."""

    def __init__(self, relay: TcpRelay, target: tuple[str, int]) -> None:
        self.relay = relay
        self.target = target

    def opened(self, connection: Connection) -> None:
        connection.app = self.relay
        self.relay.answer(connection, self.target)

    def data(self, connection: Connection, message: Message | None) -> None:
        """Nothing comes before it is opened."""

    def finished(self, connection: Connection) -> None:
        """Nor is it finished then."""

    def closed(self, connection: Connection) -> None:
        """Nor closed."""

    def failed(self, connection: Connection, reason: str) -> None:
        """The caller went away before it was connected."""


def _ends(packet: Packet) -> tuple[Ipv4, Tcp]:
    ip, tcp = packet.layers[0], packet.layers[1]
    assert isinstance(ip, Ipv4)
    assert isinstance(tcp, Tcp)
    return ip, tcp
