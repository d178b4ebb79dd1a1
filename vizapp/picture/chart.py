"""A chart as shapes, the same in the window and in a file: what it says is given, where it stands is worked out here.

From the top: its title, the flags of what was done and noticed, the plane with its times, a legend with the values at
the clock. Lengths are in sizes of its text, so that a chart for the last row is the same one, larger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from vizapp.picture.colours import mix
from vizapp.picture.measure import Face, advance, wrap
from vizapp.picture.plane import NUMBERS, Plane, levels, rounded_up, times
from vizapp.picture.shapes import Label, Line, Rect, Shape
from vizapp.picture.spread import in_turn
from vizapp.picture.stage import Area
from vizapp.picture.theme import Theme
from vizapp.words import Words

TITLE, BODY = Face(weight=600), Face(weight=500)
HEAD, FLAGS, FOOT = 1.7, 1.5, 1.9  # heights of title, flags and times
LEGEND = 1.7
GUTTER = 3.4  # width of the values at the left
DASHES: tuple[tuple[float, ...], ...] = ((), (6.0, 3.0), (2.0, 2.5), (8.0, 3.0, 2.0, 3.0))
ROW = 3.2  # height of a row of bands or bars, at most


@dataclass(frozen=True, slots=True)
class Flag:
    """Something that every chart marks. t: true seconds; dash: how its line is broken."""

    t: float
    text: str
    tint: str
    dash: tuple[float, ...] = (4.0, 3.0)


@dataclass(frozen=True, slots=True)
class Curve:
    """xs: true seconds; value: at the clock, as it is said."""

    name: str
    tint: str
    xs: Sequence[float]
    ys: Sequence[float]
    dash: tuple[float, ...] = ()
    value: str = ""


@dataclass(frozen=True, slots=True)
class Strip:
    """A piece of a row, in true seconds. texts: the first that fits is written in `ink`; hatch: the colour of
    another at once; thin: what is only believed."""

    start: float
    end: float
    fill: str
    texts: tuple[str, ...] = ()
    ink: str = ""
    hatch: str | None = None
    thin: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    strips: tuple[Strip, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """A bar over a share (0..1) of all; value: as it is said."""

    name: str
    tint: str
    share: float
    value: str


@dataclass(frozen=True, slots=True)
class Span:
    """An outage from its beginning on, in seconds. parts: (length, fill, text), one after the other; t: when it began;
    open: it goes on."""

    name: str
    parts: tuple[tuple[float, str, str], ...]
    value: str
    t: float
    open: bool = False


Body = tuple[Curve, ...] | tuple[Row, ...] | tuple[Share, ...] | tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """What a chart says. form: lines, rows, shares or spans; until: true seconds that its axis ends at; foot: a line
    below it (tone bad if `alarm`); empty: what stands where there is nothing yet; key: what colours mean."""

    title: str
    form: str
    body: Body
    until: float
    flags: tuple[Flag, ...] = ()
    foot: str = ""
    alarm: bool = False
    empty: str = ""
    key: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """The shapes of a chart. plane: where its times are, None for one without; spots: places that tell of a time."""

    shapes: tuple[Shape, ...]
    plane: Plane | None = None
    spots: tuple[tuple[Area, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Sight:
    """Where a chart stands and how it looks. size: of its text."""

    area: Area
    size: float
    theme: Theme
    words: Words


def draw(chart: Chart, at: Sight) -> Drawn:
    """The chart in its area."""
    return FORMS[chart.form](chart, at)


def cursor(plane: Plane, t: float, theme: Theme, size: float) -> tuple[Shape, ...]:
    """The clock, as a line that can be taken hold of."""
    x = plane.x(min(t, plane.until))
    top = plane.area.y - 0.3 * size
    knob = Rect(x - 0.3 * size, top - 0.3 * size, 0.6 * size, 0.6 * size, 0.3 * size, theme.accent, None)
    return Line(((x, top), (x, plane.area.bottom)), theme.accent, 0.13 * size), knob


# the parts


def _title(chart: Chart, at: Sight) -> Iterator[Shape]:
    text, size = chart.title, at.size
    while advance(text, TITLE, size) > at.area.w and size > 0.75 * at.size:
        size *= 0.96
    yield Label(at.area.x, at.area.y + 1.05 * at.size, text, size, at.theme.ink, 600)


def _ground(chart: Chart, at: Sight, gutter: float, top: float = 1.0, legend: float = LEGEND) -> Plane:
    area, size = at.area, at.size
    above, below = (HEAD + FLAGS) * size, (FOOT + legend) * size
    right = 0.6 * size
    return Plane(Area(area.x + gutter, area.y + above, area.w - gutter - right, area.h - above - below),
                 chart.until, top)  # fmt: skip


def _flags(chart: Chart, plane: Plane, at: Sight) -> Iterator[Shape]:
    """A line for each, its name above where there is room; those that fall together are one."""
    size = 0.85 * at.size
    flags: list[Flag] = []
    for flag in chart.flags:
        if not flags or plane.x(flag.t) - plane.x(flags[-1].t) >= 2.0:
            flags.append(flag)
    spans = [(plane.x(flag.t), advance(flag.text, TITLE, size)) for flag in flags]
    places = in_turn(spans, 0.8 * size, at.area.x, at.area.right)
    for flag, (x, _), left in zip(flags, spans, places, strict=True):
        yield Line(((x, plane.area.y - 0.3 * size), (x, plane.area.bottom)), flag.tint, 1.5, flag.dash)
        if left is not None:
            yield Label(left, plane.area.y - 0.7 * size, flag.text, size, flag.tint, 600)


def _legend(
    entries: Sequence[tuple[str, str, tuple[float, ...], str]], at: Sight, left: float, below: float
) -> Iterator[Shape]:
    """(name, tint, dash, value) side by side, below the times of a plane that ends at `below`; where there is no room
    for all, without values, and then as many as fit."""
    size = 0.92 * at.size
    y = min(at.area.bottom - 0.45 * at.size, below + (FOOT + 1.25) * at.size)
    widths = _widths(entries, size)
    if at.area.x + sum(widths) + size * (len(widths) - 1) > at.area.right and len(entries) > 2:
        entries = [(name, tint, dash, "") for name, tint, dash, _ in entries]
        widths = _widths(entries, size)
    x = left if left + sum(widths) + size * (len(widths) - 1) <= at.area.right else at.area.x
    for index, ((name, tint, dash, value), wide) in enumerate(zip(entries, widths, strict=True)):
        more = f"+{len(entries) - index}"
        rest = 0.0 if index == len(entries) - 1 else size + advance(more, BODY, size)
        if x + wide + rest > at.area.right and index:
            yield Label(x, y, more, size, at.theme.muted, 500)
            return
        yield Line(((x, y - 0.33 * size), (x + 1.3 * size, y - 0.33 * size)), tint, 0.2 * size, dash)
        yield Label(x + 1.7 * size, y, name, size, at.theme.muted, 500)
        if value:
            yield Label(x + wide, y, value, size, at.theme.ink, mono=True, anchor="end")
        x += wide + size


def _widths(entries: Sequence[tuple[str, str, tuple[float, ...], str]], size: float) -> list[float]:
    return [1.8 * size + advance(name, BODY, size) + (0.5 * size + advance(value, NUMBERS, size) if value else 0.0)
            for name, _, _, value in entries]  # fmt: skip


def _empty(chart: Chart, plane: Plane, at: Sight) -> Iterator[Shape]:
    if not chart.body and chart.empty:
        x, y = plane.area.middle
        yield Label(x, y + 0.3 * at.size, chart.empty, at.size, at.theme.muted, 500, anchor="middle")


# the forms


def _lines(chart: Chart, at: Sight) -> Drawn:
    curves = [curve for curve in chart.body if isinstance(curve, Curve)]
    top = rounded_up(max((max(curve.ys, default=0.0) for curve in curves), default=0.0))
    gutter = max(GUTTER * at.size, advance(at.words.number(top), NUMBERS, 0.9 * at.size) + at.size)
    plane = _ground(chart, at, gutter, top)
    drawn = [Line(tuple((plane.x(x), plane.y(y)) for x, y in zip(curve.xs, curve.ys, strict=True)), curve.tint,
                  0.14 * at.size, curve.dash) for curve in curves if len(curve.xs) > 1]  # fmt: skip
    entries = [(curve.name, curve.tint, curve.dash, curve.value) for curve in curves]
    return Drawn((
        *_title(chart, at), *levels(plane, at.size, at.theme, at.words), *times(plane, at.size, at.theme, at.words),
        *_flags(chart, plane, at), *drawn, *_empty(chart, plane, at),
        *_legend(entries, at, plane.area.x, plane.area.bottom),
    ), plane)  # fmt: skip


def _rows(chart: Chart, at: Sight) -> Drawn:
    rows = [row for row in chart.body if isinstance(row, Row)]
    gutter = max((advance(row.name, BODY, at.size) for row in rows), default=0.0) + at.size
    plane = _ground(chart, at, gutter)
    area = plane.area
    high = min(ROW * at.size, area.h / max(len(rows), 1))
    shapes: list[Shape] = []
    for number, row in enumerate(rows):
        y = area.y + number * high
        shapes.append(Label(area.x - 0.6 * at.size, y + 0.5 * high + 0.3 * at.size, row.name, at.size, at.theme.ink,
                            500, anchor="end"))  # fmt: skip
        for strip in row.strips:
            shapes += strips(strip, plane, Area(area.x, y + 0.12 * high, area.w, 0.76 * high), at)
    entries = [(name, tint, (), "") for name, tint in chart.key]
    bottom = Plane(Area(area.x, area.y, area.w, high * max(len(rows), 1)), plane.until)
    return Drawn((
        *_title(chart, at), *shapes, *times(bottom, at.size, at.theme, at.words), *_flags(chart, bottom, at),
        *_empty(chart, plane, at), *_legend(entries, at, at.area.x, bottom.area.bottom),
    ), bottom)  # fmt: skip


def strips(strip: Strip, plane: Plane, band: Area, at: Sight) -> Iterator[Shape]:
    """A piece of a row: a box over its time, hatched where several serve, its text in it where it fits."""
    left, right = plane.x(strip.start), plane.x(strip.end)
    y, high = (band.y + 0.8 * band.h, 0.2 * band.h) if strip.thin else (band.y, band.h)
    wide = max(right - left - 0.08 * at.size, 1.0)
    yield Rect(left, y, wide, high, 0.0 if strip.thin else min(0.25 * at.size, wide / 2), strip.fill, None)
    if strip.hatch is not None:
        yield from hatching(Area(left, y, wide, high), strip.hatch, 0.55 * at.size)
    size = 0.88 * at.size
    text = next((text for text in strip.texts if advance(text, TITLE, size) + 0.8 * size <= wide), "")
    if text:
        yield Label(left + wide / 2, y + high / 2 + 0.34 * size, text, size, strip.ink, 600, anchor="middle")


def hatching(area: Area, tint: str, step: float) -> Iterator[Shape]:
    """Slanting lines over an area."""
    x = area.x - area.h + step
    while x < area.right:
        low, high = max(x, area.x), min(x + area.h, area.right)
        yield Line(((low, area.bottom - (low - x)), (high, area.bottom - (high - x))), tint, 0.25 * step)
        x += step


def _shares(chart: Chart, at: Sight) -> Drawn:
    shares, size = [each for each in chart.body if isinstance(each, Share)], at.size
    named = max((advance(each.name, BODY, size) for each in shares), default=0.0) + size
    said = max((advance(each.value, NUMBERS, size) for each in shares), default=0.0) + size
    foot = wrap(chart.foot, TITLE, size, at.area.w) if chart.foot else []
    top, below = at.area.y + (HEAD + 0.8) * size, (0.4 + 1.3 * len(foot)) * size
    row = min(3.0 * size, (at.area.bottom - below - top) / max(len(shares), 1))
    shapes: list[Shape] = []
    for number, each in enumerate(shares):
        middle, high = top + (number + 0.5) * row, min(1.5 * size, 0.7 * row)
        track = Area(at.area.x + named, middle - high / 2, max(at.area.w - named - said, 1.0), high)
        shapes.append(Label(at.area.x, middle + 0.34 * size, each.name, size, at.theme.ink, 500))
        for part, tint in ((1.0, mix(at.theme.panel, at.theme.ink, 0.09)), (each.share, each.tint)):
            if part > 0:
                shapes.append(Rect(track.x, track.y, max(part * track.w, 0.3 * size), high, 0.25 * size, tint, None))
        shapes.append(Label(at.area.right, middle + 0.34 * size, each.value, size, at.theme.ink, mono=True,
                            anchor="end"))  # fmt: skip
    return Drawn((*_title(chart, at), *shapes, *_foot(foot, chart.alarm, at)))


def _foot(lines: Sequence[str], alarm: bool, at: Sight) -> Iterator[Shape]:
    tint = at.theme.role("failed").text if alarm else at.theme.muted
    for number, text in enumerate(reversed(lines)):
        yield Label(at.area.x, at.area.bottom - (0.45 + 1.3 * number) * at.size, text, at.size, tint, 600)


def _spans(chart: Chart, at: Sight) -> Drawn:
    """Outages below one another from a common beginning, so that their lengths compare: each a bracket over its
    parts."""
    spans, size = [each for each in chart.body if isinstance(each, Span)], at.size
    named = max((advance(each.name, BODY, size) for each in spans), default=0.0) + size
    said = max((advance(each.value, TITLE, size) for each in spans), default=0.0) + 1.6 * size
    plane = _ground(chart, at, named)
    length = max((sum(part[0] for part in each.parts) for each in spans), default=0.0)
    ruler = Plane(Area(plane.area.x, plane.area.y, plane.area.w - said, plane.area.h), max(length, 1e-9))
    high = min(3.2 * size, ruler.area.h / max(len(spans), 1))
    shapes: list[Shape] = []
    spots = []
    for number, each in enumerate(spans):
        y = ruler.area.y + number * high
        spots.append((Area(at.area.x, y, at.area.w, high), each.t))
        shapes += _span(each, ruler, y, high, at)
    low = Plane(Area(ruler.area.x, ruler.area.y, ruler.area.w, high * max(len(spans), 1)), ruler.until)
    ticks = times(low, size, at.theme, at.words) if spans else ()
    entries = [(name, tint, (), "") for name, tint in chart.key]
    legend = _legend(entries, at, at.area.x, low.area.bottom)
    return Drawn((*_title(chart, at), *shapes, *ticks, *_empty(chart, plane, at), *legend), None, tuple(spots))


def _span(each: Span, ruler: Plane, y: float, high: float, at: Sight) -> Iterator[Shape]:
    size, theme = at.size, at.theme
    yield Label(at.area.x, y + 0.62 * high + 0.34 * size, each.name, size, theme.ink, 500)
    start = 0.0
    for length, fill, ink in each.parts:
        left, right = ruler.x(start), ruler.x(start + length)
        yield Rect(left, y + 0.42 * high, max(right - left - 1, 1.0), 0.42 * high, 0.2 * size, fill, None)
        text = at.words.duration(rounded(length))
        if advance(text, TITLE, 0.85 * size) + 0.6 * size < right - left and len(each.parts) > 1:
            yield Label((left + right) / 2, y + 0.63 * high + 0.3 * size, text, 0.85 * size, ink, 600, anchor="middle")
        start += length
    left, right, top = ruler.area.x, ruler.x(start), y + 0.2 * high
    hook = 0.14 * high
    bracket = ((left, top + hook), (left, top), (right, top)) if each.open else (
        (left, top + hook), (left, top), (right, top), (right, top + hook))  # fmt: skip
    yield Line(bracket, theme.ink, 0.11 * size)
    yield Label(right + 0.6 * size, y + 0.62 * high + 0.34 * size, each.value, size, theme.role("failed").text, 600)


def rounded(seconds: float) -> int:
    """True ns to a tenth of a second; what is shorter as it is."""
    ns = round(seconds * 1e9)
    return round(ns / 1e8) * 100_000_000 or ns


FORMS: dict[str, Callable[[Chart, Sight], Drawn]] = {
    "lines": _lines, "rows": _rows, "shares": _shares, "spans": _spans,
}  # fmt: skip
