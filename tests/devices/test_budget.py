"""How many instances fit into a memory."""

import pytest

from vizapp.devices import VOCABULARY
from vizapp.devices.budget import instances, significant
from vizapp.scene.model import Act
from vizapp.scene.reader import read
from vizapp.sim.simulate import simulate

SCENE = """
id: budget
title: A budget
until: 5s
stage:
  budget:
    kind: budget
    memory: $memory
    application: $application
    compares: [container, vm]
    rows:
      - {id: vm, name: VM, own-kernel: true, overhead: [{name: guest, size: $vm}, {name: VMM, size: 12}]}
      - {id: container, name: Containers, role: runtime, overhead: [{name: each, size: 5}]}
settings:
  memory: {label: R, type: number, default: 64, min: 0.001, max: 1024}
  application: {label: A, type: int, default: 20, min: 0, max: 100000}
  vm: {label: O, type: int, default: 500, min: 0, max: 100000}
"""


def play(*sets):
    scene = read(SCENE, VOCABULARY).scene
    acts = [Act("set", (name,), {"value": value}, at=10**9 * (n + 1)) for n, (name, value) in enumerate(sets)]
    timeline = simulate(scene, VOCABULARY.kinds, acts=acts)
    return lambda field: timeline.at(timeline.end).value("budget", field)


@pytest.mark.parametrize(
    ("application", "vms", "containers", "shown"),
    [(20, 123, 2621, 21), (100, 107, 624, 5.8), (1024, 42, 63, 1.5), (4096, 14, 15, 1.1)],
)
def test_what_64_gib_hold(application, vms, containers, shown):
    budget = play(("application", application)) if application != 20 else play()
    assert (budget("vm"), budget("container"), budget("rows")["ratio"]) == (vms, containers, shown)


def test_the_parts_of_an_overhead_add_up():
    assert play()("rows")["rows"][0]["overhead"] == 512


def test_a_part_that_follows_a_setting_is_counted_anew():
    assert play(("vm", 2036))("vm") == 65536 // (20 + 2048)


def test_a_kernel_of_its_own_takes_one_instance_with_it():
    row = play()("rows")["rows"][0]
    assert (row["kernels"], row["lost"]) == (123, 1)


def test_a_shared_kernel_takes_all():
    row = play()("rows")["rows"][1]
    assert (row["kernels"], row["lost"]) == (1, 2621)


def test_where_nothing_fits_no_kernel_runs_and_nothing_is_compared():
    budget = play(("memory", 0.001))
    assert (budget("vm"), budget("ratio"), budget("rows")["rows"][0]["kernels"]) == (0, None, 0)


@pytest.mark.parametrize(("memory", "each", "n"), [(0.3, 0.1, 3), (1.0, 0.1, 10), (10, 3, 3), (2, 3, 0)])
def test_a_memory_that_is_just_enough_is_enough(memory, each, n):
    assert instances(memory, each, 0) == n


def test_an_instance_that_takes_nothing_is_not_counted():
    assert instances(64, 0, 0) == 0


@pytest.mark.parametrize(("ratio", "shown"), [(21.309, 21), (5.832, 5.8), (140.9, 140), (1.0714, 1.1), (0.0456, 0.046)])
def test_a_ratio_has_two_significant_digits(ratio, shown):
    assert significant(ratio) == pytest.approx(shown)
