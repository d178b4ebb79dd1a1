"""The dialog of tier 3: what went wrong, where the session was kept, and what to send."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout

from vizapp.words import Words


class CrashDialog(QDialog):
    """It stays beside the window, which may still be of use."""

    def __init__(self, text: str, kept: Path | None, words: Words) -> None:
        super().__init__(QApplication.activeWindow())
        self.setWindowTitle(words("crash.title"))
        self.text = text
        said = QLabel(words("crash.said") if kept is None else words("crash.said-kept", file=str(kept)))
        said.setWordWrap(True)
        report = QPlainTextEdit(text)
        report.setReadOnly(True)
        report.setAccessibleName(words("crash.report"))
        copy, shut = QPushButton(words("crash.copy")), QPushButton(words("common.close"))
        shut.setProperty("look", "primary")
        copy.clicked.connect(self.copy)
        shut.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(copy)
        row.addWidget(shut)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        column.addWidget(said)
        column.addWidget(report, 1)
        column.addLayout(row)
        self.resize(680, 420)

    def copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text)


def tell(text: str, kept: Path | None, words: Words) -> None:
    """Show it and go on."""
    CrashDialog(text, kept, words).open()
