"""The timeline and its frames: looking up any moment."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vizapp.sim.packet import Packet
from vizapp.sim.timeline import Answers, Event, Flight, Timeline

PACKET = Packet(1, (), "BALL", "a")


def flight(number, departs, arrives, ended=None, cause=0):
    outcome = "in_flight" if ended is None else "dropped" if ended < arrives else "delivered"
    return Flight(number, PACKET, cause, "l", "a.p", "b.p", departs, arrives, "a", ended, outcome)


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20), st.integers(0, 25)), max_size=40).map(sorted)


@settings(max_examples=50)
@given(SPANS, st.integers(0, 90))
def test_what_is_in_flight_is_what_a_plain_search_finds(spans, t):
    timeline = Timeline()
    for number, (departs, lasts, cut) in enumerate(spans):
        timeline.add_flight(flight(number + 1, departs, departs + lasts, departs + min(cut, lasts)))
    expected = [f.id for f in timeline.flights if f.departs <= t < f.arrives and t < f.ended]
    assert [f.id for f in timeline.in_flight(t)] == expected


def test_a_flight_shows_its_progress_and_not_its_end():
    timeline = Timeline()
    timeline.add_flight(flight(1, 100, 200, ended=160))
    timeline.end = 300
    shown = timeline.at(150).flights()[0]
    assert shown.progress == 0.5
    assert not hasattr(shown, "ended")
    assert not timeline.at(160).flights()


def test_a_flight_was_in_flight_until_it_ended():
    one = flight(1, 100, 200, ended=160)
    assert [one.outcome_at(t) for t in (159, 160)] == ["in_flight", "dropped"]


def test_a_value_has_a_time_since_and_one_before():
    timeline = Timeline()
    timeline.end = 100
    for t, value in ((10, "a"), (20, "b")):
        timeline.track("d", "f").put(t, value)
    frame = timeline.at(25)
    assert (frame.value("d", "f"), frame.since("d", "f"), frame.before("d", "f")) == ("b", 20, "a")
    early = timeline.at(5)
    assert (early.value("d", "f", "-"), early.since("d", "f"), early.before("d", "f", "-")) == ("-", None, "-")
    assert early.value("nobody", "f", "-") == "-"


def test_events_happen_at_their_time_and_not_before():
    timeline = Timeline()
    timeline.end = 100
    for number, t in enumerate((10, 20, 20, 30), 1):
        timeline.add_event(Event(number, t, "x.y", "d", 0, "d", {}))
    assert [timeline.events_until(t) for t in (9, 10, 20, 99)] == [0, 1, 3, 4]
    assert [event.id for event in timeline.at(20).events()] == [1, 2, 3]
    assert [event.id for event in timeline.at(30).events_after(10)] == [2, 3, 4]


def test_flights_that_ended_are_found_by_when_they_ended():
    timeline = Timeline()
    timeline.end = 100
    for number, (departs, arrives) in enumerate(((0, 10), (0, 50), (20, 30)), 1):
        timeline.add_flight(flight(number, departs, arrives, arrives))
    assert [f.id for f in timeline.at(30).ended_after(10)] == [3]
    assert [f.id for f in timeline.at(60).ended_after(5)] == [1, 2, 3]


def test_the_chain_of_causes_runs_from_the_first():
    timeline = Timeline()
    timeline.add_event(Event(1, 0, "act.throw", "a", 0, "a", {}))
    timeline.add_flight(flight(2, 0, 10, 10, cause=1))
    timeline.add_event(Event(3, 10, "ball.back", "b", 2, "a", {}))
    assert [item.id for item in timeline.causes(3)] == [1, 2, 3]
    assert timeline.by_id(4) is None
    assert timeline.causes(0) == []


def test_a_frame_never_goes_beyond_what_was_simulated():
    timeline = Timeline()
    timeline.end = 100
    assert timeline.at(500).t == 100


def test_a_frozen_frame_holds_no_track_that_has_not_begun():
    timeline = Timeline()
    timeline.end = 100
    timeline.track("d", "f").put(50, 1)
    assert timeline.at(49).freeze()["values"] == {}
    assert timeline.at(50).freeze()["values"] == {("d", "f"): (1, 50)}


def test_answers_are_columns_of_names_and_numbers():
    answers = Answers()
    for server in ("web1", "web2", "web1"):
        answers.add(5, 3, server, "answered", 1)
    assert (answers.servers, list(answers.by)) == (["web1", "web2"], [0, 1, 0])
    columns = (answers.times, answers.lasts, answers.by, answers.result, answers.request)
    assert sum(column.itemsize for column in columns) == pytest.approx(23)
