"""What a packet's card says: its name, who sends it to whom, and what was just rewritten in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from vizapp.picture.view import View
from vizapp.sim.frame import Frame
from vizapp.sim.packet import Packet
from vizapp.sim.timeline import Event, Flight
from vizapp.words import Words

EVERYONE = ("255.255.255.255", "ff:ff:ff:ff:ff:ff")
TELLING = ("tcp", "http", "instruction", "order", "launch")  # protocols known by the names of their packets
PLAIN = ("instruction", "order", "launch")  # whose packets are called by their name alone, on cards too
RINGS = {"none": "layer.ring", "virtual": "layer.virtual-ring"}  # what is said of a mode that is none of VMX
MOST = 4  # lines of a card that tells one pair of addresses
TWO_PAIRS = 6  # of one that tells more
BACK = 6  # how many causes a rewriting may lie behind


@dataclass(frozen=True, slots=True)
class Written:
    """A line of a card. was: what stood there before; hidden: a question asks for it."""

    label: str
    value: str
    was: str | None = None
    hidden: bool = False
    mono: bool = True


@dataclass(frozen=True, slots=True)
class Letter:
    """Everything a card says. all: it is sent to everybody on its network."""

    title: str
    protocol: str
    lines: tuple[Written, ...]
    everyone: bool = False


def title(packet: Packet, words: Words) -> str:
    """`TCP SYN`: the protocol's name and the packet's own."""
    name, protocol = _name(packet, words), packet.protocol
    if protocol in PLAIN or name.lower().startswith(protocol):
        return name
    return f"{protocol.upper()} {name}"


def pill(packet: Packet, words: Words) -> str:
    """The packet's name, with its protocol where the name alone does not tell it."""
    return _name(packet, words) if packet.protocol in TELLING else title(packet, words)


def _name(packet: Packet, words: Words) -> str:
    """The packet's own name, in the words of the language where it has any."""
    key = f"pill.{packet.name.lower().replace(' ', '-')}"
    return words(key) if words.has(key) else packet.name


def letter(packet: Packet, view: View, words: Words, rewriting: Event | None = None) -> Letter:
    """The card of a packet; rewriting: the event that changed it on its way to here."""
    headers = packet.headers()
    before, after = _sides(rewriting)
    lines = tuple(_lines(packet, headers, view, words, before, after))
    destination = headers.get("ethernet", {}).get("eth_dst")
    everyone = destination in EVERYONE or headers.get("ipv4", {}).get("dst") in EVERYONE
    most = MOST if len(view.cards) == 1 else TWO_PAIRS
    return Letter(title(packet, words), packet.protocol, lines[:most], everyone)


def rewritten(packet: Packet, event: Event, view: View, words: Words) -> Letter:
    """The card of a packet while it is being rewritten: its ends as the event tells them."""
    before, after = _sides(event)
    lines = []
    for address, port, label in (("src", "sport", "card.src"), ("dst", "dport", "card.dst")):
        value = _socket(after.get(address), after.get(port), view, address, port)
        old = _socket(before.get(address), before.get(port), view, address, port)
        hidden = view.masks("", address) or view.masks("", port)
        lines.append(Written(words(label), value, old if old != value and not hidden else None, hidden))
    lines += _further(packet.headers(), view, before, after)
    return Letter(title(packet, words), packet.protocol, tuple(lines))


def _sides(event: Event | None) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """What stood in a packet before it was rewritten, and what stands there since."""
    if event is None:
        return {}, {}
    before, after = event.details.get("before"), event.details.get("after")
    if not (isinstance(before, Mapping) and isinstance(after, Mapping)):
        return {}, {}
    return (_named(before), _named(after)) if event.details.get("proto") == "icmp" else (before, after)


def _named(ends: Mapping[str, Any]) -> Mapping[str, Any]:
    """An echo has no ports: what is told in their place is its identifier, on the side that asks."""
    return {"src": ends.get("src"), "dst": ends.get("dst"), "id": ends.get("sport") or ends.get("dport") or 0}


