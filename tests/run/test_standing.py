"""A layer that stands or not: what is drawn at a moment follows the setting, and nothing else does."""

from vizapp.devices import VOCABULARY
from vizapp.picture.describe import describe
from vizapp.picture.view import View
from vizapp.run import Run
from vizapp.scene.reader import read
from vizapp.words import Words

STACK = """
id: stack
title: Stack
until: 5s
arrange: column
settings: {hosted: {label: Host OS, type: bool, default: false}}
stage:
  kernel: {kind: kernel, ports: {cpu: {}}}
  hypervisor: {kind: vmm, ports: {cpu: {}}}
  host: {kind: kernel, role: host, mode: root, stands: $hosted, ports: {cpu: {}}}
  cpu: {kind: processor, ports: {kernel: {}, hypervisor: {}, host: {}}}
links: [kernel.cpu -- cpu.kernel, hypervisor.cpu -- cpu.hypervisor, host.cpu -- cpu.host]
script: [launch hypervisor @ 500ms, execute kernel CPUID @ 1s, set hosted true @ 2s]
"""
VIEW = View()
SECOND = 10**9


def stack():
    scene = read(STACK, VOCABULARY).scene
    assert scene is not None
    return Run(scene, VOCABULARY.kinds).complete()


def test_only_what_stands_is_laid_out_with_its_cables():
    before, after = (stack().laid(VIEW, t) for t in (SECOND, 3 * SECOND))
    assert list(before.boxes) == ["kernel", "hypervisor", "cpu"]
    assert list(after.boxes) == ["kernel", "hypervisor", "host", "cpu"]
    assert list(after.ways.keys() - before.ways.keys()) == ["host.cpu--cpu.host"]


def test_a_stage_is_the_same_while_the_structure_is():
    run = stack()
    assert run.laid(VIEW, 0) is run.laid(VIEW, 2 * SECOND - 1)
    assert run.laid(VIEW, 2 * SECOND) is run.laid(VIEW, 4 * SECOND)


def test_a_picture_has_nothing_of_what_is_absent():
    run = stack()
    of = [{shape.of for layer in run.picture(run.pace.show_end(t), VIEW, t).layers for shape in layer.shapes}
          for t in (SECOND, 3 * SECOND)]  # fmt: skip
    assert ["host" in each for each in of] == [False, True]


def test_words_tell_only_of_what_stands():
    run, words = stack(), Words("en")
    told = [" ".join(describe(run.scene, run.kinds, run.frame(t), words)) for t in (SECOND, 3 * SECOND)]
    assert ["host:" in each for each in told] == [False, True]
