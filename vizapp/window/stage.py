"""The stage: one widget that paints the composed picture of the moment, and lets one zoom, pick and act."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolTip, QWidget

from vizapp.paint import Cache, paint
from vizapp.picture import foot, motion
from vizapp.picture.answer import above
from vizapp.picture.band import folds
from vizapp.picture.compose import caption
from vizapp.picture.foot import Foot
from vizapp.picture.pick import pick
from vizapp.picture.shapes import Layer, Picture
from vizapp.picture.sizes import Level
from vizapp.picture.stage import Area, Stage
from vizapp.picture.theme import Theme
from vizapp.picture.view import View
from vizapp.window import look
from vizapp.window.aiming import Aiming
from vizapp.window.camera import Camera
from vizapp.window.crumbs import PLACE, Crumbs
from vizapp.window.easing import Easing
from vizapp.window.lens import NOTCH, Lens
from vizapp.window.pointer import Pointer
from vizapp.window.reach import area_of, reading_order, towards
from vizapp.window.session import Session
from vizapp.window.stage_menu import stage_menu
from vizapp.window.told import looked, told
from vizapp.words import Words


class StageView(QWidget):
    """What the session shows, at level `explore` or `show`. Drawing reads and never writes; it has no timer."""

    inspected = Signal()  # Enter on what is picked

    def __init__(self, session: Session, words: Words, theme: Theme, level: Level = "explore") -> None:
        super().__init__()
        self.session, self.words, self.theme, self.level = session, words, theme, level
        self.lens = Lens()
        self.camera = Camera(self)
        self.hovered: str | None = None
        self.kept = 0.0  # pixels at the bottom that are kept for what is said below
        self.table_shown: bool | None = None  # None: as the step says
        self.reduced_motion = False
        self.by_key = False  # the focus came by the keyboard, so it has to be seen
        self.aiming = Aiming(self)
        self.pointer = Pointer(self)
        self._cache = Cache()
        self._picture: Picture | None = None
        self._composed_of: object = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.crumbs = Crumbs(session, self)
        self.easing = Easing()
        session.ticked.connect(self._go_on)
        for signal in (session.moved, session.changed, session.picked, session.asked, session.peeled):
            signal.connect(self.update)
        session.peeled.connect(self._entered)
        session.picked.connect(self._tell)
        session.aimed.connect(self._aim)
        self.set_words(words)

    # what is shown

    @property
    def view(self) -> View:
        """How the run is looked at now."""
        seen = looked(self.session, self.words, self.theme, self.level, self._size, self.table_shown)
        seen = replace(seen, hovered=self.hovered, reduced_motion=self.reduced_motion)
        if self.kept:
            return above(self._laid, seen, self.kept)
        below = self.foot
        return foot.above(seen, below) if below is not None else seen

    @property
    def foot(self) -> Foot | None:
        """The line of sources below, where it is wished and nothing else is said there."""
        if self.kept or self.level == "side":
            return None
        return self.session.citing.foot(View(self._size, self.words.lang, self.theme, self.level))

    @property
    def _size(self) -> tuple[float, float]:
        return float(max(self.width(), 160)), float(max(self.height() - self.lens.top, 120))

    @property
    def picture(self) -> Picture:
        """The picture of this moment; looked at more closely it leaves the caption and what stands below it to the
        widget's own edge."""
        view, run = self.view, self.session.run
        view = view if self.lens.whole else replace(view, caption=None)
        below = self.foot if self.lens.whole else None
        view = replace(view, eased=self._eased(view))
        made_of = (view, self.session.show, self.session.t, run.timeline, run.timeline.end, below)
        if self._picture is None or made_of != self._composed_of:
            self._composed_of = made_of
            made = run.picture(self.session.show, view, self.session.t)
            self._picture = made if below is None else foot.below(made, below, replace(view, size=self._size))
        return self._picture

    def _eased(self, view: View) -> tuple[Stage, float] | None:
        """How far one is from the layout before, where the structure of what is seen changed."""
        if self.reduced_motion or not self.isVisible():
            return None
        eased = self.easing.of(self._laid(view))
        if eased is not None:
            self.session.stir(2 * motion.EASE)
        return eased

    def _go_on(self) -> None:
        """While a layout gives way to another."""
        if self.easing.under_way:
            self.update()

    @property
    def laid(self) -> Stage:
        """Where everything is, in units of the picture."""
        return self._laid(self.view)

    def _laid(self, view: View) -> Stage:
        return self.session.run.laid(view, self.session.t)

    def set_words(self, words: Words) -> None:
        self.words = words
        self.crumbs.set_words(words)
        self.setAccessibleName(words("stage.title"))
        self._cache.forget()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.crumbs.set_theme(theme)
        self._cache.forget()
        self.update()

    def toggle_table(self) -> None:
        """T: show or hide the table that the step names."""
        showing = self.view.table is not None
        self.table_shown = not showing
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        if self.kept or self.lens.top or not self.lens.whole:
            ground = self.theme.panel if self.level == "side" else self.theme.canvas
            painter.fillRect(self.rect(), look.colour(ground))
        painter.save()
        self.lens.put_on(painter)
        paint(painter, self.picture, cache=self._cache)
        painter.restore()
        if not self.lens.whole:
            painter.save()
            painter.translate(0, self.lens.top)
            self._caption(painter)
            self._foot(painter)
            painter.restore()
        if self.by_key and self.hasFocus() and self.level != "show":
            self._focus(painter)
        self.aiming.paint(painter)

    def _caption(self, painter: QPainter) -> None:
        """The sentence of the step where it always stands, however closely one looks."""
        view, laid = self.view, self.laid
        if view.caption and laid.captioned is not None:
            shapes = tuple(caption(view.caption, laid.captioned, laid.sizes.caption, view.theme))
            paint(painter, Picture(*view.size, None, (Layer(shapes),)))

    def _foot(self, painter: QPainter) -> None:
        """The sources, the same."""
        below = self.foot
        if below is not None:
            whole = Picture(*self.view.size, None, ())
            paint(painter, foot.below(whole, below, replace(self.view, size=self._size)))

    def _focus(self, painter: QPainter) -> None:
        """Keyboard focus: a dashed ring around what is picked, or around the stage."""
        area = self.area_of(self.session.selected)
        where = self.lens.on_widget(area.grown(6)) if area else QRectF(self.rect()).adjusted(2, 2, -2, -2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look.pen(self.theme.accent, 2 if area else 1, dashed=area is not None))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(where, 12 if area else 4, 12 if area else 4)

    def _tell(self) -> None:
        """Screen readers hear of what is picked."""
        names = self.reachable
        if QAccessible.isActive() and self.hasFocus() and self.session.selected in names:
            event = QAccessibleEvent(self, QAccessible.Event.Focus)
            event.setChild(names.index(self.session.selected))
            QAccessible.updateAccessibility(event)

    def _aim(self) -> None:
        """A target is to be chosen, or no more."""
        self.aiming.pointer = None
        self.setAccessibleDescription(self.aiming.said)
        self.pointer.look()
        if self.aiming.on:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.update()

    # places

    def area_of(self, thing: str | None) -> Area | None:
        """Where a thing or a cable is, in units of the picture."""
        return area_of(self.laid, thing)

    def thing_at(self, at: QPointF) -> str | None:
        """The thing, link or packet (`packet:ID`) at a place of the widget."""
        x, y = self.lens.on_picture(at)
        return pick(self.picture, x, y)

    # zoom

    def _entered(self) -> None:
        """Another thing fills the stage, or all do: the whole of it, below what says where one is."""
        self.crumbs.look()
        top = float(self.crumbs.height() + PLACE.y()) if self.session.folds.inside else 0.0
        if top != self.lens.top:
            self.lens.top = top
            self.fit()

    def fit(self) -> None:
        """Everything, as it was laid out; no packet is followed any more."""
        self.camera.end()
        self.lens.fit()
        self.update()

    def keep_whole(self, thing: str) -> None:
        """Show everything again, where a thing is out of sight."""
        area = self.area_of(thing)
        if area is not None and not QRectF(self.rect()).contains(self.lens.on_widget(area)):
            self.fit()

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Closer (above 1) or farther; the place under the pointer stays where it is. A packet that is followed goes
        on being followed, at that zoom."""
        self.lens.zoom_by(factor, at or QPointF(self.width() / 2, self.height() / 2))
        self.camera.own_zoom = False
        self.camera.keep()
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        steps = event.angleDelta().y() / 120
        if steps:
            self.zoom_by(NOTCH**steps, event.position())

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self.camera.packet is not None:
            self.camera.move()
        else:
            self.lens.fit()

    # pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pointer.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointer.move(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.pointer.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.pointer.double_click(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.hovered = None
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            told = self.told(self.thing_at(QPointF(event.pos())))
            QToolTip.showText(event.globalPos(), told, self)
            return True
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom_by(1 + event.value(), event.position())
            return True
        return super().event(event)

    def told(self, thing: str | None) -> str:
        """A thing in a few words: its name, its state, what its face shows; of a handle, what it does."""
        if thing is not None and thing != folds(thing):
            return self.words("stage.unfold" if folds(thing) in self.session.folds.now else "stage.fold")
        return told(self.session, self.words, thing)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() != QContextMenuEvent.Reason.Mouse:
            self.offer()
            return
        self.session.select(folds(self.thing_at(QPointF(event.pos()))))
        self.menu_for(self.session.selected).popup(event.globalPos())

    def offer(self) -> None:
        """The menu of what is picked, upon it."""
        area = self.area_of(self.session.selected)
        at = self.lens.on_widget(area).center() if area is not None else QPointF(self.width() / 2, self.height() / 2)
        self.menu_for(self.session.selected).popup(self.mapToGlobal(at.toPoint()))

    def menu_for(self, thing: str | None) -> QMenu:
        """What may be done to a thing, then how one looks at the stage."""
        return stage_menu(self, thing)

    # keyboard

    @property
    def reachable(self) -> list[str]:
        """Things in order of reading, then cables: what Tab goes through."""
        return reading_order(self.laid)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes from thing to thing, and leaves the stage after the last one."""
        names = self.reachable
        if self.level == "show" and self.session.asking is None:  # a clicker may have this key, and a show no other use
            return self.session.folds.peel() if forward else self.session.folds.put_back()
        if self.level == "show" or not names:
            return super().focusNextPrevChild(forward)
        place = names.index(self.session.selected) if self.session.selected in names else -1 if forward else len(names)
        place += 1 if forward else -1
        if 0 <= place < len(names):
            self.session.select(names[place])
            return True
        self.session.select(None)
        return super().focusNextPrevChild(forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        key = event.key()
        self.by_key = True
        if ctrl and key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(NOTCH)
        elif ctrl and key == Qt.Key.Key_Minus:
            self.zoom_by(1 / NOTCH)
        elif key == Qt.Key.Key_0 and self.level != "show":
            self.fit()
        elif self.aiming.on and key in CHOOSING:
            self._choose(key)
        elif key == Qt.Key.Key_Escape and self.level != "show" and self._left_alone():
            pass
        elif key == Qt.Key.Key_Escape and self.session.selected is not None and self.level != "show":
            self.session.select(None)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.session.selected and self.level != "show":
            self.inspected.emit()
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier and key in ARROWS:
            self.session.select(
                towards(self.laid, self.session.selected, *ARROWS[Qt.Key(key)]) or self.session.selected
            )
        else:
            super().keyPressEvent(event)

    def _left_alone(self) -> bool:
        """Put away what lies upon the stage, then leave what was entered; False where nothing was."""
        return self.session.citing.close() or self.session.inquiry.leave() or self.session.folds.leave()

    def _choose(self, key: int) -> None:
        """Enter: what is picked is meant. Esc: nothing is."""
        self.aiming.pointer = None
        if key == Qt.Key.Key_Escape:
            self.session.drop_aim()
        else:
            self.aiming.choose()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.by_key = event.reason() in BY_KEY
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self.camera.track()
        self.update()


BY_KEY = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
CHOOSING = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)
ARROWS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip
