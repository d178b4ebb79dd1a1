"""TCP: a connection between two ports, in order and without loss."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from vizapp.protocols.header import Header, Part, checksum, layout, pack_parts, read_parts
from vizapp.protocols.ipv4 import Ipv4, pseudo_header

BITS = {"F": 1, "S": 2, "R": 4, "P": 8, "A": 16}
WINDOW = 64_240  # bytes, Linux's first window on Ethernet
MSS = 1_460  # bytes of data that fit in an Ethernet frame; without the option a peer may send 536 only
VNC_PORTS = range(5900, 6000)
TURN = 1 << 32  # numbers of bytes come round again


@dataclass(frozen=True, slots=True)
class Tcp(Header):
    """flags: letters as tcpdump writes them (S, SA, A, PA, FA, RA, R). len: bytes of payload.

    seq and ack are relative: every connection counts from 0. isn, peer_isn: the initial numbers of the sender and of
    the other side, from which the bytes count (RFC 9293 § 3.4.1). What is read from bytes counts as they do.
    """

    sport: int
    dport: int
    flags: str
    seq: int = 0
    ack: int = 0
    len: int = 0
    isn: int = 0
    peer_isn: int = 0

    protocol: ClassVar[str] = "tcp"
    title: ClassVar[str] = "TCP"
    source: ClassVar[str] = "RFC 9293"
    parts: ClassVar[tuple[Part, ...]] = layout(
        "RFC 9293 § 3.1",
        ("sport", 16), ("dport", 16), ("seq", 32), ("ack", 32), ("header_length", 4), ("reserved", 4), ("flags", 8),
        ("window", 16), ("checksum", 16), ("urgent", 16),
    )  # fmt: skip
    opening: ClassVar[tuple[Part, ...]] = (
        *parts,
        Part("mss_kind", 160, 8, "RFC 9293 § 3.2"),
        Part("mss_length", 168, 8, "RFC 9293 § 3.2"),
        Part("mss", 176, 16, "RFC 9293 § 3.7.1"),
    )

    def fields(self) -> dict[str, Any]:
        values = {"sport": self.sport, "dport": self.dport, "flags": self.flags, "seq": self.seq, "len": self.len}
        return values | {"ack": self.ack} if "A" in self.flags else values

    def places(self) -> Sequence[Part]:
        return self.opening if "S" in self.flags else self.parts

    def pack(self, payload: bytes, outer: Header | None, inner: Header | None) -> bytes:
        parts, acknowledges = self.places(), "A" in self.flags
        length = sum(part.bits for part in parts) // 8
        values = {
            "sport": self.sport, "dport": self.dport, "seq": (self.isn + self.seq) % TURN,
            "ack": (self.peer_isn + self.ack) % TURN if acknowledges else 0, "header_length": length // 4,
            "reserved": 0, "flags": sum(BITS[flag] for flag in self.flags),
            "window": 0 if "R" in self.flags else WINDOW, "checksum": 0, "urgent": 0,
            "mss_kind": 2, "mss_length": 4, "mss": MSS,
        }  # fmt: skip
        if isinstance(outer, Ipv4):
            summed = pseudo_header(outer, length + len(payload)) + pack_parts(parts, values) + payload
            values["checksum"] = checksum(summed)
        return pack_parts(parts, values) + payload

    @classmethod
    def read(cls, data: bytes) -> tuple[Tcp, str | None, bytes]:
        values = read_parts(cls.parts, data)
        rest = data[values["header_length"] * 4 :]
        # the order in which tcpdump writes them
        flags = "".join(flag for flag in "FSRPA" if values["flags"] & BITS[flag])
        header = cls(values["sport"], values["dport"], flags, values["seq"], values["ack"], len(rest))
        return header, _inner(header, rest) if rest else None, rest


def _inner(tcp: Tcp, content: bytes) -> str:
    """The protocol of what a segment carries: some begin with a mark of their own, VNC is known by its port."""
    if content.startswith(b"SSH-"):
        return "ssh"
    if content[:2] == b"\x03\x00":  # a TPKT
        return "rdp"
    return "vnc" if any(port in VNC_PORTS for port in (tcp.sport, tcp.dport)) else "http"
