"""The flags of what a person did, in hand: picked, dragged along the strip, moved by keys, changed, taken out.

A moved flag moves its act, and the run is computed anew; the other acts stay where they are.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import QMenu

from vizapp.picture import mishap, sentences
from vizapp.run import EDGE
from vizapp.scene.model import Act
from vizapp.window import clock, faults, glyphs, look
from vizapp.window.fault_menu import FaultMenu
from vizapp.window.marks import Flag
from vizapp.window.strip_drawing import LINE

if TYPE_CHECKING:
    from vizapp.window.strip import Strip

GRIP = QRectF(-5, -10, 29, 40)  # pixels around a flag's foot on the line by which it can be held
SLACK = 4.0  # pixels that the hand may tremble before a press is a drag
FINE, COARSE = 1, 10  # pixels that an arrow key moves a flag; with Shift


class Flagging:
    """Belongs to a strip. picked: the number of an act. at: the pixel to which its flag is being dragged."""

    def __init__(self, strip: Strip) -> None:
        self.strip = strip
        self.picked: int | None = None
        self.at: float | None = None
        self._from: QPointF | None = None  # where the press was
        self._offset = 0.0  # from the pointer to the foot of the flag
        self._moving: int | None = None  # what the keys have just moved, so that the next press goes on with it

    # which flags

    @property
    def flags(self) -> list[Flag]:
        """Of all that a person did, also of what is still to come: that is no secret to them."""
        return [flag for flag in self.strip.flags if flag.act is not None and flag.number >= 0]

    def hit(self, at: QPointF) -> Flag | None:
        """The flag that can be held there."""
        held = [flag for flag in self.flags if GRIP.translated(self.strip.x_of(flag.show), LINE).contains(at)]
        return min(held, key=lambda flag: abs(self.strip.x_of(flag.show) - at.x()), default=None)

    @property
    def flag(self) -> Flag | None:
        """The one that is picked."""
        return next((flag for flag in self.flags if flag.number == self.picked), None)

    def pick(self, number: int | None) -> None:
        self.picked, self._moving = number, None
        flag = self.flag
        if flag is not None:
            self.strip.setAccessibleDescription(self.told(flag))
        self.strip.update()

    def told(self, flag: Flag) -> str:
        """What it is, when, and what can be done with it."""
        strip = self.strip
        at = flag.act.at if flag.act is not None else 0
        lines = [strip.said(flag), clock.precisely(at, strip.session.run, strip.words)]
        if strip.session.may_change(flag.number):
            lines.append(strip.words("strip.how"))
        return "\n".join(lines)

    # by hand

    def press(self, at: QPointF) -> bool:
        """Whether a flag is held from now on."""
        flag = self.hit(at)
        self.pick(flag.number if flag is not None else None)
        if flag is None:
            return False
        self._from, self._offset = at, self.strip.x_of(flag.show) - at.x()
        return True

    def drag(self, at: QPointF) -> bool:
        if self._from is None or self.picked is None:
            return False
        far = self.at is not None or (at - self._from).manhattanLength() > SLACK
        if far and self.strip.session.may_change(self.picked):
            self.at = at.x() + self._offset
            self.strip.update()
        return True

    def release(self) -> bool:
        """The flag is let go: its act moves there; one that was only pressed is looked at."""
        if self._from is None:
            return False
        x, self._from, self.at = self.at, None, None
        flag, session = self.flag, self.strip.session
        if flag is not None and x is not None:
            session.move(flag.number, self.strip.time_at(x))
        elif flag is not None and flag.show <= session.fog + EDGE:
            session.pause()
            session.seek(flag.show)
        self.strip.update()
        return True

    # by keys

    def turn(self, by: int) -> bool:
        """Tab: to the next flag, or the one before; False past the last."""
        numbers = [flag.number for flag in self.flags]
        place = numbers.index(self.picked) + by if self.picked in numbers else (0 if by > 0 else len(numbers) - 1)
        if not 0 <= place < len(numbers):
            self.pick(None)
            return False
        self.pick(numbers[place])
        return True

    def key(self, event: QKeyEvent) -> bool:
        """Whether the picked flag wants the key."""
        flag = self.flag
        if flag is None or self.picked is None:
            return False
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                by = COARSE if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else FINE
                self._nudge(flag, -by if event.key() == Qt.Key.Key_Left else by)
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self.take_out(self.picked)
            case Qt.Key.Key_Escape:
                self.pick(None)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Menu:
                self._popup(flag)
            case _:
                return False
        return True

    def _nudge(self, flag: Flag, by: int) -> None:
        number = flag.number
        if not self.strip.session.may_change(number):
            return
        x = self.strip.x_of(flag.show)
        was = flag.act.at if flag.act is not None else 0
        at = self.strip.time_at(x + by)
        if at == was or (at < was) != (by < 0):  # the rounding of times is coarser than the pixel
            at = self.strip.time_at(x + 3 * by)
        self.strip.session.move(number, at, on=self._moving == number)
        self._moving = number
        moved = self.flag
        if moved is not None:
            self.strip.setAccessibleDescription(self.told(moved))

    def take_out(self, number: int) -> None:
        """It was not done; what else was done stays."""
        if self.strip.session.may_change(number):
            self.pick(None)
            self.strip.session.change(number, None)

    # by menu

    def _popup(self, flag: Flag) -> None:
        menu = QMenu(self.strip)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill(menu, flag)
        menu.popup(self.strip.mapToGlobal(QPoint(round(self.strip.x_of(flag.show)), round(LINE))))

    def fill(self, menu: QMenu, flag: Flag) -> None:
        """What can be done with a flag: another degree, the moment that the clock shows, taken out."""
        act, strip = flag.act, self.strip
        session, words, theme = strip.session, strip.words, strip.theme
        if act is None or not session.may_change(flag.number):
            return
        self._degrees(menu, flag.number, act)
        if act.at != session.t:
            now = clock.clock(session.t, session.run, words)
            text = words("strip.move-here", t=now)
            menu.addAction(glyphs.icon("target", theme.muted, 18), text).triggered.connect(
                lambda: session.move(flag.number, session.t))  # fmt: skip
        text = f"{words('strip.remove')}\t{words('key.delete')}"
        menu.addAction(glyphs.icon("close", theme.bad, 18), text).triggered.connect(lambda: self.take_out(flag.number))

    def _degrees(self, menu: QMenu, number: int, act: Act) -> None:
        strip, now = self.strip, mishap.degree(act)
        if not now or mishap.ends(act):
            return
        for amount in faults.AMOUNTS[act.verb]:
            action = menu.addAction(mishap.said_degree(act.verb, amount, strip.words))
            action.setCheckable(True)
            action.setChecked(amount == now)
            action.triggered.connect(partial(self._grade, number, act, amount))
        menu.addSeparator()

    def _grade(self, number: int, act: Act, amount: str, _: bool = False) -> None:
        self.strip.session.change(number, faults.graded(act, amount))

    def offer_faults(self, menu: QMenu, x: float) -> None:
        """What may befall what is picked on the stage at that moment, and the palette for anything else."""
        strip, session = self.strip, self.strip.session
        at = strip.time_at(x)
        told = strip.words("strip.at", t=clock.clock(at, session.run, strip.words))
        inside = menu.addMenu(told)
        if session.selected is not None:
            name = sentences.about(session.selected, session.run.scene, strip.words)
            inside.addSection(name)
            FaultMenu(session, strip.words, strip.theme, partial(self._schedule, at), at).fill(inside, session.selected)
            inside.addSeparator()
        action = inside.addAction(f"{strip.words('command.faults')}…")
        action.triggered.connect(lambda: session.faulting.emit(session.selected or "", at))

    def _schedule(self, at: int, act: Act) -> None:
        self.strip.session.schedule(act, at)

    # showing

    def paint(self, painter: QPainter) -> None:
        """The ring around the picked flag; while it is dragged, where it goes and when that is."""
        flag, strip = self.flag, self.strip
        if flag is None:
            return
        x = strip.x_of(flag.show) if self.at is None else self.at
        painter.setPen(look.pen(strip.theme.accent, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(x, LINE + 8, 21, 22), 6, 6)
        if self.at is None:
            return
        painter.drawLine(QPointF(x, LINE - 12), QPointF(x, LINE + 14))
        text = clock.clock(strip.time_at(self.at), strip.session.run, strip.words)
        font = look.font(14, 600, True)
        painter.setFont(font)
        wide = QFontMetricsF(font).horizontalAdvance(text) + 16
        box = QRectF(min(max(x - wide / 2, 0), strip.width() - wide), LINE - 34, wide, 22)
        painter.setBrush(look.colour(strip.theme.accent))
        painter.drawRoundedRect(box, 6, 6)
        painter.setPen(look.colour(strip.theme.on_accent))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
