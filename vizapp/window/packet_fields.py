"""The fields of a packet, layer by layer: a tree to be read with the pointer, by the keyboard, by screen readers."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTreeView

from vizapp.picture.dissect import Section
from vizapp.picture.theme import Theme
from vizapp.window.packet_model import NODE, FieldsModel, Index, Node
from vizapp.window.packet_row import FieldRow
from vizapp.words import Words

Key = tuple[str, bool, str]


class FieldsView(QTreeView):
    """`pointed`: the row under the pointer or the keyboard's cursor, None for neither. Which layers are folded is kept
    from packet to packet."""

    pointed = Signal(object)

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__()
        self.fields = FieldsModel(words)
        self.closed: set[Key] = set()  # layers that a person folded
        self.row = FieldRow(self.fields, theme, self.closed)
        self.setObjectName("fields")
        self.setModel(self.fields)
        self.setItemDelegate(self.row)
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(True)
        self.setExpandsOnDoubleClick(False)
        self.setUniformRowHeights(False)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.expanded.connect(lambda index: self._folded(index, False))
        self.collapsed.connect(lambda index: self._folded(index, True))
        self.entered.connect(lambda index: self.pointed.emit(index.data(NODE)))
        self._putting = False

    def put(self, sections: tuple[Section, ...]) -> None:
        """Show these layers; what is folded and where one reads stay as they were."""
        current, where = self.current, self.verticalScrollBar().value()
        key = current.key if current is not None else None
        self._putting = True
        self.row.lit = None
        self.fields.put(sections)
        self._measure()
        for node in self.fields.nodes():
            if node.below:
                self.setExpanded(self.fields.index_of(node), node.key not in self.closed)
            if node.key == key:
                self.setCurrentIndex(self.fields.index_of(node))
        self._putting = False
        self.verticalScrollBar().setValue(where)

    def show_whole(self, whole: bool) -> None:
        """Every field that the bytes hold, or the main ones."""
        self.fields.whole = whole
        self.put(self.fields.sections)

    def _folded(self, index: QModelIndex, folded: bool) -> None:
        if not self._putting:
            node: Node = index.data(NODE)
            (self.closed.add if folded else self.closed.discard)(node.key)
            self.viewport().update()

    @property
    def current(self) -> Node | None:
        index = self.currentIndex()
        return index.data(NODE) if index.isValid() else None

    def light(self, node: Node | None) -> None:
        """Show which field the bytes point at."""
        if node is not self.row.lit:
            self.row.lit = node
            if node is not None:
                hidden = node.above is not None and node.above.key in self.closed
                self.scrollTo(self.fields.index_of(node.above if hidden and node.above else node))
            self.viewport().update()

    def set_words(self, words: Words) -> None:
        self.fields.words = words
        self.setAccessibleName(words("packet.fields"))
        self.put(self.fields.sections)

    def set_theme(self, theme: Theme) -> None:
        self.row.theme = theme
        self.viewport().update()

    def _measure(self) -> None:
        self.row.size = max(self.font().pixelSize(), 10)
        bar = self.verticalScrollBar().sizeHint().width()  # its room is kept, so that no value moves with it
        self.row.measure(max(self.width() - bar - 4.0, 160.0))

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._measure()
        self.scheduleDelayedItemsLayout()

    # hands

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        super().mousePressEvent(event)
        if index.isValid() and index.data(NODE).below and event.button() == Qt.MouseButton.LeftButton:
            self.setExpanded(index, not self.isExpanded(index))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointed.emit(self.current if self.hasFocus() else None)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and not self._putting:
            self.pointed.emit(current.data(NODE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        node = self.current
        if event.matches(QKeySequence.StandardKey.Copy) and node is not None:
            QGuiApplication.clipboard().setText(self.fields.told(node))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and node is not None and node.below:
            self.setExpanded(self.currentIndex(), not self.isExpanded(self.currentIndex()))
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()  # it is a command's
        else:
            super().keyPressEvent(event)
