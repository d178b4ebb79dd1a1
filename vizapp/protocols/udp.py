"""UDP: from which port to which, and nothing more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from vizapp.protocols.header import Header, Message, Part, checksum, layout, pack_parts, read_parts
from vizapp.protocols.ipv4 import Ipv4, pseudo_header


@dataclass(frozen=True, slots=True)
class Udp(Header):
    """len: bytes of payload."""

    sport: int
    dport: int
    len: int = 0

    protocol: ClassVar[str] = "udp"
    title: ClassVar[str] = "UDP"
    source: ClassVar[str] = "RFC 768"
    parts: ClassVar[tuple[Part, ...]] = layout(
        "RFC 768, Format", ("sport", 16), ("dport", 16), ("length", 16), ("checksum", 16)
    )

    def fields(self) -> dict[str, Any]:
        return {"sport": self.sport, "dport": self.dport, "len": self.len}

    def pack(self, payload: bytes, outer: Header | None, inner: Header | None) -> bytes:
        length = 8 + len(payload)
        values = {"sport": self.sport, "dport": self.dport, "length": length, "checksum": 0}
        if isinstance(outer, Ipv4):
            total = checksum(pseudo_header(outer, length) + pack_parts(self.parts, values) + payload)
            values["checksum"] = total or 0xFFFF  # 0 would mean: no checksum
        return pack_parts(self.parts, values) + payload

    @classmethod
    def read(cls, data: bytes) -> tuple[Udp, str | None, bytes]:
        values = read_parts(cls.parts, data)
        ports = {values["sport"], values["dport"]}
        inner = "dhcp" if ports <= {67, 68} else "dns" if 53 in ports else None
        return cls(values["sport"], values["dport"], values["length"] - 8), inner, data[8 : values["length"]]


def datagram(sport: int, dport: int, message: Message) -> tuple[Udp, Message]:
    """A message in the datagram that carries it."""
    return Udp(sport, dport, len(message.content())), message
