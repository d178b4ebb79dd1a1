"""The scene `vm-or-container`: what it says holds for other machines and other settings too."""

import pytest

from tests.scenes.lesson import keeps, played

NAME = "vm-or-container"


def counts(run, t):
    frame = run.timeline.at(t * 10**9)
    return {name: frame.value("budget", name) for name in ("vm", "micro", "container")}


def test_four_times_the_memory_holds_four_times_as_many_and_changes_no_ratio():
    small, large = counts(played(NAME), 1), counts(played(NAME, memory="256"), 1)
    assert all(4 * small[name] <= large[name] < 4 * (small[name] + 1) for name in small)


def test_a_vm_as_light_as_a_container_is_as_dense():
    found = counts(played(NAME, vm="16", container="16"), 1)
    assert found["vm"] == found["container"]


@pytest.mark.parametrize("vm", ["64", "128", "256"])
def test_with_a_lighter_vm_no_application_gives_a_hundred(vm):
    keeps(played(NAME, vm=vm), "every budget.counted where t < 12s: ratio < 100")


def test_start_times_are_cited_and_never_reckoned():
    rungs = played(NAME).timeline.at(21 * 10**9).value("times", "rungs")["rungs"]
    assert [(rung["ns"], rung["cited"]) for rung in rungs] == [(10**6, True), (2_300_000, True), (125 * 10**6, True)]
