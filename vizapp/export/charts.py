"""The charts of a run in pictures, and what they show as CSV: the very points that are drawn."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from vizapp.compare import Played
from vizapp.compare.measured import Measured
from vizapp.export.errors import ExportError
from vizapp.export.formats import Past
from vizapp.picture import beside
from vizapp.picture.glance import SECOND
from vizapp.picture.shapes import Picture
from vizapp.picture.view import View
from vizapp.scene import measures
from vizapp.scene.model import Chart
from vizapp.sim.series import Series
from vizapp.sim.serving import bands, outages
from vizapp.words import Words

HEADS = ("series", "of", "line", "t", "value", "unit")
UNITS = {"rate": "1/s", "response": "ms", "queue": "requests", "errors": "1/s", "share": "answers",
         "availability": "s", "outage": "s"}  # fmt: skip
SHARE, AVAILABILITY, OUTAGE = "share", "availability", "outage"


def chosen(measured: Measured, names: Sequence[str] = ()) -> list[Chart]:
    """The charts of those series, all that are measured; without a name, those that are shown at first."""
    found = [chart for name in names for chart in measured.known if chart.series == name] if names else measured.first
    missing = [name for name in names if name not in {chart.series for chart in found}]
    if missing:
        known = ", ".join(dict.fromkeys(chart.series for chart in measured.known))
        raise ExportError("export.no-chart", 1, name=missing[0], known=known or "–")
    if not found:
        raise ExportError("export.no-charts", 1)
    return found


def picture(run: Played, show: float, view: View, names: Sequence[str] = (), *, only: bool = False) -> Picture:
    """That show second with charts below the stage, or the charts alone; they end where the clock stands."""
    measured, t, words = Measured(run), run.pace.true(show), Words(view.lang)
    said = [measured.said(chart, t, t, words, view.theme) for chart in chosen(measured, names)]
    if only:
        return beside.alone(said, t / SECOND, view)
    return beside.below(run.still(show, beside.above(view, len(said))), said, t / SECOND, view)


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


