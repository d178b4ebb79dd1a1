"""The question of a comparison: asked once for all sides, below their stages; its answer told in one line above."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from vizapp.compare.answers import filled, right_option, said
from vizapp.picture.theme import Theme
from vizapp.run import EDGE
from vizapp.window import glyphs, look
from vizapp.window.option_button import OptionButton
from vizapp.window.pulse import Pulse
from vizapp.window.session import Session
from vizapp.words import Words

MOST = 4
SHARE, WIDEST = 0.74, 1040  # width of the card while it asks, of the board's and in pixels
OFFER = 32  # height of the button that offers a question: less than that of the smallest heading
ROOMY, CLOSE = (16, 10, 12, 12), (14, 3, 6, 3)  # margins: while it asks, and of its answer


class AskCard(QFrame):
    """Over the board while a question is open; a button that offers the next one stands in the heading."""

    def __init__(self, session: Session, words: Words, theme: Theme, board: QWidget) -> None:
        super().__init__(board)
        self.session, self.words, self.theme, self.board = session, words, theme, board
        self.setObjectName("prediction")
        self.setAutoFillBackground(True)
        self.icon, self.ask = look.text(), look.text("strong", wrap=True)
        glyphs.wear(self.icon, "question", "warn", 22)
        self.close_button = look.icon_button("close", 14, "muted")
        self.close_button.clicked.connect(session.close_question)
        self.options = [OptionButton(theme, framed=True) for _ in range(MOST)]
        self.reveal = QPushButton()
        self.reveal.setProperty("look", "primary")
        self.reveal.clicked.connect(session.reveal)
        self.answers = [QLabel(), QLabel()]
        self.offer = QPushButton(board)
        self.offer.setProperty("look", "offer")
        glyphs.wear(self.offer, "question", "warn", 20)
        self.offer.clicked.connect(lambda: session.ask())
        self._arrange()
        for number, option in enumerate(self.options):
            option.clicked.connect(lambda _=False, at=number: session.choose(at))
        session.asked.connect(self.refresh)
        self.pulse = Pulse(session, self)
        self.pulse.beat.connect(self._offer)
        self.set_theme(theme)
        self.refresh()

    def _arrange(self) -> None:
        self.top, texts, row = QHBoxLayout(), QVBoxLayout(), QHBoxLayout()
        self.top.setSpacing(10)
        self.top.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        texts.setSpacing(0)
        texts.addWidget(self.ask)
        for label in self.answers:
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            texts.addWidget(label)
        self.top.addLayout(texts, 1)
        self.top.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        row.setSpacing(10)
        for option in self.options:  # all as high as the highest
            policy = option.sizePolicy()
            policy.setVerticalPolicy(QSizePolicy.Policy.MinimumExpanding)
            option.setSizePolicy(policy)
            row.addWidget(option, 1)
        row.addWidget(self.reveal)
        self.whole = QVBoxLayout(self)
        self.whole.setSpacing(10)
        self.whole.addLayout(self.top)
        self.whole.addLayout(row)

    @property
    def kept(self) -> float:
        """Pixels of the heading that the offer takes."""
        return self.offer.width() + 16.0 if self.offer.isVisibleTo(self.board) else 0.0

    def refresh(self) -> None:
        session = self.session
        number = session.asking if session.puzzles.open is None else None
        self.setVisible(number is not None)
        self._offer()
        if number is None:
            return
        question, run, words = session.run.scene.questions[number], session.run, self.words
        self.ask.setText(filled(run, number, words, question.ask))
        for part in (self.icon, self.ask, self.reveal):
            part.setVisible(not session.revealed)
        self.whole.setContentsMargins(*(CLOSE if session.revealed else ROOMY))
        for place, option in enumerate(self.options):
            there = place < len(question.options) and not session.revealed
            option.setVisible(there)
            if there:
                option.setText(said(run, number, words, question.options[place]))
                option.setAccessibleName(option.text())
                option.setChecked(session.chosen == place)
                option.settle()
        self.reveal.setText(words("ask.reveal"))
        look.call(self.close_button, words("ask.close"))
        self._answer(number)
        self.setAccessibleName(f"{words('ask.title')} · {filled(run, number, words, question.ask)}")
        self.place()
        self.raise_()

    def _answer(self, number: int) -> None:
        """Once revealed: what is right and why; and why what was chosen is not."""
        session, run, words = self.session, self.session.run, self.words
        truth = right_option(run, number) if session.revealed else None
        wrong = session.chosen if truth is not None and session.chosen != truth else None
        for label, place, mark in zip(self.answers, (truth, wrong), ("✓", "✗"), strict=True):
            label.setVisible(place is not None)
            if place is not None:
                option = run.scene.questions[number].options[place]
                why = filled(run, number, words, option.why)
                label.setText(f"{mark} {said(run, number, words, option)} – {why}")

    def _offer(self) -> None:
        """The button that asks the next question, while there is one to come."""
        session = self.session
        ahead = any(m.comes and m.show > session.show + EDGE for m in session.run.questions)
        before, shown = self.offer.isVisibleTo(self.board), session.asking is None and ahead
        self.offer.setVisible(shown)
        if before != shown:
            self.board.update()

    def place(self) -> None:
        """While it asks, at the bottom; its answer at the top, so that what comes of it is seen below."""
        board = self.board
        self.offer.adjustSize()
        self.offer.setFixedHeight(OFFER)
        self.offer.move(board.width() - self.offer.width() - 24, 1)
        if self.session.asking is None or self.session.puzzles.open is not None:
            return
        wide = board.width() - 40 if self.session.revealed else min(round(SHARE * board.width()), WIDEST)
        self.setFixedWidth(wide)
        self.whole.activate()
        high = self.heightForWidth(wide) if self.hasHeightForWidth() else self.sizeHint().height()
        self.setFixedHeight(high)
        top = 1 if self.session.revealed else board.height() - high - 14
        self.move((board.width() - wide) // 2, top)

    def set_words(self, words: Words) -> None:
        self.words = words
        look.say(self.offer, words("ask.offer"))
        self.refresh()
        self.place()

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        for option in self.options:
            option.theme = theme
            option.update()
        glyphs.dress(self, theme)
        glyphs.put(self.offer, theme)
