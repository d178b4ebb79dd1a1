"""How boxes stand to each other: in rows, columns, grids and stacks, by what the scene says or what its cables suggest.

Where the scene says nothing: layers are stacked as written; things that cables join stand in order of their distance
from the first one (on the open stage: columns, clients | balancer | servers) or from the way out (in a container: the
router below its machines); others side by side when they are alike, else one below the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise, product
from math import ceil, sqrt
from typing import Literal

from vizapp.picture import header as headers
from vizapp.picture.band import band
from vizapp.picture.face import Content, abridged, content, part
from vizapp.picture.kinds import kind_of
from vizapp.picture.levels import Edges, components, levels
from vizapp.picture.share import UNBOUNDED
from vizapp.picture.shown import homes
from vizapp.picture.sizes import SIDE, Sizes
from vizapp.scene.model import Link, Scene, Thing
from vizapp.scene.vocabulary import Kind
from vizapp.words import Words

Axis = Literal["row", "column"]
LAYERS = ("hardware", "hypervisor", "host", "guest", "libraries", "runtime", "application")
MANY = 12  # so many alike boxes at one distance stand in a grid, each as small as in a comparison
WIDER = 1.25  # width to height that such a grid has at least, about
OTHER: dict[Axis, Axis] = {"row": "column", "column": "row"}


@dataclass(slots=True)
class Node:
    """A box, or a group without a box of its own. w, h: the least size; fill: it takes all the room it is given."""

    thing: Thing | None = None
    axis: Axis = "row"
    children: list[Node] = field(default_factory=list)
    gaps: list[float] = field(default_factory=list)
    content: Content | None = None
    header: headers.Header | None = None
    fill: bool = False
    broad: bool = False  # across its parent's axis it takes all the room
    bar: bool = False  # a switch below or above a row: as wide as that, so that cables run straight
    sheet: bool = False  # the room that a show keeps for a table
    part: bool = False  # a small tile: no wider than it must
    panel: bool = False  # the room for what is counted beside a stack
    columns: int = 0  # of a grid of many equal boxes: how many stand in a row
    w: float = 0.0
    h: float = 0.0

    @property
    def leaf(self) -> bool:
        return self.content is not None

    @property
    def folded(self) -> bool:
        """Whether it is a band, which keeps its height."""
        return self.content is not None and self.content.style == "band"

    def least(self, axis: Axis) -> float:
        return self.w if axis == "row" else self.h

    def most(self, axis: Axis, sizes: Sizes) -> float:
        """The size beyond which it should not grow along `axis`."""
        if self.sheet:
            return 1.12 * self.w if axis == "row" else 1.4 * self.h
        if self.folded and axis == "column":
            return self.h
        if self.panel:
            return 1.08 * self.w if axis == "row" else UNBOUNDED
        if self.fill or self.columns or self.header is not None:
            return UNBOUNDED
        if self.leaf:
            return (1.3 if axis == "row" else 1.12) * self.least(axis) + 14 * sizes.scale
        each = [child.most(axis, sizes) for child in self.children]
        return sum(each) + 2.2 * sum(self.gaps) if axis == self.axis else max(each, default=0.0)


class Plan:
    """Builds the tree of one scene. root, inner: the axis along which joined things stand, where none is written.

    cables: by which the boxes are arranged, those of the scene if nothing else is said. least: width and height that
    boxes have at least, by id.
    """

    def __init__(
        self,
        scene: Scene,
        kinds: Mapping[str, Kind],
        words: Words,
        sizes: Sizes,
        root: Axis,
        inner: Axis,
        cables: Sequence[Link] | None = None,
        least: Mapping[str, tuple[float, float]] | None = None,
    ) -> None:
        self.scene, self.kinds, self.words, self.sizes = scene, kinds, words, sizes
        self.cables = scene.links if cables is None else cables
        self.least = least or {}
        self.axes: tuple[Axis, Axis] = (root, inner)
        self.within = {id_: self._ancestors(id_) for id_ in scene.things}
        self.within |= {inner: (*self.within[home], home) for inner, home in homes(scene).items()}
        self.many: list[tuple[str, ...]] = []  # the boxes of each grid of many alike ones
        self.stacks: set[str | None] = set()  # containers (None: the stage) whose boxes are stacked layers

    def tree(self) -> Node:
        self.many.clear()
        roots = [thing.id for thing in self.scene.roots()]
        return self._group(roots, None, self.scene.arrange)

    def _ancestors(self, id_: str) -> tuple[str, ...]:
        found: list[str] = []
        parent = self.scene.things[id_].parent
        while parent is not None:
            found.append(parent)
            parent = self.scene.things[parent].parent
        return tuple(reversed(found))

    # boxes

    def _node(self, id_: str, layered: bool, bar: bool = False) -> Node:
        thing = self.scene.things[id_]
        kind = kind_of(self.kinds, thing)
        if not thing.children:
            sizes = replace(self.sizes, compact=True) if bar else self.sizes
            made = self._content(thing, kind, sizes, layered)
            w, h = self._least(id_, made.w, made.h + (sizes.plugs if bar else 0.0))
            return Node(thing, content=made, fill=layered, bar=bar, broad=bar, w=w, h=h)
        head = headers.header(thing, kind, self.words, self.sizes)
        inside = self._group(list(thing.children), id_, thing.arrange)
        pad = self.sizes.pad
        node = Node(thing, children=[inside], header=head, fill=True)
        node.w, node.h = self._least(id_, max(inside.w + 2 * pad, head.w), head.h + inside.h + pad)
        return node

    def _content(self, thing: Thing, kind: Kind, sizes: Sizes, layered: bool) -> Content:
        if thing.folds is not None:
            return band(thing, kind, self.words, sizes)
        return content(thing, kind, self.words, sizes, layered)

    def _least(self, id_: str, w: float, h: float) -> tuple[float, float]:
        wide, high = self.least.get(id_, (0.0, 0.0))
        return max(w, wide), max(h, high)

    # groups

    def _group(self, ids: list[str], parent: str | None, arrange: str | None) -> Node:
        edges, exits = self._lifted(ids, parent)
        layered = self._all_layers(ids)
        nodes = {id_: self._node(id_, layered and arrange != "grid") for id_ in ids}
        if layered and arrange != "grid":
            self.stacks.add(parent)
        if arrange == "grid":
            return self._grid([nodes[id_] for id_ in ids], edges)
        if layered and arrange != "row":
            return self._stack(ids, nodes, edges, alone=arrange == "column")
        axis = self.axes[0] if parent is None else self.axes[1]
        if arrange in ("row", "column"):
            axis = "row" if arrange == "row" else "column"
            if not edges:
                return self._line(axis, [nodes[id_] for id_ in ids], fill=layered)
        if not edges:
            return self._apart(ids, nodes, parent)
        return self._joined(ids, nodes, edges, exits, axis)

    def _lifted(self, ids: Iterable[str], parent: str | None) -> tuple[Edges, list[str]]:
        """The cables seen from here: pairs of these boxes that are joined, and the boxes that one leaves."""
        inside = set(ids)
        edges: Edges = set()
        exits: list[str] = []
        for link in self.cables:
            a, b = (self._here(port, inside) for port in (link.a, link.b))
            if a and b and a != b:
                edges.add(frozenset((a, b)))
            elif (a or b) and a != b and parent is not None:
                out = a or b or ""
                if out not in exits:
                    exits.append(out)
        return edges, exits

    def _here(self, port: str, inside: set[str]) -> str | None:
        device = port.partition(".")[0]
        return next((id_ for id_ in (device, *self.within.get(device, ())) if id_ in inside), None)

    def _all_layers(self, ids: Iterable[str]) -> bool:
        return all(self._layer(id_) for id_ in ids)

    def _layer(self, id_: str) -> bool:
        """Whether a thing is a layer of a machine: of such a role, and with no address of its own."""
        thing = self.scene.things[id_]
        kind = kind_of(self.kinds, thing)
        plain = not any(port.ip or port.mac for port in thing.ports) and not kind.open_ports
        return plain and (thing.role or kind.role) in LAYERS and self._all_layers(thing.children)

    def _stack(self, ids: Sequence[str], nodes: Mapping[str, Node], edges: Edges, alone: bool) -> Node:
        """Layers one below the other. alone: each on a row of its own, else those that are alike share one."""
        rows = []
        ids, base = self._founded(ids)
        for _, run in groupby(ids, key=self._likeness):
            same = [nodes[id_] for id_ in run]
            joined = any(frozenset((a.thing.id, b.thing.id)) in edges
                         for a in same for b in same if a.thing and b.thing)  # fmt: skip
            if len(same) > 1 and not joined and not alone:
                rows.append(self._line("row", [self._abridged(node) for node in same], fill=True))
            else:
                rows += same
        if base:
            row = [nodes[id_] if self._runs(id_) else self._part(id_) for id_ in base]
            rows.append(self._line("row", row, fill=True))
        return self._line("column", rows, fill=True)

    def _abridged(self, node: Node) -> Node:
        """A layer beside others: on a side there is room for its name only."""
        if not self.sizes.near or node.content is None:
            return node
        made = abridged(node.content)
        return replace(node, content=made, w=made.w, h=max(made.h, node.h))

    def _founded(self, ids: Sequence[str]) -> tuple[list[str], list[str]]:
        """The layers of code, and below them the machine: its processor, with its devices beside it on one row."""
        hardware = [id_ for id_ in ids if self._role(id_) == "hardware" and not self.scene.things[id_].children]
        parts = [id_ for id_ in hardware if not self._runs(id_)]
        if not parts or len(parts) == len(hardware) or len(parts) == len(ids):
            return sorted(ids, key=lambda id_: id_ in hardware), []
        return [id_ for id_ in ids if id_ not in hardware], sorted(hardware, key=lambda id_: id_ in parts)

    def _part(self, id_: str) -> Node:
        """A device of the machine: a small tile beside its processor."""
        thing = self.scene.things[id_]
        made = part(thing, kind_of(self.kinds, thing), self.words, self.sizes)
        return Node(thing, content=made, fill=True, part=True, w=made.w, h=made.h)

    def _runs(self, id_: str) -> bool:
        """Whether a thing tells with which privilege it runs."""
        return any(show.doing for show in kind_of(self.kinds, self.scene.things[id_]).shows)

    def _role(self, id_: str) -> str:
        thing = self.scene.things[id_]
        return thing.role or kind_of(self.kinds, thing).role

    def coded(self, nodes: Iterable[Node]) -> bool:
        """Whether layers among these run with privileges of their own."""
        things = [node.thing for node in nodes if node.thing is not None]
        kinds = [kind_of(self.kinds, thing) for thing in things if not thing.children]
        inside = any(self.coded(node.children) for node in nodes)
        return inside or any(show.doing for kind in kinds for show in kind.shows)

    def _likeness(self, id_: str) -> tuple[str, str | None, bool]:
        thing = self.scene.things[id_]
        return kind_of(self.kinds, thing).shares or thing.kind, thing.role, bool(thing.children)

    def _apart(self, ids: Sequence[str], nodes: Mapping[str, Node], parent: str | None) -> Node:
        runs = [[nodes[id_] for id_ in run] for _, run in groupby(ids, key=self._likeness)]
        if len(runs) == 1 or all(nodes[id_].header is not None for id_ in ids):
            several = [nodes[id_] for id_ in ids]
            return self._grid(several, set()) if len(several) > 4 else self._line("row", several)
        rows = [run[0] if len(run) == 1 else self._line("row", run) for run in runs]
        for row in rows:
            row.broad = parent is not None
        return self._line("column", rows)

    def _joined(self, ids: list[str], nodes: Mapping[str, Node], edges: Edges, exits: list[str], axis: Axis) -> Node:
        """Boxes that cables join: those at one distance side by side, one distance after the other along `axis`."""
        parts = []
        ranked = [levels(some, edges, exits, self._likeness) for some in components(ids, edges)]
        if axis == "column":
            nodes = {**nodes, **{id_: self._node(id_, False, bar=True) for id_ in self._bars(ranked, edges)}}
        for ranks in ranked:
            groups = [self._rank(rank, nodes, axis) for rank in ranks]
            between = [any(frozenset((a, b)) in edges for a in left for b in right)
                       for left, right in pairwise(ranks)]  # fmt: skip
            parts.append(self._line(axis, groups, between))
        return parts[0] if len(parts) == 1 else self._line(OTHER[axis], parts)

    def _rank(self, ids: Sequence[str], nodes: Mapping[str, Node], axis: Axis) -> Node:
        """Boxes at one distance: side by side, or many that are alike in a grid of small ones."""
        if len(ids) <= MANY or len({self._likeness(id_) for id_ in ids}) > 1 or nodes[ids[0]].content is None:
            return self._line(OTHER[axis], [nodes[id_] for id_ in ids])
        self.many.append(tuple(ids))
        sizes = replace(SIDE.times(self.sizes.scale), captions=False, badges=False, ring=0.0, texts=self.sizes.texts)
        small = [self._small(id_, sizes) for id_ in ids]
        w, h = max(node.w for node in small), max(node.h for node in small)
        gap = self.sizes.gap
        columns = _columns(len(ids), (w + gap) / (h + gap))
        rows = ceil(len(ids) / columns)
        return Node(children=small, gaps=[gap] * (len(ids) - 1), columns=columns, w=columns * (w + gap) - gap,
                    h=rows * (h + gap))  # fmt: skip

    def _small(self, id_: str, sizes: Sizes) -> Node:
        thing = self.scene.things[id_]
        made = content(thing, kind_of(self.kinds, thing), self.words, sizes, False)
        return Node(thing, content=made, w=made.w, h=made.h)

    def _bars(self, parts: Iterable[Sequence[Sequence[str]]], edges: Edges) -> list[str]:
        """The switches that stand alone in their rank beside what they join, where one of them joins several boxes."""
        found: dict[str, int] = {}
        for ranks in parts:
            for rank, beside in (*pairwise(ranks), *pairwise(reversed(ranks))):
                if len(rank) == 1 and kind_of(self.kinds, self.scene.things[rank[0]]).open_ports:
                    joined = sum(frozenset((rank[0], id_)) in edges for id_ in beside)
                    found[rank[0]] = max(joined, found.get(rank[0], 0))
        return list(found) if max(found.values(), default=0) > 1 else []

    def _grid(self, nodes: list[Node], edges: Edges) -> Node:
        """Rows and columns, about as many of each; cables between neighbours get their room."""
        columns = ceil(sqrt(len(nodes)))
        rows = [nodes[i : i + columns] for i in range(0, len(nodes), columns)]
        for column in [[row[i] for row in rows if i < len(row)] for i in range(columns)] if edges else [nodes]:
            _even(column, "row")
        _even(nodes, "column")
        pairs = zip(*(pairwise(row) for row in rows if len(row) == columns), strict=True)
        beside = [any(_cabled(a, b, edges) for a, b in column) for column in pairs]
        below = [any(_cabled(a, b, edges) for a, b in product(*pair)) for pair in pairwise(rows)]
        return self._line("column", [self._line("row", row, beside) for row in rows], below)

    def _banded(self, nodes: list[Node]) -> list[Node]:
        """Bands beside each other stand one below the other, where something else is to have the room."""
        if all(node.folded for node in nodes):
            return nodes
        runs = [(folded, list(run)) for folded, run in groupby(nodes, key=lambda node: node.folded)]
        return [node for folded, run in runs for node in ([self._line("column", run)] if folded else run)]

    def _line(
        self,
        axis: Axis,
        nodes: list[Node],
        joined: Sequence[bool] = (),
        fill: bool = False,
    ) -> Node:
        """Boxes one after the other along `axis`. joined: whether cables run between neighbours."""
        nodes = self._banded(nodes) if axis == "row" and not any(joined) else nodes
        if len(nodes) == 1 and not fill:
            return nodes[0]
        sizes = self.sizes
        _even(nodes, OTHER[axis])
        if axis == "row" and not any(node.part for node in nodes) and _alike([node.w for node in nodes if node.leaf]):
            _even(nodes, axis)
        near = sizes.gap if not fill else sizes.boundary if axis == "column" and self.coded(nodes) else sizes.layer
        far = sizes.link_x if axis == "row" else sizes.link_y
        cabled = [*joined, *[False] * len(nodes)]
        alone = len(nodes) == 2  # a bar and what it joins
        barred = [sizes.roomy if (a.bar or b.bar) and (alone or None in (a.thing, b.thing)) else 1.0
                  for a, b in pairwise(nodes)]  # fmt: skip
        gaps = [far * barred[index] if cabled[index] and not fill else near for index in range(len(nodes) - 1)]
        node = Node(axis=axis, children=nodes, gaps=gaps, fill=fill)
        along = sum(child.least(axis) for child in nodes) + sum(gaps)
        across = max(child.least(OTHER[axis]) for child in nodes)
        node.w, node.h = (along, across) if axis == "row" else (across, along)
        return node


def _columns(count: int, aspect: float) -> int:
    """How many of so many boxes stand in a row: a grid somewhat wider than high, its last row as full as can be.
    aspect: width to height of one."""
    usual = max(1, round(sqrt(WIDER * count / aspect)))
    return min(range(usual, 2 * usual), key=lambda columns: (-count % columns, columns))


Path = tuple[tuple[Axis, int], ...]


def paths(node: Node, path: Path = ()) -> dict[str, Path]:
    """Where each box stands: from the outermost group in, along which axis, and as which one."""
    found: dict[str, Path] = {}
    if node.thing is not None:
        found[node.thing.id] = path
    for index, child in enumerate(node.children):
        found |= paths(child, (*path, (node.axis, index)))
    return found


def _cabled(a: Node, b: Node, edges: Edges) -> bool:
    """Whether a cable joins two boxes."""
    return a.thing is not None and b.thing is not None and frozenset((a.thing.id, b.thing.id)) in edges


def _alike(lengths: Sequence[float]) -> bool:
    """Whether boxes are so nearly equal that they should be equal."""
    return bool(lengths) and max(lengths) <= 1.6 * min(lengths)


def _even(nodes: Iterable[Node], axis: Axis) -> None:
    """Leaves of one line are equally large along `axis`."""
    leaves = [node for node in nodes if node.leaf]
    most = max((leaf.least(axis) for leaf in leaves), default=0.0)
    for leaf in leaves:
        if axis == "row":
            leaf.w = most
        else:
            leaf.h = most
