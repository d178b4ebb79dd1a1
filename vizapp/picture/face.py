"""What stands in a box: its rows (icon, name, details, values), how large they are, and where they go.

Four styles: `centre` (icon above the name), `card` (icon left, values below), `layer` (name and detail on a band of a
stack) and `tile` (an icon alone, in a thumbnail).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from vizapp.picture import budget, inset, ladder, said
from vizapp.picture.measure import Face, advance, ascent, line_height, wrap
from vizapp.picture.shapes import Anchor
from vizapp.picture.sizes import Sizes
from vizapp.picture.stage import Area, Drawn, Slot, Written
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
    rows = [Row("icon", *_round(sizes, rings))] if style == "centre" and not panels else []
    rows += [_name(name, sizes) for name in _names(thing, words, sizes)]
    head = _captions(thing, words, sizes)
    aside = None if sizes.near else _aside(loads, texts, words, sizes)
    if style == "card":
        under = len(texts) if not loads else 0 if head else 1
        head += [replace(_value(show, words, sizes), form="under") for show in texts[:under] if not said.counter(show)]
        texts = [show for index, show in enumerate(texts) if index >= under or said.counter(show)]
    rows += head
    rows += [_doing(doing, words, sizes)] if doing is not None else []
    rows += [Row("load", *_cells(show, sizes), shows=(show,)) for show in loads]
    rows += _counted([_value(show, words, sizes) for show in texts], style, sizes)
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
    return Content(thing, "part", small, tuple(rows), icon, None, (), w, _high(tuple(rows), small) + sizes.inner_y)


def abridged(content: Content) -> Content:
    """Of a layer that shares its row on a side: its name; its tile tells its privilege, a line where there is room."""
    named = [row for row in content.rows if row.form != "detail"]
    rows = tuple(replace(row, w=0.0) if row.form == "doing" else row for row in named)
    w, h = _least(content.style, list(rows), content.aside, content.rings, content.sizes)
    return replace(content, rows=rows, w=w, h=h)


def _round(sizes: Sizes, rings: tuple[Show, ...]) -> tuple[float, float]:
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
        return _value(said_so, words, sizes)
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


def _value(show: Show, words: Words, sizes: Sizes) -> Row:
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
    gap = _between(sizes)
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


def _between(sizes: Sizes) -> float:
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


def _head(rows: list[Row] | tuple[Row, ...]) -> int:
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
        beside, side = _beside(rings, sizes), _round(sizes, rings)[0]
        head = _head(rows)
        widths[:head] = [beside + width for width in widths[:head]]
        if aside is not None and widths:
            widths[0] += aside.w + 1.6 * sizes.detail
        top = sum(row.h for row in rows[:head]) + sizes.line * max(head - 1, 0)
        high += max(0.0, side - top) + (2 * sizes.line if head < len(rows) else 0)
    wide = max(widths, default=0.0)
    if style == "layer":
        return wide, high + 1.2 * sizes.inner_y
    return wide + 2 * sizes.inner_x, high + 2 * sizes.inner_y


def _beside(rings: tuple[Show, ...], sizes: Sizes) -> float:
    """How far right of its edge the name of a card starts."""
    return _round(sizes, rings)[0] + 0.5 * sizes.icon


@dataclass(slots=True)
class Placed:
    """The parts of a box at their places."""

    texts: list[Written]
    slots: list[Slot]
    icon: Drawn | None = None


def placed(content: Content, area: Area, words: Words) -> Placed:
    """Put the content of a leaf into its area."""
    sizes = content.sizes
    if content.style == "tile" or not sizes.texts:
        if content.style == "layer":
            return Placed([], [])
        bars = [Slot(content.thing.id, row.shows[0], Area(area.x + sizes.inner_x, area.bottom - 2 * row.h,
                                                          area.w - 2 * sizes.inner_x, row.h), 0.0)
                for row in content.rows if row.shows]  # fmt: skip
        side = min(sizes.icon, area.w * 0.6, area.h * 0.7)
        x, y = area.middle
        return Placed([], bars, Drawn(content.icon, x - side / 2, y - side / 2 - len(bars) * sizes.cell_h, side))
    return _card(content, area, words) if content.style == "card" else _centred(content, area, words)


def _icon(out: Placed, content: Content, x: float, y: float) -> None:
    """The icon around its middle, and the ring that runs down around it."""
    sizes = content.sizes
    out.icon = Drawn(content.icon, x - sizes.icon / 2, y - sizes.icon / 2, sizes.icon)
    reach = sizes.icon * RING / 2
    for ring in content.rings:
        out.slots.append(Slot(content.thing.id, ring, Area(x - reach, y - reach, 2 * reach, 2 * reach), 0.0))


def _high(rows: tuple[Row, ...], sizes: Sizes) -> float:
    return sum(row.h for row in rows) + sizes.line * max(len(rows) - 1, 0)


def _centred(content: Content, area: Area, words: Words) -> Placed:
    sizes, out = content.sizes, Placed([], [])
    rows = tuple(_lines(row, content, area, words) if row.form == "doing" else row for row in content.rows)
    left, right = content.margins if content.style == "layer" else (sizes.inner_x, sizes.inner_x)
    room = Area(area.x + left, area.y, area.w - left - right, area.h)
    middle, top = room.middle[0], area.middle[1] - _high(rows, sizes) / 2
    for row in rows:
        if row.form == "icon":
            _icon(out, content, middle, top + row.h / 2)
        else:
            _put(out, row, content, Area(middle - row.w / 2, top, row.w, row.h), room, words, centred=True)
        top += row.h + sizes.line
    return out


def _lines(row: Row, content: Content, area: Area, words: Words) -> Row:
    """The row of what a layer does: one line where all of it has room in that, else two if the box is that high."""
    sizes = content.sizes
    size = sizes.detail * LINE
    line, spare = line_height(MONO, size), area.h - _high(content.rows, sizes) - 0.5 * sizes.inner_y
    wide = advance(f"{said.longest(row.shows[0], words)} · {words('does.longest')}", MONO, size)
    fits = wide <= area.w - sum(content.margins)
    return replace(row, w=wide, h=line if fits or row.h + spare < 2 * line else 2 * line)


def _card(content: Content, area: Area, words: Words) -> Placed:
    sizes, rows, head = content.sizes, content.rows, _head(content.rows)
    out = Placed([], [])
    left, right = area.x + sizes.inner_x, area.right - sizes.inner_x
    if head == len(rows):
        left += max(0.0, (area.w - content.w) / 2)
    spare = max(0.0, area.h - content.h)
    top = area.y + sizes.inner_y + spare / 2
    side = _round(sizes, content.rings)[0]
    heading = max(_high(rows[:head], sizes), side)
    _icon(out, content, left + side / 2, top + heading / 2)
    y = top + (heading - _high(rows[:head], sizes)) / 2
    heads = Area(left, area.y, right - left - (content.aside.w if content.aside else 0.0), area.h)
    for row in rows[:head]:
        _put(out, row, content, Area(left + _beside(content.rings, sizes), y, row.w, row.h), heads, words)
        y += row.h + sizes.line
    if content.aside is not None:
        name, aside = rows[0], content.aside
        at = Area(right - aside.w, out.texts[0].y - ascent(NAME, sizes.name), aside.w, name.h)
        out.slots.append(Slot(content.thing.id, aside.shows[0], at, sizes.detail, "end", True))
    y = top + heading + 3 * sizes.line
    for row in rows[head:]:
        wide = right - left if row.form in ("load", "gauge", "badges") else row.w
        _put(out, row, content, Area(left, y, wide, row.h), Area(left, area.y, right - left, area.h), words)
        y += row.h + sizes.line
    return out


def _put(out: Placed, row: Row, content: Content, area: Area, room: Area, words: Words, centred: bool = False) -> None:
    """One row at its place. room: the inside of the box, which a text may fill."""
    sizes, thing = content.sizes, content.thing.id
    if row.form in ("name", "detail"):
        out.texts.append(_written(row, area, sizes, centred))
    elif row.form == "doing":
        at = Area(room.x, area.y, room.w, area.h)
        out.slots.append(Slot(thing, row.shows[0], at, LINE * sizes.detail, "middle", said=row.w))
    elif row.form == "badges":
        out.slots += _badge_slots(thing, row, area, sizes, words)
    elif row.form == "counters":
        out.slots += _counter_slots(thing, row, area, sizes, words)
    elif row.form == "panel":
        out.slots.append(Slot(thing, row.shows[0], Area(room.x, area.y, room.w, area.h), TEXT * sizes.detail))
    else:
        size = sizes.counter if row.form == "counter" else sizes.detail
        if row.form in ("text", "under"):
            left, right = (room.x, room.right) if centred else (area.x, room.right)
            area = Area(left, area.y, right - left, area.h)
        anchor: Anchor = "middle" if centred and not row.column else "start"
        out.slots.append(Slot(thing, row.shows[0], area, size, anchor, column=row.column, said=row.w))


def _written(row: Row, area: Area, sizes: Sizes, centred: bool) -> Written:
    """A line of the name or of the caption."""
    size, face = (sizes.name, NAME) if row.form == "name" else (sizes.detail, MONO if row.mono else DETAIL)
    x = area.middle[0] if centred else area.x
    return Written(row.line, x, area.y + ascent(face, size), size, row.w, face.weight, row.mono,
                   "middle" if centred else "start", "name" if row.form == "name" else "detail")  # fmt: skip


def _badge_slots(thing: str, row: Row, area: Area, sizes: Sizes, words: Words) -> Iterator[Slot]:
    """Badges side by side; those that share their row with a text end at the right of it."""
    left = area.x
    for show in row.shows:
        if show.form == "text":
            high = line_height(DETAIL, sizes.detail)
            top = area.bottom - sizes.badge_h / 2 - high / 2
            yield Slot(thing, show, Area(left, top, _value(show, words, sizes).w, high), sizes.detail)
            left = area.x + area.w - sum(badge_width(each, words, sizes) for each in row.shows[1:])
            left -= (len(row.shows) - 2) * 1.4 * sizes.cell_gap
            continue
        w = badge_width(show, words, sizes)
        yield Slot(thing, show, Area(left, area.bottom - sizes.badge_h, w, sizes.badge_h), sizes.badge, "middle")
        left += w + sizes.cell_gap * 1.4


def _counter_slots(thing: str, row: Row, area: Area, sizes: Sizes, words: Words) -> Iterator[Slot]:
    left = area.x
    for show in row.shows:
        w = _value(show, words, sizes).w
        yield Slot(thing, show, Area(left, area.y, w, area.h), sizes.counter, "middle")
        left += w + _between(sizes)
