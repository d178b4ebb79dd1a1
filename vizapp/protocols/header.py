"""What a header is: named fields, each with its place in the bytes and the section of the RFC that defines it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class Part:
    """A field and its place: `at` and `bits` count bits from the start of its header.

    form: number, little (a number, its lowest byte first), mac, ip, text or bytes. source: where it is defined, to
    print.
    """

    name: str
    at: int
    bits: int
    source: str
    form: str = "number"


class Header:
    """One layer. `fields()` has the names of the recordings; `values()` has every part of the bytes, sums included."""

    __slots__ = ()

    protocol: ClassVar[str]
    title: ClassVar[str]
    source: ClassVar[str]
    parts: ClassVar[tuple[Part, ...]] = ()

    def fields(self) -> dict[str, Any]:
        raise NotImplementedError

    def pack(self, payload: bytes, outer: Header | None, inner: Header | None) -> bytes:
        """This header and its payload as they stand on the wire. `outer` and `inner` are the neighbouring layers."""
        raise NotImplementedError

    def places(self) -> Sequence[Part]:
        """The parts of this very header, options included."""
        return self.parts

    @staticmethod
    def words(protocol: str, part: str) -> str:
        """Key of what the part means."""
        return f"field.{protocol}.{part}"


class Message(Header):
    """What a program says over TCP or UDP: whole bytes, and the name of the packet that carries them."""

    __slots__ = ()

    @property
    def pill(self) -> str:
        """What the packet's pill says."""
        raise NotImplementedError

    def content(self) -> bytes:
        """The message as it is sent."""
        raise NotImplementedError

    def pack(self, payload: bytes, outer: Header | None, inner: Header | None) -> bytes:
        return self.content() + payload


@dataclass(frozen=True, slots=True)
class Piece(Message):
    """A piece of a message that is too long for one segment: `size` bytes of it, from byte `at` on."""

    message: Message
    at: int
    size: int

    title: ClassVar[str] = ""
    source: ClassVar[str] = ""

    @property
    def protocol(self) -> str:  # type: ignore[override]
        return self.message.protocol

    @property
    def last(self) -> bool:
        """Whether the message is whole once this piece is there."""
        return self.at + self.size == len(self.message.content())

    @property
    def pill(self) -> str:
        return f"{self.message.pill} …" if not self.last else self.message.pill

    def fields(self) -> dict[str, Any]:
        return {**self.message.fields(), "at": self.at, "of": len(self.message.content())}

    def content(self) -> bytes:
        return self.message.content()[self.at : self.at + self.size]

    def places(self) -> Sequence[Part]:
        """The parts of the message that lie wholly in this piece."""
        first, end = self.at * 8, (self.at + self.size) * 8
        parts = (part for part in self.message.places() if first <= part.at and part.at + part.bits <= end)
        return [replace(part, at=part.at - first) for part in parts]


@dataclass(frozen=True, slots=True)
class Data(Header):
    """Bytes that no protocol here reads."""

    content: bytes = b""

    protocol: ClassVar[str] = "data"
    title: ClassVar[str] = "Data"
    source: ClassVar[str] = ""

    def fields(self) -> dict[str, Any]:
        return {"len": len(self.content)}

    def pack(self, payload: bytes, outer: Header | None, inner: Header | None) -> bytes:
        return self.content + payload


def encode(value: Any, part: Part) -> int:
    """The number that stands in the bytes for `value`."""
    if part.form == "number":
        return int(value)
    if part.form == "mac":
        return int(value.replace(":", ""), 16)
    if part.form == "ip":
        return ip_number(value)
    if part.form == "little":
        return _turned(value, part.bits)
    return int(value)


def decode(number: int, part: Part) -> Any:
    if part.form == "mac":
        return mac_text(number)
    if part.form == "ip":
        return ip_text(number)
    if part.form == "little":
        return _turned(number, part.bits)
    return number


def _turned(number: int, bits: int) -> int:
    """The number whose bytes are those of `number` the other way round."""
    return int.from_bytes(int(number).to_bytes(bits // 8, "big"), "little")


def pack_parts(parts: Sequence[Part], values: Mapping[str, Any]) -> bytes:
    """The bytes of a header whose parts fill it without a gap."""
    total = 0
    bits = 0
    for part in parts:
        total = (total << part.bits) | (encode(values[part.name], part) & ((1 << part.bits) - 1))
        bits += part.bits
    return total.to_bytes(bits // 8, "big")


def read_parts(parts: Sequence[Part], data: bytes) -> dict[str, Any]:
    """Every part's value, read from the bytes of its header."""
    length = sum(part.bits for part in parts)
    total = int.from_bytes(data[: length // 8], "big")
    return {
        part.name: decode((total >> (length - part.at - part.bits)) & ((1 << part.bits) - 1), part) for part in parts
    }


def layout(source: str, *rows: tuple[Any, ...]) -> tuple[Part, ...]:
    """Parts one after the other: rows of (name, bits) or (name, bits, form)."""
    at = 0
    parts = []
    for name, bits, *form in rows:
        parts.append(Part(name, at, bits, source, form[0] if form else "number"))
        at += bits
    return tuple(parts)


def checksum(data: bytes) -> int:
    """The Internet checksum (RFC 1071): ones' complement of the ones' complement sum of 16-bit words."""
    number = int.from_bytes(data + bytes(len(data) % 2), "big")
    # 2¹⁶ leaves 1 when divided by 2¹⁶ − 1, so the whole leaves what its words sum up to; carried round, only 0 gives 0
    total = number % 0xFFFF or (0xFFFF if number else 0)
    return ~total & 0xFFFF


def ip_number(address: str) -> int:
    """An IPv4 address as a number."""
    a, b, c, d = address.split(".")
    return (int(a) << 24) | (int(b) << 16) | (int(c) << 8) | int(d)


def ip_text(number: int) -> str:
    return f"{number >> 24 & 255}.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def mac_text(number: int) -> str:
    return ":".join(f"{number >> shift & 255:02x}" for shift in range(40, -1, -8))
