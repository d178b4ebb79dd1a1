"""The foot line: where what is said comes from, in a band of its own below a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from vizapp.picture.measure import Face, advance, cap_height, wrap
from vizapp.picture.shapes import Label, Layer, Line, Picture, Rect, Shape
from vizapp.picture.view import View
from vizapp.words import Words

FACE = Face()
LEAST, LEAST_SHOWN = 14.0, 24.0  # pixels to the em at 1080 lines, when one explores and in a show
LEADING = 1.4
MOST = 3, 2  # lines, when one explores and in a show
AIR = 0.7  # above the first and below the last line, in sizes of the text
EDGE = 1.6  # at both sides


Cited = tuple[str, Sequence[str]]  # what a foot begins with, and the citations that it lists


@dataclass(frozen=True, slots=True)
class Foot:
    """Measured for a view. height: of the band, in pixels."""

    lines: tuple[str, ...]
    size: float
    height: float

    @property
    def text(self) -> str:
        return " ".join(self.lines)


def foot(every: Sequence[Cited], now: Cited, view: View) -> Foot:
    """The foot of the moment whose sources are `now`; as high as the highest of `every` moment: nothing jumps."""
    size = _size(view)
    most = max((len(_broken(each, MOST[view.level == "show"], size, view)) for each in every), default=0)
    return Foot(tuple(_broken(now, most, size, view)), size, (most * LEADING + 2 * AIR) * size if most else 0.0)


def above(view: View, kept: Foot) -> View:
    """The View of what stands above; the texts of a show stay as large as they are."""
    w, h = view.size
    unit = h / (h - kept.height) if view.level == "show" else view.unit
    return replace(view, size=(w, h - kept.height), unit=unit)


def below(picture: Picture, kept: Foot, view: View) -> Picture:
    """The picture with its foot, as high as `view` in all."""
    if not kept.height:
        return picture
    description = f"{picture.description} {kept.text}".strip()
    layers = (*picture.layers, band(kept, view))
    return replace(picture, height=view.size[1], layers=layers, description=description)


def band(kept: Foot, view: View) -> Layer:
    """The foot at the bottom of a view."""
    theme, (width, height) = view.theme, view.size
    top = height - kept.height
    shapes: list[Shape] = [] if view.transparent else [Rect(0.0, top, width, kept.height, 0.0, theme.panel, None)]
    shapes.append(Line(((0.0, top), (width, top)), theme.hairline, 1.0))
    for number, line in enumerate(kept.lines):
        middle = top + (AIR + (number + 0.5) * LEADING) * kept.size
        shapes.append(Label(EDGE * kept.size, middle + cap_height(FACE, kept.size) / 2, line, kept.size, theme.muted))
    return Layer(tuple(shapes))


def _size(view: View) -> float:
    w, h = view.size
    if view.level == "show":
        return LEAST_SHOWN * min(w / 1400, h / 1080) if w < 1400 or h < 1080 else LEAST_SHOWN * h / 1080
    return max(LEAST, LEAST * h / 1080)


def _broken(cited: Cited, most: int, size: float, view: View) -> list[str]:
    """As many whole citations as so many lines take; how many more there are is said."""
    (head, shorts), width, words = cited, view.size[0] - 2 * EDGE * size, Words(view.lang)
    lines: list[str] = []
    for count in range(len(shorts), 0, -1):
        more = words("source.more", n=len(shorts) - count) if count < len(shorts) else ""
        lines = wrap(f"{head} {' · '.join(shorts[:count])} {more}".strip(), FACE, size, width)
        if len(lines) <= most:
            break
    return [_cut(line, size, width) for line in lines[:most]]


def _cut(line: str, size: float, width: float) -> str:
    while advance(line, FACE, size) > width and len(line) > 2:
        line = line[:-2].rstrip() + "…"
    return line
