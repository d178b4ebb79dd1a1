"""What stands in a box: its rows (icon, name, details, values), and how large they are.

Four styles: `centre` (icon above the name), `card` (icon left, values below), `layer` (name and detail on a band of a
stack) and `tile` (an icon alone, in a thumbnail).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from vizapp.picture import budget, inset, ladder, said
from vizapp.picture.measure import Face, advance, line_height, wrap
from vizapp.picture.sizes import Sizes
from vizapp.scene.model import Thing
from vizapp.scene.vocabulary import Kind, Show
from vizapp.words import Words

Style = Literal["centre", "card", "layer", "part", "tile", "band"]
NAME = Face(weight=600)
DETAIL = Face()
MONO = Face("JetBrains Mono")
BOLD_MONO = Face("JetBrains Mono", 700)
RING = 1.75  # of an icon: the diameter of the ring around it
PANELS = {"ladder": ladder, "budget": budget}  # values that fill the box of their thing
TEXT = 1.4  # of these, in sizes of the details of other boxes: they are what their stage is about
LINE = 0.93  # of a detail: the line in mono under the name of a layer
BROAD = 34.0  # counters stand side by side up to so many sizes of the detail text


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a box. line: a text that stays; shows: the values that stand in it, side by side.

    column: of counters one below the other, the width of their numbers, which end at one line.
    """

    form: Literal["icon", "name", "detail", "under", "text", "doing", "counter", "counters", "badges", "load", "gauge",
                  "table", "panel"]
    w: float
    h: float
    line: str = ""
    mono: bool = False
    shows: tuple[Show, ...] = ()
    column: float = 0.0


@dataclass(frozen=True, slots=True)
class Content:
    """What stands in one box, measured. w, h: the least it needs, padding included."""

    thing: Thing
    style: Style
    sizes: Sizes
    rows: tuple[Row, ...]
    icon: str
    aside: Row | None  # a value at the right of the name
    rings: tuple[Show, ...]  # of which one at most runs down at a time
    w: float
    h: float
    margins: tuple[float, float] = (0.0, 0.0)  # of a layer: for its spine, and for the mark of its ring


def content(thing: Thing, kind: Kind, words: Words, sizes: Sizes, layered: bool) -> Content:
    """Measure what stands in a leaf."""
    icon = thing.icon or kind.icon
    if not sizes.texts:
        style: Style = "layer" if layered else "tile"
        loads = [show for show in kind.shows if show.form == "load" and sizes.near]
        bars = tuple(Row("load", 0.0, sizes.cell_h, shows=(show,)) for show in loads)
        return Content(thing, style, sizes, bars, icon, None, (), sizes.icon + 2 * sizes.inner_x,
                       sizes.icon + 12 + len(bars) * 2 * sizes.cell_h)  # fmt: skip
    faces = [show for show in kind.shows if show.face and show.form != "table"] if sizes.values else []
    shows = [said.roomy(show, thing) for show in faces if kind.gives(show, thing)]
    if not layered:
        shows = [replace(show, doing=False) for show in shows]
    doing = next((show for show in shows if show.doing), None)
    if doing is not None:  # what is counted is told beside or below the stack; halo and token say what executes
        shows = [show for show in shows if show.form != "badge" and show is not doing and not said.counter(show)]
    texts = [show for show in shows if show.form == "text"]
    loads = [show for show in shows if show.form == "load"]
    if sizes.near:  # what is counted is told below; of what is said in words, the first alone
        texts = [show for show in texts if not said.counter(show)][: 0 if loads else 1]
    gauges = [show for show in shows if show.form == "gauge"]
    rings = tuple(show for show in shows if show.form == "ring" and sizes.ring)
    panels = [show for show in shows if show.form in PANELS]
    cards = bool(loads or gauges or sizes.compact) and not panels
    style = "layer" if layered else "card" if cards else "centre"
    rows = [Row("icon", *icon_room(sizes, rings))] if style == "centre" and not panels else []
    rows += [_name(name, sizes) for name in _names(thing, words, sizes)]
    head = _captions(thing, words, sizes)
    aside = None if sizes.near else _aside(loads, texts, words, sizes)
    if style == "card":
        under = len(texts) if not loads else 0 if head else 1
        head += [replace(row_of(show, words, sizes), form="under") for show in texts[:under] if not said.counter(show)]
        texts = [show for index, show in enumerate(texts) if index >= under or said.counter(show)]
    rows += head
    rows += [_doing(doing, words, sizes)] if doing is not None else []
    rows += [Row("load", *_cells(show, sizes), shows=(show,)) for show in loads]
    rows += _counted([row_of(show, words, sizes) for show in texts], style, sizes)
    rows += [_gauge(show, words, sizes) for show in gauges]
    rows += [_panel(show, thing, sizes) for show in panels]
    table = inset.wanted(thing, kind, sizes)
    if table is not None:
        rows.append(Row("table", *inset.room(table, words, sizes), shows=(table,)))
    badges = tuple(show for show in shows if show.form == "badge" and sizes.badges)
    if badges:
        rows.append(_badges(badges, words, sizes))
        if style == "card" and texts and not said.counter(texts[-1]):
            rows[-2:] = [_shared(rows[-2], rows[-1], sizes)]
    marked = sizes.values and (thing.role or kind.role) != "hardware"
    margins = (sizes.lane, sizes.lane if marked else 0.2 * sizes.lane) if style == "layer" else (0.0, 0.0)
    w, h = _least(style, rows, aside, rings, sizes)
    return Content(thing, style, sizes, tuple(rows), icon, aside, rings, w + sum(margins), h, margins)


