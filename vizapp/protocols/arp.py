"""ARP: which MAC address has this IPv4 address?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from vizapp.protocols.header import Header, Part, layout, pack_parts, read_parts

NOBODY = "00:00:00:00:00:00"
OPERATIONS = {"request": 1, "reply": 2}


@dataclass(frozen=True, slots=True)
class Arp(Header):
    """op: request or reply."""

    op: str
    sender_mac: str
    sender_ip: str
    target_mac: str
    target_ip: str

    protocol: ClassVar[str] = "arp"
    title: ClassVar[str] = "ARP"
    source: ClassVar[str] = "RFC 826"
    parts: ClassVar[tuple[Part, ...]] = layout(
        "RFC 826, Packet format",
        ("hardware", 16), ("protocol", 16), ("hardware_length", 8), ("protocol_length", 8), ("op", 16),
        ("sender_mac", 48, "mac"), ("sender_ip", 32, "ip"), ("target_mac", 48, "mac"), ("target_ip", 32, "ip"),
    )  # fmt: skip

    def fields(self) -> dict[str, Any]:
        return {
            "op": self.op, "sender_mac": self.sender_mac, "sender_ip": self.sender_ip,
            "target_mac": self.target_mac, "target_ip": self.target_ip,
        }  # fmt: skip

    def pack(self, payload: bytes, outer: Header | None, inner: Header | None) -> bytes:
        fixed = {"hardware": 1, "protocol": 0x0800, "hardware_length": 6, "protocol_length": 4}
        return pack_parts(self.parts, {**self.fields(), **fixed, "op": OPERATIONS[self.op]}) + payload

    @classmethod
    def read(cls, data: bytes) -> tuple[Arp, str | None, bytes]:
        values = read_parts(cls.parts, data)
        op = next((name for name, number in OPERATIONS.items() if number == values["op"]), str(values["op"]))
        names = ("sender_mac", "sender_ip", "target_mac", "target_ip")
        return cls(op, *(values[name] for name in names)), None, b""
