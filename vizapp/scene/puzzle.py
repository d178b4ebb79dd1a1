"""Items to be sorted into bins, or to be put in order: in a question in the place of its options, or as a task."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from vizapp.scene import units
from vizapp.scene.citing import SourceReader
from vizapp.scene.meaning import PhraseReader
from vizapp.scene.model import Item, Puzzle, Text
from vizapp.scene.nodes import Mapping, Node, Scalar
from vizapp.scene.nodes import Sequence as List

SORT, ORDER = "sort", "order"
PUZZLES = (SORT, ORDER)
SORTED = ("say", "is", "why", "sources")
ORDERED = ("say", "is", "of", "when", "side", "why", "sources")
LEAST = 2
MOST_BINS, MOST_SORTED, MOST_ORDERED = 6, 12, 8
DATE = re.compile(r"\d{4}(-\d{2}){0,2}")


class PuzzleReader(SourceReader, PhraseReader):
    def puzzle(self, node: Mapping) -> Puzzle | None:
        """The puzzle of a question or a task, if it has one."""
        kinds = [kind for kind in PUZZLES if kind in node.items]
        if not kinds:
            return None
        if len(kinds) > 1:
            self.problems.add("two-puzzles", node.keys[kinds[1]])
        written = node.items[kinds[0]]
        return self.sorting(written) if kinds[0] == SORT else Puzzle(self.ordered(written))

    # sorting

    def sorting(self, node: Node) -> Puzzle:
        inside = self.mapping(node, ("bins", "items"))
        bins = self.bins(inside)
        items = () if self.missing(inside, "items") else self.listed(
            inside.items["items"], MOST_SORTED, SORTED, lambda each: self.sorted_item(each, tuple(bins)))  # fmt: skip
        return Puzzle(items, bins)

    def bins(self, node: Mapping) -> dict[str, Text]:
        if self.missing(node, "bins"):
            return {}
        written = self.mapping(node.items["bins"])
        for name, place in written.keys.items():
            self.identifier(name, place)
        if not LEAST <= len(written.items) <= MOST_BINS:
            self.problems.add("bins-number", written.place, least=LEAST, most=MOST_BINS, n=len(written.items))
        return {name: self.needed_text(written, name) for name in written.items}

    def sorted_item(self, node: Mapping, bins: Sequence[str]) -> Item:
        say, why = self.live(node, "say"), self.live(node, "why")
        written = None if self.missing(node, "is") else node.items["is"]
        sources = self.sources(node.items.get("sources"))
        if isinstance(written, Mapping):
            asked = self.mapping(written, ("of", "when", "side"))
            self.missing(asked, "of")
            of, when, side = self.asked(asked)
            return Item(say, why, of=of, when=when, side=side, sources=sources, place=node.place)
        named = [self.one_bin(each, bins) for each in self.items(written, MOST_BINS, "is", lone=True)]
        return Item(say, why, tuple(each for each in named if each), sources=sources, place=node.place)

    def one_bin(self, node: Node, bins: Sequence[str]) -> str:
        said = self.string(node) or ""
        if said and said not in bins:
            self.unknown("unknown-bin", said, node.place, bins)
        return said

    def asked(self, node: Mapping) -> tuple[str, str, str]:
        """`{of: expression, when: pattern}`: what is asked, and of which event."""
        when, of = self.phrase(node, "when", self.when), self.scalar(node.items.get("of"))
        if of is not None:
            self.expression(of, when)
        side = node.items.get("side")
        return of.value if of else "", str(when or ""), self.side_named(side) if side is not None else ""

    def side_named(self, node: Node) -> str:
        """A side, which only a comparison has."""
        self.unknown("unknown-key", "side", node.place, ("of", "when"))
        return ""

    # putting in order

    def ordered(self, node: Node) -> tuple[Item, ...]:
        items = self.listed(node, MOST_ORDERED, ORDERED, self.ordered_item)
        if len({bool(item.is_) + 2 * bool(item.of) for item in items}) > 1:
            self.problems.add("order-mixed", node.place)
        return items

    def ordered_item(self, node: Mapping) -> Item:
        """Ordered by the moment of `when`, by what `of` is worth there, or by a number or a date that is written."""
        items = node.items
        rank: tuple[object, ...] = ()
        of, when, side = "", "", ""
        if ("is" in items) == ("when" in items) or ("of" in items and "when" not in items):
            self.problems.add("order-form", node.place, hint="order-form")
        elif "is" in items:
            rank = self.ranked(items["is"])
        else:
            of, when, side = self.asked(node)
        why, sources = self.live(node, "why", needed=False), self.sources(items.get("sources"))
        return Item(self.live(node, "say"), why, rank, of, when, side, sources, node.place)

    def ranked(self, node: Node) -> tuple[object, ...]:
        """A number, or a date as far as it is known: `2014-03-13`, `2014-03`."""
        scalar = self.scalar(node)
        value = units.core(scalar.value) if scalar and scalar.plain else scalar.value if scalar else ""
        dated = isinstance(value, str) and DATE.fullmatch(value)
        if not dated and (isinstance(value, bool) or not isinstance(value, (int, float))):
            self.problems.add("not-ordered", node.place, hint="ordered", value=str(value))
        return (value,)

    # shared

    def listed(
        self, node: Node, most: int, keys: Sequence[str], read: Callable[[Mapping], Item]
    ) -> tuple[Item, ...]:
        found = tuple(read(self.mapping(each, keys)) for each in self.items(node, most, "items"))
        if isinstance(node, List) and len(found) < LEAST:
            self.problems.add("too-few-items", node.place, least=LEAST)
        return found

    def placed(self, node: Node | None, puzzle: Puzzle) -> tuple[int, ...]:
        """Where the author says that each item belongs: bins, or positions counted from 1."""
        names = list(puzzle.bins) or [str(place + 1) for place in range(len(puzzle.items))]
        written = self.items(node, MOST_SORTED, "solution")
        if node is not None and len(written) != len(puzzle.items):
            self.problems.add("placed-number", node.place, n=len(written), items=len(puzzle.items))
        said = [(self.string(each) or "", each) for each in written if isinstance(each, Scalar)]
        for name, each in said:
            if name not in names:
                self.unknown("unknown-bin", name, each.place, names)
        return tuple(names.index(name) for name, _ in said if name in names)
