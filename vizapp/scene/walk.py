"""Walking nodes against what is expected there: keys, texts, lists and typed scalars, each fault a Problem."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

from vizapp.scene import units
from vizapp.scene.model import Place, Text
from vizapp.scene.nodes import Mapping, Node, Scalar, Sequence
from vizapp.scene.problems import Problems
from vizapp.scene.tokens import PhraseError
from vizapp.words import french, languages

T = TypeVar("T")

ID = re.compile(r"[A-Za-z]\w*(?:-\w+)*")
REFERENCE = re.compile(r"\$([A-Za-z]\w*(?:-\w+)*)")
MOST_KNOWN = 14  # names listed in a hint


class Walk:
    """What the parts of the reader share: the problems, and how a node is taken for what it should be."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems

    def unknown(self, key: str, name: str, place: Place, known: Iterable[str]) -> None:
        """A name that is not among the known ones; the hint says which was meant, or lists them."""
        names = list(known)
        listed = names if len(names) <= MOST_KNOWN else [*names[:MOST_KNOWN], "…"]
        hint = "known" if names else None
        self.problems.add(key, place, hint=hint, name=name, near=names, known=[f"`{each}`" for each in listed])

    def mapping(self, node: Node | None, known: Iterable[str] | None = None) -> Mapping:
        """The keys of a node; an empty one where there is none. known: all that may be written there."""
        if isinstance(node, Mapping):
            if known is not None:
                names = list(known)
                for key, place in node.keys.items():
                    if key not in names:
                        self.unknown("unknown-key", key, place, names)
            return node
        if node is not None and not (isinstance(node, Scalar) and node.empty):
            self.problems.add("not-a-map", node.place, hint="map", known=[f"`{key}`" for key in known or ()][:6])
        return Mapping(node.place if node else Place())

    def items(self, node: Node | None, most: int, what: str, *, lone: bool = False) -> list[Node]:
        """The items of a list. lone: a single value may stand for a list of one."""
        if node is None or (isinstance(node, Scalar) and node.empty):
            return []
        if not isinstance(node, Sequence):
            if lone:
                return [node]
            self.problems.add("not-a-list", node.place, hint="list")
            return []
        if len(node.items) > most:
            self.problems.add("too-many", node.items[most].place, what=what, most=most, n=len(node.items))
        return node.items[:most]

    def scalar(self, node: Node | None) -> Scalar | None:
        """A single value; None when there is none, or when it is a list or a map (which is reported)."""
        if isinstance(node, Scalar):
            return None if node.empty else node
        if node is not None:
            self.problems.add("not-a-value", node.place)
        return None

    def string(self, node: Node | None) -> str | None:
        scalar = self.scalar(node)
        return scalar.value if scalar else None

    def typed(self, node: Node | None, parse: Callable[[str], T]) -> T | None:
        """A scalar through one of the parsers of `units` or of `parse`."""
        scalar = self.scalar(node)
        return self.parsed(scalar, scalar.value, parse) if scalar else None

    def parsed(self, node: Scalar, text: str, parse: Callable[[str], T]) -> T | None:
        try:
            return parse(text)
        except units.WrongValueError as wrong:
            self.problems.add(wrong.key, node.place, hint=wrong.hint, **wrong.values)
        except PhraseError as wrong:
            self.problems.add(wrong.key, inside(node, wrong.column), hint=wrong.hint, **wrong.values)
        return None

    def number(self, node: Node | None, low: float, high: float) -> int | None:
        """A whole number between two bounds."""
        value = self.typed(node, units.integer)
        if value is not None and node is not None and not low <= value <= high:
            self.problems.add("out-of-range", node.place, value=value, low=low, high=high)
            return None
        return value

    def identifier(self, name: str, place: Place) -> bool:
        if ID.fullmatch(name) and len(name) <= 40:
            return True
        self.problems.add("bad-id", place, hint="id", name=name)
        return False

    def text(self, node: Node | None) -> Text | None:
        """A text by language, or a plain one that is the same in all; None when it is missing."""
        if node is None:
            return None
        if isinstance(node, Scalar):
            return None if node.empty else Text(dict.fromkeys(languages(), node.value))
        found = Text()
        for language, each in self.mapping(node, languages()).items.items():
            said = self.string(each)
            if said is not None and said.strip():
                found[language] = french.spaces(said) if language == "fr" else said
        if not found:
            self.problems.add("no-text", node.place, hint="text")
            return None
        return found

    def needed_text(self, parent: Mapping, key: str) -> Text:
        """A text that must be there."""
        node = parent.items.get(key)
        if self.missing(parent, key):
            return Text()
        return self.text(node) or Text()

    def missing(self, parent: Mapping, key: str) -> bool:
        """Whether a key that must be there is not, or says nothing; it is reported."""
        node = parent.items.get(key)
        if node is None:
            self.problems.add("missing-key", parent.place, hint="add-key", name=key)
            return True
        if isinstance(node, Scalar) and node.empty:
            self.problems.add("empty-key", node.place, name=key)
            return True
        return False


def inside(node: Scalar, column: int) -> Place:
    """The place of a character of a scalar, as far as the first line goes."""
    if "\n" in node.value[:column] or column == 0:
        return node.place
    return Place(node.place.line, node.place.column + column + (0 if node.plain else 1))
