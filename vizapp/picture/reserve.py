"""Where a show keeps room for its one table: beside a stack of layers, under the shorter columns of a stage, or below.

The table takes part in the layout as a box of its own would, so the room is there in every step and nothing moves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vizapp.picture.arrange import Node
from vizapp.picture.sizes import Sizes

Way = str
WAYS: dict[Way, float] = {"corner": 1.0, "side": 0.94, "below": 0.96, "none": 0.89, "slim": 0.93, "side alone": 0.9,
                          "slim alone": 0.92, "table": 0.9}  # fmt: skip
"""How much each way to keep room is liked, where the scene stays equally large; none: a table covers what is dimmed."""


def reserved(tree: Node, w: float, h: float, sizes: Sizes) -> Iterator[tuple[Way, Node]]:
    """The stage with a place of that size for a table, in each of the ways that suit it."""
    gap = max(sizes.gap, 0.6 * sizes.link_x)
    if tree.fill and tree.header is None:
        yield "side", joined("row", [tree, _sheet(w, h)], [gap])
        return
    cornered = _cornered(tree, w, h, sizes.gap)
    if cornered is not None:
        yield "corner", cornered
    yield "none", tree
    yield "side", joined("row", [tree, _sheet(w, h)], [gap])
    yield "below", joined("column", [tree, _sheet(w, h)], [sizes.gap])


def beside(
    tree: Node, panels: Sequence[tuple[float, float]], table: tuple[float, float] | None, sizes: Sizes
) -> Iterator[tuple[Way, Node]]:
    """A stack with a panel at its right, and below that the room for a table. panels: the sizes that it may have."""
    gap = 1.5 * sizes.gap
    for way, panel in zip(("side", "slim"), panels, strict=True):
        if table is not None:
            column = joined("column", [Node(panel=True, w=panel[0], h=panel[1]), _sheet(*table)], [sizes.gap])
            yield way, joined("row", [tree, column], [gap])
        yield f"{way} alone", joined("row", [tree, Node(panel=True, w=panel[0], h=panel[1])], [gap])
    if table is not None:
        yield "table", joined("row", [tree, _sheet(*table)], [gap])
    yield "none", tree


def _sheet(w: float, h: float) -> Node:
    return Node(sheet=True, w=w, h=h)


def _cornered(tree: Node, w: float, h: float, gap: float) -> Node | None:
    """Columns that are shorter than the tallest one leave room below them."""
    if tree.thing is not None or tree.axis != "row" or len(tree.children) < 2:
        return None
    tallest = max(range(len(tree.children)), key=lambda index: tree.children[index].h)
    if tallest < len(tree.children) - 1:
        cut = tallest + 1
        short = joined("row", tree.children[cut:], tree.gaps[cut:])
        column = joined("column", [short, _sheet(w, h)], [gap])
        return joined("row", [*tree.children[:cut], column], tree.gaps[:cut])
    short = joined("row", tree.children[:tallest], tree.gaps[: tallest - 1])
    column = joined("column", [short, _sheet(w, h)], [gap])
    return joined("row", [column, tree.children[tallest]], tree.gaps[tallest - 1 :])


def joined(axis: str, nodes: list[Node], gaps: list[float]) -> Node:
    """Groups one after the other along `axis`."""
    if len(nodes) == 1:
        return nodes[0]
    across = axis == "row"
    along = sum(node.w if across else node.h for node in nodes) + sum(gaps)
    most = max(node.h if across else node.w for node in nodes)
    w, h = (along, most) if across else (most, along)
    return Node(axis="row" if across else "column", children=nodes, gaps=list(gaps), w=w, h=h)
