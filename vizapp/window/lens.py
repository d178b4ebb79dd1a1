"""How closely the stage is looked at: the map from units of the picture to pixels of the widget."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from vizapp.picture.stage import Area

NOTCH = 1.2  # how much one notch of the wheel zooms
MOST, LEAST = 8.0, 0.5


class Lens:
    """zoom: pixels in a unit of the picture; shift: the pixel at which the picture begins, below `top`, which is kept
    for what says where one is."""

    def __init__(self) -> None:
        self.zoom = 1.0
        self.shift = QPointF(0, 0)
        self.top = 0.0

    @property
    def whole(self) -> bool:
        """Whether everything is shown as it was laid out."""
        return self.zoom == 1.0 and self.shift.isNull()

    def fit(self) -> None:
        """Everything, as it was laid out."""
        self.zoom, self.shift = 1.0, QPointF(0, 0)

    def move(self, by: QPointF) -> None:
        self.shift += by

    def zoom_by(self, factor: float, at: QPointF) -> None:
        """Closer (above 1) or farther; what is at that pixel stays there."""
        zoom = min(max(self.zoom * factor, LEAST), MOST)
        if abs(zoom - 1.0) < 0.04:
            zoom = 1.0
        x, y = self.on_picture(at)
        self.zoom = zoom
        self.shift = QPointF(at.x() - x * zoom, at.y() - self.top - y * zoom)
        if zoom == 1.0 and self.shift.manhattanLength() < 40:
            self.shift = QPointF(0, 0)

    def on_picture(self, at: QPointF) -> tuple[float, float]:
        """A pixel as a place of the picture."""
        return (at.x() - self.shift.x()) / self.zoom, (at.y() - self.top - self.shift.y()) / self.zoom

    def on_widget(self, area: Area) -> QRectF:
        """An area of the picture in pixels."""
        return QRectF(area.x * self.zoom + self.shift.x(), area.y * self.zoom + self.shift.y() + self.top,
                      area.w * self.zoom, area.h * self.zoom)  # fmt: skip

    def put_on(self, painter: QPainter) -> None:
        """Let the painter draw in units of the picture."""
        painter.translate(round(self.shift.x()), round(self.shift.y() + self.top))
        painter.scale(self.zoom, self.zoom)
