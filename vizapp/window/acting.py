"""The part of a session that acts: what a person does, takes back and begins, at the moment that the clock shows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from vizapp.compare import Played
from vizapp.scene.model import Act
from vizapp.window.aim import Aim
from vizapp.window.hunt import Hunt
from vizapp.window.inquiry import Inquiry
from vizapp.window.reason import Reason


class Acting(QObject):
    """The clock is the session's own."""

    moved = Signal()
    changed = Signal()
    begun = Signal()
    aimed = Signal()
    wished = Signal(str, str)
    acted = Signal(int)
    faulting = Signal(str, object)
    pondered = Signal(object)
    supposed = Signal(object, object)

    def __init__(self, run: Played, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.run = run
        self.hunt: Hunt | None = None  # the task that is under way
        self.aim: Aim | None = None  # what waits for its target
        self.solved: set[int] = set()  # numbers of the tasks that were begun and solved
        self.reason = Reason(self)  # type: ignore[arg-type]  # the session itself
        self._inquiry = Inquiry(self)  # type: ignore[arg-type]
        self._acted: int | None = None  # true ns just after the last act, while the clock stands there
        self._dragging: str | None = None

    @property
    def inquiry(self) -> Inquiry:
        """Why something happened, as far as that is asked."""
        return self._inquiry

    @property
    def t(self) -> int:
        """True ns that the clock shows."""
        raise NotImplementedError

    def _breathe(self) -> None:
        raise NotImplementedError

    # acts

    def do(self, act: Act) -> None:
        """Do it now: it applies just after what the clock shows."""
        self._dragging = None
        self._act(replace(act, at=self.t), instead=False)

    def take(self, act: Act) -> None:
        """Do it at its own time, wherever the clock stands: it may be in the place of another."""
        self._dragging = None
        self.reason.forget()
        if act.of in self.run.acts:
            own = replace(act, of=act.of.of)
            self.run.change(self.run.acts.index(act.of), own if own.verb or own.of else None)
        else:
            self.run.do(act)
        self._renew()

    def schedule(self, act: Act, at: int) -> None:
        """Have it done at true ns `at`, wherever the clock stands."""
        self._dragging = None
        self._act(replace(act, at=at), instead=False)

    # what was done, changed

    def may_change(self, number: int) -> bool:
        """Whether what was done under that number may be moved or taken out: not while a task that began later is
        under way."""
        return 0 <= number < len(self.run.acts) and (self.hunt is None or number >= self.hunt.acts)

    def move(self, number: int, at: int, *, on: bool = False) -> None:
        """What was done under that number is done at true ns `at` instead. on: a move of it that goes on."""
        least = 0 if self.hunt is None else self.hunt.t
        self.change(number, replace(self.run.acts[number], at=max(at, least)), on=on)

    def change(self, number: int, act: Act | None, *, on: bool = False) -> None:
        """Another act in the place of what was done under that number; None takes it out. The others stay."""
        if self.may_change(number) and self.run.acts[number] != act:
            self._dragging = None
            self.reason.forget()
            self.inquiry.leave()
            self.run.change(number, act, instead=on)
            self._renew()

    def attempt(self, act: Act) -> None:
        """Do it now and, when it only tries something, play on to see what comes of it."""
        self.do(act)
        if self.run.asks(act):
            self.watch(self.run.acts[-1])

    def watch(self, act: Act) -> None:
        """Play until it is known what came of that act."""
        raise NotImplementedError

    def take_aim(self, thing: str, *verbs: str) -> None:
        """Let the target of one of these verbs be chosen on the stage."""
        self.aim = Aim(thing, verbs)
        self.aimed.emit()

    def drop_aim(self) -> None:
        if self.aim is not None:
            self.aim = None
            self.aimed.emit()

    def set(self, name: str, value: Any, *, dragging: bool = False) -> None:
        """Change a setting from now on. A drag is one act, whatever it passes through."""
        act = Act("set", (name,), {"value": value}, self.t)
        instead = dragging and self._dragging == name and bool(self.run.acts)
        if instead:
            act = replace(act, at=self.run.acts[-1].at)
        self._dragging = name if dragging else None
        self._act(act, instead=instead)

    def end_drag(self) -> None:
        """The slider was let go: what moves it next is another act."""
        self._dragging = None

    def setting(self, name: str) -> Any:
        """A setting's value at the clock, as it was asked for even while that is still being simulated."""
        asked = [act for act in self.run.acts if act.verb == "set" and act.args[0] == name and act.at <= self.t]
        if asked and self.run.busy:
            return max(asked, key=lambda act: act.at).options["value"]
        return self.run.setting(name, self.t)

    def _act(self, act: Act, *, instead: bool) -> None:
        self.reason.forget()
        self.inquiry.leave()
        self.run.do(act, instead=instead)
        if act.at <= self.t:
            self._acted = max(act.at + 1, self._acted or 0)
        self._renew()
        self.acted.emit(sum(1 for each in self.run.acts if each.at > act.at))

    def undo(self) -> None:
        self._dragging = None
        if self.run.undo():
            self._renew()

    def redo(self) -> None:
        if self.run.redo():
            self._renew()

    # tasks that are begun

    def begin(self, number: int) -> None:
        """Begin a task here and now: its fault is planted, its changes are counted."""
        self.leave_task()
        task, t = self.run.scene.tasks[number], self.t
        self.hunt = Hunt(number, t, len(self.run.acts), self.run.history.depth)
        self.run.plant([replace(act, at=t + act.at) for act in task.fault])
        self._acted = t + 1
        self._renew()
        self.begun.emit()

    def end_task(self, *, solved: bool) -> None:
        """It is solved, or given up: what was hidden is shown, and stays as it is until the task is left."""
        if self.hunt is not None and not self.hunt.over:
            self.hunt.over = True
            if solved:
                self.solved.add(self.hunt.number)
            self.begun.emit()

    def leave_task(self) -> None:
        """All is as it was before it began; what was done since can be redone."""
        hunt, self.hunt = self.hunt, None
        if hunt is None:
            return
        self._dragging = None
        self.run.undo(self.run.history.depth - hunt.depth)
        self.run.plant(())
        self._renew()
        self.begun.emit()

    @property
    def hunting(self) -> bool:
        """Whether a fault is hidden at present: nothing may tell of it."""
        hunt = self.hunt
        return hunt is not None and not hunt.over and bool(self.run.scene.tasks[hunt.number].fault)

    def look_again(self) -> None:
        """More of the run may have been simulated elsewhere."""
        self.run.advance()
        self.changed.emit()

    def _renew(self) -> None:
        self._breathe()
        self.changed.emit()
        self.moved.emit()
