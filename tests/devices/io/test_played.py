"""Devices that are played for a guest: by a device model, or by a hypervisor that has drivers of its own."""

import pytest

from vizapp.devices import VOCABULARY
from vizapp.scene.reader import read
from vizapp.sim.simulate import simulate


def test_each_register_of_an_emulated_disk_is_an_exit(runs):
    ran = runs("kvm", "read app", kernel="driver: ide")
    assert ran.counts["vm.exit"] == 10 + 3  # the command with its table of memory; then stop, and how it went


def test_the_command_block_of_ata_is_written_in_its_order(runs):
    registers = [e.details["register"] for e in runs("kvm", "read app", kernel="driver: ide").events("device.accessed")
                 if e.device == "qemu"]  # fmt: skip
    block = ["Sector Count", "LBA Low", "LBA Mid", "LBA High", "Device", "Command"]
    assert [name for name in registers if name in block] == block


@pytest.mark.parametrize("blocks", [1, 2, 8])
def test_an_emulated_disk_costs_the_same_for_each_block(runs, blocks):
    assert runs("kvm", f"read app blocks={blocks}", kernel="driver: ide").counts["vm.exit"] == 13 * blocks


@pytest.mark.parametrize("blocks", [1, 8, 64])
def test_virtio_takes_one_exit_and_one_interrupt_for_a_batch(runs, blocks):
    ran = runs("kvm", f"read app blocks={blocks}", kernel="driver: virtio")
    assert (ran.counts["vm.exit"], ran.counts["hypervisor.injects"]) == (1, 1)


@pytest.mark.parametrize("packets", [1, 8, 64])
def test_an_emulated_card_takes_two_exits_for_each_packet(runs, packets):
    ran = runs("kvm", f"send app packets={packets}", kernel="net-driver: e1000")
    assert ran.counts["vm.exit"] == 2 * packets  # the tail is written, the cause of the interrupt is read


@pytest.mark.parametrize("packets", [1, 8, 64])
def test_a_virtio_card_takes_one_exit_for_all_packets(runs, packets):
    assert runs("kvm", f"send app packets={packets}", kernel="net-driver: virtio").counts["vm.exit"] == 1


def test_the_data_arrives_whichever_the_driver(runs):
    for driver in ("ide", "virtio"):
        assert runs("kvm", "read app blocks=3", kernel=f"driver: {driver}").served() == [3 * 4096]


def test_the_device_model_asks_the_kernel_of_the_host_by_a_system_call(runs):
    calls = runs("kvm", "read app", kernel="driver: virtio").events("kernel.syscall")
    assert [(e.device, e.details["from"], e.details["mode"]) for e in calls] == [
        ("kernel", "app", "non-root"), ("host", "qemu", "root"),
    ]  # fmt: skip


def test_the_image_is_read_into_the_memory_of_the_guest(runs):
    assert runs("kvm", "read app", kernel="driver: ide").copies() == [("host", "kernel"), ("kernel", "app")]


def test_an_emulated_card_copies_once_more_than_virtio(runs):
    emulated = runs("kvm", "send app", kernel="net-driver: e1000").copies()
    assert emulated == [("app", "kernel"), ("kernel", "qemu"), ("qemu", "host")]
    assert runs("kvm", "send app", kernel="net-driver: virtio").copies() == [("app", "kernel"), ("kernel", "host")]


def test_the_table_of_the_device_model_shows_what_was_written(runs):
    rows = runs("kvm", "read app", kernel="driver: ide").timeline.at(50_000_000_000).value("qemu", "registers")
    assert {"register": "Command", "value": "0xc8"} in rows


def test_ports_leave_by_one_reason_and_mapped_registers_by_another(runs):
    for driver, reason in (("ide", 30), ("virtio", 49)):
        ran = runs("kvm", "read app", kernel=f"driver: {driver}")
        assert {event.details["reason"] for event in ran.events("vm.exit")} == {reason}


def test_without_nested_tables_a_mapped_register_is_a_page_fault(runs):
    ran = runs("kvm", "read app", kernel="driver: virtio", hypervisor="ept: false")
    assert [e.details["reason"] for e in ran.events("vm.exit")] == [0]
    assert ran.served() == [4096]


def test_a_hypervisor_with_drivers_needs_no_device_model(runs):
    ran = runs("esxi", "read app blocks=4", "send app packets=4", kernel="driver: virtio, net-driver: virtio")
    assert ran.served() == [4 * 4096, 4 * 1500]
    assert not ran.counts["hypervisor.hands-over"]


def test_a_hypervisor_with_drivers_has_one_copy_as_its_guest_alone(runs):
    assert runs("esxi", "read app", kernel="driver: virtio").copies() == [("kernel", "app")]


def test_a_hypervisor_without_drivers_or_device_model_refuses(runs):
    assert runs("kvm", "read app", kernel="driver: ide", without=("qemu",)).errors() == ["EIO"]


