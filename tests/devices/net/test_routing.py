"""Routers: the longest prefix, the TTL, what cannot be delivered."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.devices.net.lab import Lab, lan
from vizapp.devices import VOCABULARY
from vizapp.devices.net.nic import Interface, Network, mac_of
from vizapp.devices.net.routes import Route, Routes
from vizapp.protocols.header import ip_text
from vizapp.scene.model import Port
from vizapp.scene.reader import read

STAGE = """
  a: {kind: machine, ports: {eth0: {ip: 10.0.1.2/24, gateway: 10.0.1.1}}}
  b: {kind: machine, ports: {eth0: {ip: 10.0.3.2/24, gateway: 10.0.3.1}}}
  r1: {kind: router, ports: {left: {ip: 10.0.1.1/24}, right: {ip: 10.0.2.1/24, gateway: 10.0.2.2}}}
  r2: {kind: router, ports: {left: {ip: 10.0.2.2/24}, right: {ip: 10.0.3.1/24}}, routes: [10.0.1.0/24 via 10.0.2.1]}
"""
LINKS = "a -- r1.left, r1.right -- r2.left, r2.right -- b"


def test_each_router_takes_one_off_the_ttl() -> None:
    lab = Lab(STAGE, LINKS, "ping a b @ 0s")
    assert [f.packet.headers()["ipv4"]["ttl"] for f in lab.flights("icmp")][:3] == [64, 63, 62]
    assert lab.event("ping.answered").details["ttl"] == 62


def test_the_router_where_the_ttl_ends_says_so() -> None:
    lab = Lab(STAGE, LINKS, "ping a b ttl=2 @ 0s")
    assert lab.event("ping.failed").details == {
        "from": "a", "to": "b", "address": "10.0.3.2", "seq": 1, "reason": "ttl-expired", "by": "r2",
    }  # fmt: skip


def test_a_router_without_a_route_says_so() -> None:
    lab = Lab(STAGE, LINKS, "ping a 192.0.2.1 @ 0s")
    failed = lab.event("ping.failed").details
    assert (failed["reason"], failed["by"]) == ("net-unreachable", "r2")


def test_a_router_that_finds_nobody_says_so() -> None:
    lab = Lab(STAGE, LINKS, "http a 10.0.3.77 timeout=9s @ 0s")
    assert lab.event("connection.unreachable").details["reason"] == "host-unreachable"


def test_a_machine_does_not_forward() -> None:
    stage = STAGE.replace("r2: {kind: router", "r2: {kind: machine")
    lab = Lab(stage, LINKS, "ping a b @ 0s")
    assert lab.event("ip.dropped", "r2").details["reason"] == "not-mine"
    assert lab.event("ping.failed").details["reason"] == "timeout"


def test_mac_addresses_not_given_are_stable_and_local() -> None:
    port = Port("a.eth0", "a", "eth0")
    assert mac_of(port) == mac_of(Port("a.eth0", "a", "eth0"))
    assert mac_of(port).startswith("02:")


@given(st.integers(0, 2**32 - 1), st.lists(st.tuples(st.integers(0, 2**32 - 1), st.integers(0, 32)), max_size=8))
@settings(max_examples=40, deadline=None)
def test_the_longest_prefix_wins(address: int, prefixes: list[tuple[int, int]]) -> None:
    port = Port("r.p", "r", "p")
    routes = Routes({"p": Interface(port, mac_of(port))})
    networks = [Network.of(f"{ip_text(base)}/{bits}") for base, bits in prefixes]
    for number, network in enumerate(networks):
        routes.add(Route(network, f"192.0.2.{number}", "p"))
    found = routes.find(ip_text(address))
    fitting = [network.bits for network in networks if ip_text(address) in network]
    if not fitting:
        assert found is None
    else:
        assert found is not None
        assert networks[int(found[1].rpartition(".")[2])].bits == max(fitting)


@pytest.mark.parametrize("written", ["garbage", "x via y", "1.2.3.4/99 via 1.1.1.1", "default via", "default via a.b"])
def test_what_is_no_route_is_refused_where_it_stands(written: str) -> None:
    text = f"id: r\ntitle: r\nstage:\n  a: {{kind: machine, routes: ['{written}'], ports: {{e: {{}}}}}}\n"
    problems = read(text, VOCABULARY).problems
    assert [(p.key, p.place.line) for p in problems] == [("problem.route", 4)]


@pytest.mark.parametrize("written", ["garbage", "0 -> 10.0.0.1:80", "80 -> 10.0.0.1:70000", "80 -> 10.0.0", "a -> b"])
def test_what_is_no_port_forward_is_refused_where_it_stands(written: str) -> None:
    text = f"id: r\ntitle: r\nstage:\n  a: {{kind: nat-router, port-forward: '{written}', ports: {{e: {{}}}}}}\n"
    assert read(text, VOCABULARY).problems[0].place.line == 4


def test_a_route_given_on_the_way_stays_when_a_setting_changes_another() -> None:
    lab = lan('route a "10.9.0.0/16 via 10.0.0.2" @ 1s', 'set a.static-route "10.8.0.0/16 via 10.0.0.3" @ 2s',
              "set a.static-route none @ 3s")  # fmt: skip
    shown = [[row["to"] for row in lab.value("a", "routes", t)] for t in (2.5, 3.5)]
    assert ["10.8.0.0/16" in each for each in shown] == [True, False]
    assert ["10.9.0.0/16" in each for each in shown] == [True, True]


def test_a_route_without_words_is_refused() -> None:
    lab = lan("route a del @ 1s")
    assert lab.event("act.void").details["reason"] == "not-a-route"
