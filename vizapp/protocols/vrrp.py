"""VRRP: the active router of a group announces that it is there (version 2: RFC 3768; version 3: RFC 9568)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from vizapp.protocols.header import Header, Part, checksum, ip_number, layout, pack_parts, read_parts
from vizapp.protocols.ipv4 import Ipv4, pseudo_header

GROUP = "224.0.0.18"
TTL = 255  # what has passed a router is refused (RFC 9568 § 5.1.1.3)
ADVERTISEMENT = 1  # the only type
SECOND, CENTISECOND = 1_000_000_000, 10_000_000
UNIT = {2: SECOND, 3: CENTISECOND}
"""ns of one unit in which a version writes its interval."""
MOST = {2: 255, 3: 4095}
"""The longest interval, in those units."""
STOPPING = 0  # the priority of a router that gives up
OWNER = 255  # that of the machine whose own address it is

V2 = layout(
    "RFC 3768 § 5.1",
    ("version", 4), ("type", 4), ("vrid", 8), ("priority", 8), ("count", 8), ("auth_type", 8), ("adver_int", 8),
    ("checksum", 16),
)  # fmt: skip
V3 = layout(
    "RFC 9568 § 5.1",
    ("version", 4), ("type", 4), ("vrid", 8), ("priority", 8), ("count", 8), ("reserved", 4), ("adver_int", 12),
    ("checksum", 16),
)  # fmt: skip
AUTH_BITS = 64  # version 2 ends with authentication data, which are zeros since RFC 3768


@dataclass(frozen=True, slots=True)
class Vrrp(Header):
    """An advertisement. interval: ns; addresses: those that the group shares."""

    version: int
    vrid: int
    priority: int
    interval: int
    addresses: tuple[str, ...]

    protocol: ClassVar[str] = "vrrp"
    title: ClassVar[str] = "VRRP"
    source: ClassVar[str] = "RFC 3768, RFC 9568"
    parts: ClassVar[tuple[Part, ...]] = V2

    def fields(self) -> dict[str, Any]:
        return {
            "version": self.version, "vrid": self.vrid, "priority": self.priority,
            "adver_int_s": self.interval / SECOND, "addresses": self.addresses,
        }  # fmt: skip

    def places(self) -> tuple[Part, ...]:
        """The fixed parts, each address and, in version 2, the authentication data."""
        fixed = V2 if self.version == 2 else V3
        source, at = fixed[0].source, sum(part.bits for part in fixed)
        row = [Part("address", at + 32 * n, 32, source, "ip") for n in range(len(self.addresses))]
        auth = [Part("auth_data", at + 32 * len(row), AUTH_BITS, source)] if self.version == 2 else []
        return (*fixed, *row, *auth)

    def pack(self, payload: bytes, outer: Header | None, inner: Header | None) -> bytes:
        values = {
            "version": self.version, "type": ADVERTISEMENT, "vrid": self.vrid, "priority": self.priority,
            "count": len(self.addresses), "auth_type": 0, "reserved": 0, "checksum": 0,
            "adver_int": self.interval // UNIT[self.version],
        }  # fmt: skip
        rest = b"".join(ip_number(address).to_bytes(4, "big") for address in self.addresses)
        rest += bytes(AUTH_BITS // 8 if self.version == 2 else 0)
        parts = V2 if self.version == 2 else V3
        length = 8 + len(rest)
        extra = pseudo_header(outer, length) if self.version == 3 and isinstance(outer, Ipv4) else b""
        values["checksum"] = checksum(extra + pack_parts(parts, values) + rest)
        return pack_parts(parts, values) + rest + payload

    @classmethod
    def read(cls, data: bytes) -> tuple[Vrrp, str | None, bytes]:
        version = int.from_bytes(data[:1], "big") >> 4
        values = read_parts(V2 if version == 2 else V3, data)
        unit = UNIT.get(version, CENTISECOND)
        end = 8 + 4 * values["count"]
        addresses = tuple(".".join(map(str, data[at : at + 4])) for at in range(8, end, 4))
        after = data[end + (AUTH_BITS // 8 if version == 2 else 0) :]
        return cls(version, values["vrid"], values["priority"], values["adver_int"] * unit, addresses), None, after


def virtual_mac(vrid: int) -> str:
    """The MAC of a group that has one of its own (RFC 9568 § 7.3)."""
    return f"00:00:5e:00:01:{vrid:02x}"
