"""Where to? A number of a step, or a true time."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from vizapp.scene import units
from vizapp.window.session import Session
from vizapp.words import Words


def place(text: str, steps: int) -> tuple[str, int] | None:
    """`("step", index)` for the bare number of a step that is there, `("time", ns)` for a time; None for neither."""
    text = text.strip().replace(",", ".")
    if text.isascii() and text.isdigit() and 1 <= int(text) <= steps:
        return "step", int(text) - 1
    try:
        return "time", units.duration(text if text[-1:].isalpha() else f"{text}s", units.MOST_UNTIL)
    except units.WrongValueError:
        return None


class GoTo(QDialog):
    """One field. Enter goes there; what is neither a step nor a time is said so."""

    def __init__(self, session: Session, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self.session, self.words = session, words
        self.setWindowTitle(words("goto.title"))
        label = QLabel(words("goto.ask", n=len(session.run.steps)))
        label.setWordWrap(True)
        self.field = QLineEdit()
        self.field.setAccessibleName(words("goto.title"))
        label.setBuddy(self.field)
        self.wrong = QLabel()
        self.wrong.setProperty("look", "bad")
        self.wrong.setWordWrap(True)
        go = QPushButton(words("goto.go"))
        go.setProperty("look", "primary")
        go.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(10)
        for widget in (label, self.field, self.wrong, go):
            column.addWidget(widget)
        self.setMinimumWidth(360)

    def accept(self) -> None:
        found = place(self.field.text(), len(self.session.run.steps))
        if found is None:
            self.wrong.setText(self.words("goto.wrong", text=self.field.text()))
            return
        sort, value = found
        if sort == "step" and not self.session.run.steps[value].comes:
            self.wrong.setText(self.words("goto.never", n=value + 1))
            return
        if sort == "step":
            self.session.go_to_step(value)
        else:
            self.session.pause()
            self.session.seek_true(value)
        super().accept()
