"""The facade that window, command line, export and tests share: a scene and what was done, looked at any time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vizapp.devices.failure.attempt import Outcome, attempt, outcome
from vizapp.devices.failure.explain import explain
from vizapp.devices.failure.explanation import Explanation
from vizapp.picture.compose import compose
from vizapp.picture.layout import layout
from vizapp.picture.sentences import fill
from vizapp.picture.shapes import Picture
from vizapp.picture.sizes import Level
from vizapp.picture.stage import Stage
from vizapp.picture.theme import Theme
from vizapp.picture.view import View
from vizapp.scene import parse
from vizapp.scene.model import Act, Question, Scene, Text
from vizapp.scene.phrase import Pattern
from vizapp.scene.vocabulary import Kind, tries
from vizapp.sim.consequences import consequences
from vizapp.sim.frame import Frame, InFlight
from vizapp.sim.match import followed, held, matches, moment
from vizapp.sim.pace import HOP, Pace
from vizapp.sim.simulate import SLICE, Simulation
from vizapp.sim.timeline import Event, Flight, Timeline
from vizapp.sim.trail import packet_of
from vizapp.words import Words

ROOM = 1_000_000_000  # true ns that a run goes on, at least, after an act
TRYING = 12_000_000_000  # and that it can be played on after something was tried, to see what comes of it
EDGE = 1e-10  # show seconds within which two moments are one: less than the nanosecond between question and event


@dataclass(frozen=True, slots=True)
class Moment:
    """When something of the script happens. t: true ns; show: the show second at which one looks at it; event: what
    it is anchored to, None for `start` and times. `t` is None when it never comes in this run."""

    t: int | None
    show: float = 0.0
    event: Event | None = None

    @property
    def comes(self) -> bool:
        return self.t is not None


class Run:
    """A scene with a seed, settings and acts, simulated ahead; everything shown of it is a look-up.

    Acts are kept in the order in which they were done. A change asks for a new simulation; until that has come as far
    as the old one (`advance`), the old timeline stays, so that the picture never goes blank.
    """

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
        self.acts: list[Act] = list(acts)
        self.undone: list[Act] = []
        self.fault: list[Act] = []  # done unseen: of the task that was begun
        self.until = scene.until if until is None else until
        self.follows = [parse.follow(text) for text in scene.follow]
        self.watched: int | None = None  # a packet that is followed as well
        self.felts = [_felt(text) for text in scene.felt]
        self._simulation = self._new()
        self._next: Simulation | None = None
        self._pace: Pace | None = None
        self._steps: list[Moment] | None = None
        self._questions: list[Moment] | None = None
        self._attempted_of: object = None
        self._found: dict[tuple[str, int], tuple[int, Event | None]] = {}  # events looked through, and what was found

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
            self._found.clear()
        if self._next is None:
            self._forget()
        return done

    def complete(self) -> Run:
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
    def timeline(self) -> Timeline:
        return self._simulation.timeline

    def _forget(self) -> None:
        """What was worked out from the timeline is stale: it has grown or is another one."""
        self._pace = self._steps = self._questions = None

    # acting

    def do(self, act: Act, *, instead: bool = False) -> None:
        """Do `act` (also in the past: later acts stay). `instead` replaces the last act: a setting being dragged."""
        if instead and self.acts:
            self.acts.pop()
        self.acts.append(act)
        self.undone.clear()
        self.until = max(self.until, act.at + ROOM)
        self._restart()

    def undo(self, count: int = 1) -> Act | None:
        """Take the last act back, or the last ones; returns the last that was taken back."""
        if not self.acts or count < 1:
            return None
        for _ in range(min(count, len(self.acts))):
            self.undone.append(self.acts.pop())
        self._restart()
        return self.undone[-1]

    def plant(self, fault: Sequence[Act]) -> None:
        """Do these acts unseen, in place of those that were done so before."""
        self.fault = list(fault)
        self.until = max([self.until, *(act.at + ROOM for act in fault)])
        self._restart()

    def redo(self) -> Act | None:
        if not self.undone:
            return None
        self.acts.append(self.undone.pop())
        self._restart()
        return self.acts[-1]

    def _restart(self) -> None:
        self._next = self._new()

    # looking

    def frame(self, t: int) -> Frame:
        return self.timeline.at(t)

    def fill(self, text: Text | None, t: int, words: Words) -> str:
        """A text of the scene with the values of that moment (true ns)."""
        return fill(words.text(text), self.frame(t), self.scene, words)

    def setting(self, name: str, t: int) -> Any:
        """The value of a setting as it stands at `t`."""
        return self.frame(t).value("", name, self.settings[name])

    @property
    def pace(self) -> Pace:
        if self._pace is None:
            timeline = self.timeline
            if self.scene.pace is not None:
                self._pace = Pace(timeline.end, factor=self.scene.pace)
            else:
                flights = [flight for flight in timeline.flights if self.follows_flight(flight)]
                self._pace = Pace(timeline.end, flights, filter(self.holds, timeline.events), self._felt_waits())
        return self._pace

    def scale(self, show: float) -> float:
        """True ns per show second at that moment; 0 where time stands."""
        return self.pace.scale(show)

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

    def laid(self, view: View) -> Stage:
        """Where everything is, in units of the picture."""
        return layout(self.scene, view.lang, view.size, view.level, self.kinds)

    def picture(self, show: float, view: View, t: int | None = None) -> Picture:
        """What that show second looks like; `t` (true ns) when the clock stands just after an act."""
        frame = self.frame(self.pace.true(show) if t is None else t)
        stage = self.laid(view)
        return compose(self.scene, self.kinds, frame, stage, view, show, self.pace)

    def still(
        self,
        show: float,
        *,
        size: tuple[float, float],
        lang: str,
        theme: Theme,
        level: Level,
        transparent: bool = False,
    ) -> Picture:
        """That show second for a file: at level `show` with the caption, focus and table of its step."""
        number = self.step_at(show)
        step = self.scene.steps[number] if number >= 0 and level == "show" else None
        frame = self.frame(self.pace.true(show))
        words = Words(lang)
        view = View(
            size=size,
            lang=lang,
            theme=theme,
            level=level,
            focus=step.focus if step else (),
            table=step.table if step else None,
            caption=fill(words.text(step.say), frame, self.scene, words) if step else None,
            cards=self.scene.cards,
            transparent=transparent,
            followed=self.follows_flight,
        )
        return self.picture(show, view)

    def follows_flight(self, flight: Flight | InFlight) -> bool:
        asked = flight.packet.id == self.watched or flight.id in self.attempted
        return asked or self._follows(flight)

    def _follows(self, flight: Flight | InFlight) -> bool:
        """Whether the scene itself follows a flight."""
        return any(followed(follow, flight) for follow in self.follows)

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

    def holds(self, event: Event) -> bool:
        """Whether the clock stands still at an event: the scene follows it, or it rewrites the watched packet."""
        if any(held(follow, event) for follow in self.follows):
            return True
        return "before" in event.details and self.watched is not None and (
            packet_of(self.timeline, event) == self.watched)  # fmt: skip

    def watch(self, packet: int | None) -> None:
        """Follow a packet as well, whatever the scene follows: its hops stretch time, and it opens into a card."""
        if packet != self.watched:
            self.watched = packet
            self._forget()

    def _felt_waits(self) -> list[tuple[int, int]]:
        waits = []
        for start, stop in self.felts:
            for event in self.timeline.events:
                if matches(start, event, self.timeline):
                    end = moment(stop, self.timeline, event.t) if stop else None
                    waits.append((event.t, self.timeline.end if end is None else end))
        return waits

    @property
    def steps(self) -> list[Moment]:
        """When each step of the scene comes, in this run."""
        if self._steps is None:
            self._steps = []
            after = 0
            for step in self.scene.steps:
                found = self._find(parse.pattern(step.when), after)
                self._steps.append(found)
                after = after if found.t is None else found.t
        return self._steps

    def _find(self, pattern: Pattern, after: int) -> Moment:
        timeline = self.timeline
        if pattern.moment:
            t = moment(pattern, timeline, after)
            return Moment(None) if t is None or t > timeline.end else Moment(t, self.pace.show_end(t))
        event = self._first(pattern, after)
        return Moment(None) if event is None else Moment(event.t, self._look(event), event)

    def _first(self, pattern: Pattern, after: int) -> Event | None:
        """The first event that is meant, not before `after`. A longer run agrees, so none is looked at twice."""
        timeline, key = self.timeline, (str(pattern), after)
        start, event = self._found.get(key, (timeline.events_until(after - 1), None))
        if event is None:
            fresh = timeline.events[start:]
            event = next((each for each in fresh if matches(pattern, each, timeline)), None)
            self._found[key] = (len(timeline.events), event)
        return event

    def _look(self, event: Event) -> float:
        """Where one looks at an event: after its hold, or half-way along the followed hop that it sent off."""
        show = self.pace.show_end(event.t)
        sent = any(f.departs == event.t and f.cause == event.id and self._follows(f)
                   for f in self.timeline.in_flight(event.t))  # fmt: skip
        return show + HOP / 2 if sent and self.scene.pace is None else show

    def step_at(self, show: float) -> int:
        """Index of the step that show second `show` belongs to, -1 before the first."""
        reached = [i for i, moment in enumerate(self.steps) if moment.comes and moment.show <= show + EDGE]
        return reached[-1] if reached else -1

    @property
    def questions(self) -> list[Moment]:
        """When each question of the scene must be asked: one nanosecond before its event. Its `event` is the one that
        answers it."""
        if self._questions is None:
            self._questions = [self._asked(question) for question in self.scene.questions]
        return self._questions

    def _asked(self, question: Question) -> Moment:
        found = self._find(parse.pattern(question.before), 0)
        if found.t is None:
            return found
        before, event = max(found.t - 1, 0), found.event
        if question.answered is not None:
            event = self._first(parse.pattern(question.answered), found.t)
            if event is None:
                return Moment(None)  # what nothing answers is not asked
        return Moment(before, self.pace.show(before), event)


def _felt(text: str) -> tuple[Pattern, Pattern | None]:
    """`PATTERN until PATTERN`: a wait that plays 1:1."""
    start, _, stop = text.partition(" until ")
    return parse.pattern(start), parse.pattern(stop) if stop else None
