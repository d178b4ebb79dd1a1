"""Puzzles of a comparison: an item is asked of the side that it names, and `vizapp check` says what no side tells."""

import pytest

from tests.compare.conftest import STEPS
from vizapp.compare import Comparison
from vizapp.compare.asked import Asked
from vizapp.compare.check import failures
from vizapp.devices import VOCABULARY
from vizapp.scene.problems import line
from vizapp.scene.reader import read
from vizapp.words import Words

EN = Words("en")
EXITS = "{of: exits == 1, when: cpu.decides at cpu where instruction == MOV-CR3, side: SIDE}"
SORT = f"""
questions:
  - before: cpu.decides at cpu where instruction == MOV-CR3
    ask: Which exit?
    sort:
      bins: {{"true": Exits, "false": Stays}}
      items:
        - {{say: with, is: {EXITS.replace("SIDE", "ept")}, why: two stages}}
        - {{say: without, is: {EXITS.replace("SIDE", "shadow")}, why: shadow tables}}
"""
ORDER = """
questions:
  - before: start
    ask: Which exits first?
    order:
      - {say: CPUID, when: vm.exit at cpu, side: ept}
      - {say: MOV CR3, when: vm.exit at cpu, side: shadow}
"""


def whole(text):
    reading = read(STEPS.read_text(encoding="utf-8") + text, VOCABULARY, file="steps.yaml")
    assert reading.scene is not None, reading.problems
    return Comparison(reading.scene, VOCABULARY.kinds).complete()


def asked(text):
    run = whole(text)
    return Asked(run, run.scene.questions[0])


def test_an_item_is_asked_of_the_side_that_it_names():
    assert asked(SORT).truth.bins == ((1,), (0,))


def test_without_a_side_it_is_asked_of_the_first_on_which_its_event_comes():
    text = SORT.replace(", side: ept", "").replace("MOV-CR3, side: shadow", "CPUID")
    assert asked(text).truth.bins == ((1,), (0,))


def test_items_of_different_sides_are_put_in_one_order():
    question = asked(ORDER)
    assert question.right(question.start) == (1, 0)


def test_what_no_side_tells_is_a_problem():
    run = whole(SORT.replace("== MOV-CR3, side: shadow", "== HLT, side: shadow"))
    assert [line(problem, EN).partition(": ")[2] for problem in failures(run, "f")] == [
        "the run does not tell of this item: `cpu.decides at cpu where instruction == HLT` never comes"]  # fmt: skip


@pytest.mark.parametrize("text", [SORT.replace("side: ept", "side: eptt"), ORDER.replace("side: ept", "side: eptt")])
def test_a_side_that_is_not_there_is_a_problem(text):
    problems = read(STEPS.read_text(encoding="utf-8") + text, VOCABULARY, file="steps.yaml").problems
    assert [problem.key for problem in problems] == ["problem.unknown-side"]
