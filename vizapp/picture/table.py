"""A table attached to its device: a heading, a row for each entry, what just changed marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from vizapp.picture import motion, room
from vizapp.picture.card import attached
from vizapp.picture.colours import mix
from vizapp.picture.measure import Face, advance, cap_height
from vizapp.picture.shapes import Label, Line, Rect, Shape
from vizapp.picture.stage import Stage
from vizapp.picture.view import View
from vizapp.scene.vocabulary import Show
from vizapp.sim.frame import Frame
from vizapp.sim.pace import Pace
from vizapp.words import Words

TITLE = Face(weight=600)
MARKED = 4.0  # show seconds for which what changed stays marked
MOST = 8  # rows; more are counted
HIDDEN = "?"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a table says. fresh: rows that just changed; hidden: a question asks for it; more: rows left out."""

    title: str
    heads: tuple[str, ...]
    faces: tuple[Face, ...]
    cells: tuple[tuple[str, ...], ...]
    fresh: tuple[bool, ...]
    hidden: bool
    foot: str = ""


def table(
    frame: Frame, stage: Stage, view: View, words: Words, show: Show, device: str, named: str, age: float
) -> Iterator[Shape]:
    """The table of a device called `named`; age: show seconds since it changed."""
    if device in stage.boxes and stage.sizes.texts:
        yield from _drawn(_sheet(frame, view, words, show, device, named, age), stage, view, device)


def age(frame: Frame, device: str, field: str, show: float, pace: Pace) -> float:
    """Show seconds since a field changed; long ago when it never did."""
    since = frame.since(device, field)
    return motion.age(pace, show, since) if since else 2 * MARKED


def _sheet(frame: Frame, view: View, words: Words, show: Show, device: str, named: str, age: float) -> Sheet:
    rows = list(frame.value(device, show.field) or ())
    before = list(frame.before(device, show.field) or ()) if age < MARKED else rows
    title = f"{words(show.words)} · {named}"
    heads = tuple(words(column.words) for column in show.columns)
    faces = tuple(Face("JetBrains Mono") if column.mono else Face(weight=500) for column in show.columns)
    if view.masks(device, show.field):
        return Sheet(title, heads, faces, (tuple(HIDDEN for _ in heads),), (False,), True)
    fresh = [row not in before for row in rows]
    last = max((index for index, new in enumerate(fresh) if new), default=0)
    start = max(0, last - MOST + 1)
    shown = rows[start : start + MOST]
    cells = tuple(tuple(_cell(row, column.key, view, device, words) for column in show.columns) for row in shown)
    foot = words("table.more", n=len(rows) - len(shown)) if len(rows) > len(shown) else ""
    if not rows:
        foot = words("table.empty")
    return Sheet(title, heads, faces, cells, tuple(fresh[start : start + MOST]), False, foot)


def _cell(row: Any, key: str, view: View, device: str, words: Words) -> str:
    if view.masks(device, key):
        return HIDDEN
    return words.say(row.get(key, "") if isinstance(row, dict) else row)


def _drawn(sheet: Sheet, stage: Stage, view: View, of: str) -> Iterator[Shape]:
    theme = view.theme
    size = max(stage.sizes.detail, 0.72 * stage.sizes.card)
    small, gap, pad, step = 0.86 * size, 1.5 * size, size, 1.75 * size
    widths = [
        max([advance(head, TITLE, small), *(advance(row[i], sheet.faces[i], size) for row in sheet.cells)])
        for i, head in enumerate(sheet.heads)
    ]
    w = max(sum(widths) + gap * (len(widths) - 1), advance(sheet.title, TITLE, size)) + 2 * pad
    rows = 1.45 * size + step * len(sheet.cells) if sheet.cells else 0.0
    h = 2.1 * size + rows + (1.5 * size if sheet.foot else 0.0) + 0.5 * pad
    area = room.around(stage, view.focus, of, w, h)
    x, y = area.x, area.y
    yield from attached(stage, area, of, theme.accent, theme)
    yield Rect(x, y, w, h, stage.sizes.corner, theme.panel, mix(theme.accent, theme.panel, 0.45), 1.4, shadow=True,
               of=of, title=sheet.title)  # fmt: skip
    centre = cap_height(TITLE, size) / 2
    yield Label(x + pad, y + 1.25 * size + centre, sheet.title, size, theme.ink, 600, of=of)
    lefts = [x + pad + sum(widths[:i]) + gap * i for i in range(len(widths))]
    top = y + 2.1 * size
    if sheet.cells:
        for head, left in zip(sheet.heads, lefts, strict=True):
            yield Label(left, top + 0.9 * size, head, small, theme.muted, 600, of=of)
        top += 1.45 * size
        yield Line(((x + pad, top - 0.12 * size), (x + w - pad, top - 0.12 * size)), theme.hairline, 1.0, of=of)
    for row, new in zip(sheet.cells, sheet.fresh, strict=True):
        if new or sheet.hidden:
            fill = theme.prediction.fill if sheet.hidden else theme.changed
            yield Rect(x + 0.4 * pad, top + 0.08 * size, w - 0.8 * pad, step - 0.16 * size, 0.3 * size, fill, of=of)
        for text, left, face in zip(row, lefts, sheet.faces, strict=True):
            ink = theme.prediction.text if text == HIDDEN else theme.ink
            mono = face.family == "JetBrains Mono"
            yield Label(left, top + step / 2 + centre, text, size, ink, face.weight, mono, of=of)
        top += step
    if sheet.foot:
        yield Label(x + pad, top + 0.75 * size + centre, sheet.foot, size, theme.muted, of=of)
