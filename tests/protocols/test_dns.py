"""DNS messages, byte for byte as a lab of glibc and dnsmasq 2.90 sent them."""

import pytest

from vizapp.protocols import Dns, Ethernet, Header, Ipv4, Udp, locate, pack, read
from vizapp.protocols.dns import read_name, write_name
from vizapp.protocols.wire import read_from
from vizapp.words import Words

NAME = "www.example.org"
CAPTURED = {
    "a question": (
        "6d790100000100000000000003777777076578616d706c65036f72670000010001",
        Dns(NAME, 0x6D79),
    ),
    "a relayed answer of the server that has the record": (
        "6d798580000100010000000003777777076578616d706c65036f72670000010001c00c000100010000012c0004cb007150",
        Dns(NAME, 0x6D79, True, answers=("203.0.113.80",), ttl=300, authoritative=True, recursion_available=True),
    ),
    "an answer that was kept for 2 s": (
        "abde8180000100010000000003777777076578616d706c65036f72670000010001c00c000100010000012a0004cb007150",
        Dns(NAME, 0xABDE, True, answers=("203.0.113.80",), ttl=298, recursion_available=True),
    ),
    "a name that does not exist": (
        "9cca81830001000000000000076e6f7768657265076578616d706c65036f72670000010001",
        Dns("nowhere.example.org", 0x9CCA, True, "NXDOMAIN", recursion_available=True),
    ),
}


@pytest.mark.parametrize("case", CAPTURED)
def test_its_bytes_are_those_captured(case: str) -> None:
    captured, message = CAPTURED[case]
    assert message.content().hex() == captured


@pytest.mark.parametrize("case", CAPTURED)
def test_captured_bytes_are_read(case: str) -> None:
    captured, message = CAPTURED[case]
    assert read_from("dns", bytes.fromhex(captured)) == (message,)


def test_a_datagram_of_port_53_holds_it() -> None:
    message = CAPTURED["a question"][1]
    layers = (Ethernet("02:00:00:00:00:01", "02:00:00:00:00:02"), Ipv4("10.0.0.1", "10.0.0.2", "udp"),
              Udp(40000, 53, 33), message)  # fmt: skip
    assert read(pack(layers)) == layers


def test_a_name_may_go_on_at_a_pointer() -> None:
    data = b"\0" * 12 + write_name("example.org") + b"\x03www\xc0\x0c"
    assert read_name(data, 25) == ("www.example.org", len(data))


def test_a_pointer_to_itself_ends() -> None:
    assert read_name(b"\0" * 12 + b"\xc0\x0c", 12) == ("", 14)


def test_the_address_stands_at_the_end_of_the_answer() -> None:
    answer = CAPTURED["a relayed answer of the server that has the record"][1]
    found = [each for each in locate((answer,)) if each.part.name == "answer_address"]
    assert [(each.at // 8, each.value) for each in found] == [(45, "203.0.113.80")]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_part_says_what_it_means(lang: str) -> None:
    words = Words(lang)
    parts = {part.name for _, message in CAPTURED.values() for part in message.places()}
    assert [name for name in parts if not words.has(Header.words("dns", name))] == []
