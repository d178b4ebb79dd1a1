"""The scene `nat-virtualbox`: what leaves is the host's own, and nothing else leads in or across."""

import pytest

from tests.scenes.lesson import done, keeps, played

NAME = "nat-virtualbox"


def headers(run, port, name):
    """(IPv4, TCP) headers of the packets of that name that arrive at a port."""
    found = [f.packet.headers() for f in run.timeline.flights if f.dst == port and f.packet.name == name]
    return [(each["ipv4"], each.get("tcp", {})) for each in found]


def test_the_server_sees_a_packet_of_the_host():
    for ip, tcp in headers(played(NAME), "server.eth0", "SYN"):
        assert (ip["src"], ip["ttl"]) == ("192.168.1.15", 64)
        assert tcp["sport"] != 40001


def test_no_packet_of_a_vm_leaves_its_engine():
    outside = [f for f in played(NAME).timeline.flights if f.src.startswith(("system", "lan")) and f.packet.has("ipv4")]
    assert not [f for f in outside if f.packet.headers()["ipv4"]["src"].startswith("10.0.2.")]


def test_one_vm_does_not_hear_the_other():
    run = played(NAME, "arp vm1 10.0.2.16 @ 21s")
    assert not [f for f in run.timeline.flights if f.dst == "vm2.eth0" and f.owner == "vm1"]


@pytest.mark.parametrize(("acts", "solved"), [
    (["http lan1 system:8082 @ 21s"], []),
    (['set forward2 "8082 -> 10.0.2.15:80" @ 21s', "http lan1 system:8082 @ 22s"], [1]),
    (["ping vm1 10.0.2.2 @ 21s"], [2]),
])  # fmt: skip
def test_what_decides_the_tasks(acts, solved):
    assert done(played(NAME, *acts, until="27s")) == solved


def test_without_its_host_the_engine_reaches_nothing():
    keeps(played(NAME, "shutdown system @ 12s"), "ping from vm1 to server failed")


@pytest.mark.parametrize("broken", ["engine1", "system", "lan", "server", "vbox"])
def test_whatever_breaks_the_story_goes_on(broken):
    run = played(NAME, f"fail {broken} @ 7s", f"restore {broken} @ 14s")
    assert run.timeline.stopped is None
    assert all(flight.outcome == "delivered" or flight.reason for flight in run.timeline.flights)
