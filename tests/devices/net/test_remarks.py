"""What is said of an address, a gateway or a route before it is given."""

import pytest

from tests.devices.net.lab import Lab
from vizapp.devices.failure.tables import Tables
from vizapp.devices.net.remarks import kept_gateway, lost_routes, on_address, on_gateway

STAGE = """
  a: {kind: machine, ports: {eth0: {ip: 10.0.0.1/24, gateway: 10.0.0.254}, eth1: {ip: 10.1.0.1/24}}, routes: [10.9.0.0/16 via 10.0.0.2]}
  b: {kind: machine, ports: {eth0: {ip: 10.0.0.2/24}}}
"""  # noqa: E501


@pytest.fixture(scope="module")
def tables() -> Tables:
    lab = Lab(STAGE, "a.eth0 -- b.eth0", until=1)
    return Tables(lab.scene, lab.timeline, lab.timeline.end)


def keys(found) -> list[tuple[str, str]]:
    return [(remark.tone, remark.key.partition(".")[2]) for remark in found]


@pytest.mark.parametrize(
    ("cidr", "said"),
    [
        ("10.0.0.7/24", [("plain", "network")]),
        ("10.0.0.255/24", [("wrong", "network-address")]),
        ("224.0.0.1/8", [("wrong", "not-a-host-address")]),
        ("10.0.0.2/24", [("plain", "network"), ("warn", "twin")]),
        ("10.0.0.7/8", [("plain", "network"), ("warn", "overlap")]),
    ],
)
def test_an_address_is_judged_as_it_is_typed(tables, cidr, said):
    assert keys(on_address(tables, "a.eth0", cidr)) == said


def test_what_only_others_know_may_be_left_out(tables):
    assert keys(on_address(tables, "a.eth0", "10.0.0.2/24", others=False)) == [("plain", "network")]
    assert on_gateway(tables, "a", "10.0.0.99", others=False) == []


@pytest.mark.parametrize(("bits", "n"), [(24, 254), (30, 2), (31, 2), (32, 1)])
def test_a_mask_is_told_by_the_room_that_it_leaves(tables, bits, n):
    assert on_address(tables, "b.eth0", f"10.0.0.1/{bits}", others=False)[0].values["n"] == n


@pytest.mark.parametrize(
    ("gateway", "said"),
    [
        ("10.0.0.2", []),
        ("10.0.0.99", [("warn", "nobody")]),
        ("10.0.0.1", [("warn", "itself")]),
        ("10.2.0.1", [("wrong", "gateway-off-link")]),
    ],
)
def test_a_gateway_is_judged_as_it_is_typed(tables, gateway, said):
    assert keys(on_gateway(tables, "a", gateway)) == said


def test_the_gateway_that_the_new_network_holds_is_kept_and_other_routes_go(tables):
    assert kept_gateway(tables, "a.eth0", "10.0.0.7/24") == "10.0.0.254"
    assert kept_gateway(tables, "a.eth0", "10.3.0.7/24") is None
    assert keys(lost_routes(tables, "a.eth0", "10.0.0.7/24")) == [("plain", "kept"), ("warn", "lost")]
    assert keys(lost_routes(tables, "a.eth1", "10.1.0.7/24")) == []
