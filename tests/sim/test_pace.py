"""A moment carried from one map of show seconds to another: the same true time, as far into a standstill."""

import pytest

from vizapp.sim.pace import HOLD, Pace
from vizapp.sim.timeline import Event

SECOND = 10**9


def pace(*held: int) -> Pace:
    return Pace(10 * SECOND, held=[Event(1, t, "held", "", 0, "", {}) for t in held])


@pytest.mark.parametrize("t", [0, SECOND, 3 * SECOND, 10 * SECOND])
def test_true_time_is_kept(t: int) -> None:
    old, new = pace(), pace(2 * SECOND)
    assert new.true(new.carried(old.show(t), old)) == t


def test_in_a_standstill_one_is_as_far_as_before() -> None:
    old, new = pace(2 * SECOND), pace(SECOND, 2 * SECOND)
    into = 0.4 * HOLD
    carried = new.carried(old.show(2 * SECOND) + into, old)
    assert carried == pytest.approx(new.show(2 * SECOND) + into)


def test_where_there_is_no_standstill_any_more_one_is_at_its_moment() -> None:
    old, new = pace(2 * SECOND), pace()
    assert new.carried(old.show_end(2 * SECOND), old) == pytest.approx(new.show(2 * SECOND))
