"""The open question: predict, then reveal. The clock waits; the simulation itself answers."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from vizapp.compare.answers import filled, right_option, said
from vizapp.picture.theme import Theme
from vizapp.run import EDGE
from vizapp.window import glyphs, look, style
from vizapp.window.option_button import OptionButton
from vizapp.window.pulse import Pulse
from vizapp.window.session import Session
from vizapp.words import Words


class OptionRow(QWidget):
    """One option: the button to choose it and, once revealed, whether it is right and why."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.button = OptionButton(theme, framed=True)
        self.verdict = look.text("done")
        self.why = look.text(wrap=True)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        for widget in (self.button, self.verdict, self.why):
            rows.addWidget(widget)

    def put(self, words: Words, said: str, why: str, *, chosen: bool, right: bool | None) -> None:
        """right: None until it is revealed."""
        self.button.setText(said)
        self.button.setAccessibleName(said)
        self.button.setChecked(chosen)
        self.button.settle()
        self.button.setEnabled(right is None)
        self.verdict.setVisible(right is not None)
        self.why.setVisible(right is not None)
        if right is not None:
            mark = "✓ " if right else "✗ "
            self.verdict.setText(mark + words("ask.right" if right else "ask.wrong"))
            self.verdict.setProperty("look", "done" if right else "wrong")
            style.restyle(self.verdict)
            self.why.setText(why)


class QuestionCard(QFrame):
    """Hidden while nothing is asked; a button offers the next question then."""

    MOST = 4

    def __init__(self, session: Session, words: Words, theme: Theme) -> None:
        super().__init__()
        self.session, self.words, self.theme = session, words, theme
        self.icon, self.heading, self.ask = look.text(), look.text("strong"), look.text(wrap=True)
        glyphs.wear(self.icon, "question", "warn", 22)
        self.close_button = look.icon_button("close", 14, "muted")
        self.close_button.clicked.connect(session.close_question)
        self.options = [OptionRow(theme) for _ in range(self.MOST)]
        self.reveal_button = QPushButton()
        self.reveal_button.setProperty("look", "primary")
        self.reveal_button.clicked.connect(session.reveal)
        self.cite = QPushButton()
        self.cite.setProperty("look", "link")
        self.cite.clicked.connect(lambda: session.citing.open())
        self.offer = QPushButton()
        self.offer.clicked.connect(lambda: session.ask())
        self.offer.setProperty("look", "offer")
        self.offer.setMinimumHeight(38)
        glyphs.wear(self.offer, "question", "warn", 20)
        self._arrange()
        for index, row in enumerate(self.options):
            row.button.clicked.connect(lambda _=False, at=index: session.choose(at))
        session.asked.connect(self.refresh)
        self.pulse = Pulse(session, self)
        self.pulse.beat.connect(self._offer)
        self.set_theme(theme)
        self.refresh()

    def _arrange(self) -> None:
        self.card = QFrame()
        self.card.setObjectName("prediction")
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.icon)
        top.addWidget(self.heading)
        top.addStretch()
        top.addWidget(self.close_button)
        inside = QVBoxLayout(self.card)
        inside.setContentsMargins(14, 8, 10, 12)
        inside.setSpacing(7)
        inside.addLayout(top)
        inside.addWidget(self.ask)
        for row in self.options:
            inside.addWidget(row)
        inside.addWidget(self.reveal_button, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addWidget(self.cite, 0, Qt.AlignmentFlag.AlignLeft)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.card)
        whole.addWidget(self.offer)

    def set_words(self, words: Words) -> None:
        self.words = words
        self.refresh()

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        for row in self.options:
            row.button.theme = theme
            row.button.update()
        glyphs.dress(self, theme)

    def refresh(self) -> None:
        session, words = self.session, self.words
        number = session.asking if session.puzzles.open is None else None
        self.card.setVisible(number is not None)
        self._offer()
        look.say(self.offer, words("ask.offer"))
        if number is None:
            return
        question, run = session.run.scene.questions[number], session.run
        self.heading.setText(words("ask.title"))
        look.call(self.close_button, words("ask.close"))
        self.ask.setText(filled(run, number, words, question.ask))
        right = right_option(run, number) if session.revealed else None
        for index, row in enumerate(self.options):
            row.setVisible(index < len(question.options))
            if index < len(question.options):
                option = question.options[index]
                row.put(
                    words, said(run, number, words, option), filled(run, number, words, option.why),
                    chosen=session.chosen == index, right=index == right if session.revealed else None,
                )  # fmt: skip
        self.reveal_button.setVisible(not session.revealed)
        self.reveal_button.setText(words("ask.reveal"))
        self.cite.setVisible(session.revealed)
        self.cite.setText(words("source.title"))
        self.setAccessibleName(f"{words('ask.title')} · {self.ask.text()}")

    def _offer(self) -> None:
        """The button that asks the next question, while there is one to come."""
        session = self.session
        ahead = any(m.comes and m.show > session.show + EDGE for m in session.run.questions)
        self.offer.setVisible(session.asking is None and ahead)
