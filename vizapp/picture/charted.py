"""What the charts of a run say at a moment: the same for the window and for files. They know nothing beyond the fog."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from vizapp.picture import mishap, said, sentences
from vizapp.picture.chart import DASHES, Chart, Curve, Flag, Row, Share, Span, Strip
from vizapp.picture.colours import mix
from vizapp.picture.theme import Theme
from vizapp.scene.model import Act, Scene
from vizapp.scene.model import Chart as Asked
from vizapp.scene.vocabulary import Kind
from vizapp.sim.frame import FAILED, Frame
from vizapp.sim.series import BROKEN, MENDED, WORSE, Line, Series, marked
from vizapp.sim.serving import Band, Outage, outages, services, unbroken
from vizapp.sim.timeline import Event, Timeline
from vizapp.words import Words

SECOND = 1e9
MANY = 8  # lines of servers: beyond, the most, the middle and the least served stand for all
UNIT = {"rate": 0, "response": 0, "queue": 1, "errors": 1}  # decimals of a value at the clock
HIDDEN = "?"


@dataclass(frozen=True, slots=True)
class Moment:
    """What is looked at. seen: true ns beyond which lies the fog; t: the clock; until: where the axis ends; masked:
    what an open question asks for."""

    scene: Scene
    kinds: Mapping[str, Kind]
    series: Series
    seen: int
    t: int
    until: int
    words: Words
    theme: Theme
    masked: tuple[str, ...] = ()

    @property
    def timeline(self) -> Timeline:
        return self.series.timeline

    def name(self, thing: str) -> str:
        return sentences.name(self.scene, self.words, thing)


def chart(asked: Asked, at: Moment) -> Chart:
    """What a chart says at that moment; blank where it would answer the open question."""
    hidden = any(each in (asked.series, asked.of) for each in at.masked)
    return SERIES[asked.series](asked, at, hidden)


def title(asked: Asked, scene: Scene, words: Words, alone: bool = True) -> str:
    """The title that a scene gives, or that of the series; alone: nothing else of the scene measures it."""
    if asked.title:
        return words.text(asked.title)
    told = words(f"chart.{asked.series}")
    return told if alone or asked.of is None else f"{told} · {sentences.name(scene, words, asked.of)}"


def _made(asked: Asked, at: Moment, form: str, body: Any, **more: Any) -> Chart:
    others = {each.of for each in at.scene.charts or () if each.series == asked.series}
    named = title(asked, at.scene, at.words, len(others) < 2)
    return Chart(named, form, tuple(body), at.until / SECOND, tuple(flags(at)), **more)


# what every chart marks


def flags(at: Moment) -> Iterator[Flag]:
    """What was done and noticed up to the fog."""
    for event in marked(at.timeline, at.seen):
        act = _act(event)
        good = act.verb in MENDED or mishap.ends(act) or (act.verb not in BROKEN and event.name not in WORSE)
        tint = _good(at.theme) if good else _bad(at.theme) if act.verb in BROKEN else _warn(at.theme)
        yield Flag(event.t / SECOND, flag_text(event, at.scene, at.words), tint,
                   (4.0, 3.0) if event.name.startswith("act.") else (1.5, 2.5))  # fmt: skip


def flag_text(event: Event, scene: Scene, words: Words) -> str:
    """An event in a few words: `web3 fails`, `web3 set aside`."""
    act = _act(event)
    if mishap.degree(act):
        return mishap.said(act, scene, words)
    for key in (f"flag.{event.name}", f"link.{event.name}"):
        if words.has(key):
            return words(key, **sentences.details(event, scene, words))
    return sentences.sentence(event, scene, words)


def _bad(theme: Theme) -> str:
    return theme.role("failed").stroke


def _act(event: Event) -> Act:
    """The act that an event tells of."""
    options = {key: value for key, value in event.details.items() if key != "args"}
    return Act(event.name.removeprefix("act."), tuple(map(str, event.details.get("args", ()))), options)


def _good(theme: Theme) -> str:
    return mix(theme.good, theme.ink, 0.25)


def _warn(theme: Theme) -> str:
    return mix(theme.warn, theme.ink, 0.15)


# lines


def _lines(asked: Asked, at: Moment, hidden: bool) -> Chart:
    found = [] if hidden else at.series.lines(asked.series, asked.of or "", at.seen)
    if asked.series == "rate" and len(found) > MANY:
        found = spread_of(found)
    curves = [
        Curve(_named(line.label, at), _tint(asked.series, number, at.theme), line.xs, line.ys,
              DASHES[number % len(DASHES)], _value(line, UNIT[asked.series], at))
        for number, line in enumerate(found)
    ]  # fmt: skip
    empty = at.words("chart.hidden") if hidden else at.words(f"chart.{asked.series}.empty")
    return _made(asked, at, "lines", curves, empty=empty)


def spread_of(lines: Sequence[Line]) -> list[Line]:
    """Of many servers, what the most, the middle and the least served of each window answered."""
    columns = [sorted(column) for column in zip(*(line.ys for line in lines), strict=True)]
    of = {"most": -1, "middle": (len(lines) - 1) // 2, "least": 0}
    return [Line(name, lines[0].xs, [column[place] for column in columns]) for name, place in of.items()]


def _named(label: str, at: Moment) -> str:
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
        return (_bad(theme), theme.warn, *theme.series[2:])[number % 8]
    return theme.series[number % len(theme.series)]


def _value(line: Line, decimals: int, at: Moment) -> str:
    """The line's value at the clock: of the last window that is over by then."""
    now = at.t / SECOND + 1e-9
    known = [y for x, y in zip(line.xs, line.ys, strict=True) if x <= now]
    return at.words.number(known[-1], decimals) if known else "–"


