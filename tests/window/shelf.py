"""A window without a stage: what the tests of the shell build upon. The stage has tests of its own."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from vizapp import places
from vizapp.window.settings import Settings
from vizapp.window.shell import Shell
from vizapp.words import Words

SCENE = """
id: {id}
title: {{fr: "Scène {id}", en: "Scene {id}"}}
summary: {{fr: "Deux machines {id}", en: "Two machines {id}"}}
chapter: networking
level: {level}
minutes: 5
requires: [{requires}]
until: 2s
stage:
  a: {{kind: machine, label: A, ports: {{eth0: {{ip: 10.0.0.1/24}}}}}}
  b: {{kind: machine, label: B, ports: {{eth0: {{ip: 10.0.0.2/24}}}}}}
links: [a.eth0 -- b.eth0]
script: [ping a b @ 100ms]
steps:
  - {{when: start, say: {{fr: "Deux machines.", en: "Two machines."}}}}
  - {{when: 500ms, say: {{fr: "Un ping.", en: "A ping."}}}}
  - {{when: 1s, say: {{fr: "La réponse.", en: "The answer."}}}}
"""


class Placeholder(QWidget):
    """Stands where a stage or the scene screen would."""

    def __init__(self, *given: Any, level: str = "explore") -> None:
        super().__init__()
        self.given, self.level, self.kept = given, level, 0.0
        self.words: Words | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def set_words(self, words: Words) -> None:
        self.words = words

    def set_theme(self, theme: Any) -> None:
        self.theme = theme


def write_scene(name: str, folder: Path | None = None, *, level: int = 1, requires: str = "") -> Path:
    """A small scene of the user's folder, unless another is given."""
    folder = folder or places.user_scenes()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.yaml"
    path.write_text(textwrap.dedent(SCENE.format(id=name, level=level, requires=requires)), encoding="utf-8")
    return path


def make_shell(qtbot: Any, words: Words | None = None) -> Shell:
    """The main window with placeholders for what it shows of a scene."""
    shell = Shell(Settings(), words=words or Words("en"), screen=Placeholder)
    qtbot.addWidget(shell)
    shell.resize(1366, 768)
    shell.show()
    return shell


def press(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key that reached the widget."""
    text = chr(key).lower() if key < 0x100 and modifier == Qt.KeyboardModifier.NoModifier else ""
    QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, key, modifier, text))
