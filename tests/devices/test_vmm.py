"""The hypervisor: its VMCS, and what it answers."""

import pytest

from vizapp.devices import VOCABULARY
from vizapp.scene.model import Act
from vizapp.scene.reader import read
from vizapp.sim.simulate import simulate


def rows(played, t=None):
    said = {}
    for row in played.value("hypervisor", "vmcs", t):
        field = row["field"] if isinstance(row["field"], str) else row["field"]["words"]
        said[(row["area"]["words"].partition(".")[2], field)] = row["value"]
    return said


def test_the_vmcs_holds_what_makes_the_guest_exit(layers):
    with_ept, without = rows(layers()), rows(layers(ept=False))
    assert (with_ept["control", "enable EPT"], with_ept["control", "CR3-load exiting"]) == (1, 0)
    assert (without["control", "enable EPT"], without["control", "CR3-load exiting"]) == (0, 1)


def test_the_reason_is_in_the_vmcs_when_it_is_read(layers):
    played = layers("kernel CPUID")
    read = played.events("vmcs.read")[0]
    assert rows(played, read.t)["exit", "vmcs.reason"] == {"words": "exit-reason.10"}
    assert rows(played, read.t)["guest", "RIP"] == played.events("vm.exit")[0].details["rip"]


def test_it_reads_emulates_moves_on_and_enters_again(layers):
    played = layers("kernel CPUID")
    after = played.names()[played.names().index("vm.exit") :]
    assert after == [
        "vm.exit", "vmcs.read", "hypervisor.emulates", "vmcs.write", "vm.entry", "layer.continues",
    ]  # fmt: skip


def test_it_moves_the_guest_on_by_the_length_of_the_instruction(layers):
    for name, length in (("CPUID", 2), ("HLT", 1), ("VMCALL", 3)):
        write = layers(f"kernel {name}").events("vmcs.write")[0].details
        assert int(write["after"], 16) - int(write["before"], 16) == write["length"] == length


def test_the_guest_goes_on_where_the_hypervisor_put_it(layers):
    played = layers("kernel CPUID")
    assert played.events("layer.continues")[0].details["rip"] == played.events("vmcs.write")[0].details["after"]


def test_cpuid_says_what_the_hypervisor_wants(layers):
    played = layers("kernel CPUID", signature="teaching")
    assert played.events("layer.continues")[0].details["result"] == "teaching"


def test_it_counts_what_it_emulated(layers):
    assert layers("kernel CPUID", "kernel HLT", "app SYSCALL").value("hypervisor", "emulated") == 2


def test_a_choice_made_live_is_in_the_vmcs_at_once(layers):
    played = layers(
        "kernel RDTSC", "kernel MOV-CR3", acts=(Act("set", ("hypervisor.ept",), {"value": False}, at=1_500_000_000),)
    )
    assert [e.details["instruction"] for e in played.events("vm.exit")] == ["MOV-CR3"]
    assert rows(played)["control", "CR3-load exiting"] == 1


def test_a_guest_is_launched_once(layers):
    played = layers(acts=(Act("launch", ("hypervisor",), at=1_000_000_000),))
    assert [e.details["reason"] for e in played.events("act.void")] == ["already-launched"]
    assert len(played.events("vm.entry")) == 1


def test_two_launches_in_a_row_enter_once(layers):
    played = layers(acts=(Act("launch", ("hypervisor",), at=1),))
    assert len(played.events("vm.entry")) == 1
    assert len(played.events("vm.entry-failed")) == 1


def test_after_a_crash_the_guest_is_launched_again(layers):
    acts = (
        Act("fail", ("hypervisor",), at=1_500_000_000),
        Act("restore", ("hypervisor",), at=1_600_000_000),
        Act("launch", ("hypervisor",), at=1_700_000_000),
    )
    played = layers("kernel CPUID", "kernel CPUID", acts=acts)
    assert [e.details["by"] for e in played.events("vm.entry")] == ["VMLAUNCH", "VMRESUME", "VMLAUNCH", "VMRESUME"]


