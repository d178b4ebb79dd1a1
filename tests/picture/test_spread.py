"""Labels side by side: in order, near to their places, none upon another."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from vizapp.picture.spread import in_turn, spread

PLACE = st.tuples(st.floats(0.0, 400.0), st.floats(10.0, 150.0))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(0, 500), max_size=12).map(sorted))
def test_flags_of_steps_stand_beside_each_other_and_in_order(wanted):
    places = spread(wanted, 22.0, 10.0, 490.0)
    assert len(places) == len(wanted)
    assert all(b - a >= 22.0 - 1e-6 for a, b in pairwise(places))
    assert all(10.0 - 1e-6 <= place <= 490.0 + 1e-6 for place in places)


def test_a_flag_with_room_stands_at_its_moment():
    assert spread([50.0, 200.0], 22.0, 10.0, 490.0) == [50.0, 200.0]


def test_a_label_begins_beside_the_one_before():
    assert in_turn([(100.0, 140.0), (190.0, 90.0)], 16.0, 0.0, 400.0) == [30.0, 186.0]


def test_a_label_makes_room_for_the_next_as_far_as_it_can():
    first, second, third = in_turn([(100.0, 140.0), (170.0, 90.0), (180.0, 90.0)], 16.0, 0.0, 400.0)
    assert (first, second) == (14.0, 170.0)
    assert third is None  # it would begin at 276, past its place, and the one before cannot move


def test_a_label_at_the_end_is_whole():
    assert in_turn([(10.0, 140.0), (390.0, 90.0)], 16.0, 0.0, 400.0) == [0.0, 310.0]


@settings(max_examples=100, deadline=None)
@given(st.lists(PLACE, max_size=8).map(sorted))
def test_labels_lie_over_their_places_and_none_upon_another(spans):
    starts = in_turn(spans, 16.0, 0.0, 400.0)
    kept = [(start, *span) for start, span in zip(starts, spans, strict=True) if start is not None]
    assert all(start - 1e-6 <= place <= start + width + 1e-6 for start, place, width in kept)
    assert all(start >= -1e-6 and start + width <= 400.0 + 1e-6 for start, _, width in kept)
    assert all(a[0] + a[2] + 16.0 <= b[0] + 1e-6 for a, b in pairwise(kept))
