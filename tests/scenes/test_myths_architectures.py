"""The scene `myths-architectures`: each popular idea, and what the run or a source says of it."""

import pytest

from tests.scenes.lesson import done, keeps, played, shipped
from vizapp.compare.asked import Asked
from vizapp.window.question_card import right_option
from vizapp.words import Words

NAME = "myths-architectures"
PRODUCTS = ("DirectX", "Hyper-V", "ESXi", "QEMU", "KVM", "Proxmox VE", "GNS3", "Docker")


def asked(number, **settings):
    """The puzzle of a question, counted from 1."""
    run = played(NAME, **settings)
    return Asked(run, run.scene.questions[number - 1])


def bins(question):
    """What belongs where, by the first name of each item."""
    names = list(question.puzzle.bins)
    return {item.say["en"].split(",")[0]: [names[place] for place in places]
            for item, places in zip(question.puzzle.items, question.truth.bins, strict=True)}  # fmt: skip


@pytest.mark.parametrize(("ept", "exits"), [("true", "false"), ("false", "true")])
def test_which_instructions_exit_is_asked_of_the_run(ept, exits):
    found = bins(asked(1, ept=ept))
    assert found == {"MOV CR3": [exits], "SYSCALL": ["false"], "POPF": ["false"], "CPUID": ["true"]}


def test_the_way_of_cpuid_is_put_in_order_by_the_run():
    question = asked(2)
    names = [item.when.split()[0] for item in question.puzzle.items]
    places = question.right(question.start)
    assert [names[places.index(place)] for place in range(5)] == [
        "vm.exit", "vmcs.read", "hypervisor.emulates", "vmcs.write", "vm.entry"]  # fmt: skip


def test_docker_left_lxc_step_by_step():
    question = asked(6)
    assert question.right(question.start) == (3, 0, 4, 1, 2)


def test_eight_products_are_sorted_and_kvm_may_be_either_type():
    found = bins(asked(7))
    assert tuple(found) == PRODUCTS
    assert found["KVM"] == ["type-1", "type-2"]
    assert {name for name, where in found.items() if where == ["none"]} == {"DirectX", "Docker"}
    assert {name for name, where in found.items() if where == ["platform"]} == {"Proxmox VE", "GNS3"}


@pytest.mark.parametrize("place", [0, 1])
def test_kvm_is_right_in_either_type_and_says_why(place):
    question = asked(7)
    given = question.right(question.start)
    given = tuple(place if number == PRODUCTS.index("KVM") else own for number, own in enumerate(given))
    assert question.solved(given)
    head, why, source = question.said(Words("en"), given, given=given).whys[PRODUCTS.index("KVM")]
    assert head == "KVM → Type 1 hypervisor or Type 2 hypervisor"
    assert "Both can be argued" in why
    assert "Red Hat" in source


def test_the_task_sorts_the_same_products():
    scene = shipped(NAME)
    assert scene.tasks[0].puzzle.items == scene.questions[6].puzzle.items


def test_a_kernel_for_another_processor_runs_under_the_emulator_and_not_under_kvm():
    keeps(played(NAME), "no cpu.refuses", "any block.translated at qemu where instruction == LOAD")
    keeps(played(NAME, guest="ARM"), "any cpu.refuses at cpu from kernel", "no vm.exit at cpu")


@pytest.mark.parametrize(("bits", "claim"), [
    ("64", "any cpu.traps at xcpu where instruction == SYSCALL"),
    ("32", "no cpu.traps at xcpu where instruction == SYSCALL"),
])  # fmt: skip
def test_a_system_call_under_xen_goes_through_it_in_64_bits_alone(bits, claim):
    keeps(played(NAME, "execute xapp SYSCALL @ 19s", bits=bits), claim)


@pytest.mark.parametrize(("acts", "task"), [
    (("set ept false @ 19s", "execute kernel MOV-CR3 @ 19500ms"), 2),
    (("set guest ARM @ 19s", "execute kernel CPUID @ 19500ms"), 3), (("execute xapp SYSCALL @ 19s",), 4),
])  # fmt: skip
def test_each_task_is_solved_as_its_last_hint_says(acts, task):
    assert done(played(NAME, *acts)) == [task]


@pytest.mark.parametrize("settings", [{}, {"ept": "false"}, {"bits": "32"}])
def test_each_question_has_a_right_option_whatever_is_set(settings):
    run = played(NAME, **settings)
    chosen = [number for number, question in enumerate(run.scene.questions) if question.puzzle is None]
    assert all(right_option(run, number) is not None for number in chosen)


def test_everything_that_is_stated_has_a_source_of_its_own():
    scene = shipped(NAME)
    puzzles = [each.puzzle for each in (*scene.questions, *scene.tasks) if each.puzzle is not None]
    stated = [*scene.steps, *scene.questions, *scene.tasks, *scene.settings.values(), *scene.whatif]
    stated += [option for question in scene.questions for option in question.options]
    stated += [item for puzzle in puzzles for item in puzzle.items]
    assert [each for each in stated if not each.sources] == []
