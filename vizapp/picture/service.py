"""Who serves when, how the things that do really are, and for how long nobody did: bands, rows and outages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from vizapp.picture import sentences
from vizapp.picture.chart import Chart, Row, Span, Strip
from vizapp.picture.colours import mix
from vizapp.picture.glance import SECOND, Glance, bad, calm, made
from vizapp.picture.theme import Theme
from vizapp.scene.measures import may_serve
from vizapp.scene.model import Chart as Asked
from vizapp.scene.model import Scene
from vizapp.sim.frame import FAILED, Frame
from vizapp.sim.serving import Band, Outage, outages, services, unbroken
from vizapp.sim.timeline import Timeline
from vizapp.words import Words

MANY = 8  # servers that have a row each

def availability(asked: Asked, at: Glance, hidden: bool) -> Chart:
    """Who served when, and below how each thing that may serve really was."""
    empty = at.words("chart.hidden") if hidden else at.words("chart.availability.empty")
    if hidden:
        return made(asked, at, "rows", (), empty=empty)
    found = services(at.timeline, at.seen, at.scene.bands)
    if not found and asked.of in at.timeline.answers:
        found = {"": unbroken(at.timeline, at.seen, asked.of)}
    every = services(at.timeline, at.timeline.end, at.scene.bands).values()
    tints = tints_of((band for each in every for band in each), at.scene, at.theme)
    rows = [Row(name or at.words("chart.service"), tuple(_band(band, tints, at) for band in each))
            for name, each in found.items() if each]  # fmt: skip
    rows += _servers(asked.of, at) if asked.of is not None else _holders(found, at)
    believed = "chart.key.believed" if asked.of is not None else "chart.key.holds"
    key = ((at.words("chart.key.works"), _state(True, at.theme)), (at.words("chart.key.gone"), _state(False, at.theme)),
           (at.words(believed), at.theme.accent))  # fmt: skip
    return made(asked, at, "rows", rows, empty=empty, key=key if rows else ())


def _band(band: Band, tints: Mapping[str, str], at: Glance) -> Strip:
    fill, ink, hatch = band_look(band, tints, at.theme)
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


def band_look(band: Band, tints: Mapping[str, str], theme: Theme) -> tuple[str, str, str | None]:
    """(fill, text, hatch): each thing has its own colour whenever it serves; nobody is red. Of several, the first
    one's colour is hatched with that of the second. tints: see `tints_of`."""
    if not band.who and band.first:
        return mix(theme.panel, theme.ink, 0.16), theme.ink, None
    ink = theme.ink if theme.dark else "#FFFFFF"
    if not band.who:
        return calm(bad(theme), theme), ink, None
    fills = [calm(tints.get(who, theme.accent), theme) for who in band.who]
    return fills[0], ink, fills[1] if len(fills) > 1 else None


def tints_of(bands: Iterable[Band], scene: Scene, theme: Theme) -> dict[str, str]:
    """The colours of things that serve, in the order of the stage: blue, green, and so on."""
    serving = {who for band in bands for who in band.who}
    return {name: theme.series[number % len(theme.series)]
            for number, name in enumerate(name for name in scene.things if name in serving)}  # fmt: skip


def _servers(of: str, at: Glance) -> Iterator[Row]:
    """Each server: whether it really works, and below, thin, what its balancer believes. Of many, those alone that
    ever failed or were set aside."""
    servers = at.scene.things[of].fields.get("servers") or ()
    if len(servers) > MANY:
        servers = [each for each in servers if _suffered(each, at)][:MANY]
    for server in servers:
        believed = ((start, end) for start, end, up in _held(at.timeline, server, "up", at.seen) if up)
        yield _row(server, believed, at)


def _suffered(server: str, at: Glance) -> bool:
    believed = _held(at.timeline, server, "up", at.seen)
    return any(not works for _, _, works in _works(server, at)) or any(not up for _, _, up in believed)


def _holders(found: Mapping[str, Sequence[Band]], at: Glance) -> Iterator[Row]:
    """Each thing that may serve: whether it works, and below, thin, when it was the one that served."""
    every = [band for each in found.values() for band in each]
    for thing in at.scene.things.values():
        served = [(band.start, band.end) for band in every if thing.id in band.who]
        if served or may_serve(thing, at.scene):
            yield _row(thing.id, served, at)


def _row(thing: str, below: Iterable[tuple[int, int]], at: Glance) -> Row:
    really = [Strip(start / SECOND, end / SECOND, _state(works, at.theme))
              for start, end, works in _works(thing, at)]  # fmt: skip
    ground = Strip(0.0, at.seen / SECOND, mix(at.theme.panel, at.theme.ink, 0.16), thin=True)
    thin = [Strip(start / SECOND, end / SECOND, at.theme.accent, thin=True) for start, end in below]
    return Row(at.name(thing), (*really, ground, *thin))


def _state(works: bool, theme: Theme) -> str:
    return calm(theme.good if works else bad(theme), theme)


def _works(server: str, at: Glance) -> Iterator[tuple[int, int, bool]]:
    """(start, end, whether it works): it does unless it failed, hangs or is switched off."""
    names = (FAILED, "hung", "powered")
    changes = {start for name in names for start, _, _ in _held(at.timeline, server, name, at.seen)}
    for start, end in pairwise([*sorted({0, *changes}), at.seen]):
        if end > start:
            frame = Frame(at.timeline, start)
            off = frame.value(server, "powered") is False
            yield start, end, not (off or frame.failed(server) or frame.value(server, "hung"))


def _held(timeline: Timeline, device: str, field: str, until: int) -> Iterator[tuple[int, int, Any]]:
    """(start, end, value) of each value that a field had, up to `until`."""
    track = timeline.tracks.get((device, field))
    changes = list(track.changes(until)) if track is not None else []
    for (t, value), (end, _) in pairwise([*changes, (until, None)]):
        if end > t:
            yield t, end, value


# how long it was away


def outage(asked: Asked, at: Glance, hidden: bool) -> Chart:
    """How long each outage lasted."""
    found = [] if hidden else outages(at.timeline, at.seen, asked.of, at.scene.bands)
    spans = [_span(each, at) for each in found]
    words, (first, second) = at.words, _parts(at.theme)
    parted = any(each.noticed is not None for each in found)
    key = ((words("chart.key.detection"), first), (words("chart.key.takeover"), second)) if parted else ()
    empty = words("chart.hidden") if hidden else words("chart.outage.empty")
    return made(asked, at, "spans", spans, empty=empty, key=key)


def _parts(theme: Theme) -> tuple[str, str]:
    return theme.warn, theme.accent


def _span(outage: Outage, at: Glance) -> Span:
    end, ink = at.seen if outage.end is None else outage.end, at.theme.panel
    marks = [outage.start, *([outage.noticed] if outage.noticed is not None else []), end]
    fills = _parts(at.theme) if len(marks) > 2 else (bad(at.theme),)
    parts = [((b - a) / SECOND, fill, ink) for a, b, fill in zip(marks, marks[1:], fills, strict=False)]
    value = at.words.duration(round(end - outage.start, -8) or end - outage.start)
    name = at.words("chart.at", t=at.words.number(outage.start / SECOND, 1))
    return Span(name, tuple(parts), at.words("chart.still", value=value) if outage.end is None else value,
                outage.start / SECOND, outage.end is None)  # fmt: skip
