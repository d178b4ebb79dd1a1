"""The card of a question as shapes."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping

from vizapp.picture.measure import Face, ascent, cap_height, descent, wrap
from vizapp.picture.puzzle import BOLD, LEADING, LETTERS, PLAIN, SEMI, Laid, Text
from vizapp.picture.shapes import Dots, Icon, Label, Layer, Picture, Rect, Shape
from vizapp.picture.stage import Area
from vizapp.picture.theme import Theme

NOBODY: Mapping[int, Area] = {}


def card(laid: Laid, theme: Theme, *, elsewhere: Mapping[int, Area] = NOBODY, current: int | None = None,
         over: int | None = None) -> Picture:  # fmt: skip
    """The card. elsewhere: where items are that move or are held; current: the one that has the keys; over: the bin
    that an item is held over."""
    shapes = (*_ground(laid, theme, over), *(shape for text in laid.texts for shape in _text(text, laid, theme)))
    above = [item for item in range(len(laid.items)) if item in elsewhere]
    order = [item for item in range(len(laid.items)) if item not in elsewhere] + above
    where = {item: elsewhere.get(item, laid.items[item]) for item in order}
    items = tuple(shape for item, area in where.items() for shape in _item(laid, item, area, theme, item == current))
    return Picture(laid.width, laid.height, None, (Layer(shapes), Layer(items)))


def _ground(laid: Laid, theme: Theme, over: int | None) -> Iterator[Shape]:
    sizes, role = laid.sizes, theme.prediction
    yield Rect(1, 1, laid.width - 2, laid.height - 2, 0.6 * sizes.edge, role.fill, role.stroke, 0.09 * sizes.item)
    yield Icon(sizes.edge * 0.9, sizes.edge * 0.7, 1.3 * sizes.ask, "question", theme.warn)
    if laid.panel.h:
        plain = laid.said.kind == "sort" or laid.said.verdicts is not None
        yield _box(laid.panel, 0.5 * sizes.item, theme.panel if plain else None, theme.hairline if plain else None)
    for number, area in enumerate(laid.bins):
        stroke = theme.accent if number == over else theme.link
        yield _box(area, 0.5 * sizes.item, theme.canvas, stroke, 2.4 if number == over else 1.2, f"bin:{number}")
        yield from _badge(laid, area.x + 0.5 * sizes.name, area.y + 0.38 * sizes.name, str(number + 1), theme)


def _box(area: Area, radius: float, fill: str | None, stroke: str | None, width: float = 1.2, of: str = "") -> Rect:
    return Rect(area.x, area.y, area.w, area.h, radius, fill, stroke, width, of=of or None)


def _badge(laid: Laid, x: float, y: float, said: str, theme: Theme) -> Iterator[Shape]:
    """A number or a letter: what to press."""
    size = laid.sizes.name
    side = 1.45 * size
    yield Rect(x, y, side, side, side / 2, theme.accent_soft, theme.accent, 1.4)
    base = y + (side + cap_height(BOLD, size)) / 2
    yield Label(x + side / 2, base, said, size, theme.accent, 700, anchor="middle")


def _text(text: Text, laid: Laid, theme: Theme) -> Iterator[Shape]:
    asked = text.size == laid.sizes.ask and text is laid.texts[0]
    colour = theme.prediction.text if asked else theme.muted if text.muted else theme.ink
    if text.muted and not laid.panel.holds(text.x, text.y):
        colour = theme.prediction.text
    yield from _lines(text.x, text.y, text.lines, text.face, text.size, colour)


def _lines(x: float, y: float, lines: tuple[str, ...], face: Face, size: float, colour: str,
           of: str | None = None) -> Iterator[Shape]:  # fmt: skip
    free = (LEADING * size - ascent(face, size) - descent(face, size)) / 2
    for number, line in enumerate(lines):
        base = y + number * size * LEADING + free + ascent(face, size)
        yield Label(x, base, line, size, colour, face.weight, of=of)


def _item(laid: Laid, item: int, area: Area, theme: Theme, current: bool) -> Iterator[Shape]:
    """An item where it is: a chip, or a row with the number of its place."""
    said, sizes, name = laid.said, laid.sizes, f"item:{item}"
    verdict = said.verdicts[item] if said.verdicts is not None else None
    fill, stroke = _tones(theme, verdict)
    strong = current or (said.verdicts is not None and said.told == item)
    yield Rect(area.x, area.y, area.w, area.h, 0.45 * sizes.item, fill, theme.accent if strong else stroke,
               2.6 if strong else 1.3, of=name, title=said.items[item])  # fmt: skip
    high = len(laid.lines[item]) * sizes.item * LEADING
    top = area.y + (area.h - high) / 2 if said.kind != "choice" else area.y + 0.35 * sizes.item
    x = area.x + laid.chip_pad
    if said.kind != "sort":
        name_ = LETTERS[item] if said.kind == "choice" else str((said.placed[item] or 0) + 1)
        yield from _badge(laid, x, top + (sizes.item * LEADING - 1.45 * sizes.name) / 2, name_, theme)
        x += 2.0 * sizes.name
        yield from _mark(area.right - laid.chip_pad - 1.2 * laid.mark, top, laid, verdict, theme, name)
    else:
        yield from _mark(x, top, laid, verdict, theme, name)
        x += 1.35 * laid.mark
    yield from _lines(x, top, laid.lines[item], SEMI, sizes.item, theme.ink, name)
    if said.kind == "choice" and said.verdicts is not None:
        room = area.right - x - 2 * sizes.item
        reason = tuple(wrap(said.whys[item][1], PLAIN, sizes.small, room))
        yield from _lines(x, top + high, reason, PLAIN, sizes.small, theme.ink)


def _tones(theme: Theme, verdict: bool | None) -> tuple[str, str]:
    if verdict is None:
        return theme.panel, theme.link
    failed = theme.role("failed")
    return (theme.good_soft, theme.good) if verdict else (failed.fill, failed.stroke)


def _mark(x: float, top: float, laid: Laid, verdict: bool | None, theme: Theme, of: str) -> Iterator[Shape]:
    """Whether it was right; before that, what it is moved by."""
    side, middle = 1.15 * laid.mark, top + laid.sizes.item * LEADING / 2
    if verdict is not None:
        icon, colour = ("check-circle", theme.good) if verdict else ("cross", theme.role("failed").stroke)
        yield Icon(x - 0.1 * side, middle - side / 2, side, icon, colour, of=of)
    elif laid.said.verdicts is not None:
        yield Rect(x + 0.3 * side, middle - 0.15 * side, 0.3 * side, 0.3 * side, 0.15 * side, theme.link, of=of)
    elif laid.said.kind != "choice":
        step = 0.28 * laid.mark
        xs = array("d", (x + 0.25 * laid.mark + step * column for column in (0, 1) for _ in range(3)))
        ys = array("d", (middle + step * row for _ in range(2) for row in (-1, 0, 1)))
        yield Dots(xs, ys, 0.08 * laid.mark, theme.muted, of=of)
