"""What befalls cables and pairs of things: loss, delay, duplicates, partition; over small worlds."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sim.worlds import KINDS, MS, playground, scene, thing
from vizapp.scene.model import Act
from vizapp.sim.simulate import simulate

LINK = "t0.p--hub.t0"
FEW = settings(max_examples=15, deadline=None)


def run(*acts, world=None):
    return simulate(world or playground(3, 1), KINDS, acts=acts)


def voids(timeline):
    return [event.details["reason"] for event in timeline.events if event.name == "act.void"]


def thrown(timeline, name):
    """When a talker throws of itself: its dice."""
    return timeline.at(timeline.end).value(name, "drawn")


def on(timeline, link, since=0):
    return [f for f in timeline.flights if f.link == link and f.departs > since]


# loss


def test_a_cable_that_loses_everything_delivers_nothing_and_says_why():
    flights = on(run(Act("loss", (LINK, "100%"), at=5 * MS)), LINK, 5 * MS)
    assert {(f.outcome, f.reason) for f in flights if f.ended is not None} == {("dropped", "lost")}


def test_what_is_lost_falls_half_way():
    lost = [f for f in on(run(Act("loss", (LINK, "100%"), at=0)), LINK, 1) if f.ended is not None]
    assert {f.ended - f.departs for f in lost} == {(lost[0].arrives - lost[0].departs) // 2}


def test_what_is_under_way_when_a_cable_begins_to_lose_still_arrives():
    world = scene([thing("a", "talker", pace=MS), thing("b", "wall")], [("a.p", "b.p", 5 * MS)])
    timeline = run(Act("loss", ("a", "100%"), at=3 * MS), world=world)
    assert all(f.reason != "lost" for f in timeline.flights if f.departs <= 3 * MS)


def test_no_loss_ends_it():
    timeline = run(Act("loss", (LINK, "100%"), at=2 * MS), Act("loss", (LINK, "0%"), at=9 * MS))
    assert "lost" not in {f.reason for f in on(timeline, LINK, 9 * MS)}
    assert timeline.at(10 * MS).value(LINK, "loss") == 0.0


def test_the_share_that_is_lost_is_the_one_asked_for():
    world = scene([thing("a", "talker", pace=MS // 50), thing("b", "wall")], [("a.p", "b.p", 1_000)])
    sent = [f for f in run(Act("loss", ("a", "30%"), at=0), world=world).flights if f.ended is not None]
    share = sum(f.reason == "lost" for f in sent) / len(sent)
    spread = (0.3 * 0.7 / len(sent)) ** 0.5
    assert abs(share - 0.3) < 4 * spread


@FEW
@given(st.integers(0, 9), st.sampled_from(("loss", "duplicate")), st.integers(0, 30 * MS))
def test_chance_on_one_cable_changes_no_dice_elsewhere(seed, verb, at):
    world = playground(3, 1, seed)
    calm, ill = run(world=world), run(Act(verb, (LINK, "50%"), at=at), world=world)
    assert [thrown(calm, name) for name in ("t0", "t1", "t2")] == [thrown(ill, name) for name in ("t0", "t1", "t2")]


@FEW
@given(st.integers(0, 9))
def test_a_cable_that_never_fails_draws_nothing(seed):
    world = playground(2, 1, seed)
    other = "t1.p--hub.t1"
    one = run(Act("loss", (LINK, "40%"), at=MS), world=world)
    both = run(Act("duplicate", (other, "0.000001%"), at=MS), Act("loss", (LINK, "40%"), at=MS), world=world)
    assert [f.reason for f in on(one, LINK)] == [f.reason for f in on(both, LINK)]


# delay


def test_a_delay_is_added_to_what_sets_off_from_then_on():
    lasts = {f.departs > 5 * MS: f.arrives - f.departs for f in on(run(Act("delay", (LINK, "7ms"), at=5 * MS)), LINK)}
    assert lasts[True] - lasts[False] == 7 * MS


# duplicates


def test_a_copy_follows_each_frame_and_is_no_packet_of_its_own():
    flights = [f for f in on(run(Act("duplicate", (LINK, "100%"), at=0)), LINK, 1) if f.src == "t0.p"]
    sent, copies = [f for f in flights if not f.copy], [f for f in flights if f.copy]
    assert {f.packet.id for f in copies} <= {f.packet.id for f in sent}
    assert len(copies) in (len(sent), len(sent) - 1)


def test_a_copy_is_not_copied():
    flights = [f for f in on(run(Act("duplicate", (LINK, "100%"), at=0)), LINK, 1) if f.src == "t0.p"]
    assert max(sum(f.packet.id == one.packet.id for f in flights) for one in flights) == 2


# partition


def test_what_one_made_never_enters_the_other_and_all_else_passes():
    timeline = run(Act("partition", ("t0", "w0"), at=0))
    ends = [(f.packet.origin, f.dst, f.reason) for f in timeline.flights if f.ended is not None and f.departs > 1]
    assert {reason for origin, dst, reason in ends if (origin, dst) == ("t0", "w0.p")} == {"partition"}
    assert "partition" not in {reason for origin, dst, reason in ends if (origin, dst) != ("t0", "w0.p")}


def test_a_partition_is_the_same_both_ways_round():
    one, other = (run(Act("partition", pair, at=0)) for pair in (("t0", "w0"), ("w0", "t0")))
    assert [f.reason for f in one.flights] == [f.reason for f in other.flights]


def test_healing_may_name_them_the_other_way_round():
    timeline = run(Act("partition", ("t0", "w0"), at=0), Act("heal", ("w0", "t0"), at=9 * MS))
    assert "partition" not in {f.reason for f in timeline.flights if f.departs > 9 * MS}
    assert timeline.at(10 * MS).value("t0", "apart") == ()


def test_a_thing_may_be_kept_from_the_rest_of_what_holds_it():
    timeline = run(Act("partition", ("t0", "box"), at=0))
    reasons = {(f.packet.origin, f.dst): f.reason for f in timeline.flights if f.ended is not None and f.departs > 1}
    assert reasons["t0", "w0.p"] == "partition"
    assert reasons["t1", "w0.p"] != "partition"


@pytest.mark.parametrize(
    ("acts", "reason"),
    [
        ((Act("loss", (LINK, "0%")),), "already-so"),
        ((Act("delay", (LINK, "0s")),), "already-so"),
        ((Act("loss", ("nowhere", "5%")),), "unknown-link"),
        ((Act("partition", ("t0", "t0")),), "same-thing"),
        ((Act("partition", ("t0", "w0")), Act("partition", ("w0", "t0"))), "already-apart"),
        ((Act("heal", ("t0", "w0")),), "not-apart"),
        ((Act("partition", ("t0", "nobody")),), "unknown-thing"),
    ],
)
def test_what_makes_no_sense_says_so_and_changes_nothing(acts, reason):
    assert voids(run(*acts)) == [reason]
