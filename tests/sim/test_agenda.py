"""The agenda: what is done when, in which order, and why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vizapp.sim.agenda import INSTANT_BUDGET, Agenda, Runaway


class Diary:
    """Writes down what is done."""

    def __init__(self, agenda: Agenda) -> None:
        self.agenda = agenda
        self.done: list[tuple[int, object, int]] = []

    def write(self, what: object) -> None:
        self.done.append((self.agenda.now, what, self.agenda.cause))

    def spin(self, what: object) -> None:
        self.agenda.at(self.agenda.now, self.spin, what)


@pytest.fixture
def diary():
    return Diary(Agenda())


@given(st.lists(st.integers(0, 20), max_size=30))
def test_in_order_of_time_then_of_being_planned(times):
    diary = Diary(Agenda())
    for number, t in enumerate(times):
        diary.agenda.at(t, diary.write, number)
    diary.agenda.run(100, 1000)
    assert [(t, what) for t, what, _ in diary.done] == sorted((t, number) for number, t in enumerate(times))


def test_what_is_due_at_the_end_is_done_and_what_comes_later_is_not(diary):
    for t in (5, 6):
        diary.agenda.at(t, diary.write, t)
    assert diary.agenda.run(5, 100) == 1
    assert [what for _, what, _ in diary.done] == [5]
    assert diary.agenda.run(6, 100) == 1


def test_no_more_than_was_allowed_is_done(diary):
    for t in range(5):
        diary.agenda.at(t, diary.write, t)
    assert [diary.agenda.run(10, 2) for _ in range(4)] == [2, 2, 1, 0]


def test_what_follows_has_the_cause_that_was_in_force_when_it_was_planned(diary):
    diary.agenda.cause = 7
    diary.agenda.at(1, diary.write, "a")
    diary.agenda.cause = 8
    diary.agenda.at(1, diary.write, "b")
    diary.agenda.run(1, 10)
    assert [(what, cause) for _, what, cause in diary.done] == [("a", 7), ("b", 8)]


def test_an_instant_without_end_is_a_runaway(diary):
    diary.agenda.at(3, diary.spin, None)
    with pytest.raises(Runaway) as stopped:
        diary.agenda.run(10, 10 * INSTANT_BUDGET)
    assert stopped.value.key == "runaway.instant"
    assert diary.agenda.now == 3


def test_slices_hide_no_instant_without_end(diary):
    diary.agenda.at(3, diary.spin, None)
    for _ in range(INSTANT_BUDGET // 7):
        diary.agenda.run(10, 7)
    with pytest.raises(Runaway):
        diary.agenda.run(10, 14)
