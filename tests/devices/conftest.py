"""A guest, its hypervisor and a processor, given instructions to execute."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vizapp.devices import VOCABULARY
from vizapp.scene.model import Act, Scene
from vizapp.scene.reader import read
from vizapp.sim.timeline import Event, Timeline

STACK = """
id: stack
title: A guest under a hypervisor
until: {until}
stage:
  app: {{kind: application, ports: {{cpu: {{}}}}}}
  kernel: {{kind: kernel, ports: {{cpu: {{}}}}}}
  hypervisor: {{kind: vmm, ports: {{cpu: {{}}}}, {fields}}}
  cpu: {{kind: processor, ports: {{app: {{}}, kernel: {{}}, hypervisor: {{}}}}}}
links: [app.cpu -- cpu.app, kernel.cpu -- cpu.kernel, hypervisor.cpu -- cpu.hypervisor]
script: [{script}]
"""


class Played:
    """What came of a run: its events by name."""

    def __init__(self, scene: Scene, timeline: Timeline) -> None:
        self.scene, self.timeline = scene, timeline

    def events(self, name: str) -> list[Event]:
        return [event for event in self.timeline.events if event.name == name]

    def names(self) -> list[str]:
        return [event.name for event in self.timeline.events]

    def value(self, device: str, field: str, t: int | None = None) -> Any:
        return self.timeline.at(self.timeline.end if t is None else t).value(device, field)


Layers = Callable[..., Played]


@pytest.fixture
def layers() -> Layers:
    """`layers("kernel CPUID", …)`: launch, then each instruction a second after the one before."""
    from vizapp.sim.simulate import simulate

    def play(*instructions: str, launch: bool = True, acts: tuple[Act, ...] = (), **fields: Any) -> Played:
        script = ["launch hypervisor @ 0s"] if launch else []
        script += [f"execute {each} @ {n + 1}s" for n, each in enumerate(instructions)]
        written = ", ".join(f"{k.replace('_', '-')}: {str(v).lower()}" for k, v in fields.items())
        text = STACK.format(until=f"{len(instructions) + 2}s", script=", ".join(script), fields=written)
        reading = read(text, VOCABULARY, file=str(Path("stack.yaml")))
        assert reading.scene is not None, reading.problems
        return Played(reading.scene, simulate(reading.scene, VOCABULARY.kinds, acts=acts))

    return play


@pytest.fixture
def stack() -> Callable[..., Played]:
    """`stack("kernel: {kind: kernel}", …, links=…, script=…)`: things by line, cables, acts; a second each."""
    from vizapp.sim.simulate import simulate

    def play(*things: str, links: str, script: tuple[str, ...] = (), acts: tuple[Act, ...] = ()) -> Played:
        stage = "".join(f"  {each}\n" for each in things)
        acted = ", ".join(each if " @ " in each else f"{each} @ {n + 1}s" for n, each in enumerate(script))
        until = f"until: {len(script) + 2}s"
        text = f"id: stack\ntitle: Layers\n{until}\nstage:\n{stage}links: [{links}]\nscript: [{acted}]\n"
        reading = read(text, VOCABULARY, file="stack.yaml")
        assert reading.scene is not None, reading.problems
        return Played(reading.scene, simulate(reading.scene, VOCABULARY.kinds, acts=acts))

    return play
