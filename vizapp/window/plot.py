"""One chart of lines over true time. The only module that imports pyqtgraph: import it when a chart is shown."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, log10
from typing import Any

import pyqtgraph
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPen

from vizapp.picture.measure import Face, advance
from vizapp.picture.theme import Theme
from vizapp.sim.series import Line, Marks
from vizapp.window import look
from vizapp.window.spread import spread
from vizapp.words import Words

DASHES = (
    Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine,
)  # fmt: skip


CLOSE = 1.0  # true seconds after the end of a line within which its name stands beyond the clock


class Axis(pyqtgraph.AxisItem):
    """An axis whose numbers are written as the language does."""

    def __init__(self, orientation: str, words: Words, unit: str = "") -> None:
        super().__init__(orientation)
        self.words, self.unit = words, unit
        self.setStyle(tickLength=0, tickTextOffset=6, autoExpandTextSpace=False)

    def boundingRect(self) -> QRectF:
        """With room for the numbers at both ends, which pyqtgraph leaves out where a grid is shown."""
        return super().boundingRect().adjusted(-14, -10, 14, 10)

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
        item.setContentsMargins(0, 10, 8, 0)
        self.left.setWidth(52)
        self.bottom.setHeight(26)
        self.cursor_line = pyqtgraph.InfiniteLine(0, movable=True)
        self.cursor_line.sigDragged.connect(lambda line: self.sought.emit(max(float(line.value()), 0.0)))
        item.addItem(self.cursor_line, ignoreBounds=True)
        self._curves: dict[str, Any] = {}
        self._marks: list[Any] = []
        self._marked: object = None
        self._ranged: object = None
        self._ends: dict[str, pyqtgraph.TextItem] = {}
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
        for end in self._ends.values():
            item.removeItem(end)
        self._ends = {}
        for curve in list(item.listDataItems()):
            item.removeItem(curve)

    def put(
        self,
        lines: Sequence[Line],
        pens: dict[str, QPen],
        names: dict[str, str],
        marks: Marks,
        now: float,
        until: float,
    ) -> None:
        """Lines with a pen and a short name each; `now` is the clock and `until` the end of the axis, true seconds."""
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
        room = max((advance(name, Face(weight=600), 14) for name in names.values()), default=0.0) + 14
        wide = max(item.vb.width(), 2 * room)
        if (until, top, wide, room) != self._ranged:
            self._ranged = (until, top, wide, room)
            item.setRange(xRange=(0, until * wide / (wide - room)), yRange=(-0.02 * top, 1.01 * top), padding=0)
            self.left.setTicks([[(at, self.left.tickStrings([at], 1, top / 3)[0]) for at in thirds(top)]])
            every = interval(until, wide - room)
            times = [every * n for n in range(int(until / every) + 1)]
            self.bottom.setTicks([[(at, self.bottom.tickStrings([at], 1, every)[0]) for at in times]])
        self._name_ends(lines, pens, names, top, now)

    def _name_ends(
        self, lines: Sequence[Line], pens: dict[str, QPen], names: dict[str, str], top: float, now: float
    ) -> None:
        """Each line's name where it ends, beside the clock; names that would meet stand one under the other."""
        item, high = self.getPlotItem(), max(self.getPlotItem().vb.height(), 1.0)
        gap = 5 * item.vb.viewPixelSize()[0]
        named = sorted((line for line in lines if line.xs), key=lambda line: line.ys[-1])
        per = 1.03 * top / high  # units of the axis in a pixel
        places = spread([line.ys[-1] / per for line in named], 15.0, 5.0, top / per - 6.0)
        for line, place in zip(named, places, strict=True):
            end = self._ends.get(line.label)
            if end is None:
                end = self._ends[line.label] = pyqtgraph.TextItem(anchor=(0, 0.5))
                end.setFont(look.font(14, 600))
                item.addItem(end, ignoreBounds=True)
            end.setText(names[line.label], pens[line.label].color())
            beside = max(line.xs[-1], now if now - line.xs[-1] < CLOSE else 0.0)
            end.setPos(beside + gap, place * per)
        for label in self._ends.keys() - {line.label for line in named}:
            item.removeItem(self._ends.pop(label))

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


def interval(until: float, width: float, apart: float = 62.0) -> float:
    """The round number of seconds between two ticks that are at least `apart` pixels from each other."""
    least = max(until, 1e-9) * apart / max(width, apart)
    power = 10.0 ** floor(log10(least))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= least)


def thirds(top: float) -> list[float]:
    return [0.0, top / 3, top * 2 / 3, top]


def pen(tint: str, index: int, width: float = 2.0) -> QPen:
    """Lines differ by their dashes too."""
    made: QPen = pyqtgraph.mkPen(tint, width=width, style=DASHES[index % len(DASHES)])
    return made
