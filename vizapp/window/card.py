"""A card of the home page: a scene's picture, its place in the path, what it takes and how far one has come."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractButton, QWidget

from vizapp.picture.measure import Face, advance, wrap
from vizapp.picture.theme import Theme
from vizapp.scene.catalog import SceneHeader
from vizapp.window import glyphs, look, style
from vizapp.window.library import LEVELS
from vizapp.words import Words

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QPaintEvent

MARGIN = 10
ASPECT = 0.66  # height of the picture for its width
EDGE = 20  # of the texts
MOST = 7  # lines of a summary
WIDTHS = 8  # a layout tries a few, one after the other and again, before it settles
FOOT = 24  # what one has come to, or what comes before


class Told(NamedTuple):
    """What stands under the picture, in lines, and the sizes of its letters."""

    title: list[str]
    summary: list[str]
    large: int
    body: int
    small: int

    @property
    def height(self) -> float:
        """px from the picture to the card's lower edge."""
        lines = len(self.title) * self.large * 1.3 + len(self.summary) * self.body * 1.4
        return 14 + lines + 3 + 18 + self.small * 1.5 + FOOT * self.small / 13 + 10


class Card(QAbstractButton):
    """One scene. `number` is its place in the path of its chapter, 0 for none; `share` how much of it is done."""

    def __init__(self, header: SceneHeader, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.header = header
        self.number = number
        self.share = 0.0
        self.after = ""  # what should be seen before, said
        self.picture: QImage | None = None
        self.picked: bool | None = None  # to be compared; None where that is not asked
        self.painted = False  # whether it has been on the screen
        self.scale = 1.0
        self.words: Words | None = None
        self.theme: Theme | None = None
        self._known: dict[int, Told] = {}  # the widths asked for of late, and the lines there
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        return QSize(300, self.heightForWidth(300))

    def heightForWidth(self, width: int) -> int:
        return round((width - 2 * MARGIN) * ASPECT + MARGIN + self._under(width).height)

    def _under(self, width: int) -> Told:
        if width not in self._known:
            if len(self._known) == WIDTHS:
                self._known.clear()
            self._known[width] = self._broken(width)
        return self._known[width]

    def _broken(self, width: int) -> Told:
        """The texts broken into lines; wider cards have larger letters."""
        scale = self.scale * min(max(width / 400, 1.0), 1.2)
        large, body, small = (round(size * scale) for size in (17, 14, 13))
        room = width - 2 * EDGE
        summary = self.words.text(self.header.summary) if self.words else ""
        title = _lines(self.title, Face("Inter", 600), large, room, 3)
        return Told(title, _lines(summary, Face(), body, room, MOST), large, body, small)

    def dress(self, words: Words, theme: Theme, scale: float) -> None:
        """Says it in these words and colours; text `scale` times as large."""
        self.words, self.theme, self.scale = words, theme, scale
        self._known.clear()
        self.setAccessibleName(self.title)
        self.setAccessibleDescription(", ".join(self._told(words)))
        self.update()

    def show_picture(self, picture: QImage | None) -> None:
        self.picture = picture
        self.update()

    def show_pick(self, picked: bool | None) -> None:
        """Tell whether it is picked to be compared; None where that is not asked."""
        self.picked = picked
        self.setCheckable(picked is not None)
        self.setChecked(bool(picked))
        self.update()

    def nextCheckState(self) -> None:
        """Who picks says so."""

    @property
    def title(self) -> str:
        """The scene's title, or the name of a file that has none."""
        return (self.words.text(self.header.title) if self.words else "") or self.header.path.name

    def _told(self, words: Words) -> list[str]:
        told = [words.text(self.header.summary), *(text for _, text in self._facts(words)), self.after]
        if self.share:
            told.append(words("home.done", share=words.percent(self.share, 0)))
        return [each for each in told if each]

    def _facts(self, words: Words) -> list[tuple[str, str]]:
        header = self.header
        if header.broken:
            return [("warning", words("home.broken"))]
        facts = []
        if header.minutes:
            facts.append(("timer", words("home.minutes", n=header.minutes)))
        if header.questions:
            facts.append(("question", words("home.questions", n=header.questions)))
        facts.append(("", words("home.level", n=header.level)))
        return facts

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.words is None or self.theme is None:
            return
        theme = self.theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._frame(painter, theme)
            top = self._thumbnail(painter, theme)
            self._texts(painter, theme, self.words, top)
        self.painted = True

    def _frame(self, painter: QPainter, theme: Theme) -> None:
        box = QRectF(self.rect()).adjusted(2.5, 2.5, -2.5, -2.5)
        raised = self.underMouse() or self.isDown()
        if raised and not theme.dark:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour(theme.ink, 0.08))
            painter.drawRoundedRect(box.translated(0, 2), 11, 11)
        painter.setBrush(look.colour(theme.panel))
        if self.hasFocus() or self.picked:
            painter.setPen(look.pen(theme.accent, 2.5))
        else:
            painter.setPen(look.pen(theme.link if raised else theme.hairline, 1.2))
        painter.drawRoundedRect(box, 10, 10)

    def _thumbnail(self, painter: QPainter, theme: Theme) -> float:
        width = self.width() - 2 * MARGIN
        area = QRectF(MARGIN, MARGIN, width, round(width * ASPECT))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(theme.canvas))
        painter.drawRoundedRect(area, 8, 8)
        if self.picture is not None:
            self._picture(painter, area, self.picture)
        elif self.header.broken:
            side = 44
            centre = area.center()
            glyphs.draw(painter, "warning", centre.x() - side / 2, centre.y() - side / 2, side, theme.warn)
        if self.picked is not None:
            self._pick(painter, theme, area, self.picked)
        elif self.number:
            self._number(painter, theme, area)
        return area.bottom()

    def _pick(self, painter: QPainter, theme: Theme, area: QRectF, picked: bool) -> None:
        """A square to tick, in the place of the number."""
        painter.setBrush(look.colour(theme.accent if picked else theme.panel))
        painter.setPen(look.pen(theme.accent if picked else theme.muted, 2.0))
        square = QRectF(area.left() + 9, area.top() + 9, 24, 24)
        painter.drawRoundedRect(square, 7, 7)
        if picked:
            glyphs.draw(painter, "check", square.left() + 4, square.top() + 4, 16, theme.on_accent)

    def _picture(self, painter: QPainter, area: QRectF, picture: QImage) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        room = area.adjusted(8, 8, -8, -8)
        factor = min(room.width() / picture.width(), room.height() / picture.height())
        w, h = picture.width() * factor, picture.height() * factor
        painter.drawImage(QRectF(room.center().x() - w / 2, room.center().y() - h / 2, w, h), picture)

    def _number(self, painter: QPainter, theme: Theme, area: QRectF) -> None:
        done = self.share >= 1.0
        painter.setBrush(look.colour(theme.good if done else theme.panel))
        painter.setPen(look.pen(theme.good if done else theme.hairline, 1.2))
        circle = QRectF(area.left() + 8, area.top() + 8, 24, 24)
        painter.drawEllipse(circle)
        if done:
            glyphs.draw(painter, "check", circle.left() + 4, circle.top() + 4, 16, theme.panel)
            return
        painter.setFont(look.font(12, 600))
        painter.setPen(look.colour(theme.muted))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(self.number))

    def _texts(self, painter: QPainter, theme: Theme, words: Words, top: float) -> None:
        told, width = self._under(self.width()), self.width() - 2 * EDGE
        y = _write(painter, told.title, look.font(told.large, 600), theme.ink, EDGE, top + 14, told.large * 1.3)
        _write(painter, told.summary, look.font(told.body), theme.muted, EDGE, y + 3, told.body * 1.4)
        bottom = self.height() - 16.0
        foot = bottom - FOOT * told.small / 13
        self._meta(painter, theme, words, EDGE, foot - told.small * 1.2, told.small)
        if self.share > 0:
            self._bar(painter, theme, QRectF(EDGE, bottom - 4, width, 4))
        elif self.after:
            after = _lines(self.after, Face(), told.small, width, 1)
            _write(painter, after, look.font(told.small), theme.muted, EDGE, bottom - told.small * 1.15, told.small)

    def _bar(self, painter: QPainter, theme: Theme, whole: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(theme.hairline))
        painter.drawRoundedRect(whole, 2, 2)
        painter.setBrush(look.colour(theme.good))
        painter.drawRoundedRect(QRectF(whole.left(), whole.top(), whole.width() * self.share, whole.height()), 2, 2)

    def _meta(self, painter: QPainter, theme: Theme, words: Words, x: float, y: float, size: int) -> None:
        font = look.font(size)
        for icon, text in self._facts(words):
            width = advance(text, Face(), size) + 26
            if x + width > self.width() - 12:
                return
            box = QRectF(x, y + size * 0.65 - 8, 16, 16)
            if icon:
                tint = theme.warn if icon == "warning" else theme.muted
                glyphs.draw(painter, icon, box.left(), box.top(), 16, tint)
            else:
                self._level(painter, theme, box)
            _write(painter, [text], font, theme.muted, x + 21, y, size)
            x += width + 13 * self.scale

    def _level(self, painter: QPainter, theme: Theme, box: QRectF) -> None:
        """Bars that rise: as many full ones as the level says."""
        painter.setPen(Qt.PenStyle.NoPen)
        for step in range(LEVELS):
            full = step < self.header.level
            painter.setBrush(look.colour(theme.muted if full else style.mix(theme.panel, theme.muted, 0.3)))
            height = 5 + 4 * step
            painter.drawRoundedRect(QRectF(box.left() + 1 + step * 5, box.bottom() - 1 - height, 3.5, height), 1, 1)


def _lines(text: str, face: Face, size: float, width: float, most: int) -> list[str]:
    """At most so many lines; the last one ends with `…` when there is more."""
    lines = wrap(text, face, size, width)
    if len(lines) <= most:
        return lines
    last = lines[most - 1] + "…"
    while len(last) > 2 and advance(last, face, size) > width:
        last = last[:-2].rstrip() + "…"
    return [*lines[: most - 1], last]


def _write(painter: QPainter, lines: list[str], font: object, colour: str, x: float, y: float, step: float) -> float:
    """Lines from the top `y` on; returns where the next would begin."""
    painter.setFont(font)  # type: ignore[arg-type]
    painter.setPen(look.colour(colour))
    ascent = painter.fontMetrics().ascent()
    for line in lines:
        painter.drawText(QPointF(x, y + ascent), line)
        y += step
    return y
