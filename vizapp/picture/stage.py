"""A Stage: where everything of a scene is on a canvas of one size, in one language; nothing of it moves by itself."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import hypot
from typing import Literal

from vizapp.picture.shapes import Anchor
from vizapp.picture.sizes import Level, Sizes
from vizapp.scene.vocabulary import Show

Point = tuple[float, float]
Side = Literal["left", "right", "top", "bottom"]


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of the stage."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        return self.x + self.w

    @property
    def bottom(self) -> float:
        return self.y + self.h

    @property
    def middle(self) -> Point:
        return self.x + self.w / 2, self.y + self.h / 2

    def grown(self, by: float) -> Area:
        return Area(self.x - by, self.y - by, self.w + 2 * by, self.h + 2 * by)

    def meets(self, other: Area) -> bool:
        """Whether the two share more than an edge."""
        return (
            self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom
        )  # fmt: skip

    def shared(self, other: Area) -> float:
        """The area that both cover."""
        across = min(self.right, other.right) - max(self.x, other.x)
        down = min(self.bottom, other.bottom) - max(self.y, other.y)
        return across * down if across > 0 and down > 0 else 0.0

    def holds(self, x: float, y: float) -> bool:
        return self.x <= x <= self.right and self.y <= y <= self.bottom


@dataclass(frozen=True, slots=True)
class Written:
    """A text of the stage that stays; `y` is its baseline. tone: `name` or `detail`."""

    text: str
    x: float
    y: float
    size: float
    width: float
    weight: int = 400
    mono: bool = False
    anchor: Anchor = "start"
    tone: Literal["name", "detail"] = "name"

    @property
    def area(self) -> Area:
        left = {"start": self.x, "middle": self.x - self.width / 2, "end": self.x - self.width}[self.anchor]
        return Area(left, self.y - self.size * 0.8, self.width, self.size)


@dataclass(frozen=True, slots=True)
class Slot:
    """The room kept for a value: its longest text fits. anchor: how the value stands in it; aside: a load's count;
    column: of a counter among several, the width of all their numbers; said: the width of its longest text, where the
    room is wider."""

    device: str
    show: Show
    area: Area
    size: float
    anchor: Anchor = "start"
    aside: bool = False
    column: float = 0.0
    said: float = 0.0


@dataclass(frozen=True, slots=True)
class Drawn:
    """An icon of the stage, in a square of side `size`."""

    name: str
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Box:
    """A thing on the stage. depth: how many boxes it lies in; header: the band of a container's name."""

    id: str
    kind: str
    role: str
    area: Area
    depth: int
    container: bool
    texts: tuple[Written, ...] = ()
    slots: tuple[Slot, ...] = ()
    icon: Drawn | None = None
    within: tuple[str, ...] = ()  # the boxes it lies in, from the outside in
    labels: tuple[Area, ...] = ()  # where nothing may be drawn over
    bar: bool = False  # a switch drawn out along the row that it joins
    folded: bool | None = None  # whether it is drawn as a band; None: it can't be folded


@dataclass(frozen=True)
class Way:
    """The course of a cable from port `a` to port `b`. lane: it goes from layer to layer, drawn as a lane.

    trail: the same course with its corners rounded, as many short pieces.
    """

    id: str
    a: str
    b: str
    points: tuple[Point, ...]
    corner: float
    lane: bool = False

    @cached_property
    def trail(self) -> tuple[Point, ...]:
        return tuple(_rounded(self.points, self.corner))

    @cached_property
    def upright(self) -> bool:
        """Whether it leads up or down rather than aside."""
        (x, y), (bx, by) = self.points[0], self.points[-1]
        return abs(by - y) > abs(bx - x)

    @cached_property
    def _reached(self) -> list[float]:
        reached = [0.0]
        for (x, y), (bx, by) in zip(self.trail, self.trail[1:], strict=False):
            reached.append(reached[-1] + hypot(bx - x, by - y))
        return reached

    @cached_property
    def length(self) -> float:
        return self._reached[-1]

    def at(self, part: float) -> Point:
        """The point at `part` (0..1) of the length from `a` to `b`."""
        reached, trail = self._reached, self.trail
        distance = min(max(part, 0.0), 1.0) * reached[-1]
        index = bisect_right(reached, distance, 0, len(trail) - 1)
        if index == 0:
            return trail[0]
        step = reached[index] - reached[index - 1]
        share = (distance - reached[index - 1]) / step if step else 0.0
        (x, y), (bx, by) = trail[index - 1], trail[index]
        return x + (bx - x) * share, y + (by - y) * share

    @cached_property
    def table(self) -> tuple[list[float], list[float]]:
        """The course as 1,025 evenly spaced points, in two columns: a crowd looks its places up."""
        points = [self.at(step / 1024) for step in range(1025)]
        return [x for x, _ in points], [y for _, y in points]

    def straight(self) -> Iterator[tuple[Point, Point]]:
        """Its pieces, from point to point."""
        return zip(self.points, self.points[1:], strict=False)


