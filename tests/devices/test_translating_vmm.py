"""Binary translation: the kernel's code is translated before it runs, the application's runs directly."""

import pytest

APP, CPU = "app: {kind: application}", "cpu: {kind: processor}"


@pytest.fixture
def translated(stack):
    def play(*script, fields="", kernel="", links="app -- cpu, kernel -- hypervisor, hypervisor -- cpu"):
        things = (APP, f"kernel: {{kind: kernel{kernel}}}", f"hypervisor: {{kind: translating-vmm{fields}}}", CPU)
        return stack(*things, links=links, script=script)

    return play


@pytest.fixture
def trapping(translated):
    """The same without translation: the kernel runs on the processor."""

    def play(*script, **more):
        return translated(*script, fields=", translate: false", links="app -- cpu, kernel -- cpu, hypervisor -- cpu",
                          **more)  # fmt: skip

    return play


def of(played, name):
    return [e.details["from"] for e in played.events(name)]


def test_the_guest_kernel_is_in_ring_1_and_the_hypervisor_in_ring_0(translated):
    played = translated()
    rings = {name: played.value(name, "privilege")["ring"] for name in ("app", "kernel", "hypervisor")}
    assert rings == {"app": 3, "kernel": 1, "hypervisor": 0}


@pytest.mark.parametrize(("name", "how"), [
    ("MOV-CR3", "how.call-out"), ("CPUID", "how.call-out"), ("POPF", "how.replaced"), ("CLI", "how.replaced"),
    ("LOAD", "how.copied"),
])  # fmt: skip
def test_kernel_code_is_translated_before_it_runs(translated, name, how):
    played = translated(f"execute kernel {name}")
    assert played.names()[1] == "block.translated"
    assert played.events("block.translated")[0].details["how"] == {"words": how}


def test_a_block_is_translated_once(translated):
    played = translated(*["execute kernel POPF"] * 3)
    assert (len(played.events("block.translated")), len(played.events("block.reused"))) == (1, 2)


@pytest.mark.parametrize("name", ["MOV-CR3", "CPUID", "POPF", "CLI", "HLT"])
def test_a_sensitive_instruction_of_the_kernel_traps_no_more(translated, name):
    played = translated(f"execute kernel {name}")
    assert not {"cpu.traps", "cpu.fault", "cpu.ignores"} & set(played.names())
    assert of(played, "hypervisor.emulates") == ["kernel"]
    assert played.names()[-1] == "layer.continues"


def test_popf_acts_on_the_virtual_flag(translated):
    assert translated("execute kernel POPF").value("kernel", "interrupts") == {"words": "kernel.flag", "flag": 0}


def test_popf_fails_silently_without_translation(trapping):
    played = trapping("execute kernel POPF")
    assert of(played, "cpu.ignores") == ["kernel"]
    assert not {"cpu.traps", "block.translated", "hypervisor.emulates"} & set(played.names())
    assert played.value("kernel", "interrupts") == {"words": "kernel.flag", "flag": 1, "tone": "bad"}


@pytest.mark.parametrize("name", ["MOV-CR3", "CLI", "OUT"])
def test_a_privileged_instruction_traps_and_is_emulated_without_translation(trapping, name):
    played = trapping(f"execute kernel {name}")
    assert [e.details["vector"] for e in played.events("cpu.traps")] == ["#GP"]
    assert of(played, "hypervisor.emulates") == ["kernel"]
    assert played.events("layer.continues")[-1].details["instruction"] == name


def test_without_translation_a_kernel_cabled_to_the_hypervisor_alone_runs_on_the_processor_too(translated):
    played = translated("execute kernel MOV-CR3", fields=", translate: false")
    assert [e.details["vector"] for e in played.events("cpu.traps")] == ["#GP"]
    assert not played.events("block.translated")


@pytest.mark.parametrize("name", ["CPUID", "RDTSC"])
def test_an_application_runs_directly_and_is_not_intercepted(translated, name):
    played = translated(f"execute app {name}")
    assert of(played, "cpu.executes") == ["app"]
    assert not {"hypervisor.emulates", "cpu.traps", "block.translated"} & set(played.names())


def test_a_system_call_traps_and_is_forwarded_to_the_guest_kernel(translated):
    played = translated("execute app SYSCALL")
    assert [(e.details["vector"], e.details["to"]) for e in played.events("cpu.traps")] == [("SYSCALL", "hypervisor")]
    assert [e.details["to"] for e in played.events("hypervisor.forwards")] == ["kernel"]
    assert of(played, "kernel.syscall") == ["app"]
    assert played.events("layer.continues")[-1].details["rip"] == "0x401002"


def test_without_translation_the_return_from_a_system_call_traps_too(trapping):
    played = trapping("execute app SYSCALL")
    assert [e.details["vector"] for e in played.events("cpu.traps")] == ["SYSCALL", "#GP"]
    assert played.events("layer.continues")[-1].details["rip"] == "0x401002"


