"""The pointer on the stage: a click picks or folds, a drag moves the stage, with Ctrl it aims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent

from vizapp.picture.band import folds

if TYPE_CHECKING:
    from vizapp.window.stage import StageView

CLICK = 4  # pixels that a click may wander before it is a drag


class Pointer:
    """Belongs to a stage. grip: where the stage is held while it is dragged; pressed: where a click may end; clicked:
    once there was a click here, whose second one may be double."""

    def __init__(self, stage: StageView) -> None:
        self.stage = stage
        self.grip: QPointF | None = None
        self.pressed: QPointF | None = None
        self.clicked = False

    def press(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.MiddleButton:
            self.grip = event.position()
        elif event.button() == Qt.MouseButton.LeftButton and not self._draws(event):
            self.pressed = event.position()

    def _draws(self, event: QMouseEvent) -> bool:
        """With Ctrl a line is drawn from a thing to its target."""
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        return ctrl and self.stage.aiming.begin(event.position())

    def move(self, at: QPointF) -> None:
        if self.stage.aiming.on:
            self.stage.aiming.pointer = at
            self.stage.update()
        if self.grip is None and self.pressed is not None and (at - self.pressed).manhattanLength() > CLICK:
            self.grip = self.pressed
        if self.grip is not None:
            self._drag(self.grip, at)
        else:
            self._hover(folds(self.stage.thing_at(at)))

    def _drag(self, grip: QPointF, at: QPointF) -> None:
        """The stage goes along, and follows no packet any more."""
        self.stage.camera.end()
        self.stage.setCursor(Qt.CursorShape.ClosedHandCursor)
        self.stage.lens.move(at - grip)
        self.grip = at
        self.stage.update()

    def _hover(self, thing: str | None) -> None:
        if thing != self.stage.hovered:
            self.stage.hovered = thing
            self.look()
            self.stage.update()

    def release(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.grip is None:
            self._end(event.position())
        self.grip = self.pressed = None
        self.look()

    def _end(self, at: QPointF) -> None:
        """What was no drag: it chooses a target, or is a click."""
        if self.stage.aiming.on:
            self.stage.aiming.pointer = at
            self.stage.aiming.choose()
        elif self.pressed is not None:
            self.clicked = True
            self._click(self.stage.thing_at(at))

    def _click(self, name: str | None) -> None:
        """A handle folds or unfolds; anything else is picked."""
        session = self.stage.session
        if name is not None and name != folds(name):
            session.folds.toggle(folds(name) or "")
        else:
            session.select(name)

    def double_click(self, event: QMouseEvent) -> None:
        """On a thing: enter it. Beside all things: everything, as it was laid out. Its first click must have been here:
        that of a double click at home opened the scene."""
        if not self.clicked:
            return
        name = self.stage.thing_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and name in self.stage.laid.boxes:
            self.stage.session.folds.enter(str(name))
        elif event.button() == Qt.MouseButton.LeftButton and name is None:
            self.stage.fit()

    def look(self) -> None:
        """It says what a click would do."""
        cursor = Qt.CursorShape
        plain = cursor.PointingHandCursor if self.stage.hovered else cursor.ArrowCursor
        self.stage.setCursor(cursor.CrossCursor if self.stage.aiming.on else plain)
