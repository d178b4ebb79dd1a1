"""Charts of several runs on one clock: a line, a row or an outage of each beside those of the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vizapp.picture.chart import DASHES, Chart, Curve, Flag, Row, Span
from vizapp.picture.charted import UNIT, chart, value
from vizapp.picture.glance import SECOND, Glance, flags
from vizapp.scene.model import Chart as Asked
from vizapp.sim.series import Line
from vizapp.words import Words

TOLD = {"rate": None, "errors": None, "response": "p95", "queue": "waiting"}
"""What stands for a run: one of its lines, or (None) the sum of them."""
COMPARED = (*TOLD, "availability", "outage")


def versus(series: str, asked: Sequence[Asked | None], sides: Sequence[Glance], names: Sequence[str]) -> Chart:
    """A chart of that series. asked: what each side measures of it; None: nothing. names: of the sides."""
    at = sides[0]
    named, until, marks = title(series, at.words), at.until / SECOND, _flags(sides)
    there = [(one, side, name, number) for number, (one, side, name) in enumerate(zip(asked, sides, names, strict=True))
             if one is not None]  # fmt: skip
    if series in TOLD:
        curves = [curve for one, side, name, number in there if (curve := _curve(one, side, name, number)) is not None]
        return Chart(named, "lines", tuple(curves), until, marks, empty=at.words(f"chart.{series}.empty"))
    own = [(chart(one, side), name) for one, side, name, _ in there]
    if series == "availability":
        rows = tuple(replace(row, name=name) for each, name in own for row in each.body[:1] if isinstance(row, Row))
        return Chart(named, "rows", rows, until, marks, empty=at.words("chart.availability.empty"))
    spans = tuple(replace(span, name=f"{name} · {span.name}") for each, name in own for span in each.body
                  if isinstance(span, Span))  # fmt: skip
    key = next((each.key for each, _ in own if each.key), ())
    return Chart(named, "spans", spans, until, marks, empty=at.words("chart.outage.empty"), key=key)


def title(series: str, words: Words) -> str:
    """What the chart of a series is called where several runs are in it."""
    return words(f"chart.versus.{series}")


def _flags(sides: Sequence[Glance]) -> tuple[Flag, ...]:
    """What is marked on any side, once."""
    found = {(flag.t, flag.text): flag for side in sides for flag in flags(side)}
    return tuple(sorted(found.values(), key=lambda flag: flag.t))


def _curve(asked: Asked, at: Glance, name: str, number: int) -> Curve | None:
    if any(each in (asked.series, asked.of) for each in at.masked):
        return None
    lines = at.series.lines(asked.series, asked.of or "", at.seen)
    told = TOLD[asked.series]
    line = summed(lines) if told is None else next((line for line in lines if line.label == told), None)
    if line is None:
        return None
    tint = at.theme.series[number % len(at.theme.series)]
    said = value(line, UNIT[asked.series], at)
    return Curve(name, tint, line.xs, line.ys, DASHES[number % len(DASHES)], said)


def summed(lines: Sequence[Line]) -> Line | None:
    """The sum of lines over the same windows."""
    if not lines:
        return None
    return Line("", lines[0].xs, [sum(column) for column in zip(*(line.ys for line in lines), strict=True)])
