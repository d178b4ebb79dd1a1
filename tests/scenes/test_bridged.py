"""The scene `bridged`: which frames cross which card, unchanged, and how its tasks are done."""

import pytest

from tests.scenes.lesson import done, keeps, played

NAME = "bridged"
VM, HOST, BOX = "52:54:00:aa:00:01", "02:00:00:aa:00:15", "02:00:00:aa:00:b0"


def crossing(run, link, protocol, since=0.0, until=60.0):
    """The packets of a protocol that cross a cable in a span of seconds."""
    return [f.packet for f in run.timeline.flights
            if f.link == link and f.packet.has(protocol) and since * 1e9 <= f.departs < until * 1e9]  # fmt: skip


def test_the_frame_of_vm1_crosses_bridge_card_and_switch_unchanged():
    run = played(NAME)
    links = ("vm1.eth0--bridge.vnet1", "bridge.eth0--card.system", "card.cable--lan.p1", "lan1.eth0--lan.p2")
    hops = [[p.headers() for p in crossing(run, link, "icmp", 6, 8) if p.origin == "vm1"] for link in links]
    assert hops[0][0]["ethernet"]["eth_src"] == VM
    assert hops[0][0]["ipv4"]["ttl"] == 64
    assert all(hop == hops[0] for hop in hops)


def test_the_host_forwards_no_packet_of_vm1():
    run = played(NAME)
    assert not [f for f in run.timeline.flights if f.src == "system.br0" and f.packet.origin != "system"]


def test_both_macs_are_behind_one_port_of_the_switch():
    rows = played(NAME).frame(3_000_000_000).value("lan", "fdb")
    assert {row["mac"] for row in rows if row["port"] == "p1"} == {VM, HOST}


def test_host_and_vm_talk_without_the_card():
    run = played(NAME)
    assert crossing(run, "vm1.eth0--bridge.vnet1", "icmp", 8, 9)
    assert not crossing(run, "bridge.eth0--card.system", "icmp", 8, 9)


def test_off_the_lan_the_frame_is_for_the_router_and_the_packet_for_the_server():
    echo = crossing(played(NAME), "card.cable--lan.p1", "icmp", 10)[0].headers()
    assert echo["ethernet"]["eth_dst"] == BOX
    assert echo["ipv4"]["dst"] == "198.51.100.10"


@pytest.mark.parametrize(("number", "acts"), [
    (1, ["cut card.cable--lan.p1 @ 3s"]),
    (2, ["shutdown box @ 400ms"]),
    (3, ["address vm1.eth0 192.168.1.200/24 @ 2s", "gateway vm1 192.168.1.1 @ 2s"]),
])  # fmt: skip
def test_a_task_is_done_as_its_last_hint_says(number, acts):
    assert number in done(played(NAME, *acts))


def test_without_its_gateway_a_fixed_address_does_not_reach_the_internet():
    run = played(NAME, "address vm1.eth0 192.168.1.200/24 @ 2s")
    assert 3 not in done(run)
    keeps(run, "no ping.answered at vm1 to server", "http from lan1 to vm1 answered")


@pytest.mark.parametrize("broken", ["bridge", "card", "lan", "box", "vm1", "host"])
def test_whatever_breaks_the_story_goes_on(broken):
    run = played(NAME, f"fail {broken} @ 1500100us", f"restore {broken} @ 3s")
    assert run.timeline.stopped is None
    assert run.timeline.end == run.scene.until
