"""The console of a hypervisor: the host shows the screen of a VM that it runs, without any network."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vizapp.devices.net.node import Node
from vizapp.scene.model import Act


class Host(Node):
    """A machine that runs others."""

    def do_console(self, act: Act, options: Mapping[str, Any]) -> None:
        self._needs_programs()
        guest, reason = act.args[1], self._refusal(act.args[1])
        ends = {"from": self.id, "to": guest}
        if reason is None:
            self.event("console.opened", address=self._address_of(guest), **ends)
        else:
            self.event("console.failed", reason=reason, **ends)

    def _refusal(self, name: str) -> str | None:
        """Why this host can't show the screen of that machine; None: it can."""
        guest = self.world.devices[name]
        if not isinstance(guest, Node) or name == self.id:
            return "not-a-guest"
        if not self._holds(name):
            return "other-host"
        if guest.failed:
            return "device-failed"
        return None if guest.powered else "powered-off"

    def _holds(self, name: str) -> bool:
        parent = self.world.scene.things[name].parent
        return parent is not None and (parent == self.id or self._holds(parent))

    def _address_of(self, name: str) -> str | None:
        guest = self.world.devices[name]
        return next(iter(guest.stack.addresses()), None) if isinstance(guest, Node) else None
