"""One chart of lines over true time. The only module that imports pyqtgraph: import it when a chart is shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyqtgraph
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QPen

from vizapp.picture.theme import Theme
from vizapp.sim.series import Line, Marks
from vizapp.window import look
from vizapp.words import Words

DASHES = (
    Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine,
)  # fmt: skip


class Axis(pyqtgraph.AxisItem):
    """An axis whose numbers are written as the language does."""

    def __init__(self, orientation: str, words: Words, unit: str = "") -> None:
        super().__init__(orientation)
        self.words, self.unit = words, unit
        self.setStyle(tickLength=0, tickTextOffset=6, autoExpandTextSpace=False)

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        decimals = 0 if spacing >= 1 else 1 if spacing >= 0.1 else 2
        return [self.words.number(value, decimals) + (f"\u00a0{self.unit}" if self.unit else "") for value in values]


class Plot(pyqtgraph.PlotWidget):
    """Lines up to the fog, failures and verdicts as marks, the clock as a line that can be dragged."""

    sought = Signal(float)  # true seconds

    def __init__(self, words: Words, theme: Theme) -> None:
        self.bottom = Axis("bottom", words, "s")
        self.left = Axis("left", words)
        super().__init__(axisItems={"bottom": self.bottom, "left": self.left}, antialias=True)
        self.words, self.theme = words, theme
        item = self.getPlotItem()
        item.setMenuEnabled(False)
        item.hideButtons()
        item.setMouseEnabled(x=False, y=False)
        item.showGrid(y=True, alpha=0.22)
        item.setContentsMargins(0, 6, 8, 0)
        self.left.setWidth(52)
        self.bottom.setHeight(26)
        self.cursor_line = pyqtgraph.InfiniteLine(0, movable=True)
        self.cursor_line.sigDragged.connect(lambda line: self.sought.emit(max(float(line.value()), 0.0)))
        item.addItem(self.cursor_line, ignoreBounds=True)
        self._curves: dict[str, Any] = {}
        self._marks: list[Any] = []
        self._marked: object = None
        self._ranged: tuple[float, float] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.set_theme(theme)

    def set_words(self, words: Words) -> None:
        self.words = self.bottom.words = self.left.words = words
        self._ranged = None
        for axis in (self.bottom, self.left):
            axis.picture = None
            axis.update()

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.setBackground(theme.panel)
        for axis in (self.bottom, self.left):
            axis.setTickFont(look.font(14))
            axis.setTextPen(theme.muted)
            axis.setPen(theme.link)
        self.cursor_line.setPen(pyqtgraph.mkPen(theme.accent, width=2))
        self.cursor_line.setHoverPen(pyqtgraph.mkPen(theme.accent, width=4))
        self._curves, self._marked = {}, None
        self._clear_marks()
        item = self.getPlotItem()
        for curve in list(item.listDataItems()):
            item.removeItem(curve)

    def put(self, lines: Sequence[Line], pens: dict[str, QPen], marks: Marks, now: float, until: float) -> None:
        """Lines with a pen each; `now` is the clock and `until` the end of the axis, true seconds."""
        item = self.getPlotItem()
        for line in lines:
            curve = self._curves.get(line.label)
            if curve is None:
                curve = self._curves[line.label] = item.plot(pen=pens[line.label])
            curve.setData(line.xs, line.ys)
        self._mark(marks)
        if not self.cursor_line.moving:
            self.cursor_line.setValue(now)
        top = rounded_up(max((max(line.ys, default=0.0) for line in lines), default=0.0))
        if (until, top) != self._ranged:
            self._ranged = (until, top)
            item.setRange(xRange=(0, until), yRange=(-0.02 * top, 1.08 * top), padding=0)
            self.left.setTicks([[(at, self.left.tickStrings([at], 1, top / 3)[0]) for at in thirds(top)]])

    def _mark(self, marks: Marks) -> None:
        key = (tuple(marks.failed), tuple(marks.down), tuple(marks.up))
        if key == self._marked:
            return
        self._marked = key
        self._clear_marks()
        theme = self.theme
        styles = ((marks.failed, theme.bad, Qt.PenStyle.DashLine), (marks.down, theme.warn, Qt.PenStyle.DotLine),
                  (marks.up, theme.good, Qt.PenStyle.DotLine))  # fmt: skip
        for times, tint, dash in styles:
            for t in times:
                line = pyqtgraph.InfiniteLine(t, pen=pyqtgraph.mkPen(tint, width=1.6, style=dash))
                self.getPlotItem().addItem(line, ignoreBounds=True)
                self._marks.append(line)

    def _clear_marks(self) -> None:
        for line in self._marks:
            self.getPlotItem().removeItem(line)
        self._marks = []

    def mousePressEvent(self, event: Any) -> None:
        """A click anywhere looks at that time."""
        if event.button() == Qt.MouseButton.LeftButton and not self.cursor_line.moving:
            at = self.getPlotItem().vb.mapSceneToView(QPointF(self.mapToScene(event.position().toPoint())))
            self.sought.emit(max(at.x(), 0.0))
        super().mousePressEvent(event)

    def wheelEvent(self, event: Any) -> None:
        event.ignore()


def rounded_up(value: float) -> float:
    """The next round number that three equal parts of are round too: 3, 6, 9, 15, 30, 60, 90, 150 …"""
    power = 1.0
    while power * 10 <= value:
        power *= 10
    while power > max(value, 1e-9):
        power /= 10
    return next((power * f for f in (1.5, 3, 6, 9, 15) if power * f >= value), power * 15) if value > 0 else 3.0


def thirds(top: float) -> list[float]:
    return [0.0, top / 3, top * 2 / 3, top]


def pen(tint: str, index: int, width: float = 2.0) -> QPen:
    """Lines differ by their dashes too."""
    made: QPen = pyqtgraph.mkPen(tint, width=width, style=DASHES[index % len(DASHES)])
    return made
