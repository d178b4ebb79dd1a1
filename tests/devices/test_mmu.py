"""Which page tables are walked in each architecture, and how many entries are read."""

import pytest

APP, KERNEL, CPU, MMU = ("app: {kind: application}", "kernel: {kind: kernel}", "cpu: {kind: processor}",
                         "mmu: {kind: mmu}")  # fmt: skip
STACKS = {
    "bare": ("", "app -- cpu, kernel -- cpu, mmu -- cpu"),
    "nested": ("hypervisor: {kind: vmm}", "app -- cpu, kernel -- cpu, hypervisor -- cpu, mmu -- cpu"),
    "shadow": ("hypervisor: {kind: vmm, ept: false}", "app -- cpu, kernel -- cpu, hypervisor -- cpu, mmu -- cpu"),
    "translated": ("hypervisor: {kind: translating-vmm}",
                   "app -- cpu, kernel -- hypervisor, hypervisor -- cpu, mmu -- cpu"),
    "xen": ("hypervisor: {kind: paravirtual-vmm}", "app -- cpu, kernel -- cpu, hypervisor -- cpu, mmu -- cpu"),
    "emulated": ("hypervisor: {kind: emulator}",
                 "app -- hypervisor, kernel -- hypervisor, hypervisor -- cpu, mmu -- hypervisor"),
}  # fmt: skip


@pytest.fixture
def memory(stack):
    def play(name, *script, mmu=MMU):
        hypervisor, links = STACKS[name]
        kernel = "kernel: {kind: kernel, modified: true}" if name == "xen" else KERNEL
        launch = ("launch hypervisor",) if hypervisor else ()
        return stack(*filter(None, (APP, kernel, hypervisor, CPU, mmu)), links=links, script=(*launch, *script))

    return play


@pytest.mark.parametrize(("name", "tables", "reads"), [
    ("bare", "own", 4), ("nested", "nested", 24), ("shadow", "shadow", 4), ("translated", "shadow", 4),
    ("xen", "direct", 4), ("emulated", "software", 4),
])  # fmt: skip
def test_the_architecture_says_which_tables_are_walked_and_how_many_entries_are_read(memory, name, tables, reads):
    walk = memory(name, "touch app").events("mmu.walked")[-1].details
    assert (walk["tables"], walk["reads"], walk["found"]) == ({"words": f"tables.{tables}"}, reads, 1)


def test_five_levels_in_two_stages_read_35_entries_at_most(memory):
    played = memory("nested", "touch app", mmu="mmu: {kind: mmu, levels: 5}")
    assert played.events("mmu.walked")[-1].details["reads"] == 35


@pytest.mark.parametrize(("name", "walks"), [("bare", 2), ("nested", 2), ("shadow", 3), ("translated", 3), ("xen", 2)])
def test_a_walk_that_ends_at_a_missing_entry_is_done_again_after_each_fault(memory, name, walks):
    found = [e.details["found"] for e in memory(name, "touch app").events("mmu.walked")]
    assert found == [0] * (walks - 1) + [1]


@pytest.mark.parametrize("name", list(STACKS))
def test_other_page_tables_empty_the_tlb_whoever_loads_them(memory, name):
    played = memory(name, "touch app", "execute kernel MOV-CR3")
    assert [e.details["kept"] for e in played.events("mmu.flushed")] == [1]
    assert played.value("mmu", "tlb") == 0
