"""The question of the show: large enough for the last row, its options called A to D, and why each is right or not."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from vizapp.picture.measure import Face, advance, wrap
from vizapp.picture.theme import Theme
from vizapp.scene.model import Text
from vizapp.window import glyphs, look
from vizapp.window.question_card import filled, right_option, said
from vizapp.window.session import Session
from vizapp.words import Words

LETTERS = "ABCD"
TALL = 1080  # the height that the sizes are meant for


class ShowQuestion(QWidget):
    """A card over the stage while a question is open. The keys 1 to 4 choose, R reveals."""

    def __init__(self, session: Session, words: Words, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.session, self.words, self.theme = session, words, theme
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._hits: list[QRectF] = []
        session.asked.connect(self.refresh)
        self.refresh()

    def set_words(self, words: Words) -> None:
        self.words = words
        self.refresh()

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.update()

    def refresh(self) -> None:
        """Follow the session's question."""
        open_ = self.session.asking is not None
        self.setVisible(open_)
        if open_:
            self.setAccessibleName(self.told())
            self.raise_()
            self.place()

    def told(self) -> str:
        """The card in words."""
        question = self._question
        options = [f"{LETTERS[i]} {self._said(i)}" for i in range(len(question.options))]
        return " ".join([self._filled(question.ask), *options])

    @property
    def _question(self):  # type: ignore[no-untyped-def]
        return self.session.run.scene.questions[self.session.asking or 0]

    def _filled(self, text: Text | None) -> str:
        return filled(self.session.run, self.session.asking or 0, self.words, text)

    def _said(self, option: int) -> str:
        return said(self.session.run, self.session.asking or 0, self.words, self._question.options[option])

    def _hint(self) -> str:
        if self.session.revealed:
            return self.words("present.revealed")
        return self.words("present.choose", n=len(self._question.options))

    @property
    def _unit(self) -> float:
        parent = self.parentWidget()
        return max(0.45, (parent.height() if parent else TALL) / TALL)

    def place(self) -> None:
        """At the bottom, as high as its text needs; once revealed, at the top."""
        parent = self.parentWidget()
        if parent is None or self.session.asking is None:
            return
        width = round(min(parent.width() * 0.86, 1500 * self._unit))
        height = round(self._paint(None, width))
        top = (parent.height() - height) * (0.02 if self.session.revealed else 0.97)
        self.setGeometry((parent.width() - width) // 2, round(top), width, height)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.session.asking is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            role, unit = self.theme.prediction, self._unit
            painter.setPen(look.pen(role.stroke, 3 * unit))
            painter.setBrush(look.colour(role.fill))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 18 * unit, 18 * unit)
            self._paint(painter, self.width())

    def _paint(self, painter: QPainter | None, width: int) -> float:
        """Paints the card, or only measures it; returns its height."""
        unit, edge = self._unit, 40 * self._unit
        role = self.theme.prediction
        if painter is not None:
            glyphs.draw(painter, "question", edge, edge - 2 * unit, 50 * unit, self.theme.warn)
        ask = self._filled(self._question.ask)
        inner = width - 2 * edge
        y = self._text(painter, ask, 44, 600, edge + 68 * unit, edge - 6 * unit, inner - 68 * unit, role.text)
        y += 22 * unit
        truth = right_option(self.session.run, self.session.asking or 0) if self.session.revealed else None
        self._hits = []
        for number in self._told_options(truth):
            y = self._option(painter, number, truth, edge, y, inner) + 14 * unit
        hint = self._hint()
        return self._text(painter, hint, 26, 400, edge, y + 4 * unit, inner, role.text) + edge * 0.7

    def _told_options(self, truth: int | None) -> list[int]:
        """All of them; once revealed, the right one and the one that was chosen, so that the stage is seen again."""
        every = range(len(self._question.options))
        return list(every) if truth is None else [each for each in every if each in (truth, self.session.chosen)]

    def _option(
        self, painter: QPainter | None, number: int, truth: int | None, x: float, y: float, width: float
    ) -> float:
        unit, theme = self._unit, self.theme
        chosen, right = self.session.chosen == number, truth == number
        pad = 14 * unit
        left = x + 84 * unit
        inner = width - 84 * unit - pad - (60 * unit if truth is not None else 0)
        bottom = self._text(None, self._said(number), 36, 600, left, y + pad, inner, theme.ink)
        why = self._filled(self._question.options[number].why) if truth is not None and (right or chosen) else ""
        if why:
            bottom = self._text(None, why, 30, 400, left, bottom, inner, theme.ink)
        box = QRectF(x, y, width, bottom + pad - y)
        self._hits.append(box)
        if painter is None:
            return box.bottom()
        stroke = theme.good if right else theme.accent if chosen else theme.hairline
        painter.setPen(look.pen(stroke, (4 if chosen or right else 2) * unit))
        painter.setBrush(look.colour(theme.good_soft if right else theme.accent_soft if chosen else theme.panel))
        painter.drawRoundedRect(box, 12 * unit, 12 * unit)
        self._text(painter, LETTERS[number], 36, 700, x + 30 * unit, y + pad, 60 * unit, theme.accent)
        bottom = self._text(painter, self._said(number), 36, 600, left, y + pad, inner, theme.ink)
        if why:
            self._text(painter, why, 30, 400, left, bottom, inner, theme.ink)
        if truth is not None and (right or chosen):
            icon, tint = ("check-circle", theme.good) if right else ("cross", theme.bad)
            glyphs.draw(painter, icon, box.right() - 62 * unit, y + pad, 46 * unit, tint)
        return box.bottom()

    def _text(
        self, painter: QPainter | None, text: str, size: float, weight: int, x: float, y: float, width: float, ink: str
    ) -> float:
        pixels = round(size * self._unit)
        lines = wrap(text, Face("Inter", weight), pixels, width)
        if painter is not None:
            painter.setFont(look.font(pixels, weight))
            painter.setPen(look.colour(ink))
            ascent = painter.fontMetrics().ascent()
            mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            for place, line in enumerate(lines):
                shift = width - advance(line, Face("Inter", weight), pixels) if mirrored else 0
                painter.drawText(QPointF(x + shift, y + ascent + place * pixels * 1.28), line)
        return y + len(lines) * pixels * 1.28

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for number, box in enumerate(self._hits):
            if box.contains(event.position()) and not self.session.revealed:
                self.session.choose(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()
