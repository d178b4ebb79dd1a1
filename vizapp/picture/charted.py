"""What the charts of a run say at a moment: the same for the window and for files. They know nothing beyond the fog."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from vizapp.picture import said, service
from vizapp.picture.chart import DASHES, Chart, Curve, Share
from vizapp.picture.glance import SECOND, Glance, bad, made
from vizapp.picture.theme import Theme
from vizapp.scene.model import Chart as Asked
from vizapp.sim.frame import Frame
from vizapp.sim.series import Line

MANY = 8  # lines of servers: beyond, the most, the middle and the least served stand for all
UNIT = {"rate": 0, "response": 0, "queue": 1, "errors": 1}  # decimals of a value at the clock
HIDDEN = "?"


def chart(asked: Asked, at: Glance) -> Chart:
    """What a chart says at that moment; blank where it would answer the open question."""
    hidden = any(each in (asked.series, asked.of) for each in at.masked)
    return SERIES[asked.series](asked, at, hidden)


# lines


def _lines(asked: Asked, at: Glance, hidden: bool) -> Chart:
    found = [] if hidden else at.series.lines(asked.series, asked.of or "", at.seen)
    if asked.series == "rate" and len(found) > MANY:
        found = spread_of(found)
    curves = [
        Curve(_named(line.label, at), _tint(asked.series, number, at.theme), line.xs, line.ys,
              DASHES[number % len(DASHES)], value(line, UNIT[asked.series], at))
        for number, line in enumerate(found)
    ]  # fmt: skip
    empty = at.words("chart.hidden") if hidden else at.words(f"chart.{asked.series}.empty")
    return made(asked, at, "lines", curves, empty=empty)


def spread_of(lines: Sequence[Line]) -> list[Line]:
    """Of many servers, what the most, the middle and the least served of each window answered."""
    columns = [sorted(column) for column in zip(*(line.ys for line in lines), strict=True)]
    of = {"most": -1, "middle": (len(lines) - 1) // 2, "least": 0}
    return [Line(name, lines[0].xs, [column[place] for column in columns]) for name, place in of.items()]


def _named(label: str, at: Glance) -> str:
    for key in (f"chart.line.{label}", f"reason.{label}"):
        if label not in at.scene.things and at.words.has(key):
            return at.words(key)
    return at.name(label)


def _tint(series: str, number: int, theme: Theme) -> str:
    if series == "response":
        return (theme.muted, theme.ink, theme.warn)[number % 3]
    if series == "queue":
        return (theme.warn, theme.accent)[number % 2]
    if series == "errors":
        return (bad(theme), theme.warn, *theme.series[2:])[number % 8]
    return theme.series[number % len(theme.series)]


def value(line: Line, decimals: int, at: Glance) -> str:
    """The line's value at the clock: of the last window that is over by then."""
    now = at.t / SECOND + 1e-9
    known = [y for x, y in zip(line.xs, line.ys, strict=True) if x <= now]
    return at.words.number(known[-1], decimals) if known else "–"


# shares


def _share(asked: Asked, at: Glance, hidden: bool) -> Chart:
    bars = at.series.share(asked.of or "", 0 if hidden else min(at.t, at.seen))
    shares = [
        Share(at.name(bar.label), at.theme.series[number % len(at.theme.series)], bar.share,
              HIDDEN if hidden else at.words.percent(bar.share, 1))
        for number, bar in enumerate(bars)
    ]  # fmt: skip
    if len(shares) > MANY:
        ranked = sorted(shares, key=lambda share: -share.share)
        rest = sum(share.share for share in ranked[MANY - 1 :])
        others = at.words("chart.others", n=len(ranked) - MANY + 1)
        shares = [*ranked[: MANY - 1], Share(others, at.theme.muted, rest, at.words.percent(rest, 1))]
    foot = "" if hidden else _counted(asked.of or "", at)
    return made(asked, at, "shares", shares, foot=foot, alarm=bool(foot))


def _counted(of: str, at: Glance) -> str:
    """The counters that the device shows."""
    kind, frame = at.kinds[at.scene.things[of].kind], Frame(at.timeline, min(at.t, at.timeline.end))
    found = []
    for show in kind.shows:
        value = frame.value(of, show.field)
        if said.counter(show) and isinstance(value, int) and value:
            found.append(at.words("chart.counter", name=at.words(show.words), n=value))
    return " · ".join(found)


SERIES: dict[str, Callable[[Asked, Glance, bool], Chart]] = {
    "rate": _lines, "response": _lines, "queue": _lines, "errors": _lines, "share": _share,
    "availability": service.availability, "outage": service.outage,
}  # fmt: skip
