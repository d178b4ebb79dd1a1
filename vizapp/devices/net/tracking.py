"""What keepalived tracks: a script that it runs again and again, here one that asks whether a program listens.

(keepalived.conf(5), SCRIPTS: `fall` and `rise` results in a row are needed to change its mind.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vizapp.devices.net.terms import Track

if TYPE_CHECKING:
    from vizapp.devices.net.keepalived import Keepalived


class Tracking:
    """ok: what it believes; row: results in a row that say otherwise."""

    def __init__(self, daemon: Keepalived, track: Track) -> None:
        self.daemon, self.track = daemon, track
        self.row = 0
        self.ok = self._works()
        daemon.device.wait(track.interval, self._look)

    def _works(self) -> bool:
        return self.track.port in self.daemon.device.stack.tcp.listening

    def _look(self, _: None) -> None:
        if self.daemon.tracking is not self:
            return
        device = self.daemon.device
        device.world.agenda.cause = device.services.ended.get(self.track.port, 0)
        works = self._works()
        self.row = self.row + 1 if works != self.ok else 0
        if self.row >= (self.track.fall if self.ok else self.track.rise):
            self.ok, self.row = works, 0
            device.event("vrrp.tracked", port=self.track.port, ok=works, **{"from": device.id})
            self.daemon.tracked()
        device.of_itself()
        device.wait(self.track.interval, self._look)