def test_a_kernel_without_a_cable_to_the_processor_is_no_guest(layers):
    text = """
id: loose
title: loose
until: 2s
stage:
  kernel: {kind: kernel, ports: {cpu: {}}}
  hypervisor: {kind: vmm, ports: {cpu: {}}}
  cpu: {kind: processor, ports: {hypervisor: {}}}
links: [hypervisor.cpu -- cpu.hypervisor]
script: [launch hypervisor @ 1s]
"""
    timeline = simulate(read(text, VOCABULARY).scene, VOCABULARY.kinds)
    assert [e.details["reason"] for e in timeline.events if e.name == "act.void"] == ["no-guest"]


def test_where_a_host_stands_its_kernel_serves_the_interrupt_before_the_guest_s(stack):
    things = ("app: {kind: application}", "kernel: {kind: kernel}", "hypervisor: {kind: vmm}",
              "host: {kind: kernel, role: host}", "cpu: {kind: processor}")  # fmt: skip
    played = stack(*things, links="app -- cpu, kernel -- cpu, hypervisor -- cpu, host -- cpu",
                   script=("launch hypervisor", "execute app RDTSC", "interrupt cpu"))  # fmt: skip
    assert [(e.device, e.details["from"]) for e in played.events("kernel.interrupt")] == [
        ("host", "hypervisor"), ("kernel", "app"),
    ]  # fmt: skip
    assert [e.details["reason"] for e in played.events("vm.exit")] == [1]


@pytest.mark.parametrize("ends", ["kernel STI", "kernel POPF", "app RDTSC"])
def test_an_interrupt_that_the_guest_has_masked_is_injected_once_it_takes_them_again(layers, ends):
    acts = (Act("interrupt", ("cpu",), at=1_500_000_000),)
    played = layers("kernel CLI", ends, acts=acts)
    assert [e.details["reason"] for e in played.events("vm.exit")] == [1, 7]
    assert [e.t > 2_000_000_000 for e in played.events("kernel.interrupt")] == [True]
    assert played.events("vm.entry")[-1].details["vector"] == "IRQ"


def test_the_hosts_kernel_serves_an_interrupt_once_though_its_guest_takes_it_later(stack):
    played = stack("kernel: {kind: kernel}", "hypervisor: {kind: vmm}", "host: {kind: kernel, role: host}",
                   "cpu: {kind: processor}", links="kernel -- cpu, hypervisor -- cpu, host -- cpu",
                   script=("launch hypervisor", "execute kernel CLI", "interrupt cpu", "execute kernel STI"),
                   )  # fmt: skip
    assert [e.details["reason"] for e in played.events("vm.exit")] == [1, 7]
    assert [e.device for e in played.events("kernel.interrupt")] == ["host", "kernel"]


def test_a_hypercall_is_for_kernels_and_refused_to_an_application(layers):
    played = layers("app VMCALL", "kernel VMCALL")
    assert [e.details["reason"] for e in played.events("vm.exit")] == [18, 18]
    assert [e.details["from"] for e in played.events("hypervisor.hypercall")] == ["kernel"]
    assert [e.details["result"] for e in played.events("layer.continues")] == ["-EPERM", None]


def test_a_second_guest_that_was_not_launched_does_not_run_in_the_first_ones_place(stack):
    played = stack("kernel: {kind: kernel}", "second: {kind: kernel}", "hypervisor: {kind: vmm}",
                   "cpu: {kind: processor}", links="kernel -- cpu, second -- cpu, hypervisor -- cpu",
                   script=("launch hypervisor", "execute second CPUID", "execute kernel CPUID"))  # fmt: skip
    assert [e.details["from"] for e in played.events("vm.exit")] == ["kernel"]
    assert [e.details["reason"] for e in played.events("act.void")] == ["guest-not-running"]


def test_what_a_guest_wanted_before_its_hypervisor_crashed_is_not_executed_by_the_next_one(layers):
    later = (("fail hypervisor", 1_000_000_600), ("restore hypervisor", 1_500_000_000), ("execute app", 1_600_000_000),
             ("launch hypervisor", 1_700_000_000))  # fmt: skip
    acts = tuple(Act(said.split()[0], (said.split()[1], *(("RDTSC",) if "app" in said else ())), at=t)
                 for said, t in later)  # fmt: skip
    played = layers("kernel CPUID", acts=acts)
    assert [e.details["instruction"] for e in played.events("cpu.waits")] == ["RDTSC"]
    assert not played.events("cpu.executes")
    assert len(played.events("kernel.starts")) == 2
