"""The frame of a packet at a stop: its fields and its bytes, which point at each other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from vizapp.picture import dissect
from vizapp.picture.dissect import Field, Layers, Section
from vizapp.picture.measure import Face, advance
from vizapp.picture.theme import Theme
from vizapp.sim.trail import Stop
from vizapp.window import glyphs, look
from vizapp.window.packet_bytes import BytesView, Layer
from vizapp.window.packet_fields import FieldsView
from vizapp.window.packet_model import Node, span_of
from vizapp.words import Words

BUTTON = 26  # pixels of a button beside its words
ROOMY = 460  # pixels of a page from which the bytes are shown at first


class FrameView(QWidget):
    """wants_out: whether the bytes should be those that went out, where both are known; out: whether they are."""

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__()
        self.words, self.theme = words, theme
        self.wants_out = self.out = True
        self.stop: Stop | None = None
        self.folded = False  # whether the bytes are
        self.chosen = False  # whether a person folded or unfolded them
        self.fields, self.bytes = FieldsView(words, theme), BytesView(words, theme)
        self.hex = QScrollArea()
        self.sides = {"in": QPushButton(), "out": QPushButton()}
        self.fold, self.meaning = QPushButton(), look.text("muted", wrap=True)
        self._arrange()
        self.fold.clicked.connect(self._fold_bytes)
        self.fields.pointed.connect(self._field_pointed)
        self.bytes.pointed.connect(self._byte_pointed)
        self.bytes.moved.connect(self._show_byte)

    def _arrange(self) -> None:
        self.hex.setWidget(self.bytes)
        self.hex.setWidgetResizable(True)
        self.hex.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hex.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for part, least in ((self.fields, 112), (self.hex, 68)):
            part.setMinimumHeight(least)
            part.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.meaning.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.meaning.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.fold.setProperty("look", "fold")
        title = QHBoxLayout()
        title.setSpacing(6)
        title.addWidget(self.fold)
        title.addStretch()
        for name, side in self.sides.items():
            side.setCheckable(True)
            side.setProperty("look", "side")
            side.setMinimumWidth(1)  # its words may become fewer
            side.clicked.connect(lambda _=False, which=name: self.show_side(which == "out"))
            title.addWidget(side)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        rows.addWidget(self.fields, 4)
        rows.addLayout(title)
        rows.addWidget(self.hex, 1)
        rows.addWidget(self.meaning)

    def set_words(self, words: Words) -> None:
        self.words = words
        self.fields.set_words(words)
        self.bytes.set_words(words)

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.fields.set_theme(theme)
        self.bytes.set_theme(theme)

    def put(self, stop: Stop) -> None:
        """Show the frame as it came to a stop and as it left."""
        self.stop = stop
        came, left = _frames(stop)
        self.out = left is not None and (self.wants_out or came is None)
        sections = dissect.dissect(came, left)
        self.fields.put(sections)
        self._put_bytes(dissect.frame_bytes((left if self.out else came) or ()), sections)
        self._name_sides(stop)
        self._explain(None, None)

    def _put_bytes(self, data: bytes, sections: tuple[Section, ...]) -> None:
        model = self.fields.fields
        layers = [Layer(node.section.protocol, span) for node in model.layers
                  if (span := model.place_of(node, self.out)) is not None]  # fmt: skip
        changed = [span for section in sections for field in section.fields
                   if self.out and field.changed and (span := span_of(field, True)) is not None]  # fmt: skip
        self.bytes.put(data, layers, changed)
        self.fold.setText(self.words("packet.bytes-of", n=len(data)))
        self.fold.setVisible(bool(data))
        self._show_bytes()

    def _name_sides(self, stop: Stop) -> None:
        """By which ports it came and went; which of the two frames the bytes are of."""
        came = [stop.came.dst] if stop.came is not None and not stop.lost else []
        named = {"in": _ports(came), "out": _ports([hop.src for hop in stop.left])}
        texts = {name: self.words(f"packet.{name}", port=ports) for name, ports in named.items() if ports}
        wide = sum(advance(text, Face(weight=600), self.fold.font().pixelSize()) + BUTTON
                   for text in (self.fold.text(), *texts.values()))  # fmt: skip
        for name, side in self.sides.items():
            alone = self.words(f"packet.{name}-alone")
            side.setText(texts.get(name, alone) if wide < self.width() else alone)
            side.setToolTip(texts.get(name, ""))
            side.setVisible(bool(named[name]))
            side.setEnabled(all(named.values()))
            side.setChecked(self.out == (name == "out"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.meaning.setMinimumHeight(2 * self.meaning.fontMetrics().lineSpacing())
        if self.stop is not None:
            self._name_sides(self.stop)

    def show_side(self, out: bool) -> None:
        """The bytes as they went out, or as they came in."""
        self.wants_out = out
        if self.stop is not None:
            self.put(self.stop)

    def _fold_bytes(self) -> None:
        self.folded, self.chosen = not self.folded, True
        self._show_bytes()

    def make_room(self, height: float) -> None:
        """Of so many pixels for the whole page: where they are few they are the fields' alone, until a person says
        otherwise."""
        folded = height < ROOMY
        if not self.chosen and folded != self.folded:
            self.folded = folded
            self._show_bytes()

    def _show_bytes(self) -> None:
        shown = not self.folded and not self.fold.isHidden()
        self.hex.setVisible(shown)
        self.meaning.setVisible(shown)
        glyphs.wear(self.fold, "chevron-right" if self.folded else "chevron-down", "muted", 16)
        glyphs.put(self.fold, self.theme)

    # the fields and the bytes point at each other

    def _field_pointed(self, node: Node | None) -> None:
        self.fields.light(None)
        self.bytes.light(self.fields.fields.place_of(node, self.out) if node is not None else None)
        self._explain(node, node.field if node is not None else None)

    def _byte_pointed(self, bit: int) -> None:
        found = self.fields.fields.at_bit(bit, self.out) if bit >= 0 else None
        node, field = found or (None, None)
        self.fields.light(node)
        self.bytes.light(span_of(field, self.out) if field is not None else None)
        self._explain(node, field)

    def _explain(self, node: Node | None, field: Field | None) -> None:
        """What is lit, in words: kept at two lines, so that nothing moves."""
        self.meaning.setText(self._meaning(node, field))
        self.bytes.setAccessibleDescription(self.meaning.text() if field is not None else "")

    def _meaning(self, node: Node | None, field: Field | None) -> str:
        if node is None or field is None:
            return self.words("packet.point")
        value = (field.left if self.out else field.came) or field.now
        told = [dissect.layer_name(node.section, self.words), dissect.said(field, value, self.words)]
        if value.span is not None:
            told.append(dissect.bits(value.span, self.bytes.data))
        return f"{' · '.join(filter(None, told))}\n{self.fields.fields.meaning(field)}"

    def _show_byte(self, where: QRect) -> None:
        middle = where.center()
        self.hex.ensureVisible(middle.x(), middle.y(), 20, max(where.height(), 20))


def _ports(ends: Sequence[str]) -> str:
    """The names of ports, each once."""
    return ", ".join(dict.fromkeys(end.partition(".")[2] for end in ends))


def _frames(stop: Stop) -> tuple[Layers | None, Layers | None]:
    """The layers as they came in and as they went out; of a frame lost on its cable, those that were sent."""
    return (
        stop.came.packet.layers if stop.came is not None else None,
        stop.left[0].packet.layers if stop.left else None,
    )
