"""RDP: a connection request and its confirmation (X.224, in a TPKT) before the session, which is encrypted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from vizapp.protocols.header import Message, Part, pack_parts

PORT = 3389
REQUEST, CONFIRM = 0xE0, 0xD0  # X.224 codes of the two messages
ASKS, SAYS = 1, 2  # types of the negotiation behind them
STANDARD, TLS, BOTH = 0, 1, 3  # protocols: RDP's own encryption; TLS; TLS or CredSSP
COOKIE = b"Cookie: mstshash=user\r\n"
HEAD = 11  # bytes of TPKT and X.224
NEGOTIATION = 8  # bytes


@dataclass(frozen=True, slots=True)
class Rdp(Message):
    """confirms: the server's answer. security: which protocols the client offers, or which one the server takes."""

    confirms: bool = False
    security: int = BOTH

    protocol: ClassVar[str] = "rdp"
    title: ClassVar[str] = "RDP (X.224, TPKT)"
    source: ClassVar[str] = "MS-RDPBCGR § 2.2.1, RFC 1006"

    @property
    def pill(self) -> str:
        return "CONFIRM" if self.confirms else "CONNECT"

    def fields(self) -> dict[str, Any]:
        return {"x224_code": CONFIRM if self.confirms else REQUEST, "security": self.security}

    def _cookie(self) -> bytes:
        return b"" if self.confirms else COOKIE

    def content(self) -> bytes:
        long = HEAD + len(self._cookie()) + NEGOTIATION
        head = {"tpkt_version": 3, "tpkt_reserved": 0, "tpkt_length": long, "x224_length": long - 5,
                "x224_code": CONFIRM if self.confirms else REQUEST, "x224_destination": 0, "x224_source": 0,
                "x224_class": 0}  # fmt: skip
        last = {"negotiation_type": SAYS if self.confirms else ASKS, "negotiation_flags": 0,
                "negotiation_length": NEGOTIATION, "security": self.security}  # fmt: skip
        front, back = self._parts()
        return pack_parts(front, head) + self._cookie() + pack_parts(back, last)

    def _parts(self) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
        """Those before the cookie and those behind it, which count from the lowest byte on."""
        source = "MS-RDPBCGR § 2.2.1.2" if self.confirms else "MS-RDPBCGR § 2.2.1.1"
        tpkt = (("tpkt_version", 8), ("tpkt_reserved", 8), ("tpkt_length", 16))
        x224 = (("x224_length", 8), ("x224_code", 8), ("x224_destination", 16), ("x224_source", 16), ("x224_class", 8))
        front = (*_row("RFC 1006 § 6", 0, tpkt), *_row(source, 32, x224))
        start = (HEAD + len(self._cookie())) * 8
        negotiation = (("negotiation_type", 8), ("negotiation_flags", 8), ("negotiation_length", 16), ("security", 32))
        return front, _row(source, start, negotiation, "little")

    def places(self) -> Sequence[Part]:
        front, back = self._parts()
        cookie = self._cookie()
        between = (Part("cookie", HEAD * 8, (len(cookie) - 2) * 8, "MS-RDPBCGR § 2.2.1.1", "text"),) if cookie else ()
        return (*front, *between, *back)

    @classmethod
    def read(cls, data: bytes) -> tuple[Rdp, str | None, bytes]:
        long = int.from_bytes(data[2:4], "big")
        security = int.from_bytes(data[long - 4 : long], "little")
        return cls(data[5] == CONFIRM, security), None, data[long:]


def _row(source: str, at: int, rows: Sequence[tuple[str, int]], form: str = "number") -> tuple[Part, ...]:
    found = []
    for name, bits in rows:
        found.append(Part(name, at, bits, source, form))
        at += bits
    return tuple(found)
