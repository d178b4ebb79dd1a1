"""With which privilege each layer of a stack runs, and the boundaries between layers whose privileges differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from vizapp.picture.lasting import lasting
from vizapp.picture.stage import Area, Box, Slot, Stage
from vizapp.sim.frame import Frame

USER = 3  # the ring of applications
NO_VMX, VIRTUAL = "none", "virtual"


class Privilege(NamedTuple):
    """mode: `root`, `non-root`, `none` without VMX, or `virtual` on a processor that is emulated. ring: 0 to 3."""

    mode: str
    ring: int

    @property
    def virtual(self) -> bool:
        """Whether no processor has that ring, but only the program that emulates one."""
        return self.mode == VIRTUAL


@dataclass(frozen=True, slots=True)
class Boundary:
    """Between a layer and the one below it, across the gap. kind: `mode` between guest and hypervisor (VMX), `ring`
    between user and kernel, `virtual` between what is emulated and what emulates it."""

    kind: str
    upper: str
    lower: str
    above: Privilege
    below: Privilege
    area: Area

    @property
    def y(self) -> float:
        return self.area.y + 0.43 * self.area.h  # what crosses between columns runs low in the gap


def slot_of(box: Box) -> Slot | None:
    """The room of the line that tells a layer's privilege."""
    return next((slot for slot in box.slots if slot.show.doing), None)


def privilege_of(frame: Frame, box: Box) -> Privilege | None:
    """The privilege of a layer; None of what is no code, as a processor, which has that of what it executes."""
    slot = slot_of(box)
    value = frame.value(box.id, slot.show.field) if slot is not None and box.role != "hardware" else None
    if not isinstance(value, Mapping) or not isinstance(value.get("ring"), int):
        return None
    return Privilege(str(value.get("mode", NO_VMX)), value["ring"])


def privileges(frame: Frame, stage: Stage) -> dict[str, Privilege]:
    """The privilege of every layer of a stage."""
    found = {box.id: privilege_of(frame, box) for box in stage.boxes.values() if not box.container}
    return {name: each for name, each in found.items() if each is not None}


def boundaries(frame: Frame, stage: Stage) -> tuple[Boundary, ...]:
    """The boundaries of a stage, from the top down; the same object while no privilege changes."""
    slots = ((box.id, slot.show.field) for box in stage.boxes.values() if (slot := slot_of(box)) is not None)
    return lasting(frame, stage, ("boundaries",), slots, lambda: tuple(_boundaries(frame, stage)))


def _boundaries(frame: Frame, stage: Stage) -> Iterator[Boundary]:
    known = privileges(frame, stage)
    for name in sorted(known, key=lambda name: stage.boxes[name].area.y):
        below = _below(stage.boxes[name], [stage.boxes[other] for other in known])
        kind = _kind(known[name], known[below.id]) if below is not None else ""
        if below is not None and kind:
            area = _gap(stage.boxes[name], below, stage)
            yield Boundary(kind, name, below.id, known[name], known[below.id], area)


def _below(box: Box, others: list[Box]) -> Box | None:
    """The layer under it, whatever stands between that has no privilege."""
    found = [each for each in others if each.area.y >= box.area.bottom - 0.5 and _over(each.area, box.area)]
    return min(found, key=lambda each: (each.area.y, each.area.x), default=None)


def _over(area: Area, other: Area) -> bool:
    return area.x < other.right - 0.5 and other.x < area.right - 0.5


def _kind(above: Privilege, below: Privilege) -> str:
    """What lies between two privileges; nothing between equal ones."""
    if above.virtual != below.virtual:
        return "virtual"
    if above.mode != below.mode:
        return "mode"
    return "ring" if above.ring != below.ring else ""


def _gap(upper: Box, lower: Box, stage: Stage) -> Area:
    """The room between two layers, outside of the boxes that hold only one of them, as wide as the upper one."""
    above = [upper, *(stage.boxes[name] for name in upper.within if name not in lower.within)]
    below = [lower, *(stage.boxes[name] for name in lower.within if name not in upper.within)]
    top, bottom = max(box.area.bottom for box in above), min(box.area.y for box in below)
    left, right = max(upper.area.x, lower.area.x), min(upper.area.right, lower.area.right)
    between = [box.area.y for box in stage.boxes.values() if not box.container and top <= box.area.y < bottom - 0.5
               and _over(box.area, upper.area)]  # fmt: skip
    return Area(left, top, right - left, max(min([bottom, *between]) - top, 0.0))
