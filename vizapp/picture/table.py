"""A table attached to its device: a heading, a row for each entry, what just changed marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from vizapp.picture import motion, room
from vizapp.picture.colours import mix
from vizapp.picture.measure import Face, advance, cap_height
from vizapp.picture.shapes import Label, Line, Rect, Shape
from vizapp.picture.stage import Area, Stage
from vizapp.picture.theme import Theme
from vizapp.picture.view import View
from vizapp.scene.vocabulary import Show
from vizapp.sim.frame import Frame
from vizapp.sim.pace import Pace
from vizapp.words import Words

TITLE = Face(weight=600)
MARKED = 4.0  # show seconds for which what changed stays marked
MOST = 8  # rows; more are counted


def table(
    frame: Frame, stage: Stage, view: View, words: Words, shows: Sequence[Show], device: str, show: float, pace: Pace
) -> Iterator[Shape]:
    """The table that the view asks for, beside its device."""
    name = (view.table or "").partition(".")[2]
    found = next((each for each in shows if each.field == name and each.form == "table"), None)
    if found is None or device not in stage.boxes or not stage.sizes.texts:
        return
    rows = list(frame.value(device, name) or ())
    since = frame.since(device, name)
    recent = since is not None and since > 0 and motion.age(pace, show, since) < MARKED
    before = list(frame.before(device, name) or ()) if recent else rows
    hidden = view.masks(device, name)
    cells = [[_cell(row, column.key, view, device, words) for column in found.columns] for row in rows[:MOST]]
    yield from _drawn(stage, view, words, found, device, cells, [row not in before for row in rows[:MOST]], hidden)


def _cell(row: Any, key: str, view: View, device: str, words: Words) -> str:
    if view.masks(device, key):
        return "?"
    return words.say(row.get(key, "") if isinstance(row, dict) else row)


def _drawn(
    stage: Stage,
    view: View,
    words: Words,
    show: Show,
    device: str,
    cells: list[list[str]],
    fresh: list[bool],
    hidden: bool,
) -> Iterator[Shape]:
    theme = view.theme
    size = max(stage.sizes.detail, 0.72 * stage.sizes.card)
    heads = [words(column.words) for column in show.columns]
    faces = [Face("JetBrains Mono") if column.mono else Face(weight=500) for column in show.columns]
    if hidden:
        cells, fresh = [["?" for _ in heads]], [False]
    widths = [
        max([advance(head, TITLE, 0.86 * size), *(advance(row[i], faces[i], size) for row in cells)])
        for i, head in enumerate(heads)
    ]
    title = words(show.words)
    gap, pad, step = 1.5 * size, size, 1.75 * size
    w = max(sum(widths) + gap * (len(widths) - 1), advance(title, TITLE, size)) + 2 * pad
    h = 2.1 * size + (1.45 * size + step * len(cells) if cells else 1.6 * size) + 0.5 * pad
    area = room.around(stage, view.focus, device, w, h)
    x, y = area.x, area.y
    yield from _attached(stage, area, device, theme)
    of = device
    yield Rect(x, y, w, h, stage.sizes.corner, theme.panel, mix(theme.accent, theme.panel, 0.45), 1.4, shadow=True,
               of=of, title=title)  # fmt: skip
    yield Label(x + pad, y + 1.05 * size + cap_height(TITLE, size) / 2 + 0.2 * size, title, size, theme.ink, 600, of=of)
    top = y + 2.1 * size
    if not cells:
        yield Label(
            x + pad, top + 0.6 * size + cap_height(TITLE, size) / 2, words("table.empty"), size, theme.muted, of=of
        )
        return
    left = x + pad
    for head, width in zip(heads, widths, strict=True):
        yield Label(left, top + 0.9 * size, head, 0.86 * size, theme.muted, 600, of=of)
        left += width + gap
    top += 1.45 * size
    yield Line(((x + pad, top - 0.12 * size), (x + w - pad, top - 0.12 * size)), theme.hairline, 1.0, of=of)
    for row, new in zip(cells, fresh, strict=True):
        if new or hidden:
            fill = theme.prediction.fill if hidden else theme.changed
            yield Rect(x + 0.4 * pad, top + 0.08 * size, w - 0.8 * pad, step - 0.16 * size, 0.3 * size, fill, of=of)
        left = x + pad
        base = top + step / 2 + cap_height(TITLE, size) / 2
        for text, width, column in zip(row, widths, show.columns, strict=True):
            ink = theme.prediction.text if text == "?" else theme.ink
            yield Label(left, base, text, size, ink, 400 if column.mono else 500, column.mono, of=of)
            left += width + gap
        top += step


def _attached(stage: Stage, area: Area, device: str, theme: Theme) -> Iterator[Shape]:
    """A line to the device, where the table stands apart from it."""
    x, y = stage.boxes[device].area.middle
    end = room.leader(area, x, y)
    start = room.leader(stage.boxes[device].area, *end)
    if abs(start[0] - end[0]) + abs(start[1] - end[1]) > 1.5 * stage.sizes.card:
        yield Line((start, end), mix(theme.accent, theme.panel, 0.45), 1.4, (3.0, 3.0), of=device)
