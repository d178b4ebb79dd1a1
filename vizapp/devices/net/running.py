"""The programs of a machine, as its kernel sees them: they work at some pace, wait, are handed things, or stand still.

What hangs is the programs: the kernel goes on answering ARP and ping, and accepting connections (TCP acknowledges what
its buffer takes). What they would have done, or been handed, waits in order until they go on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from vizapp.devices.faults import say
from vizapp.scene.model import Act
from vizapp.sim.behaviour import Behaviour, Impossible

Call = Callable[..., None]
Held = tuple[int, Call, tuple[Any, ...]]  # the cause, what is to be called, with what


class Running(Behaviour):
    """hung: since when (true ns) its programs stand still. slowness: how many times longer their work takes. stood: ns
    that they stood still before. held: what waits until they go on."""

    hung: int | None = None
    slowness: float = 1.0
    stood: int = 0

    def start_programs(self) -> None:
        """They are started afresh."""
        self.hung, self.slowness, self.stood = None, 1.0, 0
        self.held: list[Held] = []
        self._say_programs()

    def _say_programs(self) -> None:
        say(self, self.hung is not None, self.slowness)

    def work(self, lasts: int, call: Callable[[Any], None], arg: Any = None) -> None:
        """A program does `call(arg)` after `lasts` ns of work: longer when it is slow, or stands still meanwhile."""
        lasts = round(lasts * self.slowness)
        self.after(lasts, self._worked, (self._own_time() + lasts, call, arg))

    def _worked(self, entry: tuple[int, Callable[[Any], None], Any]) -> None:
        end, call, arg = entry
        left = end - self._own_time()
        if self.hung is not None:
            self._hold(self._worked, entry)
        elif left > 0:
            self.after(left, self._worked, entry)
        else:
            call(arg)

    def _own_time(self) -> int:
        """The clock of the programs, which stops while they stand still."""
        return (self.now if self.hung is None else self.hung) - self.stood

    def wait(self, lasts: int, call: Callable[[Any], None], arg: Any = None) -> None:
        """A program waits `lasts` ns by the clock, then does `call(arg)`: late, if it stands still at that moment."""
        self.after(lasts, self._waited, (call, arg))

    def _waited(self, entry: tuple[Callable[[Any], None], Any]) -> None:
        self.tell(*entry)

    def tell(self, call: Call, *args: Any) -> None:
        """The kernel hands something to a program: `call(*args)`, once it looks."""
        if self.hung is None:
            call(*args)
        else:
            self._hold(call, *args)

    def _hold(self, call: Call, *args: Any) -> None:
        self.held.append((self.world.agenda.cause, call, args))

    # verbs

    def do_hang(self, act: Act, options: Mapping[str, Any]) -> None:
        """Its programs stand still."""
        self._needs_programs()
        self.hung = self.now
        self._say_programs()

    def do_resume(self, act: Act, options: Mapping[str, Any]) -> None:
        """They go on, and first do what has waited, in order; each bears its own cause."""
        if self.hung is None:
            raise Impossible("not-hung", device=self.id)
        self.stood += self.now - self.hung
        self.hung = None
        self._say_programs()
        waited, self.held = self.held, []
        for cause, call, args in waited:
            self.world.agenda.cause = cause
            self.tell(call, *args)

    def do_slow(self, act: Act, options: Mapping[str, Any]) -> None:
        """From now on, work takes its programs `factor` times as long."""
        self._needs_power()
        self.slowness = options.get("factor", 4.0)
        self._say_programs()

    def _needs_power(self) -> None:
        """Impossible while nothing runs here."""

    def _needs_programs(self) -> None:
        self._needs_power()
        if self.hung is not None:
            raise Impossible("already-hung", device=self.id)
