"""How the strip's parts look: marks of protocols, bands, breaks in time, the flags of steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPixmap, QPolygonF

from vizapp.picture.spread import spread
from vizapp.picture.theme import Theme
from vizapp.sim.pace import Compressed
from vizapp.window import glyphs, look
from vizapp.window.marks import Band
from vizapp.words import Words

LINE = 36.0  # y of the line
LANES, LANE = 3, 9.0
TOP = LINE + 8  # y of the first lane
HEIGHT = 88
FLAG = 19.0  # width of a step's flag
SHAPES = {"arp": "diamond", "icmp": "dot", "tcp": "bar", "http": "square", "dhcp": "triangle", "dns": "cross",
          "udp": "ring", "instruction": "bar"}  # fmt: skip

Place = Callable[[float], float]


def marks_drawn(
    width: int,
    ratio: float,
    theme: Theme,
    packets: Mapping[str, Sequence[float]],
    bands: Sequence[Band],
    x_of: Place,
) -> QPixmap:
    """All marks and bands of a run, to be shown up to the fog. Marks nearer than two pixels are one."""
    made = QPixmap(max(1, round(width * ratio)), round((LANES * LANE + 6) * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    with QPainter(made) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _bands(painter, theme, bands, x_of)
        for number, (protocol, shows) in enumerate(sorted(packets.items())):
            y = 3 + (number % LANES + 0.5) * LANE
            last = -9.0
            for show in sorted(shows):
                x = x_of(show)
                if x - last >= 2.0:
                    mark(painter, SHAPES.get(protocol, "bar"), x, y, theme.packet(protocol))
                    last = x
    return made


def _bands(painter: QPainter, theme: Theme, bands: Sequence[Band], x_of: Place) -> None:
    """Who serves when; nobody in red."""
    served = sorted({band.device for band in bands if band.device})
    for band in bands:
        tint = theme.role("failed").stroke if band.device is None else theme.series[served.index(band.device) % 8]
        left, right = x_of(band.start), x_of(band.end)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(tint, 0.85 if band.device is None else 0.35))
        painter.drawRoundedRect(QRectF(left, 1, max(right - left - 1, 1), 2 * LANE), 3, 3)


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
    painter: QPainter, theme: Theme, x: float, kind: str, text: str, end: float, free: float, glyph: str = ""
) -> float:
    """What was done or happened: a bar across the line, its words below, where there is room from `free` to `end`.
    glyph: the outline of what was done, if it has one of its own."""
    tint = {"break": theme.role("failed").stroke, "repair": look.good(theme)}.get(kind, theme.warn)
    painter.setPen(look.pen(tint, 2.6))
    painter.drawLine(QPointF(x, LINE - 8), QPointF(x, LINE + 12))
    if x < free:
        return free
    font = look.font(14, 600)
    wide = QFontMetricsF(font).horizontalAdvance(text)
    fits = x + 24 + wide < end
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour(theme.panel))
    painter.drawRect(QRectF(x + 2, LINE + 9, 20 + (wide if fits else 0), 20))
    glyph = glyph or {"break": "cross", "repair": "repair", "change": "tune", "differ": "compare"}.get(kind, "eye")
    glyphs.draw(painter, glyph, x + 3, LINE + 11, 16, tint)
    if not fits:
        return x + 22
    painter.setFont(font)
    painter.setPen(look.colour(tint))
    painter.drawText(QPointF(x + 22, LINE + 24), text)
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
