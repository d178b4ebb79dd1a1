"""How the strip's parts look: marks of protocols, bands, breaks in time, the flags of steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QFontMetricsF, QPainter, QPainterPath, QPixmap, QPolygonF

from vizapp.picture.measure import Face, advance
from vizapp.picture.spread import spread
from vizapp.picture.theme import Theme
from vizapp.sim.pace import Compressed
from vizapp.window import glyphs, look
from vizapp.window.marks import Band
from vizapp.words import Words

MARGIN = 16.0  # left and right of the line
NAME = 14.0  # pixels of the names of lanes and bands
LINE = 36.0  # y of the line
LANES, LANE = 3, 9.0
TOP = LINE + 8  # y of the first lane
HEIGHT = 88
BAND = 22.0  # height of the bands of who serves, which take the place of the line
NAMED = 16.0  # height of a lane that bears its name
FIRST = ("vrrp", "icmp", "http", "tcp")  # the protocols that get a lane of their own first, where lanes are named
FLAG = 19.0  # width of a step's flag
SHAPES = {"arp": "diamond", "icmp": "dot", "tcp": "bar", "http": "square", "dhcp": "triangle", "dns": "cross",
          "udp": "ring", "instruction": "bar"}  # fmt: skip

Place = Callable[[float], float]


@dataclass(frozen=True, slots=True)
class Lanes:
    """Where marks lie: below the line, or, where bands take its place, lower and with the names of protocols. sides:
    rows of bands, one for each side that tells of its own. apart: what was done is told in a row of its own."""

    protocols: tuple[str, ...] = ()
    banded: bool = False
    sides: int = 1
    apart: bool = False

    @property
    def top(self) -> float:
        """y of the first lane."""
        return self.words + 20 if self.banded or self.apart else TOP

    @property
    def words(self) -> float:
        """y below which the words of what was done stand."""
        return LINE + (self.sides - 0.5) * BAND + 1 if self.banded else LINE + 9

    @property
    def each(self) -> float:
        """The height of a lane."""
        return NAMED if self.banded else LANE

    @property
    def height(self) -> int:
        """The height of the whole strip."""
        return round(self.top + LANES * self.each + 20) if self.banded else round(HEIGHT + self.top - TOP)

    def of(self, protocol: str) -> int:
        """The lane of a protocol; where lanes are named, the last one is that of all others."""
        if not self.banded:
            return sorted(self.protocols).index(protocol) % LANES
        return min(self.ordered.index(protocol), LANES - 1)

    @property
    def ordered(self) -> list[str]:
        return sorted(self.protocols, key=lambda each: (FIRST.index(each) if each in FIRST else len(FIRST), each))

    def names(self, words: Words) -> list[str]:
        """What stands at the left of each lane."""
        if not self.banded:
            return []
        named = [words(f"lane.{each}") if words.has(f"lane.{each}") else each.upper() for each in self.ordered]
        rest = named[LANES - 1 :]
        return [*named[: LANES - 1], *([words("lane.others")] if len(rest) > 1 else rest)]

    def left(self, words: Words) -> float:
        """The room at the left of the line."""
        names = [*self.names(words), *self.rows(words)]
        return max([MARGIN, *(advance(name, Face(weight=500), NAME) + 14 for name in names)])

    def rows(self, words: Words) -> list[str]:
        """What stands at the left of each row of bands, where there are several."""
        return [words("lane.happened"), words("lane.otherwise")] if self.banded and self.sides > 1 else []


def marks_drawn(
    width: int,
    ratio: float,
    theme: Theme,
    packets: Mapping[str, Sequence[float]],
    losses: Mapping[str, Sequence[float]],
    lanes: Lanes,
    x_of: Place,
) -> QPixmap:
    """All marks of a run, to be shown up to the fog: those of losses red. Marks nearer than two pixels are one."""
    made = QPixmap(max(1, round(width * ratio)), round((LANES * lanes.each + 6) * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    with QPainter(made) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for each, bad in ((packets, False), (losses, True)):
            for protocol, shows in sorted(each.items()):
                y = 3 + (lanes.of(protocol) + 0.5) * lanes.each
                last = -9.0
                for show in sorted(shows):
                    x = x_of(show)
                    if x - last >= 2.0:
                        tint = theme.role("failed").stroke if bad else theme.packet(protocol)
                        mark(painter, SHAPES.get(protocol, "bar"), x, y, tint)
                        last = x
    return made


def lane_names(painter: QPainter, theme: Theme, lanes: Lanes, words: Words, left: float) -> None:
    """The protocol of each lane, at its left."""
    painter.setFont(look.font(NAME, 500))
    painter.setPen(look.colour(theme.muted))
    rooms = [(LINE + (number - 0.5) * BAND, BAND, name) for number, name in enumerate(lanes.rows(words))]
    rooms += [(lanes.top + number * lanes.each, lanes.each, name) for number, name in enumerate(lanes.names(words))]
    for top, high, name in rooms:
        room = QRectF(0, top, left - 8, high)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, name)


def band(
    painter: QPainter, each: Band, colours: tuple[str, str, str | None], texts: Sequence[str], x_of: Place
) -> None:
    """Who serves from one moment to another, in the first of the texts that fits. colours: its own, that of its text,
    and that of its hatching where several do."""
    tint, ink, hatch = colours
    high = BAND / each.rows
    left, top = x_of(each.start), LINE + (each.side - 0.5) * BAND + each.row * high
    alone = each.rows == 1 and each.sides == 1
    box = QRectF(left, top, max(x_of(each.end) - left - 1, 1), high - (0 if alone else 1))
    path = QPainterPath()
    path.addRoundedRect(box, 4, 4)
    painter.fillPath(path, look.colour(tint))
    if hatch is not None:
        painter.fillPath(path, QBrush(look.colour(hatch), Qt.BrushStyle.BDiagPattern))
    font = look.font(NAME if each.rows == 1 else min(NAME, high), 600)
    measure = QFontMetricsF(font)
    text = next((text for text in texts if measure.horizontalAdvance(text) + 14 <= box.width()), "")
    if text:
        painter.setFont(font)
        painter.setPen(look.colour(ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def paused(painter: QPainter, theme: Theme, x: float) -> None:
    """Where time is compressed the line is broken."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour(theme.panel))
    painter.drawPolygon(QPolygonF([QPointF(x - 5, LINE + 8), QPointF(x, LINE - 8), QPointF(x + 5, LINE - 8),
                                   QPointF(x, LINE + 8)]))  # fmt: skip
    painter.setPen(look.pen(theme.muted, 1.6))
    for shift in (-2.5, 2.5):
        painter.drawLine(QPointF(x + shift - 2.5, LINE + 8), QPointF(x + shift + 2.5, LINE - 8))


