"""The charts under the stage, for scenes that measure something; they know nothing beyond the fog."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from vizapp.picture import said
from vizapp.picture.theme import Theme
from vizapp.scene.model import Chart
from vizapp.sim.series import Bar, Line, Series
from vizapp.window import glyphs, look, style
from vizapp.window.pulse import Pulse
from vizapp.window.session import Session
from vizapp.words import Words


class Legend(QWidget):
    """Which line is which, with its value at the clock: a piece of the line, its name, a number."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.entries: list[tuple[str, QPen, str]] = []
        self.setFixedHeight(24)

    def put(self, entries: list[tuple[str, QPen, str]], theme: Theme) -> None:
        if entries != self.entries or theme is not self.theme:
            self.entries, self.theme = entries, theme
            self.setAccessibleName(", ".join(f"{name} {value}" for name, _, value in entries))
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        body, mono = look.font(14), look.font(14, 400, True)
        x, y = 52.0, self.height() / 2
        for name, pen, value in self.entries:
            line = QPen(pen)
            line.setWidthF(3)
            painter.setPen(line)
            painter.drawLine(int(x), int(y), int(x) + 26, int(y))
            x += 33
            for text, font, tint in ((name, body, self.theme.muted), (value, mono, self.theme.ink)):
                painter.setFont(font)
                painter.setPen(look.colour(tint))
                wide = QFontMetricsF(font).horizontalAdvance(text)
                painter.drawText(QRectF(x, 0, wide + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
                x += wide + 7
            x += 12


def masked(chart: Chart, session: Session) -> bool:
    """Whether a chart would answer the open question: it measures what the question points at."""
    return any(each in (chart.series, chart.of) for each in session.masked)


class LineChart(QWidget):
    """A title, the lines, and the legend."""

    def __init__(self, chart: Chart, session: Session, words: Words, theme: Theme) -> None:
        from vizapp.window.plot import Plot

        super().__init__()
        self.chart, self.session, self.words, self.theme = chart, session, words, theme
        self.title = look.text("strong")
        self.plot = Plot(words, theme)
        self.plot.sought.connect(self._seek)
        self.legend = Legend(theme)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        rows.addWidget(self.title)
        rows.addWidget(self.plot, 1)
        rows.addWidget(self.legend)

    def _seek(self, second: float) -> None:
        """Within what has been seen: the fog does not lift by a click on a chart."""
        session = self.session
        session.pause()
        session.seek_true(min(round(second * 1e9), session.fog_t))

    def put(self, series: Series) -> None:
        session, chart = self.session, self.chart
        t = 0 if masked(chart, session) else session.fog_t
        lines = [line for line in series.get(chart.series, chart.of, t) if isinstance(line, Line)]
        pens = {line.label: self._pen(index, line.label) for index, line in enumerate(lines)}
        until = max(session.run.until, session.run.timeline.end) / 1e9
        names = {line.label: self._name(line.label, short=True) for line in lines}
        self.plot.put(lines, pens, names, series.marks(session.fog_t), session.t / 1e9, until)
        self.legend.put([(self._name(line.label), pens[line.label], self._value(line)) for line in lines], self.theme)

    def _pen(self, index: int, label: str) -> QPen:
        from vizapp.window.plot import pen

        if self.chart.series == "response":
            return pen(self.theme.muted if label == "median" else self.theme.ink, index)
        return pen(self.theme.series[index % len(self.theme.series)], index)

    def _name(self, label: str, short: bool = False) -> str:
        key = f"chart.{'end.' if short else ''}{label}"
        return self.words(key) if self.words.has(key) else self.words.text(self._label(label))

    def _label(self, label: str) -> dict[str, str]:
        thing = self.session.run.scene.things.get(label)
        return dict(thing.label) if thing else {"en": label}

    def _value(self, line: Line) -> str:
        """The line's value at the clock."""
        now = self.session.t / 1e9 + 1e-9
        known = [y for x, y in zip(line.xs, line.ys, strict=True) if x <= now]
        return self.words.number(known[-1], 0) if known else "–"

    def set_words(self, words: Words) -> None:
        self.words = words
        self.title.setText(words.text(self.chart.title))
        self.plot.set_words(words)
        self.plot.setAccessibleName(words.text(self.chart.title))

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.plot.set_theme(theme)


class ShareChart(QWidget):
    """Bars: who served which share of all since the start; under them the counters of the device."""

    ROW = 48

    def __init__(self, chart: Chart, session: Session, words: Words, theme: Theme) -> None:
        super().__init__()
        self.chart, self.session, self.words, self.theme = chart, session, words, theme
        self.title = look.text("strong", self)
        self.counters = look.text("wrong", wrap=True)
        self.bars: list[Bar] = []
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 4)
        rows.addWidget(self.title)
        rows.addStretch(1)
        rows.addWidget(self.counters)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def minimumSizeHint(self) -> QSize:
        return QSize(220, 120)

    def put(self, series: Series) -> None:
        session = self.session
        bars = series.share(self.chart.of, 0 if masked(self.chart, session) else min(session.t, session.fog_t))
        text = self._counted()
        if bars != self.bars or text != self.counters.text():
            self.bars = bars
            self.counters.setText(text)
            self.counters.setProperty("look", "wrong" if any(each in "123456789" for each in text) else "muted")
            style.restyle(self.counters)
            self.setAccessibleName(self.words.text(self.chart.title))
            told = ", ".join(f"{self._name(bar)} {self.words.percent(bar.share, 1)}" for bar in bars)
            self.setAccessibleDescription(f"{told}. {text}")
            self.update()

    def _counted(self) -> str:
        run, of = self.session.run, self.chart.of
        kind = run.kinds[run.scene.things[of].kind]
        frame = run.frame(self.session.t)
        found = []
        for show in kind.shows:
            value = frame.value(of, show.field)
            if said.counter(show) and isinstance(value, int):
                found.append(self.words("chart.counter", name=self.words(show.words), n=value))
        return " · ".join(found)

    def _name(self, bar: Bar) -> str:
        thing = self.session.run.scene.things.get(bar.label)
        return self.words.text(thing.label) if thing else bar.label

    def set_words(self, words: Words) -> None:
        self.words = words
        self.title.setText(words.text(self.chart.title))
        self.bars = []

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.bars:
            with QPainter(self) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        names, numbers = look.font(14, 500), look.font(14, 400, True)
        left = max(QFontMetricsF(names).horizontalAdvance(self._name(bar)) for bar in self.bars) + 16
        right = QFontMetricsF(numbers).horizontalAdvance(self.words.percent(0.999, 1)) + 14
        top = self.title.geometry().bottom() + 12
        row = min(self.ROW, (self.counters.geometry().top() - top) / len(self.bars))
        for index, bar in enumerate(self.bars):
            high = min(24.0, row - 8)
            line = QRectF(left, top + index * row, max(self.width() - left - right, 10), high)
            painter.setFont(names)
            painter.setPen(look.colour(self.theme.ink))
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(0, line.y() - 3, left, high + 6), middle, self._name(bar))
            self._bar(painter, line, bar, self.theme.series[index % len(self.theme.series)])
            painter.setFont(numbers)
            painter.setPen(look.colour(self.theme.ink))
            room = QRectF(line.right(), line.y() - 3, right, high + 6)
            share = "?" if masked(self.chart, self.session) else self.words.percent(bar.share, 1)
            painter.drawText(room, middle | Qt.AlignmentFlag.AlignRight, share)

    def _bar(self, painter: QPainter, line: QRectF, bar: Bar, tint: str) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(style.mix(self.theme.panel, self.theme.ink, 0.09)))
        painter.drawRoundedRect(line, 4, 4)
        if bar.share > 0:
            painter.setBrush(look.colour(tint))
            painter.drawRoundedRect(QRectF(line.x(), line.y(), max(line.width() * bar.share, 4), line.height()), 4, 4)


