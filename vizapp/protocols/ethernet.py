"""Ethernet II: who on this cable sends to whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from vizapp.protocols.header import Header, Part, layout, pack_parts, read_parts

BROADCAST = "ff:ff:ff:ff:ff:ff"
TYPES = {"ipv4": 0x0800, "arp": 0x0806}


@dataclass(frozen=True, slots=True)
class Ethernet(Header):
    """The frame header; the type is that of the layer inside."""

    eth_src: str
    eth_dst: str

    protocol: ClassVar[str] = "ethernet"
    title: ClassVar[str] = "Ethernet"
    source: ClassVar[str] = "IEEE 802.3, RFC 894"
    parts: ClassVar[tuple[Part, ...]] = layout(
        "IEEE 802.3 § 3.2", ("eth_dst", 48, "mac"), ("eth_src", 48, "mac"), ("type", 16)
    )

    def fields(self) -> dict[str, Any]:
        return {"eth_src": self.eth_src, "eth_dst": self.eth_dst}

    def pack(self, payload: bytes, outer: Header | None, inner: Header | None) -> bytes:
        kind = TYPES.get(inner.protocol, 0) if inner else 0
        return pack_parts(self.parts, {**self.fields(), "type": kind}) + payload

    @classmethod
    def read(cls, data: bytes) -> tuple[Ethernet, str | None, bytes]:
        """The header, the name of what is inside (None: unknown) and the rest."""
        values = read_parts(cls.parts, data)
        inner = next((name for name, kind in TYPES.items() if kind == values["type"]), None)
        return cls(values["eth_src"], values["eth_dst"]), inner, data[14:]


def is_group(mac: str) -> bool:
    """Whether the address is that of a group (broadcast included): the lowest bit of its first byte."""
    return bool(int(mac[1], 16) & 1)
