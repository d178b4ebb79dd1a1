"""What is right in a puzzle: for each item the bins that it may be in, or the items that must come before it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from vizapp.scene import parse
from vizapp.scene.model import Item, Problem, Puzzle, Question, Scene, Task
from vizapp.sim import match
from vizapp.sim.chance import Chance
from vizapp.sim.match import Unknown, evaluate
from vizapp.sim.timeline import Event, Timeline

Placed = tuple[int | None, ...]
"""For each item, as written, the number of its bin or its position in the order; None: nowhere yet."""

Where = Callable[[Item], tuple[Timeline, int]]
"""The run that an item is asked of, and the true ns from which on its event counts."""


@dataclass(frozen=True, slots=True)
class Sorted:
    """bins: for each item those that are right, the first of them told; none where the run does not tell."""

    bins: tuple[tuple[int, ...], ...]

    def nearest(self, placed: Sequence[int | None]) -> Placed:
        """The right answer that is nearest to what was given."""
        return tuple(own if own in bins else bins[0] if bins else None
                     for own, bins in zip(placed, self.bins, strict=True))  # fmt: skip

    @property
    def told(self) -> tuple[bool, ...]:
        """Of which items the run tells."""
        return tuple(bool(bins) for bins in self.bins)

    @property
    def asks(self) -> bool:
        """Whether there is anything to be wrong about."""
        return any(self.bins)


@dataclass(frozen=True, slots=True)
class Ordered:
    """before: for each item those that must come before it; None where the run does not tell. What is in no such
    relation may stand either way."""

    before: tuple[frozenset[int] | None, ...]

    def nearest(self, placed: Sequence[int | None]) -> Placed:
        """The right answer that is nearest to what was given; items that the run does not tell of are left out."""
        given = sorted(range(len(placed)), key=lambda item: (placed[item] is None, placed[item], item))
        left = [item for item in given if self.before[item] is not None]
        found: list[int | None] = [None] * len(placed)
        for position in range(len(left)):
            item = next(each for each in left if not (self.before[each] or frozenset()) & set(left))
            found[item] = position
            left.remove(item)
        return tuple(found)

    @property
    def told(self) -> tuple[bool, ...]:
        return tuple(before is not None for before in self.before)

    @property
    def asks(self) -> bool:
        return any(self.before)


Truth = Sorted | Ordered


def verdicts(truth: Truth, placed: Sequence[int | None]) -> tuple[bool | None, ...]:
    """Item by item whether it is where it belongs; None where the run does not tell."""
    nearest = truth.nearest(placed)
    return tuple(None if right is None else own == right for own, right in zip(placed, nearest, strict=True))


def truth(puzzle: Puzzle, where: Where) -> Truth:
    """What the run makes right."""
    if puzzle.sorts:
        return Sorted(tuple(_bins(item, puzzle, *where(item)) for item in puzzle.items))
    ranks = [rank(item, *where(item)) for item in puzzle.items]
    timelines = [where(item)[0] for item in puzzle.items]
    return Ordered(tuple(
        None if own is None else frozenset(other for other, each in enumerate(ranks)
                                           if each is not None and _earlier(each, own, timelines[other]))
        for own in ranks))  # fmt: skip


def mixed(puzzle: Puzzle, right: Truth, seed: int, name: str) -> tuple[int, ...]:
    """The items in an order that chance makes, the same for each seed; those to be put in order never are already."""
    chance = Chance(seed, "puzzle", name)
    left = list(range(len(puzzle.items)))
    found = []
    while left:
        found.append(left.pop(chance.between(0, len(left) - 1)))
    for _ in found:
        if puzzle.sorts or not right.asks or False in verdicts(right, positions(found)):
            break
        found = [*found[1:], found[0]]
    return tuple(found)


def positions(order: Sequence[int]) -> Placed:
    """Item by item its position in an order."""
    return tuple(order.index(item) for item in range(len(order)))


# what the run tells


def _bins(item: Item, puzzle: Puzzle, timeline: Timeline, after: int) -> tuple[int, ...]:
    names = list(puzzle.bins)
    named = item.is_ or _told(item, timeline, after)
    return tuple(names.index(name) for name in named if name in names)


def _told(item: Item, timeline: Timeline, after: int) -> tuple[str, ...]:
    """The bin that the run names for it."""
    value = _worth(item, timeline, after)
    return () if value is None else (_name(value),)


def _name(value: Any) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def _worth(item: Item, timeline: Timeline, after: int) -> Any:
    event = _event(item, timeline, after)
    if event is None:
        return None
    try:
        return evaluate(parse.expression(item.of), timeline, event, event.t)
    except Unknown:
        return None


def _event(item: Item, timeline: Timeline, after: int) -> Event | None:
    return match.first(parse.pattern(item.when), timeline, after)


Rank = tuple[float, ...] | Event


def rank(item: Item, timeline: Timeline, after: int) -> Rank | None:
    """What an item is put in order by: a number, the parts of a date, or an event; None where the run tells nothing."""
    if not item.of and not item.is_:
        return _event(item, timeline, after)
    value = item.is_[0] if item.is_ else _worth(item, timeline, after)
    if isinstance(value, str):
        parts = value.split("-")
        return tuple(float(part) for part in parts) if all(part.isdigit() for part in parts) else None
    return (float(value),) if isinstance(value, (int, float)) else None


def _earlier(one: Rank, other: Rank, timeline: Timeline) -> bool:
    """Whether one comes before the other for sure: of two events of one instant, one that led to the other; of two
    dates as far as both are known."""
    if isinstance(one, Event) and isinstance(other, Event):
        return one.t < other.t or (one.t == other.t and _led_to(one, other, timeline))
    if isinstance(one, Event) or isinstance(other, Event):
        return False
    known = min(len(one), len(other))
    return one[:known] < other[:known]


def _led_to(one: Event, other: Event, timeline: Timeline) -> bool:
    """Whether one is among the causes of the other, which have lower numbers."""
    cause = other.cause
    while cause > one.id:
        behind = timeline.by_id(cause)
        cause = behind.cause if behind is not None else 0
    return cause == one.id


# what an author may have got wrong


def problems(scene: Scene, where: Callable[[Question | None], Where], file: str) -> Iterator[Problem]:
    """Items that the run does not tell of, or of which it tells what is no bin; puzzles that nothing can be wrong in;
    solutions that are none. where: what items are asked of, from a question on, or from the start."""
    for question in scene.questions:
        if question.puzzle is not None:
            yield from _unasked(question.puzzle, where(question), file)
    for task in scene.tasks:
        if task.puzzle is not None:
            yield from _unasked(task.puzzle, where(None), file)
            yield from _misplaced(task, truth(task.puzzle, where(None)), file)


def _unasked(puzzle: Puzzle, where: Where, file: str) -> Iterator[Problem]:
    right = truth(puzzle, where)
    for item, told in zip(puzzle.items, right.told, strict=True):
        if not told:
            worth = _worth(item, *where(item)) if item.of else None
            key = "problem.item-untold" if worth is None else "problem.item-elsewhere"
            yield Problem(file, item.place, key, {"when": item.when, "value": str(worth)})
    if all(right.told) and not right.asks:
        yield Problem(file, puzzle.items[0].place, "problem.nothing-to-order", {})


def _misplaced(task: Task, right: Truth, file: str) -> Iterator[Problem]:
    for number, fits in enumerate(verdicts(right, task.placed) if task.placed else (), 1):
        if fits is False:
            yield Problem(file, task.place, "problem.placed-wrong", {"n": number})
