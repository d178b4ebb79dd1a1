"""What is counted of stacks of layers, everywhere in one order: integers of the run up to a moment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from vizapp.scene.model import Scene
from vizapp.scene.vocabulary import Kind
from vizapp.sim.frame import Frame
from vizapp.words import Words

COUNTED: Mapping[str, str] = {
    "blocks": "block.translated",
    "traps": "cpu.traps",
    "exits": "vm.exit",
    "hypercalls": "hypervisor.hypercall",
    "copies": "data.copied",
    "switches": "context.switched",
}  # key of `tally.…` → the event that is counted


class Count(NamedTuple):
    """n: how often so far; None of a stack in which there is no such thing."""

    key: str
    n: int | None

    def label(self, words: Words) -> str:
        return words(f"tally.{self.key}", n=self.n or 0)


def possible(scene: Scene, kinds: Mapping[str, Kind]) -> list[str]:
    """The keys of what the devices of a scene can bring about."""
    raised = {event.name for thing in scene.things.values() if thing.kind in kinds
              for event in kinds[thing.kind].events}  # fmt: skip
    return [key for key, name in COUNTED.items() if name in raised]


def counts(scene: Scene, kinds: Mapping[str, Kind], frame: Frame) -> list[Count]:
    """Every count of a scene at a moment."""
    known, index = possible(scene, kinds), frame.timeline.index
    return [Count(key, index.count(name, frame.t) if key in known else None) for key, name in COUNTED.items()]


def stacked(scene: Scene, kinds: Mapping[str, Kind]) -> bool:
    """Whether a scene has layers that run with privileges of their own."""
    return any(show.doing for thing in scene.things.values() if thing.kind in kinds
               for show in kinds[thing.kind].shows)  # fmt: skip
