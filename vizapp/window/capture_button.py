"""The door from a device or a cable to what passes there: the export dialog, ready to capture there."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from vizapp.export import capture
from vizapp.picture import sentences
from vizapp.picture.theme import Theme
from vizapp.run import Run
from vizapp.window import glyphs, look
from vizapp.window.deeds import link_name
from vizapp.window.session import Session
from vizapp.words import Words


class CaptureButton(QPushButton):
    """Hidden where no frame passes. wanted: the device, or the port of a cable, where frames are to be captured."""

    wanted = Signal(str)

    def __init__(self, session: Session, words: Words, theme: Theme) -> None:
        super().__init__()
        self.session, self.words = session, words
        self.target: str | None = None
        self.place = ""
        self._about: tuple[str | None, str] | None = None
        glyphs.wear(self, "eye", "ink", 18)
        self.set_theme(theme)
        self.clicked.connect(lambda: self.wanted.emit(self.place))

    def set_words(self, words: Words) -> None:
        self.words = words
        self.put(self.target)

    def set_theme(self, theme: Theme) -> None:
        glyphs.dress(self, theme)

    def put(self, target: str | None) -> None:
        """Be about a device or a cable; about nothing, what has no frames, or one of several sides, hide."""
        run, about = self.session.run, (target, self.words.lang)
        if about == self._about:
            return
        self.target, self._about = target, about
        ports = capture.ports(run) if isinstance(run, Run) else []
        link = next((link for link in run.scene.links if link.id == target), None)
        place = link.a if link is not None else target
        self.place = place if place and any(place in (port.id, port.device) for port in ports) else ""
        self.setVisible(bool(self.place))
        look.say(self, self.words("capture.button"))
        scene = run.scene
        name = link_name(scene, self.words, link.id) if link else sentences.name(scene, self.words, target or "")
        self.setToolTip(self.words("capture.button-tip", of=name))
        self.setAccessibleName(self.words("capture.button-tip", of=name))
