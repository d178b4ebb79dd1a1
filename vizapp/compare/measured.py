"""What is measured of a run, or of the sides of a comparison beside each other: the charts there are, and what each
says. The window and the exports ask here, so that they tell the same."""

from __future__ import annotations

from collections.abc import Sequence

from vizapp.compare.comparison import Comparison
from vizapp.compare.playing import Played
from vizapp.picture import charted, versus
from vizapp.picture.chart import Chart as Said
from vizapp.picture.glance import Glance, title
from vizapp.picture.theme import Theme
from vizapp.run import Run
from vizapp.scene import measures
from vizapp.scene.model import Chart
from vizapp.scene.sides import STEP
from vizapp.sim.series import Series
from vizapp.words import Words

FIRST = (("response", "queue", "rate"), ("availability", "outage"))  # of sides, the first of these that they measure


class Measured:
    """known: every chart that may be shown; first: those shown where nobody chooses. Points are kept while a run goes
    on."""

    def __init__(self, run: Played) -> None:
        self.run = run
        self.known, self.first = _sides(run) if isinstance(run, Comparison) else _one(run)
        self._series: dict[int, Series] = {}  # by the number of a side

    def title(self, chart: Chart, words: Words) -> str:
        """What the chart is called."""
        if isinstance(self.run, Comparison):
            return versus.title(chart.series, words)
        alone = sum(each.series == chart.series for each in self.known) < 2
        return title(chart, self.run.scene, words, alone)

    def said(
        self, chart: Chart, seen: int, t: int, words: Words, theme: Theme, masked: Sequence[str] = ()
    ) -> Said:
        """What the chart says at true ns `t`, of what was seen until `seen`; masked: what a question hides."""
        if not isinstance(self.run, Comparison):
            return charted.chart(chart, self._glance(self.run, 0, seen, t, words, theme, masked))
        sides = [self._glance(side, number, seen, t, words, theme, masked)
                 for number, side in enumerate(self.run.sides)]  # fmt: skip
        asked = [_measure(side, chart.series) for side in self.run.sides]
        return versus.versus(chart.series, asked, sides, [words.text(side.scene.title) for side in self.run.sides])

    def _glance(
        self, run: Run, number: int, seen: int, t: int, words: Words, theme: Theme, masked: Sequence[str]
    ) -> Glance:
        if number not in self._series or self._series[number].timeline is not run.timeline:
            self._series[number] = Series(run.timeline)
        until = max(self.run.until, self.run.timeline.end)
        seen = min(seen, run.timeline.end)
        return Glance(run.scene, run.kinds, self._series[number], seen, t, until, words, theme, tuple(masked))


def _one(run: Run) -> tuple[list[Chart], list[Chart]]:
    first = list(measures.charts(run.scene, run.kinds))
    named = {(chart.series, chart.of) for chart in first}
    more = [chart for chart in measures.measured(run.scene, run.kinds) if (chart.series, chart.of) not in named]
    return ([*first, *more] if run.scene.charts != () else []), first


def _sides(run: Comparison) -> tuple[list[Chart], list[Chart]]:
    """Of sides that go by one clock; step by step each has its own."""
    if run.scene.pairing == STEP:
        return [], []
    known = [Chart(series) for series in versus.COMPARED if any(_measure(side, series) for side in run.sides)]
    named = {chart.series for chart in known}
    first = next((usual for usual in FIRST if named.intersection(usual)), ())
    return known, [chart for chart in known if chart.series in first]


def _measure(side: Run, series: str) -> Chart | None:
    """What a side measures of that series, the first of them."""
    return next((each for each in measures.measured(side.scene, side.kinds) if each.series == series), None)
