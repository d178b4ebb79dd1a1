"""The guest's kernel and application as layers."""

import pytest

from vizapp.scene.model import Act


def reasons(played):
    return [e.details["reason"] for e in played.events("act.void")]


def test_the_kernel_starts_in_ring_0_non_root_with_the_first_entry(layers):
    started = layers().events("kernel.starts")[0].details
    assert (started["mode"], started["ring"]) == ("non-root", 0)


def test_nothing_of_the_guest_executes_before_the_launch(layers):
    assert reasons(layers("kernel CPUID", "app SYSCALL", launch=False)) == ["guest-not-running"] * 2


def test_the_application_goes_on_after_its_system_call(layers):
    played = layers("app SYSCALL")
    went_on = played.events("layer.continues")[0]
    assert (went_on.device, went_on.details["rip"]) == ("app", "0x401002")


def test_system_calls_are_counted_by_the_kernel(layers):
    assert layers("app SYSCALL", "app SYSCALL", "app CPUID").value("kernel", "syscalls") == 2


def test_a_kernel_makes_no_system_call_to_itself(layers):
    assert reasons(layers("kernel SYSCALL")) == ["kernel-needs-no-syscall"]


@pytest.mark.parametrize("name", ["NOP", "VMLAUNCH"])
def test_an_instruction_that_is_not_on_the_list_is_refused(layers, name):
    assert reasons(layers(acts=(Act("execute", ("kernel", name), at=1_000_000_000),))) == ["unknown-instruction"]


def test_a_privilege_may_be_written_in_the_scene(layers):
    from vizapp.devices import VOCABULARY
    from vizapp.scene.reader import read
    from vizapp.sim.simulate import simulate

    text = """
id: pv
title: A kernel in ring 3
stage:
  kernel: {kind: kernel, mode: none, ring: 3, ports: {cpu: {}}}
  cpu: {kind: processor, ports: {kernel: {}}}
links: [kernel.cpu -- cpu.kernel]
script: [execute kernel HLT @ 1s]
"""
    scene = read(text, VOCABULARY).scene
    timeline = simulate(scene, VOCABULARY.kinds)
    assert timeline.at(0).value("kernel", "privilege") == {"words": "layer.ring", "mode": "none", "ring": 3}
    assert [e.name for e in timeline.events][-2:] == ["cpu.fault", "cpu.stuck"]


@pytest.mark.parametrize("role", ["host", "hypervisor"])
def test_a_kernel_of_the_host_or_of_the_hypervisor_runs_in_root_operation(stack, role):
    played = stack(f"own: {{kind: kernel, role: {role}}}", "kernel: {kind: kernel}", "vmm: {kind: vmm}",
                   "cpu: {kind: processor}", links="own -- cpu, kernel -- cpu, vmm -- cpu")  # fmt: skip
    assert played.value("own", "privilege") == {"words": "layer.privilege", "mode": "root", "ring": 0}
    assert played.value("kernel", "privilege") == {"words": "layer.privilege", "mode": "non-root", "ring": 0}
