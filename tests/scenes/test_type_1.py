"""The scene `type-1`: what each platform loses when one part of it fails."""

import pytest

from tests.scenes.lesson import played
from vizapp.devices import VOCABULARY
from vizapp.picture.layout import layouts
from vizapp.sim.check import holds

NAME = "type-1"
FAILS = "any application.failed at app"
LOST = "any hypervisor.guest-lost"


def sides(claim, *acts):
    return [side.scene.id for side in played(NAME, *acts).sides if holds(claim, side.scene, side.timeline).held]


def test_without_the_domain_that_has_the_drivers_xen_and_hyper_v_have_no_disk():
    assert sides(FAILS, "fail dom0 @ 2s") == ["xen", "hyper-v"]


def test_a_vm_of_proxmox_is_a_process_that_can_fail_alone():
    assert sides(LOST, "fail qemu @ 2s") == ["proxmox"]


def test_without_a_disk_nobody_reads():
    assert sides(FAILS, "fail disk @ 2s") == ["esxi", "xen", "hyper-v", "proxmox"]


@pytest.mark.parametrize("acts", [[], ["fail nic @ 2s"]])
def test_every_platform_answers_cpuid_from_root_operation(acts):
    claim = "first vmcs.read where instruction == CPUID: device == hypervisor"
    assert sides(claim, *acts) == ["esxi", "xen", "hyper-v", "proxmox"]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_layer_has_room_for_its_name_and_privilege_on_a_laptop(lang):
    scenes = [side.scene for side in played(NAME).sides]
    stages = layouts(scenes, lang, (312, 461), "side", VOCABULARY.kinds, 0.78)  # at 1366 × 768
    assert all(stage.sizes.texts and stage.sizes.values for stage in stages)
    assert min(stage.sizes.name for stage in stages) > 11
