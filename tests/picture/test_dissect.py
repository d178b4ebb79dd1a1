"""A frame taken apart: fields of both sides, what changed, and where each stands in the true bytes."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vizapp.picture.dissect import Field, Section, Span, bits, dissect, frame_bytes, layer_name, meaning, name, said
from vizapp.protocols import Arp, Ethernet, Http, Icmp, Ipv4, Tcp
from vizapp.protocols.icmp import UNREACHABLE
from vizapp.words import Words

ETHERNET = Ethernet("52:54:00:aa:00:01", "52:54:00:aa:00:10")
IP = Ipv4("192.168.122.100", "192.168.1.50", "tcp")
SYN = Tcp(40001, 80, "S")
CAME = (ETHERNET, IP, SYN)
LEFT = (Ethernet("02:00:00:aa:00:11", "02:00:00:aa:00:50"), replace(IP, src="192.168.1.15", ttl=63), SYN)
EN, FR = Words("en"), Words("fr")


def field(sections: tuple[Section, ...], protocol: str, wanted: str, quoted: bool = False) -> Field:
    section = next(each for each in sections if (each.protocol, each.quoted) == (protocol, quoted))
    return next(each for each in section.fields if each.name == wanted)


def test_layers_stand_from_the_outside_in() -> None:
    assert [section.protocol for section in dissect(CAME, None)] == ["ethernet", "ipv4", "tcp"]


def test_what_a_router_changes_is_marked_and_nothing_else() -> None:
    changed = {f"{s.protocol}.{f.name}" for s in dissect(CAME, LEFT) for f in s.fields if f.changed}
    assert changed == {"ethernet.eth_dst", "ethernet.eth_src", "ipv4.ttl", "ipv4.checksum", "ipv4.src", "tcp.checksum"}


def test_a_frame_that_was_only_passed_on_has_no_change() -> None:
    assert not any(section.changed for section in dissect(CAME, CAME))


def test_a_frame_that_came_in_alone_has_one_side() -> None:
    ttl = field(dissect(CAME, None), "ipv4", "ttl")
    assert (ttl.came is not None, ttl.left, ttl.changed) == (True, None, False)


@pytest.mark.parametrize(("protocol", "wanted", "expected"), [
    ("ethernet", "eth_dst", Span(0, 48)), ("ipv4", "version", Span(112, 4)), ("ipv4", "header_length", Span(116, 4)),
    ("ipv4", "ttl", Span(176, 8)), ("tcp", "flags", Span(376, 8)),
])  # fmt: skip
def test_each_field_knows_its_bits(protocol, wanted, expected) -> None:
    assert field(dissect(CAME, None), protocol, wanted).now.span == expected


@given(ttl=st.integers(1, 255), sport=st.integers(1, 65535))
def test_the_bits_of_a_field_hold_its_value(ttl: int, sport: int) -> None:
    layers = (ETHERNET, replace(IP, ttl=ttl), replace(SYN, sport=sport))
    number, length = int.from_bytes(frame_bytes(layers), "big"), 8 * len(frame_bytes(layers))
    for protocol, wanted, value in (("ipv4", "ttl", ttl), ("tcp", "sport", sport)):
        span = field(dissect(layers, None), protocol, wanted).now.span
        assert span is not None
        assert number >> (length - span.at - span.bits) & ((1 << span.bits) - 1) == value


def test_the_packet_that_an_error_quotes_is_taken_apart_as_well() -> None:
    error = (ETHERNET, replace(IP, proto="icmp"), Icmp(UNREACHABLE, quoted=(IP, SYN)))
    sections = dissect(error, None)
    assert [(s.protocol, s.quoted) for s in sections][3:] == [("ipv4", True), ("tcp", True)]
    span = field(sections, "ipv4", "src", quoted=True).now.span
    assert span is not None
    assert frame_bytes(error)[span.first : span.last + 1] == bytes((192, 168, 122, 100))


def test_a_quote_ends_where_the_error_has_no_more_room() -> None:
    long = (IP, replace(SYN, flags="PA", len=600), Http(status=200, body="x" * 600))
    error = (ETHERNET, replace(IP, proto="icmp"), Icmp(UNREACHABLE, quoted=long))
    end = 8 * len(frame_bytes(error))
    spans = [f.now.span for s in dissect(error, None) for f in s.fields if f.now.span]
    assert max(span.at + span.bits for span in spans) <= end


def test_a_layer_without_bytes_has_fields_without_places() -> None:
    class Ball:
        protocol = "ball"

        def fields(self) -> dict[str, object]:
            return {"number": 7}

    (section,) = dissect((Ball(),), None)
    assert (section.fields[0].now.value, section.fields[0].now.span) == (7, None)
    assert frame_bytes((Ball(),)) == b""


def test_values_are_told_as_they_are_read() -> None:
    sections = dissect((ETHERNET, IP, Tcp(80, 40001, "SA")), None)
    said_of = {n: said(f, f.now, EN) for p, n in (("tcp", "flags"), ("ipv4", "proto"), ("ethernet", "type"))
               for f in [field(sections, p, n)]}  # fmt: skip
    assert said_of == {"flags": "SYN, ACK", "proto": "TCP (6)", "type": "0x0800 · IPv4"}


def test_a_field_is_named_shortly_and_explained_with_its_source() -> None:
    ttl = field(dissect(CAME, None), "ipv4", "ttl")
    assert name(ttl, FR) == "TTL"
    assert meaning(ttl, FR) == "routeurs qu’il peut encore traverser · RFC 791 § 3.1"


def test_a_quoted_layer_says_so() -> None:
    quoted = dissect((ETHERNET, IP, Icmp(UNREACHABLE, quoted=(IP, SYN))), None)[-1]
    assert layer_name(quoted, EN) == "TCP, quoted"


@pytest.mark.parametrize(("wanted", "expected"), [
    ("version", "0100 ····"), ("header_length", "···· 0101"), ("fragment_flags", "010· ····"), ("total_length", ""),
    ("ttl", "0100 0000"),
])  # fmt: skip
def test_the_bits_of_what_does_not_fill_its_bytes_are_told(wanted, expected) -> None:
    span = field(dissect(CAME, None), "ipv4", wanted).now.span
    assert span is not None
    assert bits(span, frame_bytes(CAME)) == expected


@pytest.mark.parametrize("words", [FR, EN])
def test_every_field_of_a_frame_has_a_name(words) -> None:
    arp = Arp("request", "52:54:00:aa:00:01", "10.0.0.1", "00:00:00:00:00:00", "10.0.0.2")
    for layers in (CAME, (ETHERNET, arp), (ETHERNET, IP, Icmp(8)), (ETHERNET, IP, SYN, Http("GET", "/"))):
        fields = [f for section in dissect(layers, None) for f in section.fields]
        unnamed = [f.name for f in fields if not words.has(f"field.{f.protocol}.{f.name}")]
        assert unnamed == []
