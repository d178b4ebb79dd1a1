"""When the processor passes from one process or guest to another, and what is no such switch."""

CPU = "cpu: {kind: processor}"


def switches(played):
    return [(e.details["from"], e.details["to"]) for e in played.events("context.switched")]


def test_from_one_process_to_another_is_a_switch_and_a_system_call_is_none(stack):
    played = stack("a: {kind: application}", "b: {kind: application}", "kernel: {kind: kernel}", CPU,
                   links="a -- cpu, b -- cpu, kernel -- cpu",
                   script=("execute a SYSCALL", "execute b CPUID", "execute b SYSCALL"))  # fmt: skip
    assert switches(played) == [("a", "b")]
    assert played.value("cpu", "switches") == 1


def test_from_one_guest_to_another_is_a_switch(stack):
    things = ("a: {kind: application, kernel: ka}", "ka: {kind: kernel, modified: true}",
              "kb: {kind: kernel, modified: true}", "xen: {kind: paravirtual-vmm}", CPU)  # fmt: skip
    played = stack(*things, links="a -- cpu, ka -- cpu, kb -- cpu, xen -- cpu",
                   script=("execute a SYSCALL", "execute kb MOV-CR3"))  # fmt: skip
    assert switches(played) == [("ka", "kb")]


def test_an_exit_and_an_entry_are_no_switch(layers):
    assert not layers("kernel CPUID", "app CPUID").events("context.switched")


def test_the_timer_alone_switches_nothing(stack):
    played = stack("app: {kind: application}", "kernel: {kind: kernel}", CPU, links="app -- cpu, kernel -- cpu",
                   script=("execute app CPUID", "interrupt cpu"))  # fmt: skip
    assert switches(played) == []


def test_an_emulator_is_one_process_whatever_its_guest_runs(stack):
    things = ("a: {kind: application}", "b: {kind: application}", "kernel: {kind: kernel}",
              "hypervisor: {kind: emulator}", "host: {kind: kernel, role: host}", CPU)  # fmt: skip
    links = "a -- hypervisor, b -- hypervisor, kernel -- hypervisor, hypervisor -- cpu, host -- cpu"
    assert switches(stack(*things, links=links, script=("execute a CPUID", "execute b CPUID"))) == []
