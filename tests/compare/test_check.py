"""Claims of a comparison: on one side or on all, and whether the sides part where a step says so."""

from dataclasses import replace

from vizapp.compare import Comparison
from vizapp.compare.check import failures
from vizapp.scene.model import Act, Claim, Task, Text


def keys(whole: Comparison, **changes: object) -> list[str]:
    whole.scene, kept = replace(whole.scene, **changes), whole.scene  # type: ignore[arg-type]
    try:
        return [problem.key.removeprefix("problem.") for problem in failures(whole, "a.yaml")]
    finally:
        whole.scene = kept


def test_what_is_written_holds(modes: Comparison) -> None:
    assert failures(modes, "a.yaml") == []


def test_a_claim_of_all_sides_fails_where_one_does_not_keep_it(modes: Comparison) -> None:
    assert keys(modes, expect=(Claim("ping from vm1 to internet answered"),)) == ["claim-fails-in"]


def test_a_claim_of_one_side_says_nothing_of_the_others(modes: Comparison) -> None:
    assert keys(modes, expect=(Claim("ping from vm1 to internet answered", side="nat"),)) == []


def test_a_failed_claim_names_its_side(modes: Comparison) -> None:
    modes.scene, kept = replace(modes.scene, expect=(Claim("ping from lan1 to vm1 answered", side="nat"),)), modes.scene
    problem = failures(modes, "a.yaml")[0]
    modes.scene = kept
    assert problem.values["side"] == "nat"


def test_a_step_at_which_the_sides_should_part_and_do_not_is_a_problem(modes: Comparison) -> None:
    steps = [replace(step, differ=None) for step in modes.scene.steps]
    steps[6] = replace(steps[6], differ=True)
    assert keys(modes, steps=tuple(steps)) == ["step-same"]


def test_a_step_at_which_the_sides_part_although_they_should_not_is_a_problem(modes: Comparison) -> None:
    steps = [replace(step, differ=None) for step in modes.scene.steps]
    steps[3] = replace(steps[3], differ=False)
    assert keys(modes, steps=tuple(steps)) == ["step-differs"]


def task(goal: str, solution: str, side: str = "", fault: str = "") -> Task:
    solved, broken = (tuple(Act(*words(each)) for each in (written,) if each) for written in (solution, fault))
    return Task(Text(en="x"), goal, (), fault=broken, solution=solved, side=side)


def words(written: str) -> tuple[str, tuple[str, ...]]:
    verb, *args = written.split()
    return verb, tuple(args)


def test_a_task_is_proven_on_its_side_alone(modes: Comparison) -> None:
    one = task("ping from vm2 to lan1 answered", "ping vm2 lan1", "nat")
    one = replace(one, solution=(replace(one.solution[0], at=5_000_000_000),))
    assert keys(modes, tasks=(one,)) == []
    assert keys(modes, tasks=(replace(one, side="host-only"),)) == ["task-unsolved"]


def test_a_task_that_is_done_on_some_sides_is_not_done(modes: Comparison) -> None:
    goal = "ping from vm1 to lan1 answered"
    assert "task-done" not in keys(modes, tasks=(task(goal, ""),))
    assert keys(modes, tasks=(task(goal, "", "nat"),)) == ["task-done"]


def test_a_fault_is_planted_on_the_sides_that_have_what_it_breaks(modes: Comparison) -> None:
    cable = next(link.id for link in modes.scene.sides[0].links if {"net", "lan"} == {link.a[:3], link.b[:3]})
    mended = task("ping from vm1 to lan1 answered", f"mend {cable}", "bridged", f"cut {cable}")
    again = replace(mended, solution=(*mended.solution, Act("ping", ("vm1", "lan1"), at=1_000_000_000)))
    assert keys(modes, tasks=(again,)) == []
    assert keys(modes, tasks=(replace(again, solution=again.solution[1:]),)) == ["task-unsolved"]
