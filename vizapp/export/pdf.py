"""PDF: vector pages with the fonts embedded, one page a picture, each in the shape of its picture."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QColor, QPageLayout, QPageSize, QPainter, QPdfWriter

from vizapp.export.errors import ExportError
from vizapp.export.formats import Wish
from vizapp.paint import fonts, vector
from vizapp.picture.shapes import Picture, plain

POINTS = 72 / 96
"""Points per pixel: one scene unit is 1/96 inch."""
RESOLUTION = 1200
"""Dots per inch that coordinates are rounded to."""


def make(pictures: Sequence[Picture], wish: Wish) -> bytes:
    """The file's bytes."""
    fonts.load()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(RESOLUTION)
    writer.setTitle(pictures[0].title)
    writer.setCreator("vizapp")
    writer.setPageLayout(page(pictures[0], wish))
    painter = QPainter()
    if not painter.begin(writer):
        raise ExportError("export.failed", path=".pdf", reason="QPdfWriter")
    try:
        for number, picture in enumerate(pictures):
            if number:
                writer.setPageLayout(page(picture, wish))
                writer.newPage()
            draw(painter, picture, wish)
    finally:
        painter.end()
    buffer.close()
    return bytes(content.data())


def page(picture: Picture, wish: Wish) -> QPageLayout:
    """A page of the canvas's own shape, without margins."""
    width, height, _ = wish.fit(picture)
    size = QPageSize(
        QSizeF(width * POINTS, height * POINTS), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch
    )
    return QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))


def draw(painter: QPainter, picture: Picture, wish: Wish) -> None:
    """Draws a picture on the page, fitted and centred."""
    width, height, scale = wish.fit(picture)
    dots = RESOLUTION / 96
    painter.save()
    painter.scale(dots, dots)
    if picture.background is not None and not wish.transparent:
        painter.fillRect(QRectF(0, 0, width, height), QColor(picture.background))
    painter.translate((width - picture.width * scale) / 2, (height - picture.height * scale) / 2)
    painter.scale(scale, scale)
    for layer in picture.layers:
        painter.setOpacity(layer.opacity)
        vector.draw(painter, plain(layer.shapes))
    painter.restore()