# shares


def _share(asked: Asked, at: Moment, hidden: bool) -> Chart:
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
    return _made(asked, at, "shares", shares, foot=foot, alarm=any(each in "123456789" for each in foot))


def _counted(of: str, at: Moment) -> str:
    """The counters that the device shows."""
    kind, frame = at.kinds[at.scene.things[of].kind], Frame(at.timeline, min(at.t, at.timeline.end))
    found = []
    for show in kind.shows:
        value = frame.value(of, show.field)
        if said.counter(show) and isinstance(value, int):
            found.append(at.words("chart.counter", name=at.words(show.words), n=value))
    return " · ".join(found)


# who serves


def _availability(asked: Asked, at: Moment, hidden: bool) -> Chart:
    empty = at.words("chart.hidden") if hidden else at.words("chart.availability.empty")
    if hidden:
        return _made(asked, at, "rows", (), empty=empty)
    found = services(at.timeline, at.seen, at.scene.bands)
    if not found and asked.of in at.timeline.answers:
        found = {"": unbroken(at.timeline, at.seen, asked.of)}
    rows = [Row(name or at.words("chart.service"), tuple(_band(band, at) for band in each))
            for name, each in found.items() if each]  # fmt: skip
    rows += _servers(asked.of, at) if asked.of is not None else _holders(found, at)
    believed = "chart.key.believed" if asked.of is not None else "chart.key.holds"
    key = ((at.words("chart.key.works"), _good(at.theme)), (at.words("chart.key.gone"), _bad(at.theme)),
           (at.words(believed), at.theme.accent))  # fmt: skip
    return _made(asked, at, "rows", rows, empty=empty, key=key if rows else ())


def _band(band: Band, at: Moment) -> Strip:
    fill, ink, hatch = band_look(band, at.scene, at.timeline, at.theme)
    return Strip(band.start / SECOND, band.end / SECOND, fill, band_texts(band, at.scene, at.words), ink, hatch)


def band_texts(band: Band, scene: Scene, words: Words) -> tuple[str, ...]:
    """What a band is called, the longest first: `A active`, `A`; `nobody: 3.4 s`, `3.4 s`; `election`."""
    labels = scene.bands.labels if scene.bands is not None else {}
    if not band.who:
        key = "first" if band.first else "nobody"
        usual = "election" if band.first and scene.bands is None else key
        named = words.text(labels[key]) if key in labels else words(f"band.{usual}")
        lasts = round(band.end - band.start, -8)
        return (named,) if band.first else (words("band.lasts", name=named, lasts=lasts), words.duration(lasts))
    names = [sentences.name(scene, words, each) for each in band.who]
    told = words("band.serves", n=len(names), name=words.join(names))
    if len(names) == 1 and band.who[0] in labels:
        told = words.text(labels[band.who[0]])
    return told, " + ".join(names)


def band_look(band: Band, scene: Scene, timeline: Timeline, theme: Theme) -> tuple[str, str, str | None]:
    """(fill, text, hatch): each thing has its own colour whenever it serves; nobody is red. Of several, the first
    one's colour is hatched with that of the second."""
    if not band.who and band.first:
        return mix(theme.panel, theme.ink, 0.16), theme.ink, None
    ink = theme.ink if theme.dark else "#FFFFFF"
    if not band.who:
        return _calm(_bad(theme), theme), ink, None
    tints = _tints(scene, timeline, theme)
    fills = [_calm(tints.get(who, theme.accent), theme) for who in band.who]
    return fills[0], ink, fills[1] if len(fills) > 1 else None


