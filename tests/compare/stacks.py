"""Two small stacks: a guest with VMX under a hypervisor, and an application of a host alone."""

from __future__ import annotations

from typing import Any

from vizapp.compare import Comparison, play
from vizapp.compare.battery import compared
from vizapp.devices import VOCABULARY
from vizapp.scene.beside import variation
from vizapp.scene.model import Scene
from vizapp.scene.reader import read

KINDS = VOCABULARY.kinds

GUEST = """
id: guest
title: {fr: Machine virtuelle, en: Virtual machine}
until: 8s
settings: {ept: {label: EPT, type: bool, default: true}}
stage:
  app: {kind: application, label: Application}
  kernel: {kind: kernel, label: Guest kernel}
  hypervisor: {kind: vmm, label: Hypervisor, ept: $ept}
  cpu: {kind: processor, label: Processor}
links: [app -- cpu, kernel -- cpu, hypervisor -- cpu]
script: [launch hypervisor @ 500ms, execute kernel CPUID @ 4s]
follow: [instruction]
"""

ALONE = """
id: alone
title: {fr: Sans invité, en: No guest}
until: 8s
stage:
  app: {kind: application, label: Application, mode: none}
  host: {kind: kernel, role: host, label: Host kernel, mode: none}
  cpu: {kind: processor, label: Processor}
links: [app -- cpu, host -- cpu]
follow: [instruction]
"""


def scene(text: str, **settings: Any) -> Scene:
    """The scene of a text, at these settings."""
    found = read(text, VOCABULARY)
    assert found.scene is not None, found.problems
    return variation(found.scene, settings)


def beside(*scenes: Scene) -> Comparison:
    """These stacks under the battery, simulated whole."""
    whole = play(compared(scenes, KINDS), KINDS).complete()
    assert isinstance(whole, Comparison)
    return whole
