"""The camera: while a packet is followed, the stage moves so that the packet stays in its middle."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF

from vizapp.picture import motion
from vizapp.picture.shapes import Rect
from vizapp.picture.wake import spot
from vizapp.sim.trail import trail
from vizapp.window.picked import name_of

if TYPE_CHECKING:
    from vizapp.window.stage import StageView

CLOSE = 1.7  # zoom at which a packet is followed, unless the person has chosen one
EDGE = 12.0  # units of the picture that are left around a card
JUMP = 24.0  # pixels from one frame to the next beyond which the camera eases instead of moving along
NEVER = -1e9


class Camera(QObject):
    """Where it looks is computed from the packet and from how long ago that jumped; it has no timer of its own.

    `middle` is the place of the picture in the middle of the widget. A jump (a scrub, another cable, another packet)
    leaves a gap between where it looked and where it should, which closes within `motion.EASE` seconds.
    """

    def __init__(self, stage: StageView) -> None:
        super().__init__(stage)
        self.stage = stage
        self.packet: int | None = None
        self.own_zoom = False  # whether the camera came closer by itself, and so goes back by itself
        self.middle: QPointF | None = None
        self._aim: QPointF | None = None  # where it should look, at the frame before
        self._gap, self._zoom_gap = QPointF(0, 0), 0.0
        self._since = NEVER  # monotonic second of the last jump
        self.gliding = False  # whether it still has a way to go although the packet may rest
        session = stage.session
        session.tracked.connect(self.track)
        session.moved.connect(self.keep)
        session.changed.connect(self.keep)
        session.ticked.connect(self._glide)

    # when it moves

    def track(self) -> None:
        """Another packet may be followed, or none."""
        if self.stage.session.followed != self.packet:
            self.follow(self.stage.session.followed)
            self.stage.update()

    def keep(self) -> None:
        """Keep the packet in sight."""
        if self.packet is not None and self.stage.isVisible():
            self.move()

    def _glide(self) -> None:
        if self.gliding and self.stage.isVisible():
            self.move()

    def end(self) -> None:
        """The person looks elsewhere: nothing is followed any more, and the stage stays as it is."""
        followed = self.packet is not None
        self.let_go()
        if followed:
            self.stage.session.follow(None)

    # where it looks

    def follow(self, packet: int | None) -> None:
        """Stay with another packet, or with none: then back to the whole, if the camera had come closer by itself."""
        lens = self.stage.lens
        if packet is not None and self.packet is None:
            self.own_zoom = lens.whole
            self.middle = self._looked_at()
        self.packet = packet
        self._aim = None
        if packet is None and not self.own_zoom:
            self.middle = None
        self.move()

    def let_go(self) -> None:
        """The person moved the stage: it stays as it is."""
        self.packet, self.own_zoom, self.middle, self.gliding = None, False, None, False

    def move(self, now: float | None = None) -> None:
        """Look where the packet is now (a monotonic second)."""
        now = monotonic() if now is None else now
        aim = self._wanted()
        if aim is None or self.middle is None:
            return
        if self._aim is None or self._far(aim, self._aim) > JUMP:
            self._gap, self._zoom_gap = self.middle - aim, self.stage.lens.zoom - self._zoom()
            self._since = NEVER if self.stage.reduced_motion else now
            self.stage.session.stir(2 * motion.EASE)
        self._aim = aim
        left = 1.0 - motion.ease((now - self._since) / motion.EASE)
        self.gliding = left > 0.0
        self._look(aim + self._gap * left, self._zoom() + self._zoom_gap * left)
        if self.packet is None and left <= 0.0:
            self.stage.lens.fit()
            self.let_go()

    def _zoom(self) -> float:
        """The zoom that it goes to."""
        if not self.own_zoom:
            return self.stage.lens.zoom
        return CLOSE if self.packet is not None else 1.0

    def _wanted(self) -> QPointF | None:
        """The place of the picture to look at: the packet; without one, the middle of the whole."""
        width, height = self._size
        if self.packet is None:
            return QPointF(width / 2, height / 2) if self.own_zoom else None
        session = self.stage.session
        frame = session.run.frame(session.t)
        found = trail(frame, self.packet)
        where = spot(found, frame, self.stage.laid) if found is not None else None
        return None if where is None else self._within(self._with_card(QPointF(*where)))

    def _with_card(self, at: QPointF) -> QPointF:
        """The place nearest to the packet from which its card is seen whole as well, if there is one."""
        name = name_of(self.packet or 0)
        cards = [shape for layer in self.stage.picture.layers[-1:] for shape in layer.shapes
                 if isinstance(shape, Rect) and shape.shadow and shape.of == name]  # fmt: skip
        if not cards:
            return at
        card, (width, height) = cards[0], self._size
        zoom = max(self._zoom(), 1.0)
        return QPointF(
            _nearest(at.x(), card.x, card.x + card.w, width / zoom / 2 - EDGE),
            _nearest(at.y(), card.y, card.y + card.h, height / zoom / 2 - EDGE),
        )

    def _within(self, at: QPointF) -> QPointF:
        """The nearest place that may stand in the middle without a look past the edges of the picture."""
        width, height = self._size
        zoom = max(self._zoom(), 1.0)
        x, y = width / zoom / 2, height / zoom / 2
        return QPointF(min(max(at.x(), x), width - x), min(max(at.y(), y), height - y))

    @property
    def _size(self) -> tuple[float, float]:
        return float(self.stage.width()), float(self.stage.height())

    def _looked_at(self) -> QPointF:
        width, height = self._size
        return QPointF(*self.stage.lens.on_picture(QPointF(width / 2, height / 2)))

    def _look(self, middle: QPointF, zoom: float) -> None:
        width, height = self._size
        lens = self.stage.lens
        self.middle, lens.zoom = middle, zoom
        lens.shift = QPointF(width / 2 - middle.x() * zoom, height / 2 - middle.y() * zoom)
        self.stage.update()

    def _far(self, one: QPointF, other: QPointF) -> float:
        return (one - other).manhattanLength() * self.stage.lens.zoom


def _nearest(at: float, start: float, end: float, half: float) -> float:
    """The middle, nearest to `at`, of a stretch of twice `half` that holds `at` and all from `start` to `end`; where it
    is not long enough, `at` itself."""
    low, high = max(end - half, at - half), min(start + half, at + half)
    return min(max(at, low), high) if low <= high else at
