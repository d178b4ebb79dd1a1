"""The courses a cable may take: straight, one corner, two corners; and what each would cross."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from vizapp.picture.stage import Area, Box, Point, Side

OUT: dict[Side, tuple[int, int]] = {"left": (-1, 0), "right": (1, 0), "top": (0, -1), "bottom": (0, 1)}
SIDES: tuple[Side, ...] = ("right", "left", "bottom", "top")
BEND = 40.0  # a corner costs as much as so many units of way
CROSSING = 90.0
HUGGING = 3.0  # running along the side of a container costs so many times its length
BERTH = 2.5  # and to run along it is to be closer than so many times what cables keep apart
INSIDE = 0.6  # each unit of way in a container that the cable leaves: it bends outside, where there is room
TOUCH = 0.2  # a cable may touch an edge
Course = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class End:
    """Where a cable leaves its box. key: cables with the same key share their first piece."""

    x: float
    y: float
    side: Side
    key: object = None

    def out(self, by: float) -> Point:
        dx, dy = OUT[self.side]
        return self.x + dx * by, self.y + dy * by


def end(area: Area, side: Side, at: float | None = None, key: object = None) -> End:
    """The end on a side of a box; at: the coordinate along that side, else its middle."""
    x, y = area.middle
    if side in ("left", "right"):
        return End(area.x if side == "left" else area.right, y if at is None else at, side, key)
    return End(x if at is None else at, area.y if side == "top" else area.bottom, side, key)


@dataclass(slots=True)
class Ground:
    """What lies in the way of one cable: areas not to be entered, and the pieces of cables laid before."""

    blocked: list[Area]
    laid: list[tuple[Point, Point, object, object]]
    canvas: Area
    crossed: tuple[Area, ...] = ()  # containers that it may cross, but should not run along
    left: tuple[Area, ...] = ()  # those of them that only one of its ends lies in

    def free(self, a: Point, b: Point) -> bool:
        """Whether the straight piece from a to b enters nothing."""
        left, right = (a[0], b[0]) if a[0] <= b[0] else (b[0], a[0])
        top, bottom = (a[1], b[1]) if a[1] <= b[1] else (b[1], a[1])
        return not any(
            left < area.x + area.w - TOUCH
            and area.x + TOUCH < right
            and top < area.y + area.h - TOUCH
            and area.y + TOUCH < bottom
            for area in self.blocked
        )

    def passable(self, course: Course) -> bool:
        """Whether a whole course stays on the canvas and enters nothing."""
        return all(self.canvas.holds(*point) for point in course) and all(self.free(a, b) for a, b in pairwise(course))

    def toll(self, course: Course, a: End, b: End, apart: float) -> float | None:
        """What crossing other cables costs; None where it would run along another one."""
        total = sum(HUGGING * _along(p, q, area, BERTH * apart) for p, q in pairwise(course) for area in self.crossed)
        total += sum(INSIDE * _inside(p, q, area) for p, q in pairwise(course) for area in self.left)
        for p, q in pairwise(course):
            for r, s, first, last in self.laid:
                if (a.key is not None and a.key in (first, last)) or (b.key is not None and b.key in (first, last)):
                    continue
                met = _met(p, q, r, s, apart)
                if met is None:
                    return None
                total += CROSSING * met
        return total


def _along(p: Point, q: Point, area: Area, apart: float) -> float:
    """How long a piece runs along a side of an area, closer than `apart`."""
    if p[1] == q[1]:
        near = min(abs(p[1] - area.y), abs(p[1] - area.bottom)) < apart
        return max(0.0, min(max(p[0], q[0]), area.right) - max(min(p[0], q[0]), area.x)) if near else 0.0
    near = min(abs(p[0] - area.x), abs(p[0] - area.right)) < apart
    return max(0.0, min(max(p[1], q[1]), area.bottom) - max(min(p[1], q[1]), area.y)) if near else 0.0


def _inside(p: Point, q: Point, area: Area) -> float:
    """How long a piece runs in an area."""
    across = min(max(p[0], q[0]), area.right) - max(min(p[0], q[0]), area.x)
    down = min(max(p[1], q[1]), area.bottom) - max(min(p[1], q[1]), area.y)
    return max(across, down) if across >= 0 and down >= 0 else 0.0


def _met(p: Point, q: Point, r: Point, s: Point, apart: float) -> int | None:
    """1 when two pieces cross, 0 when they do not, None when one runs along the other."""
    flat, other = p[1] == q[1], r[1] == s[1]
    if flat == other:
        axis = 0 if flat else 1
        if abs(p[1 - axis] - r[1 - axis]) >= apart:
            return 0
        low, high = max(min(p[axis], q[axis]), min(r[axis], s[axis])), min(max(p[axis], q[axis]), max(r[axis], s[axis]))
        return None if high - low > 1.0 else 0
    (a, b), (c, d) = ((p, q), (r, s)) if flat else ((r, s), (p, q))
    across = min(a[0], b[0]) < c[0] < max(a[0], b[0])
    return 1 if across and min(c[1], d[1]) < a[1] < max(c[1], d[1]) else 0


def cost(course: Course) -> float:
    """The length of a course and its corners."""
    length = sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in pairwise(course))
    return length + BEND * (len(course) - 2)


def simple(a: End, b: End, clear: float) -> Iterator[Course]:
    """The courses with at most two corners, the plainest first."""
    (p, q) = (a.x, a.y), (b.x, b.y)
    across_a, across_b = a.side in ("left", "right"), b.side in ("left", "right")
    if across_a and across_b:
        yield from _between(a, b, clear, 0)
    elif not across_a and not across_b:
        yield from _between(a, b, clear, 1)
    else:
        corner = (q[0], p[1]) if across_a else (p[0], q[1])
        if _leads(p, corner, a.side, clear) and _leads(q, corner, b.side, clear):
            yield p, corner, q


def _between(a: End, b: End, clear: float, axis: int) -> Iterator[Course]:
    """Both ends leave along `axis`: straight, or by a piece across somewhere between."""
    p, q = (a.x, a.y), (b.x, b.y)
    da, db = OUT[a.side][axis], OUT[b.side][axis]
    if da == -db:
        if (q[axis] - p[axis]) * da <= 2 * clear:
            return
        if abs(p[1 - axis] - q[1 - axis]) < 0.01:
            yield p, q
            return
        middle = (p[axis] + q[axis]) / 2
        reach = abs(q[axis] - p[axis]) / 2 - clear
        shifts = [0.0] + [sign * clear * n for n in range(1, 12) for sign in (-1, 1)]
        places = [middle + shift for shift in shifts if abs(shift) <= reach]
    else:
        beyond = max(p[axis] * da, q[axis] * da) * da
        places = [beyond + da * clear * n for n in (2.0, 3.0, 4.0)]
    for place in places:
        one = (place, p[1]) if axis == 0 else (p[0], place)
        two = (place, q[1]) if axis == 0 else (q[0], place)
        yield p, one, two, q


def _leads(start: Point, goal: Point, side: Side, clear: float) -> bool:
    dx, dy = OUT[side]
    return (goal[0] - start[0]) * dx + (goal[1] - start[1]) * dy > 1.5 * clear


def chosen(a: End, b: End, ground: Ground, clear: float) -> tuple[float, Course] | None:
    """The best of the simple courses, with its price."""
    best: tuple[float, Course] | None = None
    for rank, course in enumerate(simple(a, b, clear)):
        price = cost(course) + 2.0 * rank
        if (best is None or price < best[0]) and ground.passable(course):
            toll = ground.toll(course, a, b, 0.7 * clear)
            if toll is not None and (best is None or price + toll < best[0]):
                best = price + toll, course
    return best


def ground(a: Box, b: Box, boxes: Sequence[Box], clear: float) -> list[Area]:
    """The areas that a cable between `a` and `b` keeps out of: boxes that the two do not lie in, and names."""
    around = {*a.within, *b.within}
    found: list[Area] = []
    taken: set[str] = set()
    for box in boxes:
        if not taken.isdisjoint(box.within):
            continue
        if box.id in around:
            found += [label.grown(0.3 * clear) for label in box.labels]
        else:
            taken.add(box.id)
            found.append(box.area if box.id in (a.id, b.id) else box.area.grown(0.6 * clear))
    return found
