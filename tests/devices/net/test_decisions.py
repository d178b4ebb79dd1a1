"""What devices decided about a frame is recorded with the values that the sentence about it needs."""

from typing import Any

import pytest

from tests.devices.net.lab import Lab, lan, nat
from vizapp.sim.timeline import Flight

STAGE = """
  a: {kind: machine, ports: {eth0: {ip: 10.0.1.2/24, gateway: 10.0.1.1}}}
  b: {kind: machine, ports: {eth0: {ip: 10.0.2.2/24, gateway: 10.0.2.1}}}
  r: {kind: router, ports: {left: {ip: 10.0.1.1/24}, right: {ip: 10.0.2.1/24}}, routes: [10.9.0.0/16 via 10.0.2.2]}
"""
LINKS = "a -- r.left, r.right -- b"


def decided(flights: list[Flight]) -> dict[str, dict[str, Any]]:
    """The decisions about the first of these frames, by code."""
    return {code: dict(values) for code, values in flights[0].decisions}


def test_a_router_says_by_which_route_and_what_is_left_of_the_ttl() -> None:
    lab = Lab(STAGE, LINKS, "ping a b @ 0s")
    assert decided(lab.flights("icmp", "r.left"))["routed-here"] == {
        "ip": "10.0.2.2", "via": "10.0.2.2", "route": "10.0.2.0/24", "port": "right", "ttl": 64, "left": 63,
    }  # fmt: skip


def test_a_router_names_the_next_one() -> None:
    lab = Lab(STAGE, LINKS, "ping a 10.9.1.1 @ 0s")
    routed = decided(lab.flights("icmp", "r.left"))["routed"]
    assert (routed["route"], routed["via"]) == ("10.9.0.0/16", "10.0.2.2")


@pytest.mark.parametrize(("script", "port", "reason", "value"), [
    ("ping a 192.0.2.1 @ 0s", "r.left", "no-route", {"ip": "192.0.2.1"}),
    ("ping a b ttl=1 @ 0s", "r.left", "ttl-expired", {"ttl": 1}),
    ("connect a b:8080 @ 0s", "b.eth0", "closed-port", {"port": 8080}),
    ("ping a 10.9.1.1 @ 0s", "b.eth0", "not-mine", {"ip": "10.9.1.1"}),
])  # fmt: skip
def test_what_drops_a_packet_says_about_which_value(script, port, reason, value) -> None:
    lab = Lab(STAGE, LINKS, script)
    lost = [flight for flight in lab.timeline.flights if flight.dst == port and flight.reason == reason]
    found = decided(lost)[reason]
    assert {name: found[name] for name in value} == value


def test_a_packet_lost_after_its_arrival_is_named_by_the_event() -> None:
    lab = Lab(STAGE, LINKS, "http a 10.0.2.77 timeout=9s @ 0s")
    syn = lab.flights("tcp", "r.left")[0]
    dropped = lab.event("ip.dropped", "r").details
    assert (dropped["packet"], dropped["reason"], dropped["ip"]) == (syn.packet.id, "arp-failed", "10.0.2.77")


def test_a_switch_says_whether_it_floods_or_knows() -> None:
    lab = lan("ping a b @ 0s")
    arp, echo = lab.flights("arp", "sw.p1"), lab.flights("icmp", "sw.p1")
    assert decided(arp) == {"flooded-broadcast": {"mac": "ff:ff:ff:ff:ff:ff", "count": 2}}
    assert decided(echo)["forwarded"]["port"] == "p2"


def test_a_card_says_for_whom_it_takes_a_frame() -> None:
    lab = lan("ping a b @ 0s")
    assert "everyone" in decided(lab.flights("arp", "b.eth0"))
    assert "my-mac" in decided(lab.flights("icmp", "b.eth0"))


def test_a_card_that_ignores_a_frame_names_both_addresses() -> None:
    stage = STAGE.replace("r: {kind: router", "h: {kind: hub}\n  r: {kind: router")
    lab = Lab(stage, "a -- h, h -- r.left, h -- b", "ping a 10.0.1.1 @ 0s")
    ignored = [flight for flight in lab.timeline.flights if flight.reason == "not-my-mac"]
    told = decided(ignored)["not-my-mac"]
    assert told["mac"] == ignored[0].packet.headers()["ethernet"]["eth_dst"]
    assert told["mine"] != told["mac"]


def test_a_service_that_listens_is_named_by_its_port() -> None:
    lab = nat("http vm1 out @ 0s")
    assert decided(lab.flights("tcp", "out.eth0"))["listening"] == {"port": 80}