@dataclass(frozen=True, eq=False)
class Stage:
    """Everything's place. boxes: from the outside in, so in the order of painting. Compared by identity."""

    scene: str
    lang: str
    level: Level
    size: tuple[float, float]
    sizes: Sizes
    boxes: dict[str, Box]
    ways: dict[str, Way]
    captioned: Area | None = None
    tabled: Area | None = None  # the room kept for the table of a step
    paneled: Area | None = None  # the room kept beside a stack for what is counted
    homes: Mapping[str, str] = field(default_factory=dict)  # of what lies in a folded thing, that thing
    notes: dict[object, object] = field(default_factory=dict)  # what drawing worked out once and looks up again

    @cached_property
    def labels(self) -> tuple[Area, ...]:
        """Every text's and every leaf's area: what cards and tables should keep off."""
        leaves = [box.area for box in self.boxes.values() if not box.container]
        return (*leaves, *(area for box in self.boxes.values() if box.container for area in box.labels))

    @cached_property
    def rings(self) -> tuple[Slot, ...]:
        """The room of every ring that may run down."""
        return self._slots("ring")

    @cached_property
    def tables(self) -> tuple[Slot, ...]:
        """The room of every table that stands in a box."""
        return self._slots("table")

    def _slots(self, form: str) -> tuple[Slot, ...]:
        return tuple(slot for box in self.boxes.values() for slot in box.slots if slot.show.form == form)

    @cached_property
    def laned(self) -> bool:
        """Whether there are lanes, along which instructions go."""
        return any(way.lane for way in self.ways.values())

    def way_between(self, a: str, b: str) -> Way | None:
        """The cable between two ports, or else between their devices."""
        if ("way", a, b) not in self.notes:
            ends = {a.partition(".")[0], b.partition(".")[0]}
            ways = [way for way in self.ways.values() if {way.a.partition(".")[0], way.b.partition(".")[0]} == ends]
            same = (way for way in ways if {way.a, way.b} == {a, b})
            self.notes["way", a, b] = next(same, ways[0] if ways else None)
        return self.notes["way", a, b]  # type: ignore[return-value]

    def box_of(self, port: str) -> Box | None:
        """The box that a port (`device.port`) belongs to."""
        return self.boxes.get(self.home(port.partition(".")[0]))

    def home(self, device: str) -> str:
        """The thing in whose box a device is: itself, or the folded one that it lies in."""
        return self.homes.get(device, device)


def _rounded(points: tuple[Point, ...], corner: float) -> Iterator[Point]:
    yield points[0]
    for before, at, after in zip(points, points[1:], points[2:], strict=False):
        start, end = _towards(at, before, corner), _towards(at, after, corner)
        for step in range(5):
            part = step / 4
            yield (
                (1 - part) ** 2 * start[0] + 2 * part * (1 - part) * at[0] + part**2 * end[0],
                (1 - part) ** 2 * start[1] + 2 * part * (1 - part) * at[1] + part**2 * end[1],
            )
    yield points[-1]


def _towards(start: Point, goal: Point, distance: float) -> Point:
    length = hypot(goal[0] - start[0], goal[1] - start[1])
    part = min(distance / length, 0.5) if length else 0.0
    return start[0] + (goal[0] - start[0]) * part, start[1] + (goal[1] - start[1]) * part
