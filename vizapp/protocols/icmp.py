"""ICMP: echo, and the errors that routers and hosts report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from vizapp.protocols.header import Header, Part, checksum, layout, pack_parts, read_parts

ECHO_REPLY, UNREACHABLE, REDIRECT, ECHO, TIME_EXCEEDED = 0, 3, 5, 8, 11
NET, HOST, PORT = 0, 1, 3  # codes of UNREACHABLE
PING_DATA = bytes(range(56))  # what ping sends along, 56 bytes
MOST_QUOTED = 576 - 20 - 8  # bytes of the quoted packet: an error has 576 at most (RFC 1812 § 4.3.2.3)


@dataclass(frozen=True, slots=True)
class Icmp(Header):
    """An echo has id and seq; an error quotes the packet that it is about (from its IPv4 header in).

    gateway: the better router that a redirect names.
    """

    icmp_type: int
    icmp_code: int = 0
    id: int = 0
    seq: int = 0
    quoted: tuple[Header, ...] = ()
    gateway: str | None = None

    protocol: ClassVar[str] = "icmp"
    title: ClassVar[str] = "ICMP"
    source: ClassVar[str] = "RFC 792"
    parts: ClassVar[tuple[Part, ...]] = layout(
        "RFC 792, Echo", ("icmp_type", 8), ("icmp_code", 8), ("checksum", 16), ("id", 16), ("seq", 16)
    )
    error: ClassVar[tuple[Part, ...]] = layout(
        "RFC 792, Destination Unreachable", ("icmp_type", 8), ("icmp_code", 8), ("checksum", 16), ("unused", 32)
    )
    redirect: ClassVar[tuple[Part, ...]] = layout(
        "RFC 792, Redirect", ("icmp_type", 8), ("icmp_code", 8), ("checksum", 16), ("gateway", 32, "ip")
    )

    @property
    def echo(self) -> bool:
        return self.icmp_type in (ECHO, ECHO_REPLY)

    def places(self) -> tuple[Part, ...]:
        if self.echo:
            return self.parts
        return self.redirect if self.icmp_type == REDIRECT else self.error

    def fields(self) -> dict[str, Any]:
        values: dict[str, Any] = {"icmp_type": self.icmp_type, "icmp_code": self.icmp_code}
        if self.echo:
            return values | {"id": self.id, "seq": self.seq}
        if self.gateway:
            values["gateway"] = self.gateway
        return values | {"quoted": self._quote()} if self.quoted else values

    def _quote(self) -> dict[str, Any]:
        """The quoted packet's fields; of TCP only what the error needs (numbers are relative to a connection)."""
        values: dict[str, Any] = {}
        for layer in self.quoted:
            fields = layer.fields()
            if layer.protocol == "tcp":
                fields = {name: fields[name] for name in ("sport", "dport", "flags", "len")}
            if layer.protocol in ("ipv4", "tcp", "udp", "icmp"):
                values |= fields
        return values

    def pack(self, payload: bytes, outer: Header | None, inner: Header | None) -> bytes:
        from vizapp.protocols.wire import pack

        values = {"icmp_type": self.icmp_type, "icmp_code": self.icmp_code, "checksum": 0, "unused": 0,
                  "id": self.id, "seq": self.seq, "gateway": self.gateway or "0.0.0.0"}  # fmt: skip
        rest = (payload or PING_DATA) if self.echo else pack(self.quoted)[:MOST_QUOTED]
        parts = self.places()
        values["checksum"] = checksum(pack_parts(parts, values) + rest)
        return pack_parts(parts, values) + rest

    @classmethod
    def read(cls, data: bytes) -> tuple[Icmp, str | None, bytes]:
        from vizapp.protocols.wire import read_from

        values = read_parts(cls.parts, data)
        header = cls(values["icmp_type"], values["icmp_code"], values["id"], values["seq"])
        if header.echo:
            return header, None, b""
        gateway = read_parts(cls.redirect, data)["gateway"] if header.icmp_type == REDIRECT else None
        quoted = read_from("ipv4", data[8:])
        return cls(header.icmp_type, header.icmp_code, quoted=quoted, gateway=gateway), None, b""
