"""The journey of a packet as a small strip: the devices it came to, branches where it was copied, where it ended."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from vizapp.picture import motion, sentences
from vizapp.picture.branches import Knot, branches
from vizapp.picture.theme import Theme
from vizapp.run import Run
from vizapp.sim.trail import Stop, Trail
from vizapp.window import glyphs, look
from vizapp.words import Words

RADIUS, BADGE = 14.0, 7.0
ROW, COLUMN = 36.0, (38.0, 92.0)  # pixels from knot to knot: at least, at most
MARGIN = 20.0
MOST_ROWS = 5
CABLE = "cable"  # the icon of what was lost on a cable


class Shown(NamedTuple):
    """What the strip shows. trail: as far as the fog lets see; t: the moment; stop: the one that is told."""

    trail: Trail
    t: int
    stop: int


class JourneyStrip(QWidget):
    """`chosen`: another stop was asked for, by its number. What lies after the shown moment is pale, and reachable."""

    chosen = Signal(int)

    def __init__(self, run: Run, words: Words, theme: Theme) -> None:
        super().__init__()
        self.run, self.words, self.theme = run, words, theme
        self.shown: Shown | None = None
        self.knots: list[Knot] = []
        self._last = self._column = 0  # columns: the last one, and that of the stop that is told
        self._first = 0  # row that is drawn at the top
        self._of: object = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def put(self, trail: Trail, t: int, stop: int) -> None:
        """Show a trail at a moment."""
        self.shown = Shown(trail, t, stop)
        of = (trail.packet.id, len(trail.stops), len(trail.hops))
        if of != self._of:
            rows = self.rows
            self._of, self.knots = of, branches(trail)
            self._last = max(knot.column for knot in self.knots)
            if rows != self.rows:
                self.updateGeometry()
        told = next((knot for knot in self.knots if knot.stop == stop), self.knots[0])
        self._column, self._first = told.column, max(told.row - MOST_ROWS + 1, 0)
        self.setAccessibleDescription(self.told(stop))
        self.update()

    def move_to(self, t: int) -> None:
        """Only the moment is another one."""
        if self.shown is not None and t != self.shown.t:
            self.shown = self.shown._replace(t=t)
            self.update()

    def set_words(self, words: Words) -> None:
        self.words = words
        self.setAccessibleName(words("packet.journey"))
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.update()

    # places

    @property
    def rows(self) -> int:
        """Rows that are drawn; copies beyond them are counted."""
        return min(1 + max((knot.row for knot in self.knots), default=0), MOST_ROWS)

    def sizeHint(self) -> QSize:
        return QSize(200, round(self.rows * ROW + 8))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    @property
    def _pitch(self) -> float:
        return min(max((self.width() - 2 * MARGIN) / max(self._last, 1), COLUMN[0]), COLUMN[1])

    @property
    def _shift(self) -> float:
        """How far the strip is moved to the left, so that a long one shows the stop that is told."""
        pitch = self._pitch
        beyond = self._last * pitch + 2 * MARGIN - self.width()
        return min(max(self._column * pitch + 2 * MARGIN + pitch - self.width(), 0.0), max(beyond, 0.0))

    def place(self, knot: Knot) -> QPointF:
        """The middle of a knot."""
        return QPointF(MARGIN + knot.column * self._pitch - self._shift, 4 + (knot.row - self._first + 0.5) * ROW)

    def _seen(self, knot: Knot) -> bool:
        """Whether its row is among those that are drawn."""
        return 0 <= knot.row - self._first < MOST_ROWS

    def knot_at(self, at: QPointF) -> Knot | None:
        for knot in self.knots:
            if self._seen(knot) and (self.place(knot) - at).manhattanLength() < 1.3 * RADIUS:
                return knot
        return None

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.shown is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            seen = [knot for knot in self.knots if self._seen(knot)
                    and -COLUMN[1] < self.place(knot).x() < self.width() + COLUMN[1]]  # fmt: skip
            for knot in seen:
                self._line(painter, knot)
            for knot in seen:
                self._knot(painter, knot)
            self._others(painter)
            if self.hasFocus():
                painter.setPen(look.pen(self.theme.accent, 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _reached(self, knot: Knot) -> bool:
        """Whether the packet is there at the shown moment."""
        assert self.shown is not None
        return knot.stop is not None and self.shown.trail.stops[knot.stop].arrived <= self.shown.t

    def _line(self, painter: QPainter, knot: Knot) -> None:
        """From the knot before: straight on, or down to a row of its own; what is under way is as long as it is far."""
        if knot.before is None or self.shown is None:
            return
        start, end = self.place(self.knots[knot.before]), self.place(knot)
        begun = knot.hop is not None and knot.hop.departs <= self.shown.t
        done = self._reached(knot)
        painter.setPen(look.pen(self.theme.accent if done else self.theme.link, 2.4 if done else 1.6, not done))
        bend = QPointF(start.x(), end.y())
        corners = [start, end] if start.y() == end.y() else [start, bend, end]
        painter.drawPolyline(corners)
        if begun and not done and knot.hop is not None:
            lasts = max(knot.hop.arrives - knot.hop.departs, 1)
            part = motion.ease(min((self.shown.t - knot.hop.departs) / lasts, 1.0))
            whole = end.x() - corners[-2].x() - 2 * RADIUS
            at = QPointF(corners[-2].x() + RADIUS + part * whole, end.y())
            painter.setPen(look.pen(self.theme.panel, 1.5))
            painter.setBrush(look.colour(self.theme.packet(knot.hop.packet.protocol)))
            painter.drawEllipse(at, 5, 5)

    def _knot(self, painter: QPainter, knot: Knot) -> None:
        assert self.shown is not None
        theme, at, reached = self.theme, self.place(knot), self._reached(knot)
        told = knot.stop == self.shown.stop
        stop = self.shown.trail.stops[knot.stop] if knot.stop is not None else None
        ended = reached and stop is not None and stop.outcome in ("dropped", "ignored")
        dead = ended and stop is not None and stop.outcome == "dropped"
        edge = theme.bad if dead else theme.muted if ended else theme.accent if reached else theme.link
        fill = edge if told else theme.panel
        painter.setPen(look.pen(edge, 2.2 if reached else 1.4, not reached))
        painter.setBrush(look.colour(fill))
        painter.drawEllipse(at, RADIUS, RADIUS)
        ink = theme.panel if told else edge if dead else theme.ink if reached and not ended else theme.muted
        glyphs.draw(painter, self._icon(knot, stop), at.x() - 9, at.y() - 9, 18, ink)
        if ended:
            self._badge(painter, at, dead, edge)

    def _icon(self, knot: Knot, stop: Stop | None) -> str:
        if stop is not None and stop.lost:
            return CABLE
        thing = self.run.scene.things[self._device(knot)]
        return thing.icon or self.run.kinds[thing.kind].icon or "info"

    def _device(self, knot: Knot) -> str:
        assert self.shown is not None
        if knot.stop is not None:
            return self.shown.trail.stops[knot.stop].device
        return knot.hop.dst.partition(".")[0] if knot.hop is not None else ""

    def _badge(self, painter: QPainter, at: QPointF, dead: bool, tint: str) -> None:
        """A cross where it was lost, a bar where it was ignored."""
        corner = at + QPointF(0.75 * RADIUS, 0.75 * RADIUS)
        painter.setPen(look.pen(self.theme.panel, 1.6))
        painter.setBrush(look.colour(tint))
        painter.drawEllipse(corner, BADGE, BADGE)
        painter.setPen(look.pen(self.theme.panel, 2))
        arm = 0.42 * BADGE
        painter.drawLine(corner + QPointF(-arm, -arm if dead else 0), corner + QPointF(arm, arm if dead else 0))
        if dead:
            painter.drawLine(corner + QPointF(-arm, arm), corner + QPointF(arm, -arm))

    def _others(self, painter: QPainter) -> None:
        """How many more copies there are than rows."""
        more = self.shown.trail.more if self.shown is not None else 0
        hidden = sum(1 for knot in self.knots if not self._seen(knot)) + more
        if hidden:
            painter.setFont(look.font(13, 600))
            painter.setPen(look.colour(self.theme.muted))
            area = QRectF(self.rect()).adjusted(0, 0, -4, -2)
            corner = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
            painter.drawText(area, corner, self.words("packet.copies", n=hidden))

    # in words

    def told(self, number: int) -> str:
        """A stop in a few words: which of how many, the device, how it went."""
        if self.shown is None:
            return ""
        stop, count = self.shown.trail.stops[number], len(self.shown.trail.stops)
        device = sentences.name(self.run.scene, self.words, stop.device)
        how = self.words(f"packet.outcome.{stop.outcome}")
        return self.words("packet.stop", n=number + 1, count=count, device=device, how=how)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            knot = self.knot_at(QPointF(event.pos()))
            text = self._tip(knot) if knot is not None else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def _tip(self, knot: Knot) -> str:
        if knot.stop is not None:
            return self.told(knot.stop)
        device = sentences.name(self.run.scene, self.words, self._device(knot))
        return self.words("packet.in_flight", device=device)

    # hands

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        knot = self.knot_at(event.position())
        reachable = knot is not None and knot.stop is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if reachable else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        knot = self.knot_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and knot is not None and knot.stop is not None:
            self.chosen.emit(knot.stop)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = self.shown.stop if self.shown is not None else 0
        last = len(self.shown.trail.stops) - 1 if self.shown is not None else 0
        moves = {Qt.Key.Key_Left: number - 1, Qt.Key.Key_Right: number + 1, Qt.Key.Key_Up: number - 1,
                 Qt.Key.Key_Down: number + 1, Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}  # fmt: skip
        wanted = moves.get(Qt.Key(event.key()))
        if wanted is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif 0 <= wanted <= last and wanted != number:
            self.chosen.emit(wanted)
