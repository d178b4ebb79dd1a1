"""A small stack of layers with steps that fold some of it, for the tests of the window."""

from __future__ import annotations

from vizapp.devices import VOCABULARY
from vizapp.run import Run
from vizapp.scene.reader import read
from vizapp.window.session import Session

STACK = """
id: stack
title: Stack
until: 5s
arrange: column
settings: {hosted: {label: Host OS, type: bool, default: false}}
stage:
  app: {kind: application, label: Application, ports: {cpu: {}}}
  kernel: {kind: kernel, label: Guest kernel, ports: {cpu: {}}}
  hypervisor: {kind: vmm, label: Hypervisor, ports: {cpu: {}}}
  host: {kind: kernel, label: Host OS, role: host, mode: root, stands: $hosted, ports: {cpu: {}}}
  cpu: {kind: processor, label: Processor, ports: {app: {}, kernel: {}, hypervisor: {}, host: {}}}
links: [app.cpu -- cpu.app, kernel.cpu -- cpu.kernel, hypervisor.cpu -- cpu.hypervisor, host.cpu -- cpu.host]
script: [launch hypervisor @ 500ms, execute app SYSCALL @ 1s, execute kernel CPUID @ 2s]
follow: [instruction, vm.exit, vm.entry]
steps:
  - {when: start, say: Layers.}
  - {when: vm.exit at cpu, say: An exit., fold: [app], focus: [kernel, hypervisor]}
"""


def stack() -> Session:
    """A session of it, simulated to its end."""
    scene = read(STACK, VOCABULARY).scene
    assert scene is not None
    return Session(Run(scene, VOCABULARY.kinds).complete())
