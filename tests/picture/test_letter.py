from dataclasses import replace

from vizapp.picture.letter import letter
from vizapp.picture.view import View
from vizapp.protocols.arp import NOBODY, Arp
from vizapp.protocols.dhcp import Dhcp
from vizapp.protocols.ethernet import BROADCAST, Ethernet
from vizapp.protocols.header import Header
from vizapp.protocols.icmp import ECHO, Icmp
from vizapp.protocols.ipv4 import Ipv4
from vizapp.protocols.udp import datagram
from vizapp.sim.packet import Packet
from vizapp.words import Words

ONE, TWO = "52:54:00:00:00:01", "52:54:00:00:00:02"
FRAME = Ethernet(ONE, TWO)
PING = (FRAME, Ipv4("10.0.0.1", "10.0.0.2", "icmp", ttl=64), Icmp(ECHO, id=7))
ASKED = (replace(FRAME, eth_dst=BROADCAST), Arp("request", ONE, "10.0.0.1", NOBODY, "10.0.0.2"))


def lines(layers: tuple[Header, ...], *cards: str) -> list[tuple[str, str]]:
    told = letter(Packet(1, layers, "ECHO", "a"), View(cards=cards or ("ip",)), Words("en")).lines
    return [(line.label, line.value) for line in told]


def test_a_card_tells_the_ip_addresses() -> None:
    assert lines(PING) == [("src", "10.0.0.1"), ("dst", "10.0.0.2")]


def test_a_card_tells_the_mac_addresses_where_the_scene_asks_for_them() -> None:
    assert lines(PING, "mac") == [("src", ONE), ("dst", TWO)]


def test_a_card_of_both_says_which_is_which() -> None:
    told = dict(lines(PING, "mac", "ip"))
    assert told == {"MAC src": ONE, "MAC dst": TWO, "IP src": "10.0.0.1", "IP dst": "10.0.0.2"}


def test_a_request_for_an_address_names_the_server_that_offered_it() -> None:
    wish = Dhcp("REQUEST", "request", ONE, requested_ip="10.0.0.9", server_id="10.0.0.1")
    everyone = Ipv4("0.0.0.0", "255.255.255.255", "udp")
    told = lines((FRAME, everyone, *datagram(68, 67, wish)))
    assert told[:2] == [("wants", "10.0.0.9"), ("of server", "10.0.0.1")]
    assert [label for label, _ in told[2:]] == ["src", "dst"]


def test_a_card_tells_the_ttl_and_the_id_of_an_echo() -> None:
    assert lines(PING, "ip", "ttl", "id")[2:] == [("TTL", "64"), ("id", "7")]


def test_a_ttl_that_a_question_asks_for_is_not_told() -> None:
    told = letter(Packet(1, PING, "ECHO", "a"), View(cards=("ip", "ttl"), masked=("ttl",)), Words("en")).lines
    assert (told[2].value, told[2].hidden) == ("?", True)


def test_the_card_of_an_arp_request_says_who_is_asked_for() -> None:
    assert lines(ASKED) == [("", "Who has 10.0.0.2?"), ("asked by", "10.0.0.1")]


def test_the_card_of_an_arp_request_may_tell_its_frame() -> None:
    assert lines(ASKED, "mac") == [("", "Who has 10.0.0.2?"), ("src", ONE), ("dst", BROADCAST)]
