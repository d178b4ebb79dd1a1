"""The packets that may be picked at one moment, as a small page: those under way, and those that ended last."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from vizapp.picture.letter import title
from vizapp.sim.packet import Packet
from vizapp.window.pages import Moment, heading, muted, pairs
from vizapp.window.picked import name_of

MOST = 12
BACK = 400  # flights that are looked through


def packet_list(at: Moment, early: bool) -> str:
    """Everything that may be picked. early: a packet is picked already, and has not left yet."""
    flights = at.frame.flights()
    text = at.words("packet.gone" if early else "packet.pick" if flights else "packet.none")
    under_way = [(flight.packet, flight.src, flight.dst) for flight in flights[:MOST]]
    there = {packet.id for packet, _, _ in under_way}
    gone = {flight.packet.id: (flight.packet, flight.src, flight.dst) for flight in at.frame.departed(BACK)
            if flight.packet.id not in there}  # fmt: skip
    parts = [f"<p>{muted(text, at.theme)}</p>", _rows(at, under_way)]
    if gone:
        parts += [heading(at.words("packet.last"), "", at), _rows(at, list(gone.values())[: -MOST - 1 : -1])]
    return "".join(parts)


def passing(at: Moment, device: str) -> str:
    """The packets that a device sent or was sent last, as the end of its page."""
    found: dict[int, tuple[Packet, str, str]] = {}
    for flight in reversed(at.frame.departed(BACK)):
        ends = (flight.src.partition(".")[0], flight.dst.partition(".")[0])
        if device in ends and len(found) < MOST // 2:
            found.setdefault(flight.packet.id, (flight.packet, flight.src, flight.dst))
    return heading(at.words("packet.here"), "", at) + _rows(at, found.values()) if found else ""


def _rows(at: Moment, packets: Iterable[tuple[Packet, str, str]]) -> str:
    return pairs(((_ends(at, src, dst), link(at, packet), False) for packet, src, dst in packets), at)


def _ends(at: Moment, src: str, dst: str) -> str:
    return escape(" → ".join(at.name(port.partition(".")[0]) for port in (src, dst)))


def link(at: Moment, packet: Packet) -> str:
    """A packet's name; a click picks it."""
    dot = f'<span style="color:{at.theme.packet(packet.protocol)}">●</span>'
    name = escape(title(packet, at.words))
    return f'{dot} <a href="{name_of(packet.id)}" style="color:{at.theme.accent}">{name}</a>'
