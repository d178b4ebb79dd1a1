"""What is the difference? The answer in words, computed from the stacks and their runs: the layers that only one has,
how those run that several have, and what each act of the script costs. What is the same is named, no more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from vizapp.compare.battery import BATTERY, KERNEL, Trial, lacks, part
from vizapp.compare.cost import Cost
from vizapp.compare.side import Side
from vizapp.compare.sides import Sides
from vizapp.devices.layer import Layer
from vizapp.picture import sentences
from vizapp.picture.contrasted import Contrast, Row
from vizapp.picture.ledger import NOTHING, WAITS, Cell, Line
from vizapp.picture.peel import layers
from vizapp.scene.model import Thing
from vizapp.sim.frame import Frame
from vizapp.sim.timeline import Event
from vizapp.words import Words

HYPERVISOR = "hypervisor"  # what the VMM, the translator or the emulator is called in every stack


@dataclass(frozen=True, slots=True)
class Stack:
    """A side at a moment. things: what stands of it, by the part that it is in every stack."""

    side: Side
    frame: Frame
    things: dict[str, Thing]

    def name(self, part: str, words: Words) -> str:
        return sentences.name(self.side.scene, words, self.things[part].id)


def contrast(whole: Sides, words: Words, show: float | None = None) -> Contrast:
    """The answer as it stands at that show second; at the end when none is given."""
    show = whole.pace.length if show is None else show
    stacks = [_stack(side, whole.t_of(n, show)) for n, side in enumerate(whole.sides)]
    rows = [row for told in TOLD for row in told(stacks, words)]
    names = tuple(words.text(side.scene.title) for side in whole.sides)
    return Contrast(names, tuple(row for row in rows if row.differs), _same(stacks, rows, words))


def plain(whole: Sides, told: Contrast) -> dict[str, Any]:
    """The same as plain data. values: of each side, how often each thing is counted; null where nothing can be."""
    rows = [{"about": row.key, "label": row.label, "said": list(row.cells), "values": list(row.values) or None}
            for row in told.rows]  # fmt: skip
    return {"sides": [side.scene.id for side in whole.sides], "titles": list(told.names), "differ": rows,
            "same": list(told.same)}  # fmt: skip


def _stack(side: Side, t: int) -> Stack:
    absent = side.absent(t)
    things = {part(each): each for name, each in side.scene.things.items() if name not in absent}
    return Stack(side, side.frame(t), things)


def _same(stacks: Sequence[Stack], rows: Sequence[Row], words: Words) -> tuple[str, ...]:
    """What does not differ: the layers that all have, then the rows in which all say the same."""
    shared = [name for name in _stacked(stacks[0]) if all(name in each.things for each in stacks)]
    named = words.join([_called(each, stacks, words) for each in shared])
    alike = (f"{row.label} ({row.cells[0]})" for row in rows if not row.differs)
    return (words("contrast.layers-same", layers=named), *alike) if shared else tuple(alike)


# layers


def _stacked(stack: Stack) -> list[str]:
    """The layers of a stack that stand, from the top down."""
    things = [stack.side.scene.things[name] for name in layers(stack.side.scene, stack.side.kinds)]
    return [part(thing) for thing in things if part(thing) in stack.things]


def _layers(stacks: Sequence[Stack], words: Words) -> Iterator[Row]:
    """What each has that not all have."""
    everywhere = set.intersection(*(set(stack.things) for stack in stacks))
    own = [[stack.name(name, words) for name in _stacked(stack) if name not in everywhere] for stack in stacks]
    if any(own):
        yield Row.of("layers", words("contrast.layers"), [", ".join(each) or NOTHING for each in own])


# the kernel of the guest


def _kernels(stacks: Sequence[Stack], words: Words) -> Iterator[Row]:
    """How the guest's kernel runs; in one row where a stack has none."""
    kernels = [stack.things.get(KERNEL) for stack in stacks]
    told = {key: [tell(stack, kernel, words) if kernel is not None else ""
                  for stack, kernel in zip(stacks, kernels, strict=True)]
            for key, tell in (("executed", _executed), ("modified", _modified))}  # fmt: skip
    if all(kernels):
        yield from (Row.of(f"kernel-{key}", words(f"contrast.{key}"), cells) for key, cells in told.items())
    elif any(kernels):
        missing = words("contrast.lacks", why=words("lack.kernel"))
        cells = [missing if kernel is None else words("contrast.kernel-is", privilege=_privilege(stack, KERNEL, words),
                 by=told["executed"][n], modified=told["modified"][n])
                 for n, (stack, kernel) in enumerate(zip(stacks, kernels, strict=True))]  # fmt: skip
        yield Row.of("kernel", words("contrast.kernel"), cells)


