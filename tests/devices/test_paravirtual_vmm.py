"""Xen as it runs paravirtualized guests: hypercalls instead of privileged instructions."""

import pytest

APP, CPU = "app: {kind: application}", "cpu: {kind: processor}"


@pytest.fixture
def xen(stack):
    def play(*script, bits=64, modified=True):
        things = (APP, f"kernel: {{kind: kernel, modified: {str(modified).lower()}}}",
                  f"hypervisor: {{kind: paravirtual-vmm, bits: {bits}}}", CPU)  # fmt: skip
        return stack(*things, links="app -- cpu, kernel -- cpu, hypervisor -- cpu", script=script)

    return play


def calls(played):
    return [e.details["call"] for e in played.events("hypervisor.hypercall")]


def vectors(played):
    return [e.details["vector"] for e in played.events("cpu.traps")]


@pytest.mark.parametrize(("bits", "ring", "instruction"), [(64, 3, "SYSCALL"), (32, 1, "INT-0x82")])
def test_the_kernel_is_in_ring_3_in_64_bits_and_in_ring_1_in_32(xen, bits, ring, instruction):
    played = xen("execute kernel MOV-CR3", bits=bits)
    assert played.value("kernel", "privilege")["ring"] == ring
    assert played.events("cpu.executes")[0].details["instruction"] == instruction


def test_a_modified_kernel_asks_for_other_page_tables_by_one_hypercall(xen):
    played = xen("execute kernel MOV-CR3")
    assert calls(played) == ["mmuext_op"]
    assert vectors(played) == []
    assert played.events("layer.continues")[-1].details["instruction"] == "MOV-CR3"


@pytest.mark.parametrize("name", ["POPF", "CLI"])
def test_the_interrupt_flag_is_a_mask_in_shared_memory_without_any_hypercall(xen, name):
    played = xen(f"execute kernel {name}")
    assert played.names()[-1] == "kernel.masks"
    assert not {"hypervisor.hypercall", "cpu.traps", "cpu.decides"} & set(played.names())
    assert played.value("kernel", "interrupts") == {"words": "kernel.flag", "flag": 0}


def test_cpuid_of_a_modified_kernel_is_trapped_by_its_prefix(xen):
    played = xen("execute kernel CPUID")
    assert vectors(played) == ["#UD"]
    assert played.events("layer.continues")[-1].details["result"] == "XenVMMXenVMM"


def test_cpuid_of_an_application_is_executed_directly(xen):
    assert vectors(xen("execute app CPUID")) == []


def test_a_system_call_in_64_bits_bounces_off_xen_and_returns_by_a_hypercall(xen):
    played = xen("execute app SYSCALL")
    assert (vectors(played), calls(played)) == (["SYSCALL"], ["iret"])
    assert [e.device for e in played.events("kernel.syscall")] == ["kernel"]
    assert played.events("layer.continues")[-1].details["rip"] == "0x401002"


def test_a_system_call_in_32_bits_goes_to_the_guest_kernel_without_xen(xen):
    played = xen("execute app SYSCALL", bits=32)
    assert (vectors(played), calls(played)) == ([], [])
    assert [e.details["by"] for e in played.events("kernel.returns")] == ["IRET"]
    assert played.events("layer.continues")[-1].details["rip"] == "0x401002"


@pytest.mark.parametrize(("bits", "asked"), [(64, ["mmu_update", "iret"]), (32, ["mmu_update"])])
def test_a_page_fault_bounces_off_xen_and_the_new_entry_is_checked(xen, bits, asked):
    played = xen("touch app", bits=bits)
    assert (vectors(played), calls(played)) == (["#PF"], asked)
    assert played.names()[-1] == "layer.continues"


def test_the_timer_interrupts_xen_which_hands_a_virtual_interrupt_on(xen):
    played = xen("execute app CPUID", "interrupt cpu")
    assert (vectors(played), calls(played)) == (["IRQ"], ["iret"])
    assert [e.details["from"] for e in played.events("kernel.interrupt")] == ["app"]


def test_what_waits_is_asked_for_when_the_mask_is_cleared(xen):
    played = xen("execute kernel CLI", "interrupt cpu", "execute kernel STI")
    assert [e.device for e in played.events("interrupt.waits")] == ["hypervisor"]
    assert calls(played)[0] == "xen_version"
    assert [e.details["from"] for e in played.events("kernel.interrupt")] == ["kernel"]


def test_a_privileged_instruction_of_an_unmodified_kernel_traps_and_is_emulated(xen):
    played = xen("execute kernel MOV-CR3", modified=False)
    assert (vectors(played), calls(played)) == (["#GP"], [])
    assert [e.details["from"] for e in played.events("hypervisor.emulates")] == ["kernel"]


def test_popf_of_an_unmodified_kernel_is_lost(xen):
    played = xen("execute kernel POPF", modified=False)
    assert played.events("cpu.ignores")
    assert played.value("kernel", "interrupts")["tone"] == "bad"


def test_an_unmodified_kernel_fails_at_its_first_return_from_a_system_call(xen):
    played = xen("execute app SYSCALL", modified=False)
    assert (played.names()[-1], played.events("hypervisor.gives-up")[0].details["instruction"]) == (
        "hypervisor.gives-up", "SYSRET",
    )  # fmt: skip


def test_a_modified_kernel_under_vmx_may_make_hypercalls_by_vmcall(stack):
    things = (APP, "kernel: {kind: kernel, modified: true, hypercall: vmcall}", "hypervisor: {kind: vmm}", CPU)
    played = stack(*things, links="app -- cpu, kernel -- cpu, hypervisor -- cpu",
                   script=("launch hypervisor", "execute kernel MOV-CR3", "execute kernel CPUID"))  # fmt: skip
    assert calls(played) == ["mmuext_op"]
    assert [e.details["reason"] for e in played.events("vm.exit")] == [18, 10]


def modified_under_vmx(stack, hypercall, act):
    things = (APP, f"kernel: {{kind: kernel, modified: true, hypercall: {hypercall}}}", "hypervisor: {kind: vmm}", CPU)
    return stack(*things, links="app -- cpu, kernel -- cpu, hypervisor -- cpu", script=("launch hypervisor", act))


def test_with_vmx_no_hypervisor_checks_the_page_tables_of_a_modified_kernel(stack):
    played = modified_under_vmx(stack, "vmcall", "touch app")
    assert (calls(played), len(played.events("kernel.page-fault"))) == ([], 1)
    assert played.names()[-1] == "layer.continues"


@pytest.mark.parametrize("hypercall", ["syscall", "int82"])
def test_a_kernel_that_cannot_reach_its_hypervisor_executes_the_instruction_itself(stack, hypercall):
    played = modified_under_vmx(stack, hypercall, "execute kernel MOV-CR3")
    assert [e.details["instruction"] for e in played.events("cpu.executes")] == ["MOV-CR3"]


@pytest.mark.parametrize("act", ["execute kernel MOV-CR3", "read app"])
def test_without_vmx_vmcall_is_undefined_and_reaches_nobody(stack, act):
    things = (APP, "kernel: {kind: kernel, modified: true, hypercall: vmcall, driver: split}",
              "dom0: {kind: kernel, modified: true, hardware-domain: true}", "hypervisor: {kind: paravirtual-vmm}",
              CPU, "disk: {kind: disk}")  # fmt: skip
    links = "app -- cpu, kernel -- cpu, dom0 -- cpu, hypervisor -- cpu, disk -- cpu"
    played = stack(*things, links=links, script=(act,))
    assert (vectors(played)[-1], played.names()[-1]) == ("#UD", "hypervisor.gives-up")
    assert not calls(played)
