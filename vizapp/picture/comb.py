"""The cables of many alike boxes in a grid: a trunk along the grid, a branch along each row, a short drop to each box.

Cables of one end share trunk and branches, so that fifty of them read as one line that forks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from vizapp.picture.sizes import Sizes
from vizapp.picture.stage import Area, Box, Point, Way
from vizapp.scene.model import Link


def combs(
    links: Sequence[Link], many: Sequence[Sequence[str]], boxes: Mapping[str, Box], sizes: Sizes
) -> dict[str, Way]:
    """The courses of all cables that join a box of a grid to one outside it, by link. many: the boxes of each grid."""
    grid_of = {id_: group for group in many for id_ in group}
    found: dict[str, Way] = {}
    for link in links:
        a, b = link.a.partition(".")[0], link.b.partition(".")[0]
        if (a in grid_of) == (b in grid_of):
            continue
        tooth, other = (a, b) if a in grid_of else (b, a)
        points = _points(boxes[other].area, boxes[tooth].area, [boxes[id_].area for id_ in grid_of[tooth]], sizes)
        found[link.id] = Way(link.id, link.a, link.b, points[::-1] if tooth == a else points, sizes.corner)
    return found


def _points(start: Area, end: Area, cells: Sequence[Area], sizes: Sizes) -> tuple[Point, ...]:
    """From `start` to one of the cells: beside the grid, along its rows; above or below it, along its columns."""
    left, right = min(cell.x for cell in cells), max(cell.right for cell in cells)
    if start.right <= left or start.x >= right:
        edge, grid = (start.right, left) if start.right <= left else (start.x, right)
        trunk = (edge + grid) / 2
        row = end.y - _between(sorted({cell.y for cell in cells}), end.h, sizes) / 2
        return ((edge, start.middle[1]), (trunk, start.middle[1]), (trunk, row), (end.middle[0], row),
                (end.middle[0], end.y))  # fmt: skip
    top, bottom = min(cell.y for cell in cells), max(cell.bottom for cell in cells)
    edge, grid = (start.bottom, top) if start.bottom <= top else (start.y, bottom)
    trunk = (edge + grid) / 2
    column = end.x - _between(sorted({cell.x for cell in cells}), end.w, sizes) / 2
    return ((start.middle[0], edge), (start.middle[0], trunk), (column, trunk), (column, end.middle[1]),
            (end.x, end.middle[1]))  # fmt: skip


def _between(starts: Sequence[float], size: float, sizes: Sizes) -> float:
    """The room between two rows, or columns, of a grid."""
    return starts[1] - starts[0] - size if len(starts) > 1 else sizes.gap
