"""An emulator: a program of the host that translates every block of its guest, once."""

import pytest

STACK = (
    "app: {kind: application}", "kernel: {kind: kernel}", "hypervisor: {kind: emulator}",
    "host: {kind: kernel, role: host}", "cpu: {kind: processor}",
)  # fmt: skip
LINKS = "app -- hypervisor, kernel -- hypervisor, hypervisor -- cpu, host -- cpu"
BATTERY = ("execute kernel MOV-CR3", "execute kernel CPUID", "execute kernel POPF", "touch app", "execute app SYSCALL")


@pytest.fixture
def emulated(stack):
    def play(*script, things=STACK, links=LINKS):
        return stack(*things, links=links, script=script)

    return play


def test_the_rings_of_its_guest_are_virtual_and_its_own_is_3(emulated):
    played = emulated()
    assert played.value("kernel", "privilege") == {"words": "layer.virtual-ring", "mode": "virtual", "ring": 0}
    assert played.value("hypervisor", "privilege") == {"words": "layer.ring", "mode": "none", "ring": 3}
    assert played.value("host", "privilege") == {"words": "layer.ring", "mode": "none", "ring": 0}


@pytest.mark.parametrize("layer", ["app", "kernel"])
def test_an_unknown_block_is_translated_once_and_reused_from_then_on(emulated, layer):
    played = emulated(*[f"execute {layer} CPUID"] * 3)
    assert len(played.events("block.translated")) == 1
    assert len(played.events("block.reused")) == 2
    assert (played.value("hypervisor", "translated"), played.value("hypervisor", "reused")) == (1, 2)


def test_a_block_is_translated_before_its_instruction_has_an_effect(emulated):
    names = emulated("execute kernel MOV-CR3").names()
    assert names.index("block.translated") < names.index("hypervisor.emulates") < names.index("layer.continues")


def test_nothing_that_the_guest_does_itself_traps_exits_or_reaches_the_processor(emulated):
    played = emulated(*BATTERY)
    assert not {"cpu.traps", "vm.exit", "hypervisor.hypercall", "cpu.decides"} & set(played.names())
    assert not [f for f in played.timeline.flights if f.dst.startswith("cpu.")]


def test_a_system_call_enters_the_guest_kernel_in_virtual_ring_0(emulated):
    played = emulated("execute app SYSCALL")
    assert played.events("kernel.syscall")[0].details["mode"] == "virtual"
    assert [e.details["from"] for e in played.events("block.translated")] == ["app", "kernel", "kernel"]
    assert played.names()[-1] == "layer.continues"


def test_popf_in_virtual_ring_0_takes_effect(emulated):
    played = emulated("execute kernel POPF")
    assert played.value("kernel", "interrupts")["flag"] == 0
    assert not played.events("cpu.ignores")


def test_popf_in_virtual_ring_3_is_ignored_as_on_a_real_processor(emulated):
    assert emulated("execute app POPF").events("cpu.ignores")


def test_a_page_fault_of_the_guest_goes_to_its_own_kernel(emulated):
    played = emulated("touch app")
    assert [e.device for e in played.events("kernel.page-fault")] == ["kernel"]
    assert played.names()[-1] == "layer.continues"


def test_guest_memory_that_the_host_has_not_given_yet_is_a_page_fault_of_the_emulator(emulated):
    played = emulated("execute app LOAD")
    assert [(e.device, e.details["from"]) for e in played.events("kernel.page-fault")] == [("host", "hypervisor")]
    assert played.events("layer.continues")[-1].device == "app"


def test_the_timer_interrupts_the_emulator_which_then_interrupts_its_guest(emulated):
    played = emulated("execute app CPUID", "interrupt cpu")
    assert [(e.device, e.details["from"]) for e in played.events("kernel.interrupt")] == [
        ("host", "hypervisor"), ("kernel", "app"),
    ]  # fmt: skip


def test_a_virtual_interrupt_waits_for_the_virtual_flag_while_the_real_one_is_served(emulated):
    played = emulated("execute kernel CLI", "interrupt cpu", "execute kernel STI")
    assert [e.device for e in played.events("interrupt.waits")] == ["hypervisor"]
    assert [(e.device, e.t > 3_000_000_000) for e in played.events("kernel.interrupt")] == [
        ("host", False), ("kernel", True),
    ]  # fmt: skip


def test_a_guest_of_another_type_runs_on_an_emulator_of_that_type(emulated):
    arm = tuple(t.replace("kind: application", "kind: application, isa: ARM").replace(
        "kernel: {kind: kernel}", "kernel: {kind: kernel, isa: ARM}").replace(
        "kind: emulator", "kind: emulator, guest-cpu: ARM") for t in STACK)  # fmt: skip
    played = emulated("execute kernel MOV-CR3", "execute app SYSCALL", things=arm)
    assert not played.events("cpu.refuses")
    assert len(played.events("layer.continues")) == 2
    assert [e.details["code"] for e in played.events("block.translated")][:2] == ["MSR TTBR0_EL1", "SVC"]


@pytest.mark.parametrize("kind", ["translating-vmm", "paravirtual-vmm"])
def test_without_an_emulator_a_guest_of_another_type_cannot_run(stack, kind):
    things = ("kernel: {kind: kernel, isa: ARM}", f"hypervisor: {{kind: {kind}}}", "cpu: {kind: processor}")
    via = "hypervisor" if kind == "translating-vmm" else "cpu"
    played = stack(*things, links=f"kernel -- {via}, hypervisor -- cpu", script=("execute kernel MOV-CR3",))
    assert (played.events("cpu.refuses")[0].details["isa"], played.names()[-1]) == ("ARM", "cpu.refuses")
    assert played.timeline.flights[-1].reason == "foreign-code"


def test_an_emulator_inside_a_vmx_guest_emulates_there(stack):
    things = (
        "inner: {kind: kernel}", "emulator: {kind: emulator, kernel: outer}", "outer: {kind: kernel}",
        "hypervisor: {kind: vmm}", "cpu: {kind: processor}",
    )  # fmt: skip
    links = "inner -- emulator, emulator -- cpu, outer -- cpu, hypervisor -- cpu"
    script = ("execute inner MOV-CR3", "launch hypervisor", "execute inner CPUID", "interrupt cpu")
    played = stack(*things, links=links, script=script)
    assert [e.details["reason"] for e in played.events("act.void")] == ["guest-not-running"]
    assert played.value("emulator", "privilege") == {"words": "layer.privilege", "mode": "non-root", "ring": 3}
    assert played.events("block.translated")[0].details["from"] == "inner"
    assert [e.details["reason"] for e in played.events("vm.exit")] == [1]
    assert [e.device for e in played.events("kernel.interrupt")] == ["outer", "inner"]
