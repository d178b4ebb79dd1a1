"""What is sorted into bins or put in order is read whole, and each mistake in it is said at its place."""

import re

import pytest

from tests.scene.test_schema import errors
from vizapp.scene.model import Item

ANSWER = re.compile(r"    answer: .*?(?=tasks:)", re.DOTALL)
SORT = """\
    sort:
      bins: {kept: Kept, other: {fr: Un autre, en: Another}}
      items:
        - {say: VM 1, is: kept, why: free, sources: [{rfc: 3022}]}
        - {say: VM 2, is: [kept, other], why: either}
        - {say: VM 3, is: {of: device, when: nat.rewrite at router from vm2}, why: asked}
"""
ORDER = """\
    order:
      - {say: offered, when: dhcp.offer}
      - {say: given, when: dhcp.ack, why: then}
"""
TASK = """\
  - say: Sort
    sort: {bins: {a: A, b: B}, items: [{say: one, is: a, why: w}, {say: two, is: b, why: w}]}
    hints: [look]
    solution: [a, b]
expect:
"""


@pytest.fixture
def written(nat):
    """The scene of the design with other lines in the place of its options."""
    return lambda puzzle: ANSWER.sub(puzzle, nat)


@pytest.fixture
def puzzle(reading, written):
    def read(text):
        made = reading(written(text))
        assert made.problems == ()
        return made.scene.questions[0].puzzle

    return read


def keys(found):
    return [problem.key.removeprefix("problem.") for problem in found]


def test_items_are_sorted_into_bins(puzzle):
    found = puzzle(SORT)
    assert found.sorts
    assert [dict(name) for name in found.bins.values()] == [{"fr": "Kept", "en": "Kept"},
                                                           {"fr": "Un autre", "en": "Another"}]  # fmt: skip
    assert [item.is_ for item in found.items] == [("kept",), ("kept", "other"), ()]
    assert (found.items[2].of, found.items[2].when) == ("device", "nat.rewrite at router from vm2")
    assert found.items[0].sources[0].text["en"] == "RFC 3022"


def test_items_are_put_in_order_by_what_happens(puzzle):
    found = puzzle(ORDER)
    assert not found.sorts
    assert [(item.when, item.of, item.is_) for item in found.items] == [("dhcp.offer", "", ()), ("dhcp.ack", "", ())]


@pytest.mark.parametrize(("value", "rank"), [("2014-03-13", "2014-03-13"), ("2014-03", "2014-03"), ("7", 7),
                                             ("1.5", 1.5)])  # fmt: skip
def test_items_are_put_in_order_by_a_number_or_a_date(puzzle, value, rank):
    assert puzzle(ORDER.replace("when: dhcp.offer", f"is: {value}").replace("when: dhcp.ack", "is: 1"))
    items = puzzle(ORDER.replace("when: dhcp.offer", f"is: {value}").replace("when: dhcp.ack", "is: 1")).items
    assert items[0].is_ == (rank,)


def test_items_are_put_in_order_by_what_an_expression_is_worth(puzzle):
    by_port = "of: after.sport, when: nat.rewrite"
    found = puzzle(ORDER.replace("when: dhcp.offer", by_port).replace("when: dhcp.ack", f"{by_port} at router"))
    assert [item.of for item in found.items] == ["after.sport", "after.sport"]


def test_a_task_has_a_puzzle_in_the_place_of_its_goal(reading, nat):
    task = reading(nat.replace("expect:\n", TASK)).scene.tasks[-1]
    assert (task.goal, task.placed, task.begun) == ("", (0, 1), False)
    assert [type(item) for item in task.puzzle.items] == [Item, Item]


@pytest.mark.parametrize(("old", "new", "problem"), [
    ("is: kept", "is: kep", "unknown-bin"), ("is: kept", "is: [kept, nowhere]", "unknown-bin"),
    ("{kept: Kept, other: {fr: Un autre, en: Another}}", "{kept: Kept}", "bins-number"),
    ("bins: {kept: Kept, other: {fr: Un autre, en: Another}}\n", "\n", "missing-key"),
    ("is: kept, why: free", "is: kept", "missing-key"), ("is: kept, ", "", "missing-key"),
    ("of: device, when", "when", "missing-key"), (", when: nat.rewrite at router from vm2", "", "missing-key"),
    ("nat.rewrite at router from vm2}", "nat.rewrites at router}", "unknown-event"),
    ("of: device", "of: devic", "unknown-detail"), ("why: free", "whi: free", "unknown-key"),
    ("from vm2}", "from vm2, side: a}", "unknown-key"), ("say: VM 1", "say: '{nothing}'", "unknown-value"),
    ("    sort:\n", "    answer: {is: 1}\n    sort:\n", "beside-puzzle"),
    ("    sort:\n", ORDER + "    sort:\n", "two-puzzles"),
])  # fmt: skip
def test_a_mistake_in_what_is_sorted_is_said(problems, written, old, new, problem):
    assert old in SORT
    assert problem in keys(problems(written(SORT.replace(old, new))))


@pytest.mark.parametrize(("old", "new", "problem"), [
    ("when: dhcp.offer", "when: dhcp.offers", "unknown-event"), ("when: dhcp.offer", "is: soon", "not-ordered"),
    ("when: dhcp.offer", "is: true", "not-ordered"), ("when: dhcp.offer", "is: 3", "order-mixed"),
    ("when: dhcp.offer", "when: dhcp.offer, is: 3", "order-form"), (", when: dhcp.offer", "", "order-form"),
    ("when: dhcp.offer", "of: to", "order-form"),
    ("      - {say: given, when: dhcp.ack, why: then}\n", "", "too-few-items"),
])  # fmt: skip
def test_a_mistake_in_what_is_put_in_order_is_said(problems, written, old, new, problem):
    assert old in ORDER
    assert problem in keys(problems(written(ORDER.replace(old, new))))


@pytest.mark.parametrize(("old", "new", "problem"), [
    ("[a, b]", "[a]", "placed-number"), ("[a, b]", "[a, c]", "unknown-bin"),
    ("    hints", "    goal: no nat.drop\n    hints", "beside-puzzle"),
    ("    hints", "    changes: 1\n    hints", "beside-puzzle"), ("    hints: [look]\n", "", "no-hints"),
])  # fmt: skip
def test_a_mistake_in_a_task_is_said(problems, nat, old, new, problem):
    assert problem in keys(problems(nat.replace("expect:\n", TASK.replace(old, new))))


@pytest.mark.parametrize("text", [SORT, ORDER])
def test_the_schema_takes_a_puzzle(vocabulary, written, text):
    assert errors(vocabulary, written(text)) == []


def test_the_schema_takes_a_task_to_sort(vocabulary, nat):
    assert errors(vocabulary, nat.replace("expect:\n", TASK)) == []


@pytest.mark.parametrize("text", [
    SORT + ORDER, SORT.replace("is: kept, ", ""), ORDER.replace("when: dhcp.offer", "is: []"),
])  # fmt: skip
def test_the_schema_underlines_a_mistake(vocabulary, written, text):
    assert errors(vocabulary, written(text)) != []
