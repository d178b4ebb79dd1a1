"""The way through when no simple course is free: A* along the lines that run beside boxes."""

from __future__ import annotations

from collections.abc import Iterable
from heapq import heappop, heappush

from vizapp.picture.course import BEND, OUT, Course, End, Ground
from vizapp.picture.stage import Area, Point

ALONG = 3.0  # running along another cable costs so many times its length


def way(a: End, b: End, ground: Ground, areas: Iterable[Area], canvas: Area, clear: float) -> Course | None:
    """The cheapest free course from `a` to `b`; None when there is none."""
    start, goal = a.out(clear), b.out(clear)
    xs, ys = _lines(start, goal, areas, canvas, clear)
    column, row = {x: i for i, x in enumerate(xs)}, {y: i for i, y in enumerate(ys)}
    begin = (column[start[0]], row[start[1]], OUT[a.side])
    last = (column[goal[0]], row[goal[1]])
    back = (-OUT[b.side][0], -OUT[b.side][1])
    costs = {begin: 0.0}
    came: dict[tuple[int, int, tuple[int, int]], tuple[int, int, tuple[int, int]]] = {}
    todo = [(0.0, begin)]
    closed = set()
    while todo:
        _, state = heappop(todo)
        if state in closed:
            continue
        closed.add(state)
        i, j, heading = state
        if (i, j) == last:
            return _course(a, b, state, came, xs, ys)
        for step in OUT.values():
            if step == (-heading[0], -heading[1]):
                continue
            ni, nj = i + step[0], j + step[1]
            if not (0 <= ni < len(xs) and 0 <= nj < len(ys)):
                continue
            here, there = (xs[i], ys[j]), (xs[ni], ys[nj])
            if not ground.free(here, there):
                continue
            price = costs[state] + _price(here, there, ground, a, b, clear) + (BEND if step != heading else 0.0)
            if (ni, nj) == last and step != back:
                price += BEND
            fresh = (ni, nj, step)
            if price < costs.get(fresh, float("inf")):
                costs[fresh] = price
                came[fresh] = state
                left = abs(there[0] - goal[0]) + abs(there[1] - goal[1])
                heappush(todo, (price + left, fresh))
    return None


def _price(here: Point, there: Point, ground: Ground, a: End, b: End, clear: float) -> float:
    length = abs(here[0] - there[0]) + abs(here[1] - there[1])
    toll = ground.toll((here, there), a, b, 0.7 * clear)
    return length * ALONG if toll is None else length + toll


def _lines(
    start: Point, goal: Point, areas: Iterable[Area], canvas: Area, clear: float
) -> tuple[list[float], list[float]]:
    xs, ys = {start[0], goal[0], (start[0] + goal[0]) / 2}, {start[1], goal[1], (start[1] + goal[1]) / 2}
    for area in areas:
        for side in (-1, 1):
            xs |= {area.x + side * clear, area.right + side * clear}
            ys |= {area.y + side * clear, area.bottom + side * clear}
    return (
        sorted(x for x in xs if canvas.x < x < canvas.right or x in (start[0], goal[0])),
        sorted(y for y in ys if canvas.y < y < canvas.bottom or y in (start[1], goal[1])),
    )


def _course(
    a: End,
    b: End,
    state: tuple[int, int, tuple[int, int]],
    came: dict[tuple[int, int, tuple[int, int]], tuple[int, int, tuple[int, int]]],
    xs: list[float],
    ys: list[float],
) -> Course:
    points: list[Point] = [(b.x, b.y)]
    at: tuple[int, int, tuple[int, int]] | None = state
    while at is not None:
        points.append((xs[at[0]], ys[at[1]]))
        at = came.get(at)
    points.append((a.x, a.y))
    return _plain(points[::-1])


def _plain(points: list[Point]) -> Course:
    """Without the points that lie on a straight piece."""
    kept: list[Point] = []
    for point in points:
        if kept and point == kept[-1]:
            continue
        while len(kept) > 1 and (kept[-2][0] == kept[-1][0] == point[0] or kept[-2][1] == kept[-1][1] == point[1]):
            kept.pop()
        kept.append(point)
    return tuple(kept)
