"""A ladder: durations as bars on one logarithmic ruler, measured ones solid, cited ones hatched and marked as such."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import log10
from typing import Any

from vizapp.picture.chart import hatching
from vizapp.picture.colours import mix
from vizapp.picture.measure import Face, advance, cap_height
from vizapp.picture.shapes import Label, Line, Plain, Rect, plain
from vizapp.picture.stage import Area
from vizapp.picture.theme import Theme
from vizapp.scene.model import Thing
from vizapp.words import Words

NAME, NUMBER, MONO = Face(weight=500), Face(weight=600), Face("JetBrains Mono")
SECOND = 1_000_000_000  # ns
TICKS = (100_000, 1_000_000, 10_000_000, 100_000_000, SECOND, 10 * SECOND, 60 * SECOND, 600 * SECOND, 3600 * SECOND)
STEP, FOOT, WIDE = 2.2, 3.8, 36.0  # height of a rung, of what is below, and width of all, in sizes of the text
TICK = 0.85  # the names of the ruler, in those sizes

Rung = Mapping[str, Any]


def room(thing: Thing, size: float) -> tuple[float, float]:
    """(width, height) of a ladder with so many rungs."""
    return WIDE * size, (STEP * len(thing.fields.get("rungs") or ()) + FOOT) * size


def drawn(ladder: Mapping[str, Any], area: Area, size: float, theme: Theme, words: Words, of: str) -> Iterator[Plain]:
    """The rungs as they are known, one below the other on their ruler."""
    rungs: Sequence[Rung] = ladder["rungs"]
    least, most = ladder["least"], max(ladder["most"], 2 * ladder["least"])
    names = [words.say(rung["name"]) for rung in rungs]
    left = area.x + max((advance(name, NAME, size) for name in names), default=0.0) + size
    said = max((advance(told(rung, words), NUMBER, size) for rung in rungs), default=0.0) + 1.5 * size
    ruler = Area(left, area.y, max(area.right - left - said, size), area.h - FOOT * size)
    step = ruler.h / max(len(rungs), 1)
    yield from _ticks(ruler, least, most, size, theme, words, of)
    for number, (rung, name) in enumerate(zip(rungs, names, strict=True)):
        band = Area(ruler.x, ruler.y + number * step, ruler.w, step)
        base = band.middle[1] + cap_height(NAME, size) / 2
        yield Label(area.x, base, name, size, theme.ink, 500, of=of)
        if rung["ns"] is not None:
            end = _place(rung["ns"], ruler, least, most)
            yield from _bar(rung, Area(band.x, band.y + 0.22 * step, end - band.x, 0.56 * step), theme, size, of)
            tint = theme.muted if rung["cited"] else theme.ink
            yield Label(end + 0.6 * size, base, told(rung, words), size, tint, 600, of=of)
    yield from _foot(rungs, area, size, theme, words, of)


def told(rung: Rung, words: Words) -> str:
    """How long, and whether that is only cited; empty while it is not known."""
    if rung["ns"] is None:
        return ""
    ns = rung["ns"]
    return words("ladder.cited", lasts=words.duration(ns)) if rung["cited"] else words.duration(round(ns, -7) or ns)


def _foot(rungs: Sequence[Rung], area: Area, size: float, theme: Theme, words: Words, of: str) -> Iterator[Plain]:
    """What is hatched, and who says so: as soon as one is known."""
    cited = [words.say(rung["source"]) for rung in rungs if rung["cited"] and rung["ns"] is not None]
    if cited:
        text = words("ladder.foot", sources=" · ".join(dict.fromkeys(cited)))
        wide = advance(text, NAME, size)
        yield Label(area.x, area.bottom - 0.5 * size, text, size * min(1.0, area.w / wide), theme.muted, 500, of=of)


def _place(ns: int, ruler: Area, least: int, most: int) -> float:
    part = log10(max(ns, least) / least) / log10(most / least)
    return ruler.x + ruler.w * min(max(part, 0.004), 1.0)


def _ticks(
    ruler: Area, least: int, most: int, size: float, theme: Theme, words: Words, of: str
) -> Iterator[Plain]:  # fmt: skip
    """A line at each; its name where it is clear of the one before."""
    free = ruler.x - 4 * size
    for tick in TICKS:
        if least <= tick <= most:
            x = _place(tick, ruler, least, most) if tick > least else ruler.x
            yield Line(((x, ruler.y), (x, ruler.bottom + 0.3 * size)), theme.hairline, 1.0, of=of)
            text, half = words.duration(tick), advance(words.duration(tick), MONO, TICK * size) / 2
            if x - half >= free:
                free = x + half + 0.6 * size
                yield Label(x, ruler.bottom + 1.5 * size, text, TICK * size, theme.muted, mono=True, anchor="middle",
                            of=of)  # fmt: skip


def _bar(rung: Rung, area: Area, theme: Theme, size: float, of: str) -> Iterator[Plain]:
    radius = min(0.25 * size, area.w / 2)
    if rung["cited"]:
        yield Rect(area.x, area.y, area.w, area.h, radius, theme.panel, theme.muted, 1.2, of=of)
        yield from plain(hatching(area, mix(theme.muted, theme.panel, 0.35), 0.6 * size))
    else:
        yield Rect(area.x, area.y, area.w, area.h, radius, theme.accent, None, of=of)
