"""Above a run that is beside itself: what is supposed, and the ways out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from vizapp.compare.whatif import Otherwise, Told
from vizapp.picture.theme import Theme
from vizapp.window import glyphs, keys, look
from vizapp.words import Words


class SupposedBar(QWidget):
    """Signals: `left` back to the run as it happened; `kept` what was supposed is taken as the run."""

    left = Signal()
    kept = Signal()

    def __init__(self, whole: Otherwise, words: Words, theme: Theme) -> None:
        super().__init__()
        self.whole = whole
        self.setObjectName("panel")
        self.icon, self.said = look.text(), look.text("strong")
        glyphs.wear(self.icon, "compare", "accent", 20)
        self.back, self.keep = QPushButton(), QPushButton()
        glyphs.wear(self.back, "arrow-left", "on_accent", 18)
        self.back.setProperty("look", "primary")
        glyphs.wear(self.keep, "check", "ink", 18)
        self.back.clicked.connect(self.left)
        self.keep.clicked.connect(self.kept)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 6, 24, 6)
        row.setSpacing(10)
        row.addWidget(self.icon)
        row.addWidget(self.said, 1)
        row.addWidget(self.keep)
        row.addWidget(self.back)
        self.set_words(words)
        self.set_theme(theme)

    def set_words(self, words: Words) -> None:
        told, other = Told(self.whole.scene, self.whole.kinds, words), self.whole.other
        asked = words.text(self.whole.say) or told.question(other)
        self.said.setText(asked)
        self.said.setToolTip(words("whatif.instead-of", act=told.was(other)))
        look.say(self.keep, words("whatif.keep"))
        self.keep.setToolTip(words("whatif.keep-tip"))
        look.say(self.back, words("whatif.back"))
        self.back.setToolTip(f"{words('whatif.back')} · {keys.labels(keys.command('what-if'), words)}")

    def set_theme(self, theme: Theme) -> None:
        glyphs.dress(self, theme)
