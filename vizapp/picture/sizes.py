"""How large things are at each level of detail; one unit is one pixel of the picture."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Literal

Level = Literal["explore", "show", "thumbnail", "side"]


@dataclass(frozen=True, slots=True)
class Sizes:
    """Text sizes (pixels to the em) and distances of one level. texts: whether anything but boxes is drawn."""

    name: float
    detail: float
    head: float
    badge: float
    counter: float
    pill: float
    card: float
    caption: float
    icon: float
    head_icon: float
    pad: float  # inside a container
    inner_x: float  # inside a leaf
    inner_y: float
    line: float  # between the rows of a leaf
    gap: float  # between boxes that no cable joins
    link_x: float  # between columns that cables join
    link_y: float  # between rows that cables join
    layer: float  # between stacked layers
    boundary: float  # between stacked layers that run with privileges of their own: the name of a boundary fits
    lane: float  # room of the lane along which an instruction goes from layer to layer
    clear: float  # what a cable keeps away from boxes
    badge_h: float
    cell_w: float
    cell_h: float
    cell_gap: float
    ring: float  # radius; 0: there is none
    margin: float
    corner: float
    stroke: float
    scale: float = 1.0
    texts: bool = True
    captions: bool = True
    values: bool = True
    compact: bool = False  # icons stand left of the names
    badges: bool = True
    tables: bool = True  # whether tables stand in boxes
    longest: int = 15  # a name is wrapped beyond so many times its size
    near: bool = False  # everything close together, where several stages stand beside each other

    @property
    def band(self) -> float:
        """The height of a container's first row."""
        return (1.75 if self.near else 2.35) * self.head

    @property
    def plugs(self) -> float:
        """How much taller a bar is, for the names of its ports."""
        return 0.0 if self.near else 1.6 * self.detail

    @property
    def roomy(self) -> float:
        """How much longer than others the cables of a bar are: its packets pass straight up and down."""
        return 1.3 if self.near else 1.9

    def times(self, factor: float) -> Sizes:
        """All lengths times `factor`."""
        lengths = {f.name: getattr(self, f.name) * factor for f in fields(self) if f.type == "float"}
        return replace(self, **lengths)

    def tight(self) -> Sizes:
        """The same texts, closer together."""
        return replace(
            self, compact=True, pad=0.7 * self.pad, inner_x=0.7 * self.inner_x, inner_y=0.65 * self.inner_y,
            gap=max(0.75 * self.gap, 2.2 * self.clear), link_x=0.72 * self.link_x, link_y=0.72 * self.link_y,
            margin=0.6 * self.margin, line=0.7 * self.line, boundary=0.8 * self.boundary,
        )  # fmt: skip

    def close(self) -> Sizes:
        """Closer still: short cables, narrow names and cells, hardly a margin."""
        return replace(
            self, inner_x=0.6 * self.inner_x, link_x=max(0.66 * self.link_x, 3.6 * self.clear), pad=0.8 * self.pad,
            cell_w=0.6 * self.cell_w, cell_gap=0.6 * self.cell_gap, margin=0.7 * self.margin, longest=7,
        )  # fmt: skip


EXPLORE = Sizes(
    name=17, detail=14, head=17, badge=14, counter=22, pill=14, card=14, caption=18, icon=28, head_icon=20, pad=22,
    inner_x=20, inner_y=16, line=5, gap=24, link_x=76, link_y=54, layer=12, boundary=26, lane=46, clear=10, badge_h=26,
    cell_w=22, cell_h=16, cell_gap=6, ring=30, margin=28, corner=9, stroke=1.6,
)  # fmt: skip

SHOW = Sizes(
    name=30, detail=24, head=29, badge=24, counter=38, pill=25, card=32, caption=36, icon=46, head_icon=32, pad=34,
    inner_x=30, inner_y=22, line=8, gap=34, link_x=120, link_y=84, layer=18, boundary=38, lane=74, clear=14, badge_h=42,
    cell_w=34, cell_h=26, cell_gap=9, ring=48, margin=44, corner=14, stroke=2.4,
)  # fmt: skip

THUMBNAIL = Sizes(
    name=0, detail=0, head=0, badge=0, counter=0, pill=0, card=0, caption=0, icon=26, head_icon=0, pad=13,
    inner_x=20, inner_y=12, line=0, gap=12, link_x=34, link_y=26, layer=10, boundary=14, lane=0, clear=6, badge_h=0,
    cell_w=0, cell_h=0, cell_gap=0, ring=0, margin=16, corner=6, stroke=1.6, texts=False, captions=False, values=False,
)  # fmt: skip

SIDE = Sizes(
    name=15, detail=14, head=15, badge=14, counter=20, pill=14, card=14, caption=14, icon=20, head_icon=17, pad=10,
    inner_x=10, inner_y=7, line=2, gap=14, link_x=30, link_y=20, layer=8, boundary=22, lane=32, clear=6, badge_h=23,
    cell_w=6, cell_h=9, cell_gap=2, ring=20, margin=16, corner=8, stroke=1.5, compact=True, near=True,
)  # fmt: skip


def sizes(level: Level, size: tuple[float, float], unit: float = 1.0) -> Sizes:
    """The sizes to begin with. A show is seen from afar: its sizes go with the height of the screen, 1080 being 1.
    unit: of a side of a comparison, how much larger its texts are than when one explores; of a show, than its height
    asks for."""
    if level == "side":
        return SIDE.times(unit)
    if level == "show":
        return SHOW.times(unit * min(size[0] / 1400, size[1] / 1080))
    if level == "thumbnail":
        return THUMBNAIL.times(min(size[0] / 440, size[1] / 300))
    return EXPLORE
