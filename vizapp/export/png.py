"""PNG: the picture in pixels, with its title, description and moment in the file's text fields."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImageWriter

from vizapp.export.errors import ExportError
from vizapp.export.formats import Wish
from vizapp.paint import image
from vizapp.picture.shapes import Picture

QUALITY = 80
"""How Qt should trade time for size: 4K takes 0.16 s so; the smallest file would take ten times as long."""
LARGEST = 32767
"""Side of the largest image that Qt paints on, in pixels."""
DOTS_PER_METRE = 96 / 0.0254
"""One scene unit is 1/96 inch, so a picture at scale 2 is as large on paper, and finer."""


def make(picture: Picture, wish: Wish) -> bytes:
    """The file's bytes."""
    width, height, scale = wish.fit(picture)
    if not (0 < width <= LARGEST and 0 < height <= LARGEST):
        raise ExportError("export.too-large", width=round(width), height=round(height), largest=LARGEST)
    made = image(picture, scale, wish.size, transparent=wish.transparent)
    if made.isNull():
        raise ExportError("export.too-large", width=round(width), height=round(height), largest=LARGEST)
    made.setDotsPerMeterX(round(DOTS_PER_METRE * scale))
    made.setDotsPerMeterY(round(DOTS_PER_METRE * scale))
    for key, value in texts(picture).items():
        made.setText(key, value)
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, b"png")
    writer.setQuality(QUALITY)
    if not writer.write(made):
        raise ExportError("export.failed", path=".png", reason=writer.errorString())
    buffer.close()
    return bytes(content.data())


def texts(picture: Picture) -> dict[str, str]:
    """The text fields: keywords of the PNG specification first, then what names the moment."""
    known = {"Title": picture.title, "Description": picture.description, "Software": "vizapp", "Language": picture.lang}
    return {key: value for key, value in (known | picture.meta).items() if value}
