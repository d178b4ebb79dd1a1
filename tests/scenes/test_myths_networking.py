"""The scene `myths-networking`: each popular idea, and what the run says of it."""

import pytest

from tests.scenes.lesson import done, keeps, played

NAME = "myths-networking"
S = 1_000_000_000


def test_the_curious_machine_gets_no_frame_of_others_but_broadcasts():
    reached = [f for f in played(NAME).timeline.flights if f.dst == "spy.eth0" and f.departs < 13 * S]
    assert {f.packet.headers()["ethernet"]["eth_dst"] for f in reached} == {"ff:ff:ff:ff:ff:ff"}


@pytest.mark.parametrize("seed", range(8))
def test_a_taken_port_is_never_replaced_by_the_next_one(seed):
    run = played(NAME, seed=seed)
    keeps(run, "first nat.new at system from vm2: port_kept == false")
    keeps(run, "no nat.rewrite from vm2 where after.sport == 40002")


def test_with_translation_the_same_route_lets_one_in_as_well():
    keeps(played(NAME), "first http.answered at spy: t < 18s")


def test_without_translation_the_private_address_reaches_the_server():
    calls = [f for f in played(NAME).timeline.flights if f.dst == "server.eth0" and f.packet.name == "ECHO"]
    assert [f.packet.headers()["ipv4"]["src"] for f in calls] == ["192.168.1.15", "192.168.122.100"]


def test_two_virtualbox_vms_do_not_see_each_other_and_two_libvirt_vms_do():
    run = played(NAME, "ping vm1 vm2 @ 30s", "arp vm3 10.0.2.16 @ 31s")
    keeps(run, "ping from vm1 to vm2 answered")
    assert not [f for f in run.timeline.flights if f.dst == "vm4.eth0" and f.owner == "vm3"]


@pytest.mark.parametrize(("acts", "solved"), [
    (["ping vm1 server @ 31s"], []),
    (["flush lan fdb @ 31s", "ping vm1 server @ 31001ms"], [1]),
    (["set filter stateful @ 12s"], [3]),
])  # fmt: skip
def test_what_decides_the_tasks(acts, solved):
    assert done(played(NAME, *acts)) == solved


@pytest.mark.parametrize("broken", ["system", "lan", "server", "engine3", "host"])
def test_whatever_breaks_the_story_goes_on(broken):
    run = played(NAME, f"fail {broken} @ 8s", f"restore {broken} @ 16s")
    assert run.timeline.stopped is None
    assert all(flight.outcome == "delivered" or flight.reason for flight in run.timeline.flights)
