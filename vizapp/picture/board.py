"""A board: the places of two to five sides beside each other, each with its stage and the room for what is told of it.

Pure: the same texts, size and level give the same board, so nothing moves while a comparison is played.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from vizapp.picture.ledger import Room
from vizapp.picture.measure import Face, wrap
from vizapp.picture.sizes import Level
from vizapp.picture.stage import Area

LABEL = Face(weight=600)
WIDE, TALL = 1500.0, 1080.0  # of a canvas on which texts have the sizes written here
WINDOW = 1750.0, 880.0  # the same, of the stage of a window that fills the screen
LEAST = 0.74  # of them, on a small screen
SHOWN = 1.72  # of them, in a show: what is smallest, 14 when one explores, is 24 then
HALF = 0.44  # of a card's height that its stage has at least: rows are left out before
MOST_LABEL = 2  # lines
EFFECT, PARCEL, COUNT, VALUE = 38.0, 44.0, 36.0, 26.0  # heights of the rows
VERDICT, POINT, SOURCE, HEAD = 26.0, 25.0, 22.0, 24.0
GAP = 8.0  # between sorts of rows
BIG, ROW, FEW = 52.0, 18.0, 26.0  # in a show: what came of the step, in large letters; a row of all; a count
CHIP = 24.0  # how much higher the room of the packet is where its name stands above the rest
TWO = 19.0  # how much higher a row is where what is said stands below its label
NARROW = 370.0  # the width up to which it does
PAIRED = 290.0  # the width from which what is counted stands in two columns
PAD = 14.0
MARGIN, BETWEEN = 24.0, 18.0
HEADING = 46.0


@dataclass(frozen=True, slots=True)
class Panel:
    """One side: its card, its stage, and the room below it."""

    card: Area
    stage: Area
    told: Area


@dataclass(frozen=True, slots=True)
class Board:
    """unit: of all sizes of text. label: size of the sides' names, in `lines` lines. room: the rows that are kept.
    stacked: in a row, what is said stands below its label. columns: of what is counted. heading: for the sentence of
    the step; captioned: for the caption of a show."""

    size: tuple[float, float]
    level: Level
    unit: float
    panels: tuple[Panel, ...]
    room: Room
    lines: int
    stacked: bool
    columns: int
    heading: Area | None
    captioned: Area | None

    @property
    def label(self) -> float:
        return (17.0 if len(self.panels) > 3 else 19.0) * self.unit


class Shape(NamedTuple):
    """What the height of the rows depends on, beside their number."""

    level: Level
    stacked: bool
    columns: int


def board(labels: list[str], captions: list[str], room: Room, size: tuple[float, float], level: Level) -> Board:
    """The places of as many sides as there are labels."""
    w, h = size
    if level == "thumbnail":
        return _bare(len(labels), w, h)
    if level == "explore":
        unit = max(min(h / WINDOW[1], w / WINDOW[0]), LEAST)
    else:
        unit = max(min(h / TALL, w / WIDE), 0.3) * (SHOWN if level == "show" else 1.0)
    scale = unit / SHOWN if level == "show" else unit
    margin, between = MARGIN * scale, BETWEEN * scale
    heading = Area(margin, 0.0, w - 2 * margin, HEADING * unit) if level != "show" else None
    bar = 3.5 * 36 * scale
    captioned = Area(margin, h - bar - 0.5 * margin, w - 2 * margin, bar) if level == "show" else None
    top = heading.bottom if heading else 0.8 * margin
    bottom = captioned.y - 0.6 * margin if captioned else h - 0.8 * margin
    wide = (w - 2 * margin - (len(labels) - 1) * between) / len(labels)
    lines = max(len(_wrapped(label, unit, wide, len(labels))) for label in labels)
    above = (PAD + lines * (21 if len(labels) > 3 else 24) + (22 if any(captions) and level != "show" else 4)) * unit
    stacked = level == "explore" and wide - 2 * PAD * unit < NARROW * unit
    most = ((1 - HALF) * (bottom - top) - above) / unit
    columns = 2 if wide - 2 * PAD * unit >= PAIRED * unit else 1
    shape = Shape(level, stacked, columns)
    kept = _kept(_shown(room) if level == "show" else room, most, shape)
    below = height(kept, shape) * unit
    cards = [Area(margin + n * (wide + between), top, wide, bottom - top) for n in range(len(labels))]
    panels = tuple(_panel(card, above, below, unit) for card in cards)
    return Board(size, level, unit, panels, kept, lines, stacked, columns, heading, captioned)


def _wrapped(label: str, unit: float, wide: float, count: int) -> list[str]:
    size = (17.0 if count > 3 else 19.0) * unit
    return wrap(label, LABEL, size, wide - 2 * PAD * unit)[:MOST_LABEL]


def _panel(card: Area, above: float, below: float, unit: float) -> Panel:
    pad = PAD * unit
    stage = Area(card.x + 0.4 * pad, card.y + above, card.w - 0.8 * pad, card.h - above - below)
    return Panel(card, stage, Area(card.x + pad, stage.bottom, card.w - 2 * pad, below))


def _bare(count: int, w: float, h: float) -> Board:
    """Stages in cards, and nothing else."""
    margin, between = 0.02 * w, 0.02 * w
    wide = (w - 2 * margin - (count - 1) * between) / count
    high = min(h - 2 * margin, 1.5 * wide)
    cards = [Area(margin + n * (wide + between), (h - high) / 2, wide, high) for n in range(count)]
    panels = tuple(Panel(card, card.grown(-0.02 * wide), Area(card.x, card.bottom, wide, 0.0)) for card in cards)
    return Board((w, h), "thumbnail", 1.0, panels, Room(), 0, False, 2, None, None)


def _shown(room: Room) -> Room:
    """What a show tells: what is counted, and what came of the step in large letters; at the end all rows."""
    return Room(effects=room.effects, counts=room.counts, verdicts=room.verdicts)


def _kept(room: Room, most: float, shape: Shape) -> Room:
    """The rows for which there is room: the stage comes first, then what came of the last things asked."""
    while room.verdicts > 1 and height(room, shape) > most:
        room = replace(room, verdicts=room.verdicts - 1)
    return room if height(room, shape) <= most else replace(room, points=0, sources=False)


def height(room: Room, shape: Shape) -> float:
    """Of what is told under a side, in sizes where a unit is 1."""
    counts = -(-room.counts // shape.columns) * (FEW if shape.level == "show" else COUNT)
    if shape.level == "show":
        return room.effects * EFFECT + counts + (max(BIG, room.verdicts * ROW) if room.verdicts else 0.0) + GAP
    more, chip = (TWO, CHIP) if shape.stacked else (0.0, 0.0)
    parts = [
        room.effects * EFFECT,
        PARCEL + chip if room.parcel else 0.0,
        HEAD + counts if counts else 0.0,
        room.values * (VALUE + more),
        room.verdicts * (VERDICT + more),
        room.points * POINT,
        SOURCE if room.sources else 0.0,
    ]
    return sum(part + GAP for part in parts if part) + GAP
