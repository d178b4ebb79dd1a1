"""The small table that stands in the box of a device, for a scene that wants it always in sight."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from vizapp.picture import motion
from vizapp.picture.backdrop import lit, strength
from vizapp.picture.colours import mix
from vizapp.picture.measure import Face, advance, cap_height
from vizapp.picture.shapes import Label, Rect, Shape
from vizapp.picture.sheet import HIDDEN, MARKED, cells, column_face, shown
from vizapp.picture.sizes import Sizes
from vizapp.picture.stage import Slot, Stage
from vizapp.picture.view import View
from vizapp.scene.model import Thing
from vizapp.scene.vocabulary import Kind, Show
from vizapp.sim.frame import Frame
from vizapp.sim.pace import Pace
from vizapp.words import Words

COLUMNS = 2  # what is looked up, and what is found there
ROWS = 3
TITLE = Face(weight=600)
NONE = "–"  # how a table says that nothing is known
STEP, HEAD, GAP, PAD = 1.6, 1.7, 1.1, 0.6  # in sizes of the text


def wanted(thing: Thing, kind: Kind, sizes: Sizes) -> Show | None:
    """The table that stands in the box of that thing, of its first columns alone."""
    if not thing.table or not sizes.values or not sizes.tables or sizes.near:
        return None
    show = next((each for each in kind.shows if each.field == thing.table and each.form == "table"), None)
    return None if show is None else replace(show, columns=show.columns[:COLUMNS])


def room(show: Show, words: Words, sizes: Sizes) -> tuple[float, float]:
    """(width, height) that it takes."""
    size = sizes.detail
    w = sum(_widths(show, words, size)) + GAP * size + 2 * PAD * size
    return max(w, advance(words(show.words), TITLE, size)), (HEAD + STEP * ROWS + 0.3) * size


def _widths(show: Show, words: Words, size: float) -> list[float]:
    longest = [words(column.longest) if words.has(column.longest) else column.longest for column in show.columns]
    return [advance(text, column_face(column), size) for text, column in zip(longest, show.columns, strict=True)]


def insets(frame: Frame, stage: Stage, view: View, words: Words, show: float, pace: Pace) -> Iterator[Shape]:
    """Every such table, as it stands at the moment. show: the show second that the clock stands at."""
    bright = lit(stage, view.focus)
    for slot in stage.tables:
        lines = _lines(slot, frame, view, words, show, pace)
        yield from _drawn(slot, lines, view, words, strength(slot.device, bright))


@dataclass(frozen=True, slots=True)
class _Row:
    """A row. fresh: how strongly it is marked as changed, 0 to 1; was: what stood there before, struck out."""

    cells: tuple[str, ...]
    fresh: float = 0.0
    was: bool = False
    hidden: bool = False


def _lines(slot: Slot, frame: Frame, view: View, words: Words, show: float, pace: Pace) -> list[_Row]:
    device, columns = slot.device, slot.show.columns
    if view.masks(device, slot.show.field):
        return [_Row(tuple(HIDDEN for _ in columns), hidden=True)]
    now = _said(frame.value(device, slot.show.field), slot, view, words)
    before, age = _before(now, slot, frame, view, words, show, pace)
    mark = motion.fading(age, MARKED, view.reduced_motion)
    found: list[_Row] = []
    for index in shown([line not in before for line in now], ROWS):
        line = now[index]
        fresh = line not in before
        found.append(_Row(line, mark if fresh else 0.0))
        found += [_Row(old, was=True) for old in before if fresh and old[0] == line[0] and old[1] != NONE]
    return sorted(found, key=lambda row: row.was and len(found) > ROWS)[:ROWS]


def _said(value: Any, slot: Slot, view: View, words: Words) -> list[tuple[str, ...]]:
    return [cells(row, slot.show, view, slot.device, words) for row in value or ()]


def _before(
    now: list[tuple[str, ...]], slot: Slot, frame: Frame, view: View, words: Words, show: float, pace: Pace
) -> tuple[list[tuple[str, ...]], float]:
    """What it said before its last change, and the show seconds since; a change of other columns is none."""
    track = frame.timeline.tracks.get((slot.device, slot.show.field))
    at = track.index(frame.t) if track is not None else 0
    while track is not None and at > 0 and (age := motion.age(pace, show, track.times[at])) < MARKED:
        said = _said(track.values[at - 1], slot, view, words)
        if said != now:
            return said, age
        at -= 1
    return now, MARKED


def _drawn(slot: Slot, rows: list[_Row], view: View, words: Words, faint: float) -> Iterator[Shape]:
    size, area, theme, of = slot.size, slot.area, view.theme, slot.device
    edge = mix(theme.muted, theme.panel, 0.6)
    yield Rect(area.x, area.y, area.w, area.h, 0.4 * size, theme.panel, edge, 1.0, opacity=faint, of=of)
    left, centre = area.x + PAD * size, cap_height(TITLE, size) / 2
    base = area.y + 0.5 * HEAD * size + centre
    yield Label(left, base, words(slot.show.words), size, theme.muted, 600, opacity=faint, of=of)
    starts = (left, left + _widths(slot.show, words, size)[0] + GAP * size)
    y = area.y + HEAD * size
    for row in rows:
        yield from _line(row, starts, y, slot, view, faint)
        y += STEP * size


def _line(row: _Row, starts: tuple[float, ...], y: float, slot: Slot, view: View, faint: float) -> Iterator[Shape]:
    size, area, theme = slot.size, slot.area, view.theme
    if row.fresh or row.hidden:
        fill = theme.prediction.fill if row.hidden else theme.changed
        strong = 1.0 if row.hidden else row.fresh
        yield Rect(area.x + 0.25 * size, y + 0.1 * size, area.w - 0.5 * size, (STEP - 0.2) * size, 0.3 * size, fill,
                   opacity=faint * strong, of=slot.device)  # fmt: skip
    ink = theme.muted if row.was else theme.prediction.text if row.hidden else theme.ink
    base = y + STEP * size / 2 + cap_height(TITLE, size) / 2
    for number, (text, start) in enumerate(zip(row.cells, starts, strict=True)):
        face = column_face(slot.show.columns[number])
        if not row.was or number:  # what is looked up stands on the line above
            yield Label(start, base, text, size, ink, face.weight, face.family == "JetBrains Mono", struck=row.was,
                        opacity=faint, of=slot.device)  # fmt: skip
