"""The scene `hardware-assisted`: without EPT too, and its tasks."""

import pytest

from tests.scenes.lesson import done, keeps, missing, played
from vizapp.window.question_card import right_option

NAME = "hardware-assisted"


def test_without_ept_the_cr3_write_exits_too():
    keeps(played(NAME, ept="false"), "count vm.exit where instruction == MOV-CR3 == 1",
          "value cpu.entries == cpu.exits + 1", "first vm.exit: reason == 28")  # fmt: skip


def test_without_ept_a_walk_is_short_and_the_missing_page_exits_twice():
    keeps(played(NAME, ept="false"), "first mmu.walked from app: found == 0 and reads == 4",
          "count vm.exit where instruction == LOAD == 2", "vm.exit where instruction == LOAD before kernel.page-fault")


def test_every_step_and_question_comes_without_ept_too():
    run = played(NAME, ept="false")
    assert missing(run) == ([], [])
    assert all(right_option(run, number) is not None for number in range(len(run.scene.questions)))


@pytest.mark.parametrize(("number", "acts", "settings"), [
    (1, [], {"ept": "false"}), (2, ["execute kernel CPUID @ 7s"], {}), (3, ["execute app VMCALL @ 7s"], {}),
])  # fmt: skip
def test_a_task_is_done_as_its_last_hint_says(number, acts, settings):
    assert number in done(played(NAME, *acts, **settings))