def said_break(wait: Compressed, words: Words) -> str:
    """`5 min 40 → 10 s`."""
    shown = round(wait.show * 1e9)
    return f"{words.duration(rounded(wait.end - wait.start))} → {words.duration(rounded(shown))}"


def step_flags(painter: QPainter, theme: Theme, steps: Sequence[tuple[float, int]], now: int, width: float) -> None:
    """Each step's number above the line: those that are close stand side by side, tied to their moments."""
    centres = spread([x for x, _ in steps], FLAG + 3, FLAG / 2 + 1, width - FLAG / 2 - 1)
    for (x, number), middle in sorted(zip(steps, centres, strict=True), key=lambda each: each[0][1] == now):
        lit = number == now
        painter.setPen(look.pen(theme.accent if lit else theme.link, 2 if lit else 1.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF([QPointF(middle, LINE - 10), QPointF(x, LINE - 5), QPointF(x, LINE + 5)]))
        painter.setPen(look.pen(theme.accent if lit else theme.link, 1.2))
        painter.setBrush(look.colour(theme.accent if lit else theme.canvas))
        box = QRectF(middle - FLAG / 2, LINE - 29, FLAG, 19)
        painter.drawRoundedRect(box, 5, 5)
        painter.setFont(look.font(14, 600))
        painter.setPen(look.colour(theme.on_accent if lit else theme.ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(number))


def act_flag(
    painter: QPainter, theme: Theme, x: float, kind: str, text: str, end: float, free: float, y: float, glyph: str = ""
) -> float:
    """What was done or happened: a bar across the line, its words below `y`, if there is room from `free` to `end`.
    glyph: the outline of what was done, if it has one of its own."""
    tint = {"break": theme.role("failed").stroke, "repair": look.good(theme)}.get(kind, theme.warn)
    painter.setPen(look.pen(tint, 2.6))
    painter.drawLine(QPointF(x, LINE - 8), QPointF(x, y + 3))
    if x < free:
        return free
    font = look.font(14, 600)
    wide = QFontMetricsF(font).horizontalAdvance(text)
    fits = x + 24 + wide < end
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour(theme.panel))
    painter.drawRect(QRectF(x + 2, y, 20 + (wide if fits else 0), 20))
    glyph = glyph or {"break": "cross", "repair": "repair", "change": "tune", "differ": "compare"}.get(kind, "eye")
    glyphs.draw(painter, glyph, x + 3, y + 2, 16, tint)
    if not fits:
        return x + 22
    painter.setFont(font)
    painter.setPen(look.colour(tint))
    painter.drawText(QPointF(x + 22, y + 15), text)
    return x + 28 + wide


def chained(painter: QPainter, theme: Theme, moments: Sequence[tuple[float, int]], place: int) -> None:
    """A chain: the moments of each link as rings on the line, tied together; those at one place are filled."""
    xs = [x for x, _ in moments]
    painter.setPen(look.pen(theme.accent, 3))
    painter.drawLine(QPointF(min(xs), LINE), QPointF(max(xs), LINE))
    for x, number in sorted(moments, key=lambda each: each[1] == place):
        painter.setBrush(look.colour(theme.accent if number == place else theme.panel))
        painter.drawEllipse(QPointF(x, LINE), 5, 5)


def rounded(ns: int) -> int:
    """A length of time without the digits nobody reads: to a second, a tenth, or a hundredth of itself."""
    unit = 1_000_000_000 if ns >= 10_000_000_000 else 100_000_000 if ns >= 1_000_000_000 else 1_000_000
    return round(ns / unit) * unit or ns


def mark(painter: QPainter, shape: str, x: float, y: float, tint: str) -> None:
    """The mark of a protocol: each has a shape of its own, so that colour is not alone in telling them apart."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour(tint))
    match shape:
        case "dot":
            painter.drawEllipse(QPointF(x, y), 2.6, 2.6)
        case "square":
            painter.drawRect(QRectF(x - 2.3, y - 2.3, 4.6, 4.6))
        case "diamond":
            corners = [QPointF(x, y - 3.8), QPointF(x + 3, y), QPointF(x, y + 3.8), QPointF(x - 3, y)]
            painter.drawPolygon(QPolygonF(corners))
        case "triangle":
            painter.drawPolygon(QPolygonF([QPointF(x, y - 3.4), QPointF(x + 3.4, y + 3), QPointF(x - 3.4, y + 3)]))
        case "ring":
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(look.pen(tint, 1.4))
            painter.drawEllipse(QPointF(x, y), 2.4, 2.4)
        case "cross":
            painter.setPen(look.pen(tint, 1.8))
            painter.drawLine(QPointF(x - 2.4, y - 2.4), QPointF(x + 2.4, y + 2.4))
            painter.drawLine(QPointF(x - 2.4, y + 2.4), QPointF(x + 2.4, y - 2.4))
        case _:
            painter.drawRoundedRect(QRectF(x - 1.2, y - 4.2, 2.4, 8.4), 1, 1)
