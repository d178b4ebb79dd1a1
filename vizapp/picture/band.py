"""A folded thing: a thin band that keeps its name and what it runs as, and the handles that fold and unfold."""

from __future__ import annotations

from collections.abc import Iterator

from vizapp.picture import said
from vizapp.picture.backdrop import lit, strength
from vizapp.picture.face import DETAIL, MONO, NAME, Content, Row
from vizapp.picture.measure import Face, advance, ascent, cap_height, line_height
from vizapp.picture.placing import Placed
from vizapp.picture.shapes import Icon, Rect, Shape
from vizapp.picture.sizes import Sizes
from vizapp.picture.stage import Area, Box, Slot, Stage, Written
from vizapp.picture.view import View
from vizapp.scene.model import Thing
from vizapp.scene.vocabulary import Kind, Show
from vizapp.words import Words

HANDLE = "fold:"  # before the id of the thing that a handle folds or unfolds
PAD = 0.42  # of the name's size, above and below it
LEAST = 9.0  # radius of a handle


def band(thing: Thing, kind: Kind, words: Words, sizes: Sizes) -> Content:
    """Measure what a folded thing says: its name, and its first value or its caption, on one line."""
    icon = thing.icon or kind.icon
    if not sizes.texts:
        return Content(thing, "band", sizes, (), icon, None, (), sizes.icon + 2 * sizes.inner_x, 0.5 * sizes.icon)
    name = words.text(thing.label) or thing.id
    rows = [Row("name", advance(name, NAME, sizes.name), line_height(NAME, sizes.name), line=name)]
    aside = _aside(thing, kind, words, sizes)
    wide = rows[0].w + (_apart(sizes) + aside.w if aside else 0.0)
    handles = 4 * _radius(sizes)
    return Content(thing, "band", sizes, tuple(rows), icon, aside, (), wide + 2 * sizes.inner_x + handles,
                   rows[0].h + 2 * PAD * sizes.name)  # fmt: skip


def _aside(thing: Thing, kind: Kind, words: Words, sizes: Sizes) -> Row | None:
    shows = [said.roomy(show, thing) for show in kind.shows if show.face and kind.gives(show, thing)]
    told = next((show for show in shows if show.form == "text" and not said.counter(show)), None)
    if told is not None and sizes.values:
        return Row("text", advance(said.longest(told, words), _face(told), sizes.detail), sizes.detail, shows=(told,))
    if thing.caption and sizes.captions:
        text = words.text(thing.caption)
        return Row("detail", advance(text, DETAIL, sizes.detail), sizes.detail, line=text)
    return None


def _face(show: Show) -> Face:
    return MONO if said.mono(show) else Face(weight=500)


def _apart(sizes: Sizes) -> float:
    return 1.1 * sizes.detail


def placed(content: Content, area: Area) -> Placed:
    """Put it in the middle of its area."""
    sizes, out = content.sizes, Placed([], [])
    if not content.rows:
        return out
    (name,), aside = content.rows, content.aside
    wide = content.w - 2 * sizes.inner_x - 4 * _radius(sizes)
    left, middle = area.middle[0] - wide / 2, area.middle[1]
    base = middle + cap_height(NAME, sizes.name) / 2
    out.texts.append(Written(name.line, left, base, sizes.name, name.w, 600))
    left += name.w + _apart(sizes)
    if aside is not None and aside.shows:
        at = Area(left, base - ascent(_face(aside.shows[0]), sizes.detail), aside.w, 1.3 * sizes.detail)
        out.slots.append(Slot(content.thing.id, aside.shows[0], at, sizes.detail, "start"))
    elif aside is not None:
        out.texts.append(Written(aside.line, left, base, sizes.detail, aside.w, 400, False, "start", "detail"))
    return out


def folds(name: str | None) -> str | None:
    """The thing that a handle is of; whatever else, itself."""
    return None if name is None else name.removeprefix(HANDLE)


def handles(stage: Stage, view: View) -> Iterator[Shape]:
    """What folds what is looked at, and what unfolds each band: a chevron on the upper edge, at its right."""
    bright = lit(stage, view.focus)
    for box in stage.boxes.values():
        if box.folded or (box.folded is False and box.id in (view.selected, view.hovered)):
            yield from _handle(box, stage, view, strength(box.id, bright))


def _radius(sizes: Sizes) -> float:
    """Of a handle."""
    return max(0.62 * sizes.detail, LEAST)


def _handle(box: Box, stage: Stage, view: View, opacity: float) -> Iterator[Shape]:
    theme, radius = view.theme, _radius(stage.sizes)
    x = box.area.right - 2.0 * radius
    y = box.area.middle[1] if box.folded else box.area.y
    of, glyph = HANDLE + box.id, "chevron-right" if box.folded else "chevron-down"
    colour = theme.accent if view.hovered == box.id else theme.muted
    yield Rect(x - radius, y - radius, 2 * radius, 2 * radius, radius, theme.panel, colour, stage.sizes.stroke, (),
               opacity, of=of)  # fmt: skip
    side = 1.5 * radius
    yield Icon(x - side / 2, y - side / 2, side, glyph, colour, opacity, of)
