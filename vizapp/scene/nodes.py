"""YAML text → nodes with their places, in one pass over the parser's events that refuses hostile files on the way.

Nothing is built from tags, scalars stay text until a field types them, and size, nesting and the expansion of aliases
are counted as the events come: a file is refused before it costs time or memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from vizapp.scene.model import Place
from vizapp.scene.problems import Problems

MOST_BYTES = 1_000_000
MOST_DEPTH = 40
MOST_NODES = 50_000
MOST_DIRECTIVES = 2
MOST_EXPANDED = 100_000  # nodes, every alias counted as often as it is used
# controls of terminals, and of the direction of writing: what is read would not be what is written
HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Node:
    place: Place
    weight: int = 1  # nodes in it, aliases expanded
    depth: int = 0  # collections inside one another, aliases expanded


@dataclass(slots=True)
class Scalar(Node):
    """A scalar as it was written. plain: without quotes, so that it may stand for a number, a truth or nothing."""

    value: str = ""
    plain: bool = True

    @property
    def empty(self) -> bool:
        return self.plain and self.value in ("", "~", "null", "Null", "NULL")


@dataclass(slots=True)
class Sequence(Node):
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Mapping(Node):
    """Keys in the order written; a doubled key was reported and keeps its first value."""

    items: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Place] = field(default_factory=dict)


def overlaid(below: Node, above: Node) -> Node:
    """One node upon another: maps are merged key by key, lists are added to, anything else is replaced."""
    if isinstance(below, Mapping) and isinstance(above, Mapping):
        items = {**below.items, **above.items}
        for key in below.items.keys() & above.items.keys():
            items[key] = overlaid(below.items[key], above.items[key])
        return Mapping(above.place, items=items, keys={**below.keys, **above.keys})
    if isinstance(below, Sequence) and isinstance(above, Sequence):
        return Sequence(above.place, items=[*below.items, *above.items])
    return above


def load(source: Path | str, problems: Problems) -> Node | None:
    """The document of a file (Path) or of a text (str); None when it could not be taken, the reason in `problems`."""
    text = _text(source, problems)
    if text is None:
        return None
    builder = _Builder(problems)
    try:
        return builder.build(text)
    except _Refused:
        return None
    except yaml.MarkedYAMLError as error:
        _report_syntax(error, problems)
    except yaml.YAMLError:
        problems.add("control-character", Place(), hint="save-as-utf8")
    return None


def _text(source: Path | str, problems: Problems) -> str | None:
    if isinstance(source, str):
        data = source.encode("utf-8", "surrogatepass")[: MOST_BYTES + 1]
    else:
        try:
            if not source.is_file():
                problems.add("not-a-file" if source.exists() else "no-such-file", Place())
                return None
            with source.open("rb") as file:
                data = file.read(MOST_BYTES + 1)
        except OSError as error:
            problems.add("unreadable", Place(), reason=error.strerror or str(error))
            return None
        except ValueError:  # a NUL in the path
            problems.add("no-such-file", Place())
            return None
    return _decoded(data, problems)


def _decoded(data: bytes, problems: Problems) -> str | None:
    if len(data) > MOST_BYTES:
        problems.add("too-big", Place(), most=MOST_BYTES)
        return None
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        problems.add("not-utf8", Place(), hint="save-as-utf8")
        return None
    if b"\0" in data:
        problems.add("not-text", _place_in(data, data.index(b"\0")), hint="save-as-utf8")
        return None
    if data.count(b"\n%") > MOST_DIRECTIVES:
        problems.add("directives", _place_in(data, data.index(b"\n%") + 1))
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problems.add("not-utf8", _place_in(data, error.start), hint="save-as-utf8")
        return None


def _place_in(data: bytes, offset: int) -> Place:
    before = data[:offset]
    return Place(before.count(b"\n") + 1, len(before) - (before.rfind(b"\n") + 1) + 1)


class _Refused(Exception):
    """The file is not read further."""


class _Builder:
    """Builds the tree from events, with a stack of its own: no recursion, whatever the file holds."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.open: list[tuple[Sequence | Mapping, str | None]] = []
        self.pending: list[Scalar | None] = []  # for each open collection, the key that waits for its value
        self.anchors: dict[str, Node | None] = {}  # None while the anchored collection is still open
        self.root: Node | None = None
        self.nodes = 0
        self.documents = 0

    def build(self, text: str) -> Node | None:
        for event in _events(text):
            if isinstance(event, yaml.events.NodeEvent):
                self._node(event)
            elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
                self._close()
            elif isinstance(event, yaml.DocumentStartEvent):
                self.documents += 1
                if self.documents > 1:
                    self._refuse("several-documents", _place(event), hint="one-scene-a-file")
        return self.root

    def _node(self, event: Any) -> None:
        place = _place(event)
        self.nodes += 1
        if self.nodes > MOST_NODES:
            self._refuse("too-many-nodes", place, most=MOST_NODES)
        if isinstance(event, yaml.AliasEvent):
            self._add(self._alias(str(event.anchor), place), place)
            return
        if event.tag is not None:
            self.problems.add("tag", place, hint="no-tags", tag=event.tag)
        if isinstance(event, yaml.ScalarEvent):
            if hidden := HIDDEN.search(event.value):
                self.problems.add("hidden-character", place, code=f"U+{ord(hidden.group()):04X}")
            scalar = Scalar(place, value=event.value, plain=not event.style)
            if event.anchor:
                self.anchors[event.anchor] = scalar
            self._add(scalar, place)
            return
        if len(self.open) >= MOST_DEPTH:
            self._refuse("too-deep", place, most=MOST_DEPTH)
        is_sequence = isinstance(event, yaml.SequenceStartEvent)
        self.open.append((Sequence(place) if is_sequence else Mapping(place), event.anchor))
        self.pending.append(None)
        if event.anchor:
            self.anchors[event.anchor] = None

    def _alias(self, name: str, place: Place) -> Node:
        if name not in self.anchors:
            self._refuse("unknown-alias", place, hint="did-you-mean", name=name, near=list(self.anchors))
        node = self.anchors[name]
        if node is None:
            self._refuse("alias-in-itself", place, name=name)
            raise AssertionError
        return node

    def _close(self) -> None:
        node, anchor = self.open.pop()
        self.pending.pop()
        if anchor:
            self.anchors[anchor] = node
        self._add(node, node.place)

    def _add(self, node: Node, place: Place) -> None:
        if not self.open:
            self.root = node
            return
        parent, _anchor = self.open[-1]
        parent.weight += node.weight
        parent.depth = max(parent.depth, node.depth + 1)
        if len(self.open) + node.depth > MOST_DEPTH:
            self._refuse("too-deep", place, most=MOST_DEPTH)
        if parent.weight > MOST_EXPANDED:
            self._refuse("too-many-aliases", place, most=MOST_EXPANDED)
        if isinstance(parent, Sequence):
            parent.items.append(node)
        elif (key := self.pending[-1]) is None:
            self.pending[-1] = self._key(node, place)
        else:
            self.pending[-1] = None
            self._pair(parent, key, node)

    def _key(self, node: Node, place: Place) -> Scalar:
        if not isinstance(node, Scalar):
            self.problems.add("key-not-text", place, hint="quote-braces")
            return Scalar(place, plain=False)
        return Scalar(place, value=node.value, plain=node.plain)

    def _pair(self, parent: Mapping, key: Scalar, value: Node) -> None:
        if key.plain and key.value == "<<":
            self.problems.add("merge-key", key.place, hint="write-keys-out")
        elif key.value in parent.items:
            self.problems.add(
                "doubled-key", key.place, hint="remove-one", name=key.value, first=parent.keys[key.value].line
            )
        elif key.value or key.plain:
            parent.items[key.value] = value
            parent.keys[key.value] = key.place

    def _refuse(self, key: str, place: Place, *, hint: str | None = None, **values: Any) -> None:
        self.problems.add(key, place, hint=hint, **values)
        raise _Refused