def _executed(stack: Stack, kernel: Thing, words: Words) -> str:
    """What executes its code."""
    layer = stack.side.device(kernel.id)
    below = layer.below if isinstance(layer, Layer) else None
    return NOTHING if below is None else sentences.name(stack.side.scene, words, below.id)


def _modified(stack: Stack, kernel: Thing, words: Words) -> str:
    return words("common.yes" if stack.frame.live(kernel, "modified") is True else "common.no")


def _players(stacks: Sequence[Stack], words: Words) -> Iterator[Row]:
    """What stands between guest and hardware, where the stacks call it otherwise."""
    if all(HYPERVISOR in stack.things for stack in stacks):
        yield Row.of(HYPERVISOR, words(f"part.{HYPERVISOR}"), [stack.name(HYPERVISOR, words) for stack in stacks])


# privileges


def _privileges(stacks: Sequence[Stack], words: Words) -> Iterator[Row]:
    """With which privilege the layers run that several have."""
    for name in dict.fromkeys(name for stack in stacks for name in _stacked(stack)):
        having = [stack for stack in stacks if name in stack.things]
        values = [_privilege(stack, name, words) for stack in stacks]
        if len(having) > 1 and any(_privilege(stack, name, words) for stack in having):
            yield Row.of(f"privilege-{name}", words("contrast.runs", layer=_called(name, having, words)), values)


def _called(name: str, having: Sequence[Stack], words: Words) -> str:
    """A part in words that suit all: as the stacks call it where they agree."""
    names = dict.fromkeys(stack.name(name, words) for stack in having)
    key = f"part.{name}"
    return next(iter(names)) if len(names) == 1 or not words.has(key) else words(key)


def _privilege(stack: Stack, name: str, words: Words) -> str:
    if name not in stack.things:
        return NOTHING
    return words.say(stack.frame.value(stack.things[name].id, "privilege"))


# what each act costs


def under_way(sides: Sequence[tuple[Side, int]], words: Words) -> Line | None:
    """What the last act that was begun has cost up to each side's own true ns; not applicable where it lacks who
    does it. None before the first."""
    stacks = [_stack(side, t) for side, t in sides]
    begun = [(trial, [_last(stack, trial) for stack in stacks]) for trial in asked(stacks)]
    times = [max((event.t for event in done if event is not None), default=-1) for _, done in begun]
    if max(times, default=-1) < 0:
        return None
    trial, done = begun[times.index(max(times))]
    return Line.of("verdict", words(f"battery.{trial.key}"), [_cell(stack, trial, event, words)
                   for stack, event in zip(stacks, done, strict=True)])  # fmt: skip


def _cell(stack: Stack, trial: Trial, event: Event | None, words: Words) -> Cell:
    if event is None and _done(stack, trial):
        return Cell(WAITS, "waits")
    found = _cost(stack, trial, event)
    return Cell(found.told(words), "plain" if found.counts else "none")


def _costs(stacks: Sequence[Stack], words: Words) -> Iterator[Row]:
    for trial in asked(stacks):
        costs = [_cost(stack, trial, next(iter(_done(stack, trial)), None)) for stack in stacks]
        if not all(each.lacks for each in costs):
            values = [dict(each.counts) if not each.lacks and not each.void else None for each in costs]
            told = [each.told(words) for each in costs]
            yield Row.of(f"cost-{trial.key}", words(f"battery.{trial.key}"), told, values)


def asked(stacks: Sequence[Stack]) -> list[Trial]:
    """What the scripts have a stack do, in the order of the battery."""
    found = {trial for stack in stacks for trial in stack.side.trials}
    return [trial for trial in BATTERY if trial in found]


def _done(stack: Stack, trial: Trial) -> list[Event]:
    """Each time that the script of a side has it done, whenever."""
    acts, costs = stack.side.trials.get(trial, ()), stack.side.costs
    return [event for act in acts if (event := costs.event(act)) is not None]


def _last(stack: Stack, trial: Trial) -> Event | None:
    """The last time that it was done by now."""
    return next((event for event in reversed(_done(stack, trial)) if event.t <= stack.frame.t), None)


def _cost(stack: Stack, trial: Trial, event: Event | None) -> Cost:
    """What that time of it cost."""
    lacking = lacks(trial, stack.side.scene)
    if lacking or trial.args[0] not in stack.things:
        return Cost(lacks=lacking or trial.args[0])
    if event is None:
        return Cost(void="unknown-verb")
    return stack.side.costs.cost(event, stack.frame.t)


TOLD = (_layers, _players, _kernels, _privileges, _costs)  # in the order in which one would say it
