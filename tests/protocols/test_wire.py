"""Headers become true bytes and come back the same."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vizapp.protocols import Arp, Dhcp, Ethernet, Header, Http, Icmp, Ipv4, Tcp, Udp, locate, pack, read
from vizapp.protocols.header import checksum, ip_text, mac_text
from vizapp.protocols.ipv4 import pseudo_header
from vizapp.protocols.wire import read_from
from vizapp.words import Words

MACS = st.integers(0, 2**48 - 1).map(mac_text)
IPS = st.integers(0, 2**32 - 1).map(ip_text)
PORTS = st.integers(1, 65535)
TEXT = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=12)


@st.composite
def frames(draw: st.DrawFn) -> tuple[Header, ...]:
    ethernet = Ethernet(draw(MACS), draw(MACS))
    kind = draw(st.sampled_from(["arp", "ping", "error", "tcp", "http", "dhcp"]))
    if kind == "arp":
        return ethernet, Arp(draw(st.sampled_from(["request", "reply"])), draw(MACS), draw(IPS), draw(MACS), draw(IPS))
    source, to = draw(IPS), draw(IPS)
    ttl = draw(st.integers(1, 255))
    if kind == "ping":
        echo = Icmp(draw(st.sampled_from([0, 8])), id=draw(PORTS), seq=draw(PORTS))
        return ethernet, Ipv4(source, to, "icmp", ttl), echo
    flags = draw(st.sampled_from(["S", "SA", "A", "FA", "RA"]))
    tcp = Tcp(draw(PORTS), draw(PORTS), flags, draw(PORTS), draw(PORTS) if "A" in flags else 0)
    if kind == "error":
        error = Icmp(3, draw(st.integers(0, 15)), quoted=(Ipv4(to, source, "tcp", ttl), tcp))
        return ethernet, Ipv4(source, to, "icmp", ttl), error
    if kind == "tcp":
        return ethernet, Ipv4(source, to, "tcp", ttl), tcp
    if kind == "http":
        message = Http(status=200, body=draw(TEXT)) if draw(st.booleans()) else Http("GET", "/" + draw(TEXT))
        data = Tcp(draw(PORTS), draw(PORTS), "PA", 1, 1, len(message.content()))
        return ethernet, Ipv4(source, to, "tcp", ttl), data, message
    lease = Dhcp("OFFER", "reply", draw(MACS), draw(st.booleans()), yiaddr=draw(IPS), xid=draw(PORTS), lease_s=3600,
                 server_id=draw(IPS), parameter_list=(1, 3, 6))  # fmt: skip
    return ethernet, Ipv4(source, to, "udp", ttl), Udp(67, 68, 300), lease


@given(frames())
@settings(max_examples=50, deadline=None)
def test_what_is_packed_reads_back_the_same(layers: tuple[Header, ...]) -> None:
    assert read(pack(layers)) == layers


@given(frames())
@settings(max_examples=30, deadline=None)
def test_parts_fill_each_header_in_order_and_within_the_frame(layers: tuple[Header, ...]) -> None:
    total = len(pack(layers)) * 8
    end = 0
    for found in locate(layers):
        assert found.at >= end
        end = found.at + found.part.bits
        assert end <= total


@given(frames())
@settings(max_examples=30, deadline=None)
def test_the_ipv4_checksum_sums_to_zero(layers: tuple[Header, ...]) -> None:
    if isinstance(layers[1], Ipv4):
        assert checksum(pack(layers)[14:34]) == 0


@given(frames())
@settings(max_examples=30, deadline=None)
def test_the_checksum_inside_ipv4_sums_to_zero(layers: tuple[Header, ...]) -> None:
    ip = layers[1]
    if isinstance(ip, Ipv4):
        inner = pack(layers)[34:]
        extra = b"" if ip.proto == "icmp" else pseudo_header(ip, len(inner))
        assert checksum(extra + inner) == 0


@given(st.binary(max_size=60))
def test_the_checksum_is_the_sum_of_words_with_the_carry_brought_round(data: bytes) -> None:
    padded = data + bytes(len(data) % 2)
    total = 0
    for at in range(0, len(padded), 2):
        total += padded[at] << 8 | padded[at + 1]
        total = (total & 0xFFFF) + (total >> 16)
    assert checksum(data) == total ^ 0xFFFF


@pytest.mark.parametrize(("data", "sum_"), [(b"", 0xFFFF), (bytes(6), 0xFFFF), (b"\xff\xff", 0), (b"\xff\xff" * 3, 0)])
def test_the_checksum_of_nothing_and_of_all(data: bytes, sum_: int) -> None:
    assert checksum(data) == sum_


def test_a_known_ipv4_header_has_its_known_checksum() -> None:
    # the example of the Wikipedia article on the IPv4 header checksum
    header = bytes.fromhex("45000073000040004011" + "0000" + "c0a80001c0a800c7")
    assert checksum(header) == 0xB861


def test_numbers_in_the_bytes_count_from_the_initial_ones_and_come_round() -> None:
    (segment,) = read_from("tcp", pack((Tcp(40001, 80, "A", 5, 7, isn=2**32 - 2, peer_isn=1000),)))
    assert isinstance(segment, Tcp)
    assert (segment.seq, segment.ack) == (3, 1007)


def test_what_acknowledges_nothing_has_no_number_for_it() -> None:
    (segment,) = read_from("tcp", pack((Tcp(40001, 80, "S", isn=9, peer_isn=1000),)))
    assert isinstance(segment, Tcp)
    assert (segment.seq, segment.ack) == (9, 0)


@pytest.mark.parametrize(("flags", "size"), [("S", 24), ("SA", 24), ("A", 20), ("RA", 20)])
def test_both_sides_say_in_their_first_segment_how_much_they_take_at_once(flags: str, size: int) -> None:
    data = pack((Tcp(40001, 80, flags),))
    assert len(data) == size
    assert data[20:] == (bytes((2, 4, 0x05, 0xB4)) if size == 24 else b"")


def test_an_error_quotes_no_more_than_fits_in_576_bytes() -> None:
    long = Http(status=200, body="x" * 5000)
    quoted = (Ipv4("10.0.0.2", "10.0.0.1", "tcp"), Tcp(80, 40001, "PA", 1, 1, len(long.content())), long)
    data = pack((Ipv4("10.0.0.9", "10.0.0.2", "icmp"), Icmp(11, quoted=quoted)))
    assert len(data) == 576
    assert checksum(data[20:]) == 0


def test_a_dhcp_message_is_300_bytes_long() -> None:
    message = Dhcp("DISCOVER", "request", "52:54:00:00:00:01")
    assert len(pack((message,))) == 300


def test_a_page_request_and_its_answer_have_the_recorded_lengths() -> None:
    assert len(Http("GET", "/").content()) == 18
    assert len(Http(status=200, body="hello from srv").content()) == 53


def test_the_place_of_the_source_port_is_byte_34() -> None:
    ethernet = Ethernet("02:00:00:00:00:01", "02:00:00:00:00:02")
    layers = (ethernet, Ipv4("10.0.0.1", "10.0.0.2", "tcp"), Tcp(40001, 80, "S"))
    found = next(each for each in locate(layers) if each.part.name == "sport")
    assert (found.at, found.part.bits, found.value) == (34 * 8, 16, 40001)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_part_says_what_it_means(lang: str) -> None:
    words = Words(lang)
    http = Http("GET", "/"), Http(status=200, body="x")
    lease = Dhcp("ACK", "reply", "02:00:00:00:00:01", lease_s=1, t1_s=1, t2_s=1, subnet_mask="1.1.1.1",
                 router="1.1.1.1", broadcast_address="1.1.1.1", server_id="1.1.1.1", requested_ip="1.1.1.1",
                 max_message_size=1, parameter_list=(1,))  # fmt: skip
    headers = [Ethernet("", ""), Arp("request", "", "", "", ""), Ipv4("", "", "tcp"), Icmp(8), Icmp(3), Icmp(5),
               Udp(1, 1), Tcp(1, 1, "S"), lease, *http]  # fmt: skip
    missing = {
        key
        for header in headers
        for part in header.places()
        if not words.has(key := Header.words(header.protocol, part.name))
    }
    assert not missing
