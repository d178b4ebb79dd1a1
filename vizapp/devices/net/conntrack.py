"""Connection tracking: what a Linux router remembers of each connection that passes, and for how long."""

from __future__ import annotations

from dataclasses import dataclass

from vizapp.devices.net.translate import Tuple4
from vizapp.protocols.icmp import ECHO, Icmp
from vizapp.protocols.tcp import Tcp
from vizapp.sim.packet import Packet

SECOND = 1_000_000_000
# ns that an entry lives after its last packet, by the state of its connection (Linux: nf_conntrack_*_timeout)
LIVES = {
    "SYN_SENT": 120, "SYN_RECV": 60, "ESTABLISHED": 432_000, "FIN_WAIT": 120, "CLOSE_WAIT": 60, "LAST_ACK": 30,
    "TIME_WAIT": 120, "CLOSE": 10, "UDP": 30, "UDP_STREAM": 120, "ICMP": 30,
}  # fmt: skip
# what an end, and a mere acknowledgement, make of the state of a TCP connection (Linux: tcp_conntracks)
ENDS = {"SYN_RECV": "FIN_WAIT", "ESTABLISHED": "FIN_WAIT", "FIN_WAIT": "LAST_ACK", "CLOSE_WAIT": "LAST_ACK"}
ACKNOWLEDGEMENTS = {"SYN_RECV": "ESTABLISHED", "FIN_WAIT": "CLOSE_WAIT", "LAST_ACK": "TIME_WAIT"}


@dataclass(slots=True)
class Entry:
    """A tracked connection. original: as its first packet came in; answer: the tuple that its answers have."""

    original: Tuple4
    answer: Tuple4
    inside: str  # the device whose packets are translated
    kind: str  # masquerade, forward or plain
    state: str
    last: int
    began: int
    answered: bool = False
    assured: bool = False  # both sides have agreed on the connection

    @property
    def outside(self) -> tuple[str, int]:
        """The address and port under which the other side knows it."""
        return (self.answer.dst, self.answer.dport) if self.kind == "masquerade" else (
            self.original.dst, self.original.dport)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Passage:
    """What is known of a packet on its way through: its entry, if it has one, and in which direction it goes."""

    entry: Entry | None = None
    answering: bool = False
    target: tuple[str, int] | None = None  # new destination, when a port forward applies
    arrived: Tuple4 | None = None  # the tuple before any translation


def begins(packet: Packet) -> bool:
    """Whether a packet may begin an entry: an echo request but no reply; of TCP the first SYN, or a segment that shows
    a connection under way."""
    inner = packet.layers[1]
    if isinstance(inner, Icmp):
        return inner.icmp_type == ECHO
    return not isinstance(inner, Tcp) or (not {"R", "F"} & set(inner.flags) and inner.flags != "SA")


def after(state: str, tcp: Tcp) -> str:
    """The state of a connection after that segment."""
    if "R" in tcp.flags:
        return "CLOSE"
    if tcp.flags == "SA":
        return "SYN_RECV" if state == "SYN_SENT" else state
    if "F" in tcp.flags:
        return ENDS.get(state, state)
    return ACKNOWLEDGEMENTS.get(state, state) if "S" not in tcp.flags else state


def life(entry: Entry) -> int:
    """How long the entry lives after its last packet, in ns."""
    return LIVES[entry.state] * SECOND
