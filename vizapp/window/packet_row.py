"""A row of a packet's fields, painted: the name, then the value; of one that changed also the old one, struck out."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from vizapp.picture.measure import Face, advance, ascent, wrap
from vizapp.picture.theme import Theme
from vizapp.window import glyphs, look
from vizapp.window.packet_model import NODE, FieldsModel, Index, Node
from vizapp.window.packet_tint import tint

NAME, TITLE, VALUE = Face(), Face(weight=600), Face("JetBrains Mono")
LINE, PAD = 1.35, 3.0  # heights: of a line in em, above and below the text in pixels
INDENT, GAP = 26.0, 10.0
SHARE = 0.42  # of the width, for names at most
MOST_LINES = 8  # of a value


class Columns(NamedTuple):
    """Where a row's parts begin: the value as it came in, and the one as it went out when they stand side by side.

    wide: of a value. stacked: values stand below their names, for want of room beside them.
    """

    came: float
    left: float | None
    wide: float
    stacked: bool = False


class FieldRow(QStyledItemDelegate):
    """lit: the row that the bytes point at. folded: the keys of the layers that are, as the view knows them."""

    def __init__(self, model: FieldsModel, theme: Theme, folded: set[tuple[str, bool, str]]) -> None:
        super().__init__()
        self.model, self.theme = model, theme
        self.size = 14
        self.width = 300.0
        self.columns = Columns(120.0, None, 180.0)
        self.lit: Node | None = None
        self.folded = folded

    def measure(self, width: float) -> None:
        """Set the columns for rows of that width: side by side where the longest value has its room twice."""
        self.width = width
        fields = [node.field for node in self.model.nodes() if node.field is not None and node.field.main]
        names = [advance(self.model.name(node), NAME, self.size) for node in self.model.nodes() if node.field]
        name = min(max(names, default=80.0), SHARE * width - INDENT) + INDENT + GAP
        said = [text for field in fields for text in self.model.sides(field) if text]
        longest = max([advance(text, VALUE, self.size) for text in said if len(text) < 24], default=80.0) + GAP
        both = any(field.came and field.left for field in fields)
        beside = both and name + 2 * longest <= width
        wide = (width - name) / (2 if beside else 1) - GAP
        if not beside and wide + GAP < longest:
            self.columns = Columns(INDENT, None, width - INDENT - GAP, stacked=True)
        else:
            self.columns = Columns(name, name + wide + GAP if beside else None, wide)

    # sizes

    def _short(self, came: str, left: str) -> bool:
        """Whether the old value and the new one fit on one line where they have one column."""
        return advance(came + left, VALUE, self.size) + 2 * GAP <= self.columns.wide

    def values(self, node: Node) -> list[tuple[str, str, bool]]:
        """(text, how: plain, old or new; whether in the second column) of a field."""
        assert node.field is not None
        came, left = self.model.sides(node.field)
        if self.columns.left is not None:
            sides = [(came, "old" if node.field.changed else "plain", False)]
            sides.append((left, "new" if node.field.changed else "plain", True))
            return [(text, how, second) for text, how, second in sides if text is not None]
        if node.field.changed and came is not None and left is not None:
            return [(came, "old", False), (left, "new", self._short(came, left))]
        return [(left if left is not None else came or "", "plain", False)]

    def lines(self, text: str) -> list[str]:
        """A value in lines that fit; one long word is cut, for it has no place where it could be broken."""
        found = []
        for line in wrap(text, VALUE, self.size, self.columns.wide):
            most = max(int(self.columns.wide / advance("0", VALUE, self.size)), 8)
            found += [line[at : at + most] for at in range(0, max(len(line), 1), most)]
        return found[:MOST_LINES]

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        node: Node = index.data(NODE)
        if node.field is None:
            return QSize(100, round(self.size * 1.9))
        heights = {False: 0, True: 0}
        for text, _, second in self.values(node):
            heights[second] += len(self.lines(text))
        names, most = len(self.names(node)), max(heights.values())
        count = names + most if self.columns.stacked else max(names, most)
        return QSize(100, round(count * self.size * LINE + 2 * PAD))

    def names(self, node: Node) -> list[str]:
        room = self.width - INDENT if self.columns.stacked else self.columns.came - INDENT - 4
        return wrap(self.model.name(node), NAME, self.size, room)

    # painting

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        node: Node = index.data(NODE)
        area = QRectF(0, option.rect.y(), self.width, option.rect.height())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        current = bool(option.state & QStyle.StateFlag.State_HasFocus)
        if current or self._lights(node):
            painter.setPen(look.pen(self.theme.accent, 1.4) if current else Qt.PenStyle.NoPen)
            painter.setBrush(look.colour(self.theme.accent_soft))
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 4, 4)
        if node.field is not None:
            self._field(painter, node, area)
        else:
            self._layer(painter, node, area)
        painter.restore()

    def _lights(self, node: Node) -> bool:
        """Whether the bytes point at this row, or at one that is folded away in it."""
        return self.lit is not None and (node is self.lit or (node is self.lit.above and node.key in self.folded))

    def _layer(self, painter: QPainter, node: Node, area: QRectF) -> None:
        """The title of a layer; a dot tells of a change that is folded away."""
        theme, folded = self.theme, node.key in self.folded
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(tint(node.section.protocol, theme).stroke))
        painter.drawRoundedRect(QRectF(2, area.y() + 5, 4, area.height() - 10), 2, 2)
        middle = area.center().y()
        glyphs.draw(painter, "chevron-right" if folded else "chevron-down", 9, middle - 8, 16, theme.muted)
        self._text(painter, self.model.name(node), INDENT, self._base(middle, TITLE), TITLE, theme.ink)
        if folded and node.section.changed:
            left = INDENT + advance(self.model.name(node), TITLE, self.size) + 8
            painter.setPen(look.pen(theme.prediction.stroke, 1))
            painter.setBrush(look.colour(theme.changed))
            painter.drawEllipse(QRectF(left, middle - 4, 8, 8))

    def _field(self, painter: QPainter, node: Node, area: QRectF) -> None:
        top = area.y() + PAD
        names = self.names(node)
        for number, line in enumerate(names):
            base = self._base(top + (number + 0.5) * self.size * LINE, NAME)
            self._text(painter, line, INDENT, base, NAME, self.theme.muted)
        top += len(names) * self.size * LINE if self.columns.stacked else 0.0
        used, after = {False: 0, True: 0}, self.columns.came
        for text, how, second in self.values(node):
            x = self.columns.came if not second else after if self.columns.left is None else self.columns.left
            after = self.columns.came + advance(text, VALUE, self.size) + GAP + 4
            for line in self.lines(text):
                middle = top + (used[second] + 0.5) * self.size * LINE
                self._value(painter, line, x, middle, how)
                used[second] += 1

    def _value(self, painter: QPainter, text: str, x: float, middle: float, how: str) -> None:
        theme = self.theme
        wide = advance(text, VALUE, self.size)
        if how == "new":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour(theme.changed))
            high = 1.25 * self.size
            painter.drawRoundedRect(QRectF(x - 4, middle - high / 2, wide + 8, high), 4, 4)
        ink = theme.muted if how == "old" else theme.ink
        self._text(painter, text, x, self._base(middle, VALUE), VALUE, ink)
        if how == "old":
            painter.setPen(look.pen(theme.muted, 1.3))
            painter.drawLine(round(x), round(middle), round(x + wide), round(middle))

    def _base(self, middle: float, face: Face) -> float:
        return middle + ascent(face, self.size) * 0.36

    def _text(self, painter: QPainter, text: str, x: float, base: float, face: Face, ink: str) -> None:
        painter.setFont(font(self.size, face))
        painter.setPen(look.colour(ink))
        painter.drawText(round(x), round(base), text)


def font(size: int, face: Face) -> QFont:
    return look.font(size, face.weight, face.family == "JetBrains Mono")
