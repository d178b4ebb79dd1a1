"""The facade that window, command line, export and tests share: a scene and what was done, looked at any time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

from vizapp.picture.account import Why
from vizapp.picture.answer import above, answer, under
from vizapp.picture.compose import compose
from vizapp.picture.eased import between
from vizapp.picture.layout import layouts
from vizapp.picture.peel import table_of
from vizapp.picture.sentences import fill
from vizapp.picture.shapes import Picture
from vizapp.picture.shown import shown
from vizapp.picture.stage import Stage
from vizapp.picture.view import View
from vizapp.run.simulated import Simulated
from vizapp.scene import parse
from vizapp.scene.model import Question, Scene, Text
from vizapp.scene.phrase import Follow, Pattern
from vizapp.scene.standing import varies
from vizapp.sim.frame import InFlight
from vizapp.sim.match import followed, follows_requests, held, matches, moment
from vizapp.sim.pace import HOP, Pace, Passing
from vizapp.sim.timeline import Event, Flight
from vizapp.sim.trail import packet_of
from vizapp.words import Words

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


def reached(moments: Sequence[Moment], show: float) -> int:
    """Index of the last of them that has come by show second `show`, -1 before the first."""
    come = [number for number, moment in enumerate(moments) if moment.comes and moment.show <= show + EDGE]
    return come[-1] if come else -1


class Run(Simulated):
    """A scene with a seed, settings and acts, simulated ahead; everything shown of it is a look-up."""

    watched: int | None = None  # a packet that is followed as well
    _pace: Pace | None = None
    _steps: list[Moment] | None = None
    _questions: list[Moment] | None = None

    @cached_property
    def follows(self) -> list[Follow]:
        return [parse.follow(text) for text in self.scene.follow]

    @cached_property
    def felts(self) -> list[tuple[Pattern, Pattern | None]]:
        return [_felt(text) for text in self.scene.felt]

    @cached_property
    def varies(self) -> list[str]:
        """The things that may be absent."""
        return varies(self.scene)

    @cached_property
    def _found(self) -> dict[tuple[str, int], tuple[int, Event | None]]:
        """Of a pattern and the time after which it is looked for: the events looked through, and what was found."""
        return {}

    def _forget(self) -> None:
        self._pace = self._steps = self._questions = None

    def _replaced(self) -> None:
        self._found.clear()

    # looking

    def fill(self, text: Text | None, t: int, words: Words) -> str:
        """A text of the scene with the values of that moment (true ns)."""
        return fill(words.text(text), self.frame(t), self.scene, words)

    @property
    def pace(self) -> Pace:
        if self._pace is None:
            timeline = self.timeline
            if self.scene.pace is not None:
                self._pace = Pace(timeline.end, factor=self.scene.pace)
            else:
                self._pace = Pace(timeline.end, self.passing(), filter(self.holds, timeline.events), self._felt_waits())
        return self._pace

    def passing(self) -> list[Passing]:
        """The flights that stretch time: those that are followed, with `http` the requests of a crowd too."""
        flights = [flight for flight in self.timeline.flights if self.follows_flight(flight)]
        return [*flights, *(self.timeline.crowd.passages() if follows_requests(self.scene) else ())]

    def scale(self, show: float) -> float:
        """True ns per show second at that moment; 0 where time stands."""
        return self.pace.scale(show)

    def shown(self, view: View, t: int) -> Scene:
        """What of the scene is drawn at true ns `t`: what stands then."""
        return shown(self.scene, self.absent(t), view.folded, view.entered, view.table)

    def absent(self, t: int) -> frozenset[str]:
        """The things that do not stand at true ns `t`."""
        return self.frame(t).absent(self.varies)

    def laid(self, view: View, t: int = 0) -> Stage:
        """Where everything is at true ns `t`, in units of the picture."""
        return layouts((self.shown(view, t),), view.lang, view.size, view.level, self.kinds, view.unit)[0]

    def picture(self, show: float, view: View, t: int | None = None) -> Picture:
        """What that show second looks like; `t` (true ns) when the clock stands just after an act."""
        frame = self.frame(self.pace.true(show) if t is None else t)
        stage = self.laid(view, frame.t)
        if view.eased is not None:
            stage = between(view.eased[0], stage, view.eased[1])
        return compose(self.shown(view, frame.t), self.kinds, frame, stage, view, show, self.pace)

    def still(self, show: float, view: View) -> Picture:
        """That show second for a file: at level `show` with the caption, focus and table of its step."""
        number, words = self.step_at(show), Words(view.lang)
        told = self.scene.steps[number] if number >= 0 else None
        step = told if view.level == "show" else None
        frame = self.frame(self.pace.true(show))
        entered = table_of(self.scene, self.kinds, view.entered, frame)
        seen = replace(
            view,
            folded=view.folded or (told.fold if told else ()),
            focus=step.focus if step else (),
            table=entered or (step.table if step else None),
            caption=fill(words.text(step.say), frame, self.scene, words) if step else None,
            cards=self.scene.cards,
            followed=self.follows_flight,
        )
        return self.picture(show, seen)

    def answered(self, why: Why, show: float, view: View) -> Picture:
        """That show second for a file, with its chain of causes lit up and why under the stage."""
        said = answer(why, self.scene, Words(view.lang), view.size, view.level)
        chain = why.chain
        seen = replace(view, focus=chain.places, cards=self.scene.cards, chain=chain, link=chain.asked)
        laid = partial(self.laid, t=self.pace.true(show))
        return under(self.picture(show, above(laid, seen, said.height)), view.size[1], said, view.theme)

    def follows_flight(self, flight: Flight | InFlight) -> bool:
        asked = flight.packet.id == self.watched or flight.id in self.attempted
        return asked or self._follows(flight)

    def _follows(self, flight: Flight | InFlight) -> bool:
        """Whether the scene itself follows a flight."""
        return any(followed(follow, flight, self.timeline) for follow in self.follows)

    def holds(self, event: Event) -> bool:
        """Whether the clock stands still at an event: the scene follows it, or it rewrites the watched packet."""
        if any(held(follow, event, self.timeline) for follow in self.follows):
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
            after, above = 0, ""
            for step in self.scene.steps:
                again = step.when == above and not parse.pattern(step.when).moment
                found = self._find(parse.pattern(step.when), after + again)  # the same again: the next one is meant
                self._steps.append(found)
                after, above = (after if found.t is None else found.t), step.when
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
        return reached(self.steps, show)

    @property
    def questions(self) -> list[Moment]:
        """When each question of the scene must be asked: one nanosecond before its event. Its `event` is the one that
        answers it."""
        if self._questions is None:
            self._questions = [self.asked(question) for question in self.scene.questions]
        return self._questions

    def asked(self, question: Question) -> Moment:
        """When a question must be asked, and the event that answers it."""
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
