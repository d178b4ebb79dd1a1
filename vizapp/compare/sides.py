"""The sides of a comparison, run together: simulated ahead, acted on, brought to one clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Self

from vizapp.compare.merged import merged
from vizapp.compare.pairing import Pairing, SameStep, SameTime
from vizapp.compare.side import Side
from vizapp.devices.failure.attempt import Outcome
from vizapp.picture.abreast import alike
from vizapp.run import Moment, Run, reached
from vizapp.run.history import History
from vizapp.scene.model import Act, Question, Scene
from vizapp.scene.sides import STEP
from vizapp.scene.vocabulary import Kind, tries
from vizapp.sim.frame import Frame, InFlight
from vizapp.sim.pace import Pace
from vizapp.sim.simulate import SLICE
from vizapp.sim.timeline import Flight, Timeline

MOMENT = 1e-6  # show seconds: short enough that nothing ends within


@dataclass(frozen=True, slots=True)
class Done:
    """What a person did: the act at the clock of the whole, and at that of each side to which it applies."""

    act: Act
    own: tuple[Act | None, ...]


class Sides:
    """The sides of a scene, simulated ahead on one clock. An act is done on every side that has what it is about.
    Times are those of the whole: of all sides, or (step by step) nanoseconds of show. supposes: its sides are one run,
    as it happened and otherwise."""

    supposes = False

    def __init__(
        self,
        scene: Scene,
        kinds: Mapping[str, Kind],
        *,
        seed: int | None = None,
        settings: Mapping[str, Any] | None = None,
        acts: Sequence[Act] = (),
        given: Sequence[Sequence[Act]] = (),
        until: int | None = None,
    ) -> None:
        """given: acts of each side that were done before, and are not the whole's to take back."""
        self.scene, self.kinds = scene, kinds
        self.seed = scene.seed if seed is None else seed
        self.settings = scene.defaults() | dict(settings or {})
        self.until = scene.until if until is None else until
        shared = None if scene.pairing == STEP else lambda: self.pairing.pace
        own = [tuple(act if self.applies(act, side) else None for side in scene.sides) for act in acts]
        self.history = History([Done(act, each) for act, each in zip(acts, own, strict=True)])
        self.given = [tuple(each) for each in given] or [()] * len(scene.sides)
        self.fault: list[Act] = []  # done unseen: of the task that was begun
        self.beside = alike(scene.sides)
        self.sides = [
            Side(side, kinds, abreast=self.beside[n], lacking=partial(self.lacking, n), seed=seed,
                 settings=settings or {}, until=until, shared=shared,
                 acts=[*self.given[n], *(each for acts in own if (each := acts[n]))])
            for n, side in enumerate(scene.sides)
        ]  # fmt: skip
        self._pairing: Pairing | None = None
        self._takes: list[list[bool]] | None = None
        self._forget()

    def absent(self, t: int) -> frozenset[str]:
        """The things that stand on no side at true ns `t`."""
        show = self.pace.show_end(t)
        there = {name for n, side in enumerate(self.sides)
                 for name in side.scene.things.keys() - side.absent(self.t_of(n, show))}  # fmt: skip
        return frozenset(self.scene.things.keys() - there)

    def lacking(self, number: int, t: int) -> list[frozenset[str]]:
        """What each of the sides that a side is laid out with lacks when that one is at true ns `t`."""
        if not any(side.varies for side in self.sides):
            return [frozenset()] * len(self.beside[number])
        show = self.pairing.whole(number, self.sides[number].pace.show_end(t))
        times = [t if n == number else self.t_of(n, show) for n in range(len(self.sides))]
        return [side.absent(at) for side, at in zip(self.sides, times, strict=True)
                if any(side.scene is scene for scene in self.beside[number])]  # fmt: skip

    # simulating

    def advance(self, most: int | None = SLICE) -> bool:
        """Simulate every side a slice further; True when nothing is left to do."""
        for side in self.sides:
            side.advance(most)
        self._forget()
        return not self.busy

    def complete(self) -> Self:
        """Simulate all of it now; returns itself."""
        self.advance(None)
        return self

    @property
    def busy(self) -> bool:
        return any(side.busy for side in self.sides)

    def extend(self, until: int) -> None:
        self.until = max(self.until, min(until, self.limit))
        for side in self.sides:
            side.extend(until)

    @property
    def limit(self) -> int:
        return max(side.limit for side in self.sides)

    @property
    def aftermath(self) -> int:
        """True ns until which what comes of the things tried can be seen."""
        return max(side.aftermath for side in self.sides)

    def asks(self, act: Act) -> bool:
        """Whether one waits for what comes of an act."""
        return self.sides[0].asks(act)

    @property
    def tries(self) -> frozenset[str]:
        """The verbs that try something and change nothing."""
        return tries(self.kinds)

    def _forget(self) -> None:
        """What was worked out from the timelines is stale."""
        self._pairing = None
        self._timeline: Timeline | None = None
        self._steps: list[Moment] | None = None
        self._questions: list[Moment] | None = None
        for side in self.sides:
            side.forget()

    # acting

    @property
    def acts(self) -> list[Act]:
        """What was done, in that order."""
        return [done.act for done in self.history.now]

    def applies(self, act: Act, side: Scene) -> bool:
        """Whether a side has what an act is about: every thing, port, link and setting that its words name."""
        named = {arg for word in act.args for arg in (word, word.partition(":")[0])} & _names(self.scene)
        return bool(named) and named <= _names(side)

    def do(self, act: Act, *, instead: bool = False) -> None:
        """Do `act` on every side to which it applies, at that side's own time."""
        known = self.history.now
        instead = instead and bool(known)
        self.history.put([*(known[:-1] if instead else known), self._done(act)], instead=instead)
        self._redo_all()

    def _done(self, act: Act) -> Done:
        show = self.pace.show_end(act.at)
        own = (
            replace(act, at=self.t_of(n, show)) if self.applies(act, side.scene) else None
            for n, side in enumerate(self.sides)
        )
        return Done(act, tuple(own))

    def change(self, number: int, act: Act | None, *, instead: bool = False) -> None:
        """Another act stands in the place of the one of that number; None: it was not done. The others stay.
        instead: it goes on with the last change, as a drag does."""
        known, own = self.history.now, [] if act is None else [self._done(act)]
        self.history.put([*known[:number], *own, *known[number + 1 :]], instead=instead)
        self._redo_all()

    def _redo_all(self) -> None:
        """Every side does what is done at present; only a side for which that is something else begins anew."""
        for number, side in enumerate(self.sides):
            own = [*self.given[number], *(each for done in self.history.now if (each := done.own[number]) is not None)]
            if own != side.acts:
                side.redone(own)
        self.until = max(side.until for side in self.sides)
        if self.scene.pairing != STEP:  # one clock: it ends for all at once
            for side in self.sides:
                side.until = self.until

    def undo(self, count: int = 1) -> bool:
        """Take the last change back, or the last ones, on every side; whether there was one."""
        changed = self.history.undo(count)
        self._redo_all()
        return changed

    def redo(self) -> bool:
        """Do again what was taken back last; whether there was something."""
        changed = self.history.redo()
        self._redo_all()
        return changed

    def plant(self, fault: Sequence[Act]) -> None:
        """Do these acts unseen, on every side to which they apply, in place of those that were done so before."""
        self.fault = list(fault)
        for n, side in enumerate(self.sides):
            own = [act for act in fault if self.applies(act, side.scene)]
            side.plant([replace(act, at=self.t_of(n, self.pace.show_end(act.at))) for act in own])

    # the clocks

    @property
    def pairing(self) -> Pairing:
        if self._pairing is None:
            step = self.scene.pairing == STEP
            self._pairing = SameStep(self.sides, self.takes) if step else SameTime(self.sides)
        return self._pairing

    @property
    def takes(self) -> list[list[bool]]:
        """Of each step, which sides come to it when nothing is done: no act changes how long a side is waited for."""
        if self._takes is not None:
            return self._takes
        count = len(self.scene.steps)
        sides: Sequence[Run] = self.sides
        if self.history.now:
            sides = [Run(side.scene, self.kinds, seed=side.seed, settings=side.settings).complete() for side in sides]
        takes = [[n < len(side.steps) and side.steps[n].comes for side in sides] for n in range(count)]
        if self.history.now or not self.busy:
            self._takes = takes
        return takes

    @property
    def pace(self) -> Pace:
        """From the show second to what the clock of the whole shows."""
        return self.pairing.pace

    def show_of(self, side: int, show: float) -> float:
        """The show second of a side at that one of the whole."""
        return self.pairing.own(side, show)

    def t_of(self, side: int, show: float, t: int | None = None) -> int:
        """The true ns of a side at that show second; `t` when the clock of the whole stands just after an act."""
        own = self.sides[side].pace.true(self.show_of(side, show))
        return own if t is None else own + max(0, t - self.pace.true(show))

    # what happened

    @property
    def stopped(self) -> str | None:
        """Why a side stopped because too much happened, if one did."""
        return next((side.stopped for side in self.sides if side.stopped), None)

    @property
    def timeline(self) -> Timeline:
        """What happened on all sides, at the clock of the whole."""
        if self._timeline is None:
            self._timeline = merged(self.sides, self.pairing, self.pace)
        return self._timeline

    def frame(self, t: int) -> Frame:
        """The moment of the first side."""
        return self.sides[0].frame(self.t_of(0, self.pace.show_end(t)))

    def setting(self, name: str, t: int) -> Any:
        """The value of a setting on the first side that has it."""
        number = next(n for n, side in enumerate(self.sides) if name in side.scene.settings)
        return self.sides[number].setting(name, self.t_of(number, self.pace.show_end(t)))

    def scale(self, show: float) -> float:
        """True ns per show second at that moment: on the first side on which time passes; 0 where it stands on all."""
        scales = (side.pace.scale(self.show_of(n, show)) for n, side in enumerate(self.sides) if self.moves(n, show))
        return next((scale for scale in scales if scale > 0), 0.0)

    def moves(self, side: int, show: float) -> bool:
        """Whether the clock of a side goes on there, rather than waiting for another side."""
        return self.show_of(side, show + MOMENT) > self.show_of(side, show)

    def follows_flight(self, flight: Flight | InFlight) -> bool:
        return any(side.follows_flight(flight) for side in self.sides)

    def came(self, act: Act) -> Outcome | None:
        """How what a person tried came out, once that is known on every side on which it was done: good if one is."""
        own = next((done.own for done in self.history.now if done.act is act), ())
        found = [(n, side.came(each)) for n, (side, each) in enumerate(zip(self.sides, own, strict=False)) if each]
        known = [(n, outcome) for n, outcome in found if outcome is not None]
        if not known or len(known) < len(found):
            return None
        shows = [self.pairing.whole(n, self.sides[n].pace.show_end(outcome.t)) for n, outcome in known]
        return Outcome(any(outcome.good for _, outcome in known), self.pace.true(max(shows)))

    # steps and questions

    @property
    def steps(self) -> list[Moment]:
        if self._steps is None:
            self._steps = self.pairing.steps
        return self._steps

    def step_at(self, show: float) -> int:
        """Index of the step that show second `show` belongs to, -1 before the first."""
        return reached(self.steps, show)

    @property
    def questions(self) -> list[Moment]:
        """Each one nanosecond before its event, on the side on which that comes first."""
        if self._questions is None:
            self._questions = [self._asked(question) for question in self.scene.questions]
        return self._questions

    def _asked(self, question: Question) -> Moment:
        asked = []
        for number, side in enumerate(self.sides):
            moment = side.asked(question)
            if question.side in ("", side.scene.id) and moment.comes:
                asked.append((self.pairing.whole(number, moment.show), number, moment))
        if not asked:
            return Moment(None)
        show, _, moment = min(asked, key=lambda each: each[:2])
        return Moment(self.pace.true(show), show, moment.event)


def _names(scene: Scene) -> set[str]:
    links = (link.id for link in scene.links)
    return {*scene.things, *scene.ports(), *links, *scene.settings}
