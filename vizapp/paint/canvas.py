"""A Picture on a painter: what stays is painted once and copied, what moves is painted by sprite."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QTransform

from vizapp.paint import fonts, vector
from vizapp.paint.sprites import Sprites
from vizapp.picture.shapes import Layer, Picture, plain

OPAQUE = QImage.Format.Format_RGB32
CLEAR = QImage.Format.Format_ARGB32_Premultiplied


@dataclass(frozen=True, slots=True)
class View:
    """How a picture lies on a device: pixels per scene unit, where its corner is, and the pixels that it covers."""

    scale: float
    ox: int
    oy: int
    area: QRect

    @classmethod
    def of(cls, painter: QPainter, picture: Picture, scale: float) -> View:
        """The view that the painter's own transform (a shift, an even zoom) and the device's pixel ratio make."""
        transform, ratio = painter.worldTransform(), painter.device().devicePixelRatioF()
        pixels = scale * transform.m11() * ratio
        ox, oy = round(transform.dx() * ratio), round(transform.dy() * ratio)
        whole = QRect(ox, oy, ceil(picture.width * pixels - 1e-6), ceil(picture.height * pixels - 1e-6))
        port = painter.viewport()
        seen = QRect(0, 0, ceil(port.width() * ratio), ceil(port.height() * ratio))
        return cls(pixels, ox, oy, whole & seen)


class Cache:
    """What one view of a run keeps between frames. One a widget: frames shown in turn share their first layers."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Drops all pixels (another theme, memory wanted)."""
        self._view: View | None = None
        self._background: str | None = None
        self._layers: tuple[Layer, ...] = ()
        self._base: QImage | None = None
        self._based: tuple[Layer, ...] = ()
        self._faded: dict[int, tuple[Layer, QImage]] = {}
        self._sprites: Sprites | None = None

    def paint(self, painter: QPainter, picture: Picture, view: View) -> None:
        """Paints a picture; the layers it shares with the frame before, from the back on, are copied."""
        if view != self._view or picture.background != self._background:
            self._view, self._background = view, picture.background
            self._layers, self._base, self._based, self._faded = (), None, (), {}
        if self._sprites is None or self._sprites.scale != view.scale:
            self._sprites = Sprites(view.scale)
        staying = common(picture.layers, self._layers)
        self._layers = picture.layers
        self._rebase(picture, staying, view)
        if self._base is None:
            fill(painter, picture.background, view.area)
        else:
            painter.drawImage(view.area.topLeft(), self._base)
        for layer in picture.layers[len(self._based) :]:
            self._layer(painter, layer, view)
        if self._faded:
            shown = {id(layer) for layer in picture.layers}
            self._faded = {key: kept for key, kept in self._faded.items() if key in shown}

    def _rebase(self, picture: Picture, staying: int, view: View) -> None:
        """Makes the base hold the layers that stayed: built upon when there are more, afresh when there are fewer."""
        if staying == len(self._based) or view.area.isEmpty():
            return
        if staying == 0:
            self._base, self._based = None, ()
            return
        if self._base is None:
            self._base = QImage(view.area.size(), OPAQUE if picture.background else CLEAR)
        if staying < len(self._based) or not self._based:
            self._based = ()
            self._base.fill(QColor(picture.background) if picture.background else Qt.GlobalColor.transparent)
        with QPainter(self._base) as painter:
            painter.setRenderHints(vector.HINTS)
            painter.translate(-view.area.topLeft())
            for layer in picture.layers[len(self._based) : staying]:
                exactly(painter, layer, view)
        self._based = picture.layers[:staying]

    def _layer(self, painter: QPainter, layer: Layer, view: View) -> None:
        if layer.opacity <= 0.0 or self._sprites is None:
            return
        if layer.opacity >= 1.0:
            painter.translate(view.ox, view.oy)
            self._sprites.paint(painter, layer.shapes)
            painter.translate(-view.ox, -view.oy)
            return
        kept = self._faded.get(id(layer))
        if kept is None or kept[0] is not layer:
            kept = self._faded[id(layer)] = (layer, alone(layer, view))
        painter.setOpacity(layer.opacity)
        painter.drawImage(view.area.topLeft(), kept[1])
        painter.setOpacity(1.0)


def paint(painter: QPainter, picture: Picture, *, scale: float = 1.0, cache: Cache | None = None) -> None:
    """Paints a picture on an image or a widget, its corner at the painter's origin, `scale` logical pixels per unit.

    The painter may be shifted and evenly zoomed. With a cache, frames that follow each other are fast; what moves is
    then placed on whole device pixels. Without one everything is drawn exactly, once.
    """
    fonts.load()
    view = View.of(painter, picture, scale)
    ratio = painter.device().devicePixelRatioF()
    painter.save()
    try:
        painter.setRenderHints(vector.HINTS)
        painter.setWorldTransform(QTransform.fromScale(1 / ratio, 1 / ratio))
        painter.setClipRect(view.area, Qt.ClipOperation.IntersectClip)
        if cache is not None:
            cache.paint(painter, picture, view)
        else:
            fill(painter, picture.background, view.area)
            for layer in picture.layers:
                exactly(painter, layer, view)
    finally:
        painter.restore()


def image(
    picture: Picture, scale: float = 1.0, size: tuple[int, int] | None = None, *, transparent: bool = False
) -> QImage:
    """A picture as pixels: `scale` of them per scene unit, or fitted and centred on `size`. `transparent` leaves the
    background out."""
    width, height = size or (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    if size:
        scale = min(width / picture.width, height / picture.height)
    clear = transparent or picture.background is None
    fonts.application()
    made = QImage(width, height, CLEAR if clear else OPAQUE)
    made.fill(Qt.GlobalColor.transparent if clear else QColor(picture.background or ""))
    ox, oy = round((width - picture.width * scale) / 2), round((height - picture.height * scale) / 2)
    with QPainter(made) as painter:
        painter.setRenderHints(vector.HINTS)
        for layer in picture.layers:
            exactly(painter, layer, View(scale, ox, oy, QRect(0, 0, width, height)))
    return made


def exactly(painter: QPainter, layer: Layer, view: View) -> None:
    """Draws one layer on device pixels, shape by shape; a faint layer fades as a whole."""
    if layer.opacity <= 0.0:
        return
    before, opacity = painter.transform(), painter.opacity()
    if layer.opacity < 1.0:
        painter.setOpacity(opacity * layer.opacity)
        painter.drawImage(view.area.topLeft(), alone(layer, view))
    else:
        painter.translate(view.ox, view.oy)
        painter.scale(view.scale, view.scale)
        vector.draw(painter, plain(layer.shapes))
    painter.setTransform(before)
    painter.setOpacity(opacity)


def alone(layer: Layer, view: View) -> QImage:
    """One layer on a clear ground, opaque as if it were not faint."""
    made = QImage(view.area.size(), CLEAR)
    made.fill(Qt.GlobalColor.transparent)
    with QPainter(made) as painter:
        painter.setRenderHints(vector.HINTS)
        painter.translate(view.ox - view.area.x(), view.oy - view.area.y())
        painter.scale(view.scale, view.scale)
        vector.draw(painter, plain(layer.shapes))
    return made


def fill(painter: QPainter, background: str | None, area: QRect) -> None:
    """The ground of a picture, where it has one."""
    if background is not None:
        painter.fillRect(area, QColor(background))


def common(layers: tuple[Layer, ...], before: tuple[Layer, ...]) -> int:
    """How many layers from the back on are the very same objects."""
    count = 0
    for one, other in zip(layers, before, strict=False):
        if one is not other:
            break
        count += 1
    return count