class ChartsPanel(QWidget):
    """The charts of the scene side by side; made when they are first shown."""

    def __init__(self, session: Session, words: Words, theme: Theme) -> None:
        super().__init__()
        self.session, self.words, self.theme = session, words, theme
        self.setObjectName("bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.charts: list[Any] = []
        self._series: Series | None = None
        self._made = False
        self.heading = look.text("section")
        self.fold = look.icon_button("chevron-down", 18, "muted")
        self.body = QWidget()
        self.row = QHBoxLayout(self.body)
        self.row.setContentsMargins(0, 6, 12, 6)
        self.row.setSpacing(28)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(24, 3, 8, 0)
        whole.addWidget(self.heading, 1)
        whole.addWidget(self.body, 1)
        whole.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignTop)
        self.pulse = Pulse(session, self, period=0.25)
        self.pulse.beat.connect(self.refresh)

    def _make(self) -> None:
        """Charts cost a quarter of a second to import: only once they are to be seen."""
        self._made = True
        for chart in self.session.run.scene.charts:
            kind = ShareChart if chart.series == "share" else LineChart
            made = kind(chart, self.session, self.words, self.theme)
            made.set_words(self.words)
            made.set_theme(self.theme)
            self.row.addWidget(made, 1)
            self.charts.append(made)

    def _name_fold(self) -> None:
        what = self.words("panel.charts")
        look.call(self.fold, self.words("panel.unfold" if self.body.isHidden() else "panel.fold", what=what))

    def set_folded(self, folded: bool) -> None:
        self.body.setVisible(not folded)
        self.heading.setVisible(folded)
        self.setMaximumHeight(42 if folded else 16_777_215)
        self.setMinimumHeight(42 if folded else 150)
        glyphs.wear(self.fold, "chevron-up" if folded else "chevron-down", "muted", 18)
        glyphs.put(self.fold, self.theme)
        self._name_fold()
        self.refresh()

    def set_words(self, words: Words) -> None:
        self.words = words
        self.heading.setText(words("panel.charts"))
        self._name_fold()
        for chart in self.charts:
            chart.set_words(words)
        self.refresh()

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        for chart in self.charts:
            chart.set_theme(theme)
        self.refresh()

    def refresh(self) -> None:
        if not self.body.isVisible() or not self.session.run.scene.charts:
            return
        if not self._made:
            self._make()
        timeline = self.session.run.timeline
        if self._series is None or self._series.timeline is not timeline:
            self._series = Series(timeline)
        for chart in self.charts:
            chart.put(self._series)

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self.refresh()