def part(thing: Thing, kind: Kind, words: Words, sizes: Sizes) -> Content:
    """Measure a device of a machine, beside its processor: its icon, and its name in small letters."""
    icon = thing.icon or kind.icon
    small = replace(sizes, name=LINE * sizes.detail, icon=0.8 * sizes.icon)
    rows = [Row("icon", small.icon, small.icon)]
    if sizes.texts and sizes.badges:
        names = wrap(words.text(thing.label) or thing.id, NAME, small.name, 6 * small.name)
        rows += [_name(name, small) for name in names]
    w = max(row.w for row in rows) + (1.2 if len(rows) > 1 else 0.7) * sizes.inner_x
    return Content(thing, "part", small, tuple(rows), icon, None, (), w, rows_high(tuple(rows), small) + sizes.inner_y)


def abridged(content: Content) -> Content:
    """Of a layer that shares its row on a side: its name; its tile tells its privilege, a line where there is room."""
    named = [row for row in content.rows if row.form != "detail"]
    rows = tuple(replace(row, w=0.0) if row.form == "doing" else row for row in named)
    w, h = _least(content.style, list(rows), content.aside, content.rings, content.sizes)
    return replace(content, rows=rows, w=w, h=h)


def icon_room(sizes: Sizes, rings: tuple[Show, ...]) -> tuple[float, float]:
    """The room of an icon, with the ring around it when there is one."""
    side = sizes.icon * (RING if rings else 1.0)
    return side, side


def _aside(loads: list[Show], texts: list[Show], words: Words, sizes: Sizes) -> Row | None:
    """What a load counts, said at the right of the name: by the text of the same field when there is one."""
    if not loads:
        return None
    load = loads[0]
    said_so = next((show for show in texts if show.field == load.field), None)
    if said_so is not None:
        texts.remove(said_so)
        return row_of(said_so, words, sizes)
    w = advance(said.count(load, 88, words), NAME, sizes.detail)
    return Row("text", w, line_height(NAME, sizes.detail), shows=(load,))


def _names(thing: Thing, words: Words, sizes: Sizes) -> list[str]:
    return wrap(words.text(thing.label) or thing.id, NAME, sizes.name, sizes.longest * sizes.name)


def _name(name: str, sizes: Sizes) -> Row:
    return Row("name", advance(name, NAME, sizes.name), line_height(NAME, sizes.name), line=name)


def _gauge(show: Show, words: Words, sizes: Sizes) -> Row:
    """A bar, as wide as what is said above it."""
    text = f"{words(show.words)} {show.longest} / {show.longest}" if show.longest else ""
    w = max(7 * sizes.detail, advance(text, DETAIL, sizes.detail))
    return Row("gauge", w, 1.9 * sizes.detail, shows=(show,))


def _panel(show: Show, thing: Thing, sizes: Sizes) -> Row:
    """A value that has a drawing of its own."""
    w, h = PANELS[show.form].room(thing, TEXT * sizes.detail)
    return Row("panel", w, h, shows=(show,))


def _captions(thing: Thing, words: Words, sizes: Sizes) -> list[Row]:
    if not thing.caption or not sizes.captions:
        return []
    lines = wrap(words.text(thing.caption), DETAIL, sizes.detail, 1.15 * sizes.longest * sizes.detail)
    return [_caption(line, sizes) for line in lines]


def _caption(line: str, sizes: Sizes) -> Row:
    """A line of a caption; one that is an address is set like every address."""
    mono = said.ADDRESS.fullmatch(line) is not None
    face = MONO if mono else DETAIL
    return Row("detail", advance(line, face, sizes.detail), line_height(face, sizes.detail), line, mono)


