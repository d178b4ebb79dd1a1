"""Where a journey crosses from one privilege to another: which boundary, by what, how often.

Only what takes part crosses: an instruction that the processor executes alone passes behind the hypervisor and crosses
nothing. A way straight through the processor from one layer to another is one crossing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter

from vizapp.picture.journey import Journey, device
from vizapp.picture.privilege import Boundary, Privilege, privileges
from vizapp.picture.stage import Stage
from vizapp.sim.frame import Frame

BY: Mapping[str, str] = {
    "vm.exit": "exit",
    "vm.entry": "entry",
    "hypervisor.hypercall": "hypercall",
    "cpu.traps": "trap",
    "cpu.fault": "fault",
    "kernel.page-fault": "fault",
    "kernel.interrupt": "interrupt",
    "kernel.syscall": "syscall",
    "kernel.returns": "return",
}  # event → what it crosses by; the last of these that happened on the way says it
OPERATION = ("exit", "entry")  # between the two modes of operation of VMX, and nowhere else
NAMED: Mapping[str, str] = {"SYSCALL": "syscall", "SYSRET": "return", "IRET": "return"}  # else: the packet's name
UNASKED = ("vm.exit", "cpu.traps", "cpu.fault")  # a crossing is known from these, before one sees to which layer
Telling = Sequence[tuple[int, str]]  # true ns, and what one crosses by; in order of time
NEVER = 2**63  # true ns: what has not been left


@dataclass(frozen=True, slots=True)
class Crossing:
    """kind: a key of `crossing.…`. down: to the lower layer. over: whether the other side is reached."""

    boundary: Boundary
    kind: str
    down: bool
    over: bool = True


def crossings(journey: Journey, frame: Frame, stage: Stage, lines: Sequence[Boundary]) -> list[Crossing]:
    """Those of a journey up to the moment, in order; the last one may be under way."""
    known = privileges(frame, stage)
    legs = [leg for leg in _legs(journey) if leg.name in known]
    telling = [(event.t, BY[event.name]) for event in journey.events if event.name in BY]
    found: list[tuple[int, Crossing]] = []
    for virtual in (True, False):  # what is emulated never leaves what emulates it, whatever that does meanwhile
        some = [leg for leg in legs if known[leg.name].virtual == virtual]
        found += [(b.came, each) for a, b in pairwise(some) if a.name != b.name
                  for each in _between(a, b, telling, known, stage, lines)]  # fmt: skip
    found.sort(key=lambda each: each[0])
    return [*(each for _, each in found), *_begun(legs, journey, stage, lines)]


@dataclass(frozen=True, slots=True)
class _Leg:
    """A stop. came, left: true ns; name of the packet with which it was reached; under way: it is not reached yet."""

    name: str
    came: int
    left: int
    by: str
    reached: bool = True


def _legs(journey: Journey) -> Iterator[_Leg]:
    flights = [flight for flight, _ in journey.hops]
    yield _Leg(device(flights[0].src), flights[0].departs, flights[0].departs, "")
    for number, flight in enumerate(flights):
        later = flights[number + 1].departs if number + 1 < len(flights) else NEVER
        reached = not journey.under_way or number + 1 < len(flights)
        yield _Leg(device(flight.dst), flight.ended or flight.arrives, later, flight.packet.name, reached)


def _between(
    a: _Leg, b: _Leg, telling: Telling, known: Mapping[str, Privilege], stage: Stage, lines: Sequence[Boundary]
) -> Iterator[Crossing]:
    """The boundary that a way from one layer to another crosses: that of the mode, else the lowest one."""
    if known[a.name] == known[b.name]:
        return
    down = stage.boxes[b.name].area.y > stage.boxes[a.name].area.y
    passed = _passed(a.name, b.name, stage, lines)
    if passed:
        line = next((line for line in passed if line.kind == "mode"), max(passed, key=lambda line: line.y))
        yield Crossing(line, _by(a, b, telling, line), down, b.reached)


def _passed(a: str, b: str, stage: Stage, lines: Sequence[Boundary]) -> list[Boundary]:
    """The boundaries that lie between two layers; that around what is emulated is none that is crossed."""
    top, bottom = sorted(stage.boxes[name].area.middle[1] for name in (a, b))
    upper = min((a, b), key=lambda name: stage.boxes[name].area.y)
    area = stage.boxes[upper].area
    return [line for line in lines if line.kind != "virtual" and top < line.y < bottom
            and line.area.x < area.right and area.x < line.area.right]  # fmt: skip


def _by(a: _Leg, b: _Leg, telling: Telling, line: Boundary) -> str:
    """What the way between two stops is called."""
    first, last = bisect_left(telling, a.left, key=itemgetter(0)), bisect_right(telling, b.came, key=itemgetter(0))
    fitting = [kind for _, kind in telling[first:last] if (kind in OPERATION) == (line.kind == "mode")]
    return fitting[-1] if fitting else NAMED.get(b.by, "enter" if line.upper == a.name else "return")


def _begun(
    legs: Sequence[_Leg], journey: Journey, stage: Stage, lines: Sequence[Boundary]
) -> Iterator[Crossing]:
    """A crossing of which one knows already that it happens, not yet where to: an exit, a trap, an exception."""
    if not legs:
        return
    here = legs[-1]
    names = [event.name for event in journey.events if event.t >= here.left and here.reached]
    kind = next((BY[name] for name in reversed(names) if name in UNASKED), None)
    y = stage.boxes[here.name].area.middle[1]
    below = [line for line in lines if line.y > y and line.kind == ("mode" if kind == "exit" else "ring")]
    if kind is not None and below:
        yield Crossing(min(below, key=lambda line: line.y), kind, True, False)
