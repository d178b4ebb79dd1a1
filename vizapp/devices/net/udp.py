"""The UDP sockets of a machine: who listens on which port, and whom an error concerns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vizapp.protocols.udp import Udp

if TYPE_CHECKING:
    from vizapp.devices.net.stack import Stack

EPHEMERAL = (32768, 60999)  # Linux: ip_local_port_range


class UdpSockets:
    """by_port: an object with `datagram(interface, packet)`, perhaps with `unreachable(port, reason)`. raw: cards on
    which it hears what is for other addresses too, as a DHCP client does while it asks."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.by_port: dict[int, Any] = {}
        self.raw: set[str] = set()

    def open(self, app: Any) -> int:
        """A port that is free, chosen by chance, on which `app` listens from now on."""
        chance = self.stack.device.chance("udp-ports")
        port = chance.between(*EPHEMERAL)
        while port in self.by_port:
            port = chance.between(*EPHEMERAL)
        self.by_port[port] = app
        return port

    def close(self, port: int) -> None:
        self.by_port.pop(port, None)

    def unreachable(self, layers: tuple[Any, ...], reason: str) -> None:
        """The datagram in `layers`, sent from here, did not arrive."""
        udp = layers[1]
        app = self.by_port.get(udp.sport) if isinstance(udp, Udp) else None
        if app is not None and hasattr(app, "unreachable"):
            app.unreachable(udp.sport, reason)
