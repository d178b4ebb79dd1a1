"""What stands and what does not: as if it had never been cabled, and as if it had always been."""

import pytest

from tests.sim.worlds import KINDS, MS, WALLED, playground, scene, thing
from vizapp.scene.model import Act, Reference
from vizapp.sim.simulate import simulate

T = 20 * MS


def walled(value, at):
    return Act("set", ("walled",), {"value": value}, at)


def run(*acts, world=None, **settings):
    return simulate(world or playground(2, 1), KINDS, acts=acts, settings=settings)


def test_what_does_not_stand_does_nothing_and_nothing_reaches_it():
    timeline = run(walled=False)
    assert "w0.p" not in {end for flight in timeline.flights for end in (flight.src, flight.dst)}
    assert "w0" not in {event.device for event in timeline.events}


def test_the_others_do_as_if_it_had_never_been_cabled():
    lone = scene([thing("t0", "talker", pace=Reference("pace")), thing("hub", "hub", ("t0",))],
                 [("t0.p", "hub.t0", 1_000)])  # fmt: skip
    with_wall = scene(
        [thing("t0", "talker", pace=Reference("pace")), thing("hub", "hub", ("t0", "w0")),
         thing("w0", "wall", stands=(WALLED,))],
        [("t0.p", "hub.t0", 1_000), ("w0.p", "hub.w0", 1_000)],
    )  # fmt: skip
    without, absent = run(world=lone), run(world=with_wall, walled=False)
    assert [e.details for e in without.events] == [e.details for e in absent.events]
    assert len([f for f in absent.flights if f.outcome == "delivered"]) == len(
        [f for f in without.flights if f.outcome == "delivered"])


def test_what_was_on_its_cables_when_it_goes_is_lost_with_a_reason():
    world = scene([thing("a", "talker", pace=MS), thing("b", "wall", stands=(WALLED,))], [("a.p", "b.p", 5 * MS)])
    timeline = run(walled(False, 3 * MS), world=world)
    assert {f.reason for f in timeline.flights if f.departs < 3 * MS} == {"not-there"}
    assert not timeline.at(3 * MS + 1).flights()


def test_what_it_had_planned_never_happens():
    timeline = run(walled(False, T))
    assert not [e for e in timeline.events if e.device == "w0" and e.t > T + 1]


def test_what_comes_to_stand_begins_afresh_and_is_reached():
    timeline = run(walled(True, T), walled=False)
    assert next(e.t for e in timeline.events if e.name == "thing.enters") == T + 1
    assert [f for f in timeline.flights if f.dst == "w0.p" and f.departs > T and f.outcome == "delivered"]


def test_a_frame_tells_what_is_absent():
    timeline = run(walled(False, T))
    assert timeline.at(T).absent(["w0", "t0"]) == frozenset()
    assert timeline.at(T + 1).absent(["w0", "t0"]) == {"w0"}


@pytest.mark.parametrize("act", [Act("fail", ("w0",), at=T), Act("throw", ("w0",), at=T),
                                 Act("partition", ("t0", "w0"), at=T)])  # fmt: skip
def test_nothing_can_be_done_with_what_is_absent(act):
    voids = [e.details["reason"] for e in run(act, walled=False).events if e.name == "act.void"]
    assert voids == ["not-there"]


def test_the_cable_of_what_is_absent_cannot_be_cut():
    voids = [e for e in run(Act("cut", ("w0.p--hub.w0",), at=T), walled=False).events if e.name == "act.void"]
    assert [e.details["reason"] for e in voids] == ["link-not-there"]


def test_a_container_fails_without_what_is_absent_in_it():
    timeline = run(Act("fail", ("box",), at=T), Act("restore", ("box",), at=T + 1), walled=False)
    assert "w0" not in {e.device for e in timeline.events}


def test_what_failed_and_went_comes_back_whole():
    timeline = run(Act("fail", ("w0",), at=T), walled(False, T + 1), walled(True, T + 2))
    assert not timeline.at(T + 4).failed("w0")
