"""The `?` sheet: every command with its keys, by group, made from the one table."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from vizapp.window import keys
from vizapp.words import Words

CAPS = 190  # pixels kept for the keys, so that the groups of a column stand in line


class KeySheet(QDialog):
    """A window of its own; Esc or the `?` key closes it."""

    def __init__(self, words: Words, scope: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(words("sheet.title"))
        self.rows: dict[str, QLabel] = {}
        page = QWidget()
        page.setObjectName("page")
        columns = QHBoxLayout(page)
        columns.setContentsMargins(24, 18, 24, 18)
        columns.setSpacing(34)
        for groups in (("file", "view", "help"), ("play",), ("ask", "act", "show")):
            column = QVBoxLayout()
            column.setSpacing(16)
            for group in groups:
                column.addLayout(self._group(group, words, scope))
            column.addStretch(1)
            columns.addLayout(column, 1)
        area = QScrollArea()
        area.setWidget(page)
        area.setWidgetResizable(True)
        area.setAccessibleName(words("sheet.title"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)
        self.resize(min(page.sizeHint().width() + 24, 1280), min(page.sizeHint().height() + 12, 720))

    def _group(self, group: str, words: Words, scope: str) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, CAPS)
        title = QLabel(words(f"group.{group}"))
        title.setProperty("look", "heading")
        grid.addWidget(title, 0, 0, 1, 2)
        for each in keys.COMMANDS:
            if each.group == group:
                self._row(grid, each, words, scope in each.scope)
        return grid

    def _row(self, grid: QGridLayout, each: keys.Command, words: Words, here: bool) -> None:
        row = grid.rowCount()
        caps = QHBoxLayout()
        caps.setSpacing(4)
        for key in each.shown or each.keys:
            cap = QLabel(keys.label(key, words))
            cap.setProperty("look", "key")
            caps.addWidget(cap)
        caps.addStretch(1)
        name = QLabel(words(each.words))
        name.setWordWrap(True)
        name.setMinimumWidth(170)
        if not here:
            name.setProperty("look", "muted")
        grid.addLayout(caps, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(name, row, 1)
        self.rows[each.id] = name

    def keyPressEvent(self, event: object) -> None:
        found = keys.find(event, keys.HOME)  # type: ignore[arg-type]
        if found and found[0].id == "keys":
            self.close()
        else:
            super().keyPressEvent(event)  # type: ignore[arg-type]
