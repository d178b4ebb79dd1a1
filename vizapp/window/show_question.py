"""The question of the show: large enough for the last row, its options called A to D, and why each is right or not."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from vizapp.compare.answers import filled, right_option, said
from vizapp.picture.measure import Face, advance, wrap
from vizapp.picture.puzzle import LETTERS
from vizapp.picture.theme import Theme
from vizapp.scene.model import Text
from vizapp.window import glyphs, look
from vizapp.window.least_hiding import Weighed, least_hiding
from vizapp.window.session import Session
from vizapp.words import Words

TALL = 1080  # the height that the sizes are meant for
BESIDE = (0.72, 0.96)  # widths that the card may have, of the screen: with its options beside each other
BELOW = (0.62, 0.46, 0.34)  # and below each other


class ShowQuestion(QWidget):
    """A card over the stage while a question is open. The keys 1 to 4 choose, R reveals.

    weighed: says what it should not hide."""

    def __init__(
        self, session: Session, words: Words, theme: Theme, weighed: Callable[[], list[Weighed]], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._weighed = weighed
        self.session, self.words, self.theme = session, words, theme
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._hits: list[QRectF] = []
        self._beside = False  # whether the options stand beside each other
        session.asked.connect(self.refresh)
        session.played.connect(self._play_on)
        self.refresh()

    def set_words(self, words: Words) -> None:
        self.words = words
        self.refresh()

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.update()

    def refresh(self) -> None:
        """Follow the session's question."""
        self.setVisible(self._asks)
        if self._asks:
            self.setAccessibleName(self.told())
            self.raise_()
            self.place()

    def _play_on(self) -> None:
        """Make way for the answer before it comes; what has come moves the card no more."""
        if self.session.playing and self._asks:
            self.place()

    @property
    def _asks(self) -> bool:
        """Whether a question is open; one with a puzzle has a card of its own."""
        return self.session.asking is not None and self.session.puzzles.open is None

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

    @property
    def _unit(self) -> float:
        parent = self.parentWidget()
        return max(0.45, (parent.height() if parent else TALL) / TALL)

    def place(self) -> None:
        """As wide, and where, it hides least of what the question is about."""
        parent = self.parentWidget()
        if parent is None or not self._asks:
            return
        room = (parent.width(), parent.height())
        shapes = [(share, True) for share in BESIDE] + [(share, False) for share in BELOW]
        cards = []
        for share, self._beside in shapes:
            width = round(room[0] * share)
            cards.append((width, round(self._paint(None, width))))
        number, area = least_hiding(room, cards, self._weighed())
        self._beside = shapes[number][1]
        self.setGeometry(round(area.x), round(area.y), *cards[number])
        self._paint(None, self.width())  # so that clicks find the options before the next frame
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._asks:
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
        unit, role, revealed = self._unit, self.theme.prediction, self.session.revealed
        edge, size = (26 * unit, 32) if revealed else (40 * unit, 44)
        icon = 1.1 * size * unit
        if painter is not None:
            glyphs.draw(painter, "question", edge, edge, icon, self.theme.warn)
        ask, inner = self._filled(self._question.ask), width - 2 * edge
        y = self._text(painter, ask, size, 600, edge + 1.4 * icon, edge, inner - 1.4 * icon, role.text) + 0.5 * edge
        truth = right_option(self.session.run, self.session.asking or 0) if revealed else None
        y = self._options(painter, self._told_options(truth), truth, edge, y, inner)
        if revealed:
            return y + edge - 14 * unit
        hint = self.words("present.choose", n=len(self._question.options))
        return self._text(painter, hint, 26, 400, edge, y + 4 * unit, inner, role.text) + edge * 0.7

    def _told_options(self, truth: int | None) -> list[int]:
        """All of them; once revealed, the right one and the one that was chosen, so that the stage is seen again."""
        every = range(len(self._question.options))
        return list(every) if truth is None else [each for each in every if each in (truth, self.session.chosen)]

    def _options(
        self, painter: QPainter | None, numbers: list[int], truth: int | None, x: float, y: float, width: float
    ) -> float:
        """The options below or beside each other; returns where the next line may begin."""
        gap, columns = 14 * self._unit, len(numbers) if self._beside else 1
        wide = (width - gap * (columns - 1)) / columns
        high = [self._height(number, truth, wide) for number in numbers]
        if self._beside:
            high = [max(high)] * len(high)
        self._hits = []
        for place, number in enumerate(numbers):
            across, down = (place, 0) if self._beside else (0, place)
            box = QRectF(x + across * (wide + gap), y + sum(high[:down]) + down * gap, wide, high[place])
            self._hits.append(box)
            if painter is not None:
                self._option(painter, number, truth, box)
        return self._hits[-1].bottom() + gap

    def _height(self, number: int, truth: int | None, width: float) -> float:
        bottom = self._write_option(None, number, truth, QRectF(0, 0, width, 0))
        return bottom + 14 * self._unit

    def _option(self, painter: QPainter, number: int, truth: int | None, box: QRectF) -> None:
        unit, theme = self._unit, self.theme
        chosen, right = self.session.chosen == number, truth == number
        stroke = theme.good if right else theme.accent if chosen else theme.hairline
        painter.setPen(look.pen(stroke, (4 if chosen or right else 2) * unit))
        painter.setBrush(look.colour(theme.good_soft if right else theme.accent_soft if chosen else theme.panel))
        painter.drawRoundedRect(box, 12 * unit, 12 * unit)
        self._write_option(painter, number, truth, box)
        if truth is not None:
            icon, tint = ("check-circle", theme.good) if right else ("cross", theme.bad)
            glyphs.draw(painter, icon, box.right() - 58 * unit, box.top() + 14 * unit, 44 * unit, tint)

    def _write_option(self, painter: QPainter | None, number: int, truth: int | None, box: QRectF) -> float:
        """Its letter, what it says and, once revealed, why it is right or wrong; returns where the text ends."""
        unit, ink = self._unit, self.theme.ink
        top, left = box.top() + 14 * unit, box.left() + 72 * unit
        inner = box.right() - left - (66 if truth is not None else 14) * unit
        self._text(painter, LETTERS[number], 36, 700, box.left() + 26 * unit, top, 60 * unit, self.theme.accent)
        bottom = self._text(painter, self._said(number), 36, 600, left, top, inner, ink)
        if truth is None:
            return bottom
        why = self._filled(self._question.options[number].why)
        return self._text(painter, why, 30, 400, left, bottom, box.right() - left - 14 * unit, ink)

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
