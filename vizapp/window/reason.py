"""Which explanation a session shows: of the last thing that was done and failed, or of the one that was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vizapp.devices.failure.explanation import Explanation
from vizapp.run import Run
from vizapp.scene.model import Act
from vizapp.sim.timeline import Event

if TYPE_CHECKING:
    from vizapp.window.session import Session


class Reason:
    """It is known from the moment of the outcome on. `held`: shown although the clock went back to where it stopped."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.held: Explanation | None = None
        self.wanted: int | None = None  # id of the event of an act whose explanation was asked for
        self._closed: set[tuple[Any, ...]] = set()
        self._key: object = None
        self._found: Explanation | None = None

    @property
    def shown(self) -> Explanation | None:
        """What may be told at the clock; nothing while a question is open."""
        session = self.session
        if session.asking is not None and not session.revealed:
            return None
        found = self._explained(self._event())
        if found is not None:
            self.held = None
            return None if self._name(found) in self._closed else found
        held = self.held
        return held if held is not None and held.tried.act.t <= session.t < held.outcome.t else None

    def _event(self) -> Event | None:
        """The act that is meant: the one asked for, else the last one of a person's."""
        run, t = self.session.run, self.session.t
        if not isinstance(run, Run):
            return None
        if self.wanted is not None:
            event = run.timeline.by_id(self.wanted)
            return event if isinstance(event, Event) and event.t <= t else None
        act = last_act(run.acts, t)
        return run.event_of(act) if act is not None else None

    def _explained(self, event: Event | None) -> Explanation | None:
        run, t = self.session.run, self.session.t
        if event is None or not isinstance(run, Run):
            return None
        key = (run.timeline, event.id, run.timeline.events_until(t), t >= run.timeline.end)
        if key != self._key or self._found is None:
            self._key, self._found = key, run.why(event, t)
        return self._found

    def ask(self) -> bool:
        """Explain the last failure that is known at the clock, whoever tried; whether there is one."""
        run, t = self.session.run, self.session.t
        if not isinstance(run, Run):
            return False
        found = next((event for event in reversed(run.tried(t)) if run.why(event, t) is not None), None)
        if found is not None:
            self.wanted = found.id
            self._closed.clear()
            self.session.moved.emit()
        return found is not None

    def close(self) -> None:
        """It has been read."""
        found = self.shown
        if found is not None:
            self._closed.add(self._name(found))
        self.held = self.wanted = None
        self.session.moved.emit()

    def forget(self) -> None:
        """Something else was done."""
        self.held = self.wanted = None

    def show(self, found: Explanation) -> None:
        """Look at where it stopped; the explanation stays."""
        session = self.session
        session.pause()
        session.seek(session.run.pace.show_end(found.stop.t))
        self.held = found
        stop = found.stop
        session.select(f"packet:{stop.packet}" if stop.packet is not None else stop.link or stop.device)
        session.moved.emit()

    def back(self, found: Explanation) -> None:
        """Back to when it was known."""
        self.session.pause()
        self.session.seek(self.session.run.pace.show_end(found.outcome.t))

    @staticmethod
    def _name(found: Explanation) -> tuple[Any, ...]:
        """What tells one failure from another, also in another run."""
        return found.tried.act.name, found.tried.args, found.tried.act.t


def last_act(acts: list[Act], t: int) -> Act | None:
    """The last thing that was done up to true ns `t`; of those of one moment, the one done last."""
    done = [act for act in acts if act.at < t]
    return max(enumerate(done), key=lambda each: (each[1].at, each[0]))[1] if done else None
