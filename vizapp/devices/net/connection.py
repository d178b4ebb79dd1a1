"""One end of a TCP connection, what uses it, and the segment that waits for its acknowledgement."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from vizapp.protocols.header import Message

if TYPE_CHECKING:
    from vizapp.devices.net.link import Note

Key = tuple[str, int, str, int]  # local address and port, remote address and port


class App(Protocol):
    """What uses a connection."""

    def opened(self, connection: Connection) -> None: ...

    def data(self, connection: Connection, message: Message | None) -> None: ...

    def finished(self, connection: Connection) -> None: ...

    def closed(self, connection: Connection) -> None: ...

    def failed(self, connection: Connection, reason: str) -> None: ...


@dataclass(slots=True)
class Segment:
    """A segment that must be acknowledged, and how often it was sent."""

    flags: str
    seq: int
    size: int
    message: Message | None
    notes: tuple[Note, ...]
    sent: int = 1


@dataclass(slots=True)
class Connection:
    """One end of a connection. Numbers are relative: each side starts at 0, which is isn and peer_isn on the wire."""

    local: str
    port: int
    remote: str
    dport: int
    app: App
    caller: bool
    to: str | None
    state: str = "SYN-SENT"
    next: int = 0
    expected: int = 0
    isn: int = 0
    peer_isn: int = 0
    pending: Segment | None = None
    heard: bool = False  # the other side has just acknowledged something
    task: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        return self.local, self.port, self.remote, self.dport
