"""The world: sending, losing, and the one door through which acts come in."""

import pytest

from tests.sim.worlds import KINDS, MS, playground, scene, thing
from vizapp.scene.model import Act
from vizapp.sim.simulate import simulate

T = 20 * MS


def run(*acts, world=None):
    return simulate(world or playground(2, 1), KINDS, acts=acts)


def voids(timeline):
    return [event.details["reason"] for event in timeline.events if event.name == "act.void"]


def test_an_act_is_an_event_of_its_device_with_no_cause():
    event = next(e for e in run(Act("fail", ("w0",), at=T)).events if e.name == "act.fail")
    assert (event.device, event.cause, event.t) == ("w0", 0, T + 1)


def test_a_failed_device_drops_what_reaches_it():
    timeline = run(Act("fail", ("w0",), at=0))
    reached = [f for f in timeline.flights if f.dst == "w0.p" and f.ended is not None]
    assert reached
    assert {(f.outcome, f.reason) for f in reached} == {("dropped", "device-failed")}


def test_a_container_fails_with_all_that_is_inside():
    timeline = run(Act("fail", ("box",), at=T))
    frame = timeline.at(T + 1)
    assert [frame.failed(name) for name in ("box", "t0", "t1", "w0", "hub")] == [True, True, True, True, False]


def test_what_a_failed_device_had_planned_never_happens():
    timeline = run(Act("fail", ("t0",), at=T))
    assert not [e for e in timeline.events if e.device == "t0" and e.t > T + 1]


def test_a_repaired_device_starts_afresh():
    timeline = run(Act("fail", ("t0",), at=T), Act("restore", ("t0",), at=T + 5))
    assert timeline.at(T).value("t0", "thrown") > 0
    assert timeline.at(T + 6).value("t0", "drawn") != timeline.at(T).value("t0", "drawn")
    assert [e for e in timeline.events if e.device == "t0" and e.name == "ball.thrown" and e.t > T + 6]


@pytest.mark.parametrize("name", ["w0.p--hub.w0", "hub.w0--w0.p", "w0", "w0.p", "hub.w0"])
def test_a_cable_may_be_named_by_its_id_its_ends_or_its_only_device(name):
    assert run(Act("cut", (name,), at=T)).at(T + 1).cut("w0.p--hub.w0")


def test_what_is_on_a_cable_when_it_is_cut_is_lost():
    world = scene([thing("a", "talker", pace=MS), thing("b", "wall")], [("a.p", "b.p", 5 * MS)])
    timeline = run(Act("cut", ("a",), at=3 * MS), world=world)
    assert {f.reason for f in timeline.flights} == {"link-cut"}
    assert not timeline.at(3 * MS + 1).flights()


def test_a_mended_cable_carries_again():
    timeline = run(Act("cut", ("w0",), at=T), Act("mend", ("w0",), at=T + MS))
    assert not timeline.at(T + MS + 1).cut("w0.p--hub.w0")
    assert [f for f in timeline.flights if f.dst == "w0.p" and f.departs > T + MS and f.outcome != "dropped"]


def test_a_port_without_a_cable_says_so():
    timeline = run(world=scene([thing("a", "talker", pace=MS)], []))
    assert {(f.outcome, f.reason) for f in timeline.flights} == {("dropped", "no-cable")}


def test_a_setting_reaches_the_fields_that_refer_to_it():
    timeline = run(Act("set", ("pace",), {"value": MS}, T))
    frame = timeline.at(T + 1)
    assert (frame.value("", "pace"), frame.value("t0", "pace"), frame.value("t1", "pace")) == (MS, MS, MS)


def test_a_field_of_one_device_may_be_set_alone():
    frame = run(Act("set", ("t0.pace",), {"value": MS}, T)).at(T + 1)
    assert (frame.value("t0", "pace"), frame.value("t1", "pace")) == (MS, None)


def test_a_verb_of_a_kind_is_done_by_its_device():
    one, two = run(), run(Act("throw", ("t0",), at=T))
    assert two.at(T + 1).value("t0", "thrown") == one.at(T + 1).value("t0", "thrown") + 1


@pytest.mark.parametrize(
    ("acts", "reason"),
    [
        ([Act("fail", ("w0",), at=T)] * 2, "already-failed"),
        ([Act("restore", ("w0",), at=T)], "not-failed"),
        ([Act("cut", ("w0",), at=T)] * 2, "already-cut"),
        ([Act("mend", ("w0",), at=T)], "not-cut"),
        ([Act("fail", ("nobody",), at=T)], "unknown-thing"),
        ([Act("cut", ("hub",), at=T)], "unknown-link"),
        ([Act("set", ("nothing",), {"value": 1}, T)], "unknown-setting"),
        ([Act("set", ("pace",), {"value": 4 * MS}, T)], "already-so"),
        ([Act("throw", ("w0",), at=T)], "unknown-verb"),
        ([Act("throw", ("nobody",), at=T)], "unknown-thing"),
        ([Act("fail", ("t0",), at=T), Act("throw", ("t0",), at=T)], "device-failed"),
    ],
)
def test_an_act_that_can_do_nothing_says_why(acts, reason):
    assert voids(run(*acts)) == [reason]


def test_an_act_that_can_do_nothing_changes_nothing():
    one, two = run(), run(Act("restore", ("w0",), at=T))
    plain = [(e.t, e.name, e.device) for e in two.events if not e.name.startswith("act.")]
    assert plain == [(e.t, e.name, e.device) for e in one.events]


def test_every_hop_of_a_packet_has_the_owner_that_began():
    timeline = run()
    thrown = [f for f in timeline.flights if f.packet.origin == "t0"]
    assert {f.owner for f in thrown} == {"t0"}
