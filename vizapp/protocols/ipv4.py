"""IPv4: from which machine to which, and through how many routers at most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from vizapp.protocols.header import Header, Part, checksum, ip_number, layout, mac_text, pack_parts, read_parts

EVERYONE = "255.255.255.255"
NO_ADDRESS = "0.0.0.0"
PROTOCOLS = {"icmp": 1, "igmp": 2, "tcp": 6, "udp": 17, "vrrp": 112}
DONT_FRAGMENT = 0b010
CONTROL = 0xC0  # type of service of what keeps a network going (Linux: IPTOS_PREC_INTERNETCONTROL)
ROUTER_ALERT = 0x94040000  # routers must look at the packet (RFC 2113)


@dataclass(frozen=True, slots=True)
class Ipv4(Header):
    """proto: a name of `PROTOCOLS`. Linux sends with TTL 64. alert: with the option that has routers look at it."""

    src: str
    dst: str
    proto: str
    ttl: int = 64
    tos: int = 0
    alert: bool = False

    protocol: ClassVar[str] = "ipv4"
    title: ClassVar[str] = "IPv4"
    source: ClassVar[str] = "RFC 791"
    parts: ClassVar[tuple[Part, ...]] = layout(
        "RFC 791 § 3.1",
        ("version", 4), ("header_length", 4), ("tos", 8), ("total_length", 16), ("identification", 16),
        ("fragment_flags", 3), ("fragment_offset", 13), ("ttl", 8), ("proto", 8), ("checksum", 16),
        ("src", 32, "ip"), ("dst", 32, "ip"),
    )  # fmt: skip

    option: ClassVar[Part] = Part("router_alert", 160, 32, "RFC 2113 § 2.1")

    def fields(self) -> dict[str, Any]:
        return {"src": self.src, "dst": self.dst, "ttl": self.ttl, "proto": self.proto}

    def places(self) -> tuple[Part, ...]:
        return (*self.parts, self.option) if self.alert else self.parts

    def pack(self, payload: bytes, outer: Header | None, inner: Header | None) -> bytes:
        words = 6 if self.alert else 5
        values = {
            "version": 4, "header_length": words, "tos": self.tos, "total_length": words * 4 + len(payload),
            "identification": 0, "fragment_flags": 0 if self.proto == "vrrp" else DONT_FRAGMENT,  # as keepalived does
            "fragment_offset": 0, "ttl": self.ttl,
            "proto": PROTOCOLS[self.proto], "checksum": 0, "src": self.src, "dst": self.dst,
            "router_alert": ROUTER_ALERT,
        }  # fmt: skip
        values["checksum"] = checksum(pack_parts(self.places(), values))
        return pack_parts(self.places(), values) + payload

    @classmethod
    def read(cls, data: bytes) -> tuple[Ipv4, str | None, bytes]:
        values = read_parts(cls.parts, data)
        proto = next((name for name, number in PROTOCOLS.items() if number == values["proto"]), str(values["proto"]))
        alert = data[20:24] == ROUTER_ALERT.to_bytes(4, "big") and values["header_length"] == 6
        header = cls(values["src"], values["dst"], proto, values["ttl"], values["tos"], alert)
        return header, proto, data[values["header_length"] * 4 : values["total_length"]]


def is_multicast(address: str) -> bool:
    """Whether the address is that of a group (RFC 1112 § 4)."""
    return 224 <= int(address.partition(".")[0]) < 240


def group_mac(address: str) -> str:
    """The MAC that frames for that group bear: the lowest 23 bits of the address (RFC 1112 § 6.4)."""
    return mac_text(0x01005E000000 | (ip_number(address) & 0x7FFFFF))


def pseudo_header(ip: Ipv4, length: int) -> bytes:
    """What TCP and UDP also sum: addresses, protocol and length (RFC 9293 § 3.1, RFC 768)."""
    parts = layout("", ("src", 32, "ip"), ("dst", 32, "ip"), ("zero", 8), ("proto", 8), ("length", 16))
    values = {"src": ip.src, "dst": ip.dst, "zero": 0, "proto": PROTOCOLS[ip.proto], "length": length}
    return pack_parts(parts, values)
