"""What a processor with VMX executes itself, and what makes the guest exit."""

import pytest

from vizapp.scene.model import Act


def exits(played, name):
    return [e for e in played.events("vm.exit") if e.details["instruction"] == name]


def test_a_system_call_goes_to_ring_0_and_back_without_an_exit(layers):
    played = layers("app SYSCALL")
    assert not played.events("vm.exit")
    assert [e.details["by"] for e in played.events("kernel.returns")] == ["SYSRET"]
    assert played.value("cpu", "now") == {"words": "layer.privilege", "mode": "non-root", "ring": 3}


def test_a_system_call_never_reaches_the_hypervisor(layers):
    played = layers("app SYSCALL")
    assert not [f for f in played.timeline.flights if f.dst.startswith("hypervisor") and f.departs > 500_000_000]


@pytest.mark.parametrize(("ept", "count"), [(True, 0), (False, 1)])
def test_a_cr3_write_exits_without_ept_only(layers, ept, count):
    assert len(exits(layers("kernel MOV-CR3", ept=ept), "MOV-CR3")) == count


@pytest.mark.parametrize("ept", [True, False])
@pytest.mark.parametrize("layer", ["app", "kernel"])
def test_cpuid_exits_once_in_every_ring_whatever_ept_is(layers, layer, ept):
    assert len(exits(layers(f"{layer} CPUID", ept=ept), "CPUID")) == 1


@pytest.mark.parametrize(("name", "reason"), [("INVD", 13), ("VMCALL", 18), ("HLT", 12), ("IN", 30), ("OUT", 30)])
def test_watched_and_mandatory_instructions_exit_with_their_reason(layers, name, reason):
    assert [e.details["reason"] for e in exits(layers(f"kernel {name}"), name)] == [reason]


@pytest.mark.parametrize(
    ("name", "field"), [("HLT", "hlt_exiting"), ("OUT", "io_exiting"), ("IN", "io_exiting"), ("RDTSC", "rdtsc_exiting")]
)
@pytest.mark.parametrize("watched", [True, False])
def test_a_control_decides_for_its_instruction(layers, name, field, watched):
    assert len(exits(layers(f"kernel {name}", **{field: watched}), name)) == int(watched)


@pytest.mark.parametrize(("ept", "reason"), [(True, 48), (False, 0)])
def test_a_load_from_an_unused_page_exits_once_and_is_then_executed(layers, ept, reason):
    played = layers("kernel LOAD", ept=ept)
    assert [e.details["reason"] for e in played.events("vm.exit")] == [reason]
    executed = played.events("cpu.executes")[0].details
    assert executed["rip"] == played.events("vm.exit")[0].details["rip"]


@pytest.mark.parametrize("name", ["MOV-CR3", "HLT", "OUT", "INVD"])
def test_the_ring_forbids_a_privileged_instruction_before_any_exit(layers, name):
    played = layers(f"app {name}", ept=False)
    assert not played.events("vm.exit")
    assert [e.details["vector"] for e in played.events("cpu.fault")] == ["#GP"]
    assert played.events("kernel.refuses")
    assert played.events("application.refused")


def test_an_exit_happens_before_the_instruction_is_executed(layers):
    played = layers("kernel CPUID")
    assert "cpu.executes" not in played.names()
    assert played.events("vm.exit")[0].details["rip"] == played.events("cpu.decides")[0].details["rip"]


def test_after_an_exit_the_processor_is_in_root_mode_ring_0(layers):
    played = layers("kernel CPUID")
    exit_ = played.events("vm.exit")[0]
    assert played.value("cpu", "now", exit_.t) == {"words": "layer.privilege", "mode": "root", "ring": 0}


@pytest.mark.parametrize("ept", [True, False])
def test_entries_are_one_more_than_exits_while_the_guest_runs(layers, ept):
    played = layers("app SYSCALL", "kernel MOV-CR3", "kernel CPUID", "kernel HLT", "app VMCALL", ept=ept)
    assert played.value("cpu", "entries") == played.value("cpu", "exits") + 1


