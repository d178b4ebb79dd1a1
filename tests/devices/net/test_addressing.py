"""Addresses, gateways and routes given on the way: what goes with them, and what can't be done."""

import pytest

from tests.devices.net.lab import Lab, lan, nat
from vizapp.devices.net.addressing import on_link, refused

ROUTED = """
  a: {kind: machine, ports: {eth0: {ip: 10.0.1.2/24, gateway: 10.0.1.1}}}
  r: {kind: router, ports: {left: {ip: 10.0.1.1/24}, right: {ip: 10.0.2.1/24}}}
  b: {kind: web-server, ports: {eth0: {ip: 10.0.2.2/24, gateway: 10.0.2.1}}}
"""
ROUTED_LINKS = "a -- r.left, r.right -- b"


def routed(*script: str, **more: int) -> Lab:
    """A machine and a web server on two networks, a router between."""
    return Lab(ROUTED, ROUTED_LINKS, *script, **more)


def routes(lab: Lab, device: str, t: float | None = None) -> list[str]:
    return [row["to"] for row in lab.value(device, "routes", t)]


# addresses


def test_a_new_address_is_answered_for_and_the_old_one_is_not() -> None:
    lab = lan("address b 10.0.0.9/24 @ 1s", "ping a 10.0.0.9 @ 2s", "ping a 10.0.0.2 @ 3s")
    assert lab.event("ping.answered", "a").details["address"] == "10.0.0.9"
    assert lab.event("ping.failed", "a").details["address"] == "10.0.0.2"


def test_the_mask_is_part_of_the_address() -> None:
    lab = lan("address a.eth0 10.0.0.1/16 @ 1s")
    assert lab.value("a", "eth0") == {"ip": "10.0.0.1", "mac": lab.value("a", "eth0")["mac"], "network": "10.0.0.0/16"}


def test_the_routes_through_a_card_go_with_its_address() -> None:
    lab = routed("address a 10.0.1.3/24 @ 1s")
    assert (routes(lab, "a", 0.5), routes(lab, "a", 1.5)) == (["10.0.1.0/24", "default"], ["10.0.1.0/24"])
    assert lab.event("route.removed", "a").details["route"] == "default via 10.0.1.1"


def test_routes_through_another_card_stay() -> None:
    lab = routed('route r "10.9.0.0/16 via 10.0.2.2" @ 1s', "address r.left 10.0.1.9/24 @ 2s")
    assert routes(lab, "r") == ["10.0.1.0/24", "10.0.2.0/24", "10.9.0.0/16"]


def test_a_gateway_may_come_with_the_address() -> None:
    lab = routed("address a 10.0.1.3/24 gateway=10.0.1.1 @ 1s", "ping a b @ 2s")
    assert lab.events("ping.answered", "a")


def test_what_was_learned_by_arp_is_forgotten() -> None:
    lab = lan("ping a b @ 1s", "address a 10.0.0.7/24 @ 3s")
    assert (lab.value("a", "arp", 2), lab.value("a", "arp", 3.5)) != ([], [])
    assert lab.value("a", "arp", 3.5) == []


def test_a_connection_from_the_old_address_stalls() -> None:
    lab = lan("http a b think=2s timeout=5s @ 1s", "address a 10.0.0.7/24 @ 2s")
    assert lab.event("http.failed", "a").details["reason"] == "timeout"
    assert lab.event("ip.dropped", "a").details["reason"] == "address-gone"
    assert not [f for f in lab.flights("tcp") if f.src == "a.eth0" and f.departs > 2 * 10**9]


def test_masqueraded_connections_go_with_the_outside_address() -> None:
    lab = nat("connect vm1 out @ 1s", "address nat.wan 172.16.0.6/24 @ 3s")
    assert [len(lab.value("nat", "nat", t)) for t in (2, 3.5)] == [1, 0]


def test_a_card_may_be_left_without_an_address() -> None:
    lab = lan("address a none @ 1s", "ping a b @ 2s")
    assert lab.value("a", "address") == {"words": "power.no-address"}
    assert lab.event("ping.failed", "a").details["reason"] == "no-route"


def test_a_card_may_be_told_to_ask_dhcp() -> None:
    lab = nat("address vm1 dhcp @ 1s", fields="dhcp: {range: 10.0.0.100-10.0.0.120}")
    assert lab.event("dhcp.bound", "vm1").details["ip"] == "10.0.0.100"


