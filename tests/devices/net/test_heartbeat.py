"""keepalived that announces itself by another card than the one that has the address."""

from tests.devices.net.lab import SECOND, Lab

STAGE = """
  c: {kind: client, ports: {eth0: {ip: 10.0.0.50/24}}}
  lan: {kind: switch}
  a: {kind: machine, ports: {eth0: {ip: 10.0.0.1/24}, eth1: {ip: 10.9.0.1/24}},
      keepalived: {address: 10.0.0.10/24, priority: 150, heartbeat: %s}}
  b: {kind: machine, ports: {eth0: {ip: 10.0.0.2/24}, eth1: {ip: 10.9.0.2/24}},
      keepalived: {address: 10.0.0.10/24, heartbeat: %s}}
"""
LINKS = "c -- lan, a.eth0 -- lan, b.eth0 -- lan, a.eth1 -- b.eth1"


def lab(*script: str, path: str = "eth1", until: int = 20) -> Lab:
    return Lab((STAGE % (path, path)).replace(", heartbeat: none", ""), LINKS, *script, until=until)


def cards(found: Lab, device: str) -> set[str]:
    """By which of its ports a machine announced itself."""
    return {flight.src for flight in found.flights("vrrp") if flight.src.startswith(f"{device}.")}


def test_the_announcements_go_by_that_card_and_the_address_lies_on_the_other() -> None:
    found = lab()
    assert cards(found, "a") == {"a.eth1"}
    assert found.event("address.added", "a").details["port"] == "eth0"


def test_without_it_both_are_one_card() -> None:
    assert cards(lab(path="none"), "a") == {"a.eth0"}


def test_a_cut_in_the_other_network_changes_nothing() -> None:
    found = lab("cut a.eth0 -- lan @ 8s")
    assert not found.events("vrrp.active", "b")


def test_without_a_link_there_both_are_in_fault() -> None:
    found = lab("cut a.eth1 -- b.eth1 @ 8s")
    assert {event.device for event in found.events("vrrp.fault")} == {"a", "b"}
    assert found.value("a", "vip") is None


def test_gratuitous_arp_goes_where_the_address_is() -> None:
    told = [f for f in lab().flights("arp") if f.packet.name == "gratuitous ARP" and f.src.startswith("a.")]
    assert {flight.src for flight in told} == {"a.eth0"}


def test_all_but_the_first_gratuitous_arp_of_a_take_over_are_mere_repetitions() -> None:
    told = [f.packet.quiet for f in lab().flights("arp") if f.packet.name == "gratuitous ARP" and f.src == "a.eth0"]
    assert told == [False, *[True] * 9]


def test_another_path_may_be_chosen_while_it_runs() -> None:
    knob = "  path: {label: p, type: choice, default: eth1, choices: {eth1: e, none: n}}"
    stage = f"{STAGE % ('$path', '$path')}settings:\n{knob}\n"
    found = Lab(stage, LINKS, "set path none @ 8s")
    late = {flight.src for flight in found.flights("vrrp") if flight.departs > 9 * SECOND}
    assert {src for src in late if src.startswith("a.")} == {"a.eth0"}
    assert len(found.events("vrrp.active")) == 1
