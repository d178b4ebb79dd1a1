"""The board of a comparison: cards with the stages of its sides, and what is told of them lined up below."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from vizapp.compare import look
from vizapp.paint import Cache, paint
from vizapp.picture import boarded, foot
from vizapp.picture.board import BIG, PAD, Board
from vizapp.picture.compose import caption
from vizapp.picture.foot import Foot
from vizapp.picture.ledger import Ledger
from vizapp.picture.shapes import Layer, Picture
from vizapp.picture.sizes import Level
from vizapp.picture.stage import Area
from vizapp.picture.theme import Theme
from vizapp.picture.view import View
from vizapp.window import glyphs
from vizapp.window.ask_card import AskCard
from vizapp.window.least_hiding import Weighed, matters
from vizapp.window.look import call
from vizapp.window.seats import SideBySide
from vizapp.window.side_view import SideView
from vizapp.window.why_card import WhyCard
from vizapp.words import Words

if TYPE_CHECKING:
    from vizapp.window.contrast_view import ContrastView

NAME, TOLD = 2.0, 6.0  # what it costs to hide the name of a side, and what comes of a step


class BoardView(QWidget):
    """Everything but the stages is painted here, and only when something else is told. `opened`: the scene of a side
    is wanted alone, by the side's number; `inspected`: Enter on what is picked."""

    opened = Signal(int)
    inspected = Signal()

    def __init__(self, session: SideBySide, words: Words, theme: Theme, level: Level = "explore") -> None:
        super().__init__()
        self.session, self.words, self.theme, self.level = session, words, theme, level
        self.active = False  # whether the side that is looked at more closely is told by its edge
        self._cache = Cache()
        self._layers: dict[str, tuple[object, Layer]] = {}
        self._placed_of: object = None
        self._seen_of: object = None
        self._seen: list[View] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.sides = [SideView(seat, words, theme, lambda n=number: self.seen[n])  # type: ignore[misc]
                      for number, seat in enumerate(session.seats)]  # fmt: skip
        self.answers = [self._answer(side) for side in self.sides] if level != "show" else []
        self.doors = [self._door(number) for number in range(len(self.sides))]
        for side in self.sides:
            side.setParent(self)
            side.inspected.connect(self.inspected)
        self.contrast: ContrastView | None = None
        session.contrasted.connect(self._tell_difference)
        self.ask = AskCard(session, words, theme, self) if level != "show" else None
        for signal in (session.moved, session.changed, session.asked, session.turned):
            signal.connect(self._look)
        self._shown: object = None
        self._tell_difference()
        self.set_words(words)

    def _answer(self, side: SideView) -> WhyCard:
        """Says why something happened on a side; what came of things is told below all."""
        return WhyCard(side.seat, self.words, self.theme, side, failures=False)

    def _tell_difference(self) -> None:
        """The answer covers the board; it is made when it is first asked for."""
        if self.contrast is None and self.session.contrasting:
            from vizapp.window.contrast_view import ContrastView

            self.contrast = ContrastView(self.session, self.words, self.theme, self)

    def _door(self, number: int) -> QPushButton:
        """Leads from the name of a side to its scene alone, where it is one."""
        door = QPushButton(self)
        door.setProperty("look", "plain")
        glyphs.wear(door, "fullscreen", "muted", 18)
        door.clicked.connect(lambda: self.opened.emit(number))
        door.setVisible(self.level != "show" and self.session.whole.scene.sides[number].file is not None)
        return door

    # what is shown

    @property
    def view(self) -> View:
        """How the whole is looked at now."""
        session, show = self.session, self.level == "show"
        steps, number = session.run.scene.steps, session.step
        step = steps[number] if 0 <= number < len(steps) else None
        said = session.run.fill(step.say, session.t, self.words) if step is not None else ""
        return View(
            size=self._size,
            lang=self.words.lang,
            theme=self.theme,
            level=self.level,
            focus=step.focus if show and step is not None else (),
            caption=None if session.asking is not None and (show or session.revealed) else said,
            masked=session.masked,
            folded=session.folds.now,
            entered=session.folds.entered,
        )

    @property
    def _size(self) -> tuple[float, float]:
        return float(max(self.width(), 160)), float(max(self.height(), 120))

    @property
    def foot(self) -> Foot | None:
        """The line of sources below, where it is wished."""
        return self.session.citing.foot(View(self._size, self.words.lang, self.theme, self.level))

    @property
    def places(self) -> Board:
        below = self.foot
        return self._kept_places(self.words.lang, self.width(), self.height() - (below.height if below else 0.0))

    def _kept_places(self, lang: str, width: int, height: float) -> Board:
        key = (lang, width, height)
        if key != self._placed_of:
            self._placed_of = key
            size = (float(max(width, 160)), float(max(height, 120)))
            self._placed = look.board_of(self.session.whole, lang, size, self.level)
        return self._placed

    @property
    def seen(self) -> list[View]:
        """How each side is looked at."""
        session, view = self.session, self.view
        made_of = (view, session.show, session.t, session.run.timeline)
        if made_of != self._seen_of:
            self._seen_of = made_of
            self._seen = look.views(session.whole, session.show, view, self.places, session.t)
        return self._seen

    @property
    def ledger(self) -> Ledger:
        session = self.session
        return look.told(session.whole, session.show, self.view, session.t)

    @property
    def picture(self) -> Picture:
        """What is painted around the stages."""
        return Picture(float(self.width()), float(self.height()), self.theme.canvas, tuple(self._parts()))

    def _parts(self) -> list[Layer]:
        view, places, theme, words = self.view, self.places, self.theme, self.words
        names, captions = look.labels(self.session.whole, words)
        active = self.session.side if self.active else None
        about = (places, words.lang, theme.name)
        parts = [self._layer("cards", (*about, active), lambda: boarded.cards(places, names, captions, theme, active))]
        said = view.caption or ""
        if places.heading is not None:
            keep = self.ask.kept if self.ask is not None else 0.0
            parts.append(self._layer("heading", (*about, said, keep),
                                     lambda: boarded.heading(places, "", said, theme, keep)))  # fmt: skip
        ledger = self.ledger
        parts.append(self._layer("told", (*about, ledger), lambda: boarded.told(places, ledger, theme, words)))
        bar = places.captioned
        if bar is not None and said:
            size = 36 * self.height() / 1080
            parts.append(self._layer("caption", (*about, said), lambda: Layer(tuple(caption(said, bar, size, theme)))))
        below = self.foot
        if below is not None:
            parts.append(self._layer("foot", (*about, below), lambda: foot.band(below, view)))
        return parts

    def _layer(self, name: str, made_of: object, make) -> Layer:  # type: ignore[no-untyped-def]
        """The layer as it was, while it is made of the same."""
        kept = self._layers.get(name)
        if kept is None or kept[0] != made_of:
            self._layers[name] = kept = (made_of, make())
        return kept[1]

    def _look(self) -> None:
        """Paint again where something else is told; the stages follow by themselves."""
        shown = (self.ledger, self.view, self.session.side, self.foot)
        if shown != self._shown:
            self._shown = shown
            self._place()
            self.update()

    def weighed(self) -> list[Weighed]:
        """What a question should not hide: what the step is about on each side, and what comes of it below."""
        panels, focus = self.places.panels, set(self.view.focus)
        told = [(replace(panel.told, h=min(BIG * self.places.unit, panel.told.h)), TOLD) for panel in panels]
        names = [(Area(panel.card.x, panel.card.y, panel.card.w, panel.stage.y - panel.card.y), NAME)
                 for panel in panels]  # fmt: skip
        found = [*told, *names]
        for side, panel in zip(self.sides, panels, strict=True):
            for area, weight in matters(side.laid, [side.picture], focus):
                found.append((replace(area, x=area.x + panel.stage.x, y=area.y + panel.stage.y), weight))
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint(painter, self.picture, cache=self._cache)

    # places

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        places = self.places
        for side, door, panel in zip(self.sides, self.doors, places.panels, strict=True):
            stage = panel.stage  # as many pixels on each side, so that they are laid out alike
            side.setGeometry(round(stage.x), round(stage.y), int(stage.w), int(stage.h))
            edge = round(28 * min(places.unit, 1.0))
            corner = PAD * places.unit * 0.6
            door.setGeometry(round(panel.card.right - corner - edge), round(panel.card.y + corner), edge, edge)
        if self.ask is not None:
            self.ask.place()
        if self.contrast is not None:
            self.contrast.look()

    # words, theme

    def set_words(self, words: Words) -> None:
        self.words = words
        for side in self.sides:
            side.set_words(words)
        for answer in self.answers:
            answer.set_words(words)
        for side, door in zip(self.sides, self.doors, strict=True):
            call(door, words("compare.alone", scene=side.accessibleName()))
        if self.ask is not None:
            self.ask.set_words(words)
        if self.contrast is not None:
            self.contrast.words = words
        self._place()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self._cache.forget()
        for side in self.sides:
            side.set_theme(theme)
        for answer in self.answers:
            answer.set_theme(theme)
        if self.ask is not None:
            self.ask.set_theme(theme)
        if self.contrast is not None:
            self.contrast.theme = theme
            self.contrast.look()
        self.update()

    @property
    def reduced_motion(self) -> bool:
        return self.sides[0].reduced_motion

    @reduced_motion.setter
    def reduced_motion(self, reduced: bool) -> None:
        for side in self.sides:
            side.reduced_motion = reduced

    # keys and zoom

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.sides[self.session.side].setFocus(event.reason())

    def fit(self) -> None:
        for side in self.sides:
            side.fit()

    def offer(self) -> None:
        """What can be done with what is picked, on the side that is looked at."""
        self.sides[self.session.side].offer()

    def toggle_table(self) -> None:
        """What tables hold is in the inspector: beside each other they would hide the stages."""

