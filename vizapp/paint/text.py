"""One line of text, its characters placed by the advances that layout measured with."""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QGlyphRun, QPainter, QPainterPath, QTransform

from vizapp.paint import fonts
from vizapp.picture.icons import Command
from vizapp.picture.measure import Face, metrics


@lru_cache(maxsize=4096)
def glyphs(text: str, face: Face, size: float) -> QGlyphRun | None:
    """The glyphs of a text, or None when the shipped face lacks one of its characters."""
    advances = metrics(face).advances
    if not all(char in advances for char in text):
        return None
    raw = fonts.raw(face, size)
    indexes = raw.glyphIndexesForString(text)
    starts = accumulate((advances[char] * size for char in text[:-1]), initial=0.0)
    run = QGlyphRun()
    run.setRawFont(raw)
    run.setGlyphIndexes(indexes)
    run.setPositions([QPointF(start, 0.0) for start in starts])
    return run


def write(painter: QPainter, x: float, y: float, text: str, face: Face, size: float) -> None:
    """Draws a text in the painter's pen, from x on, on the baseline y."""
    if not text:
        return
    run = glyphs(text, face, size)
    if run is not None:
        painter.drawGlyphRun(QPointF(x, y), run)
        return
    painter.setFont(fonts.font(face, size))
    painter.save()
    painter.translate(x, y)
    ratio = size / painter.font().pixelSize()
    painter.scale(ratio, ratio)
    painter.drawText(QPointF(0.0, 0.0), text)
    painter.restore()


def outline(text: str, face: Face, size: float) -> QPainterPath:
    """The contours of a text that starts at (0, 0)."""
    path = QPainterPath()
    run = glyphs(text, face, size)
    if run is None:
        large = QFont(fonts.font(face, 100.0))
        large.setStyleStrategy(QFont.StyleStrategy.ForceOutline)
        path.addText(0.0, 0.0, large, text)
        return QTransform.fromScale(size / 100.0, size / 100.0).map(path)
    # Contours at a large size, scaled down: at a small one they would be rounded to 1/64 of a pixel.
    raw = fonts.raw(face, 256.0)
    for index, place in zip(run.glyphIndexes(), run.positions(), strict=True):
        glyph = QTransform.fromScale(size / 256.0, size / 256.0).map(raw.pathForGlyph(index))
        path.addPath(glyph.translated(place))
    path.setFillRule(Qt.FillRule.WindingFill)
    return path


def contours(text: str, face: Face, size: float) -> tuple[Command, ...]:
    """The contours of a text that starts at (0, 0), as plain path commands."""
    path = outline(text, face, size)
    commands: list[Command] = []
    place = 0
    while place < path.elementCount():
        point = path.elementAt(place)
        if point.type == QPainterPath.ElementType.CurveToElement:
            second, end = path.elementAt(place + 1), path.elementAt(place + 2)
            commands.append(("C", point.x, point.y, second.x, second.y, end.x, end.y))
            place += 3
            continue
        if point.type == QPainterPath.ElementType.MoveToElement:
            commands.append(("M", point.x, point.y))
        else:
            commands.append(("L", point.x, point.y))
        place += 1
    return tuple(commands)
