"""The programs that run on a machine for good: stopped cleanly, killed and started again while the machine lives on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vizapp.devices.net.addressing import Addressing
from vizapp.devices.net.keepalived import Keepalived
from vizapp.devices.net.services import Services
from vizapp.scene.model import Act
from vizapp.sim.behaviour import Impossible

KEEPALIVED = "keepalived"


class Daemons(Addressing):
    """Programs are `keepalived` and the services of `listen`, by name or by port."""

    services: Services
    keepalived: Keepalived

    def do_stop(self, act: Act, options: Mapping[str, Any]) -> None:
        """SIGTERM: the program ends as it wishes."""
        self._end(act.args[1], clean=True)

    def do_kill(self, act: Act, options: Mapping[str, Any]) -> None:
        """SIGKILL: the program is gone, and could do nothing about it."""
        self._end(act.args[1], clean=False)

    def do_start(self, act: Act, options: Mapping[str, Any]) -> None:
        self._needs_power()
        program = act.args[1]
        if program in self._names(running=True):
            raise Impossible("already-running", program=program)
        if program not in self._names(running=False):
            raise Impossible("no-such-program", program=program)
        self.event("program.started", program=program, **{"from": self.id})
        if program == KEEPALIVED:
            self.keepalived.start()
        else:
            self.services.begin(self.stack, program)
        self.say_programs()

    def _end(self, program: str, *, clean: bool) -> None:
        self._needs_power()
        if program not in self._names(running=True):
            known = program in self._names(running=False)
            raise Impossible("not-running" if known else "no-such-program", program=program)
        self.event("program.stopped" if clean else "program.killed", program=program, **{"from": self.id})
        if program == KEEPALIVED:
            self.keepalived.stop(clean=clean)
        else:
            self.services.end(self.stack, program, clean=clean)
        self.say_programs()

    def _names(self, *, running: bool) -> list[str]:
        """The programs that run, or that do not."""
        own = [KEEPALIVED] if self.get("keepalived") and self.keepalived.running == running else []
        return own + self.services.programs(running=running)

    def say_programs(self) -> None:
        """Record them, for the menus."""
        self.show("running", self._names(running=True))
        self.show("stopped", self._names(running=False))
