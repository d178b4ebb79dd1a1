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
from vizapp.words import Words

BAND = 0.31  # of the height, for one row of charts
TEXT = {"show": 1 / 45}  # of the height: the size of the text, by level
USUAL = 1 / 60
NARROWEST = 19.0  # a chart's width in sizes of its text, at least


def stage_height(size: tuple[float, float], count: int, level: Level) -> float:
    """The height that charts leave to the stage."""
    return size[1] * (1 - BAND * min(_rows(count, size, _text(level)), 2)) if count else size[1]


def _text(level: Level) -> float:
    return TEXT.get(level, USUAL)


def below(
    picture: Picture, charts: Sequence[Chart], now: float, height: float, theme: Theme, words: Words, level: Level
) -> Picture:
    """The picture with charts below it, `height` in all; now: true seconds of the clock."""
    area = Area(0.0, picture.height, picture.width, height - picture.height)
    ground: list[Shape] = []
    if picture.background is not None:
        ground.append(Rect(area.x, area.y, area.w, area.h, 0.0, theme.panel, None))
    ground.append(Line(((area.x, area.y), (area.right, area.y)), theme.hairline, 1.0))
    size = _text(level) * height
    layers = (*picture.layers, Layer(tuple(ground)), Layer(tuple(laid(charts, area, now, size, theme, words))))
    return replace(picture, height=height, layers=layers)


def alone(
    charts: Sequence[Chart], size: tuple[float, float], now: float, theme: Theme, words: Words, level: Level,
    *, transparent: bool = False,
) -> Picture:  # fmt: skip
    """Charts without a stage."""
    shapes = laid(charts, Area(0.0, 0.0, *size), now, _text(level) * size[1], theme, words)
    return Picture(*size, None if transparent else theme.panel, (Layer(tuple(shapes)),), lang=words.lang)


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
