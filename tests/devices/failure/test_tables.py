"""The tables at a moment: as they were recorded, of machines that run and of those that are off."""

from tests.devices.net.lab import LAN, LAN_LINKS, Lab
from vizapp.devices.failure.tables import Tables

SECOND = 10**9
ROUTED = """
  a: {kind: machine, ports: {eth0: {ip: 10.0.1.2/24, gateway: 10.0.1.1}}, routes: [10.9.0.0/16 via 10.0.1.9]}
  card: {kind: network-card, ports: {system: {}, cable: {}}}
  sw: {kind: switch}
  r: {kind: router, ports: {left: {ip: 10.0.1.1/24}, right: {ip: 10.0.2.1/24}}}
  b: {kind: machine, ports: {eth0: {ip: 10.0.2.2/24}}}
"""
ROUTED_LINKS = "a -- card.system, card.cable -- sw, sw -- r.left, r.right -- b"


def tables(*script: str, at: float = 5, stage: str = ROUTED, links: str = ROUTED_LINKS) -> Tables:
    lab = Lab(stage, links, *script)
    return Tables(lab.scene, lab.timeline, int(at * SECOND))


def test_an_address_is_known_as_it_stands_then() -> None:
    script = "address a 10.0.1.7/24 @ 2s"
    assert [tables(script, at=t).held("a")[0].ip for t in (1, 3)] == ["10.0.1.2", "10.0.1.7"]


def test_a_machine_that_is_off_still_owns_what_was_written() -> None:
    found = tables("boot a @ 9s")
    assert [held.port for held in found.owners("10.0.1.2")] == ["a.eth0"]
    assert not found.runs("a")


def test_the_longest_prefix_says_the_way() -> None:
    found = tables()
    assert [found.way("a", ip).via for ip in ("10.9.1.1", "8.8.8.8", "10.0.1.5")] == ["10.0.1.9", "10.0.1.1", None]


def test_a_router_ends_an_ethernet_and_a_card_or_a_switch_does_not() -> None:
    assert tables().segment("a.eth0") == {"a.eth0", "card.system", "card.cable", "sw.p1", "sw.p2", "r.left"}


def test_without_a_cable_the_ethernet_is_two() -> None:
    found = tables(stage=LAN, links=LAN_LINKS)
    assert found.segment("sw.p1", "a.eth0--sw.p1") == {"sw.p1", "sw.p2", "sw.p3", "b.eth0", "c.eth0"}
