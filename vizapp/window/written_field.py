"""A line that is checked while one types: what it would do is told below it, and Enter or its button does it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from vizapp.scene.model import Act
from vizapp.window import look, style
from vizapp.words import Words


class Judged(NamedTuple):
    """What a text means: the acts that it asks for (none while it is wrong, or as it is already), and what there is to
    say of it, each with its tone (wrong, warn, plain)."""

    acts: Sequence[Act] = ()
    remarks: Sequence[tuple[str, str]] = ()


class WrittenField(QWidget):
    """`judge` says what a text means; `do` does it. What one has typed stays until it is done or taken back (Esc)."""

    def __init__(self, judge: Callable[[str], Judged], do: Callable[[Sequence[Act]], None]) -> None:
        super().__init__()
        self.judge, self.do = judge, do
        self.present = ""  # what holds now
        self.label = look.text("muted", wrap=True)
        self.field, self.button = QLineEdit(), QPushButton()
        self.field.setFont(look.font(14, 400, True))
        self.remarks = [look.text("muted", wrap=True) for _ in range(4)]
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.field, 1)
        line.addWidget(self.button)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(3)
        rows.addWidget(self.label)
        rows.addLayout(line)
        for remark in self.remarks:
            rows.addWidget(remark)
        self.field.textEdited.connect(lambda _: self.check())
        self.field.returnPressed.connect(self._go)
        self.button.clicked.connect(self._go)
        self.check()

    @property
    def typing(self) -> bool:
        """Whether something else stands there than what holds."""
        return self.field.text().strip() != self.present

    def name(self, label: str, button: str, words: Words, hint: str = "") -> None:
        """What it is called and, while it is empty, what it may hold."""
        self.words = words
        self.label.setText(label)
        self.label.setVisible(bool(label))
        self.field.setAccessibleName(label or hint)
        self.field.setPlaceholderText(hint)
        self.button.setText(button)
        self.button.setAccessibleName(f"{button} · {label or hint}")

    def put(self, present: str) -> None:
        """What holds now. It is shown unless the person is writing something else."""
        if present == self.present:
            return
        follows = not self.typing
        self.present = present
        if follows:
            self.field.setText(present)
        self.check()

    def check(self) -> None:
        """Say what the text would do."""
        judged = self.judge(self.field.text().strip()) if self.typing else Judged()
        self.button.setVisible(self.typing)
        self.button.setEnabled(bool(judged.acts))
        for label, (tone, text) in zip(self.remarks, [*judged.remarks, *[("", "")] * 4], strict=False):
            label.setText(text)
            label.setVisible(bool(text))
            label.setProperty("look", {"wrong": "wrong", "warn": "warn"}.get(tone, "muted"))
            style.restyle(label)
        self.field.setAccessibleDescription(" ".join(text for _, text in judged.remarks))

    def _go(self) -> None:
        judged = self.judge(self.field.text().strip())
        if judged.acts:
            self.present = self.field.text().strip()
            self.do(judged.acts)
            self.check()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.typing:
            self.take_back()
        else:
            super().keyPressEvent(event)

    def take_back(self) -> None:
        """What holds stands there again."""
        self.field.setText(self.present)
        self.check()
