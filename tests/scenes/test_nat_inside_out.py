"""The scene `nat-inside-out`: who sees which address behind two NATs, and how its tasks are done."""

import pytest

from tests.scenes.lesson import done, played

NAME = "nat-inside-out"
S = 1_000_000_000


def sources(run, port, protocol):
    """The source addresses of the packets of VMs that arrive at that port."""
    flights = (f for f in run.timeline.flights if f.dst == port and f.packet.has(protocol) and f.owner.startswith("vm"))
    return {flight.packet.headers()["ipv4"]["src"] for flight in flights}


def arrived(run, port, name):
    """The IPv4 headers of the packets of that name that arrive at that port."""
    return [f.packet.headers()["ipv4"] for f in run.timeline.flights if f.dst == port and f.packet.name == name]


@pytest.mark.parametrize("protocol", ["tcp", "icmp"])
def test_three_places_see_three_sources(protocol):
    run = played(NAME)
    assert "192.168.122.100" in sources(run, "router.lan", protocol)
    assert sources(run, "box.lan", protocol) == {"192.168.1.15"}
    assert sources(run, "server.eth0", protocol) == {"203.0.113.5"}


def test_two_routers_take_two_from_the_ttl():
    assert arrived(played(NAME), "server.eth0", "SYN")[0]["ttl"] == 62


def test_a_forwarded_call_keeps_its_source():
    assert [ip["src"] for ip in arrived(played(NAME), "vm1.eth0", "SYN")] == ["192.168.1.60"]


def test_an_identifier_is_free_again_when_its_row_is_gone():
    run = played(NAME, "ping vm2 server id=4301 @ 45s", until="50s")
    rewritten = [e for e in run.timeline.events if e.name == "nat.rewrite" and e.t >= 45 * S]
    assert rewritten[0].details["after"]["sport"] == 4301


@pytest.mark.parametrize(("changes", "solved"), [
    (['set box-forward "8080 -> 192.168.1.15:8080" @ 22s'], [1]),
    (['set box-forward "8080 -> 192.168.122.100:80" @ 22s'], []),
    ([], []),
])  # fmt: skip
def test_two_nats_need_two_forwards(changes, solved):
    assert done(played(NAME, *changes, "connect server box:8080 @ 23s", until="27s")) == solved


def test_inside_there_is_a_simpler_way():
    assert done(played(NAME, "http vm2 vm1 @ 22s")) == [2]


def test_a_ping_of_its_own_keeps_its_identifier():
    assert done(played(NAME, "ping vm2 server @ 22s")) == [3]


@pytest.mark.parametrize("broken", ["router", "box", "lan", "server", "vm1"])
def test_whatever_breaks_the_story_goes_on(broken):
    run = played(NAME, f"fail {broken} @ 5s", f"restore {broken} @ 12s")
    assert run.timeline.stopped is None
    assert all(flight.outcome == "delivered" or flight.reason for flight in run.timeline.flights)
