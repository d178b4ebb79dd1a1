"""DNS: which address has that name? A question and its answer, each in one datagram."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from vizapp.protocols.header import Message, Part, ip_text, layout, pack_parts, read_parts

PORT = 53
ADDRESS, INTERNET = 1, 1  # the type A and the class IN (RFC 1035 § 3.2)
RCODES = {0: "NOERROR", 1: "FORMERR", 2: "SERVFAIL", 3: "NXDOMAIN", 4: "NOTIMP", 5: "REFUSED"}
POINTER = 0xC000  # two bits that say: the name goes on there (§ 4.1.4)
HEAD = 12  # bytes; the name asked for stands behind them

RECORD = layout("RFC 1035 § 3.2.1", ("answer_name", 16), ("answer_type", 16), ("answer_class", 16), ("answer_ttl", 32),
                ("answer_length", 16), ("answer_address", 32, "ip"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dns(Message):
    """A question for the address of a name (type A), or what a server says to it.

    answers: addresses, each for `ttl` seconds. authoritative: the server has it from its own records, not from others.
    """

    name: str
    id: int = 0
    response: bool = False
    rcode: str = "NOERROR"
    answers: tuple[str, ...] = ()
    ttl: int = 0
    authoritative: bool = False
    recursion_available: bool = False

    protocol: ClassVar[str] = "dns"
    title: ClassVar[str] = "DNS"
    source: ClassVar[str] = "RFC 1035"
    parts: ClassVar[tuple[Part, ...]] = layout(
        "RFC 1035 § 4.1.1",
        ("id", 16), ("response", 1), ("opcode", 4), ("authoritative", 1), ("truncated", 1), ("recursion_desired", 1),
        ("recursion_available", 1), ("reserved", 3), ("rcode", 4), ("questions", 16), ("answer_count", 16),
        ("authority_count", 16), ("additional_count", 16),
    )  # fmt: skip

    @property
    def pill(self) -> str:
        if not self.response:
            return "QUERY"
        return "ANSWER" if self.rcode == "NOERROR" else self.rcode

    def fields(self) -> dict[str, Any]:
        values: dict[str, Any] = {"name": self.name, "type": "A"}
        if not self.response:
            return values
        values |= {"rcode": self.rcode, "authoritative": self.authoritative}
        return values | {"answers": list(self.answers), "ttl": self.ttl} if self.answers else values

    def content(self) -> bytes:
        values = {
            "id": self.id, "response": self.response, "opcode": 0, "authoritative": self.authoritative,
            "truncated": 0, "recursion_desired": 1, "recursion_available": self.recursion_available, "reserved": 0,
            "rcode": _code(self.rcode), "questions": 1, "answer_count": len(self.answers), "authority_count": 0,
            "additional_count": 0,
        }  # fmt: skip
        question = write_name(self.name) + ADDRESS.to_bytes(2, "big") + INTERNET.to_bytes(2, "big")
        return pack_parts(self.parts, values) + question + b"".join(map(self._record, self.answers))

    def _record(self, address: str) -> bytes:
        """The name is a pointer to where it stands in the question."""
        values = {"answer_name": POINTER | HEAD, "answer_type": ADDRESS, "answer_class": INTERNET,
                  "answer_ttl": self.ttl, "answer_length": 4, "answer_address": address}  # fmt: skip
        return pack_parts(RECORD, values)

    def places(self) -> Sequence[Part]:
        at, long = HEAD * 8, len(write_name(self.name)) * 8
        asked = "RFC 1035 § 4.1.2"
        parts = [*self.parts, Part("name", at, long, asked, "option"), Part("type", at + long, 16, asked),
                 Part("class", at + long + 16, 16, asked)]  # fmt: skip
        at += long + 32
        for number in range(len(self.answers)):
            parts += [Part(p.name, at + number * 128 + p.at, p.bits, p.source, p.form) for p in RECORD]
        return parts

    @classmethod
    def read(cls, data: bytes) -> tuple[Dns, str | None, bytes]:
        values = read_parts(cls.parts, data)
        name, at = read_name(data, HEAD)
        at += 4
        found = []
        for _ in range(values["answer_count"]):
            _, at = read_name(data, at)
            kind, seconds, long = (int.from_bytes(data[a:b], "big") for a, b in ((at, at + 2), (at + 4, at + 8),
                                                                                   (at + 8, at + 10)))  # fmt: skip
            if kind == ADDRESS:
                found.append((ip_text(int.from_bytes(data[at + 10 : at + 14], "big")), seconds))
            at += 10 + long
        return (
            cls(name, values["id"], bool(values["response"]), RCODES.get(values["rcode"], str(values["rcode"])),
                tuple(address for address, _ in found), found[0][1] if found else 0, bool(values["authoritative"]),
                bool(values["recursion_available"])),
            None, b"",
        )  # fmt: skip


def _code(rcode: str) -> int:
    return next((number for number, name in RCODES.items() if name == rcode), 0)


def write_name(name: str) -> bytes:
    """A name as labels, each behind its length; a byte of zero ends it (RFC 1035 § 3.1)."""
    labels = [label.encode() for label in name.split(".") if label]
    return b"".join(bytes((len(label),)) + label for label in labels) + b"\0"


def read_name(data: bytes, at: int) -> tuple[str, int]:
    """The name that begins at byte `at`, and where what follows it begins; it may go on at a pointer."""
    labels: list[str] = []
    end: int | None = None
    seen: set[int] = set()
    while at < len(data) and data[at] and at not in seen:
        seen.add(at)
        if data[at] >= 0xC0:
            end = end or at + 2
            at = int.from_bytes(data[at : at + 2], "big") & 0x3FFF
        else:
            labels.append(data[at + 1 : at + 1 + data[at]].decode("ascii", "replace"))
            at += 1 + data[at]
    return ".".join(labels), end or at + 1
