"""One task: what to do, a tick when it is done, the next hint on demand; of one that is begun, how it stands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from vizapp.picture import sentences
from vizapp.scene.model import Act
from vizapp.window import glyphs, look
from vizapp.window.goals import changes_made
from vizapp.window.hunt import Hunt
from vizapp.window.session import Session
from vizapp.words import Words

INDENT = 29  # of what stands below the words of a task


class TaskRow(QWidget):
    """A task with a fault, or with its changes counted, is begun and left by its buttons; once it is solved or given
    up, the fault and what was done are told."""

    def __init__(self, session: Session, number: int) -> None:
        super().__init__()
        self.session, self.number = session, number
        self.task = session.run.scene.tasks[number]
        self.told = 0
        self.words: Words | None = None
        self.mark, self.say = look.text(), look.text(wrap=True)
        self.done = look.text("done")
        self.count, self.hints, self.fault = (look.text("muted", wrap=True) for _ in range(3))
        self.more, self.begin, self.give_up, self.leave = (QPushButton() for _ in range(4))
        for button in (self.more, self.give_up, self.leave):
            button.setProperty("look", "link")
        self.more.clicked.connect(self._tell)
        self.begin.clicked.connect(self._begin)
        self.give_up.clicked.connect(lambda: session.end_task(solved=False))
        self.leave.clicked.connect(session.leave_task)
        glyphs.wear(self.mark, "target", "muted", 20)
        glyphs.wear(self.begin, "play", "accent", 18)
        self._arrange()

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(9)
        top.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.say, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(3)
        rows.addLayout(top)
        for label in (self.done, self.count, self.fault, self.hints):
            rows.addLayout(_line([label]))
        rows.addLayout(_line([self.begin]))
        rows.addLayout(_line([self.more], INDENT - 6))
        rows.addLayout(_line([self.give_up], INDENT - 6))  # side by side they would be wider than the panel
        rows.addLayout(_line([self.leave], INDENT - 6))

    # how it stands

    @property
    def hunt(self) -> Hunt | None:
        """That it is under way, if it is this one."""
        hunt = self.session.hunt
        return hunt if hunt is not None and hunt.number == self.number else None

    def state(self) -> tuple[object, ...]:
        """All that what it shows depends on, beside whether it is done."""
        hunt = self.hunt
        under_way = None if hunt is None else (hunt.over, len(self.session.run.acts), changes_made(self.session))
        return self.told, under_way, self.session.hunt is None

    def _begin(self) -> None:
        if self.task.puzzle is not None:
            self.session.puzzles.begin(self.number)
        else:
            self.session.begin(self.number)

    def _tell(self) -> None:
        self.told = min(self.told + 1, len(self.task.hints))
        if self.words is not None:
            self.put(self.words, False)

    def put(self, words: Words, done: bool) -> None:
        """Say it in these words. done: it is solved."""
        self.words = words
        hunt, over = self.hunt, self.hunt is not None and self.hunt.over
        self.say.setText(words.text(self.task.say))
        self.done.setText(words("task.done"))
        self.done.setVisible(done)
        _show(self.count, self._counted(words) if hunt is not None and not over else "")
        _show(self.fault, self._revealed(words) if over else "")
        hints = [words.text(hint) for hint in self.task.hints[: self.told]]
        _show(self.hints, "\n".join(f"{n}. {hint}" for n, hint in enumerate(hints, 1)))
        open_ = not done and not over and (hunt is not None or not self.task.begun)
        left = len(self.task.hints) - self.told
        self.more.setText(words("task.hint", n=self.told + 1, of=len(self.task.hints)))
        self.more.setVisible(open_ and left > 0)
        look.say(self.begin, words("task.again" if done else "task.begin"))
        self.begin.setVisible((self.task.begun and hunt is None) or self.task.puzzle is not None)
        self.give_up.setText(words("task.give-up"))
        self.give_up.setVisible(hunt is not None and not over and bool(self.task.fault))
        self.leave.setText(words("task.leave"))
        self.leave.setVisible(hunt is not None)
        self.leave.setToolTip(words("task.restores"))

    def _counted(self, words: Words) -> str:
        """That it is under way, and how many changes are left."""
        parts = [words("task.hidden" if self.task.fault else "task.under-way")]
        if self.task.changes is not None:
            n = changes_made(self.session)
            parts.append(words("task.too-many" if n > self.task.changes else "task.changes", n=n, of=self.task.changes))
        return " ".join(parts)

    def _revealed(self, words: Words) -> str:
        """The fault and what was done about it."""
        parts = []
        if self.task.fault:
            parts.append(words("task.was", acts=self._said(self.task.fault, words)))
        hunt = self.hunt
        done = self.session.run.acts[hunt.acts :] if hunt is not None else []
        made = [act for act in done if act.verb not in self.session.run.tries]
        parts.append(words("task.did", acts=self._said(made, words)) if made else words("task.did-nothing"))
        return "\n".join(parts)

    def _said(self, acts: Sequence[Act], words: Words) -> str:
        """A line for each."""
        return "".join(f"\n– {sentences.act(act, self.session.run.scene, words)}" for act in acts)


def _show(label: QLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))


def _line(widgets: Sequence[QWidget], indent: int = INDENT) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setContentsMargins(indent, 0, 0, 0)
    for widget in widgets:
        wraps = isinstance(widget, QLabel) and widget.wordWrap()
        line.addWidget(widget, 1 if wraps else 0)
    if not any(isinstance(widget, QLabel) and widget.wordWrap() for widget in widgets):
        line.addStretch()
    return line
