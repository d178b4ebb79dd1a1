"""A frame taken apart: each field of each layer, as it came in and as it went out, with its place in the bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from vizapp.protocols.header import Header
from vizapp.protocols.icmp import MOST_QUOTED, Icmp
from vizapp.protocols.wire import locate, pack
from vizapp.sim.packet import Header as Carried
from vizapp.words import Words

HEXADECIMAL = ("checksum", "type", "cookie", "xid", "identification", "protocol")  # numbers that are read so
ERROR_HEADER = 64  # bits of an ICMP error before the packet that it quotes
FLAGS = {"S": "SYN", "A": "ACK", "F": "FIN", "R": "RST", "P": "PSH", "U": "URG"}
Layers = Sequence[Carried]


@dataclass(frozen=True, slots=True)
class Span:
    """Where a field stands in the bytes of its frame. at, bits: counted in bits from the first one."""

    at: int
    bits: int

    @property
    def first(self) -> int:
        """The byte that it begins in."""
        return self.at // 8

    @property
    def last(self) -> int:
        """The byte that it ends in."""
        return (self.at + max(self.bits, 1) - 1) // 8

    @property
    def whole(self) -> bool:
        """Whether it fills its bytes."""
        return self.at % 8 == 0 and self.bits % 8 == 0


@dataclass(frozen=True, slots=True)
class Value:
    """One side of a field. value: as it is told; raw: as it stands in the bytes; span: None where it has none there."""

    value: Any
    raw: Any = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """main: it is one of those by which the layer is known; the others only fill the bytes. came, left: None where the
    frame has no such field on that side."""

    protocol: str
    name: str
    source: str
    main: bool
    came: Value | None
    left: Value | None

    @property
    def changed(self) -> bool:
        """Whether it went out otherwise than it came in."""
        if self.came is None or self.left is None:
            return False
        return (self.came.value, self.came.raw) != (self.left.value, self.left.raw)

    @property
    def now(self) -> Value:
        """As it went out, or else as it came in."""
        side = self.left or self.came
        assert side is not None
        return side


@dataclass(frozen=True, slots=True)
class Section:
    """A layer: its fields in the order of the bytes. quoted: it belongs to the packet that an ICMP error quotes."""

    protocol: str
    quoted: bool
    fields: tuple[Field, ...]

    @property
    def changed(self) -> bool:
        return any(field.changed for field in self.fields)


def dissect(came: Layers | None, left: Layers | None) -> tuple[Section, ...]:
    """The layers of a frame from the outside in; on both sides where the frame came in and went out."""
    before = {} if came is None else dict(_layers(came))
    after = {} if left is None else dict(_layers(left))
    return tuple(
        Section(key[0], key[1], tuple(_fields(key[0], before.get(key), after.get(key))))
        for key in dict.fromkeys([*before, *after])
    )


Found = dict[str, tuple[bool, str, Value]]  # field → whether it is a main one, its source, its value
Key = tuple[str, bool, int]  # protocol, whether it is quoted, how many of that protocol stand before it


def _fields(protocol: str, came: Found | None, left: Found | None) -> Iterator[Field]:
    for name in dict.fromkeys([*(came or {}), *(left or {})]):
        one, other = (came or {}).get(name), (left or {}).get(name)
        main, source, _ = one or other  # type: ignore[misc]
        yield Field(protocol, name, source, main, one[2] if one else None, other[2] if other else None)


def _layers(
    layers: Layers, quoted: bool = False, shift: int = 0, end: int | None = None
) -> Iterator[tuple[Key, Found]]:
    """Each layer with its fields; `shift` bits before them, nothing beyond bit `end`."""
    places = _places(layers)
    for number, layer in enumerate(layers):
        found = _found(layer, [each for each in places if each[0] == number], shift, end)
        before = sum(1 for each in layers[:number] if each.protocol == layer.protocol)
        yield (layer.protocol, quoted, before), found
        if isinstance(layer, Icmp) and layer.quoted:
            start = shift + _start(layers, number) + ERROR_HEADER
            yield from _layers(layer.quoted, True, start, start + 8 * MOST_QUOTED)


def _places(layers: Layers) -> list[tuple[int, str, str, Span, Any]]:
    """(layer, name, source, span, raw value) of all parts; nothing for layers that have no bytes."""
    known = [layer for layer in layers if isinstance(layer, Header)]
    if len(known) != len(layers):
        return []
    return [(p.layer, p.part.name, p.part.source, Span(p.at, p.part.bits), p.value) for p in locate(known)]


def _start(layers: Layers, number: int) -> int:
    """The bit at which a layer begins."""
    known = [layer for layer in layers if isinstance(layer, Header)]
    return 8 * (len(pack(known)) - len(pack(known[number:])))


def _found(layer: Carried, places: list[tuple[int, str, str, Span, Any]], shift: int, end: int | None) -> Found:
    told = dict(layer.fields())
    told.pop("quoted", None)  # it has layers of its own
    found: Found = {}
    for _, name, source, span, raw in places:
        moved = Span(span.at + shift, span.bits)
        if end is None or moved.at + moved.bits <= end:
            found[name] = (name in told, source, Value(told.get(name, raw), raw, moved))
    source = getattr(layer, "source", "")
    return found | {name: (True, source, Value(value)) for name, value in told.items()
                    if name not in found and value is not None}  # fmt: skip


# in words


def name(field: Field, words: Words) -> str:
    """What a field is called, in a few words."""
    for key in (f"short.{field.protocol}.{field.name}", f"field.{field.protocol}.{field.name}"):
        if words.has(key):
            return words(key)
    return field.name


def meaning(field: Field, words: Words) -> str:
    """What a field says, and where that is defined."""
    key = f"field.{field.protocol}.{field.name}"
    parts = [words(key) if words.has(key) else field.name, field.source]
    return " · ".join(part for part in parts if part)


def layer_name(section: Section, words: Words) -> str:
    key = f"protocol.{section.protocol}"
    said = words(key) if words.has(key) else section.protocol.upper()
    return words("packet.quoted", layer=said) if section.quoted else said


def said(field: Field, value: Value, words: Words) -> str:
    """A value as it is read: `SYN, ACK`, `0x0800 · IPv4`, `TCP (6)`, `64`."""
    told = value.value
    if field.name == "flags" and field.protocol == "tcp" and isinstance(told, str):
        return ", ".join(FLAGS.get(letter, letter) for letter in told) or "–"
    text = _plain(field.name, told, words)
    key = f"value.{field.protocol}.{field.name}.{told}"
    if not words.has(key):
        return text
    return f"{words(key)} ({value.raw})" if isinstance(told, str) else f"{text} · {words(key)}"


def _plain(name: str, told: Any, words: Words) -> str:
    if isinstance(told, bytes):
        return told.hex(" ")
    if isinstance(told, bool) or not isinstance(told, int):
        return words.say(told)
    return f"{told:#06x}" if name in HEXADECIMAL else str(told)


def bits(span: Span, data: bytes) -> str:
    """The bits of a field that does not fill its bytes, in those bytes: `0100 ····`; nothing for one that does."""
    if span.whole and span.bits != 8:
        return ""
    number = int.from_bytes(data[span.first : span.last + 1], "big")
    count = 8 * (span.last - span.first + 1)
    start = span.at - 8 * span.first
    shown = [str(number >> (count - 1 - n) & 1) if start <= n < start + span.bits else "·" for n in range(count)]
    return " ".join("".join(shown[n : n + 4]) for n in range(0, count, 4))


def frame_bytes(layers: Layers) -> bytes:
    """The bytes of a frame; none for layers that have none."""
    known = [layer for layer in layers if isinstance(layer, Header)]
    return pack(known) if len(known) == len(layers) else b""
