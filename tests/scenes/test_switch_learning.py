"""The scene `switch-learning`: who receives what, with a memory and without."""

import pytest

from tests.scenes.lesson import done, keeps, missing, played

NAME = "switch-learning"


def received(run, port, protocol):
    """(when, from whom, outcome) of the frames of a protocol that reached a port."""
    flights = [f for f in run.timeline.flights if f.dst == port and f.packet.has(protocol)]
    return [(f.departs, f.packet.origin, f.outcome) for f in flights]


def test_the_bystander_receives_the_question_and_one_flooded_ping():
    run = played(NAME)
    assert [origin for _, origin, _ in received(run, "vm3.eth0", "arp")] == ["vm1"]
    pings = received(run, "vm3.eth0", "icmp")
    assert [(origin, outcome) for _, origin, outcome in pings] == [("vm1", "ignored")]
    assert pings[0][0] > 300e9


def test_the_second_ping_asks_nobody_for_an_address():
    run = played(NAME)
    assert not [event for event in run.timeline.events if event.name == "arp.request" and event.t > 300e9]


def test_the_table_holds_those_who_spoke():
    frame = played(NAME).frame(2_000_000_000)
    assert [row["port"] for row in frame.value("bridge", "fdb")] == ["vnet1", "vnet2"]


def test_a_hub_learns_nothing_and_repeats_everything():
    run = played(NAME, memory="0s")
    keeps(run, "no switch.learned", "count switch.flooded where why == broadcast == 1", "no switch.aged")
    assert {origin for _, origin, _ in received(run, "vm3.eth0", "icmp")} == {"vm1", "vm2"}
    assert missing(run)[0] == [3, 5, 7, 9]


def test_a_short_memory_forgets_sooner():
    keeps(played(NAME, memory="15s"), "first switch.aged: t < 30s")
    assert missing(played(NAME, memory="15s")) == ([], [])


@pytest.mark.parametrize(("number", "act", "settings"), [
    (1, ["ping vm3 vm1 @ 20s"], {}),
    (2, [], {"memory": "0s"}),
    (3, ["ping vm2 vm1 @ 200s"], {}),
])  # fmt: skip
def test_a_task_is_done_as_its_last_hint_says(number, act, settings):
    assert number in done(played(NAME, *act, **settings))


@pytest.mark.parametrize("broken", ["bridge", "vm1", "vm2", "vm3", "host"])
def test_whatever_breaks_the_story_goes_on(broken):
    run = played(NAME, f"fail {broken} @ 1000100us", f"restore {broken} @ 20s")
    assert run.timeline.stopped is None
    assert run.timeline.end == run.scene.until