def _lines(
    packet: Packet,
    headers: Mapping[str, Mapping[str, Any]],
    view: View,
    words: Words,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> Iterator[Written]:
    if "arp" in headers:
        lines = tuple(_arp(headers["arp"], words))
        yield from lines[:1] if "mac" in view.cards else lines
        yield from _frame(headers, view, words, alone=True)
        return
    if "instruction" in headers:
        yield from _instruction(headers["instruction"], view, words)
        return
    if "dhcp" in headers:
        yield from _dhcp(headers["dhcp"], words)
    if "dns" in headers:
        yield from _dns(headers["dns"], words)
    network = headers.get("ipv4")
    if network is None:
        for name, value in list(packet.layers[-1].fields().items())[:MOST]:
            label = f"field.{packet.protocol}.{name}"
            yield Written(words(label) if words.has(label) else name, words.say(value))
        return
    if before and not _meant(network, after):
        before, after = {}, {}
    yield from _frame(headers, view, words, alone="ip" not in view.cards)
    if "ip" in view.cards:
        yield from _ends(network, headers, view, words, before)
    yield from _further(headers, view, before, after)


def _further(
    headers: Mapping[str, Mapping[str, Any]], view: View, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[Written]:
    """TTL and ICMP identifier, where cards tell them; an identifier that was replaced is always told."""
    if "ttl" in view.cards:
        hidden = view.masks("", "ttl")
        yield Written("TTL", "?" if hidden else str(headers.get("ipv4", {}).get("ttl", "")), None, hidden)
    ident = after.get("id", headers.get("icmp", {}).get("id"))
    was = before.get("id", ident)
    if ident is not None and ("id" in view.cards or was != ident):
        hidden = view.masks("", "id")
        yield Written("id", "?" if hidden else str(ident), str(was) if was != ident and not hidden else None, hidden)


def _frame(
    headers: Mapping[str, Mapping[str, Any]], view: View, words: Words, alone: bool
) -> Iterator[Written]:
    """The MAC addresses, where cards tell them. alone: no IP addresses follow."""
    frame = headers.get("ethernet")
    if frame is None or "mac" not in view.cards:
        return
    for field, label in (("eth_src", "card.src"), ("eth_dst", "card.dst")):
        yield Written(words(label) if alone else f"MAC {words(label)}", str(frame.get(field, "")))


def _ends(
    network: Mapping[str, Any],
    headers: Mapping[str, Mapping[str, Any]],
    view: View,
    words: Words,
    before: Mapping[str, Any],
) -> Iterator[Written]:
    """Both ends of a packet, with what stood there before it was rewritten."""
    transport = headers.get("tcp") or headers.get("udp") or {}
    for address, port, label in (("src", "sport", "card.src"), ("dst", "dport", "card.dst")):
        # a packet not rewritten yet tells no answer: what a question points at stands out, but is told
        hide = view if before else None
        value = _socket(network.get(address), transport.get(port), hide, address, port)
        old = _socket(before.get(address), before.get(port), hide, address, port) if before else value
        hidden = view.masks("", address) or view.masks("", port)
        name = f"IP {words(label)}" if "mac" in view.cards else words(label)
        yield Written(name, value, old if old != value and not hidden else None, hidden)


def _meant(network: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether a rewriting made this very packet: its ends are those it left."""
    return network.get("src") == after.get("src") and network.get("dst") == after.get("dst")


def _socket(address: Any, port: Any, view: View | None, name: str, port_name: str) -> str:
    """`address:port`, where what `view` masks is a question mark."""
    shown = "?" if view and view.masks("", name) else str(address)
    if port is None:
        return shown
    return f"{shown}:{'?' if view and view.masks('', port_name) else port}"


def _arp(fields: Mapping[str, Any], words: Words) -> Iterator[Written]:
    asker, asked = str(fields.get("sender_ip", "")), str(fields.get("target_ip", ""))
    if asker == asked:
        yield Written("", words("card.is-at", ip=asked), mono=False)
        yield Written("MAC", str(fields.get("sender_mac", "")))
    elif asker == "0.0.0.0":
        yield Written("", words("card.anybody", ip=asked), mono=False)
    elif fields.get("op") == "request":
        yield Written("", words("card.who-has", ip=asked), mono=False)
        yield Written(words("card.asks"), asker)
    else:
        yield Written("", words("card.is-at", ip=asker), mono=False)
        yield Written("MAC", str(fields.get("sender_mac", "")))


def _dhcp(fields: Mapping[str, Any], words: Words) -> Iterator[Written]:
    offered, wanted = fields.get("yiaddr"), fields.get("requested_ip")
    if offered and offered != "0.0.0.0":
        yield Written(words("card.offers"), str(offered))
    elif wanted:
        yield Written(words("card.wants"), str(wanted))
        if fields.get("server_id"):
            yield Written(words("card.of"), str(fields["server_id"]))


def _dns(fields: Mapping[str, Any], words: Words) -> Iterator[Written]:
    yield Written(words("card.name"), str(fields.get("name", "")))
    for address in fields.get("answers") or ():
        yield Written(words("card.offers"), str(address))


def _instruction(fields: Mapping[str, Any], view: View, words: Words) -> Iterator[Written]:
    if "mode" in fields:
        key = RINGS.get(fields["mode"], "card.mode")
        text = words(key, mode=fields["mode"], ring=fields.get("ring", "?"))
        yield Written("", "?" if view.masks("", "mode") else text, mono=False)
    if "operand" in fields:
        yield Written("", str(fields["operand"]))
    yield Written("PC" if "said" in fields else "RIP", str(fields.get("rip", "")))  # RIP is x86's
    if fields.get("result") is not None:
        yield Written("=", words.say(fields["result"]))
    elif fields.get("exit_reason") is not None:
        hidden = view.masks("", "reason")
        reason = "?" if hidden else words(f"exit-reason.{fields['exit_reason']}")
        yield Written(words("card.reason"), reason, hidden=hidden, mono=False)


def rewriting(frame: Frame, flight: Flight) -> Event | None:
    """The rewriting at the device that sent this flight, or by a program that sends through it, if that is what set
    it off."""
    device = flight.src.partition(".")[0]
    cause = flight.cause
    for _ in range(BACK):
        item = frame.timeline.by_id(cause) if cause else None
        if not isinstance(item, Event) or device not in (item.device, item.details.get("through")):
            return None
        if "before" in item.details and "after" in item.details:
            return item
        cause = item.cause
    return None
