"""A budget of memory: a column for each technique, its machine filled with instances to scale, the formula below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from vizapp.picture import waffle
from vizapp.picture.backdrop import role
from vizapp.picture.colours import mix
from vizapp.picture.measure import Face, advance
from vizapp.picture.shapes import Label, Plain, Rect
from vizapp.picture.stage import Area
from vizapp.picture.theme import Theme
from vizapp.scene.model import Thing
from vizapp.words import Words

NAME, BOLD, MONO, NUMBER = Face(weight=500), Face(weight=600), Face("JetBrains Mono"), Face(weight=700)
COLUMN, GAP, HIGH = 15.0, 2.0, 34.0  # width of a column, room between two, height of all, in sizes of the text
TOP, FOOT = 5.6, 8.4  # of a column: the room above its machine and below it
BIG = 2.3  # the number of instances

Row = Mapping[str, Any]


def room(thing: Thing, size: float) -> tuple[float, float]:
    """(width, height) of a budget with so many techniques."""
    count = max(len(thing.fields.get("rows") or ()), 1)
    return (count * (COLUMN + GAP) - GAP) * size, HIGH * size


def drawn(budget: Mapping[str, Any], area: Area, size: float, theme: Theme, words: Words, of: str) -> Iterator[Plain]:
    """The formula, the columns, and how they compare."""
    rows: Sequence[Row] = budget["rows"]
    memory, application = words.number(budget["memory"]), mib(budget["application"], words)
    formula = words("budget.formula", memory=memory, application=application)
    yield from _line(formula, area.x, area.y + 1.2 * size, area.w, size, theme.ink, MONO, of)
    step = (area.w + GAP * size) / max(len(rows), 1)
    for index, row in enumerate(rows):
        column = Area(area.x + index * step, area.y + 2.2 * size, step - GAP * size, area.h - 5.0 * size)
        yield from _column(row, budget, column, size, theme, words, of)
    yield from _foot(budget, Area(area.x, area.bottom - 2.6 * size, area.w, 2.6 * size), size, theme, words, of)


def told(row: Row, budget: Mapping[str, Any], words: Words) -> str:
    """The formula with its numbers put in."""
    return words("budget.sum", memory=words.number(budget["memory"]), application=mib(budget["application"], words),
                 overhead=mib(row["overhead"], words), n=words.number(row["n"]))  # fmt: skip


def mib(size: float, words: Words) -> str:
    """A number of MiB, whole where it is."""
    return words.number(int(size) if size == int(size) else size)


def compared(budget: Mapping[str, Any], words: Words) -> str:
    """`Containers ÷ VMs = 5.8 ×`; nothing where there is nothing to compare."""
    ratio = budget["ratio"]
    names = {row["id"]: words.say(row["name"]) for row in budget["rows"]}
    if ratio is None or any(name not in names for name in budget["compares"]):
        return ""
    more, less = (names[name] for name in budget["compares"])
    return words("budget.ratio", more=more, less=less, ratio=mib(ratio, words))


def _column(
    row: Row, budget: Mapping[str, Any], area: Area, size: float, theme: Theme, words: Words, of: str
) -> Iterator[Plain]:
    colours, made = role(theme, row["role"]), role(theme, "application")
    name = words.say(row["name"])
    yield from _line(name, area.x, area.y + 1.2 * size, area.w, 1.15 * size, colours.text, BOLD, of)
    number = words.number(row["n"])
    yield from _line(number, area.x, area.y + (1.5 + BIG) * size, 0.6 * area.w, BIG * size, theme.ink, NUMBER, of)
    after = area.x + min(advance(number, NUMBER, BIG * size), 0.6 * area.w) + 0.5 * size
    unit = words("budget.instances", n=row["n"])
    yield from _line(unit, after, area.y + (1.5 + BIG) * size, area.right - after, size, theme.muted, NAME, of)
    machine = Area(area.x, area.y + (TOP - 1.0) * size, area.w, area.h - (TOP - 1.0 + FOOT) * size)
    yield Rect(machine.x, machine.y, machine.w, machine.h, 0.0, mix(theme.hairline, theme.panel, 0.5), None, of=of)
    each = budget["application"] + row["overhead"]
    if each > 0:
        fills = (made.stroke, mix(colours.stroke, colours.fill, 0.35), theme.panel)
        yield from waffle.drawn(machine, row["n"], each / budget["memory"], budget["application"] / each, fills, of)
    yield Rect(machine.x, machine.y, machine.w, machine.h, 2.0, None, colours.stroke, 1.6, of=of)
    base = machine.bottom + 1.6 * size
    yield from _line(told(row, budget, words), area.x, base, area.w, 0.95 * size, theme.ink, MONO, of)
    for index, line in enumerate(_lines(row, words)):
        yield from _line(line, area.x, base + (1.5 + 1.35 * index) * size, area.w, 0.9 * size, theme.muted, NAME, of)


def _lines(row: Row, words: Words) -> Iterator[str]:
    """How many kernels run and what one of them takes with it, then what its overhead is made of."""
    yield words("budget.kernels", n=row["kernels"])
    yield words("budget.lost", n=row["lost"])
    for part in row["parts"]:
        key = "budget.cited" if part["source"] else "budget.part"
        yield words(key, name=words.say(part["name"]), size=mib(part["size"], words),
                    source=words.say(part["source"]) if part["source"] else "")  # fmt: skip


def _foot(
    budget: Mapping[str, Any], area: Area, size: float, theme: Theme, words: Words, of: str
) -> Iterator[Plain]:  # fmt: skip
    """What the colours mean and that the numbers are no measurement; at the right, how the techniques compare."""
    small, left, base = 0.9 * size, area.x, area.y + 1.0 * size
    for tints, key in _legend(budget, theme):
        for tint in tints:
            yield Rect(left, base - 0.75 * size, 0.8 * size, 0.8 * size, 2.0, tint, theme.muted, 1.0, of=of)
            left += 1.05 * size
        yield Label(left, base, words(key), small, theme.muted, 500, of=of)
        left += advance(words(key), NAME, small) + 1.4 * size
    warning, ratio = words("budget.illustrative"), compared(budget, words)
    yield Label(area.x, area.y + 2.4 * size, warning, small, theme.warn, 600, of=of)
    taken = max(left, area.x + advance(warning, BOLD, small) + size)
    fitted = min(1.35 * size, (area.right - taken) / max(advance(ratio, BOLD, 1.0), 1.0))
    yield Label(area.right, area.y + 1.6 * size, ratio, fitted, theme.ink, 600, anchor="end", of=of)


def _legend(budget: Mapping[str, Any], theme: Theme) -> Iterator[tuple[tuple[str, ...], str]]:
    """The colours that stand for one thing, and the words key of what that is."""
    roles = [role(theme, name) for name in dict.fromkeys(row["role"] for row in budget["rows"])]
    yield (role(theme, "application").stroke,), "budget.application"
    yield tuple(mix(each.stroke, each.fill, 0.35) for each in roles), "budget.overhead"
    yield (mix(theme.hairline, theme.panel, 0.5),), "budget.free"


def _line(text: str, x: float, base: float, w: float, size: float, colour: str, face: Face, of: str) -> Iterator[Plain]:
    """A text that is made smaller where its room is too narrow."""
    wide = advance(text, face, size)
    fitted = size if wide <= w or wide == 0 else size * w / wide
    yield Label(x, base, text, fitted, colour, face.weight, face.family == "JetBrains Mono", of=of)
