"""Connection tracking: what a Linux router remembers of each connection that passes, and for how long."""

from __future__ import annotations

from dataclasses import dataclass

from vizapp.devices.net.translate import Tuple4

SECOND = 1_000_000_000
# ns that an entry lives after its last packet, by the state of its connection (Linux: nf_conntrack_*_timeout)
LIVES = {
    "SYN_SENT": 120, "SYN_RECV": 60, "ESTABLISHED": 432_000, "FIN_WAIT": 120, "LAST_ACK": 30, "TIME_WAIT": 120,
    "CLOSE": 10, "UDP": 30, "UDP_STREAM": 120, "ICMP": 30,
}  # fmt: skip


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
    closing: int = 0  # sides that have said FIN, as bits; of UDP: 2 when it was answered
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


def life(entry: Entry) -> int:
    """How long the entry lives after its last packet, in ns."""
    return LIVES[entry.state] * SECOND
