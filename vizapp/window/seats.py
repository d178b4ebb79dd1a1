"""A session of a comparison, and a seat at it for each side: what looks at one run alone looks from there."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Any

from PySide6.QtCore import QObject, Signal

from vizapp.compare import Comparison, Played
from vizapp.compare.merged import side_of
from vizapp.scene.model import Act
from vizapp.window.folds import Folds
from vizapp.window.inquiry import Inquiry
from vizapp.window.picked import name_of, picked
from vizapp.window.session import Session

TELLING = 0.1  # seconds between two times that more is told to have been simulated
PATIENCE = 0.25  # seconds that one waits at once for what is still to be simulated


def session_of(played: Played, parent: QObject | None = None) -> Session:
    """A session of what is played."""
    return SideBySide(played, parent) if isinstance(played, Comparison) else Session(played, parent)


class SideBySide(Session):
    """One clock for all sides. side: the one that is being looked at more closely. `turned`: another one is.
    `contrasted`: the answer to what the difference is was shown or hidden."""

    turned = Signal()
    contrasted = Signal()

    def __init__(self, run: Comparison, parent: QObject | None = None) -> None:
        self._told = 0.0  # when more was told to have been simulated
        super().__init__(run, parent)
        self.whole = run
        self.side = 0
        self._hint: Callable[[], str] | None = None
        self.seats = [Seat(self, number) for number in range(len(run.sides))]

    def arrive(self, other: Session) -> None:
        """Look where a session of the same scene looks, and know no more than it does, as soon as that much has been
        simulated."""
        self.clear, self.speed = other.clear, other.speed
        self._settled = set(other._settled)
        self._awaited = other.t, max(other.t, other.run.pace.true(other.furthest))
        stop = perf_counter() + PATIENCE
        while self._simulated < self._awaited[1] and self.run.busy and perf_counter() < stop:
            self.run.advance()
        self.changed.connect(self._come_nearer)
        self._come_nearer()

    @property
    def _simulated(self) -> int:
        """True ns up to which all sides are."""
        return min(side.timeline.end for side in self.whole.sides)

    def _come_nearer(self) -> None:
        (t, fog), end = self._awaited, self._simulated
        if end >= fog or not self.run.busy:
            self.changed.disconnect(self._come_nearer)
        self.furthest = self.run.pace.show_end(min(fog, end))
        self.seek(self.run.pace.show_end(min(t, end)))
        if end >= t:
            self._acted = t

    def _tell(self) -> None:
        """Now and then: what all sides tell together is worked out anew each time."""
        if not self.run.busy or perf_counter() > self._told + TELLING:
            super()._tell()
            self._told = perf_counter()

    def show_contrast(self, shown: bool, hint: Callable[[], str] | None = None) -> None:
        """Show or hide what the difference is; hint: what can be done next, in the language shown."""
        self.contrasting = shown
        self._hint = hint or self._hint
        if shown:
            self.pause()
        self.contrasted.emit()

    @property
    def contrast_hint(self) -> str:
        """What can be done next."""
        return self._hint() if self._hint is not None else ""

    def turn(self, side: int) -> None:
        """Look at another side more closely."""
        if side != self.side and 0 <= side < len(self.seats):
            self.side = side
            self.turned.emit()

    @property
    def near(self) -> Session:
        """On the side that is looked at."""
        return self.seat

    @property
    def seat(self) -> Seat:
        return self.seats[self.side]

    @property
    def inquiry(self) -> Inquiry:
        """One asks about the side that is looked at."""
        return self.seat.inquiry

    def select(self, thing: str | None) -> None:
        """A thing is picked on every side that has it, a packet on its own side alone."""
        packet = picked(thing)
        if packet is not None:
            side, number = side_of(packet)
            self.turn(side)
            self.seats[side].select(name_of(number))
        else:
            super().select(thing)


class Seat(Session):
    """One side, seen as a session of its own whose clock is that of the whole; what is done here is done there."""

    def __init__(self, whole: SideBySide, number: int) -> None:
        self.whole, self.number = whole, number
        super().__init__(whole.whole.sides[number], whole)
        self.citing = whole.citing  # one card for all
        for signal, slot in (
            (whole.moved, self._moved), (whole.changed, self._changed), (whole.asked, self._asked),
            (whole.played, self._played), (whole.picked, self._picked), (whole.begun, self._begun),
            (whole.ticked, self.ticked), (whole.peeled, self.peeled),
        ):  # fmt: skip
            signal.connect(slot)
        self._copy()

    @property
    def alone(self) -> bool:
        return False

    # what the whole is at

    def _copy(self) -> None:
        """How the whole stands, told in the show seconds of this side."""
        whole = self.whole
        self.show, self.furthest = self._own(whole.show), self._own(whole.furthest)
        self.clear, self.playing, self.speed = whole.clear, whole.playing, whole.speed
        self.hunt, self.solved = whole.hunt, whole.solved

    def _own(self, show: float) -> float:
        return self.whole.whole.show_of(self.number, show)

    def _moved(self) -> None:
        self._copy()
        self.moved.emit()

    def _changed(self) -> None:
        self._copy()
        self.changed.emit()

    def _asked(self) -> None:
        self._copy()
        self.asked.emit()

    def _played(self) -> None:
        self._copy()
        if self.playing:
            self.inquiry.leave()
        self.played.emit()

    def _begun(self) -> None:
        self._copy()
        self.begun.emit()

    def _picked(self) -> None:
        self.selected = self.whole.selected
        self.picked.emit()

    def _breathe(self) -> None:
        """The whole simulates all sides."""

    @property
    def t(self) -> int:
        return self.whole.whole.t_of(self.number, self.whole.show, self.whole.t)

    @property
    def fog(self) -> float:
        fog = self.whole.fog
        return fog if fog == float("inf") else self._own(fog)

    @property
    def fog_t(self) -> int:
        fog = self.whole.fog
        if fog == float("inf"):
            return self.run.timeline.end
        return self.whole.whole.t_of(self.number, fog, self.whole.fog_t)

    @property
    def masked(self) -> tuple[str, ...]:
        return self.whole.masked

    @property
    def step(self) -> int:
        return self.whole.step

    @property
    def hunting(self) -> bool:
        return self.whole.hunting

    @property
    def folds(self) -> Folds:
        """A layer is folded on all sides at once."""
        return self.whole.folds

    # what is looked at

    def select(self, thing: str | None) -> None:
        self.whole.turn(self.number)
        if picked(thing) is None:
            self.whole.select(thing)
        else:  # no other side has this packet
            self.whole.select(None)
            super().select(thing)

    def follow(self, packet: int | None) -> None:
        """Its hops stretch no time: that is the clock of all."""
        if packet != self.followed:
            self.followed = packet
            self.tracked.emit()
            self.changed.emit()

    # the clock of the whole

    def play(self) -> None:
        self.whole.play()

    def pause(self) -> None:
        self.whole.pause()

    def stir(self, seconds: float) -> None:
        self.whole.stir(seconds)

    def faster(self, by: int) -> None:
        self.whole.faster(by)

    def seek(self, show: float) -> None:
        self.whole.seek(self.on_the_clock(show))

    def on_the_clock(self, show: float) -> float:
        return self.whole.whole.pairing.whole(self.number, show)

    def lift_fog(self, clear: bool) -> None:
        self.whole.lift_fog(clear)

    def next_step(self) -> None:
        self.whole.next_step()

    def previous_step(self) -> None:
        self.whole.previous_step()

    def go_to_step(self, number: int) -> None:
        self.whole.go_to_step(number)

    def next_event(self) -> None:
        self.whole.next_event()

    def previous_event(self) -> None:
        self.whole.previous_event()

    # acting on all sides

    def do(self, act: Act) -> None:
        self.whole.do(act)

    def attempt(self, act: Act) -> None:
        self.whole.attempt(act)

    def watch(self, act: Act) -> None:
        self.whole.watch(act)

    def set(self, name: str, value: Any, *, dragging: bool = False) -> None:
        self.whole.set(name, value, dragging=dragging)

    def end_drag(self) -> None:
        self.whole.end_drag()

    def setting(self, name: str) -> Any:
        return self.whole.setting(name)

    def undo(self) -> None:
        self.whole.undo()

    def redo(self) -> None:
        self.whole.redo()
