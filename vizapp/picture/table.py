"""A table drawn: a heading, a row for each entry, what just changed marked; in its own room, or beside its device."""

from __future__ import annotations

from collections.abc import Iterator

from vizapp.picture import motion, room
from vizapp.picture.card import attached
from vizapp.picture.colours import mix
from vizapp.picture.measure import Face, cap_height
from vizapp.picture.shapes import Label, Line, Rect, Shape
from vizapp.picture.sheet import (
    END,
    FOOT,
    GAP,
    HEAD,
    HEADS,
    HIDDEN,
    MARKED,
    MOST,
    PAD,
    SMALL,
    STEP,
    TITLE,
    Sheet,
    text_size,
)
from vizapp.picture.sheet import sheet as written
from vizapp.picture.stage import Area, Stage
from vizapp.picture.theme import Theme
from vizapp.picture.view import View
from vizapp.scene.vocabulary import Show
from vizapp.sim.frame import Frame
from vizapp.sim.pace import Pace
from vizapp.words import Words

LEAST = 0.8  # of its text's usual size: so much smaller may a table get to fit the room kept for it


def table(
    frame: Frame, stage: Stage, view: View, words: Words, show: Show, device: str, named: str, age: float
) -> Iterator[Shape]:
    """The table of a device called `named`; age: show seconds since it changed."""
    if device not in stage.boxes or not stage.sizes.texts:
        return
    size = text_size(stage.sizes)
    most = MOST if stage.tabled is None else _most(stage.tabled.h, size)
    made = written(frame, view, words, show, device, named, age, most)
    if stage.tabled is None:
        yield from _drawn(made, room.around(stage, view.focus, device, made.w(size), made.h(size)), size, stage, view,
                          device)  # fmt: skip
        return
    size *= max(min(stage.tabled.w / made.w(size), stage.tabled.h / made.h(size), 1.0), LEAST)
    yield from _drawn(made, _within(stage, device, made.w(size), made.h(size)), size, stage, view, device)


def age(frame: Frame, device: str, field: str, show: float, pace: Pace) -> float:
    """Show seconds since a field changed; long ago when it never did."""
    since = frame.since(device, field)
    return motion.age(pace, show, since) if since else 2 * MARKED


def _most(h: float, size: float) -> int:
    """How many rows have room, a line below them counted in."""
    return max(1, int((h / size / LEAST - HEAD - HEADS - FOOT - END) / STEP + 1e-6))


def _within(stage: Stage, device: str, w: float, h: float) -> Area:
    """In the room kept for tables, as near to the middle of the device as it allows."""
    kept = stage.tabled
    assert kept is not None
    x = kept.middle[0] - w / 2
    y = min(max(stage.boxes[device].area.middle[1] - h / 2, kept.y), max(kept.bottom - h, kept.y))
    return Area(*room.inside(stage, x, y, w, h), w, h)


def _drawn(sheet: Sheet, area: Area, size: float, stage: Stage, view: View, of: str) -> Iterator[Shape]:
    theme, pad = view.theme, PAD * size
    x, y, w = area.x, area.y, area.w
    yield from attached(stage, area, of, theme.accent, theme)
    yield Rect(x, y, w, area.h, stage.sizes.corner, theme.panel, mix(theme.accent, theme.panel, 0.45), 1.4,
               shadow=True, of=of, title=sheet.title)  # fmt: skip
    centre = cap_height(TITLE, size) / 2
    yield Label(x + pad, y + 0.62 * HEAD * size + centre, sheet.title, size, theme.ink, 600, of=of)
    widths = sheet.widths(size)
    lefts = [x + pad + sum(widths[:i]) + GAP * size * i for i in range(len(widths))]
    top = y + HEAD * size
    if sheet.cells:
        for head, left in zip(sheet.heads, lefts, strict=True):
            yield Label(left, top + 0.9 * size, head, SMALL * size, theme.muted, 600, of=of)
        top += HEADS * size
        yield Line(((x + pad, top - 0.12 * size), (x + w - pad, top - 0.12 * size)), theme.hairline, 1.0, of=of)
    for index, row in enumerate(sheet.cells):
        if sheet.fresh[index] or sheet.hidden:
            fill = theme.prediction.fill if sheet.hidden else theme.changed
            yield Rect(x + 0.4 * pad, top + 0.08 * size, w - 0.8 * pad, (STEP - 0.16) * size, 0.3 * size, fill, of=of)
        for text, left, face in zip(row, lefts, sheet.faces, strict=True):
            yield _cell(text, left, top + STEP * size / 2 + centre, face, size, theme, of)
        top += STEP * size
    if sheet.foot:
        yield Label(x + pad, top + 0.75 * size + centre, sheet.foot, size, theme.muted, of=of)


def _cell(text: str, left: float, base: float, face: Face, size: float, theme: Theme, of: str) -> Label:
    ink = theme.prediction.text if text == HIDDEN else theme.ink
    return Label(left, base, text, size, ink, face.weight, face.family == "JetBrains Mono", of=of)
