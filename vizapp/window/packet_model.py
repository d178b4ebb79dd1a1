"""The fields of a packet as a model: layers that fold, with their main fields, or all that their bytes hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from vizapp.picture import dissect
from vizapp.picture.dissect import Field, Section, Span
from vizapp.words import Words

Index = QModelIndex | QPersistentModelIndex
NODE = Qt.ItemDataRole.UserRole
NOWHERE = QModelIndex()


class Node:
    """A row: a layer, or a field of it. key: tells it again after a change."""

    def __init__(self, section: Section, field: Field | None, above: Node | None, row: int) -> None:
        self.section, self.field, self.above, self.row = section, field, above, row
        self.below: list[Node] = []

    @property
    def key(self) -> tuple[str, bool, str]:
        return self.section.protocol, self.section.quoted, self.field.name if self.field else ""


class FieldsModel(QAbstractItemModel):
    """One column: the delegate sets names and values side by side. whole: all fields are shown, not the main ones."""

    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self.whole = False
        self.sections: tuple[Section, ...] = ()
        self.layers: list[Node] = []

    def put(self, sections: tuple[Section, ...]) -> None:
        self.beginResetModel()
        self.sections = sections
        self.layers = [self._layer(section, row) for row, section in enumerate(sections)]
        self.endResetModel()

    def _layer(self, section: Section, row: int) -> Node:
        layer = Node(section, None, None, row)
        shown = [field for field in section.fields if field.main or self.whole]
        layer.below = [Node(section, field, layer, place) for place, field in enumerate(shown)]
        return layer

    def nodes(self) -> Iterator[Node]:
        """Every row, from the top."""
        for layer in self.layers:
            yield layer
            yield from layer.below

    def index_of(self, node: Node) -> QModelIndex:
        return self.createIndex(node.row, 0, node)

    def at_bit(self, bit: int, out: bool) -> tuple[Node, Field] | None:
        """The field that covers a bit of the frame, as it went out or came in; with its row, or that of its layer while
        it has none."""
        for layer in self.layers:
            for field in layer.section.fields:
                span = span_of(field, out)
                if span is not None and span.at <= bit < span.at + span.bits:
                    return next((node for node in layer.below if node.field is field), layer), field
        return None

    def place_of(self, node: Node, out: bool) -> Span | None:
        """Where a row stands in the bytes of one side; a layer from its first field to its last."""
        if node.field is not None:
            return span_of(node.field, out)
        return hull([span_of(field, out) for field in node.section.fields])

    # what Qt asks

    def index(self, row: int, column: int, parent: Index = NOWHERE) -> QModelIndex:
        rows = parent.internalPointer().below if parent.isValid() else self.layers
        return self.createIndex(row, column, rows[row]) if column == 0 and 0 <= row < len(rows) else QModelIndex()

    def parent(self, index: Index = NOWHERE) -> QModelIndex:  # type: ignore[override]
        above = index.internalPointer().above if index.isValid() else None
        return self.createIndex(above.row, 0, above) if above is not None else QModelIndex()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return len(parent.internalPointer().below) if parent.isValid() else len(self.layers)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        node: Node = index.internalPointer()
        if role == NODE:
            return node
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.told(node)
        if role == Qt.ItemDataRole.ToolTipRole and node.field is not None:
            return self.meaning(node.field)
        return None

    # in words

    def name(self, node: Node) -> str:
        if node.field is not None:
            return dissect.name(node.field, self.words)
        return dissect.layer_name(node.section, self.words)

    def sides(self, field: Field) -> tuple[str | None, str | None]:
        """The field's value as it came in and as it went out, in words."""
        came, left = field.came, field.left
        return (
            dissect.said(field, came, self.words) if came is not None else None,
            dissect.said(field, left, self.words) if left is not None else None,
        )

    def told(self, node: Node) -> str:
        """A row as a screen reader says it, and as it is copied."""
        if node.field is None:
            return self.name(node)
        came, left = self.sides(node.field)
        if node.field.changed:
            return self.words("packet.field-changed", name=self.name(node), was=came or "", value=left or "")
        return self.words("packet.field", name=self.name(node), value=left or came or "")

    def meaning(self, field: Field) -> str:
        """What a field says and where that is defined; of a number that counts from elsewhere, also what the bytes
        hold."""
        text, now = dissect.meaning(field, self.words), field.now
        if isinstance(now.raw, int) and isinstance(now.value, int) and now.raw != int(now.value):
            return f"{text}\n{self.words('packet.raw', value=now.raw)}"
        return text


def span_of(field: Field, out: bool) -> Span | None:
    """Where a field stands in the frame that went out, or that came in."""
    value = field.left if out else field.came
    return value.span if value is not None else None


def hull(spans: Sequence[Span | None]) -> Span | None:
    """From the first bit of the spans to their last."""
    known = [span for span in spans if span is not None]
    if not known:
        return None
    start = min(span.at for span in known)
    return Span(start, max(span.at + span.bits for span in known) - start)
