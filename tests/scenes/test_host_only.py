"""The scene `host-only`: what each missing piece does, which hops a ping takes, and how its tasks are done."""

import pytest

from tests.scenes.lesson import done, keeps, played

NAME = "host-only"
S = 1_000_000_000
GATEWAY = 'set vm-route "default via 192.168.56.1" @ 30s'
FORWARDING = "set forwarding true @ 30s"
MASQUERADE = "set masquerade eth0 @ 30s"
ON_LAN1 = 'set lan1-route "192.168.56.0/24 via 192.168.1.10" @ 30s'
ON_GW = 'set gw-route "192.168.56.0/24 via 192.168.1.10" @ 30s'


def tried(*changes, ping="ping vm1 lan1 @ 31s"):
    """Which tasks are solved by those changes and one ping."""
    return done(played(NAME, *changes, ping, until="34s"))


def hops(run, since):
    """The devices that the ping of second `since` reaches, the first one before them, and how it ended."""
    flights = [f for f in run.timeline.flights if f.packet.has("icmp") and since * S <= f.departs < (since + 2) * S]
    path = [flights[0].src.partition(".")[0]] + [flight.dst.partition(".")[0] for flight in flights]
    return [*path, flights[-1].reason or "delivered"]


def test_without_a_route_not_even_an_arp_request_leaves():
    assert not [flight for flight in played(NAME).timeline.flights if 3 * S <= flight.departs < 5 * S]


@pytest.mark.parametrize(("since", "path"), [
    (6, "vm1 vswitch system not-mine"),
    (9, "vm1 vswitch system lan lan1 lan gw isp no-route"),
    (13, "vm1 vswitch system lan lan1 lan system vswitch vm1 delivered"),
    (21, "vm1 vswitch system lan lan1 lan system vswitch vm1 delivered"),
    (24, "lan1 lan gw isp no-route"),
])  # fmt: skip
def test_a_ping_gets_exactly_so_far(since, path):
    assert hops(played(NAME), since) == path.split()


def test_over_the_gateway_the_lan_machine_is_redirected():
    run = played(NAME)
    assert [f for f in run.timeline.flights if f.dst == "lan1.eth0" and f.packet.name == "REDIRECT"]


def test_an_address_of_the_host_answers_although_it_does_not_forward():
    keeps(played(NAME, "ping vm1 system.eth0 @ 7s"), "ping from vm1 to system.eth0 answered")


def test_without_a_default_route_the_lan_machine_does_not_even_answer():
    run = played(NAME, 'route lan1 "default via 192.168.1.1" del @ 8500ms')
    assert hops(run, 9)[-2:] == ["lan1", "delivered"]


def test_three_changes_are_enough():
    assert 1 in tried(GATEWAY, FORWARDING, MASQUERADE)


@pytest.mark.parametrize("missing", range(3))
def test_two_of_the_three_are_not(missing):
    changes = [GATEWAY, FORWARDING, ON_LAN1]
    del changes[missing]
    assert tried(*changes) == []


def test_with_routes_alone_the_lan_machine_reaches_the_vm():
    assert tried(GATEWAY, FORWARDING, ON_LAN1, ping="ping lan1 vm1 @ 31s") == [2]


def test_over_the_gateway_the_answer_takes_one_hop_more():
    assert 3 in tried(GATEWAY, FORWARDING, ON_GW)
    assert 3 not in tried(GATEWAY, FORWARDING, ON_LAN1)


def test_with_too_wide_a_mask_the_vm_looks_for_the_lan_machine_on_its_own_network():
    wide = "address vm1.eth0 192.168.56.101/16 gateway=192.168.56.1 @ 30s"
    run = played(NAME, wide, FORWARDING, MASQUERADE, "ping vm1 lan1 @ 31s", until="36s")
    keeps(run, "first arp.request at vm1 where t > 31s: ip == 192.168.1.50")
    assert done(run) == []


@pytest.mark.parametrize("broken", ["vswitch", "system", "lan", "lan1", "gw", "vm1"])
def test_whatever_breaks_the_story_goes_on(broken):
    run = played(NAME, f"fail {broken} @ 8s", f"restore {broken} @ 15s")
    assert run.timeline.stopped is None
    assert all(flight.outcome == "delivered" or flight.reason for flight in run.timeline.flights)
