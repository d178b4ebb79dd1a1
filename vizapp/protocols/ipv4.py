"""IPv4: from which machine to which, and through how many routers at most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from vizapp.protocols.header import Header, Part, checksum, layout, pack_parts, read_parts

EVERYONE = "255.255.255.255"
NO_ADDRESS = "0.0.0.0"
PROTOCOLS = {"icmp": 1, "tcp": 6, "udp": 17}
DONT_FRAGMENT = 0b010


@dataclass(frozen=True, slots=True)
class Ipv4(Header):
    """proto: icmp, tcp or udp. Linux sends with TTL 64."""

    src: str
    dst: str
    proto: str
    ttl: int = 64

    protocol: ClassVar[str] = "ipv4"
    title: ClassVar[str] = "IPv4"
    source: ClassVar[str] = "RFC 791"
    parts: ClassVar[tuple[Part, ...]] = layout(
        "RFC 791 § 3.1",
        ("version", 4), ("header_length", 4), ("tos", 8), ("total_length", 16), ("identification", 16),
        ("fragment_flags", 3), ("fragment_offset", 13), ("ttl", 8), ("proto", 8), ("checksum", 16),
        ("src", 32, "ip"), ("dst", 32, "ip"),
    )  # fmt: skip

    def fields(self) -> dict[str, Any]:
        return {"src": self.src, "dst": self.dst, "ttl": self.ttl, "proto": self.proto}

    def pack(self, payload: bytes, outer: Header | None, inner: Header | None) -> bytes:
        values = {
            "version": 4, "header_length": 5, "tos": 0, "total_length": 20 + len(payload), "identification": 0,
            "fragment_flags": DONT_FRAGMENT, "fragment_offset": 0, "ttl": self.ttl, "proto": PROTOCOLS[self.proto],
            "checksum": 0, "src": self.src, "dst": self.dst,
        }  # fmt: skip
        values["checksum"] = checksum(pack_parts(self.parts, values))
        return pack_parts(self.parts, values) + payload

    @classmethod
    def read(cls, data: bytes) -> tuple[Ipv4, str | None, bytes]:
        values = read_parts(cls.parts, data)
        proto = next((name for name, number in PROTOCOLS.items() if number == values["proto"]), str(values["proto"]))
        header = cls(values["src"], values["dst"], proto, values["ttl"])
        return header, proto, data[values["header_length"] * 4 : values["total_length"]]


def pseudo_header(ip: Ipv4, length: int) -> bytes:
    """What TCP and UDP also sum: addresses, protocol and length (RFC 9293 § 3.1, RFC 768)."""
    parts = layout("", ("src", 32, "ip"), ("dst", 32, "ip"), ("zero", 8), ("proto", 8), ("length", 16))
    values = {"src": ip.src, "dst": ip.dst, "zero": 0, "proto": PROTOCOLS[ip.proto], "length": length}
    return pack_parts(parts, values)
