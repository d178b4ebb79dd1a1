"""One end of a TCP connection, what uses it, and the segments that wait for their acknowledgement."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from vizapp.protocols.header import Message
from vizapp.protocols.tcp import Tcp

if TYPE_CHECKING:
    from vizapp.devices.net.link import Note

Key = tuple[str, int, str, int]  # local address and port, remote address and port
FIRST_WINDOW = 10  # segments that may be on their way before the first acknowledgement (RFC 6928)


class App(Protocol):
    """What uses a connection."""

    def opened(self, connection: Connection) -> None: ...

    def data(self, connection: Connection, message: Message | None) -> None: ...

    def finished(self, connection: Connection) -> None: ...

    def closed(self, connection: Connection) -> None: ...

    def failed(self, connection: Connection, reason: str) -> None: ...


class Nobody:
    """What uses a connection whose program is gone: the system closes it."""

    def opened(self, connection: Connection) -> None: ...

    def data(self, connection: Connection, message: Message | None) -> None: ...

    def finished(self, connection: Connection) -> None: ...

    def closed(self, connection: Connection) -> None: ...

    def failed(self, connection: Connection, reason: str) -> None: ...


@dataclass(slots=True)
class Segment:
    """A segment that must be acknowledged. size: the numbers it takes up (its bytes, and 1 for SYN or FIN).

    sent: how often; at: true ns of the last time; lost: to be sent again.
    """

    flags: str
    seq: int
    size: int
    message: Message | None
    notes: tuple[Note, ...]
    sent: int = 0
    at: int = 0
    lost: bool = False

    @property
    def end(self) -> int:
        return self.seq + self.size


@dataclass(slots=True)
class Connection:
    """One end of a connection. Numbers are relative: each side starts at 0, which is isn and peer_isn on the wire.

    next: the first number that is not taken up; queue: segments not acknowledged, in order; window: how many of them
    may be on their way; tries: repetitions in a row; probed: the first of them was made early (RFC 8985 § 7);
    trip: smoothed round trip in ns; planned: number of the repetition that counts.
    expected: what the other side should send next; early: what came before its turn, by number.
    """

    local: str
    port: int
    remote: str
    dport: int
    app: App
    caller: bool
    to: str | None
    state: str = "SYN-SENT"
    isn: int = 0
    peer_isn: int = 0
    next: int = 0
    queue: list[Segment] = field(default_factory=list)
    window: int = FIRST_WINDOW
    tries: int = 0
    probed: bool = False
    doubled: int = 0  # acknowledgements in a row that said nothing new
    trip: int = 0
    planned: int = 0
    peer: str | None = None  # the device that the last segment came from
    heard: bool = False  # the other side has just acknowledged something
    expected: int = 0
    acked: int = 0  # what it was last told to be expected
    early: dict[int, tuple[Tcp, Message | None]] = field(default_factory=dict)
    task: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        return self.local, self.port, self.remote, self.dport

    @property
    def sent(self) -> int:
        """The first number that was not sent yet."""
        return next((segment.seq for segment in self.queue if not segment.sent), self.next)

    @property
    def under_way(self) -> int:
        """How many segments are on their way."""
        return sum(bool(segment.sent) and not segment.lost for segment in self.queue)
