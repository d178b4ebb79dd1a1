"""What the inspector tells of a packet: where it is, where it goes, its headers layer by layer, its way so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from vizapp.sim.packet import Packet
from vizapp.sim.timeline import Flight, Timeline
from vizapp.window.pages import Moment, capital, end, heading, mono, muted, pairs

PREFIX = "packet:"
MOST_LISTED = 12


class Journeys:
    """The hops of each packet, found once; it follows a timeline that grows."""

    def __init__(self) -> None:
        self._timeline: Timeline | None = None
        self._hops: dict[int, list[int]] = {}
        self._read = 0

    def hops(self, timeline: Timeline, packet: int, until: int) -> list[Flight]:
        """The hops of a packet that began up to true ns `until`, in order; copies of a broadcast included."""
        if timeline is not self._timeline:
            self._timeline, self._hops, self._read = timeline, {}, 0
        flights = timeline.flights
        for index in range(self._read, len(flights)):
            self._hops.setdefault(flights[index].packet.id, []).append(index)
        self._read = len(flights)
        found = (flights[index] for index in self._hops.get(packet, ()))
        return [flight for flight in found if flight.departs <= until]


def picked(selected: str | None) -> int | None:
    """The packet's number when a packet is selected."""
    if selected is None or not selected.startswith(PREFIX):
        return None
    number = selected[len(PREFIX) :]
    return int(number) if number.isdigit() else None


def packet_page(at: Moment, journeys: Journeys, number: int | None) -> str:
    """The picked packet; without one, those under way, to be picked."""
    hops = journeys.hops(at.run.timeline, number, at.t) if number is not None else []
    if not hops:
        return _under_way(at, number is not None)
    hop = hops[-1]
    before = next((each for each in reversed(hops) if each.packet.layers != hop.packet.layers), None)
    parts = [_title(at, hop.packet), pairs(_where(at, hop), at)]
    for layer in hop.packet.layers:
        old = _layer(before.packet, layer.protocol) if before else {}
        parts.append(heading(_protocol(at, layer.protocol), "", at))
        parts.append(pairs(_fields(at, layer.protocol, layer.fields(), old), at))
    parts.append(heading(at.words("packet.way"), at.words("packet.hops", n=len(hops)), at))
    parts.append(pairs(((at.words.clock(each.departs, 6), _leg(at, each), False) for each in hops[-MOST_LISTED:]), at))
    return "".join(parts)


def _under_way(at: Moment, ended: bool) -> str:
    flights = at.frame.flights()
    text = at.words("packet.gone" if ended else "packet.pick" if flights else "packet.none")
    style = f'style="color:{at.theme.accent}"'
    rows = []
    for flight in flights[:MOST_LISTED]:
        ends = [at.name(port.partition(".")[0]) for port in (flight.src, flight.dst)]
        link = f'<a href="{PREFIX}{flight.packet.id}" {style}>{escape(flight.packet.name)}</a>'
        rows.append((" → ".join(ends), link, False))
    return f"<p>{muted(text, at.theme)}</p>" + pairs(rows, at)


def _title(at: Moment, packet: Packet) -> str:
    dot = f'<span style="color:{at.theme.packet(packet.protocol)}">●</span>'
    protocol = muted(packet.protocol.upper(), at.theme)
    name = f'<b style="font-weight:600">{escape(packet.name)}</b>'
    return f'<p style="margin-top:10px;margin-bottom:8px">{dot} {name} · {protocol}</p>'


def _where(at: Moment, hop: Flight) -> Iterator[tuple[str, str, bool]]:
    there = at.name(hop.dst.partition(".")[0])
    outcome = hop.outcome_at(at.t)
    yield capital(at.words("packet.from")), end(at, hop.src), False
    yield capital(at.words("packet.to")), end(at, hop.dst), False
    if hop.packet.to:
        yield capital(at.words("packet.meant")), escape(at.name(hop.packet.to)), False
    told = at.words(f"packet.{outcome}", device=there)
    if hop.reason and outcome != "in_flight":
        told += f" : {at.words(f'reason.{hop.reason}')}" if at.words.lang == "fr" else (
            f": {at.words(f'reason.{hop.reason}')}"
        )  # fmt: skip
    yield capital(at.words("packet.now")), escape(told), False


def _leg(at: Moment, hop: Flight) -> str:
    here, there = (at.name(port.partition(".")[0]) for port in (hop.src, hop.dst))
    end = {"dropped": " ✗", "ignored": " –"}.get(hop.outcome_at(at.t), "")
    return escape(f"{here} → {there}{end}")


def _layer(packet: Packet, protocol: str) -> Mapping[str, Any]:
    return next((layer.fields() for layer in packet.layers if layer.protocol == protocol), {})


def _fields(
    at: Moment, protocol: str, fields: Mapping[str, Any], old: Mapping[str, Any]
) -> Iterator[tuple[str, str, bool]]:
    """Each header field; one that was rewritten on the way is lit, its old value struck out beside."""
    for name, value in fields.items():
        if value is None:
            continue
        changed = name in old and old[name] != value
        was = f'<br><s style="color:{at.theme.muted}">{mono(_said(at, old[name]))}</s>' if changed else ""
        yield _field(at, protocol, name), mono(_said(at, value)) + was, changed


def _said(at: Moment, value: Any) -> str:
    if isinstance(value, bytes):
        return value.hex(" ")
    if isinstance(value, Mapping) and "words" not in value:
        return ", ".join(f"{key} {each}" for key, each in value.items())
    return at.words.say(value)


def _field(at: Moment, protocol: str, name: str) -> str:
    key = f"field.{protocol}.{name}"
    return at.words(key) if at.words.has(key) else name


def _protocol(at: Moment, name: str) -> str:
    key = f"protocol.{name}"
    return at.words(key) if at.words.has(key) else name.upper()
