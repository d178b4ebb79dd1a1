"""The scene `internal-network`: no frame of the VMs leaves their network, whatever one tries."""

import pytest

from tests.scenes.lesson import played

NAME = "internal-network"
LABO, ESSAI, HOST = {"vm1", "vm2", "labo"}, {"vm3", "essai"}, {"system", "box"}


def touched(run, *names):
    """The devices that frames first sent by some machines come from or reach."""
    flights = [f for f in run.timeline.flights if f.packet.origin in names]
    return {port.partition(".")[0] for f in flights for port in (f.src, f.dst)}


@pytest.mark.parametrize("acts", [
    [], ["address system.eth0 192.168.100.1/24 @ 15s", "ping system vm1 @ 16s"],
    ["neighbour vm1 192.168.100.13 52:54:00:00:60:03 @ 15s", "ping vm1 vm3 @ 16s"],
    ["ping vm1 192.168.100.255 @ 15s"],
])  # fmt: skip
def test_whatever_is_tried_no_frame_changes_network(acts):
    run = played(NAME, *acts)
    assert touched(run, "vm1", "vm2") <= LABO
    assert touched(run, "vm3") <= ESSAI
    assert touched(run, "system", "box") <= HOST


def test_the_analyser_of_the_host_shows_frames_of_the_host_and_its_router_only():
    run = played(NAME)
    shown = [event for event in run.timeline.events if event.name == "nic.captured"]
    assert {event.details["from"] for event in shown} == HOST


def test_the_question_for_vm3_reaches_vm2_alone():
    run = played(NAME)
    asked = [f for f in run.timeline.flights if f.packet.has("arp") and f.packet.to == "vm3"]
    assert {f.dst for f in asked} == {"labo.p1", "vm2.eth0"}


@pytest.mark.parametrize("broken", ["labo", "vm2", "system", "hyp", "host"])
def test_whatever_breaks_the_story_goes_on(broken):
    run = played(NAME, f"fail {broken} @ 1000070us", f"restore {broken} @ 3s")
    assert run.timeline.stopped is None
    assert run.timeline.end == run.scene.until
