"""The header of a container: icon and name at the left, its detail at the right, further values on a second row."""

from __future__ import annotations

from dataclasses import dataclass

from vizapp.picture import said
from vizapp.picture.face import DETAIL, MONO, NAME, badge_width
from vizapp.picture.measure import Face, advance, ascent, cap_height
from vizapp.picture.placing import Placed
from vizapp.picture.sizes import Sizes
from vizapp.picture.stage import Area, Drawn, Slot, Written
from vizapp.scene.model import Thing
from vizapp.scene.vocabulary import Kind, Show
from vizapp.words import Words


@dataclass(frozen=True, slots=True)
class Header:
    """Measured. w: the least width that it needs; h: its height, nothing of the inside being above that."""

    thing: Thing
    name: str
    detail: str
    aside: Show | None
    below: tuple[Show, ...]
    icon: str
    sizes: Sizes
    w: float
    h: float


def header(thing: Thing, kind: Kind, words: Words, sizes: Sizes) -> Header:
    """Measure the header of a container."""
    icon = thing.icon or kind.icon
    if not sizes.texts:
        return Header(thing, "", "", None, (), icon, sizes, 0.0, sizes.pad)
    name = words.text(thing.label) or thing.id
    detail = words.text(thing.caption) if thing.caption and sizes.captions else ""
    faces = [s for s in kind.shows if s.face and s.form in ("text", "badge")] if sizes.values else []
    shows = [said.roomy(show, thing) for show in faces]
    aside = None
    if not detail and shows:
        aside = next((s for s in shows if s.form == "text" and not said.counter(s)), None)
    below = tuple(show for show in shows if show is not aside)
    right = advance(detail, DETAIL, sizes.detail) if detail else width(aside, words, sizes) if aside else 0.0
    top = 1.5 * sizes.head_icon + advance(name, NAME, sizes.head) + (right + 1.5 * sizes.head if right else 0.0)
    second = sum(width(show, words, sizes) + sizes.inner_x for show in below)
    h = sizes.band + 0.25 * sizes.pad + (1.25 * sizes.badge_h if below else 0.0)
    return Header(thing, name, detail, aside, below, icon, sizes, max(top, second) + 1.4 * sizes.pad, h)


def width(show: Show, words: Words, sizes: Sizes) -> float:
    """The room of a value in a header."""
    if show.form == "badge":
        return badge_width(show, words, sizes)
    if said.counter(show):
        number = advance(show.longest, Face("JetBrains Mono", 700), sizes.counter)
        titles = (advance(title, DETAIL, 0.63 * sizes.counter) for title in said.titles(show, words))
        return number + 0.45 * sizes.counter + max(titles)
    return advance(said.longest(show, words), MONO if said.mono(show) else Face(weight=500), sizes.detail)


def placed(header: Header, area: Area, words: Words) -> tuple[Placed, list[Area]]:
    """Put a header at the top of its container; also the areas that nothing may cross."""
    sizes, out = header.sizes, Placed([], [])
    if not sizes.texts:
        return out, []
    band = sizes.band
    left, right, middle = area.x + 0.7 * sizes.pad, area.right - 0.7 * sizes.pad, area.y + band / 2 + 0.06 * sizes.head
    base = middle + cap_height(NAME, sizes.head) / 2
    out.icon = Drawn(header.icon, left, middle - sizes.head_icon / 2, sizes.head_icon)
    start = left + 1.4 * sizes.head_icon
    wide = advance(header.name, NAME, sizes.head)
    out.texts.append(Written(header.name, start, base, sizes.head, wide, 600))
    labels = [Area(left, area.y, start + wide - left, band)]
    if header.detail:
        w = advance(header.detail, DETAIL, sizes.detail)
        out.texts.append(Written(header.detail, right, base, sizes.detail, w, 400, False, "end", "detail"))
        labels.append(Area(right - w, area.y, w, band))
    elif header.aside is not None:
        w = width(header.aside, words, sizes)
        at = Area(right - w, base - ascent(MONO, sizes.detail), w, 1.3 * sizes.detail)
        out.slots.append(Slot(header.thing.id, header.aside, at, sizes.detail, "end"))
        labels.append(Area(right - w, area.y, w, band))
    for show in header.below:
        w = width(show, words, sizes)
        size = sizes.counter if said.counter(show) else sizes.badge if show.form == "badge" else sizes.detail
        at = Area(left, area.y + band, w, sizes.badge_h)
        out.slots.append(Slot(header.thing.id, show, at, size, "middle" if show.form == "badge" else "start"))
        labels.append(at)
        left += w + sizes.inner_x
    return out, labels
