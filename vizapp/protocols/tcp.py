"""TCP: a connection between two ports, in order and without loss."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from vizapp.protocols.header import Header, Part, checksum, layout, pack_parts, read_parts
from vizapp.protocols.ipv4 import Ipv4, pseudo_header

BITS = {"F": 1, "S": 2, "R": 4, "P": 8, "A": 16}
WINDOW = 64_240  # bytes, Linux's first window on Ethernet


@dataclass(frozen=True, slots=True)
class Tcp(Header):
    """flags: letters as tcpdump writes them (S, SA, A, PA, FA, RA, R). len: bytes of payload.

    seq and ack are relative: every connection counts from 0.
    """

    sport: int
    dport: int
    flags: str
    seq: int = 0
    ack: int = 0
    len: int = 0

    protocol: ClassVar[str] = "tcp"
    title: ClassVar[str] = "TCP"
    source: ClassVar[str] = "RFC 9293"
    parts: ClassVar[tuple[Part, ...]] = layout(
        "RFC 9293 § 3.1",
        ("sport", 16), ("dport", 16), ("seq", 32), ("ack", 32), ("header_length", 4), ("reserved", 4), ("flags", 8),
        ("window", 16), ("checksum", 16), ("urgent", 16),
    )  # fmt: skip

    def fields(self) -> dict[str, Any]:
        values = {"sport": self.sport, "dport": self.dport, "flags": self.flags, "seq": self.seq, "len": self.len}
        return values | {"ack": self.ack} if "A" in self.flags else values

    def pack(self, payload: bytes, outer: Header | None, inner: Header | None) -> bytes:
        values = {
            "sport": self.sport, "dport": self.dport, "seq": self.seq, "ack": self.ack, "header_length": 5,
            "reserved": 0, "flags": sum(BITS[flag] for flag in self.flags),
            "window": 0 if "R" in self.flags else WINDOW, "checksum": 0, "urgent": 0,
        }  # fmt: skip
        if isinstance(outer, Ipv4):
            length = 20 + len(payload)
            values["checksum"] = checksum(pseudo_header(outer, length) + pack_parts(self.parts, values) + payload)
        return pack_parts(self.parts, values) + payload

    @classmethod
    def read(cls, data: bytes) -> tuple[Tcp, str | None, bytes]:
        values = read_parts(cls.parts, data)
        rest = data[values["header_length"] * 4 :]
        # the order in which tcpdump writes them
        flags = "".join(flag for flag in "FSRPA" if values["flags"] & BITS[flag])
        header = cls(values["sport"], values["dport"], flags, values["seq"], values["ack"], len(rest))
        return header, "http" if rest else None, rest
