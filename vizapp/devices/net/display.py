"""VirtualBox's remote display (VRDP): the host shows the screen of a VM, at a port of the host's own address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vizapp.devices.net.node import Node
from vizapp.devices.net.remote import RdpServer
from vizapp.devices.net.vicinity import host_of
from vizapp.scene.model import Act, Thing
from vizapp.sim.behaviour import Behaviour
from vizapp.sim.world import World

BADGE = "badge-vrdp"


class Guest(Node):
    """A virtual machine. Its `vrdp` port is open on its host while it is on: the screen needs no network of the VM."""

    def __init__(self, world: World, thing: Thing) -> None:
        super().__init__(world, thing)
        self.screen: tuple[int, RdpServer] | None = None  # the port of the host, and what listens there

    def start(self) -> None:
        super().start()
        self._display()

    def on_fail(self) -> None:
        super().on_fail()
        self._display()

    def on_restore(self) -> None:
        super().on_restore()
        self._display()

    def do_boot(self, act: Act, options: Mapping[str, Any]) -> None:
        super().do_boot(act, options)
        self._display()

    def do_shutdown(self, act: Act, options: Mapping[str, Any]) -> None:
        super().do_shutdown(act, options)
        self._display()

    def configure(self, name: str, value: Any) -> None:
        super().configure(name, value)
        if name == "vrdp":
            self._display()

    def _display(self) -> None:
        host = self.world.devices.get(host_of(self.world, self.id) or "")
        if host is not None and "vrdp" in self.thing.fields:
            self.open_on(host)

    def open_on(self, host: Behaviour) -> None:
        """Open or close the port, as things stand."""
        if not isinstance(host, Node) or host.id != host_of(self.world, self.id):
            return
        self._close(host)
        port = self.get("vrdp")
        up = self.powered and not self.failed and not host.failed and host.powered and not host.booting
        taken = port in host.stack.tcp.listening
        if port and up and not taken:
            self.screen = (port, RdpServer(host.stack, self.id))
            host.stack.tcp.listening[port] = self.screen[1]
        if port and up and taken:
            self.event("vrdp.failed", port=port, reason="port-taken", **{"from": self.id, "to": host.id})
        if port or (self.id, BADGE) in self.world.timeline.tracks:
            self.show(BADGE, f"VRDP {port}" if self.screen else None)

    def _close(self, host: Node) -> None:
        """Those who look at the screen are cut off."""
        if self.screen is None:
            return
        port, server = self.screen
        self.screen = None
        if host.stack.tcp.listening.get(port) is server:
            del host.stack.tcp.listening[port]
        if (not self.powered or self.failed) and not host.failed:
            for connection in [each for each in host.stack.tcp.connections.values() if each.app is server]:
                host.stack.tcp.abort(connection)
