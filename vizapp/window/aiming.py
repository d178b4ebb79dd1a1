"""Choosing a target on the stage: a line from the sender to the pointer, or to what the keyboard has picked."""

from __future__ import annotations

from functools import partial
from math import atan2, cos, pi, sin
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPolygonF
from PySide6.QtWidgets import QMenu

from vizapp.picture import sentences
from vizapp.picture.measure import Face, advance
from vizapp.scene.model import Act
from vizapp.window import glyphs, look
from vizapp.window.deeds import fits, verb_name, verbs_of

if TYPE_CHECKING:
    from vizapp.window.stage import StageView

HEAD = 13.0  # pixels of the arrow's head
TALL = 1080  # the height that the sizes of a show are meant for


class Aiming:
    """Belongs to a stage. pointer: where the mouse is, while it is what points."""

    def __init__(self, stage: StageView) -> None:
        self.stage = stage
        self.pointer: QPointF | None = None

    @property
    def on(self) -> bool:
        return self.stage.session.aim is not None

    # choosing

    def begin(self, at: QPointF) -> bool:
        """Ctrl and the mouse: drag from a thing to another. Whether something can be sent from there."""
        session, name = self.stage.session, self.thing_under(at)
        thing = session.run.scene.things.get(name or "")
        known = verbs_of(session, thing) if thing is not None else []
        verbs = [verb.name for verb in known if verb.args[1:] == ("address",)]
        if thing is None or not verbs or session.run.frame(session.t).failed(thing.id):
            return False
        self.pointer = at
        session.take_aim(thing.id, *verbs)
        return True

    def thing_under(self, at: QPointF) -> str | None:
        """The innermost box there, whatever lies upon it."""
        x, y = self.stage.lens.on_picture(at)
        boxes = [box for box in self.stage.laid.boxes.values() if box.area.holds(x, y)]
        return max(boxes, key=lambda box: box.depth).id if boxes else None

    @property
    def target(self) -> str | None:
        """What is pointed at, if it can be meant."""
        session, aim = self.stage.session, self.stage.session.aim
        name = self.thing_under(self.pointer) if self.pointer is not None else session.selected
        thing = session.run.scene.things.get(name or "")
        if thing is None or aim is None:
            return None
        sender = session.run.scene.things[aim.thing]
        verbs = [verb for verb in session.run.kinds[sender.kind].verbs if verb.name in aim.verbs]
        return thing.id if any(fits(session, verb, sender, thing) for verb in verbs) else None

    def choose(self) -> None:
        """Send it to what is pointed at; of several verbs, ask which."""
        session, target = self.stage.session, self.target
        aim = session.aim
        if target is None or aim is None:
            return
        session.drop_aim()
        if len(aim.verbs) == 1:
            session.attempt(Act(aim.verbs[0], (aim.thing, target)))
            return
        menu = QMenu(self.stage)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for verb in aim.verbs:
            action = menu.addAction(glyphs.icon("send", self.stage.theme.muted, 18), self._said((verb,), target))
            action.triggered.connect(partial(_attempt, session, Act(verb, (aim.thing, target))))
        menu.popup(self.stage.mapToGlobal(self._middle(target).toPoint()))

    # showing

    @property
    def said(self) -> str:
        """What is being done, and how to go on."""
        aim, words = self.stage.session.aim, self.stage.words
        return f"{self._said(aim.verbs, self.target)}  ·  {words('aim.how')}" if aim is not None else ""

    def _said(self, verbs: tuple[str, ...], target: str | None) -> str:
        """`Ping: VM 1 → Server`."""
        session, words = self.stage.session, self.stage.words
        scene, aim = session.run.scene, session.aim
        verb = verb_name(words, verbs[0]) if len(verbs) == 1 else words("aim.send")
        if aim is None:
            return verb
        return words("aim.said", verb=verb, a=sentences.name(scene, words, aim.thing),
                     b=sentences.name(scene, words, target) if target else "?")  # fmt: skip

    def paint(self, painter: QPainter) -> None:
        aim = self.stage.session.aim
        if aim is None or self.stage.area_of(aim.thing) is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        target = self.target
        for thing in (aim.thing, target):
            if thing is not None:
                self._ring(painter, thing)
        middle = self._middle(aim.thing)
        if target is not None:
            self._line(painter, self._edge(aim.thing, self._middle(target)), self._edge(target, middle))
        elif self.pointer is not None:
            self._line(painter, self._edge(aim.thing, self.pointer), self.pointer)
        self._banner(painter)

    def _middle(self, thing: str) -> QPointF:
        area = self.stage.area_of(thing)
        return self.stage.lens.on_widget(area).center() if area is not None else QPointF()

    def _edge(self, thing: str, towards: QPointF) -> QPointF:
        """Where a line from the middle of a thing leaves its box."""
        area = self.stage.area_of(thing)
        if area is None:
            return towards
        box = self.stage.lens.on_widget(area.grown(4))
        middle = box.center()
        dx, dy = towards.x() - middle.x(), towards.y() - middle.y()
        share = min(box.width() / 2 / max(abs(dx), 1e-6), box.height() / 2 / max(abs(dy), 1e-6), 1.0)
        return QPointF(middle.x() + dx * share, middle.y() + dy * share)

    def _ring(self, painter: QPainter, thing: str) -> None:
        area = self.stage.area_of(thing)
        if area is not None:
            painter.setPen(look.pen(self.stage.theme.accent, 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.stage.lens.on_widget(area.grown(4)), 12, 12)

    def _line(self, painter: QPainter, a: QPointF, b: QPointF) -> None:
        tint = self.stage.theme.accent
        painter.setPen(look.pen(tint, 2.5, dashed=True))
        painter.drawLine(a, b)
        angle = atan2(b.y() - a.y(), b.x() - a.x())
        turns = (angle + pi / 7, angle - pi / 7)
        wings = [QPointF(b.x() - HEAD * cos(turn), b.y() - HEAD * sin(turn)) for turn in turns]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(tint))
        painter.drawPolygon(QPolygonF([b, *wings]))
        painter.drawEllipse(a, 5, 5)

    def _banner(self, painter: QPainter) -> None:
        """At the top of the stage; large in a show."""
        stage, text = self.stage, self.said
        size = round(30 * max(0.6, stage.height() / TALL)) if stage.level == "show" else 15
        width = advance(text, Face(weight=600), size) + 2.4 * size
        box = QRectF((stage.width() - width) / 2, 0.8 * size, width, 2.2 * size)
        painter.setPen(look.pen(stage.theme.accent, 1.6))
        painter.setBrush(look.colour(stage.theme.panel))
        painter.drawRoundedRect(box, size * 0.6, size * 0.6)
        painter.setPen(look.colour(stage.theme.ink))
        painter.setFont(look.font(size, 600))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _attempt(session, act: Act, _: bool = False) -> None:  # type: ignore[no-untyped-def]
    session.attempt(act)
