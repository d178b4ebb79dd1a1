"""Tracks and the columns of a crowd."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vizapp.sim.track import Crowd, Track

CHANGES = st.lists(st.tuples(st.integers(0, 100), st.integers(0, 3)), max_size=30).map(
    lambda c: sorted(c, key=lambda e: e[0])
)


def filled(changes):
    track = Track()
    for t, value in changes:
        track.put(t, value)
    return track


@given(CHANGES, st.integers(-1, 101))
def test_the_value_in_force_is_the_last_one_put_up_to_then(changes, t):
    track = filled(changes)
    index = track.index(t)
    past = [value for at, value in changes if at <= t]
    assert (track.values[index] if index >= 0 else None) == (past[-1] if past else None)


@given(CHANGES)
def test_times_only_grow(changes):
    times = list(filled(changes).times)
    assert times == sorted(set(times))


def test_the_same_value_again_is_no_change():
    track = filled([(1, "a"), (5, "a"), (9, "b")])
    assert list(track.changes(100)) == [(1, "a"), (9, "b")]


def test_changes_stop_where_one_asks():
    assert list(filled([(1, "a"), (5, "b")]).changes(4)) == [(1, "a")]


FLIGHTS = st.lists(st.tuples(st.integers(0, 50), st.integers(1, 30)), max_size=40).map(sorted)


@settings(max_examples=50)
@given(FLIGHTS, st.integers(0, 100), st.data())
def test_a_crowd_in_flight_is_what_a_plain_search_finds(flights, t, data):
    crowd = Crowd()
    route = crowd.route_of("a.x", "b.y")
    ends = {}
    for number, (departs, lasts) in enumerate(flights):
        row = crowd.add(route, departs, lasts, number)
        if data.draw(st.booleans()):
            ends[row] = departs + lasts // 2
            crowd.end(row, ends[row], "device-failed")
    expected = [
        (row, (t - departs) / lasts)
        for row, (departs, lasts) in enumerate(flights)
        if departs <= t < ends.get(row, departs + lasts)
    ]
    assert list(crowd.in_flight(t)) == expected


def test_a_way_has_one_number():
    crowd = Crowd()
    assert [crowd.route_of("a", "b"), crowd.route_of("b", "a"), crowd.route_of("a", "b")] == [0, 1, 0]


def test_a_row_takes_eighteen_bytes():
    crowd = Crowd()
    columns = (crowd.route, crowd.departs, crowd.lasts, crowd.request)
    assert sum(column.itemsize for column in columns) == 18


def test_a_flight_that_is_too_long_for_its_column_is_refused():
    with pytest.raises(OverflowError):
        Crowd().add(0, 0, 1 << 32, 1)
