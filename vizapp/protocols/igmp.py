"""IGMP: a machine tells its routers and switches which groups it wants to hear (version 3 reports: RFC 3376)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from vizapp.protocols.header import Header, Part, checksum, layout, pack_parts, read_parts

REPORT = 0x22
ROUTERS = "224.0.0.22"  # who listens to reports
LEAVES, JOINS = 3, 4  # CHANGE_TO_INCLUDE_MODE of no source, CHANGE_TO_EXCLUDE_MODE of none


@dataclass(frozen=True, slots=True)
class Igmp(Header):
    """A membership report with one record. change: JOINS or LEAVES."""

    change: int
    group: str

    protocol: ClassVar[str] = "igmp"
    title: ClassVar[str] = "IGMP"
    source: ClassVar[str] = "RFC 3376"
    parts: ClassVar[tuple[Part, ...]] = layout(
        "RFC 3376 § 4.2",
        ("igmp_type", 8), ("reserved", 8), ("checksum", 16), ("reserved_2", 16), ("records", 16),
        ("change", 8), ("aux_length", 8), ("sources", 16), ("group", 32, "ip"),
    )  # fmt: skip

    def fields(self) -> dict[str, Any]:
        return {"igmp_type": f"{REPORT:#x}", "change": self.change, "group": self.group}

    def pack(self, payload: bytes, outer: Header | None, inner: Header | None) -> bytes:
        values = {
            "igmp_type": REPORT, "reserved": 0, "checksum": 0, "reserved_2": 0, "records": 1, "change": self.change,
            "aux_length": 0, "sources": 0, "group": self.group,
        }  # fmt: skip
        values["checksum"] = checksum(pack_parts(self.parts, values))
        return pack_parts(self.parts, values) + payload

    @classmethod
    def read(cls, data: bytes) -> tuple[Igmp, str | None, bytes]:
        values = read_parts(cls.parts, data)
        return cls(values["change"], values["group"]), None, data[16:]
