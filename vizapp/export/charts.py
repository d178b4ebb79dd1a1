"""The charts of a run in pictures, and what they show as CSV: the very points that are drawn."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from vizapp.export.errors import ExportError
from vizapp.export.formats import Past
from vizapp.picture import beside, charted
from vizapp.picture.shapes import Picture
from vizapp.picture.sizes import Level
from vizapp.picture.theme import Theme
from vizapp.run import Run
from vizapp.scene import measures
from vizapp.scene.model import Chart
from vizapp.sim.series import SECOND, Series
from vizapp.sim.serving import bands, outages
from vizapp.words import Words

HEADS = ("series", "of", "line", "t", "value", "unit")
UNITS = {"rate": "1/s", "response": "ms", "queue": "requests", "errors": "1/s", "share": "answers",
         "availability": "s", "outage": "s"}  # fmt: skip
SHARE, AVAILABILITY, OUTAGE = "share", "availability", "outage"


def chosen(run: Run, names: Sequence[str] = ()) -> tuple[Chart, ...]:
    """The charts of those series, all that the scene measures; without a name, those that it shows."""
    if not names:
        found = measures.charts(run.scene, run.kinds)
    else:
        every = (*(run.scene.charts or ()), *measures.measured(run.scene, run.kinds))
        known = {(each.series, each.of): each for each in reversed(every)}
        found = tuple(chart for name in names for (series, _), chart in known.items() if series == name)
        missing = [name for name in names if name not in {chart.series for chart in found}]
        if missing:
            known_names = ", ".join(dict.fromkeys(chart.series for chart in every))
            raise ExportError("export.no-chart", 1, name=missing[0], known=known_names or "–")
    if not found:
        raise ExportError("export.no-charts", 1)
    return found


def picture(
    run: Run, show: float, charts: Sequence[Chart], *, size: tuple[int, int], words: Words, theme: Theme,
    level: Level, transparent: bool = False, only: bool = False,
) -> Picture:  # fmt: skip
    """That show second with charts below the stage, or the charts alone; they end where the clock stands."""
    t = run.pace.true(show)
    until = max(run.until, run.timeline.end)
    at = charted.Moment(run.scene, run.kinds, Series(run.timeline), t, t, until, words, theme)
    said, now = [charted.chart(chart, at) for chart in charts], t / SECOND
    if only:
        return beside.alone(said, size, now, theme, words, level, transparent=transparent)
    high = beside.stage_height(size, len(charts), level)
    still = run.still(show, size=(size[0], high), lang=words.lang, theme=theme, level=level, transparent=transparent)
    return beside.below(still, said, now, size[1], theme, words, level)


def make(past: Past) -> bytes:
    """The CSV of all that is measured up to that moment: one value a line, times in true seconds, numbers with a point.

    Lines of charts: the end of a window and its value. share: the answers of each server so far. availability and
    outage: when a band or an outage began, and for how many seconds it lasted."""
    charts = measures.measured(past.run.scene, past.run.kinds)
    if not charts:
        raise ExportError("export.no-charts", 1)
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(HEADS)
    series = Series(past.run.timeline)
    for chart in charts:
        for line, t, value in _points(chart, series, past):
            rows.writerow((chart.series, chart.of or "", line, t, value, UNITS[chart.series]))
    return out.getvalue().encode("utf-8")


def _points(chart: Chart, series: Series, past: Past) -> Iterator[tuple[str, float, float]]:
    timeline, t, rule = past.run.timeline, min(past.t, past.run.timeline.end), past.run.scene.bands
    if chart.series == SHARE:
        for bar in series.share(chart.of or "", t):
            yield bar.label, t / SECOND, bar.count
    elif chart.series == AVAILABILITY:
        for band in bands(timeline, t, rule):
            yield "+".join(band.who) or "nobody", band.start / SECOND, (band.end - band.start) / SECOND
    elif chart.series == OUTAGE:
        for outage in outages(timeline, t, chart.of, rule):
            end = t if outage.end is None else outage.end
            yield outage.device or "nobody", outage.start / SECOND, (end - outage.start) / SECOND
    else:
        for line in series.lines(chart.series, chart.of or "", t):
            for x, y in zip(line.xs, line.ys, strict=True):
                yield line.label, x, y


