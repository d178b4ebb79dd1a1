"""Writing out what a thing is to do, where no menu can list it: the rest of the line, checked as it is typed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QDialog, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from vizapp.devices import VOCABULARY
from vizapp.picture import sentences
from vizapp.scene.acts import read_act
from vizapp.scene.model import Act, Problem
from vizapp.scene.names import Names
from vizapp.scene.problems import beside_field
from vizapp.window import look
from vizapp.window.deeds import verb_name
from vizapp.window.library import plain
from vizapp.window.session import Session
from vizapp.words import Words


class WishDialog(QDialog):
    """One field: whom it goes to (a name on the stage, an id, an address) and options. Enter does it."""

    def __init__(self, session: Session, words: Words, verb: str, thing: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.session, self.words, self.verb, self.thing = session, words, verb, thing
        self.names = Names.of(session.run.scene, VOCABULARY)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        known = VOCABULARY.verbs[verb]
        called = sentences.name(session.run.scene, words, thing)
        self.setWindowTitle(words("wish.title", verb=verb_name(words, verb), thing=called))
        example = known.example.partition("@")[0].split(maxsplit=2)[2:]
        self.ask = QLabel(words("wish.to" if known.aims else "wish.rest", example=" ".join(example).strip()))
        self.ask.setWordWrap(True)
        self.field = QLineEdit()
        self.field.setAccessibleName(self.windowTitle())
        self.field.setAccessibleDescription(self.ask.text())
        self.ask.setBuddy(self.field)
        completer = QCompleter(self._offered() if known.aims else [], self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.field.setCompleter(completer)
        self.wrong = look.text("wrong", wrap=True)
        self.go = QPushButton(words("wish.go"))
        self.go.setProperty("look", "primary")
        self.go.setDefault(True)
        self.go.clicked.connect(self.accept)
        self.field.textChanged.connect(self._check)
        self._arrange()
        self._check()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(10)
        for widget in (self.ask, self.field, self.wrong, self.go):
            column.addWidget(widget)
        self.setMinimumWidth(420)

    def _offered(self) -> list[str]:
        """The things with an address of their own, by name."""
        scene, words = self.session.run.scene, self.words
        return [sentences.name(scene, words, thing.id) for thing in scene.things.values()
                if thing.id != self.thing and any(port.ip for port in thing.ports)]  # fmt: skip

    def read(self) -> Act | Problem | None:
        """What the field means; None while it is empty."""
        text = self.field.text().strip()
        if not text:
            return None
        return read_act(f"{self.verb} {self.thing} {self._by_id(text)}", self.names)

    def _by_id(self, text: str) -> str:
        """A thing may be called by its name on the stage: its id is put in that place."""
        for thing in self.session.run.scene.things.values():
            name = sentences.name(self.session.run.scene, self.words, thing.id)
            if plain(text).startswith(plain(name)) and thing.id != self.thing:
                rest = text[len(name) :]
                if not rest or rest[0] in " :":
                    return thing.id + rest
        return text

    def _check(self) -> None:
        found = self.read()
        self.go.setEnabled(isinstance(found, Act))
        self.wrong.setText(beside_field(found, self.words) if isinstance(found, Problem) else "")

    def accept(self) -> None:
        found = self.read()
        if isinstance(found, Act):
            super().accept()
            self.session.attempt(found)
