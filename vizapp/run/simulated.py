"""A scene simulated ahead with what was done, and what came of what was tried."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

from vizapp.devices.failure.attempt import Outcome, attempt, outcome
from vizapp.devices.failure.causes import Causes
from vizapp.devices.failure.explain import explain
from vizapp.devices.failure.explanation import Explanation
from vizapp.picture.account import Why
from vizapp.run.history import History
from vizapp.scene.model import Act, Scene
from vizapp.scene.vocabulary import Kind, tries
from vizapp.sim.behaviour import Behaviour
from vizapp.sim.chain import chain
from vizapp.sim.consequences import consequences
from vizapp.sim.frame import Frame
from vizapp.sim.simulate import SLICE, Simulation
from vizapp.sim.timeline import Event, Timeline

ROOM = 1_000_000_000  # true ns that a run goes on, at least, after an act
TRYING = 12_000_000_000  # and that it can be played on after something was tried, to see what comes of it


class Simulated:
    """A scene with a seed, settings and acts. Acts are kept in the order in which they were done. A change asks for a
    new simulation; until that has come as far as the old one (`advance`), the old timeline stays, so that the picture
    never goes blank."""

    def __init__(
        self,
        scene: Scene,
        kinds: Mapping[str, Kind],
        *,
        seed: int | None = None,
        settings: Mapping[str, Any] | None = None,
        acts: Sequence[Act] = (),
        until: int | None = None,
    ) -> None:
        self.scene = scene
        self.kinds = kinds
        self.seed = scene.seed if seed is None else seed
        self.settings = scene.defaults() | dict(settings or {})
        self.history = History(acts)
        self.fault: list[Act] = []  # done unseen: of the task that was begun
        self.until = scene.until if until is None else until
        self._simulation = self._new()
        self._next: Simulation | None = None
        self._attempted_of: object = None

    def _new(self) -> Simulation:
        return Simulation(
            self.scene, self.kinds, seed=self.seed, settings=self.settings, acts=self.acts, fault=self.fault
        )

    # simulating

    def advance(self, most: int | None = SLICE) -> bool:
        """Simulate a slice further (all that is left when `most` is None); True when nothing is left to do."""
        simulation = self._next or self._simulation
        done = simulation.advance(self.until, most)
        if done and self._next is not None:
            self._simulation, self._next = self._next, None
            self._replaced()
        if self._next is None:
            self._forget()
        return done

    def share(self, other: Simulated) -> None:
        """Go on from what another run of the same scene, in which the same is done, has simulated already: both look at
        it, and whoever goes further does so for both."""
        self._simulation, self._next = other._next or other._simulation, None
        self._replaced()
        self._forget()

    def complete(self) -> Self:
        """Simulate all of it now; returns itself."""
        self.advance(None)
        return self

    @property
    def busy(self) -> bool:
        """Whether some of the run is still to be simulated."""
        return self._next is not None or (self.timeline.end < self.until and self.timeline.stopped is None)

    def extend(self, until: int) -> None:
        """Play on: ask for more, up to the scene's limit (true ns)."""
        self.until = max(self.until, min(until, self.limit))

    @property
    def limit(self) -> int:
        return max(self.scene.until, self.scene.limit or 0, self.aftermath)

    @property
    def aftermath(self) -> int:
        """True ns until which what comes of the things tried can be seen."""
        return max((act.at + TRYING for act in self.acts if self.asks(act)), default=0)

    @property
    def stopped(self) -> str | None:
        """Why the run stopped because too much happened, if it did."""
        return self.timeline.stopped

    @property
    def timeline(self) -> Timeline:
        return self._simulation.timeline

    def _forget(self) -> None:
        """What was worked out from the timeline is stale: it has grown or is another one."""

    def _replaced(self) -> None:
        """The timeline is another one."""

    # looking

    def device(self, name: str) -> Behaviour:
        """A device as the simulation has it, at the end of what is simulated."""
        return self._simulation.world.devices[name]

    def frame(self, t: int) -> Frame:
        return self.timeline.at(t)

    def setting(self, name: str, t: int) -> Any:
        """The value of a setting as it stands at `t`."""
        return self.frame(t).value("", name, self.settings[name])

    # acting

    @property
    def acts(self) -> list[Act]:
        """What was done, in that order."""
        return self.history.now

    def do(self, act: Act, *, instead: bool = False) -> None:
        """Do `act` (also in the past: later acts stay). `instead` replaces the last act: a setting being dragged."""
        instead = instead and bool(self.acts)
        self.redone([*(self.acts[:-1] if instead else self.acts), act], instead=instead)

    def change(self, number: int, act: Act | None, *, instead: bool = False) -> None:
        """Another act stands in the place of the one of that number; None: it was not done. The others stay.
        instead: it goes on with the last change, as a drag does."""
        own = [] if act is None else [act]
        self.redone([*self.acts[:number], *own, *self.acts[number + 1 :]], instead=instead)

    def redone(self, acts: Sequence[Act], *, instead: bool = False) -> None:
        """These acts are done, and no others."""
        self.history.put(acts, instead=instead)
        self.until = max([self.until, *(act.at + ROOM for act in acts)])
        self._restart()

    def undo(self, count: int = 1) -> bool:
        """Take the last change of what was done back, or the last ones; whether there was one."""
        return self._restarted(self.history.undo(count))

    def redo(self) -> bool:
        """Do again what was taken back last; whether there was something."""
        return self._restarted(self.history.redo())

    def _restarted(self, changed: bool) -> bool:
        if changed:
            self._restart()
        return changed

    def plant(self, fault: Sequence[Act]) -> None:
        """Do these acts unseen, in place of those that were done so before."""
        self.fault = list(fault)
        self.until = max([self.until, *(act.at + ROOM for act in fault)])
        self._restart()

    def _restart(self) -> None:
        self._next = self._new()

    # what was tried

    @property
    def tries(self) -> frozenset[str]:
        """The verbs that try something and change nothing."""
        return tries(self.kinds)

    def asks(self, act: Act) -> bool:
        """Whether one waits for what comes of an act: it tries something, or has a card ask for its address."""
        return act.verb in self.tries or (act.verb == "address" and act.args[1:] == ("dhcp",))

    def explain(self, until: int) -> Explanation | None:
        """Why the last thing that was tried failed, as far as it is known at true ns `until`; None: it did not, or
        not yet."""
        tried = self.tried(until)
        return self.why(tried[-1], until) if tried else None

    def why(self, act: Event, until: int) -> Explanation | None:
        """Why what the act of that event asked for failed, as far as it is known at true ns `until`."""
        return explain(self.scene, self.timeline, act, until)

    def because(self, event: Event, until: int) -> Why:
        """Why an event happened, as far as it is known at true ns `until`."""
        found = chain(self.timeline, event, until, Causes(self.scene, self.timeline).behind)
        first = found.links[0].event
        by_hand = first is not None and any(self.event_of(act) is first for act in self.acts)
        return Why(found, self.timeline, by_hand, self._failure(event, first))

    def _failure(self, event: Event, first: Event | None) -> Explanation | None:
        """The explanation of the attempt that an event ends."""
        if first is None or first.name.removeprefix("act.") not in self.tries:
            return None
        found = self.why(first, event.t)
        return found if found is not None and event is found.outcome.event else None

    def tried(self, until: int) -> list[Event]:
        """The acts by which something was tried, up to true ns `until`, in order."""
        names = {f"act.{verb}" for verb in self.tries}
        return [event for event in self.timeline.events[: self.timeline.events_until(until)] if event.name in names]

    def came(self, act: Act) -> Outcome | None:
        """How what a person tried came out; None while it has not, or has not been simulated."""
        event, timeline = self.event_of(act), self.timeline
        return outcome(timeline, attempt(timeline, event, timeline.end), timeline.end) if event is not None else None

    def explanations(self) -> list[Explanation]:
        """Why each thing failed that was tried and failed, in order of the moments since which that is known."""
        found = [explain(self.scene, self.timeline, event) for event in self.tried(self.timeline.end)]
        return sorted((each for each in found if each is not None), key=lambda each: each.outcome.t)

    @property
    def attempted(self) -> frozenset[int]:
        """The flights, among other ids, that what a person tried led to while one waits for what comes of it."""
        timeline = self.timeline
        made_of = (timeline, len(timeline.events), len(timeline.flights))
        if made_of != self._attempted_of:
            self._attempted_of = made_of
            tried = [(act, event) for act in self.acts if self.asks(act)
                     and (event := self.event_of(act)) is not None]  # fmt: skip
            found = (consequences(timeline, event.id, act.at + TRYING) for act, event in tried)
            self._attempted: frozenset[int] = frozenset().union(*found)
        return self._attempted

    def event_of(self, act: Act) -> Event | None:
        """The event that tells of an act of a person's, once it has been simulated. (It applies one ns later.)"""
        timeline = self.timeline
        start = timeline.events_until(act.at)
        now = timeline.events[start : timeline.events_until(act.at + 1)]
        name, args = f"act.{act.verb}", list(act.args)
        return next((e for e in now if e.name == name and e.details.get("args") == args), None)
