"""One chart in the window: painted from the same shapes as in a file; its line of now can be dragged."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from vizapp.paint import Cache, paint
from vizapp.picture.chart import Chart, Curve, Drawn, Sight, cursor, draw
from vizapp.picture.shapes import Layer, Picture
from vizapp.picture.stage import Area
from vizapp.picture.theme import Theme
from vizapp.words import Words

SIZE = 14.0  # pixels of the text
NEAR = 5.0  # pixels within which a flag is meant


class ChartView(QWidget):
    """Shows a chart. sought: the true second that was clicked, or dragged to."""

    sought = Signal(float)

    def __init__(self, words: Words, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words, self.theme = words, theme
        self.chart: Chart | None = None
        self.now = 0.0  # true seconds
        self.drawn = Drawn(())
        self._layer = Layer(())
        self._cache = Cache()
        self.setMinimumSize(QSize(200, 120))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)

    def put(self, chart: Chart, words: Words, theme: Theme) -> None:
        """Show what the chart says now."""
        if chart == self.chart and theme is self.theme and words is self.words:
            return
        self.chart, self.words, self.theme = chart, words, theme
        self.setAccessibleName(chart.title)
        self.setAccessibleDescription(told(chart))
        self._draw()

    def look_at(self, now: float) -> None:
        """The clock shows another moment (true seconds)."""
        if now != self.now:
            self.now = now
            self.update()

    def _draw(self) -> None:
        if self.chart is not None:
            area = Area(0.0, 0.0, float(self.width()), float(self.height()))
            self.drawn = draw(self.chart, Sight(area, SIZE, self.theme, self.words))
            self._layer = Layer(self.drawn.shapes)
            self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._draw()

    def paintEvent(self, event: QPaintEvent) -> None:
        layers = [self._layer]
        if self.drawn.plane is not None:
            layers.append(Layer(cursor(self.drawn.plane, self.now, self.theme, SIZE)))
        with QPainter(self) as painter:
            picture = Picture(self.width(), self.height(), self.theme.panel, tuple(layers))
            paint(painter, picture, cache=self._cache)

    # hands

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._seek(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._seek(event.position())
        on = self._second(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if on else Qt.CursorShape.ArrowCursor)

    def _seek(self, at: QPointF) -> None:
        second = self._second(at)
        if second is not None:
            self.sought.emit(second)

    def _second(self, at: QPointF) -> float | None:
        """The true second that a place stands for."""
        plane = self.drawn.plane
        if plane is not None and plane.area.grown(2 * SIZE).holds(at.x(), at.y()):
            return plane.t(at.x())
        return next((t for area, t in self.drawn.spots if area.holds(at.x(), at.y())), None)

    def told_at(self, at: QPointF) -> str:
        """What the pointer is told there: the time, what was done then, and each line's value; nothing in the fog."""
        second, plane, chart = self._second(at), self.drawn.plane, self.chart
        if second is None or plane is None or chart is None:
            return ""
        lines = [self.words.clock(round(second * 1e9), 1)]
        lines += [flag.text for flag in chart.flags if abs(plane.x(flag.t) - at.x()) < NEAR]
        for each in chart.body:
            if isinstance(each, Curve) and each.xs and each.xs[0] <= second <= each.xs[-1] + 0.5:
                value = each.ys[max(bisect_right(each.xs, second) - 1, 0)]
                lines.append(f"{each.name} {self.words.number(value, 0 if value >= 10 else 1)}")
        return "\n".join(lines)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.told_at(QPointF(event.pos())), self)
            return True
        return super().event(event)


def told(chart: Chart) -> str:
    """A chart in a line, for those who hear it."""
    parts: list[Any] = [f"{each.name} {getattr(each, 'value', '')}".strip() for each in chart.body]
    return ", ".join([*parts, *([chart.foot] if chart.foot else [])])
