"""The wire: a stack of headers becomes the true bytes of a frame, and back; each field with its place in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from vizapp.protocols.arp import Arp
from vizapp.protocols.dhcp import Dhcp
from vizapp.protocols.dns import Dns
from vizapp.protocols.ethernet import Ethernet
from vizapp.protocols.header import Data, Header, Part, decode
from vizapp.protocols.http import Http
from vizapp.protocols.icmp import Icmp
from vizapp.protocols.igmp import Igmp
from vizapp.protocols.ipv4 import Ipv4
from vizapp.protocols.rdp import Rdp
from vizapp.protocols.ssh import Ssh
from vizapp.protocols.tcp import Tcp
from vizapp.protocols.udp import Udp
from vizapp.protocols.vnc import Vnc
from vizapp.protocols.vrrp import Vrrp

PROTOCOLS: tuple[type[Any], ...] = (Ethernet, Arp, Ipv4, Icmp, Igmp, Udp, Tcp, Vrrp, Dhcp, Dns, Http, Ssh, Rdp, Vnc)
BY_NAME: dict[str, type[Any]] = {protocol.protocol: protocol for protocol in PROTOCOLS}


def pack(layers: Sequence[Header]) -> bytes:
    """The bytes of a stack of headers, from the innermost out, lengths and checksums right."""
    data = b""
    for index in range(len(layers) - 1, -1, -1):
        outer = layers[index - 1] if index else None
        inner = layers[index + 1] if index + 1 < len(layers) else None
        data = layers[index].pack(data, outer, inner)
    return data


def read(data: bytes) -> tuple[Header, ...]:
    """The headers of an Ethernet frame; what no protocol here reads stays `Data`."""
    return read_from("ethernet", data)


def read_from(protocol: str, data: bytes) -> tuple[Header, ...]:
    """The headers of `data`, whose first one is of `protocol`."""
    layers: list[Header] = []
    name: str | None = protocol
    while name in BY_NAME:
        header, name, data = BY_NAME[name].read(data)
        layers.append(header)
    return (*layers, Data(data)) if data else tuple(layers)


@dataclass(frozen=True, slots=True)
class Located:
    """A part of a layer in the bytes of its frame. at: bit where it begins; value: as it stands there."""

    layer: int
    protocol: str
    part: Part
    at: int
    value: Any


def locate(layers: Sequence[Header]) -> Iterator[Located]:
    """Every part of every layer, with its place in `pack(layers)`."""
    data = pack(layers)
    total = int.from_bytes(data, "big")
    start = 0
    for index, layer in enumerate(layers):
        for part in layer.places():
            at = start + part.at
            number = (total >> (len(data) * 8 - at - part.bits)) & ((1 << part.bits) - 1)
            yield Located(index, layer.protocol, part, at, _value(number, part, layer))
        start = (len(data) - len(pack(layers[index + 1 :]))) * 8 if index + 1 < len(layers) else start


def _value(number: int, part: Part, layer: Header) -> Any:
    if part.form == "text":
        return number.to_bytes(part.bits // 8, "big").decode("utf-8", "replace")
    if part.form == "bytes":
        return number.to_bytes(part.bits // 8, "big")
    if part.form == "option":
        return layer.fields()[part.name]
    return decode(number, part)