def _calm(tint: str, theme: Theme) -> str:
    """A colour on which text can be read."""
    return mix(tint, theme.canvas, 0.45) if theme.dark else mix(tint, theme.ink, 0.28)


def _tints(scene: Scene, timeline: Timeline, theme: Theme) -> dict[str, str]:
    """The colours of things that may serve, in the order of the stage: blue, green, and so on."""
    found = services(timeline, timeline.end, scene.bands).values()
    serving = {who for each in found for band in each for who in band.who}
    return {name: theme.series[number % len(theme.series)]
            for number, name in enumerate(name for name in scene.things if name in serving)}  # fmt: skip


def _servers(of: str, at: Moment) -> Iterator[Row]:
    """Each server: whether it really works, and below, thin, what its balancer believes."""
    for server in at.scene.things[of].fields.get("servers") or ():
        believed = ((start, end) for start, end, up in _held(at.timeline, server, "up", at.seen) if up)
        yield _row(server, believed, at)


def _holders(found: Mapping[str, Sequence[Band]], at: Moment) -> Iterator[Row]:
    """Each thing that served: whether it works, and below, thin, when it was the one that served."""
    every = [band for each in found.values() for band in each]
    for thing in at.scene.things:
        served = [(band.start, band.end) for band in every if thing in band.who]
        if served:
            yield _row(thing, served, at)


def _row(thing: str, below: Iterable[tuple[int, int]], at: Moment) -> Row:
    good, bad = _good(at.theme), _bad(at.theme)
    really = [Strip(start / SECOND, end / SECOND, _calm(good if works else bad, at.theme))
              for start, end, works in _works(thing, at)]  # fmt: skip
    ground = Strip(0.0, at.seen / SECOND, mix(at.theme.panel, at.theme.ink, 0.16), thin=True)
    thin = [Strip(start / SECOND, end / SECOND, at.theme.accent, thin=True) for start, end in below]
    return Row(at.name(thing), (*really, ground, *thin))


def _works(server: str, at: Moment) -> Iterator[tuple[int, int, bool]]:
    """(start, end, whether it works): it does unless it failed or hangs."""
    changes = {start for name in (FAILED, "hung") for start, _, _ in _held(at.timeline, server, name, at.seen)}
    for start, end in pairwise([*sorted({0, *changes}), at.seen]):
        if end > start:
            frame = Frame(at.timeline, start)
            yield start, end, not (frame.failed(server) or frame.value(server, "hung"))


def _held(timeline: Timeline, device: str, field: str, until: int) -> Iterator[tuple[int, int, Any]]:
    """(start, end, value) of each value that a field had, up to `until`."""
    track = timeline.tracks.get((device, field))
    changes = list(track.changes(until)) if track is not None else []
    for (t, value), (end, _) in pairwise([*changes, (until, None)]):
        if end > t:
            yield t, end, value


# how long it was away


def _outage(asked: Asked, at: Moment, hidden: bool) -> Chart:
    found = [] if hidden else outages(at.timeline, at.seen, asked.of, at.scene.bands)
    spans = [_span(each, at) for each in found]
    words, (first, second) = at.words, _parts(at.theme)
    parted = any(each.noticed is not None for each in found)
    key = ((words("chart.key.detection"), first), (words("chart.key.takeover"), second)) if parted else ()
    empty = words("chart.hidden") if hidden else words("chart.outage.empty")
    return _made(asked, at, "spans", spans, empty=empty, key=key)


def _parts(theme: Theme) -> tuple[str, str]:
    return theme.warn, theme.accent


def _span(outage: Outage, at: Moment) -> Span:
    end, ink = at.seen if outage.end is None else outage.end, at.theme.panel
    marks = [outage.start, *([outage.noticed] if outage.noticed is not None else []), end]
    fills = _parts(at.theme) if len(marks) > 2 else (_bad(at.theme),)
    parts = [((b - a) / SECOND, fill, ink) for a, b, fill in zip(marks, marks[1:], fills, strict=False)]
    value = at.words.duration(round(end - outage.start, -8) or end - outage.start)
    name = at.words("chart.at", t=at.words.number(outage.start / SECOND, 1))
    return Span(name, tuple(parts), at.words("chart.still", value=value) if outage.end is None else value,
                outage.start / SECOND, outage.end is None)  # fmt: skip


SERIES: dict[str, Callable[[Asked, Moment, bool], Chart]] = {
    "rate": _lines, "response": _lines, "queue": _lines, "errors": _lines, "share": _share,
    "availability": _availability, "outage": _outage,
}  # fmt: skip
