"""TCP sockets: opening, data, closing, refusing (RFC 9293). How they send is in `sending`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from zlib import crc32

from vizapp.devices.net.connection import App, Connection, Key, Nobody
from vizapp.devices.net.sending import Sending
from vizapp.protocols.header import Message, Piece
from vizapp.protocols.ipv4 import Ipv4
from vizapp.protocols.tcp import TURN, Tcp
from vizapp.sim.behaviour import DELIVERED, Verdict, dropped, ignored
from vizapp.sim.packet import Packet

if TYPE_CHECKING:
    from vizapp.devices.net.link import Note
    from vizapp.devices.net.stack import Stack

MOST_NAMED = 2  # source ports in use that are named on the stage; of more, only how many
TIME_WAIT = 60_000_000_000  # ns that the side which closed first remembers the connection (Linux: TCP_TIMEWAIT_LEN)
LOST = ("host-unreachable", "net-unreachable")  # reasons for which a connection that is being accepted is given up
DELAYED_ACK = 40_000_000  # ns that an acknowledgement waits for something to go with (Linux: TCP_DELACK_MIN)
FIN_WAIT = 60_000_000_000  # ns that a connection without a program waits for the other side's end (tcp_fin_timeout)


class Sockets:
    """The connections of a machine, and who listens where."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.connections: dict[Key, Connection] = {}
        self.listening: dict[int, App] = {}
        self.sending = Sending(stack, self._fail)
        self._secret: int | None = None

    @property
    def _me(self) -> str:
        return self.stack.device.id

    # opening

    def open(self, address: str, dport: int, app: App, port: int, to: str | None, task: dict[str, Any]) -> str | None:
        """Call `address`:`dport`. The reason when there is no way to even try."""
        way = self.stack.routes.find(address)
        if way is None or way[0].ip is None or self.stack.is_broadcast(address):
            return "no-route"
        if (way[0].ip, port, address, dport) in self.connections:
            return "port-busy"
        connection = Connection(way[0].ip, port, address, dport, app, True, to, task=task)
        connection.isn = self._initial(connection.key)
        task["connection"] = connection
        self.connections[connection.key] = connection
        self._show()
        self.send(connection, "S", notes=(self._note("tcp.syn", connection),))
        return None

    def _initial(self, key: Key) -> int:
        """The initial number: a clock of 64 ns and a secret function of both ends (RFC 6528 § 3, as Linux does it)."""
        if self._secret is None:
            self._secret = self.stack.device.chance("initial numbers").between(0, TURN - 1)
        return (crc32(f"{self._secret} {key}".encode()) + (self.stack.device.now >> 6)) % TURN

    def _note(self, name: str, connection: Connection, **more: Any) -> Note:
        return name, {
            "from": self._me, "to": connection.to, "src": connection.local, "sport": connection.port,
            "dst": connection.remote, "dport": connection.dport, **more,
        }  # fmt: skip

    def _event(self, name: str, connection: Connection, **more: Any) -> None:
        name, details = self._note(name, connection, **more)
        if not connection.caller:  # told from the caller's side
            details |= {"from": connection.to, "to": self._me}
        self.stack.device.event(name, **details)

    def send(
        self, connection: Connection, flags: str, message: Message | None = None, notes: tuple[Note, ...] = ()
    ) -> None:
        """Send a message, or flags alone."""
        self.sending.send(connection, flags, message, notes)

    # receiving

    def receive(self, packet: Packet) -> Verdict:
        ip, tcp = packet.layers[0], packet.layers[1]
        assert isinstance(ip, Ipv4)
        assert isinstance(tcp, Tcp)
        connection = self.connections.get((ip.dst, tcp.dport, ip.src, tcp.sport))
        if connection is not None and connection.state == "TIME-WAIT" and tcp.flags == "S":
            self._forget(connection)  # a new connection with the numbers of an old one (RFC 9293 § 3.6.1)
            connection = None
        decide = self.stack.device.decide
        if connection is not None:
            decide("socket", port=tcp.dport, remote=f"{ip.src}:{tcp.sport}", state=connection.state)
            return self._segment(connection, tcp, packet)
        if "R" in tcp.flags:
            decide("no-connection", port=tcp.dport, remote=f"{ip.src}:{tcp.sport}")
            return ignored("no-connection")
        if tcp.flags == "S" and tcp.dport in self.listening:
            decide("listening", port=tcp.dport)
            self.accept(packet, self.listening[tcp.dport])
            return DELIVERED
        return self.refuse(packet)

    def accept(self, packet: Packet, app: App) -> Connection:
        """Answer the SYN of `packet`; `app` uses the connection."""
        ip, tcp = packet.layers[0], packet.layers[1]
        assert isinstance(ip, Ipv4)
        assert isinstance(tcp, Tcp)
        connection = Connection(ip.dst, tcp.dport, ip.src, tcp.sport, app, False, packet.origin, "SYN-RECEIVED")
        connection.expected = tcp.seq + 1
        connection.isn, connection.peer_isn = self._initial(connection.key), tcp.isn
        self.connections[connection.key] = connection
        self._show()
        self.send(connection, "SA", notes=(self._note("tcp.synack", connection),))
        return connection

    def refuse(self, packet: Packet) -> Verdict:
        """Nobody listens there, or the connection is forgotten: a reset (RFC 9293 § 3.10.7.1)."""
        ip, tcp = packet.layers[0], packet.layers[1]
        assert isinstance(ip, Ipv4)
        assert isinstance(tcp, Tcp)
        reason = "closed-port" if tcp.flags == "S" else "no-connection"
        self.stack.device.decide(reason, port=tcp.dport, remote=f"{ip.src}:{tcp.sport}")
        details = {"from": self._me, "to": packet.origin, "src": ip.dst, "sport": tcp.dport, "dst": ip.src,
                   "dport": tcp.sport, "reason": reason}  # fmt: skip
        if "A" in tcp.flags:
            header = Tcp(tcp.dport, tcp.sport, "R", tcp.ack, isn=tcp.peer_isn)
        else:
            after = tcp.seq + tcp.len + ("S" in tcp.flags) + ("F" in tcp.flags)
            header = Tcp(tcp.dport, tcp.sport, "RA", 0, after, peer_isn=tcp.isn)
        self.stack.send((header,), ip.src, "RST", to=packet.origin, src=ip.dst, notes=(("tcp.rst", details),))
        return dropped(reason)

    def _segment(self, connection: Connection, tcp: Tcp, packet: Packet) -> Verdict:
        connection.peer = packet.origin
        if "R" in tcp.flags:
            if connection.state == "TIME-WAIT":
                return ignored("no-connection")
            self._fail(connection, "refused" if connection.state == "SYN-SENT" else "reset")
            return DELIVERED
        if tcp.flags == "S":
            return self._again(connection)
        if "A" in tcp.flags:
            self._acknowledged(connection, tcp)
        taken = tcp.len + ("F" in tcp.flags)
        if not taken:
            return DELIVERED
        message = packet.layers[2] if len(packet.layers) > 2 else None
        self._take(connection, tcp, message if isinstance(message, Message) else None)
        return DELIVERED

    def _again(self, connection: Connection) -> Verdict:
        """A SYN seen before: our answer was lost."""
        if connection.state == "SYN-RECEIVED" and connection.queue:
            segment = connection.queue[0]
            self.sending.emit(connection, segment.flags, segment.seq, None, segment.notes)
        return DELIVERED

    def _acknowledged(self, connection: Connection, tcp: Tcp) -> None:
        nothing_new = connection.queue and tcp.ack == connection.queue[0].seq
        if nothing_new and not tcp.len and not {"S", "F"} & set(tcp.flags):
            self.sending.doubled(connection)
            return
        if connection.state == "SYN-SENT":
            if "S" not in tcp.flags:
                return
            connection.expected, connection.peer_isn = tcp.seq + 1, tcp.isn
        done = self.sending.acknowledged(connection, tcp.ack)
        if connection.state in ("SYN-SENT", "SYN-RECEIVED") and done:
            self._established(connection)
        elif connection.state == "FIN-WAIT-1" and not connection.queue:
            self._state(connection, "FIN-WAIT-2")
            if isinstance(connection.app, Nobody):
                self.stack.device.after(FIN_WAIT, self._forget, connection)
        elif connection.state == "LAST-ACK" and not connection.queue:
            self._end(connection)

    def _established(self, connection: Connection) -> None:
        asked = connection.state == "SYN-SENT"
        self._state(connection, "ESTABLISHED")
        if asked:
            self.send(connection, "A")
        self._event("tcp.established", connection)
        self._tell(connection.app.opened, connection)

    def _take(self, connection: Connection, tcp: Tcp, message: Message | None) -> None:
        """Data, an end, or both: in its turn, before it, or seen already."""
        end = tcp.seq + tcp.len + ("F" in tcp.flags)
        if end <= connection.expected or tcp.seq > connection.expected:
            if tcp.seq > connection.expected:
                connection.early[tcp.seq] = (tcp, message)
            self.send(connection, "A")
            return
        self._in_turn(connection, tcp, message)
        while (held := connection.early.pop(connection.expected, None)) is not None:
            self._in_turn(connection, *held)

    def _in_turn(self, connection: Connection, tcp: Tcp, message: Message | None) -> None:
        fresh = tcp.seq + tcp.len - connection.expected
        if fresh > 0:
            connection.expected += fresh
            if "F" not in tcp.flags:
                self.send(connection, "A")
            self._event("tcp.data", connection, len=tcp.len)
            if not isinstance(message, Piece):
                self._tell(connection.app.data, connection, message)
            elif message.last:
                self._tell(connection.app.data, connection, message.message)
        if "F" in tcp.flags:
            self._finish(connection)

    def _finish(self, connection: Connection) -> None:
        """The other side has said all. An answer of ours soon acknowledges that too, so a pure ACK waits for it."""
        connection.expected += 1
        if connection.state in ("FIN-WAIT-1", "FIN-WAIT-2"):
            self.send(connection, "A")
            self._state(connection, "TIME-WAIT")
            self._event("tcp.closed", connection)
            self._tell(connection.app.closed, connection)
            self.stack.device.after(TIME_WAIT, self._forget, connection)
        elif connection.state == "ESTABLISHED":
            self._state(connection, "CLOSE-WAIT")
            self.stack.device.after(DELAYED_ACK, self._acknowledge, connection)
            self._tell(connection.app.finished, connection)

    def _acknowledge(self, connection: Connection) -> None:
        """Nothing went out that the acknowledgement could go with."""
        if self.connections.get(connection.key) is connection and connection.acked < connection.expected:
            self.send(connection, "A")

    def _tell(self, call: Callable[..., None], *args: Any) -> None:
        """The program behind a connection is told."""
        self.stack.device.tell(call, *args)

    # closing

    def close(self, connection: Connection) -> None:
        """Say that nothing more will be sent."""
        if connection.state in ("ESTABLISHED", "CLOSE-WAIT") and connection.key in self.connections:
            self._state(connection, "FIN-WAIT-1" if connection.state == "ESTABLISHED" else "LAST-ACK")
            self.send(connection, "FA", notes=(self._note("tcp.fin", connection),))

    def abort(self, connection: Connection) -> None:
        """Cut the connection short: a reset, and it is forgotten (RFC 9293 § 3.10.5)."""
        if self.connections.get(connection.key) is connection:
            notes = (self._note("tcp.rst", connection, reason="reset"),)
            self.sending.emit(connection, "RA", connection.sent, None, notes)
            self._forget(connection)

    def _end(self, connection: Connection) -> None:
        self._event("tcp.closed", connection)
        self._forget(connection)
        self._tell(connection.app.closed, connection)

    def _fail(self, connection: Connection, reason: str) -> None:
        self._forget(connection)
        self._tell(connection.app.failed, connection, reason)

    def give_up(self, connection: Connection) -> None:
        """The caller waits no longer: an open connection is closed by the system."""
        if self.connections.get(connection.key) is not connection:
            return
        if connection.state == "SYN-SENT":
            self._fail(connection, "timeout")
            return
        app, connection.app = connection.app, Nobody()
        self._tell(app.failed, connection, "timeout")
        self.close(connection)

    def unreachable(self, layers: tuple[Any, ...], reason: str) -> None:
        """The segment in `layers` did not arrive. While opening that ends the attempt (RFC 5461 § 3.2), on the called
        side in silence; later TCP goes on trying."""
        ip, tcp = layers[0], layers[1]
        connection = self.connections.get((ip.src, tcp.sport, ip.dst, tcp.dport))
        if connection is not None and connection.state == "SYN-SENT":
            self._fail(connection, reason)
        elif connection is not None and connection.state == "SYN-RECEIVED" and reason in LOST:
            self._forget(connection)

    def _forget(self, connection: Connection) -> None:
        if self.connections.get(connection.key) is connection:
            del self.connections[connection.key]
            self._show()
        connection.queue = []

    def _state(self, connection: Connection, state: str) -> None:
        connection.state = state
        self._show()

    def _show(self) -> None:
        rows = [
            {"local": f"{c.local}:{c.port}", "remote": f"{c.remote}:{c.dport}", "state": c.state}
            for c in self.connections.values()
        ]
        self.stack.device.show("connections", rows)
        calling = [c.port for c in self.connections.values() if c.caller and c.state != "TIME-WAIT"]
        named: dict[str, Any] = {"words": "socket.port", "port": ", ".join(map(str, calling))}
        if len(calling) > MOST_NAMED:
            named = {"words": "socket.ports", "n": len(calling)}
        self.stack.device.show("calling", named if calling else None)
