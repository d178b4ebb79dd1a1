"""Why something happened: the event that a session asks about, its chain of causes, and the link that is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vizapp.picture.account import Why
from vizapp.run import EDGE, Run
from vizapp.sim.chain import Link
from vizapp.sim.timeline import Event

if TYPE_CHECKING:
    from vizapp.window.session import Session

QUIET = ("arp.learned", "nic.", "switch.", "tcp.", "vrrp.advert", "vrrp.heard")  # what happens all the time


class Inquiry:
    """It is about what has been seen: nothing beyond the fog is told, and nothing while a question is open. Playing on
    and doing something else put an end to it."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.place = 0  # of the link that is looked at
        self._event: Event | None = None
        self._key: object = None
        self._why: Why | None = None

    @property
    def shown(self) -> Why | None:
        """What may be told now."""
        session, event = self.session, self._event
        if event is None or not isinstance(session.run, Run) or (session.asking is not None and not session.revealed):
            return None
        timeline, fog = session.run.timeline, session.fog_t
        if timeline.by_id(event.id) is not event or event.t > fog:
            return None  # the run is another one
        key = (event, timeline.events_until(fog))
        if key != self._key:
            self._key, self._why = key, session.run.because(event, fog)
        return self._why

    @property
    def link(self) -> Link | None:
        """The link that is looked at."""
        why = self.shown
        return why.chain.links[min(self.place, len(why.chain.links) - 1)] if why is not None else None

    def ask(self, event: Event | None) -> bool:
        """Ask why an event happened; whether that can be told."""
        self._event = event
        why = self.shown
        if why is None:
            self._event = None
            return False
        self.session.pause()
        self.place = why.chain.asked
        self.session.moved.emit()
        return True

    def ask_here(self) -> bool:
        """Ask about what is meant here; asked again, about nothing more."""
        if self.shown is not None:
            self.leave()
            return True
        return self.ask(self.meant())

    def meant(self, thing: str | None = None) -> Event | None:
        """The event that one would ask about: the end of the failure that is explained, the last one at a thing, that
        of the step at which the clock stands, or else the last one."""
        session = self.session
        if not isinstance(session.run, Run):
            return None
        failure = session.reason.shown
        if failure is not None and thing is None:
            return failure.outcome.event or failure.tried.act
        thing = thing or (session.selected if session.selected in session.run.scene.things else None)
        return self._step() if thing is None and self._step() is not None else self.last(thing)

    def last(self, thing: str | None) -> Event | None:
        """The last event up to the clock: at a thing, or that names it; of all, one that is not routine."""
        timeline = self.session.run.timeline
        seen = timeline.events[: timeline.events_until(self.session.t)]
        if thing is not None:
            return next((event for event in reversed(seen) if thing in Link("asked", (event,)).places), None)
        told = next((event for event in reversed(seen) if not event.name.startswith(QUIET)), None)
        return told or (seen[-1] if seen else None)

    def _step(self) -> Event | None:
        run, number = self.session.run, self.session.step
        moment = run.steps[number] if number >= 0 else None
        return moment.event if moment is not None and abs(moment.show - self.session.show) < EDGE else None

    def moments(self, why: Why) -> list[tuple[float, int]]:
        """The show seconds of a chain on the clock of the window, each with the place of its link."""
        session = self.session
        return [(session.on_the_clock(session.run.pace.show_end(t)), number)
                for number, link in enumerate(why.chain.links) for t in link.moments]  # fmt: skip

    def go(self, place: int) -> None:
        """Look at a link: its moment on the clock."""
        why = self.shown
        if why is not None and 0 <= place < len(why.chain.links):
            session = self.session
            session.pause()
            self.place = place
            session.seek(session.run.pace.show_end(min(why.chain.links[place].t, session.fog_t)))

    def step(self, by: int) -> bool:
        """To the link before or after; False where no chain is shown."""
        if self.shown is None:
            return False
        self.go(self.place + by)
        return True

    def leave(self) -> bool:
        """Ask about nothing more; False where no chain was shown."""
        shown, self._event = self.shown is not None, None
        if shown:
            self.session.moved.emit()
        return shown