def test_a_card_with_an_address_by_hand_asks_dhcp_no_more() -> None:
    stage = """
  a: {kind: machine, ports: {eth0: {ip: dhcp}}}
  s: {kind: nat-router, ports: {eth0: {ip: 10.0.0.1/24}}, dhcp: {range: 10.0.0.100-10.0.0.120, lease: 4s}}
"""
    lab = Lab(stage, "a -- s", "address a 10.0.0.7/24 @ 1s")
    assert lab.value("a", "address") == "10.0.0.7"
    assert not [e for e in lab.events("dhcp.request", "a") if e.t > 10**9]


def test_what_was_written_comes_back_when_the_machine_boots() -> None:
    lab = lan("boot a @ 0s", "address a 10.0.0.7/24 @ 1200ms", "shutdown a @ 2s", "boot a @ 3s", until=6)
    assert lab.value("a", "address", 1.5) == "10.0.0.7"
    assert lab.value("a", "address") == "10.0.0.1"


def test_two_machines_may_have_the_same_address() -> None:
    lab = lan("address c 10.0.0.2/24 @ 1s")
    assert not lab.events("act.void")


@pytest.mark.parametrize(
    ("act", "reason"),
    [
        ("address a 10.0.0.0/24", "network-address"),
        ("address a 10.0.0.255/24", "network-address"),
        ("address a 127.0.0.5/8", "not-a-host-address"),
        ("address a 224.0.0.5/24", "not-a-host-address"),
        ("address a 0.0.0.0/0", "not-a-host-address"),
        ("address a 10.0.0.1/24", "already-so"),
        ("address a 10.0.0.5/24 gateway=10.1.0.1", "gateway-off-link"),
        ("gateway a 10.1.0.1", "gateway-off-link"),
        ("gateway a 10.0.0.254", "already-so"),
        ("gateway c none", "no-such-route"),
        ('route a "10.9.0.0/16 via 10.1.0.1"', "gateway-off-link"),
        ('route a "10.9.0.0/16 via 10.0.0.2 dev wlan0"', "no-such-card"),
        ('route a "default via 10.0.0.2"', "already-a-route"),
    ],
)
def test_what_cannot_be_done_says_why_and_changes_nothing(act: str, reason: str) -> None:
    lab = lan(f"{act} @ 1s")
    assert lab.event("act.void").details["reason"] == reason
    assert (lab.value("a", "address"), routes(lab, "a")) == ("10.0.0.1", ["10.0.0.0/24", "default"])


def test_a_machine_that_is_off_takes_no_address() -> None:
    lab = lan("shutdown a @ 1s", "address a 10.0.0.5/24 @ 2s")
    assert lab.event("act.void").details["reason"] == "powered-off"


@pytest.mark.parametrize("cidr", ["10.0.0.1/31", "10.0.0.0/31", "10.0.0.1/32"])
def test_networks_of_one_or_two_addresses_have_no_broadcast(cidr: str) -> None:
    assert refused(cidr) is None


@pytest.mark.parametrize(("address", "there"), [("10.0.0.9", True), ("10.0.1.9", False)])
def test_a_router_is_on_link_when_one_of_the_networks_holds_it(address: str, there: bool) -> None:
    assert on_link(address, ["192.168.0.0/16", "10.0.0.1/24"]) is there


# gateways and routes


def test_a_gateway_replaces_the_one_before() -> None:
    lab = lan("gateway a 10.0.0.2 @ 1s")
    assert lab.value("a", "routes")[-1] == {"to": "default", "via": "10.0.0.2", "port": "eth0"}
    assert len(lab.value("a", "routes")) == 2


def test_without_a_gateway_nothing_leaves_for_elsewhere() -> None:
    lab = routed("gateway a none @ 1s", "ping a b @ 2s")
    assert lab.event("ping.failed").details["reason"] == "no-route"


def test_a_live_field_that_has_the_value_already_is_no_change() -> None:
    lab = lan("set a.forwarding false @ 1s")
    assert lab.event("act.void").details["reason"] == "already-so"


def test_a_setting_changed_later_is_heard_by_a_field_that_was_set_apart() -> None:
    stage = """
  a: {kind: machine, ports: {eth0: {ip: 10.0.0.1/24}}, forwarding: $forwards}
  b: {kind: machine, ports: {eth0: {ip: 10.0.0.2/24}}}
settings: {forwards: {type: bool, default: false}}
"""
    lab = Lab(stage, "a -- b", "set a.forwarding true @ 1s", "set forwards true @ 2s", "set a.forwarding true @ 3s")
    assert [event.t for event in lab.events("act.void")] == [3 * 10**9]
