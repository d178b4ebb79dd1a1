"""DHCP: an address for a while, in four messages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from vizapp.protocols.header import Message, Part, ip_number, ip_text, layout, pack_parts, read_parts

SERVER_PORT, CLIENT_PORT = 67, 68
MESSAGES = ("DISCOVER", "OFFER", "REQUEST", "DECLINE", "ACK", "NAK", "RELEASE", "INFORM")  # 1 … 8
COOKIE = 0x63825363
SIZE = 300  # bytes: the least that relays of BOOTP accept (RFC 1542 § 2.1)
NO_ADDRESS = "0.0.0.0"

# option: number, form; in the order in which they are sent (RFC 2132)
OPTIONS: dict[str, tuple[int, str]] = {
    "requested_ip": (50, "ip"), "server_id": (54, "ip"), "lease_s": (51, "seconds"), "t1_s": (58, "seconds"),
    "t2_s": (59, "seconds"), "subnet_mask": (1, "ip"), "broadcast_address": (28, "ip"), "router": (3, "ip"),
    "dns": (6, "ips"), "max_message_size": (57, "short"), "parameter_list": (55, "list"), "hostname": (12, "text"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dhcp(Message):
    """message: DISCOVER, OFFER …; op: request (client) or reply (server). Times in seconds. None: option left out."""

    message: str
    op: str
    chaddr: str
    broadcast_flag: bool = False
    ciaddr: str = NO_ADDRESS
    yiaddr: str = NO_ADDRESS
    siaddr: str = NO_ADDRESS
    giaddr: str = NO_ADDRESS
    xid: int = 0
    server_id: str | None = None
    requested_ip: str | None = None
    lease_s: int | None = None
    t1_s: int | None = None
    t2_s: int | None = None
    subnet_mask: str | None = None
    broadcast_address: str | None = None
    router: str | None = None
    dns: tuple[str, ...] | None = None
    hostname: str | None = None
    max_message_size: int | None = None
    parameter_list: tuple[int, ...] | None = None

    protocol: ClassVar[str] = "dhcp"
    title: ClassVar[str] = "DHCP"
    source: ClassVar[str] = "RFC 2131, RFC 2132"
    parts: ClassVar[tuple[Part, ...]] = layout(
        "RFC 2131 § 2",
        ("op", 8), ("hardware", 8), ("hardware_length", 8), ("hops", 8), ("xid", 32), ("secs", 16),
        ("broadcast_flag", 1), ("reserved", 15), ("ciaddr", 32, "ip"), ("yiaddr", 32, "ip"), ("siaddr", 32, "ip"),
        ("giaddr", 32, "ip"), ("chaddr", 48, "mac"), ("chaddr_rest", 80), ("sname", 512), ("file", 1024),
        ("cookie", 32),
    )  # fmt: skip

    def fields(self) -> dict[str, Any]:
        names = ("message", "op", "broadcast_flag", "ciaddr", "yiaddr", "siaddr", "giaddr", "chaddr")
        values: dict[str, Any] = {name: getattr(self, name) for name in names}
        values |= {name: value for name in OPTIONS if (value := getattr(self, name)) is not None}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}

    @property
    def pill(self) -> str:
        return self.message

    def _options(self) -> Iterator[tuple[str, bytes]]:
        """(name, bytes with number and length) of each option."""
        yield "message", bytes((53, 1, MESSAGES.index(self.message) + 1))
        for name, (number, form) in OPTIONS.items():
            value = getattr(self, name)
            if value is not None:
                content = _write(value, form)
                yield name, bytes((number, len(content))) + content

    def places(self) -> Sequence[Part]:
        at = 240 * 8
        parts = list(self.parts)
        for name, content in self._options():
            parts.append(Part(name, at, len(content) * 8, "RFC 2132", "option"))
            at += len(content) * 8
        return parts

    def content(self) -> bytes:
        values = {
            "op": 1 if self.op == "request" else 2, "hardware": 1, "hardware_length": 6, "hops": 0, "xid": self.xid,
            "secs": 0, "broadcast_flag": self.broadcast_flag, "reserved": 0, "ciaddr": self.ciaddr,
            "yiaddr": self.yiaddr, "siaddr": self.siaddr, "giaddr": self.giaddr, "chaddr": self.chaddr,
            "chaddr_rest": 0, "sname": 0, "file": 0, "cookie": COOKIE,
        }  # fmt: skip
        data = pack_parts(self.parts, values) + b"".join(content for _, content in self._options()) + b"\xff"
        return data.ljust(SIZE, b"\0")

    @classmethod
    def read(cls, data: bytes) -> tuple[Dhcp, str | None, bytes]:
        values = read_parts(cls.parts, data)
        found: dict[str, Any] = {}
        message = MESSAGES[0]
        rest = data[240:]
        while rest and rest[0] != 255:
            number, content = rest[0], rest[2 : 2 + rest[1]]
            if number == 53:
                message = MESSAGES[content[0] - 1]
            for name, (option, form) in OPTIONS.items():
                if option == number:
                    found[name] = _read(content, form)
            rest = rest[2 + rest[1] :]
        addresses = {name: values[name] for name in ("ciaddr", "yiaddr", "siaddr", "giaddr", "xid")}
        op = "request" if values["op"] == 1 else "reply"
        return cls(message, op, values["chaddr"], bool(values["broadcast_flag"]), **addresses, **found), None, b""


def _write(value: Any, form: str) -> bytes:
    match form:
        case "ip":
            return ip_number(value).to_bytes(4, "big")
        case "ips":
            return b"".join(ip_number(each).to_bytes(4, "big") for each in value)
        case "list":
            return bytes(value)
        case "text":
            return bytes(value, "utf-8")
    return int(value).to_bytes(2 if form == "short" else 4, "big")


def _read(content: bytes, form: str) -> Any:
    match form:
        case "ip":
            return ip_text(int.from_bytes(content, "big"))
        case "ips":
            return tuple(ip_text(int.from_bytes(content[at : at + 4], "big")) for at in range(0, len(content), 4))
        case "list":
            return tuple(content)
        case "text":
            return content.decode("utf-8", "replace")
    return int.from_bytes(content, "big")
