"""The puzzles of a session: that of the open question, or of the task that is tried, and what was made of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vizapp.compare.asked import Asked
from vizapp.scene.model import Question, Task
from vizapp.window.placing import Placing

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from vizapp.picture.sizes import Level
    from vizapp.picture.theme import Theme
    from vizapp.window.session import Session
    from vizapp.window.settings import Settings
    from vizapp.words import Words


class Puzzling:
    """open: what is on the table, if anything is. A task keeps what was made of it while it is put aside, whatever is
    done, taken back or looked at meanwhile; a question is asked anew."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.open: Placing | None = None
        self.task: int | None = None  # the number of the task whose puzzle is open
        self.kept: dict[int, Placing] = {}  # by the number of the task

    def ask(self, question: Question) -> None:
        """Lay out the puzzle of a question, if it has one."""
        self.task = None
        self.open = self._laid(question) if question.puzzle is not None else None

    def begin(self, number: int) -> None:
        """Go on with the puzzle of a task."""
        session = self.session
        session.pause()
        session.close_question()
        if number not in self.kept:
            self.kept[number] = self._laid(session.run.scene.tasks[number])
        self.open, self.task = self.kept[number], number
        session.asked.emit()

    def close(self) -> None:
        """Put it aside."""
        if self.task is not None:
            self.open = self.task = None
            self.session.asked.emit()
        elif self.open is not None:
            self.session.close_question()

    @property
    def placed(self) -> dict[int, tuple[str, ...]]:
        """What was made of each task, by its number: bins or positions (from 1) as they are written, `-` for none."""
        return {number: made.written for number, made in self.kept.items()}

    def take_over(self, other: Puzzling) -> None:
        """Go on with what was made of the same tasks in another session of the scene."""
        tasks = self.session.run.scene.tasks
        for number, made in other.kept.items():
            if number < len(tasks) and tasks[number].puzzle == made.asked.puzzle:
                self.kept[number] = self._laid(tasks[number])
                self.kept[number].take_over(made)

    def forget(self) -> None:
        """Nothing is on the table, and nothing was made of any."""
        self.close()
        self.kept.clear()

    def read(self) -> None:
        """The clock goes on: what was asked has been read."""
        if self.open is not None and self.task is None:
            self.session.close_question()

    def commit(self) -> None:
        """Of a question: the answer is revealed. Of a task: what was made of it is judged."""
        if self.open is None:
            return
        if self.task is None:
            self.session.reveal()
        elif not self.open.shown and self.open.judge():
            self.open.reveal()
            self.session.solved.add(self.task)
            self.session.begun.emit()

    def digit(self, digit: int) -> bool:
        """Put the item that has the keys into the bin, or at the position, of that number (0: back); whether it did."""
        if self.open is None or self.open.shown:
            return False
        item = self.open.current
        if item is not None:
            self.open.put(item, digit - 1 if digit else None)
            self.open.pick(self.open.after(item) if self.open.sorts else item)
        return True

    def _laid(self, asked: Question | Task) -> Placing:
        return Placing(Asked(self.session.run, asked), self.session)


def over(
    what: QWidget, session: Session, words: Words, theme: Theme, settings: Settings | None, level: Level = "explore"
) -> Any:
    """The card of the puzzles over the stage or the show, imported for a scene that has some; else None."""
    scene = session.run.scene
    puzzles = [*(question.puzzle for question in scene.questions), *(task.puzzle for task in scene.tasks)]
    if not any(puzzles):
        return None
    from vizapp.window.puzzle_card import PuzzleCard

    return PuzzleCard(session, words, theme, what, level, settings)