def test_a_true_page_fault_is_forwarded_and_a_hidden_one_fills_the_shadow_tables(translated):
    played = translated("touch app")
    assert [e.details["vector"] for e in played.events("cpu.traps")] == ["#PF", "#PF"]
    assert [e.details["vector"] for e in played.events("hypervisor.forwards")] == ["#PF"]
    assert [e.details["action"]["words"] for e in played.events("hypervisor.emulates")][-1] == "action.fill"
    assert played.names()[-1] == "layer.continues"


def test_a_page_that_the_hypervisor_has_not_given_yet_is_a_hidden_fault(translated):
    played = translated("execute kernel LOAD")
    assert [e.details["vector"] for e in played.events("cpu.traps")] == ["#PF"]
    assert not played.events("kernel.page-fault")
    assert played.names()[-1] == "layer.continues"


def test_the_timer_interrupts_the_hypervisor_which_hands_a_virtual_interrupt_on(translated):
    played = translated("execute app CPUID", "interrupt cpu")
    assert [e.details["vector"] for e in played.events("cpu.traps")] == ["IRQ"]
    assert of(played, "kernel.interrupt") == ["app"]
    assert played.events("layer.continues")[-1].device == "app"


@pytest.mark.parametrize("unmask", ["STI", "POPF"])
def test_a_virtual_interrupt_waits_while_the_kernel_has_masked_it(translated, unmask):
    played = translated("execute kernel CLI", "interrupt cpu", f"execute kernel {unmask}")
    assert [e.device for e in played.events("interrupt.waits")] == ["hypervisor"]
    assert [e.t > 3_000_000_000 for e in played.events("kernel.interrupt")] == [True]


def test_a_kernel_whose_popf_was_ignored_is_interrupted_all_the_same(trapping):
    played = trapping("execute kernel POPF", "interrupt cpu")
    assert of(played, "kernel.interrupt") == ["kernel"]


def test_a_privileged_instruction_of_an_application_ends_at_its_own_kernel(translated):
    played = translated("execute app HLT")
    assert of(played, "kernel.refuses") == ["app"]
    assert played.names()[-1] == "application.refused"


def test_the_guest_begins_in_its_kernel(translated):
    assert translated("launch hypervisor").events("kernel.starts")[0].details["ring"] == 1


def test_a_vmm_without_vmx_traps_and_emulates(stack):
    things = (APP, "kernel: {kind: kernel}", "hypervisor: {kind: vmm, mode: none}", CPU)
    played = stack(*things, links="app -- cpu, kernel -- cpu, hypervisor -- cpu",
                   script=("launch hypervisor", "execute kernel MOV-CR3", "execute kernel POPF"))  # fmt: skip
    assert played.value("kernel", "privilege") == {"words": "layer.ring", "mode": "none", "ring": 1}
    assert of(played, "hypervisor.emulates") == ["kernel"]
    assert of(played, "cpu.ignores") == ["kernel"]
    assert not played.events("vm.exit")


def test_two_guests_of_one_hypervisor_have_each_its_kernel(stack):
    things = ("a: {kind: application, kernel: ka}", "b: {kind: application, kernel: kb}", "ka: {kind: kernel}",
              "kb: {kind: kernel}", "hypervisor: {kind: translating-vmm}", CPU)  # fmt: skip
    links = "a -- cpu, b -- cpu, ka -- hypervisor, kb -- hypervisor, hypervisor -- cpu"
    played = stack(*things, links=links, script=("execute a SYSCALL", "execute b SYSCALL"))
    assert [(e.device, e.details["from"]) for e in played.events("kernel.syscall")] == [("ka", "a"), ("kb", "b")]


def test_where_a_host_stands_its_kernel_serves_the_interrupt_before_the_guest_s(stack):
    things = (APP, "kernel: {kind: kernel}", "hypervisor: {kind: translating-vmm}", "host: {kind: kernel, role: host}",
              CPU)  # fmt: skip
    played = stack(*things, links="app -- cpu, kernel -- hypervisor, hypervisor -- cpu, host -- cpu",
                   script=("execute app CPUID", "interrupt cpu"))  # fmt: skip
    assert [e.device for e in played.events("kernel.interrupt")] == ["host", "kernel"]
    assert played.events("layer.continues")[-1].device == "app"


def test_the_order_of_its_cables_does_not_say_who_executes_a_kernel(stack):
    things = ("kernel: {kind: kernel}", "hypervisor: {kind: translating-vmm}", "cpu: {kind: processor}")
    cables = ("kernel -- cpu", "kernel -- hypervisor", "hypervisor -- cpu")
    for links in (cables, cables[::-1]):
        played = stack(*things, links=", ".join(links), script=("execute kernel POPF",))
        assert [e.details["from"] for e in played.events("block.translated")] == ["kernel"], links
