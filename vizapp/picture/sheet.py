"""What a table says at a moment, and the room that a show keeps for the tables of its steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vizapp.picture.kinds import kind_of
from vizapp.picture.measure import Face, advance
from vizapp.picture.sentences import name
from vizapp.picture.sizes import Sizes
from vizapp.picture.view import View
from vizapp.scene.model import Scene
from vizapp.scene.vocabulary import Column, Kind, Show
from vizapp.sim.frame import Frame
from vizapp.words import Words

TITLE = Face(weight=600)
MARKED = 4.0  # show seconds for which what changed stays marked
USUAL = 3  # rows for which room is kept, where the kind says nothing
MOST = 10  # rows at most, where no room was kept
HIDDEN = "?"
HEAD, HEADS, STEP, FOOT, END = 2.1, 1.45, 1.75, 1.5, 0.5  # heights of the parts, in sizes of the text
TIGHT = 0.92  # of the width of the widest table: its text gets that much smaller
SMALL, GAP, PAD = 0.92, 1.1, 1.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a table says. fresh: rows that just changed; hidden: a question asks for it; foot: a line below the rows."""

    title: str
    heads: tuple[str, ...]
    faces: tuple[Face, ...]
    cells: tuple[tuple[str, ...], ...]
    fresh: tuple[bool, ...]
    hidden: bool
    foot: str = ""

    def widths(self, size: float) -> list[float]:
        """The width of each column."""
        return [
            max([advance(head, TITLE, SMALL * size), *(advance(row[i], self.faces[i], size) for row in self.cells)])
            for i, head in enumerate(self.heads)
        ]

    def w(self, size: float) -> float:
        """The width of the whole."""
        inner = sum(self.widths(size)) + GAP * size * (len(self.heads) - 1)
        return max(inner, advance(self.title, TITLE, size)) + 2 * PAD * size

    def h(self, size: float) -> float:
        """The height of the whole."""
        return high(len(self.cells), bool(self.foot)) * size


def high(rows: int, foot: bool) -> float:
    """The height of a table, in sizes of its text."""
    return HEAD + (HEADS + STEP * rows if rows else 0.0) + (FOOT if foot else 0.0) + END


def text_size(sizes: Sizes) -> float:
    """The size of a table's text."""
    return max(sizes.detail, 0.72 * sizes.card)


def sheet(
    frame: Frame, view: View, words: Words, show: Show, device: str, named: str, age: float, most: int = MOST
) -> Sheet:
    """The table of a device called `named`; age: show seconds since it changed; most: rows at most, the foot apart."""
    rows = list(frame.value(device, show.field) or ())
    before = list(frame.before(device, show.field) or ()) if age < MARKED else rows
    title = f"{words(show.words)} · {named}"
    heads = tuple(words(column.words) for column in show.columns)
    faces = tuple(column_face(column) for column in show.columns)
    if view.masks(device, show.field):
        return Sheet(title, heads, faces, (tuple(HIDDEN for _ in heads),), (False,), True)
    said, was = ([cells(row, show, view, device, words) for row in each] for each in (rows, before))
    fresh = [line not in was for line in said]
    kept = shown(fresh, most)
    lines = tuple(said[i] for i in kept)
    foot = words("table.more", n=len(rows) - len(kept)) if len(rows) > len(kept) else ""
    if not rows:
        foot = words("table.empty")
    return Sheet(title, heads, faces, lines, tuple(fresh[i] for i in kept), False, foot)


def shown(fresh: Sequence[bool], most: int) -> list[int]:
    """Which of many rows are shown, in their order: those that changed, then the first ones."""
    if len(fresh) <= most:
        return list(range(len(fresh)))
    changed = [index for index, new in enumerate(fresh) if new][-most:]
    others = [index for index, new in enumerate(fresh) if not new]
    return sorted(changed + others[: most - len(changed)])


def cells(row: Any, show: Show, view: View, device: str, words: Words) -> tuple[str, ...]:
    """What a row says, column by column."""
    return tuple(_cell(row, column.key, view, device, words) for column in show.columns)


def _cell(row: Any, key: str, view: View, device: str, words: Words) -> str:
    if view.masks(device, key):
        return HIDDEN
    return words.say(row.get(key, "") if isinstance(row, dict) else row)


def column_face(column: Column) -> Face:
    """The face in which a column is set."""
    return Face("JetBrains Mono") if column.mono else Face(weight=500)


# the room that a show keeps


def kept(scene: Scene, kinds: Mapping[str, Kind], words: Words, sizes: Sizes) -> tuple[float, float] | None:
    """(width, height) that is kept for the tables of a scene's steps; None when no step has one."""
    size = text_size(sizes)
    found = [(_typical(show, title, words).w(size), _rows(show)) for show, title in _tables(scene, kinds, words)]
    if not found:
        return None
    rows = max(rows for _, rows in found)
    return TIGHT * max(w for w, _ in found), high(rows, False) * size


def _tables(scene: Scene, kinds: Mapping[str, Kind], words: Words) -> Iterator[tuple[Show, str]]:
    for wanted in dict.fromkeys(step.table for step in scene.steps if step.table):
        device, _, field = wanted.partition(".")
        thing = scene.things.get(device)
        for show in kind_of(kinds, thing).shows if thing is not None else ():
            if show.field == field and show.form == "table":
                yield show, f"{words(show.words)} · {name(scene, words, device)}"


def _rows(show: Show) -> int:
    return int(show.longest) if show.longest.isdigit() else USUAL


def _typical(show: Show, title: str, words: Words) -> Sheet:
    """A table of one row that is as wide as its rows get."""
    heads = tuple(words(column.words) for column in show.columns)
    row = tuple(words(c.longest) if words.has(c.longest) else c.longest for c in show.columns)
    return Sheet(title, heads, tuple(column_face(column) for column in show.columns), (row,), (False,), False)
