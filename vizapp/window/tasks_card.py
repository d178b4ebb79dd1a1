"""The sandbox: what is left to try, whether it has been reached in this run, and hints in three levels."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from vizapp.picture.theme import Theme
from vizapp.window import glyphs, look, style
from vizapp.window.goals import reached
from vizapp.window.pulse import Pulse
from vizapp.window.session import Session
from vizapp.window.task_row import TaskRow
from vizapp.words import Words


class TasksCard(QFrame):
    """Folded to its heading until it is wanted."""

    def __init__(self, session: Session, words: Words, theme: Theme) -> None:
        super().__init__()
        self.session, self.words, self.theme = session, words, theme
        self.heading = QPushButton()
        self.heading.setCheckable(True)
        self.heading.setProperty("look", "row")
        glyphs.wear(self.heading, "trophy", "accent", 18)
        self.heading.setMinimumHeight(36)
        self.rows = [TaskRow(session, number) for number in range(len(session.run.scene.tasks))]
        self.inside = QFrame()
        self.inside.setObjectName("card")
        rows = QVBoxLayout(self.inside)
        rows.setContentsMargins(12, 10, 12, 10)
        rows.setSpacing(10)
        for row in self.rows:
            rows.addWidget(row)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addWidget(self.heading)
        whole.addWidget(self.inside)
        self.inside.hide()
        self.heading.toggled.connect(self.inside.setVisible)
        self.setVisible(bool(self.rows))
        self._shown: object = None
        session.asked.connect(self._asked)
        session.begun.connect(self.refresh)
        self.pulse = Pulse(session, self)
        self.pulse.beat.connect(self.refresh)
        self.set_theme(theme)
        self.refresh()

    def _asked(self) -> None:
        """One thing at a time: a question folds the tasks."""
        if self.session.asking is not None and not self.session.revealed:
            self.heading.setChecked(False)

    def set_words(self, words: Words) -> None:
        self.words, self._shown = words, None
        self.refresh()

    def set_theme(self, theme: Theme) -> None:
        self.theme, self._shown = theme, None
        self.refresh()
        glyphs.dress(self, theme)

    def refresh(self) -> None:
        session = self.session
        done = [reached(session, row.task) or row.number in session.solved for row in self.rows]
        hunt = session.hunt
        if hunt is not None and not hunt.over and done[hunt.number] and reached(session, self.rows[hunt.number].task):
            session.end_task(solved=True)  # which refreshes again
            return
        shown = (done, [row.state() for row in self.rows])
        if shown == self._shown:
            return
        self._shown = shown
        look.say(self.heading, self.words("task.title", done=sum(done), of=len(done)))
        for row, each in zip(self.rows, done, strict=True):
            glyphs.wear(row.mark, "check-circle" if each else "target", "good" if each else "muted", 20)
            row.put(self.words, each)
        glyphs.dress(self, self.theme)
        style.restyle(self.heading)
