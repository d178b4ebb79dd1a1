"""The settings dialog: every change is seen at once and remembered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QFormLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from vizapp.window.settings import SCALES, SYSTEM, THEMES, Settings
from vizapp.words import Words, languages


class SettingsDialog(QDialog):
    """Controls bound to preferences; `set_words` says them in another language without losing anything."""

    def __init__(self, settings: Settings, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self._said: list[Callable[[Words], None]] = []
        self.form = QFormLayout()
        self.form.setSpacing(12)
        themes = [(name, f"theme.{name}") for name in THEMES]
        tongues = [(SYSTEM, "settings.system"), *((name, f"language.{name}") for name in languages())]
        self.language = self._choice("language", tongues)
        self.theme = self._choice("theme", themes)
        self.scale = self._choice("text_scale", [(scale, "") for scale in SCALES])
        screens = [("", "settings.other-screen"), *((each.name(), "") for each in QGuiApplication.screens())]
        self.screen_ = self._choice("show_screen", screens)
        self.windowed = self._check("show_windowed")
        self.motion = self._check("reduced_motion")
        self.fog = self._check("fog_lifted")
        self.source_line = self._check("source_line")
        self.note = QLabel()
        self.note.setProperty("look", "small")
        self.note.setWordWrap(True)
        self.note.setMinimumWidth(380)
        self.shut = QPushButton()
        self.shut.setProperty("look", "primary")
        self.shut.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(14)
        column.addLayout(self.form)
        column.addWidget(self.note)
        column.addWidget(self.shut)
        self.set_words(words)

    def _choice(self, name: str, options: list[tuple[Any, str]]) -> QComboBox:
        box, label = QComboBox(), QLabel()
        label.setBuddy(box)
        for value, _ in options:
            box.addItem("", value)
        box.setCurrentIndex(max(0, box.findData(getattr(self.settings.now, name))))
        box.activated.connect(lambda: self.settings.set(name, box.currentData()))
        self.form.addRow(label, box)

        def say(words: Words) -> None:
            label.setText(words(f"settings.{name}"))
            box.setAccessibleName(words(f"settings.{name}"))
            for place, (value, key) in enumerate(options):
                number = isinstance(value, float)
                box.setItemText(place, words.percent(value, 0) if number else words(key) if key else str(value))

        self._said.append(say)
        return box

    def _check(self, name: str) -> QCheckBox:
        box = QCheckBox()
        box.setChecked(getattr(self.settings.now, name))
        box.toggled.connect(lambda on: self.settings.set(name, on))
        self.form.addRow(box)
        self._said.append(lambda words: box.setText(words(f"settings.{name}")))
        return box

    def set_words(self, words: Words) -> None:
        self.setWindowTitle(words("settings.title"))
        for say in self._said:
            say(words)
        aside = self.settings.set_aside
        self.note.setText(words("settings.aside", file=str(aside)) if aside else words("settings.kept"))
        self.shut.setText(words("common.close"))
