"""What a run makes right in a puzzle, how near an answer comes to it, and in what order its items are shown."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vizapp.scene.model import Item, Puzzle, Question, Scene, Task, Text
from vizapp.sim.puzzle import Ordered, Sorted, mixed, positions, problems, truth, verdicts
from vizapp.sim.timeline import Event, Timeline


def item(**written):
    return Item(Text(en="item"), **written)


BINS = {"a": Text(en="A"), "b": Text(en="B"), "true": Text(en="Yes")}


@pytest.fixture
def timeline():
    """first at 10; at 20 `second`, which led to `third`, and `apart`, which neither led to."""
    made = Timeline()
    rows = [(1, 10, "x.first", 0, {"bin": "a", "n": 5}), (2, 20, "x.second", 1, {"bin": "b", "yes": True, "n": 2}),
            (3, 20, "x.apart", 1, {"n": 5}), (4, 20, "x.third", 2, {"bin": "nowhere", "n": 9}),
            (5, 30, "x.first", 0, {"bin": "b"})]  # fmt: skip
    for number, t, name, cause, details in rows:
        made.add_event(Event(number, t, name, "m", cause, "m", details))
    return made


@pytest.fixture
def asked(timeline):
    return lambda items, after=0, **bins: truth(Puzzle(tuple(items), bins), lambda _: (timeline, after))


@pytest.fixture
def in_order(asked):
    """The items of these events, to be put in order."""
    return lambda *names, **more: asked([item(when=f"x.{name}", **more) for name in names])


# sorting


def test_the_run_names_the_bin(asked):
    items = [item(of="bin", when="x.first"), item(of="bin", when="x.second"), item(of="yes", when="x.second")]
    assert asked(items, **BINS).bins == ((0,), (1,), (2,))


def test_only_what_happens_from_the_question_on_counts(asked):
    assert asked([item(of="bin", when="x.first")], after=11, **BINS).bins == ((1,),)


def test_either_bin_is_right_where_both_are_accepted(asked):
    right = asked([item(is_=("a", "b")), item(is_=("b",))], **BINS)
    assert verdicts(right, (0, 1)) == verdicts(right, (1, 1)) == (True, True)
    assert verdicts(right, (2, 0)) == (False, False)


def test_the_first_accepted_bin_is_shown_unless_another_one_was_given(asked):
    right = asked([item(is_=("a", "b"))], **BINS)
    assert (right.nearest((2,)), right.nearest((None,)), right.nearest((1,))) == ((0,), (0,), (1,))


def test_what_the_run_does_not_tell_of_is_not_judged(asked):
    right = asked([item(of="bin", when="x.never"), item(is_=("a",))], **BINS)
    assert verdicts(right, (0, None)) == (None, False)


# order


def test_what_comes_first_is_first(in_order):
    right = in_order("second", "first")
    assert verdicts(right, (0, 1)) == (False, False)
    assert verdicts(right, (1, 0)) == (True, True)


def test_of_one_instant_a_cause_comes_before_what_it_led_to(in_order):
    assert verdicts(in_order("third", "second"), (0, 1)) == (False, False)


def test_of_one_instant_what_led_to_nothing_may_come_either_way(in_order):
    right = in_order("second", "third", "apart")
    for placed in ((0, 1, 2), (0, 2, 1), (1, 2, 0)):
        assert verdicts(right, placed) == (True, True, True)
    assert False in verdicts(right, (2, 1, 0))


def test_equal_values_may_come_either_way(in_order):
    right = in_order("first", "apart", "second", of="n")
    assert verdicts(right, (1, 2, 0)) == verdicts(right, (2, 1, 0)) == (True, True, True)


def test_dates_are_compared_as_far_as_both_are_known(asked):
    right = asked([item(is_=("2014-03-13",)), item(is_=("2014",)), item(is_=(2016,))])
    assert verdicts(right, (0, 1, 2)) == verdicts(right, (1, 0, 2)) == (True, True, True)
    assert verdicts(right, (2, 0, 1)) != (True, True, True)


def test_an_event_that_never_comes_is_left_out(in_order):
    right = in_order("never", "second", "first")
    assert right.nearest((0, 1, 2)) == (None, 1, 0)
    assert verdicts(right, (0, 1, 2)) == (None, True, False)


@given(st.permutations(range(5)), st.lists(st.integers(0, 3), min_size=5, max_size=5))
def test_the_nearest_right_order_is_right_and_a_right_one_is_its_own(given_order, ranks):
    right = truth(Puzzle(tuple(item(is_=(rank,)) for rank in ranks)), lambda _: (Timeline(), 0))
    nearest = right.nearest(given_order)
    in_their_order = sorted(range(5), key=lambda each: nearest[each])
    assert [ranks[each] for each in in_their_order] == sorted(ranks)
    assert right.nearest(nearest) == nearest


# how items are shown


@given(st.integers(0, 10**6))
def test_items_to_be_put_in_order_are_never_right_already_and_the_same_twice(seed):
    puzzle = Puzzle(tuple(item(is_=(rank,)) for rank in (3, 1, 2)))
    right = truth(puzzle, lambda _: (Timeline(), 0))
    order = mixed(puzzle, right, seed, "q")
    assert sorted(order) == [0, 1, 2]
    assert False in verdicts(right, positions(order))
    assert mixed(puzzle, right, seed, "q") == order


def test_another_seed_mixes_otherwise():
    puzzle = Puzzle(tuple(item(is_=("a",)) for _ in range(6)), BINS)
    right = Sorted(((0,),) * 6)
    assert len({mixed(puzzle, right, seed, "q") for seed in range(20)}) > 10


def test_what_may_come_in_any_order_is_mixed_all_the_same():
    puzzle = Puzzle((item(is_=(1,)), item(is_=(1,))))
    assert sorted(mixed(puzzle, Ordered((frozenset(), frozenset())), 7, "q")) == [0, 1]


# what an author is told


@pytest.fixture
def found(timeline):
    def check(puzzle, placed=None):
        bare = Scene("s", Text(), Text(), "own", 1, 1, 1, 100, {}, ())
        if placed is None:
            scene = replace(bare, questions=(Question("start", Text(), "", (), puzzle=puzzle),))
        else:
            scene = replace(bare, tasks=(Task(Text(), "", (), puzzle=puzzle, placed=placed),))
        told = problems(scene, lambda _: lambda _: (timeline, 0), "f")
        return [problem.key.removeprefix("problem.") for problem in told]

    return check


def test_a_puzzle_that_the_run_answers_has_no_problem(found):
    assert found(Puzzle((item(of="bin", when="x.first"), item(is_=("b",))), BINS)) == []
    assert found(Puzzle((item(when="x.first"), item(when="x.second")))) == []


@pytest.mark.parametrize(("puzzle", "key"), [
    (Puzzle((item(of="bin", when="x.never"), item(is_=("b",))), BINS), "item-untold"),
    (Puzzle((item(of="bin", when="x.third"), item(is_=("b",))), BINS), "item-elsewhere"),
    (Puzzle((item(when="x.never"), item(when="x.first"))), "item-untold"),
    (Puzzle((item(is_=(2,)), item(is_=(2,)))), "nothing-to-order"),
])  # fmt: skip
def test_what_the_run_does_not_answer_is_a_problem(found, puzzle, key):
    assert found(puzzle) == [key]


def test_a_solution_is_held_against_the_run(found):
    puzzle = Puzzle((item(when="x.second"), item(when="x.first")))
    assert found(puzzle, (1, 0)) == []
    assert found(puzzle, (0, 1)) == ["placed-wrong", "placed-wrong"]
