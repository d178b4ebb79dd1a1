"""What is the difference? The answer in words, computed from the stacks and their runs: the layers that only one has,
how those run that several have, and what each act of the script costs. What is the same is named, no more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from vizapp.compare.battery import BATTERY, KERNEL, lacks, part, trial_of
from vizapp.compare.cost import Cost, cost, event_of
from vizapp.compare.side import Side
from vizapp.compare.sides import Sides
from vizapp.devices.layer import Layer
from vizapp.picture import sentences
from vizapp.picture.contrasted import Contrast, Row
from vizapp.picture.ledger import NOTHING, WAITS, Cell, Line
from vizapp.picture.peel import layers
from vizapp.scene.model import Act, Thing
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
    begun = [(act, [_done(stack, act) for stack in stacks]) for act in asked(stacks)]
    begun = [(act, done) for act, done in begun if any(event is not None for event in done)]
    if not begun:
        return None
    act, done = max(begun, key=lambda each: max(event.t for event in each[1] if event is not None))
    return Line.of("verdict", label(act, words), [_cell(stack, act, event, words)
                   for stack, event in zip(stacks, done, strict=True)])  # fmt: skip


def _done(stack: Stack, act: Act) -> Event | None:
    """That it was done by now."""
    own = _own(stack, act)
    event = event_of(own, stack.side.timeline) if own is not None else None
    return event if event is not None and event.t <= stack.frame.t else None


def _cell(stack: Stack, act: Act, event: Event | None, words: Words) -> Cell:
    if event is None and _own(stack, act) is not None and act.args[0] in stack.things:
        return Cell(WAITS, "waits")
    found = _cost(stack, act)
    return Cell(found.told(words), "plain" if found.counts else "none")


def _costs(stacks: Sequence[Stack], words: Words) -> Iterator[Row]:
    for act in asked(stacks):
        costs = [_cost(stack, act) for stack in stacks]
        if all(each.lacks for each in costs):
            continue
        yield Row.of(f"cost-{_key(act)}", label(act, words), [each.told(words) for each in costs],
                     [dict(each.counts) if not each.lacks and not each.void else None for each in costs])  # fmt: skip


def asked(stacks: Sequence[Stack]) -> list[Act]:
    """What the scripts have several stacks do, or would have where there is something to do it: each once."""
    found: dict[tuple[str, tuple[str, ...]], Act] = {}
    for stack in stacks:
        for act in stack.side.scene.script:
            if trial_of(act) is not None:
                found.setdefault((act.verb, act.args), act)
    order = [(each.verb, each.args) for each in BATTERY]
    return sorted(found.values(), key=lambda act: order.index((act.verb, act.args)))


def _own(stack: Stack, act: Act) -> Act | None:
    """The first such act of a side's own script."""
    return next((each for each in stack.side.scene.script if (each.verb, each.args) == (act.verb, act.args)), None)


def _cost(stack: Stack, act: Act) -> Cost:
    """What the first such act of a side costs there."""
    trial, own = trial_of(act), _own(stack, act)
    lacking = lacks(trial, stack.side.scene) if trial is not None else ""
    if lacking or act.args[0] not in stack.things:
        return Cost(lacks=lacking or act.args[0])
    if own is None:
        return Cost(void="unknown-verb")
    event = event_of(own, stack.side.timeline)
    return cost(event, stack.side.costs, stack.frame.t) if event is not None else Cost()


def _key(act: Act) -> str:
    trial = trial_of(act)
    return trial.key if trial is not None else "-".join((act.verb, *act.args))


def label(act: Act, words: Words) -> str:
    """What an act is called: `CR3 write`."""
    trial = trial_of(act)
    return words(f"battery.{trial.key}") if trial is not None else " ".join((act.verb, *act.args))


TOLD = (_layers, _players, _kernels, _privileges, _costs)  # in the order in which one would say it
