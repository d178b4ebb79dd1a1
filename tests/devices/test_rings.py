"""A processor without VMX: rings alone."""

import pytest

APP, KERNEL, CPU = "app: {kind: application}", "kernel: {kind: kernel}", "cpu: {kind: processor}"


@pytest.fixture
def bare(stack):
    """An application and a kernel, with no hypervisor."""

    def play(*script, kernel=KERNEL):
        return stack(APP, kernel, CPU, links="app -- cpu, kernel -- cpu", script=script)

    return play


def test_layers_need_no_ports_written(bare):
    assert [port.id for port in bare().scene.things["cpu"].ports] == ["cpu.p1", "cpu.p2"]


def test_a_step_from_layer_to_layer_takes_no_cable_s_time(bare):
    assert {link.delay for link in bare().scene.links} == {200}


def test_without_a_hypervisor_the_kernel_is_in_ring_0_without_vmx(bare):
    played = bare()
    assert played.value("kernel", "privilege") == {"words": "layer.ring", "mode": "none", "ring": 0}
    assert played.value("app", "privilege") == {"words": "layer.ring", "mode": "none", "ring": 3}


@pytest.mark.parametrize("layer", ["app", "kernel"])
def test_cpuid_is_executed_in_any_ring(bare, layer):
    assert bare(f"execute {layer} CPUID").names()[-3:] == ["cpu.decides", "cpu.executes", "layer.continues"]


@pytest.mark.parametrize("name", ["MOV-CR3", "HLT", "CLI", "OUT"])
def test_a_privileged_instruction_outside_ring_0_is_an_exception_for_the_kernel(bare, name):
    played = bare(f"execute app {name}")
    assert [e.details["vector"] for e in played.events("cpu.fault")] == ["#GP"]
    assert played.events("application.refused")


def test_popf_in_ring_0_changes_the_interrupt_flag(bare):
    played = bare("execute kernel POPF")
    assert not played.events("cpu.ignores")
    assert played.value("kernel", "interrupts")["flag"] == 0


def test_popf_outside_ring_0_is_executed_and_changes_nothing(bare):
    played = bare("execute kernel POPF", kernel="kernel: {kind: kernel, ring: 1}")
    assert played.events("cpu.executes")
    assert played.events("cpu.ignores")
    assert not played.events("cpu.fault")
    assert played.value("kernel", "interrupts") == {"words": "kernel.flag", "flag": 1, "tone": "bad"}


def test_a_system_call_enters_ring_0_and_comes_back(bare):
    played = bare("execute app SYSCALL")
    assert [e.details["by"] for e in played.events("kernel.returns")] == ["SYSRET"]
    went_on = played.events("layer.continues")[-1].details
    assert (went_on["instruction"], went_on["rip"], went_on["result"]) == ("SYSCALL", "0x401002", None)


def test_a_page_fault_goes_to_the_kernel_and_the_access_is_tried_again(bare):
    played = bare("touch app")
    assert [e.details["vector"] for e in played.events("cpu.fault")] == ["#PF"]
    assert [e.details["from"] for e in played.events("kernel.page-fault")] == ["app"]
    executed = [e.details["rip"] for e in played.events("cpu.executes") if e.details["instruction"] == "LOAD"]
    assert executed == [played.events("cpu.fault")[0].details["rip"]]


def test_an_interrupt_goes_to_the_kernel_and_back_to_whom_it_interrupted(bare):
    played = bare("execute app CPUID", "interrupt cpu")
    assert [e.details["from"] for e in played.events("kernel.interrupt")] == ["app"]
    assert played.events("layer.continues")[-1].device == "app"


def test_an_interrupt_waits_while_the_kernel_has_cleared_the_flag(bare):
    played = bare("execute kernel CLI", "interrupt cpu", "execute kernel STI")
    waits, served = played.events("interrupt.waits"), played.events("kernel.interrupt")
    assert (waits[0].t, served[0].t > 3_000_000_000) == (2_000_000_000, True)


def test_an_application_has_the_flag_set_whatever_its_kernel_did(bare):
    played = bare("execute kernel CLI", "execute app CPUID", "interrupt cpu")
    assert [e.details["from"] for e in played.events("kernel.interrupt")] == ["app"]


def test_code_executed_again_stands_at_the_same_address(bare):
    played = bare("execute app CPUID", "execute app RDTSC", "execute app CPUID")
    assert [e.details["rip"] for e in played.events("cpu.executes")] == ["0x401000", "0x401002", "0x401000"]


def test_an_interrupt_of_a_processor_without_layers_is_refused(stack):
    played = stack(CPU, links="", script=("interrupt cpu",))
    assert [e.details["reason"] for e in played.events("act.void")] == ["no-layer"]
