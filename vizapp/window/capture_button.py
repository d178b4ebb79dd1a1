"""The door from a device to what passes its ports: the export dialog, ready to capture there."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from vizapp.picture import sentences
from vizapp.picture.theme import Theme
from vizapp.run import Run
from vizapp.window import glyphs, look
from vizapp.window.session import Session
from vizapp.words import Words


class CaptureButton(QPushButton):
    """Hidden where no frame passes. wanted: the device whose ports are to be captured."""

    wanted = Signal(str)

    def __init__(self, session: Session, words: Words, theme: Theme) -> None:
        super().__init__()
        self.session, self.words = session, words
        self.device: str | None = None
        glyphs.wear(self, "eye", "ink", 18)
        self.set_theme(theme)
        self.clicked.connect(lambda: self.wanted.emit(self.device or ""))

    def set_words(self, words: Words) -> None:
        self.words = words
        self.put(self.device)

    def set_theme(self, theme: Theme) -> None:
        glyphs.dress(self, theme)

    def put(self, device: str | None) -> None:
        """Be about a device; about nothing, one without frames, or one of several sides, hide."""
        run = self.session.run
        thing = run.scene.things.get(device or "")
        behaviour = run.kinds[thing.kind].behaviour if thing is not None else None
        self.device = device
        framed = thing is not None and bool(thing.ports) and getattr(behaviour, "frames", False)
        self.setVisible(framed and isinstance(run, Run))
        look.say(self, self.words("capture.button"))
        name = sentences.name(run.scene, self.words, device or "")
        self.setToolTip(self.words("capture.button-tip", device=name))
        self.setAccessibleName(self.words("capture.button-tip", device=name))