def test_what_the_guest_wants_while_it_is_out_waits_for_the_entry(layers):
    played = layers("kernel HLT", acts=(Act("execute", ("app", "CPUID"), at=1_000_010_000),))
    waits, entries = played.events("cpu.waits"), played.events("vm.entry")
    assert [e.details["instruction"] for e in waits] == ["CPUID"]
    decided = [e for e in played.events("cpu.decides") if e.details["instruction"] == "CPUID"]
    assert decided[0].t > entries[1].t
    assert played.value("cpu", "exits") == 2


def test_two_layers_at_once_exit_one_after_the_other(layers):
    at = 1_500_000_000
    both = (Act("execute", ("app", "CPUID"), at=at), Act("execute", ("kernel", "CPUID"), at=at))
    played = layers("kernel RDTSC", acts=both)
    assert [e.name for e in played.timeline.events if e.name in ("vm.exit", "vm.entry")] == [
        "vm.entry", "vm.exit", "vm.entry", "vm.exit", "vm.entry",
    ]  # fmt: skip


def test_one_layer_at_most_executes_at_a_time(layers):
    played = layers("app SYSCALL", "kernel CPUID", "app CPUID")
    times = sorted({t for track in played.timeline.tracks.values() for t in track.times})
    for t in times:
        running = [d for d in ("app", "kernel", "hypervisor") if played.value(d, "runs", t)]
        assert len(running) <= 1, (t, running)


def test_without_its_hypervisor_the_guest_runs_on_until_it_exits(layers):
    played = layers(
        "kernel RDTSC", "app SYSCALL", "kernel CPUID", acts=(Act("fail", ("hypervisor",), at=1_500_000_000),)
    )
    assert played.value("kernel", "syscalls") == 1
    assert played.timeline.flights[-1].reason == "device-failed"
    assert played.value("cpu", "mode") == "root"


def test_with_ept_a_guest_page_fault_stays_in_the_guest(layers):
    played = layers("app CPUID", acts=(Act("touch", ("app",), at=2_000_000_000),))
    assert [e.details["instruction"] for e in played.events("vm.exit")] == ["CPUID"]
    assert [e.details["from"] for e in played.events("kernel.page-fault")] == ["app"]


def test_with_shadow_tables_a_guest_page_fault_exits_is_reflected_and_exits_again(layers):
    played = layers("app RDTSC", acts=(Act("touch", ("app",), at=1_500_000_000),), ept=False)
    assert [e.details["reason"] for e in played.events("vm.exit")] == [0, 0]
    assert [e.details["vector"] for e in played.events("vm.entry")] == [None, "#PF", None]
    assert len(played.events("kernel.page-fault")) == 1
    assert [e.details["instruction"] for e in played.events("cpu.executes")][-1] == "LOAD"


def test_an_interrupt_exits_and_is_injected_into_the_guest(layers):
    played = layers("app RDTSC", acts=(Act("interrupt", ("cpu",), at=1_500_000_000),))
    assert [e.details["reason"] for e in played.events("vm.exit")] == [1]
    assert [e.details["vector"] for e in played.events("vm.entry")] == [None, "IRQ"]
    assert [e.details["from"] for e in played.events("kernel.interrupt")] == ["app"]


def test_an_interrupt_while_the_guest_is_out_waits_for_the_entry(layers):
    played = layers("kernel HLT", acts=(Act("interrupt", ("cpu",), at=1_000_010_000),))
    assert [e.details["reason"] for e in played.events("vm.exit")] == [12, 1]


def test_popf_of_the_guest_kernel_takes_effect_without_an_exit(layers):
    played = layers("kernel POPF")
    assert not played.events("vm.exit")
    assert played.value("kernel", "interrupts")["flag"] == 0