def test_a_native_driver_in_a_guest_that_was_given_no_device_is_refused(runs):
    assert runs("kvm", "read app", kernel="driver: native").errors() == ["EIO"]


def test_a_failing_disk_of_the_host_is_an_error_in_the_guest(runs):
    ran = runs("kvm", "fail disk", "read app", kernel="driver: virtio")
    assert ran.errors() == ["EIO"]


def test_a_disk_that_fails_while_it_works_is_an_error_in_the_guest(runs):
    assert runs("kvm", "read app @ 1s", "fail disk @ 1.00002s", kernel="driver: virtio").errors() == ["EIO"]


def test_the_guest_is_gone_with_its_device_model(runs):
    ran = runs("kvm", "fail qemu", "read app", "execute app CPUID", kernel="driver: virtio")
    assert ran.counts["hypervisor.guest-lost"] == 1
    assert [e.details["reason"] for e in ran.events("act.void")] == ["guest-not-running"] * 2


def test_a_guest_whose_device_model_is_back_may_be_launched_again(runs):
    ran = runs("kvm", "fail qemu", "restore qemu", "launch hypervisor", "read app", kernel="driver: virtio")
    assert ran.served() == [4096]


def test_the_device_model_dies_while_it_works(runs):
    ran = runs("kvm", "read app @ 1s", "fail qemu @ 1.00002s", "restore qemu @ 2s", "launch hypervisor @ 3s",
               "read app @ 4s", kernel="driver: virtio")  # fmt: skip
    assert ran.counts["hypervisor.guest-lost"] == 1
    assert ran.served() == [4096]


def test_no_context_switch_between_a_guest_and_its_own_process(runs):
    assert not runs("kvm", "read app blocks=4", kernel="driver: ide").counts["context.switched"]


def test_the_interrupt_goes_to_whoever_commanded_the_device(runs):
    both = "driver: native, net-driver: native"
    ran = runs("kvm", "read app", kernel="driver: virtio", hypervisor=both, without=("qemu",))
    assert [e.device for e in ran.events("kernel.interrupt")] == ["hypervisor", "kernel"]
    assert ran.served() == [4096]


def test_a_device_model_is_served_by_a_hypervisor_where_there_is_no_host(runs):
    own = "driver: native, net-driver: native"
    drivers = "driver: ide, net-driver: e1000"
    ran = runs("kvm", "read app", "send app", kernel=drivers, hypervisor=own, without=("host",))
    assert ran.served() == [4096, 1500]


def test_the_guest_may_be_lost_in_the_middle_of_an_exit(runs):
    ran = runs("kvm", "read app @ 1s", "fail qemu @ 1.000001300s", kernel="driver: virtio")
    assert ran.counts["hypervisor.guest-lost"] == 1


HOSTED = """
id: hosted
title: Its device model may leave
until: 6s
settings: {hosted: {label: Hosted, type: bool, default: true}}
stage:
  app: {kind: application}
  kernel: {kind: kernel, driver: ide}
  qemu: {kind: device-model, stands: $hosted}
  hypervisor: {kind: vmm, driver: native}
  cpu: {kind: processor}
  disk: {kind: disk}
links: [app -- cpu, kernel -- cpu, qemu -- cpu, hypervisor -- cpu, disk -- cpu]
script: [launch hypervisor @ 500ms, read app @ 1s, set hosted false @ 1.000020s, launch hypervisor @ 2s, read app @ 3s]
"""


def test_a_device_model_that_leaves_takes_its_guest_along_which_may_be_launched_again():
    scene = read(HOSTED, VOCABULARY, file="hosted.yaml").scene
    assert scene is not None
    names = [event.name for event in simulate(scene, VOCABULARY.kinds).events]
    assert (names.count("hypervisor.guest-lost"), names.count("kernel.starts")) == (1, 2)
    assert names.count("application.served") == 1


def test_without_vmx_too_a_guest_is_gone_with_its_device_model_until_it_is_launched_again(runs):
    acts = ("fail qemu", "execute kernel CPUID", "restore qemu", "launch hypervisor", "read app")
    ran = runs("translating, hosted", *acts)
    assert [e.details["reason"] for e in ran.events("act.void")] == ["guest-not-running"]
    assert ran.served() == [4096]


@pytest.mark.parametrize("kind", ["translating-vmm", "paravirtual-vmm", "emulator", "vmm"])
def test_a_guest_that_runs_is_not_launched_twice(stack, kind):
    on = "hypervisor" if kind == "emulator" else "cpu"
    ran = stack("kernel: {kind: kernel}", f"hypervisor: {{kind: {kind}}}", "cpu: {kind: processor}",
                links=f"kernel -- {on}, hypervisor -- cpu", script=("launch hypervisor",) * 2)  # fmt: skip
    assert [e.details["reason"] for e in ran.events("act.void")] == ["already-launched"]
    assert len(ran.events("kernel.starts")) == 1
