"""The card of a question, or of a task to sort or to order: what it says, and where each part of it is.

The same card stands over the stage of the window, in the show and in files. A place is reserved for everything that may
be told later, so that nothing jumps when an item is moved or the answer is revealed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from vizapp.picture.measure import Face, advance, wrap
from vizapp.picture.sizes import Level
from vizapp.picture.stage import Area

BOLD, SEMI, PLAIN = Face(weight=700), Face(weight=600), Face()
LEADING = 1.3
SHRINK = 0.94  # from one try to the next, where the card is higher than its room
LETTERS = "ABCD"
Kind = Literal["choice", "sort", "order"]


@dataclass(frozen=True, slots=True)
class Said:
    """A card in words. items: as written; placed: of each the number of its bin or its position, None where it lies
    in the tray, in the order `tray`. verdicts: once judged, whether each is, or was, where it belongs. whys: of each
    item where it belongs, why, and the source of that; told: the one that is told. hint: how to go on, at the bottom;
    ready: the same, where no item lies in the tray; done: what is told of the whole, once judged."""

    kind: Kind
    ask: str
    items: tuple[str, ...]
    whys: tuple[tuple[str, str, str], ...]
    placed: tuple[int | None, ...]
    bins: tuple[str, ...] = ()
    tray: tuple[int, ...] = ()
    verdicts: tuple[bool | None, ...] | None = None
    told: int | None = None
    hint: str = ""
    ready: str = ""
    done: str = ""

    def lines(self) -> Iterator[str]:
        """The same for one who listens: what is asked, where items may go, and each item with what is told of it."""
        yield self.ask
        yield from (f"{number}. {name}" for number, name in enumerate(self.bins, 1))
        placed = self.kind == "order" and self.verdicts is not None
        for item in sorted(self.tray, key=lambda item: self.placed[item] or 0) if placed else self.tray:
            yield f"{LETTERS[item] if self.kind == 'choice' else '–'} {self._told(item)}"

    def _told(self, item: int) -> str:
        if self.verdicts is None:
            return self.items[item]
        head, why, source = self.whys[item]
        mark = ("✓ " if self.verdicts[item] else "✗ ") if self.kind == "choice" else ""
        told = " – ".join(part for part in (mark + (head or self.items[item]), why) if part)
        return f"{told} ({source})" if source else told

    def held_by(self, place: int | None) -> Iterator[int]:
        """The items in a bin, or in the tray."""
        return (item for item in self.tray if self.placed[item] == place)


class Sizes(NamedTuple):
    """Pixels to the em of each text; least: below which none may fall; foot: what is kept at the bottom."""

    ask: float
    name: float
    item: float
    small: float
    edge: float
    least: float
    foot: float

    def times(self, by: float) -> Sizes:
        """All so many times as large, no text below the least."""
        ask, name, item, small = (max(size * by, self.least) for size in self[:4])
        return Sizes(ask, name, item, small, self.edge * by, self.least, self.foot)


EXPLORE = Sizes(17, 15, 15, 14, 20, 14, 46)
SHOW = Sizes(40, 30, 30, 26, 34, 24, 0)


class Text(NamedTuple):
    """Lines from the top `y` on, `x` at the left."""

    x: float
    y: float
    lines: tuple[str, ...]
    face: Face
    size: float
    muted: bool = False


@dataclass(frozen=True, slots=True)
class Laid:
    """Where everything is, from the corner of the card. items: each with the lines of its text. panel: where the tray
    is and, once revealed, what is told. said: the other texts."""

    said: Said
    sizes: Sizes
    width: float
    height: float
    panel: Area
    items: tuple[Area, ...]
    lines: tuple[tuple[str, ...], ...]
    bins: tuple[Area, ...]
    texts: tuple[Text, ...]

    @property
    def chip_pad(self) -> float:
        return 0.55 * self.sizes.item

    @property
    def mark(self) -> float:
        """The side of the sign before the words of an item."""
        return self.sizes.item


def lay(said: Said, width: float, most: float, level: Level, scale: float = 1.0) -> Laid:
    """The card at that width, no higher than `most` if its texts can be made small enough. scale: of the texts."""
    return fitting(Laying, said, width, most, (SHOW if level == "show" else EXPLORE).times(scale))


def fitting(how: type[Laying], said: Said, width: float, most: float, sizes: Sizes) -> Laid:
    """The card laid out so, with the largest texts up to those sizes with which it fits."""
    while True:
        laying = how(said, width, sizes)
        made = laying.laid()
        if made.height <= most and laying.holds_words():
            return made
        if max(sizes[:4]) <= sizes.least * 1.01:
            return how(said, width, sizes, made.height - most).laid()
        sizes = sizes.times(SHRINK)


class Laying:
    """One try. Everything is measured as it would be at its fullest. short: how much less high bins are than they
    would need to hold everything; the items of a full one lie closer then."""

    def __init__(self, said: Said, width: float, sizes: Sizes, short: float = 0.0) -> None:
        self.said, self.width, self.sizes, self.short = said, width, sizes, short
        self.inner = width - 2 * sizes.edge
        self.gap = 0.32 * sizes.item
        self.texts: list[Text] = []

    def laid(self) -> Laid:
        sizes, said = self.sizes, self.said
        y = self._ask()
        panel = Area(sizes.edge, y, self.inner, self._panel_height())
        y = panel.bottom + (0.6 * sizes.edge if panel.h else 0)
        columns = self._columns(y) if said.kind == "sort" else ()
        lines = tuple(tuple(wrap(text, SEMI, sizes.item, self._room)) for text in said.items)
        bins = tuple(replace(head, h=head.h + self._depth()) for head in columns)
        items = self._sorted(panel, bins, columns) if columns else self._rows(lines, y)
        bottom = max(area.bottom for area in (*bins, *items))
        if panel.h:
            self._panel(panel)
        height = bottom + sizes.edge * 0.8 + self._foot(bottom + 0.35 * sizes.edge)
        return Laid(said, sizes, self.width, height, panel, items, lines, bins, tuple(self.texts))

    # the question

    def _ask(self) -> float:
        sizes = self.sizes
        indent = 1.6 * sizes.ask
        lines = tuple(wrap(self.said.ask, SEMI, sizes.ask, self.inner - indent - 1.2 * sizes.ask))
        self.texts.append(Text(sizes.edge + indent, sizes.edge * 0.7, lines, SEMI, sizes.ask))
        return sizes.edge * 1.2 + len(lines) * sizes.ask * LEADING

    # the panel

    def _panel_height(self) -> float:
        """As high as the tray when it is full, and as the longest reason."""
        if self.said.kind == "choice":
            return 0.0
        told = max((self._told_height(item) for item in range(len(self.said.items))), default=0.0)
        return max(told, self._tray_height()) + self.sizes.item

    def _told(self, item: int | None) -> Iterator[tuple[str, Face, float, bool]]:
        """The lines of the panel once judged: how many were right, and what is told of an item."""
        sizes, room = self.sizes, self.inner - 1.6 * self.sizes.item
        head, why, source = self.said.whys[item] if item is not None else ("", "", "")
        first = "   ·   ".join(part for part in (self.said.done, head) if part)
        for text, face, size, muted in ((first, SEMI, sizes.item, False), (why, PLAIN, sizes.item, False),
                                        (source, PLAIN, sizes.small, True)):  # fmt: skip
            for line in wrap(text, face, size, room) if text else ():
                yield line, face, size, muted

    def _told_height(self, item: int) -> float:
        return sum(size * LEADING for _, _, size, _ in self._told(item))

    def _tray_height(self) -> float:
        if self.said.kind != "sort":
            return self.sizes.item * LEADING
        return self._deep(self.inner - 1.2 * self.sizes.item, self.said.tray)

    def _panel(self, panel: Area) -> None:
        """What is written in it: the answer, or how to go on where no item lies there."""
        sizes, x, y = self.sizes, panel.x + 0.8 * self.sizes.item, panel.y + 0.45 * self.sizes.item
        if self.said.verdicts is not None:
            for line, face, size, muted in self._told(self.said.told):
                self.texts.append(Text(x, y, (line,), face, size, muted))
                y += size * LEADING
        elif self.said.kind == "order" or not any(True for _ in self.said.held_by(None)):
            self.texts.append(Text(x, y, (self.said.ready,), PLAIN, sizes.item, True))

    def _foot(self, y: float) -> float:
        """The hint at the bottom, beside the buttons where there are some."""
        sizes, line = self.sizes, self.sizes.small * LEADING
        if self.said.hint:
            self.texts.append(Text(sizes.edge, y + max(sizes.foot - line, 0.0) / 2, (self.said.hint,), PLAIN,
                                   sizes.small, True))  # fmt: skip
        return max(sizes.foot, line - 0.2 * sizes.edge if self.said.kind != "choice" else 0.0)

    # sorting

    @property
    def _room(self) -> float:
        """The longest line of an item."""
        sizes = self.sizes
        if self.said.kind == "sort":
            return self._column - 2 * self.gap - 2.6 * sizes.item
        return self.inner - 4.2 * sizes.item

    @property
    def _column(self) -> float:
        count = len(self.said.bins)
        return (self.inner - (count - 1) * 1.5 * self.gap) / count

    @property
    def _heading(self) -> float:
        """The longest line of a bin's name."""
        return self._column - 2.2 * self.sizes.name - self.gap

    def holds_words(self) -> bool:
        """Whether every word of the bins' names has room in a line of its own."""
        words = (word for name in self.said.bins for word in name.split())
        return all(advance(word, SEMI, self.sizes.name) <= self._heading for word in words)

    def _columns(self, y: float) -> tuple[Area, ...]:
        """The heads of the bins beside each other, as high as the highest."""
        sizes, step = self.sizes, self._column + 1.5 * self.gap
        indent = 2.2 * sizes.name
        names = [tuple(wrap(name, SEMI, sizes.name, self._heading)) for name in self.said.bins]
        high = max(len(lines) for lines in names) * sizes.name * LEADING + 0.8 * sizes.name
        for number, lines in enumerate(names):
            self.texts.append(Text(sizes.edge + number * step + indent, y + 0.45 * sizes.name, lines, SEMI, sizes.name))
        return tuple(Area(sizes.edge + number * step, y, self._column, high) for number in range(len(names)))

    def _chip(self, lines: Sequence[str]) -> tuple[float, float]:
        sizes = self.sizes
        wide = max(advance(line, SEMI, sizes.item) for line in lines)
        return wide + 2.6 * sizes.item, len(lines) * sizes.item * LEADING + 0.35 * sizes.item

    def _flow(self, items: Sequence[int], room: Area) -> Iterator[tuple[int, Area]]:
        """Items one after the other, in as many rows as they need."""
        x, y, high = room.x, room.y, 0.0
        for item in items:
            wide, tall = self._chip(wrap(self.said.items[item], SEMI, self.sizes.item, self._room))
            if x > room.x and x + wide > room.right + 0.01:
                x, y, high = room.x, y + high + self.gap, 0.0
            yield item, Area(x, y, wide, tall)
            x, high = x + wide + self.gap, max(high, tall)

    def _depth(self) -> float:
        """Of a bin that holds everything."""
        deep = self._deep(self._column - 2 * self.gap, self.said.tray)
        return max(deep + 1.5 * self.gap - self.short, self.sizes.item)

    def _deep(self, width: float, items: Sequence[int]) -> float:
        """How high items are together in a room of that width."""
        return max((area.bottom for _, area in self._flow(items, Area(0, 0, width, 0))), default=0.0)

    def _sorted(self, panel: Area, bins: Sequence[Area], heads: Sequence[Area]) -> tuple[Area, ...]:
        pad = 0.6 * self.sizes.item
        found = dict(self._flow(list(self.said.held_by(None)),
                                Area(panel.x + pad, panel.y + pad, panel.w - 2 * pad, panel.h)))  # fmt: skip
        for number, (bin_, head) in enumerate(zip(bins, heads, strict=True)):
            room = Area(bin_.x + self.gap, head.bottom, bin_.w - 2 * self.gap, bin_.bottom - self.gap - head.bottom)
            found |= self._closer(dict(self._flow(list(self.said.held_by(number)), room)), room)
        return tuple(found[item] for item in range(len(self.said.items)))

    def _closer(self, flown: dict[int, Area], room: Area) -> dict[int, Area]:
        """Items that would lie below their room, closer together."""
        last = max(flown.values(), key=lambda area: area.bottom, default=room)
        if last.bottom <= room.bottom or last.y <= room.y:
            return flown
        share = (room.bottom - last.h - room.y) / (last.y - room.y)
        return {item: replace(area, y=room.y + (area.y - room.y) * share) for item, area in flown.items()}

    # rows

    def _rows(self, lines: Sequence[tuple[str, ...]], y: float) -> tuple[Area, ...]:
        """All as high as the highest, in their order; options with their reason below them."""
        sizes = self.sizes
        high = max(len(each) for each in lines) * sizes.item * LEADING + 0.7 * sizes.item
        shares = [high + self._reason(item) for item in range(len(lines))]
        order = sorted(range(len(lines)), key=lambda item: self.said.placed[item] or 0)
        found = {}
        for item in order:
            found[item] = Area(sizes.edge, y, self.inner, shares[item])
            y += shares[item] + self.gap
        return tuple(found[item] for item in range(len(lines)))

    def _reason(self, item: int) -> float:
        """Why an option is right or wrong: room for it from the start."""
        if self.said.kind != "choice":
            return 0.0
        return len(wrap(self.said.whys[item][1], PLAIN, self.sizes.small, self._room)) * self.sizes.small * LEADING
