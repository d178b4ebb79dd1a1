"""Picking cards of the home page to put their scenes side by side."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from vizapp.picture.theme import Theme
from vizapp.scene.catalog import SceneHeader
from vizapp.scene.sides import LEAST_SIDES, MOST_SIDES
from vizapp.window import glyphs, look, style
from vizapp.window.card import Card
from vizapp.words import Words


class Picking(QObject):
    """A button that begins, and then opens what was picked; another that lets it be. `chosen`: the headers of two to
    five scenes, in the order in which they were picked; `changed`: what is picked, or whether one is picking."""

    chosen = Signal(list)
    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.on = False
        self.picked: list[SceneHeader] = []
        self.difference = False
        self.buttons = QWidget(parent)
        self.go, self.cancel = QPushButton(), QPushButton()
        glyphs.wear(self.go, "compare", "ink", 20)
        row = QHBoxLayout(self.buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.cancel)
        row.addWidget(self.go)
        self.cancel.hide()
        self.go.clicked.connect(self._go)
        self.cancel.clicked.connect(self.stop)

    def start(self, difference: bool = False) -> None:
        """From now on a card that is pressed is picked, not opened. difference: what is picked is put under the same
        acts, and the answer comes first."""
        self.on, self.picked, self.difference = True, [], difference
        self.changed.emit()

    def stop(self) -> None:
        self.on, self.picked = False, []
        self.changed.emit()

    def _go(self) -> None:
        if not self.on:
            self.start()
        elif len(self.picked) >= LEAST_SIDES:
            picked = self.picked
            self.stop()
            self.chosen.emit(picked)

    def takes(self, header: SceneHeader) -> bool:
        """Whether a scene can be a side: one that is sound and no comparison itself."""
        return not header.broken and not header.sides

    def toggle(self, header: SceneHeader) -> None:
        """Pick a scene, or let it go; a sixth one is not taken."""
        if header in self.picked:
            self.picked.remove(header)
        elif self.takes(header) and len(self.picked) < MOST_SIDES:
            self.picked.append(header)
        self.changed.emit()

    def mark(self, card: Card) -> None:
        """How a card tells whether it is picked, or can be."""
        card.show_pick(card.header in self.picked if self.on and self.takes(card.header) else None)
        card.setEnabled(not self.on or self.takes(card.header))

    def say(self, words: Words, theme: Theme) -> None:
        count = len(self.picked)
        enough = self.on and count >= LEAST_SIDES
        look.say(self.go, words("compare.these", n=count) if self.on and count else words("compare.some"))
        self._wear("primary" if enough else "")
        glyphs.wear(self.go, "compare", "on_accent" if enough else "ink", 20)
        self.go.setEnabled(enough or not self.on)
        self.cancel.setText(words("compare.cancel"))
        self.cancel.setVisible(self.on)
        glyphs.put(self.go, theme)

    def _wear(self, wanted: str) -> None:
        """Only where it changes: at the start it is styled anyway, and to ask for its style would take some of that."""
        if wanted != (self.go.property("look") or ""):
            self.go.setProperty("look", wanted)
            style.restyle(self.go)
