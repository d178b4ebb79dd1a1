import pytest
from hypothesis import given
from hypothesis import strategies as st

from vizapp.picture.share import laid, levelled, stretched

lengths = st.lists(st.floats(1, 100), min_size=1, max_size=6)


@given(lengths, st.floats(0, 2000))
def test_stretched_lengths_fill_the_total_or_stop_at_their_most(least: list[float], total: float) -> None:
    most = [2 * length for length in least]
    found = stretched(total, least, most)
    assert sum(found) == pytest.approx(min(max(total, sum(least)), sum(most)), rel=1e-6)


@given(lengths, st.floats(0, 2000))
def test_no_length_is_less_than_its_least(least: list[float], total: float) -> None:
    assert all(a >= b - 1e-6 for a, b in zip(levelled(total, least), least, strict=True))


def test_levelled_lengths_are_equal_where_there_is_room() -> None:
    assert levelled(90, [10, 20, 30]) == pytest.approx([30, 30, 30])


def test_what_is_laid_stands_in_the_middle() -> None:
    assert laid(0, 100, [20, 20], [10]) == [25, 55]
