"""Chance: the same everywhere, one stream per entity and purpose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vizapp.sim.chance import Chance


def test_a_stream_is_the_same_on_every_machine():
    stream = Chance(7, "router", "port")
    assert [stream.between(0, 999) for _ in range(5)] == [702, 667, 249, 17, 512]


@pytest.mark.parametrize("other", [(8, "router", "port"), (7, "router2", "port"), (7, "router", "mac")])
def test_seed_entity_and_purpose_each_make_a_stream_of_their_own(other):
    one, two = Chance(7, "router", "port"), Chance(*other)
    assert [one.random() for _ in range(3)] != [two.random() for _ in range(3)]


@given(st.integers(0, 99), st.integers(-50, 50), st.integers(0, 50))
def test_between_stays_between_and_reaches_both_ends(seed, low, width):
    stream = Chance(seed, "a", "b")
    drawn = [stream.between(low, low + width % 3) for _ in range(60)]
    assert {min(drawn), max(drawn)} == {low, low + width % 3}


def test_exponential_has_its_mean():
    stream = Chance(1, "client", "gap")
    drawn = [stream.exponential(2.0) for _ in range(20_000)]
    assert min(drawn) >= 0
    assert sum(drawn) / len(drawn) == pytest.approx(2.0, rel=0.03)


def test_pick_takes_each_item_in_the_end():
    stream = Chance(1, "client", "server")
    assert {stream.pick("abc") for _ in range(100)} == set("abc")