def _events(text: str) -> Iterator[Any]:
    events: Iterator[Any] = yaml.parse(text, Loader=Loader)
    return events


def _place(event: Any) -> Place:
    return Place(event.start_mark.line + 1, event.start_mark.column + 1)


SYNTAX = (  # what libyaml and PyYAML say, and our words for it
    (r"found character '?(\\t|\t)'?|tab", "tab"),
    (r"mapping values are not allowed", "colon-in-text"),
    (r"could not find expected ':'|did not find expected ':'|expected ':'", "no-colon"),
    (r"unexpected end of stream|while scanning a quoted scalar", "open-quote"),
    (r"expected ',' or", "open-bracket"),
    (r"expected <block end>|did not find expected key|expected '-' indicator", "indent"),
    (r"undefined alias", "unknown-alias-name"),
    (r"duplicate anchor|found duplicate", "doubled-anchor"),
    (r"control characters|special characters|unacceptable character", "control-character"),
    (r"cannot start any token", "bad-start"),
)


def _report_syntax(error: yaml.MarkedYAMLError, problems: Problems) -> None:
    mark = error.problem_mark or error.context_mark
    place = Place(mark.line + 1, mark.column + 1) if mark else Place()
    said = f"{error.context or ''} {error.problem or ''}"
    if "nesting depth" in said:  # libyaml's own limit (0.2.6), which its look-ahead meets before we count
        problems.add("too-deep", place, most=MOST_DEPTH)
        return
    for pattern, key in SYNTAX:
        if re.search(pattern, said):
            problems.add(f"yaml-{key}", place, hint=f"yaml-{key}")
            return
    problems.add("yaml", place, said=str(error.problem or error))
