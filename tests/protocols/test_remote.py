"""SSH, RDP and VNC: the bytes by which they begin."""

import pytest

from vizapp.protocols import Ethernet, Header, Ipv4, Message, Rdp, Ssh, Tcp, Vnc, locate, pack, read
from vizapp.protocols import rdp as of_rdp
from vizapp.words import Words

MESSAGES: dict[str, tuple[int, Message, str]] = {
    "ssh": (22, Ssh("OpenSSH_9.2p1"), "5353482d322e302d4f70656e5353485f392e3270310d0a"),
    "rdp request": (
        3389, Rdp(), "0300002a25e00000000000436f6f6b69653a206d737473686173683d757365720d0a0100080003000000"),
    "rdp confirm": (3389, Rdp(True, of_rdp.TLS), "030000130ed000000000000200080001000000"),
    "vnc version": (5900, Vnc("version"), "524642203030332e3030380a"),
    "vnc security": (5901, Vnc("security"), "0101"),
    "vnc choice": (5900, Vnc("choice"), "01"),
    "vnc result": (5900, Vnc("result"), "00000000"),
}  # fmt: skip


@pytest.mark.parametrize("case", MESSAGES)
def test_its_bytes_are_those_of_its_standard(case: str) -> None:
    _, message, expected = MESSAGES[case]
    assert message.content().hex() == expected


@pytest.mark.parametrize("case", MESSAGES)
def test_a_segment_that_holds_it_is_read(case: str) -> None:
    port, message, _ = MESSAGES[case]
    layers = (Ethernet("02:00:00:00:00:01", "02:00:00:00:00:02"), Ipv4("10.0.0.1", "10.0.0.2", "tcp"),
              Tcp(40000, port, "PA", 1, 1, len(message.content())), message)  # fmt: skip
    assert read(pack(layers)) == layers


def test_what_rdp_counts_from_its_lowest_byte_is_read_so() -> None:
    found = {each.part.name: each.value for each in locate((Rdp(),))}
    assert (found["negotiation_length"], found["security"], found["tpkt_length"]) == (8, 3, 42)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_part_says_what_it_means(lang: str) -> None:
    words = Words(lang)
    parts = {Header.words(message.protocol, part.name) for _, message, _ in MESSAGES.values()
             for part in message.places()}  # fmt: skip
    assert [key for key in parts if not words.has(key)] == []
