"""Files and packets under an emulator, a translating hypervisor and Xen: each by its own way, with the same data."""

import pytest

EMULATED = "driver: ide, net-driver: e1000"
VIRTIO = "driver: virtio, net-driver: virtio"
BOTH = ("read app blocks=3", "send app packets=3")


@pytest.mark.parametrize("drivers", [EMULATED, VIRTIO])
@pytest.mark.parametrize("stack", ["emulator", "translating"])
def test_the_data_arrives(runs, stack, drivers):
    assert runs(stack, *BOTH, kernel=drivers).served() == [3 * 4096, 3 * 1500]


@pytest.mark.parametrize("bits", ["32", "64"])
def test_the_data_arrives_under_xen_whatever_the_width(runs, bits):
    assert runs("xen", *BOTH, hypervisor=f'bits: "{bits}"').served() == [3 * 4096, 3 * 1500]


@pytest.mark.parametrize("stack", ["emulator", "translating", "xen"])
def test_nothing_exits_without_vmx(runs, stack):
    assert not runs(stack, *BOTH).counts["vm.exit"]


# the emulator


def test_an_emulator_asks_the_kernel_of_the_host_as_any_program_does(runs):
    calls = runs("emulator", "read app", kernel=VIRTIO).events("kernel.syscall")
    assert [(e.device, e.details["from"]) for e in calls] == [("kernel", "app"), ("host", "hypervisor")]


def test_an_emulator_plays_each_register_and_virtio_by_one(runs):
    for drivers, count in ((EMULATED, 13 * 4), (VIRTIO, 1)):
        ran = runs("emulator", "read app blocks=4", kernel=drivers)
        assert len([e for e in ran.events("device.accessed") if e.device == "hypervisor"]) == count


def test_the_emulators_registers_stand_in_its_table(runs):
    rows = runs("emulator", "read app", kernel=EMULATED).timeline.at(50_000_000_000).value("hypervisor", "registers")
    assert {"register": "Command", "value": "0xc8"} in rows


@pytest.mark.parametrize("driver", ["native", "split"])
def test_an_emulator_has_no_device_for_other_drivers(runs, driver):
    assert runs("emulator", "read app", kernel=f"driver: {driver}").errors() == ["EIO"]


def test_a_failing_disk_is_an_error_under_an_emulator(runs):
    assert runs("emulator", "fail disk", "read app", kernel=VIRTIO).errors() == ["EIO"]
    assert runs("emulator", "read app @ 1s", "fail disk @ 1.00004s", kernel=VIRTIO).errors() == ["EIO"]


# the translating hypervisor


def test_port_instructions_are_replaced_and_mapped_registers_trap(runs):
    ports = runs("translating", "read app", kernel=EMULATED)
    assert [e.details["instruction"] for e in ports.events("cpu.traps")] == ["SYSCALL"]
    mapped = runs("translating", "read app", kernel=VIRTIO)
    assert [e.details["instruction"] for e in mapped.events("cpu.traps")] == ["SYSCALL", "STORE"]


def test_its_own_driver_is_in_ring_0(runs):
    ran = runs("translating", "read app", kernel=EMULATED)
    by = [e.details for e in ran.events("cpu.executes") if e.details["operand"].startswith("tail doorbell")]
    assert [(each["from"], each["ring"]) for each in by] == [("hypervisor", 0)]


def test_without_translation_ports_trap_and_the_data_still_arrives(runs):
    ran = runs("translating", "read app", kernel=EMULATED, hypervisor="translate: false")
    assert [e.details["instruction"] for e in ran.events("cpu.traps")].count("OUT") == 11
    assert ran.served() == [4096]


# Xen


def test_a_batch_is_two_notices_and_two_switches(runs):
    ran = runs("xen", "read app blocks=8")
    notices = [e.details["from"] for e in ran.events("hypervisor.hypercall") if e.details["call"] == "event_channel_op"]
    assert notices == ["kernel", "dom0"]
    switched = [(e.details["from"], e.details["to"]) for e in ran.events("context.switched")]
    assert switched == [("kernel", "dom0"), ("dom0", "kernel")]


def test_xen_has_no_driver_and_dom0_commands_the_disk(runs):
    assert {e.details["from"] for e in runs("xen", "read app").events("device.accessed")} == {"dom0"}


def test_the_interrupt_of_the_disk_comes_to_dom0_by_way_of_xen(runs):
    traps = [e.details for e in runs("xen", "read app").events("cpu.traps") if e.details["instruction"] == "IRQ"]
    assert [(trap["from"], trap["to"]) for trap in traps] == [("dom0", "hypervisor")]


def test_shared_pages_are_not_copied(runs):
    assert runs("xen", "read app").copies() == [("kernel", "app")]


def test_a_kernel_that_was_not_modified_has_no_split_driver(runs):
    ran = runs("xen", "read app", kernel="modified: false")
    assert (ran.counts["io.failed"], ran.counts["context.switched"]) == (1, 0)


def test_an_emulated_disk_is_nobodys_under_xen(runs):
    assert runs("xen", "read app", kernel="driver: ide").errors() == ["EIO"]


@pytest.mark.parametrize("acts", [
    ("fail dom0", "read app"), ("read app @ 1s", "fail dom0 @ 1.00004s"), ("fail disk", "read app"),
    ("read app @ 1s", "fail disk @ 1.00004s"),
])  # fmt: skip
def test_what_fails_under_xen_is_an_error_for_the_application(runs, acts):
    assert runs("xen", *acts).errors() == ["EIO"]


@pytest.mark.parametrize("stack", ["xen", "translating"])
def test_an_interrupt_waits_until_the_kernel_unmasks_it(runs, stack):
    kernel = VIRTIO if stack == "translating" else "io-timeout: 30s"
    masked = runs(stack, "execute kernel CLI", "read app", kernel=kernel, until="5s")
    assert (masked.served(), masked.counts["interrupt.waits"]) == ([], 1)
    assert runs(stack, "execute kernel CLI", "read app", "execute kernel STI", kernel=kernel).served() == [4096]


# all of them


@pytest.mark.parametrize("stack", ["native", "kvm", "esxi", "emulator", "translating", "xen"])
def test_everything_that_sets_off_arrives_somewhere(runs, stack):
    ran = runs(stack, "read app blocks=2 @ 1s", "send app @ 1s", "interrupt cpu @ 1.00002s", "fail disk @ 1.00005s",
               "read app @ 2s", kernel=VIRTIO if stack in ("kvm", "esxi") else "io-timeout: 5s")  # fmt: skip
    assert not [flight for flight in ran.timeline.flights if flight.outcome == "in_flight"]
    assert len(ran.served()) + len(ran.errors()) == 3
