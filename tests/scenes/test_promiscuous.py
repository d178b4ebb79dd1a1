"""The scene `promiscuous`: what reaches the bystander's card, what that accepts, what its analyser shows."""

import pytest

from tests.scenes.lesson import done, keeps, missing, played

NAME = "promiscuous"
VM1, VM2, NOBODY = "52:54:00:00:20:01", "52:54:00:00:20:02", "52:54:00:00:20:99"


def reached(run, since, until):
    """(source, destination, reason) of the frames that reach VM 3's card in a span of seconds."""
    flights = [f for f in run.timeline.flights if f.dst == "vm3.eth0" and since * 1e9 <= f.departs < until * 1e9]
    frames = [(f.packet.headers()["ethernet"], f.reason) for f in flights]
    return [(frame["eth_src"], frame["eth_dst"], reason) for frame, reason in frames]


def shown(run, since, until):
    """Where the frames go that the analyser shows in a span of seconds."""
    events = [e for e in run.timeline.events if e.name == "nic.captured" and since * 1e9 <= e.t < until * 1e9]
    return [event.details["eth_dst"] for event in events if event.device == "vm3"]


def test_a_flooded_frame_reaches_the_card_and_is_left_out_unless_promiscuous():
    run = played(NAME)
    assert reached(run, 3, 5) == [(VM1, VM2, "not-my-mac")]
    assert shown(run, 3, 5) == []
    assert reached(run, 11, 12) == [(VM1, VM2, "otherhost")]
    assert shown(run, 11, 12) == [VM2]


def test_a_learned_unicast_reaches_no_bystander_whatever_its_mode():
    assert reached(played(NAME), 6, 10) == []


def test_a_mac_that_nobody_has_is_flooded():
    run = played(NAME)
    assert shown(run, 13, 15) == [NOBODY]
    keeps(run, "no switch.learned at bridge where mac == 52:54:00:00:20:99", "first ping.failed at vm1: t > 14s")


def test_accept_copies_both_directions_and_the_recipient_still_gets_its_own():
    run = played(NAME)
    assert shown(run, 17, 20) == [VM2, VM1]
    keeps(run, "last ping.answered at vm1: t > 18s")


def test_with_reject_promiscuous_mode_shows_nothing_more():
    run = played(NAME, policy="reject")
    assert shown(run, 6, 15) == []
    assert reached(run, 3, 15) == []


def test_a_hub_shows_a_promiscuous_card_everything():
    run = played(NAME, memory="0s")
    assert shown(run, 8, 8.4) == [VM2, VM1]


def test_a_card_that_is_promiscuous_from_the_start_shows_the_flooded_frame():
    assert shown(played(NAME, analyser="promiscuous"), 3, 5) == [VM2]


@pytest.mark.parametrize(("number", "acts", "settings"), [
    (1, [], {"memory": "0s"}), (2, [], {"policy": "reject"}), (3, ["ping vm1 vm3 @ 15s"], {}),
])  # fmt: skip
def test_a_task_is_done_as_its_last_hint_says(number, acts, settings):
    assert number in done(played(NAME, *acts, **settings))


def test_what_never_comes_is_told():
    steps, questions = missing(played(NAME, policy="reject"))
    assert steps == [3, 6, 7]
    assert questions == [1]


@pytest.mark.parametrize("broken", ["bridge", "vm1", "vm3", "host"])
def test_whatever_breaks_the_story_goes_on(broken):
    run = played(NAME, f"fail {broken} @ 3500010us", f"restore {broken} @ 9s")
    assert run.timeline.stopped is None
    assert run.timeline.end == run.scene.until
