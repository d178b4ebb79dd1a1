"""Netfilter: connection tracking, masquerade, port forwarding and the filter of a Linux router (RFC 3022).

A source port is kept when the pair (outside address and port, peer and protocol) is free, else a random free one is
taken, as Linux does and the recordings show.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from vizapp.devices.net.conntrack import Entry, Passage, after, begins, life
from vizapp.devices.net.translate import Tuple4, flip, forwards, quoted_tuple, rewrite, rewrite_quoted, tuple_of
from vizapp.protocols.dhcp import SERVER_PORT
from vizapp.protocols.dns import PORT as DNS_PORT
from vizapp.protocols.tcp import Tcp
from vizapp.protocols.udp import Udp
from vizapp.sim.packet import Packet

if TYPE_CHECKING:
    from vizapp.devices.net.stack import Stack

PORTS = (1024, 65535)  # a masqueraded port that collides is taken from here (as recorded)
IDENTS = (0, 65535)  # and an ICMP id from here
SERVED = (SERVER_PORT, DNS_PORT)  # what a router serves to its inside alone
STREAM = 2_000_000_000  # ns (nf_conntrack_proto_udp.c)
ATTEMPTS = 128  # Linux: NF_NAT_MAX_ATTEMPTS


class Netfilter:
    """Tracks what is forwarded. Fields of the device: masquerade, input, forward, forwards, listen."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.entries: list[Entry] = []
        self.originals: dict[Tuple4, Entry] = {}
        self.answers: dict[Tuple4, Entry] = {}

    # the device's settings, as they stand now

    @property
    def outside(self) -> str | None:
        """Name of the port whose address is used; `none` is no port."""
        port = self.stack.device.get("masquerade") or ""
        name = port.partition(".")[2] or port
        return name if name in self.stack.interfaces else None

    def _targets(self) -> dict[tuple[str, int], tuple[str, int]]:
        """Port forwards: protocol and outside port → inside address and port."""
        return forwards((*(self.stack.device.get("forwards") or ()), self.stack.device.get("port-forward")))

    # the four moments of a packet

    def arriving(self, packet: Packet, port: str) -> tuple[Packet, Passage]:
        """Before routing: answers get their true destination back, forwarded ports theirs."""
        key = tuple_of(packet)
        if key is None:
            return self._related(packet)
        entry = self.answers.get(key)
        if entry is not None and entry.kind != "plain":
            return self._answering(packet, entry, key)
        if entry is None:
            entry = self.originals.get(key)
            if entry is not None and self._reopens(packet, entry):
                self._forget(entry)
                entry = None
            target = (entry.answer.src, entry.answer.sport) if entry and entry.kind == "forward" else None
            if entry is None and port == self.outside:
                target = self._targets().get((key.proto, key.dport))
            if target is not None:
                return rewrite(packet, dst=target), Passage(entry, target=target, arrived=key)
            return packet, Passage(entry, arrived=key)
        return packet, Passage(entry, answering=True, arrived=key)

    def _reopens(self, packet: Packet, entry: Entry) -> bool:
        """A SYN for a connection that is over begins a new one."""
        tcp = packet.layers[1]
        return isinstance(tcp, Tcp) and tcp.flags == "S" and entry.state in ("TIME_WAIT", "CLOSE")

    def _answering(self, packet: Packet, entry: Entry, key: Tuple4) -> tuple[Packet, Passage]:
        passage = Passage(entry, answering=True, arrived=key)
        if entry.kind == "forward":
            return packet, passage  # its source is restored when it leaves
        return rewrite(packet, dst=(entry.original.src, entry.original.sport)), passage

    def _related(self, packet: Packet) -> tuple[Packet, Passage]:
        """An error about a translated packet goes to the one who sent that, and quotes it as it was sent."""
        quoted = quoted_tuple(packet)
        entry = self.answers.get(flip(quoted)) if quoted else None
        if entry is None or entry.kind == "plain":
            return packet, Passage(entry, answering=True)
        original = entry.original
        if entry.kind == "masquerade":
            back = rewrite(packet, dst=(original.src, None))
            back = rewrite_quoted(back, src=(original.src, original.sport))
        else:
            back = rewrite(packet, src=(original.dst, None))
            back = rewrite_quoted(back, dst=(original.dst, original.dport))
        self._tell(entry, packet, back, "in" if entry.kind == "masquerade" else "out")
        return back, Passage(entry, answering=True)

    def as_sent(self, packet: Packet, passage: Passage | None) -> tuple[Packet, str | None]:
        """A packet that can't go on, as its sender sent it, for the error that quotes it; and the outside address in
        whose name that error leaves, when the source was translated already (as Linux does)."""
        arrived = passage.arrived if passage is not None else None
        if arrived is None:
            return packet, None
        key = tuple_of(packet)
        translated = key is not None and key.src != arrived.src
        outside = key.src if key is not None and translated else None
        sent = rewrite(packet, src=(arrived.src, arrived.sport), dst=(arrived.dst, arrived.dport))
        return sent, outside

    def lets_in(self, packet: Packet, port: str) -> bool:
        """The INPUT chain: what is meant for the router itself."""
        if self.stack.device.get("input") != "drop":
            return True
        transport = packet.layers[1]
        if isinstance(transport, Udp):
            if transport.dport in SERVED:
                return port != self.outside
            return transport.dport in self.stack.udp.by_port  # answers to its own questions
        key = tuple_of(packet)
        if key is None:
            return True  # errors about what the router itself sent
        if isinstance(transport, Tcp):
            known = (key.dst, key.dport, key.src, key.sport) in self.stack.tcp.connections
            return known or transport.dport in self.stack.tcp.listening
        return self.stack.icmp.expects(key.dport)

    def lets_through(self, passage: Passage | None, came_by: str) -> bool:
        """The FORWARD chain. stateful: answers, what comes from inside, and forwarded ports."""
        if self.stack.device.get("forward") != "stateful":
            return True
        known = passage is not None and (passage.entry is not None or passage.target is not None)
        return known or came_by != self.outside

    def hides_redirect(self, packet: Packet, passage: Passage | None) -> bool:
        """A router that translates lets no redirect out about what it translates, nor about a connection that it does
        not know yet, since it might: else both ends would talk past it."""
        if self.outside is None and not self._targets():
            return False
        entry = passage.entry if passage is not None else None
        return begins(packet) if entry is None else entry.kind != "plain"

    def leaving(self, packet: Packet, passage: Passage | None, came_by: str | None, leaves_by: str) -> Packet | None:
        """After routing: sources are rewritten, new connections noted. None: no port is free."""
        key = tuple_of(packet)
        if key is None or passage is None:
            return packet
        if passage.entry is None and not begins(packet):
            return packet  # of no connection that is known: neither noted nor translated
        entry = passage.entry or self._note(packet, passage, key, came_by, leaves_by)
        if entry is None:
            return None
        translated = packet
        if entry.kind == "masquerade" and not passage.answering:
            translated = rewrite(packet, src=(entry.answer.dst, entry.answer.dport))
            self._tell(entry, packet, translated, "out")
        elif entry.kind == "masquerade":
            # restored on arrival, before routing; told now, when the packet is on its way again
            self._tell(entry, rewrite(packet, dst=(entry.answer.dst, entry.answer.dport)), packet, "in")
        elif entry.kind == "forward":
            translated = self._forwarded(entry, packet, passage)
        self._follow(entry, packet, passage.answering)
        return translated

    def _forwarded(self, entry: Entry, packet: Packet, passage: Passage) -> Packet:
        """Inwards the destination was rewritten on arrival; outwards the source becomes the outside address again."""
        if passage.answering:
            translated = rewrite(packet, src=(entry.original.dst, entry.original.dport))
            self._tell(entry, packet, translated, "out")
            return translated
        self._tell(entry, rewrite(packet, dst=(entry.original.dst, entry.original.dport)), packet, "in")
        return packet

    # entries

    def _note(
        self, packet: Packet, passage: Passage, key: Tuple4, came_by: str | None, leaves_by: str
    ) -> Entry | None:
        """A new connection passes: choose its outside port, if it is masqueraded."""
        answer = flip(key)
        kind = "plain"
        if passage.target is not None:
            kind = "forward"
        elif leaves_by == self.outside != came_by:
            kind = "masquerade"
            address = self.stack.device.get("snat") or self.stack.interfaces[leaves_by].ip
            port = self._free(key, address) if address else None
            if address is None or port is None:
                return None
            answer = replace(answer, dst=address, dport=port)
        inside = packet.origin if kind != "forward" else (packet.to or packet.origin)
        original = passage.arrived or key
        now = self.stack.device.now
        entry = Entry(original, answer, inside, kind, key.proto.upper(), now, now)
        tcp = packet.layers[1]
        if isinstance(tcp, Tcp):
            entry.state = "SYN_SENT" if tcp.flags == "S" else "ESTABLISHED"
        self.entries.append(entry)
        self.originals[original] = entry
        self.answers[answer] = entry
        if kind != "plain":
            row = self._row(entry)
            kept = entry.outside[1] == entry.original.sport
            self.stack.device.event("nat.new", **row, port_kept=kept, **{"from": inside, "to": packet.to})
        self.show()
        self.stack.device.after(life(entry), self._expire, entry)
        return entry

    def _free(self, key: Tuple4, address: str) -> int | None:
        """The source port itself if it is free, else a random free one."""
        wanted = flip(replace(key, src=address))
        if not self._taken(wanted):
            return key.sport
        low, high = IDENTS if key.proto == "icmp" else PORTS
        start = self.stack.device.chance("nat").between(low, high)
        for step in range(ATTEMPTS):
            port = low + (start - low + step) % (high - low + 1)
            if not self._taken(replace(wanted, dport=port)):
                return port
        return None

    def _taken(self, answer: Tuple4) -> bool:
        own = (answer.dst, answer.dport, answer.src, answer.sport) in self.stack.tcp.connections
        asking = answer.proto == "udp" and answer.dport in self.stack.udp.by_port
        return answer in self.answers or (answer.proto == "tcp" and own) or asking

    def _follow(self, entry: Entry, packet: Packet, answering: bool) -> None:
        """What the packet says of the connection's state."""
        entry.last = self.stack.device.now
        tcp = packet.layers[1]
        if not isinstance(tcp, Tcp):
            self._follow_datagrams(entry, answering)
            return
        if "R" in tcp.flags and not entry.answered:
            self._forget(entry)  # a refusal is no connection
            return
        entry.answered = entry.answered or answering
        self._become(entry, after(entry.state, tcp))

    def _follow_datagrams(self, entry: Entry, answering: bool) -> None:
        """UDP that goes both ways for longer than 2 s is a stream, and remembered longer."""
        entry.answered = entry.answered or answering
        streams = entry.original.proto == "udp" and entry.answered and entry.last - entry.began > STREAM
        if streams:
            self._become(entry, "UDP_STREAM")

    def _become(self, entry: Entry, state: str) -> None:
        if entry.state != state:
            entry.state = state
            entry.assured = entry.assured or state == "ESTABLISHED"
            self.show()
            self.stack.device.after(life(entry), self._expire, entry)

    def _expire(self, entry: Entry) -> None:
        left = entry.last + life(entry) - self.stack.device.now
        if left > 0:
            self.stack.device.after(left, self._expire, entry)
        elif self.originals.get(entry.original) is entry:
            self._forget(entry)

    def _forget(self, entry: Entry) -> None:
        self.entries = [other for other in self.entries if other is not entry]
        self.originals.pop(entry.original, None)
        self.answers.pop(entry.answer, None)
        self.show()

    def forget_address(self, address: str) -> None:
        """An address of the machine is gone, and with it what was masqueraded by it (Linux: masq_inet_event); SNAT,
        which takes no notice of addresses, keeps what it has."""
        if self.stack.device.get("snat"):
            return
        for entry in [each for each in self.entries if each.kind == "masquerade" and each.answer.dst == address]:
            self._forget(entry)

    # what is shown

    def _tell(self, entry: Entry, before: Packet, after: Packet, direction: str) -> None:
        old, new = _ends(before), _ends(after)
        side = "src" if old["src"] != new["src"] else "dst"
        self.stack.device.event(
            "nat.rewrite", before=old, after=new, was=_end(old, side), becomes=_end(new, side),
            proto=entry.original.proto, direction=direction,
            port_kept=entry.outside[1] == entry.original.sport if entry.kind == "masquerade" else True,
            **{"from": entry.inside, "to": before.origin if direction == "in" else before.to},
        )  # fmt: skip

    def _row(self, entry: Entry) -> dict[str, str]:
        original, answer = entry.original, entry.answer
        if entry.kind == "masquerade":
            inside, peer = (original.src, original.sport), (original.dst, original.dport)
        else:
            inside, peer = (answer.src, answer.sport), (original.src, original.sport)
        return {"proto": original.proto, "inside": _socket(*inside), "outside": _socket(*entry.outside),
                "peer": peer[0] if original.proto == "icmp" else _socket(*peer)}  # fmt: skip

    def show(self) -> None:
        self.stack.device.show("nat", [
            {**self._row(entry), "kind": entry.kind, "state": entry.state, "assured": entry.assured}
            for entry in self.entries if entry.kind != "plain"
        ])  # fmt: skip


def _socket(address: str, port: int) -> str:
    return f"{address}:{port}"


def _end(ends: dict[str, Any], side: str) -> str:
    return _socket(ends[side], ends["sport" if side == "src" else "dport"])


def _ends(packet: Packet) -> dict[str, Any]:
    """Both ends of a packet as they stand in it; an error has those of the packet that it quotes, the other way."""
    key = tuple_of(packet)
    if key is None:
        quoted = quoted_tuple(packet)
        assert quoted is not None
        key = flip(quoted)
    return {"src": key.src, "sport": key.sport, "dst": key.dst, "dport": key.dport}
