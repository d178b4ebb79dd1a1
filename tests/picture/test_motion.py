import pytest
from hypothesis import given
from hypothesis import strategies as st

from vizapp.picture.motion import appearing, ease, fading
from vizapp.picture.stage import Way

WAY = Way("w", "a.x", "b.x", ((0, 0), (100, 0), (100, 50)), 10)


@given(st.floats(-1, 2))
def test_easing_stays_between_its_ends(part: float) -> None:
    assert 0 <= ease(part) <= 1


def test_easing_is_slow_at_both_ends() -> None:
    assert (ease(0), ease(0.5), ease(1)) == (0, 0.5, 1)
    assert ease(0.05) < 0.05


def test_reduced_motion_shows_and_hides_at_once() -> None:
    assert (appearing(0.01, True), fading(0.1, 1.0, True), fading(1.0, 1.0, True)) == (1.0, 1.0, 0.0)


def test_a_way_begins_and_ends_at_its_ports() -> None:
    assert (WAY.at(0), WAY.at(1)) == ((0, 0), (100, 50))


def test_a_way_is_gone_along_evenly() -> None:
    assert WAY.at(0.25)[0] == pytest.approx(WAY.length / 4)


@given(st.floats(0, 1))
def test_the_table_of_a_way_agrees_with_it(part: float) -> None:
    xs, ys = WAY.table
    index = round(part * 1024)
    assert (xs[index], ys[index]) == pytest.approx(WAY.at(index / 1024))
