"""Charts in a picture: in a band below the stage, or by themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil

from vizapp.picture.chart import Chart, Sight, cursor, draw
from vizapp.picture.shapes import Layer, Line, Picture, Rect, Shape
from vizapp.picture.sizes import Level
from vizapp.picture.stage import Area
from vizapp.picture.theme import Theme
from vizapp.picture.view import View
from vizapp.words import Words

BAND = 0.31  # of the height, for one row of charts
TEXT = {"show": 1 / 45}  # of the height: the size of the text, by level
USUAL = 1 / 60
NARROWEST = 19.0  # a chart's width in sizes of its text, at least


def above(view: View, count: int) -> View:
    """The same on what so many charts leave of the height to the stage."""
    w, h = view.size
    rows = min(_rows(count, view.size, _text(view.level)), 2) if count else 0
    return replace(view, size=(w, h * (1 - BAND * rows)))


def _text(level: Level) -> float:
    return TEXT.get(level, USUAL)


def below(picture: Picture, charts: Sequence[Chart], now: float, view: View) -> Picture:
    """The picture with charts below it, as high as `view` in all; now: true seconds of the clock."""
    height, theme = view.size[1], view.theme
    area = Area(0.0, picture.height, picture.width, height - picture.height)
    ground: list[Shape] = []
    if picture.background is not None:
        ground.append(Rect(area.x, area.y, area.w, area.h, 0.0, theme.panel, None))
    ground.append(Line(((area.x, area.y), (area.right, area.y)), theme.hairline, 1.0))
    drawn = laid(charts, area, now, _text(view.level) * height, theme, Words(view.lang))
    return replace(picture, height=height, layers=(*picture.layers, Layer(tuple(ground)), Layer(tuple(drawn))))


def alone(charts: Sequence[Chart], now: float, view: View) -> Picture:
    """Charts without a stage."""
    text = _text(view.level) * view.size[1]
    shapes = laid(charts, Area(0.0, 0.0, *view.size), now, text, view.theme, Words(view.lang))
    background = None if view.transparent else view.theme.panel
    return Picture(*view.size, background, (Layer(tuple(shapes)),), lang=view.lang)


def laid(
    charts: Sequence[Chart], area: Area, now: float, text: float, theme: Theme, words: Words
) -> Iterator[Shape]:
    """Charts in rows of equal cells, with the clock in each. text: the size of their text."""
    rows = _rows(len(charts), (area.w, 1.0), text)
    columns = max(1, ceil(len(charts) / rows))
    gap = 2.0 * text
    wide, high = (area.w - gap * (columns + 1)) / columns, (area.h - 0.7 * gap) / rows
    for number, chart in enumerate(charts):
        row, column = divmod(number, columns)
        cell = Area(area.x + gap + column * (wide + gap), area.y + 0.6 * gap + row * high, wide, high - 0.3 * gap)
        drawn = draw(chart, Sight(cell, text, theme, words))
        yield from drawn.shapes
        if drawn.plane is not None:
            yield from cursor(drawn.plane, now, theme, text)


def _rows(count: int, size: tuple[float, float], text: float) -> int:
    """How many rows it takes until each chart is wide enough; text: its size, as a part of the height."""
    rows = 1
    while rows < count and size[0] / ceil(count / rows) < NARROWEST * text * size[1]:
        rows += 1
    return rows
