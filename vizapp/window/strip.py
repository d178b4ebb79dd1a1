"""The strip under the stage: the run from its beginning to its end, graduated in true time, blank beyond the fog."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolTip, QWidget

from vizapp.compare import Comparison
from vizapp.compare.whatif import Otherwise
from vizapp.picture import service
from vizapp.picture.spread import in_turn
from vizapp.picture.theme import Theme
from vizapp.run import EDGE, Run
from vizapp.scene import measures
from vizapp.sim.pace import Compressed
from vizapp.sim.timeline import Flight
from vizapp.window import clock, graduation, look, marks
from vizapp.window import strip_drawing as drawing
from vizapp.window.flagging import Flagging
from vizapp.window.marks import Flag
from vizapp.window.picked import name_of
from vizapp.window.pulse import Pulse
from vizapp.window.session import Session
from vizapp.window.strip_drawing import LINE, MARGIN, Lanes
from vizapp.window.whatif import offer
from vizapp.words import Words

APART = 92.0  # pixels between two times
NEAR = 5.0  # pixels that a click may be away from a mark, or wander before it is a drag
FLAGGED = ("balancer.down", "balancer.up")  # events that have a text `flag.NAME`


class Strip(QWidget):
    """Drag to look at another moment. Its map from pixels to show seconds is linear; true time is written on it."""

    def __init__(self, session: Session, words: Words, theme: Theme) -> None:
        super().__init__()
        self.session, self.words, self.theme = session, words, theme
        self.lanes = _lanes(session)
        self.setFixedHeight(self.lanes.height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._drawn: QPixmap | None = None
        self._made_of: object = None
        self._packets: dict[str, list[float]] = {}
        self.flags: list[Flag] = []
        self._flag_shows: list[float] = []
        self._breaks: list[tuple[float, Compressed]] = []
        self._ticks: list[graduation.Tick] = []
        self._losses: dict[str, list[float]] = {}
        self._bands: list[marks.Band] = []
        self.left = MARGIN  # pixels at the left of the line
        self._head: tuple[float, int] = (0.0, 0)
        self._resume = False
        self._pressed = QPointF()
        self.flagging = Flagging(self)
        session.moved.connect(self._moved)
        session.asked.connect(self.update)
        self.pulse = Pulse(session, self)
        self.pulse.beat.connect(self._beat)
        self.set_words(words)

    def sizeHint(self) -> QSize:
        return QSize(600, self.lanes.height)

    def set_words(self, words: Words) -> None:
        self.words = words
        self.setAccessibleName(words("strip.title"))
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self.theme, self._drawn = theme, None
        self.update()

    # the map

    def x_of(self, show: float) -> float:
        """Where a show second lies."""
        length, left = self.session.length, self.left
        return left + (min(show, length) / length if length > 0 else 0.0) * (self.width() - left - MARGIN)

    def show_at(self, x: float) -> float:
        """The show second of a place."""
        wide = self.width() - self.left - MARGIN
        return min(max((x - self.left) / wide, 0.0), 1.0) * self.session.length if wide > 0 else 0.0

    def time_at(self, x: float) -> int:
        """The true ns of a place, with no more digits than a pixel tells apart."""
        pace, show = self.session.run.pace, self.show_at(x)
        t = pace.true(show)
        near = abs(pace.true(self.show_at(x + 1)) - t) or abs(t - pace.true(self.show_at(x - 1))) or 1
        unit = 10 ** (len(str(near)) - 1)
        return round(t / unit) * unit

    # what it is made of

    def _beat(self) -> None:
        run = self.session.run
        self.setAccessibleDescription(clock.clock(self.session.t, run, self.words))
        made_of = (run.timeline, run.timeline.end, tuple(map(str, run.acts)), run.busy, run.pace)
        if made_of != self._made_of:
            self._made_of = made_of
            self._gather()
            self._drawn = None
            self.update()
        elif not self.session.playing:
            self.update()

    def _gather(self) -> None:
        run = self.session.run
        self._packets = marks.packets(run.timeline, run.pace)
        self._losses = marks.losses(run.timeline, run.pace)
        self.lanes = replace(self.lanes, protocols=tuple(self._packets))
        self.left = self.lanes.left(self.words)
        self.flags = marks.flags(run, FLAGGED)
        self._flag_shows = [flag.show for flag in self.flags]
        self._breaks = marks.breaks(run.pace)
        self._bands = marks.bands(run)
        self._ticks = [] if clock.steps(run) else graduation.ticks(run.pace, self.x_of, APART)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._drawn = None
        self._gather()

    def _moved(self) -> None:
        x, flags = self.x_of(self.session.show), bisect_right(self._flag_shows, self.session.fog + EDGE)
        before, known = self._head
        self._head = (x, flags)
        if flags != known or abs(x - before) > 60 or self.lanes.banded:
            self.update()
        else:
            left = int(min(x, before)) - 60
            self.update(QRect(left, 0, int(abs(x - before)) + 120, self.height()))

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._made_of is None:
            self._beat()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        fog = min(self.session.fog, self.session.length)
        edge, now = self.x_of(fog), self.x_of(self.session.show)
        self._line(painter, edge, now)
        self._paint_bands(painter, fog)
        self._marks(painter, edge)
        self._graduate(painter, fog)
        self._paint_flags(painter, fog)
        self._chain(painter)
        self.flagging.paint(painter)
        self._cursor(painter, now)

    def _line(self, painter: QPainter, edge: float, now: float) -> None:
        theme, right = self.theme, self.width() - MARGIN
        painter.setPen(Qt.PenStyle.NoPen)
        for end, tint in ((right, theme.hairline), (edge, theme.link), (now, theme.accent)):
            if end > self.left:
                painter.setBrush(look.colour(tint))
                painter.drawRoundedRect(QRectF(self.left, LINE - 2.5, end - self.left, 5), 2.5, 2.5)
        if edge < right - 4:
            gaps = QPen(look.colour(theme.panel), 6)
            gaps.setCapStyle(Qt.PenCapStyle.FlatCap)
            gaps.setDashPattern([0.5, 1.0])
            painter.setPen(gaps)
            painter.drawLine(QPointF(edge + 9, LINE), QPointF(right, LINE))  # the fog: a dotted line, nothing on it

    def _paint_bands(self, painter: QPainter, fog: float) -> None:
        """Who serves, as far as it was seen."""
        scene = self.session.run.scene
        tints = service.tints_of((each.band for each in self._bands), scene, self.theme)
        drawing.lane_names(painter, self.theme, self.lanes, self.words, self.left)
        for band in self._bands:
            if band.start < fog:
                seen = marks.until(band, fog, self.session.fog_t)
                colours = service.band_look(seen.band, tints, self.theme)
                drawing.band(painter, seen, colours, service.band_texts(seen.band, scene, self.words), self.x_of)

    def _marks(self, painter: QPainter, edge: float) -> None:
        if self._drawn is None:
            width, ratio = self.width(), self.devicePixelRatioF()
            self._drawn = drawing.marks_drawn(
                width, ratio, self.theme, self._packets, self._losses, self.lanes, self.x_of
            )
        ratio = self._drawn.devicePixelRatioF()
        high = self._drawn.height() / ratio
        target = QRectF(0, self.lanes.top - 3, edge, high)
        painter.drawPixmap(target, self._drawn, QRectF(0, 0, edge * ratio, high * ratio))

    def _graduate(self, painter: QPainter, fog: float) -> None:
        theme = self.theme
        font = look.font(14, 400, True)
        measure = QFontMetricsF(font)
        painter.setFont(font)
        taken: list[tuple[float, float]] = []
        y = self.height() - 6
        waits = [(self.x_of(show), drawing.said_break(wait, self.words)) for show, wait in self._breaks if show <= fog]
        spans = [(x, measure.horizontalAdvance(text)) for x, text in waits]
        for (x, text), (_, wide), left in zip(waits, spans, in_turn(spans, 16.0, 0.0, self.width()), strict=True):
            drawing.paused(painter, theme, x)
            if left is not None:
                painter.setPen(look.colour(theme.muted))
                painter.drawText(QPointF(left, y), text)
                taken.append((left, left + wide))
        for tick in self._ticks:
            if tick.show > fog + EDGE:
                break
            text = tick.said(self.words)
            x, half = self.x_of(tick.show), measure.horizontalAdvance(text) / 2
            at = min(max(x - half, 0.0), self.width() - 2 * half)
            if any(at - 14 < right and left < at + 2 * half + 14 for left, right in taken):
                continue
            taken.append((at, at + 2 * half))
            painter.setPen(look.pen(theme.link, 1.4))
            if not self.lanes.banded:
                painter.drawLine(QPointF(x, LINE + 4), QPointF(x, LINE + 8))
            painter.setPen(look.colour(theme.muted))
            painter.drawText(QPointF(at, y), text)

    def _paint_flags(self, painter: QPainter, fog: float) -> None:
        """What may be told: steps above the line, what was done below; words are left out where there is no room."""
        seen = self.flags[: bisect_right(self._flag_shows, fog + EDGE)]
        now = self.session.step + 1
        steps = [(self.x_of(flag.show), flag.number) for flag in seen if flag.kind == "step"]
        drawing.step_flags(painter, self.theme, steps, now, float(self.width()))
        done = [flag for flag in seen if flag.kind != "step"]
        done += [flag for flag in self.flagging.flags if flag.show > fog + EDGE]
        free = 0.0
        for index, flag in enumerate(done):
            end = self.x_of(done[index + 1].show) if index + 1 < len(done) else float(self.width())
            x, text = self.x_of(flag.show), self.said(flag)
            y = self.lanes.words
            free = drawing.act_flag(painter, self.theme, x, flag.kind, text, end, free, y, marks.glyph(flag))

    def _chain(self, painter: QPainter) -> None:
        """Why something happened: the moments of its chain, tied together; the one that is looked at is filled."""
        why = self.session.inquiry.shown
        if why is not None:
            inquiry = self.session.inquiry
            places = [(self.x_of(show), number) for show, number in inquiry.moments(why)]
            drawing.chained(painter, self.theme, places, inquiry.place)

    def said(self, flag: Flag) -> str:
        """A flag in a few words."""
        return marks.said(flag, self.session.run.scene, self.words)

    def _cursor(self, painter: QPainter, x: float) -> None:
        theme = self.theme
        painter.setPen(look.pen(theme.accent, 3))
        painter.setBrush(look.colour(theme.panel))
        painter.drawEllipse(QPointF(x, LINE), 8, 8)
        if self.hasFocus():
            painter.setPen(look.pen(theme.ink, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(x, LINE), 11, 11)

    # hands

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self.flagging.press(event.position()):
            self._pressed = event.position()
            self._resume = self.session.playing
            self.session.pause()
            self.session.seek(self.show_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and not self.flagging.drag(event.position()):
            self.session.seek(self.show_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.flagging.release():
            return
        if (event.position() - self._pressed).manhattanLength() < NEAR:
            self._pick(event.position())
        if self._resume:
            self._resume = False
            self.session.play()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes from flag to flag, then on."""
        return self.flagging.turn(1 if forward else -1) or super().focusNextPrevChild(forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.flagging.key(event):
            return
        match event.key():
            case Qt.Key.Key_Left:
                if not self.session.inquiry.step(-1):
                    self.session.previous_event()
            case Qt.Key.Key_Right:
                if not self.session.inquiry.step(1):
                    self.session.next_event()
            case Qt.Key.Key_Home:
                self.session.seek(0.0)
            case Qt.Key.Key_End:
                self.session.seek(self.session.furthest)
            case _:
                super().keyPressEvent(event)

    def _pick(self, at: QPointF) -> None:
        """A click on the mark of a packet picks it, at the moment when it set off."""
        hop = self.packet_at(at)
        if hop is not None:
            self.session.seek(self.session.run.pace.show_end(hop.departs))
            self.session.select(name_of(hop.packet.id))

    def packet_at(self, at: QPointF) -> Flight | None:
        """The first hop of the packet whose mark is nearest to a place; nothing in the fog."""
        lane, pace = int((at.y() - self.lanes.top) // self.lanes.each), self.session.run.pace
        found = [(abs(self.x_of(show) - at.x()), hop.id, hop) for hop in marks.first_hops(self.session.run.timeline)
                 if self.lanes.of(hop.packet.protocol) == lane
                 and (show := pace.show_end(hop.departs)) <= self.session.fog + EDGE]  # fmt: skip
        away, _, hop = min(found, default=(NEAR + 1, 0, None))
        return hop if away <= NEAR else None

    def flag_at(self, x: float) -> Flag | None:
        """The flag nearest to a place, among those that may be told: what a person did always may."""
        fog = self.session.fog + EDGE
        near = [flag for flag in self.flags if (flag.show <= fog or (flag.act is not None and flag.number >= 0))
                and abs(self.x_of(flag.show) - x) < 12]  # fmt: skip
        return min(near, key=lambda flag: abs(self.x_of(flag.show) - x)) if near else None

    def told_at(self, x: float) -> str:
        """What the pointer is told there: nothing in the fog."""
        show = self.show_at(x)
        flag = self.flag_at(x)
        if flag is not None and flag.act is not None and flag.number != marks.SCRIPTED:
            return self.flagging.told(flag)
        if show > self.session.fog + EDGE:
            return self.words("strip.fog")
        lines = [clock.precisely(self.session.run.pace.true(show), self.session.run, self.words)]
        if flag is not None:
            lines.append(self.said(flag))
        reach = 4 / max(self.width(), 1) * self.session.length
        for protocol, shows in sorted(self._packets.items()):
            count = sum(1 for each in shows if abs(each - show) < reach and each <= self.session.fog)
            if count:
                lines.append(f"{protocol.upper()} × {count}" if count > 1 else protocol.upper())
        return "\n".join(lines)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.told_at(event.pos().x()), self)
            return True
        return super().event(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        flag, hop = self.flag_at(event.pos().x()), self.packet_at(QPointF(event.pos()))
        menu = QMenu(self)
        told = marks.told(flag, hop, self.session.run)
        if told is not None:
            menu.addAction(self.words("command.why")).triggered.connect(lambda: self.session.inquiry.ask(told))
        offer(menu, self.session, self.words, self.theme, flag.act if flag is not None else None)
        if flag is not None and flag.number != marks.SCRIPTED:
            self.flagging.pick(flag.number if flag.act is not None else None)
            self.flagging.fill(menu, flag)
        self.flagging.offer_faults(menu, event.pos().x())
        menu.exec(event.globalPos())


def _lanes(session: Session) -> Lanes:
    """Sides have more to mark than one scene, and say where they part."""
    sides = 2 if isinstance(session.run, Otherwise) else 1
    return Lanes(banded=_banded(session), sides=sides, apart=isinstance(session.run, Comparison))


def _banded(session: Session) -> bool:
    """Whether the scene tells who serves: then there is room for bands from the start, so that nothing moves later."""
    run = session.run
    return isinstance(run, (Run, Otherwise)) and measures.serves(run.scene)
