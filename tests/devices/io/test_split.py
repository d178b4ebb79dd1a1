"""Split drivers: the domain that has the devices does the work; the hypervisor carries notices and lets guests run."""

import pytest


@pytest.mark.parametrize(("act", "size", "device"), [
    ("read app blocks=4", 16384, "disk"), ("send app packets=2", 3000, "nic"),
])  # fmt: skip
def test_the_domain_that_has_the_devices_does_the_work(runs, act, size, device):
    ran = runs("domains", act)
    assert ran.served() == [size]
    assert {e.details["from"] for e in ran.events("device.accessed") if e.device == device} == {"dom0"}


def test_a_batch_costs_one_notification_each_way(runs):
    ran = runs("domains", "read app blocks=8")
    assert [e.details["from"] for e in ran.events("hypervisor.hypercall")] == ["kernel", "dom0"]


def test_the_hypervisor_lets_the_domain_run_and_then_the_guest_again(runs):
    switched = [(e.details["from"], e.details["to"]) for e in runs("domains", "read app").events("context.switched")]
    assert switched == [("kernel", "dom0"), ("dom0", "kernel")]


def test_a_device_that_was_given_is_accessed_without_an_exit(runs):
    exits = runs("domains", "read app").events("vm.exit")
    assert [(e.details["instruction"], e.details["from"]) for e in exits] == [
        ("VMCALL", "kernel"), ("IRQ", "dom0"), ("VMCALL", "dom0"),
    ]  # fmt: skip


def test_no_page_is_copied_between_guests(runs):
    assert runs("domains", "read app").copies() == [("kernel", "app")]


def test_without_the_domain_nobody_answers(runs):
    assert runs("domains", "fail dom0", "read app").errors() == ["EIO"]
    assert runs("domains", "read app", without=("dom0", "desk")).errors() == ["EIO"]


def test_a_disk_that_failed_is_an_error_for_the_guest_too(runs):
    assert runs("domains", "fail disk", "read app").errors() == ["EIO"]


def test_two_requests_at_once_are_both_answered(runs):
    ran = runs("domains", "read app blocks=2 @ 2s", "send app @ 2s")
    assert sorted(ran.served()) == [1500, 2 * 4096]


def test_a_program_of_the_domain_is_a_guest_s_too(runs):
    ran = runs("domains", "execute desk CPUID")
    assert [e.details["from"] for e in ran.events("vm.exit")] == ["desk"]
    assert [e.details["to"] for e in ran.events("context.switched")] == ["dom0"]


def test_the_interrupt_of_a_device_goes_to_whoever_drives_it_though_another_guest_has_halted(runs):
    ran = runs("halted", "execute other HLT @ 1s", "read app @ 1.0001s")
    assert ran.served() == [4096]
    assert [e.device for e in ran.events("kernel.interrupt")] == ["dom0", "kernel"]
