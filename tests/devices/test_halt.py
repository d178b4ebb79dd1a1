"""HLT: nothing is executed until an interrupt comes, whoever executes it."""

import pytest

CPU = "cpu: {kind: processor}"
STACKS = {
    "processor": (("kernel: {kind: kernel}", CPU), "kernel -- cpu"),
    "emulator": (("kernel: {kind: kernel}", "hypervisor: {kind: emulator}", "host: {kind: kernel, role: host}", CPU),
                 "kernel -- hypervisor, hypervisor -- cpu, host -- cpu"),
    "translation": (("kernel: {kind: kernel}", "hypervisor: {kind: translating-vmm}", CPU),
                    "kernel -- hypervisor, kernel -- cpu, hypervisor -- cpu"),
    "Xen": (("kernel: {kind: kernel, modified: true}", "hypervisor: {kind: paravirtual-vmm}", CPU),
            "kernel -- cpu, hypervisor -- cpu"),
    "VMX without HLT exiting": (("kernel: {kind: kernel}", "hypervisor: {kind: vmm, hlt-exiting: false}", CPU),
                                "kernel -- cpu, hypervisor -- cpu"),
}  # fmt: skip


@pytest.fixture(params=STACKS)
def played(request, stack):
    things, links = STACKS[request.param]
    launch = ("launch hypervisor @ 0s",) if "hypervisor" in links else ()

    def play(*script):
        return stack(*things, links=links, script=(*launch, *script))

    return play


def continued(run):
    return [e for e in run.events("layer.continues") if e.device == "kernel"]


def test_an_interrupt_wakes_a_halted_kernel_which_serves_it_and_goes_on_behind_hlt(played):
    run = played("execute kernel HLT @ 1s", "interrupt cpu @ 1.0003s")
    assert [e.device for e in run.events("kernel.interrupt")][-1:] == ["kernel"]
    length = 2 if run.events("hypervisor.hypercall") else 1  # of SYSCALL, of HLT
    behind = f"{0xFFFFFFFF81000000 + length:#x}"
    assert [(e.details["instruction"], e.details["rip"]) for e in continued(run)] == [("HLT", behind)]
    assert continued(run)[0].t < 1_000_900_000


def test_without_an_interrupt_a_halted_kernel_executes_nothing_for_a_while(played):
    run = played("execute kernel HLT @ 1s")
    assert [e.t > 1_001_000_000 for e in continued(run)] == [True]


def test_a_halted_kernel_that_has_masked_interrupts_gets_them_later(played):
    run = played("execute kernel CLI @ 1s", "execute kernel HLT @ 2s", "interrupt cpu @ 2.0003s",
                 "execute kernel STI @ 3s")  # fmt: skip
    assert [e.t > 3_000_000_000 for e in run.events("kernel.interrupt") if e.device == "kernel"] == [True]
