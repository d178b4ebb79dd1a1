"""Claims of a comparison: on one side or on all, and whether the sides part where a step says so."""

from dataclasses import replace

from vizapp.compare import Comparison
from vizapp.compare.check import failures
from vizapp.scene.model import Claim


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
