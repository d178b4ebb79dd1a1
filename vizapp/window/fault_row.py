"""One line of the palette of faults: its digit, what it does, in which degree or from whom, and what ends it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QPushButton, QWidget

from vizapp.picture import sentences
from vizapp.picture.mishap import said_degree
from vizapp.scene import units
from vizapp.scene.model import Act, Scene
from vizapp.window import glyphs, look, style
from vizapp.window.deeds import GLYPHS
from vizapp.window.faults import USUAL, Fault, graded, said_end
from vizapp.words import Words


class FaultRow(QObject):
    """`chosen`: the act that is to be done."""

    chosen = Signal(object)

    def __init__(self, fault: Fault, parent: QWidget, scene: Scene, words: Words) -> None:
        super().__init__(parent)
        self.fault, self.scene, self.words = fault, scene, words
        self.digit, self.button, self.choice, self.stop = QLabel(), QPushButton(), QComboBox(), QPushButton()
        self.digit.setProperty("look", "faint-mono")
        self._name()
        self._offer()
        self.button.clicked.connect(self.choose)
        self.stop.clicked.connect(self._end)

    def _name(self) -> None:
        """The button begins the fault; where it has begun and has no degree, ends it."""
        fault, act = self.fault, self.fault.begin or self.fault.end
        assert act is not None
        begins = fault.begin is not None
        look.say(self.button, self.words(f"fault.{fault.verb}") if begins else said_end(act, self.scene, self.words))
        self.button.setProperty("look", "row")
        glyphs.wear(self.button, GLYPHS[act.verb], "bad" if begins else "good", 18)
        style.restyle(self.button)
        if begins and fault.end is not None:
            look.say(self.stop, self.words("fault.over"))
            self.stop.setAccessibleName(said_end(fault.end, self.scene, self.words))
            self.stop.setProperty("look", "good")
            glyphs.wear(self.stop, GLYPHS["mend"], "good", 18)

    def _offer(self) -> None:
        fault, words = self.fault, self.words
        if fault.begin is None:
            return
        for amount in _with(fault.amounts, fault.amount):
            self.choice.addItem(said_degree(fault.verb, amount, words), amount)
        for other in fault.others:
            self.choice.addItem(sentences.about(other, self.scene, words), other)
        self.choice.setCurrentIndex(max(self.choice.findData(fault.amount or USUAL.get(fault.verb, "")), 0))
        self.choice.setAccessibleName(words(f"fault.{fault.verb}"))

    def enter(self, grid: QGridLayout, number: int) -> None:
        """Take the line of that number."""
        self.digit.setText(str(number + 1) if number < 9 else "")
        grid.addWidget(self.digit, number, 0)
        grid.addWidget(self.button, number, 1)
        if self.choice.count():
            grid.addWidget(self.choice, number, 2)
        if self.stop.text():
            grid.addWidget(self.stop, number, 3)
        grid.setColumnStretch(1, 1)

    def leave(self, grid: QGridLayout) -> None:
        """Give the line back."""
        for widget in self._parts():
            grid.removeWidget(widget)
            widget.deleteLater()
        self.deleteLater()

    def _parts(self) -> tuple[QWidget, ...]:
        return self.digit, self.button, self.choice, self.stop

    @property
    def has_focus(self) -> bool:
        return self.button.window().focusWidget() in self._parts()

    def allow(self, on: bool) -> None:
        """Whether it can be chosen at present."""
        self.button.setEnabled(on)
        self.stop.setEnabled(on)

    def grade(self, by: int) -> None:
        """The next degree, or the one before."""
        if self.choice.count():
            self.choice.setCurrentIndex(min(max(self.choice.currentIndex() + by, 0), self.choice.count() - 1))

    def choose(self) -> None:
        """Begin it, in the degree or with the other that is chosen; what has begun and has no degree is ended."""
        fault, word = self.fault, self.choice.currentData()
        if not self.button.isEnabled():
            return
        if fault.begin is None:
            self.chosen.emit(fault.end)
        elif fault.amounts:
            self.chosen.emit(graded(fault.begin, word))
        elif fault.others:
            self.chosen.emit(Act(fault.verb, (fault.begin.args[0], word)))
        else:
            self.chosen.emit(fault.begin)

    def _end(self) -> None:
        self.chosen.emit(self.fault.end)


def _with(amounts: tuple[str, ...], own: str) -> list[str]:
    """The degrees that are offered, the one in force among them, from the least."""
    return sorted({*amounts, *([own] if own else [])}, key=_size)


def _size(amount: str) -> float:
    if amount.endswith("%"):
        return units.percent(amount)
    return float(units.duration(amount)) if amount.endswith("s") else float(amount)
