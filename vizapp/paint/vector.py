"""Shapes drawn exactly, one by one: what is painted once (a layer that stays), printed, or too large for a sprite."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from vizapp.paint import text
from vizapp.paint.outlines import icon_path, path
from vizapp.picture import outline
from vizapp.picture.icons import BOX
from vizapp.picture.shapes import Arc, Dots, Icon, Label, Line, Plain, Rect

NO_PEN = QPen(Qt.PenStyle.NoPen)
NO_BRUSH = QBrush(Qt.BrushStyle.NoBrush)
SMALL = 30_000
"""Up to this area a border is painted as a box below a smaller box: half the time of a stroke, the same pixels."""
HINTS = QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing


def draw(painter: QPainter, shapes: Iterable[Plain]) -> None:
    """Draws shapes in order, in scene units."""
    for shape in shapes:
        DRAWN[type(shape)](painter, shape)


def _rect(painter: QPainter, rect: Rect) -> None:
    faded = _fade(painter, rect.opacity)
    if rect.shadow:
        for below in outline.shadow(rect):
            _rect(painter, below)
    solid = rect.fill and rect.stroke and rect.opacity >= 1.0 and not rect.dash and painter.opacity() >= 1.0
    if solid and min(rect.w, rect.h) > rect.width and rect.w * rect.h < SMALL:
        painter.setPen(NO_PEN)
        painter.setBrush(brush(rect.stroke))
        _box(painter, rect, rect.width / 2)
        painter.setBrush(brush(rect.fill))
        _box(painter, rect, -rect.width / 2)
    else:
        painter.setBrush(brush(rect.fill))
        painter.setPen(pen(rect.stroke, rect.width, rect.dash, round_caps=False))
        _box(painter, rect, 0.0)
    _unfade(painter, faded)


def _box(painter: QPainter, rect: Rect, grow: float) -> None:
    """A rectangle larger on each side by `grow`, its corners around the same centres."""
    around = QRectF(rect.x - grow, rect.y - grow, rect.w + 2 * grow, rect.h + 2 * grow)
    radius = min(rect.radius, rect.w / 2, rect.h / 2) + grow if rect.radius > 0 else 0.0
    if radius > 0:
        painter.drawRoundedRect(around, radius, radius)
    else:
        painter.drawRect(around)


def _line(painter: QPainter, line: Line) -> None:
    faded = _fade(painter, line.opacity)
    painter.setBrush(NO_BRUSH)
    painter.setPen(pen(line.stroke, line.width, line.dash, round_caps=not line.arrow))
    painter.drawPath(path(outline.stroke_path(line)))
    head = outline.arrow_head(line)
    if head is not None:
        painter.setPen(pen(line.stroke, min(1.0, line.width), (), round_caps=True))
        painter.setBrush(brush(line.stroke))
        painter.drawPolygon(QPolygonF([QPointF(*point) for point in head]))
    _unfade(painter, faded)


def _label(painter: QPainter, label: Label) -> None:
    faded = _fade(painter, label.opacity)
    painter.setPen(pen(label.colour, 1.0, (), round_caps=False))
    text.write(painter, outline.left(label), label.y, label.text, outline.face(label), label.size)
    if label.struck:
        start, end, y, thickness = outline.strike(label)
        painter.setPen(pen(label.colour, thickness, (), round_caps=False))
        painter.drawLine(QLineF(start, y, end, y))
    _unfade(painter, faded)


def _icon(painter: QPainter, icon: Icon) -> None:
    faded = _fade(painter, icon.opacity)
    before = painter.transform()
    painter.translate(icon.x, icon.y)
    painter.scale(icon.size / BOX, icon.size / BOX)
    painter.fillPath(icon_path(icon.name), brush(icon.colour))
    painter.setTransform(before)
    _unfade(painter, faded)


def _arc(painter: QPainter, arc: Arc) -> None:
    if arc.turn <= 0:
        return
    faded = _fade(painter, arc.opacity)
    painter.setBrush(NO_BRUSH)
    painter.setPen(pen(arc.stroke, arc.width, (), round_caps=True))
    painter.drawPath(path(outline.arc_path(arc)))
    _unfade(painter, faded)


def _dots(painter: QPainter, dots: Dots) -> None:
    painter.setBrush(brush(dots.fill))
    painter.setPen(pen(dots.ring, outline.DOT_RING, (), round_caps=False))
    for x, y in zip(dots.xs, dots.ys, strict=True):
        painter.drawEllipse(QPointF(x, y), dots.radius, dots.radius)


DRAWN: dict[type, Callable[[QPainter, Any], None]] = {
    Rect: _rect, Line: _line, Label: _label, Icon: _icon, Arc: _arc, Dots: _dots,
}  # fmt: skip


@lru_cache(maxsize=1024)
def brush(colour: str | None) -> QBrush:
    """What fills with a colour, or with nothing."""
    return NO_BRUSH if colour is None else QBrush(QColor(colour))


@lru_cache(maxsize=1024)
def pen(colour: str | None, width: float, dash: tuple[float, ...], *, round_caps: bool) -> QPen:
    """What strokes with a colour; `dash` is in scene units, as in SVG (Qt counts it in widths of the pen)."""
    if colour is None or width <= 0:
        return NO_PEN
    made = QPen(QColor(colour), width)
    made.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    made.setCapStyle(Qt.PenCapStyle.RoundCap if round_caps and not dash else Qt.PenCapStyle.FlatCap)
    if dash:
        made.setDashPattern([length / width for length in (dash if len(dash) % 2 == 0 else dash * 2)])
    return made


def _fade(painter: QPainter, opacity: float) -> float | None:
    """Makes what follows fainter and returns the opacity to go back to; None when there is nothing to undo."""
    if opacity >= 1.0:
        return None
    before = painter.opacity()
    painter.setOpacity(before * max(0.0, opacity))
    return before


def _unfade(painter: QPainter, before: float | None) -> None:
    if before is not None:
        painter.setOpacity(before)
