"""Where the rows of a box go, once its area is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from vizapp.picture import said
from vizapp.picture.face import (
    DETAIL,
    LINE,
    MONO,
    NAME,
    RING,
    TEXT,
    Content,
    Row,
    badge_width,
    counter_gap,
    heading_rows,
    icon_room,
    icon_width,
    row_of,
    rows_high,
)
from vizapp.picture.measure import advance, ascent, line_height
from vizapp.picture.shapes import Anchor
from vizapp.picture.sizes import Sizes
from vizapp.picture.stage import Area, Drawn, Slot, Written
from vizapp.words import Words


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


def _centred(content: Content, area: Area, words: Words) -> Placed:
    sizes, out = content.sizes, Placed([], [])
    rows = tuple(_lines(row, content, area, words) if row.form == "doing" else row for row in content.rows)
    left, right = content.margins if content.style == "layer" else (sizes.inner_x, sizes.inner_x)
    room = Area(area.x + left, area.y, area.w - left - right, area.h)
    middle, top = room.middle[0], area.middle[1] - rows_high(rows, sizes) / 2
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
    line, spare = line_height(MONO, size), area.h - rows_high(content.rows, sizes) - 0.5 * sizes.inner_y
    wide = advance(f"{said.longest(row.shows[0], words)} · {words('does.longest')}", MONO, size)
    fits = wide <= area.w - sum(content.margins)
    return replace(row, w=wide, h=line if fits or row.h + spare < 2 * line else 2 * line)


def _card(content: Content, area: Area, words: Words) -> Placed:
    sizes, rows, head = content.sizes, content.rows, heading_rows(content.rows)
    out = Placed([], [])
    left, right = area.x + sizes.inner_x, area.right - sizes.inner_x
    if head == len(rows):
        left += max(0.0, (area.w - content.w) / 2)
    spare = max(0.0, area.h - content.h)
    top = area.y + sizes.inner_y + spare / 2
    side = icon_room(sizes, content.rings)[0]
    heading = max(rows_high(rows[:head], sizes), side)
    _icon(out, content, left + side / 2, top + heading / 2)
    y = top + (heading - rows_high(rows[:head], sizes)) / 2
    heads = Area(left, area.y, right - left - (content.aside.w if content.aside else 0.0), area.h)
    for row in rows[:head]:
        _put(out, row, content, Area(left + icon_width(content.rings, sizes), y, row.w, row.h), heads, words)
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
            yield Slot(thing, show, Area(left, top, row_of(show, words, sizes).w, high), sizes.detail)
            left = area.x + area.w - sum(badge_width(each, words, sizes) for each in row.shows[1:])
            left -= (len(row.shows) - 2) * 1.4 * sizes.cell_gap
            continue
        w = badge_width(show, words, sizes)
        yield Slot(thing, show, Area(left, area.bottom - sizes.badge_h, w, sizes.badge_h), sizes.badge, "middle")
        left += w + sizes.cell_gap * 1.4


def _counter_slots(thing: str, row: Row, area: Area, sizes: Sizes, words: Words) -> Iterator[Slot]:
    left = area.x
    for show in row.shows:
        w = row_of(show, words, sizes).w
        yield Slot(thing, show, Area(left, area.y, w, area.h), sizes.counter, "middle")
        left += w + counter_gap(sizes)
