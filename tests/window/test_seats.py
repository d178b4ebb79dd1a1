"""Seats at a comparison: one clock for all, each side in its own time; what is done at one is done at all."""

import pytest

from tests.window.table import STEPS, act, table
from vizapp.run import EDGE
from vizapp.scene.model import Act
from vizapp.window.picked import name_of
from vizapp.window.session import Session

SECOND = 1_000_000_000


@pytest.fixture
def modes():
    return table()


@pytest.fixture
def steps():
    return table(STEPS)


def test_each_seat_shows_its_side_at_the_clock_of_the_whole(modes):
    modes.seek(modes.length / 2)
    assert [seat.t for seat in modes.seats] == [modes.t] * 3


def test_seats_that_go_step_by_step_reach_each_step_together(steps):
    steps.go_to_step(3)
    assert [seat.t for seat in steps.seats] == [seat.one.steps[3].t for seat in steps.seats]
    assert [seat.show for seat in steps.seats] == pytest.approx([seat.one.steps[3].show for seat in steps.seats])
    assert len({seat.show for seat in steps.seats}) > 1


def test_seeking_at_one_seat_moves_all(steps):
    steps.seats[1].seek(steps.seats[1].one.steps[3].show)
    assert steps.step == 3
    assert [seat.t for seat in steps.seats] == [seat.one.steps[3].t for seat in steps.seats]


def test_nothing_is_seen_at_a_seat_before_the_whole_reached_it(steps):
    steps.go_to_step(1)
    reached = [seat.fog for seat in steps.seats]
    steps.seek(0.0)
    assert [seat.fog for seat in steps.seats] == reached
    assert all(seat.fog < seat.one.pace.length for seat in steps.seats)


def test_a_lifted_fog_is_lifted_everywhere(steps):
    steps.lift_fog(True)
    assert all(seat.fog_t == seat.one.timeline.end for seat in steps.seats)


def test_what_is_done_at_one_seat_is_done_on_every_side_that_has_it(modes):
    modes.seek(modes.length)
    modes.seats[2].do(Act("fail", ("lan1",), at=modes.t))
    modes.run.complete()
    assert ["act.fail" in [event.name for event in seat.one.timeline.events] for seat in modes.seats] == [True] * 3


def test_what_one_side_alone_has_is_done_there_alone(modes):
    modes.seek(modes.length)
    cable = next(link.id for link in modes.seats[0].one.scene.links if {"net", "lan"} == {link.a[:3], link.b[:3]})
    modes.seats[0].do(Act("cut", (cable,), at=modes.t))
    assert [len(seat.one.acts) for seat in modes.seats] == [1, 0, 0]


def test_undo_takes_it_back_on_all_and_redo_does_it_again(modes):
    modes.seek(modes.length)
    modes.seats[0].do(Act("fail", ("lan1",), at=modes.t))
    modes.seats[1].undo()
    assert [len(seat.one.acts) for seat in modes.seats] == [0, 0, 0]
    modes.redo()
    assert [len(seat.one.acts) for seat in modes.seats] == [1, 1, 1]


def test_a_question_that_hides_a_field_hides_it_at_every_seat(modes):
    modes.ask()
    assert modes.asking == 0
    assert [seat.masked for seat in modes.seats] == [modes.masked] * 3


def test_a_thing_is_picked_on_all_sides(modes):
    modes.seats[1].select("vm1")
    assert [seat.selected for seat in modes.seats] == ["vm1"] * 3
    assert modes.side == 1


def test_a_packet_is_picked_on_its_own_side_alone(modes):
    packet = modes.seats[1].one.timeline.flights[0].packet.id
    modes.seats[1].select(name_of(packet))
    assert [seat.selected for seat in modes.seats] == [None, name_of(packet), None]


def test_a_packet_of_the_whole_is_found_on_its_side(modes):
    flights = modes.run.timeline.flights
    last = max(flights, key=lambda flight: flight.packet.id)
    modes.select(name_of(last.packet.id))
    assert modes.side == 2
    assert modes.seats[2].selected is not None


def test_turning_is_told_once(modes, qtbot):
    with qtbot.waitSignal(modes.turned):
        modes.turn(2)
    with qtbot.assertNotEmitted(modes.turned):
        modes.turn(2)
        modes.turn(7)
    assert modes.seat is modes.seats[2]


def test_following_at_one_seat_leaves_the_clock_alone(modes):
    before = modes.run.pace.length
    modes.seats[0].follow(modes.seats[0].one.timeline.flights[0].packet.id)
    assert modes.run.pace.length == before
    assert modes.seats[1].followed is None


def test_a_setting_is_set_for_all(modes):
    assert isinstance(modes.seats[0], Session)
    modes.seek(modes.length)
    modes.seats[0].do(act(modes, f"ping vm1 lan1 @ {modes.t // SECOND}s"))
    assert all(abs(seat.show - modes.seats[0].show) < EDGE for seat in modes.seats)


def test_one_follows_a_packet_on_the_side_that_is_looked_at(modes):
    modes.turn(1)
    modes.near.follow(modes.seats[1].one.timeline.flights[0].packet.id)
    assert [seat.followed is not None for seat in modes.seats] == [False, True, False]
