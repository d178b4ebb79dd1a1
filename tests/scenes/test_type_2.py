"""The scene `type-2`: with emulated devices too, and what becomes of a VM whose process fails."""

from tests.scenes.lesson import keeps, missing, played

NAME = "type-2"


def test_every_step_comes_with_emulated_devices_too():
    assert missing(played(NAME, driver="ide", net="e1000")) == ([], [])


def test_emulated_devices_cost_more_exits_on_every_side_alike():
    few, many = played(NAME), played(NAME, driver="ide", net="e1000")
    assert len({_exits(side) for side in many.sides}) == 1
    assert _exits(many.sides[0]) > _exits(few.sides[0])


def test_the_host_serves_its_other_programs_once_the_vm_is_gone():
    for side in played(NAME, "fail qemu @ 2s").sides:
        keeps(side, "any hypervisor.guest-lost", "any kernel.syscall at host from other", "no device.accessed at disk")


def _exits(run):
    return sum(event.name == "vm.exit" for event in run.timeline.events)
