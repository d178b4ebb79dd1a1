"""The services by which one takes a machine in hand over the network: SSH, Remote Desktop (RDP), VNC.

Each is simulated as far as its bytes can be read on the wire. Then the session is open, and stays so until one closes
it: what is said in it is encrypted, or pictures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vizapp.devices.net.connection import App, Connection
from vizapp.devices.net.web import THINK, Service
from vizapp.protocols import rdp
from vizapp.protocols.header import Message
from vizapp.protocols.http import Http
from vizapp.protocols.rdp import Rdp
from vizapp.protocols.ssh import Ssh
from vizapp.protocols.vnc import Vnc
from vizapp.scene import units

if TYPE_CHECKING:
    from vizapp.devices.net.stack import Stack

PORTS = units.SERVICES  # by protocol


class Server:
    """A service that stays in its session. screen: the device whose screen or shell one gets."""

    protocol = ""

    def __init__(self, stack: Stack, screen: str | None = None) -> None:
        self.stack = stack
        self.screen = screen or stack.device.id

    def opened(self, connection: Connection) -> None:
        """The caller speaks first."""

    def data(self, connection: Connection, message: Message | None) -> None:
        """What this service makes of a message; of another one's it makes nothing, and closes."""
        self.stack.device.work(THINK, self.stack.tcp.close, connection)

    def say(self, connection: Connection, message: Message) -> None:
        """Answer after a moment."""
        self.stack.device.work(THINK, self._say, (connection, message))

    def _say(self, entry: tuple[Connection, Message]) -> None:
        connection, message = entry
        if connection.state in ("ESTABLISHED", "CLOSE-WAIT"):
            self.stack.tcp.send(connection, "PA", message)

    def welcome(self, connection: Connection) -> None:
        """The caller is in."""
        self.stack.device.event(f"{self.protocol}.session", screen=self.screen,
                                **{"from": connection.to, "to": self.stack.device.id})  # fmt: skip

    def finished(self, connection: Connection) -> None:
        self.stack.device.work(THINK, self.stack.tcp.close, connection)

    def closed(self, connection: Connection) -> None:
        """The session is over."""

    def failed(self, connection: Connection, reason: str) -> None:
        """The caller is gone."""


class SshServer(Server):
    """Says its identification at once (RFC 4253 § 4.2), unless it waits to hear which language is spoken."""

    protocol = "ssh"

    def __init__(self, stack: Stack, waits: bool = False) -> None:
        super().__init__(stack)
        self.waits = waits

    def opened(self, connection: Connection) -> None:
        if not self.waits:
            self._say((connection, Ssh()))

    def data(self, connection: Connection, message: Message | None) -> None:
        if not isinstance(message, Ssh):
            super().data(connection, message)
            return
        if self.waits:
            self._say((connection, Ssh()))
        self.welcome(connection)


class RdpServer(Server):
    """Confirms the connection request. security: which protocol it takes (`rdp.TLS`)."""

    protocol = "rdp"

    def data(self, connection: Connection, message: Message | None) -> None:
        if not isinstance(message, Rdp) or message.confirms:
            super().data(connection, message)
            return
        self.say(connection, Rdp(True, rdp.TLS))
        self.welcome(connection)


class VncServer(Server):
    """Says its version, offers entry without a password, accepts (RFC 6143 § 7.1)."""

    protocol = "vnc"

    def opened(self, connection: Connection) -> None:
        self._say((connection, Vnc("version")))

    def data(self, connection: Connection, message: Message | None) -> None:
        step = message.step if isinstance(message, Vnc) else None
        if step == "version":
            self.say(connection, Vnc("security"))
        elif step == "choice":
            self.say(connection, Vnc("result"))
            self.welcome(connection)
        else:
            super().data(connection, message)


class AnyServer:
    """Behind a port that is only a number: it answers in the language in which it is spoken to."""

    def __init__(self, stack: Stack, body: str) -> None:
        self.web = Service(stack, body)
        self.apps: dict[type[Message], App] = {
            Http: self.web, Ssh: SshServer(stack, waits=True), Rdp: RdpServer(stack),
        }  # fmt: skip

    def opened(self, connection: Connection) -> None:
        """The caller speaks first."""

    def data(self, connection: Connection, message: Message | None) -> None:
        app = self.apps.get(type(message), self.web) if message is not None else self.web
        connection.app = app
        app.data(connection, message)

    def finished(self, connection: Connection) -> None:
        self.web.finished(connection)

    def closed(self, connection: Connection) -> None:
        """Nothing is left to do."""

    def failed(self, connection: Connection, reason: str) -> None:
        """The caller is gone."""


def server(name: str, stack: Stack, body: str) -> App:
    """The service called `name`, on that stack."""
    match name:
        case "ssh":
            return SshServer(stack)
        case "rdp":
            return RdpServer(stack)
        case "vnc":
            return VncServer(stack)
        case "http":
            return Service(stack, body)
    return AnyServer(stack, body)
