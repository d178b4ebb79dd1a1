"""A real stack, run and looked at: the application calls its kernel, the kernel executes CPUID, which exits, then
MOV CR3, which does not."""

from functools import lru_cache

from vizapp.devices import VOCABULARY
from vizapp.picture.journey import Journey, journeys
from vizapp.picture.layout import layout
from vizapp.picture.stage import Stage
from vizapp.run import Run
from vizapp.scene.reader import read
from vizapp.sim.frame import Frame

STACK = """
id: stack
title: {en: Stack}
summary: {en: A stack.}
chapter: architectures
level: 1
minutes: 5
seed: 1
until: 8s
stage:
  app: {kind: application, ports: {cpu: {}}}
  kernel: {kind: kernel, ports: {cpu: {}}}
  hypervisor: {kind: vmm, ports: {cpu: {}}}
  cpu: {kind: processor, ports: {app: {}, kernel: {}, hypervisor: {}}}
links:
  - {between: app.cpu -- cpu.app, delay: 200ns}
  - {between: kernel.cpu -- cpu.kernel, delay: 200ns}
  - {between: hypervisor.cpu -- cpu.hypervisor, delay: 200ns}
script:
  - launch hypervisor @ 1s
  - execute app SYSCALL @ 2s
  - execute kernel CPUID @ 4s
  - execute kernel MOV-CR3 @ 6s
follow: [instruction, vm.exit]
"""


SIZE = (1060.0, 750.0)


@lru_cache
def run(text: str = STACK) -> Run:
    scene = read(text, VOCABULARY).scene
    assert scene is not None
    return Run(scene, VOCABULARY.kinds).complete()


def stage(text: str = STACK) -> Stage:
    return layout(run(text).scene, "en", SIZE, "explore", VOCABULARY.kinds)


def moment(name: str, device: str, number: int = 0, text: str = STACK) -> Frame:
    """The moment at which an event happened there for the so many-th time."""
    found = [event for event in run(text).timeline.events if (event.name, event.device) == (name, device)]
    return run(text).frame(found[number].t)


def journey(frame: Frame, text: str = STACK) -> Journey:
    """The journey that set off last."""
    return journeys(frame, stage(text))[-1]
