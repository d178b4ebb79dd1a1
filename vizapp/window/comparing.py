"""What is put side by side: this scene with others, or with itself at other settings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from vizapp.scene.beside import variation
from vizapp.scene.catalog import SceneHeader
from vizapp.scene.knobs import said_value
from vizapp.scene.model import Scene, Setting
from vizapp.scene.sides import LEAST_SIDES, MOST_SIDES
from vizapp.window.scene_file import read
from vizapp.words import Words

VALUE = Qt.ItemDataRole.UserRole
ROW = 30  # pixels
ON, OFF = Qt.CheckState.Checked, Qt.CheckState.Unchecked
TYPES = ("bool", "choice")  # of settings whose values can be listed


class CompareDialog(QDialog):
    """compare: is given the scenes that were chosen, this one first."""

    def __init__(
        self,
        scene: Scene,
        headers: Sequence[SceneHeader],
        compare: Callable[[list[Scene]], None],
        words: Words,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.scene, self.words, self.compare = scene, words, compare
        self.setWindowTitle(words("compare.title"))
        title = words.text(scene.title)
        others = [each for each in headers if each.id != scene.id and not each.sides and not each.broken]
        self.scenes = self._list([(each, words.text(each.title) or each.id) for each in others])
        self.settings = [each for each in scene.settings.values() if each.type in TYPES]
        self.setting, self.values = QComboBox(), self._list([])
        for each in self.settings:
            self.setting.addItem(words.text(each.label), each.name)
        self.setting.currentIndexChanged.connect(self._list_values)
        self.count = QLabel()
        self.count.setProperty("look", "muted")
        self.go = QPushButton(words("compare.title"))
        self.go.setProperty("look", "primary")
        self.go.setDefault(True)
        self.go.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(10)
        self._section(column, words("compare.with-scenes", scene=title), self.scenes)
        if self.settings:
            self._section(column, words("compare.with-settings"), self.setting)
            column.addWidget(self.values)
        column.addWidget(self.count)
        column.addWidget(self.go)
        self.setMinimumWidth(480)
        self._list_values()

    def _section(self, column: QVBoxLayout, title: str, widget: QWidget) -> None:
        label = QLabel(title)
        label.setProperty("look", "strong")
        label.setWordWrap(True)
        label.setBuddy(widget)
        widget.setAccessibleName(title)
        column.addWidget(label)
        column.addWidget(widget)

    def _list(self, rows: Sequence[tuple[Any, str]]) -> QListWidget:
        made = QListWidget()
        made.setProperty("look", "field")
        made.itemChanged.connect(self._counted)
        self._fill(made, rows)
        return made

    def _fill(self, into: QListWidget, rows: Sequence[tuple[Any, str]]) -> None:
        into.blockSignals(True)
        into.clear()
        for value, text in rows:
            item = QListWidgetItem(text, into)
            item.setData(VALUE, value)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(OFF)
            item.setSizeHint(QSize(0, ROW))
        into.setFixedHeight(ROW * min(max(into.count(), 1), 7) + 9)
        into.blockSignals(False)

    def _list_values(self) -> None:
        """The values that the setting may have beside its present one."""
        setting = self._setting()
        others = [value for value in _values(setting) if value != setting.default] if setting else []
        self._fill(self.values, [(value, said_value(setting, value, self.words)) for value in others if setting])
        if setting is not None:
            self.values.setAccessibleName(self.words.text(setting.label))
        self._counted()

    def _setting(self) -> Setting | None:
        return self.scene.settings.get(self.setting.currentData() or "")

    def _counted(self) -> None:
        n = 1 + len(_checked(self.scenes)) + len(_checked(self.values))
        self.count.setText(self.words("compare.count", n=n, least=LEAST_SIDES, most=MOST_SIDES))
        self.go.setEnabled(LEAST_SIDES <= n <= MOST_SIDES)

    def chosen(self) -> list[Scene]:
        """This scene, then itself at the other values, then the other scenes; one that is wrong is left out."""
        setting = self._setting()
        found = [self.scene]
        if setting is not None:
            found += [variation(self.scene, {setting.name: value}) for value in _checked(self.values)]
        readings = [read(header.path).scene for header in _checked(self.scenes)]
        return [*found, *(scene for scene in readings if scene is not None)]

    def accept(self) -> None:
        scenes = self.chosen()
        if LEAST_SIDES <= len(scenes) <= MOST_SIDES:
            super().accept()
            self.compare(scenes)


def _values(setting: Setting) -> list[Any]:
    return [False, True] if setting.type == "bool" else [choice.value for choice in setting.choices]


def _checked(rows: QListWidget) -> list[Any]:
    items = (rows.item(row) for row in range(rows.count()))
    return [item.data(VALUE) for item in items if item.checkState() == ON]
