"""Telling connections apart by their four numbers, and rewriting these in a packet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from vizapp.protocols.icmp import ECHO, Icmp
from vizapp.protocols.ipv4 import Ipv4
from vizapp.protocols.tcp import Tcp
from vizapp.protocols.udp import Udp
from vizapp.scene import units
from vizapp.sim.packet import Packet

End = tuple[str, int | None]  # an address and a port; None leaves the port


@dataclass(frozen=True, slots=True)
class Tuple4:
    """Protocol and both ends. Of an ICMP echo, the id stands where the asker's port would; the other side has 0."""

    proto: str
    src: str
    sport: int
    dst: str
    dport: int


def flip(key: Tuple4) -> Tuple4:
    """The tuple of the answers."""
    return Tuple4(key.proto, key.dst, key.dport, key.src, key.sport)


def tuple_of(packet: Packet) -> Tuple4 | None:
    """The packet's tuple (its layers begin with IPv4); None for an ICMP error or what has no ports."""
    return _tuple(packet.layers)


def quoted_tuple(packet: Packet) -> Tuple4 | None:
    """The tuple of the packet that an ICMP error quotes."""
    icmp = packet.layers[1] if len(packet.layers) > 1 else None
    return _tuple(icmp.quoted) if isinstance(icmp, Icmp) and not icmp.echo and icmp.quoted else None


def _tuple(layers: tuple[Any, ...]) -> Tuple4 | None:
    if len(layers) < 2:
        return None
    ip, inner = layers[0], layers[1]
    assert isinstance(ip, Ipv4)
    if isinstance(inner, Tcp | Udp):
        return Tuple4(ip.proto, ip.src, inner.sport, ip.dst, inner.dport)
    if isinstance(inner, Icmp) and inner.echo:
        asks = inner.icmp_type == ECHO
        return Tuple4("icmp", ip.src, inner.id if asks else 0, ip.dst, 0 if asks else inner.id)
    return None


def forwards(texts: Iterable[str | None]) -> dict[tuple[str, int], tuple[str, int]]:
    """Port forwards as written: protocol and outside port → inside address and port."""
    found = {}
    for text in texts:
        if text and text != "none":
            outside, _, target = units.forward(text).partition(" -> ")
            port, _, proto = outside.partition("/")
            address, _, dport = target.partition(":")
            found[(proto or "tcp", int(port))] = (address, int(dport))
    return found


def rewrite(packet: Packet, *, src: End | None = None, dst: End | None = None) -> Packet:
    """The same packet with other ends."""
    return replace(packet, layers=_rewrite(packet.layers, src, dst))


def rewrite_quoted(packet: Packet, *, src: End | None = None, dst: End | None = None) -> Packet:
    """The same error, with other ends of the packet that it quotes."""
    inner = packet.layers[1]
    if not isinstance(inner, Icmp):
        return packet
    quoted = replace(inner, quoted=_rewrite(inner.quoted, src, dst))
    return replace(packet, layers=(packet.layers[0], quoted, *packet.layers[2:]))


def _rewrite(layers: tuple[Any, ...], src: End | None, dst: End | None) -> tuple[Any, ...]:
    ip, inner = layers[0], layers[1]
    if src is not None:
        ip, inner = replace(ip, src=src[0]), _port(inner, "sport", src[1])
    if dst is not None:
        ip, inner = replace(ip, dst=dst[0]), _port(inner, "dport", dst[1])
    return (ip, inner, *layers[2:])


def _port(inner: Any, name: str, port: int | None) -> Any:
    if port is None:
        return inner
    if isinstance(inner, Icmp):
        asks = inner.icmp_type == ECHO
        return replace(inner, id=port) if inner.echo and asks == (name == "sport") else inner
    if not isinstance(inner, Tcp | Udp):
        return inner
    return replace(inner, sport=port) if name == "sport" else replace(inner, dport=port)
