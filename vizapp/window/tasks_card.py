"""The sandbox: what is left to try, whether it has been reached in this run, and hints in three levels."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from vizapp.picture.theme import Theme
from vizapp.scene.model import Task
from vizapp.window import glyphs, look, style
from vizapp.window.goals import reached
from vizapp.window.pulse import Pulse
from vizapp.window.session import Session
from vizapp.words import Words


class TaskRow(QWidget):
    """One task: what to do, a tick when it is done, and the next hint on demand."""

    def __init__(self, task: Task) -> None:
        super().__init__()
        self.task = task
        self.told = 0
        self.words: Words | None = None
        self.mark, self.say = look.text(), look.text(wrap=True)
        self.state = look.text("done")
        self.hints = look.text("muted", wrap=True)
        self.more = QPushButton()
        self.more.setProperty("look", "link")
        self.more.clicked.connect(self._tell)
        glyphs.wear(self.mark, "target", "muted", 20)
        top = QHBoxLayout()
        top.setSpacing(9)
        top.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.say, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(3)
        rows.addLayout(top)
        for widget in (self.state, self.hints, self.more):
            line = QHBoxLayout()
            line.setContentsMargins(23 if widget is self.more else 29, 0, 0, 0)
            line.addWidget(widget, 1 if widget is self.hints else 0)
            if widget is not self.hints:
                line.addStretch()
            rows.addLayout(line)

    def _tell(self) -> None:
        self.told = min(self.told + 1, len(self.task.hints))
        if self.words is not None:
            self.put(self.words, False)

    def put(self, words: Words, done: bool) -> None:
        self.words = words
        self.say.setText(words.text(self.task.say))
        self.state.setText(words("task.done"))
        self.state.setVisible(done)
        told = [words.text(hint) for hint in self.task.hints[: self.told]]
        self.hints.setText("\n".join(f"{n}. {hint}" for n, hint in enumerate(told, 1)))
        self.hints.setVisible(bool(told))
        left = len(self.task.hints) - self.told
        self.more.setText(words("task.hint", n=self.told + 1, of=len(self.task.hints)))
        self.more.setVisible(left > 0 and not done)


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
        self.rows = [TaskRow(task) for task in session.run.scene.tasks]
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
        self._done: list[bool] | None = None
        session.asked.connect(self._asked)
        self.pulse = Pulse(session, self)
        self.pulse.beat.connect(self.refresh)
        self.set_theme(theme)
        self.refresh()

    def _asked(self) -> None:
        """One thing at a time: a question folds the tasks."""
        if self.session.asking is not None and not self.session.revealed:
            self.heading.setChecked(False)

    def set_words(self, words: Words) -> None:
        self.words = words
        self._done = None
        self.refresh()

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self._done = None
        self.refresh()
        glyphs.dress(self, theme)

    def refresh(self) -> None:
        done = [reached(self.session, row.task) for row in self.rows]
        if done == self._done:
            return
        self._done = done
        look.say(self.heading, self.words("task.title", done=sum(done), of=len(done)))
        for row, state in zip(self.rows, done, strict=True):
            glyphs.wear(row.mark, "check-circle" if state else "target", "good" if state else "muted", 20)
            row.put(self.words, state)
        glyphs.dress(self, self.theme)
        style.restyle(self.heading)