def row_of(show: Show, words: Words, sizes: Sizes) -> Row:
    """A text on a line of its own; a counter is a large number with its title behind."""
    if said.counter(show):
        title = max(advance(title, DETAIL, 0.63 * sizes.counter) for title in said.titles(show, words))
        w = advance(show.longest, BOLD_MONO, sizes.counter) + sizes.counter * 0.45 + title
        return Row("counter", w, line_height(MONO, sizes.counter), shows=(show,))
    face = MONO if said.mono(show) else Face(weight=500)
    w = advance(said.longest(show, words), face, sizes.detail)
    return Row("text", w, line_height(face, sizes.detail), mono=said.mono(show), shows=(show,))


def _doing(show: Show, words: Words, sizes: Sizes) -> Row:
    """The privilege of a layer and what it does now: one line where there is room, else two."""
    size = sizes.detail * LINE
    w = max(advance(text, MONO, size) for text in (said.longest(show, words), words("does.longest")))
    lines = 1 if sizes.near else 2  # on a side its privilege comes first
    return Row("doing", w, lines * line_height(MONO, size), mono=True, shows=(show,))


def _counted(rows: list[Row], style: Style, sizes: Sizes) -> list[Row]:
    """Several counters stand side by side in a layer, else one below the other with their numbers in a column."""
    counters = [row for row in rows if row.form == "counter"]
    if len(counters) < 2:
        return rows
    gap = counter_gap(sizes)
    across = sum(row.w + gap for row in counters) - gap
    if style == "layer" and across <= BROAD * sizes.detail:
        shows = tuple(row.shows[0] for row in counters)
        together = Row("counters", across, counters[0].h, shows=shows)
        first = rows.index(counters[0])
        return [*rows[:first], together] + [row for row in rows[first:] if row.form != "counter"]
    numbers = [advance(row.shows[0].longest, BOLD_MONO, sizes.counter) for row in counters]
    column = max(numbers)
    titles = max(row.w - number for row, number in zip(counters, numbers, strict=True))
    return [replace(row, w=column + titles, column=column) if row.form == "counter" else row for row in rows]


def counter_gap(sizes: Sizes) -> float:
    """The room between counters that stand side by side."""
    return 1.2 * sizes.counter


def _cells(show: Show, sizes: Sizes) -> tuple[float, float]:
    count = said.cells(show)
    return count * (sizes.cell_w + sizes.cell_gap) - sizes.cell_gap, sizes.cell_h + sizes.line


def badge_width(show: Show, words: Words, sizes: Sizes) -> float:
    """The width of a badge with its longest text."""
    return advance(said.longest(show, words), NAME, sizes.badge) + 1.7 * sizes.badge


def _badges(shows: tuple[Show, ...], words: Words, sizes: Sizes) -> Row:
    w = sum(badge_width(show, words, sizes) for show in shows) + (len(shows) - 1) * sizes.cell_gap * 1.4
    return Row("badges", w, sizes.badge_h + sizes.line, shows=shows)


def _shared(text: Row, badges: Row, sizes: Sizes) -> Row:
    """A text with badges at the right of it: one row of a card."""
    w = text.w + sizes.inner_x + badges.w
    return Row("badges", w, max(text.h, badges.h), shows=(*text.shows, *badges.shows))


def heading_rows(rows: list[Row] | tuple[Row, ...]) -> int:
    """How many rows of a card stand beside its icon: name and caption; all when none spans the card."""
    if not any(row.form in ("load", "gauge", "table") for row in rows):
        return len(rows)
    return next((i for i, row in enumerate(rows) if row.form not in ("name", "detail", "under")), len(rows))


def _least(
    style: Style, rows: list[Row], aside: Row | None, rings: tuple[Show, ...], sizes: Sizes
) -> tuple[float, float]:
    widths = [row.w for row in rows]
    high = sum(row.h for row in rows) + sizes.line * max(len(rows) - 1, 0)
    if style == "card":
        beside, side = icon_width(rings, sizes), icon_room(sizes, rings)[0]
        head = heading_rows(rows)
        widths[:head] = [beside + width for width in widths[:head]]
        if aside is not None and widths:
            widths[0] += aside.w + 1.6 * sizes.detail
        top = sum(row.h for row in rows[:head]) + sizes.line * max(head - 1, 0)
        high += max(0.0, side - top) + (2 * sizes.line if head < len(rows) else 0)
    wide = max(widths, default=0.0)
    if style == "layer":
        return wide, high + 1.2 * sizes.inner_y
    return wide + 2 * sizes.inner_x, high + 2 * sizes.inner_y


def icon_width(rings: tuple[Show, ...], sizes: Sizes) -> float:
    """How far right of its edge the name of a card starts."""
    return icon_room(sizes, rings)[0] + 0.5 * sizes.icon


def rows_high(rows: tuple[Row, ...], sizes: Sizes) -> float:
    """Of rows one below the other, with what parts them."""
    return sum(row.h for row in rows) + sizes.line * max(len(rows) - 1, 0)
