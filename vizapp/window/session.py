"""The session: one scene being played. It holds the run, the clock, the fog and the question that is open.

Widgets show it and call its methods; they never talk to each other. What it holds is plain: scene, seed, acts, show.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic, perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

from vizapp.compare import Played
from vizapp.run import EDGE, Run
from vizapp.scene.model import Act
from vizapp.window.acting import Acting
from vizapp.window.citing import Citing
from vizapp.window.folds import Folds
from vizapp.window.picked import picked
from vizapp.window.puzzling import Puzzling

TICK = 16  # ms
BREATH = 0.006  # seconds of each tick given to simulating ahead
MOUTHFUL = 300  # agenda entries between two looks at the watch
SPEEDS = (0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0)


class Session(Acting):
    """Signals: `moved` the clock shows another moment; `changed` the run itself did (acts, settings, more simulated);
    `picked` another thing is selected; `asked` a question opened, was answered, revealed or closed; `played` play or
    pause, speed; `begun` a task was begun, solved, given up or left; `tracked` another packet is followed, or none;
    `ticked` the clock's timer, also while it stands, for what is still coming to rest; `aimed` a target is to be
    chosen, or no more; `wished` a verb of a thing is to be written out: the rest of its line is asked for; `faulting`
    the palette of faults is asked for: of a target, at true ns or (None) now; `acted` something was done, with how
    many of the things done lie later; `pondered` what if is asked of an act: its alternatives are to be listed;
    `supposed` one of them is to be opened, with the question where a scene asks it; `peeled` a layer was folded or
    unfolded."""

    picked = Signal()
    asked = Signal()
    played = Signal()
    tracked = Signal()
    ticked = Signal()
    contrasting = False  # whether it is told what the difference between sides is
    peeled = Signal()

    def __init__(self, run: Played, parent: QObject | None = None) -> None:
        super().__init__(run, parent)
        self.show = 0.0  # show seconds
        self.furthest = 0.0  # show seconds: what lies beyond is in the fog
        self.clear = False  # the teacher lifted the fog
        self.sourced = False  # whether sources stand in a line below the stage
        self.citing = Citing(self)
        self.exports_sources = False  # whether they did below the pictures that were exported last
        self.playing = False
        self.speed = 1.0
        self.selected: str | None = None  # id of a thing, of a link, or `packet:ID`
        self.followed: int | None = None  # the packet that the camera stays with
        self._folds = Folds(self)
        self.asking: int | None = None  # index of the open question
        self.chosen: int | None = None  # the option that was picked
        self.revealed = False
        self.puzzles = Puzzling(self)
        self._settled: set[int] = set()  # questions asked and done with
        self._goal: float | None = None  # show second to stop at: a step's moment
        self._watched: Act | None = None  # tried; it is played until one knows what came of it
        self._last = 0.0
        self._stirred = 0.0  # monotonic second until which the timer goes on although the clock stands
        self._timer = QTimer(self)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self._tick)
        self._breathe()

    @property
    def one(self) -> Run:
        """The run of one scene: what is about one is never given a comparison, but one of its sides."""
        assert isinstance(self.run, Run)
        return self.run

    @property
    def alone(self) -> bool:
        """Whether it is of one scene by itself, which may be put beside itself."""
        return isinstance(self.run, Run)

    @property
    def folds(self) -> Folds:
        """Which layers are folded."""
        return self._folds

    def show_contrast(self, shown: bool, hint: Callable[[], str] | None = None) -> None:
        """Tell what the difference between sides is; of one run there is none."""

    @property
    def near(self) -> Session:
        """Where one looks at a packet: here."""
        return self

    # the clock

    @property
    def t(self) -> int:
        """True ns that the clock shows."""
        t = self.run.pace.true(self.show)
        return t if self._acted is None else max(t, self._acted)

    def on_the_clock(self, show: float) -> float:
        """A show second of the run, as the clock of the window counts."""
        return show

    @property
    def fog(self) -> float:
        """Show second beyond which nothing may be told: none once lifted, the question's moment while it is open."""
        if self.asking is not None and not self.revealed:
            return self.run.questions[self.asking].show
        return float("inf") if self.clear else self.furthest

    @property
    def masked(self) -> tuple[str, ...]:
        """What the open question points at, which nothing may tell before it is revealed: a field, a device."""
        if self.asking is None or self.revealed:
            return ()
        pointed = self.run.scene.questions[self.asking].point_at
        return (pointed,) if pointed else ()

    @property
    def fog_t(self) -> int:
        """The same in true ns."""
        fog = self.fog
        return self.run.timeline.end if fog == float("inf") else max(self.run.pace.true(fog), self._acted or 0)

    @property
    def length(self) -> float:
        """Show seconds that can be played to."""
        return self.run.pace.length

    def lift_fog(self, clear: bool) -> None:
        self.clear = clear
        self.moved.emit()

    def play(self) -> None:
        if self.asking is not None and not self.revealed:
            return
        if self.show >= self.length - EDGE and not self.run.busy:
            self.run.extend(self.run.until + self.run.scene.until)
            if not self.run.busy:
                self.seek(0.0)
        self._start()

    def _start(self) -> None:
        self.inquiry.leave()
        self.puzzles.read()
        self.playing = True
        self._last = monotonic()
        self._timer.start()
        self.played.emit()

    def pause(self) -> None:
        self.playing = False
        self._goal = self._watched = None
        if not self.run.busy and monotonic() > self._stirred:
            self._timer.stop()
        self.played.emit()

    def stir(self, seconds: float) -> None:
        """Let the timer tick for a while although the clock stands."""
        self._stirred = monotonic() + seconds
        if not self._timer.isActive():
            self._timer.start()

    def watch(self, act: Act) -> None:
        if self.asking is None or self.revealed:
            self._start()
            self._watched = act

    def _look_out(self) -> None:
        """Once the outcome of what is watched has been simulated, stop where it is known."""
        came = self.run.came(self._watched) if self._watched is not None and not self.run.busy else None
        if came is not None:
            self._watched, self._goal = None, max(self.run.pace.show_end(came.t), self.show)

    def toggle(self) -> None:
        if self.playing:
            self.pause()
        else:
            self.play()

    def faster(self, by: int) -> None:
        """One notch faster (`by` = 1) or slower (-1)."""
        nearest = min(range(len(SPEEDS)), key=lambda i: abs(SPEEDS[i] - self.speed))
        self.speed = SPEEDS[min(max(nearest + by, 0), len(SPEEDS) - 1)]
        self.played.emit()

    def seek(self, show: float) -> None:
        """Look at that show second. While a question is open the clock does not go past it."""
        self._acted = None
        self._goal = self._watched = None
        self._go(min(max(show, 0.0), self.length))

    def _go(self, show: float) -> None:
        if self.asking is not None and not self.revealed:
            show = min(show, self.run.questions[self.asking].show)
        if show > self.show:
            self._acted = None
        self.show = show
        self.furthest = max(self.furthest, show)
        self.moved.emit()

    def seek_true(self, t: int) -> None:
        self.seek(self.run.pace.show(t))

    def _tick(self) -> None:
        self._breathe()
        self.ticked.emit()
        if not self.playing:
            if not self.run.busy and monotonic() > self._stirred:
                self._timer.stop()
            return
        self._look_out()
        now = monotonic()
        self._advance((now - self._last) * self.speed)
        self._last = now

    def _advance(self, by: float) -> None:
        target = min(self.show + by, self.length)
        question = self._question_before(target)
        if question is not None:
            self._go(self.run.questions[question].show)
            self.ask(question)
        elif self._goal is not None and target >= self._goal - EDGE:
            goal, self._goal = self._goal, None
            self._go(goal)
            self.pause()
        else:
            self._go(target)
            if target >= self.length - EDGE and not self.run.busy:
                self._at_the_end()

    def _at_the_end(self) -> None:
        """Stop, unless what came of something tried is still to be seen."""
        self.run.extend(self.run.aftermath)
        if not self.run.busy:
            self.pause()

    def _breathe(self) -> None:
        """Simulate ahead for a few milliseconds; the timer goes on as long as there is more."""
        if not self.run.busy:
            return
        stop = perf_counter() + BREATH
        while self.run.busy and perf_counter() < stop:
            self.run.advance(MOUTHFUL)
        self._tell()
        if self.run.busy and not self._timer.isActive():
            self._timer.start()

    def _tell(self) -> None:
        """More has been simulated."""
        self.changed.emit()

    # steps and events

    @property
    def step(self) -> int:
        """Index of the step reached, -1 before the first."""
        return self.run.step_at(self.show)

    @property
    def at_last_step(self) -> bool:
        """Whether no step and no answer is still to come."""
        waiting = self.asking is not None and not self.revealed
        return not (waiting or self.run.busy or any(m.comes and m.show > self.show + EDGE for m in self.run.steps))

    def next_step(self) -> None:
        """Play to the next step's moment and stop; pressed again on the way, arrive at once. An open question is
        revealed first."""
        if self.asking is not None and not self.revealed:
            self.reveal()
            return
        if self._goal is not None:
            self._arrive(self._goal)
            return
        ahead = [m.show for m in self.run.steps if m.comes and m.show > self.show + EDGE]
        if ahead:
            self._goal = ahead[0]
            self._start()

    def _arrive(self, goal: float) -> None:
        question = self._question_before(goal)
        if question is None:
            self._go(goal)
            self.pause()
        else:
            self._go(self.run.questions[question].show)
            self.ask(question)

    def previous_step(self) -> None:
        behind = [m.show for m in self.run.steps if m.comes and m.show < self.show - EDGE]
        self.pause()
        self.close_question()
        self.seek(behind[-1] if behind else 0.0)

    def go_to_step(self, number: int) -> None:
        moment = self.run.steps[number]
        if moment.comes:
            self.pause()
            self.close_question()
            self.seek(moment.show)

    def next_event(self) -> None:
        """Stop at the next thing that happens."""
        self.pause()
        events, pace = self.run.timeline.events, self.run.pace
        for event in events[self.run.timeline.events_until(self.t) :]:
            show = pace.show(event.t)
            if show > self.show + EDGE:
                self._arrive(show)
                return

    def previous_event(self) -> None:
        self.pause()
        pace = self.run.pace
        for event in reversed(self.run.timeline.events[: self.run.timeline.events_until(self.t)]):
            show = pace.show(event.t)
            if show < self.show - EDGE:
                self.seek(show)
                return
        self.seek(0.0)

    # questions

    def _question_before(self, target: float) -> int | None:
        """The first question, not yet done with, whose moment lies between now and `target`."""
        waiting = [
            (moment.show, number)
            for number, moment in enumerate(self.run.questions)
            if number not in self._settled and moment.comes and self.show - EDGE <= moment.show <= target
        ]
        return min(waiting)[1] if waiting else None

    def ask(self, number: int | None = None) -> None:
        """Open a question: the clock stops before its event. None: the next one that is still to come."""
        if number is None:
            ahead = [(m.show, i) for i, m in enumerate(self.run.questions) if m.comes and m.show > self.show]
            if not ahead:
                return
            number = min(ahead)[1]
        self.pause()
        self.show_contrast(False)  # it may answer what is asked
        self.asking, self.chosen, self.revealed = number, None, False
        self.puzzles.ask(self.run.scene.questions[number])
        self._go(self.run.questions[number].show)
        self.asked.emit()

    def choose(self, option: int) -> None:
        """The class predicts; nothing is revealed yet."""
        self.chosen = option
        self.asked.emit()

    def reveal(self) -> None:
        """Show what the simulation answers, and play on through it; that of a puzzle is read first. The puzzle of a
        task is judged."""
        if self.asking is None:
            self.puzzles.commit()
            return
        if self.revealed and self.puzzles.open is not None:
            return
        self.revealed = True
        self._settled.add(self.asking)
        if self.puzzles.open is not None:  # it is read before the clock goes on
            self.puzzles.open.reveal()
            self.asked.emit()
            return
        self.asked.emit()
        steps = [m.show for m in self.run.steps if m.comes and m.show > self.show + EDGE]
        self._goal = steps[0] if steps else None
        self._start()

    def close_question(self) -> None:
        if self.asking is not None:
            self.asking = self.chosen = self.puzzles.open = None
            self.revealed = False
            self.asked.emit()

    # beginning anew

    def reset(self) -> None:
        """Back to the start, as if nothing had been seen or asked; the acts can still be undone one by one."""
        self.pause()
        self.close_question()
        self.leave_task()
        self.puzzles.forget()
        self._settled.clear()
        self.furthest = 0.0
        self.seek(0.0)

    def resume(self, show: float, furthest: float) -> None:
        """Look where another session of the scene looked, once that much of this one has been simulated."""
        while self.run.busy and self.length < furthest:
            self.run.advance()
        self.seek(furthest)
        self.seek(show)

    def select(self, thing: str | None) -> None:
        if thing != self.selected:
            self.selected = thing
            self.picked.emit()
            if self.followed is not None and picked(thing) is not None:
                self.follow(picked(thing))

    def follow(self, packet: int | None) -> None:
        """Let the camera stay with a packet, or with none. Its hops stretch time, so the map of show seconds is another
        one; what is shown and what was seen stay the same."""
        if packet == self.followed:
            return
        self.followed = packet
        if isinstance(self.run, Run):  # sides have one clock for all, which no packet of one of them stretches
            self._watch(self.run, packet)
        self.tracked.emit()
        self.changed.emit()
        self.moved.emit()

    def _watch(self, run: Run, packet: int | None) -> None:
        old = run.pace
        run.watch(packet)
        pace = run.pace
        self.show, self.furthest = pace.carried(self.show, old), pace.carried(self.furthest, old)
        self._goal = None if self._goal is None else pace.carried(self._goal, old)
