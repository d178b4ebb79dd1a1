"""How TCP sends: cut into segments, as many at once as the window allows, repeated until acknowledged (RFC 9293 § 3.8,
RFC 5681, RFC 6298, RFC 8985; times and limits of Linux)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from vizapp.devices.net.connection import Connection, Segment
from vizapp.protocols.header import Header, Message, Piece
from vizapp.protocols.tcp import WINDOW, Tcp

if TYPE_CHECKING:
    from vizapp.devices.net.link import Note
    from vizapp.devices.net.stack import Stack

MSS = 1460  # bytes in a segment on Ethernet, without options
SYN_RTO = 1_020_000_000  # ns before a SYN is repeated: 1 s (RFC 6298 § 2.1), on a clock of jiffies (as recorded)
LINEAR = 4  # repetitions of a SYN before that wait doubles each time (tcp_syn_linear_timeouts)
RTO = 208_000_000  # ns before anything else is repeated, added to the round trip: TCP_RTO_MIN, in jiffies
SOON = 8_000_000  # ns added to two round trips before the last of several segments is repeated as a probe
MOST_RTO = 120_000_000_000  # TCP_RTO_MAX
TRIES = {"S": 6 + LINEAR, "SA": 5}  # tcp_syn_retries, tcp_synack_retries
MOST_TRIES = 15  # tcp_retries2
DUPLICATES = 3  # acknowledgements that say nothing new before the missing segment is repeated
NAMES = {"S": "SYN", "SA": "SYN·ACK", "A": "ACK", "PA": "DATA", "FA": "FIN", "RA": "RST", "R": "RST"}


class Sending:
    """Sends for the connections of a machine. give_up: called when nothing was acknowledged for too long."""

    def __init__(self, stack: Stack, give_up: Callable[[Connection, str], None]) -> None:
        self.stack = stack
        self.give_up = give_up

    def send(self, at: Connection, flags: str, message: Message | None, notes: tuple[Note, ...]) -> None:
        """Send what `message` needs; what takes up numbers is repeated until it is acknowledged."""
        if message is None and not {"S", "F"} & set(flags):
            self.emit(at, flags, at.sent, None, notes)
        elif flags == "FA" and at.queue and not at.queue[-1].sent:
            self._append_fin(at, notes)
        else:
            at.queue += _segments(at, flags, message, notes)
            at.next = at.queue[-1].end
            self._fill(at)

    def _append_fin(self, at: Connection, notes: tuple[Note, ...]) -> None:
        """The end goes with the last segment that waits."""
        last = at.queue[-1]
        last.flags, last.size, last.notes = "F" + last.flags, last.size + 1, last.notes + notes
        at.next += 1

    def _fill(self, at: Connection) -> None:
        """Send what may be sent now: what was lost, then what was not sent yet."""
        fresh = False
        for segment in [s for s in at.queue if s.lost or not s.sent]:
            if at.under_way >= at.window or (not segment.sent and segment.end > at.queue[0].seq + WINDOW):
                break
            fresh = fresh or not segment.sent
            self._transmit(at, segment)
        if fresh:
            at.probed = False
        self._arm(at)

    def _transmit(self, at: Connection, segment: Segment) -> None:
        if segment.sent:
            self._tell(at, segment)
        segment.sent += 1
        segment.at, segment.lost = self.stack.device.now, False
        self.emit(at, segment.flags, segment.seq, segment.message, segment.notes)

    def _tell(self, at: Connection, segment: Segment) -> None:
        ends = {"src": at.local, "sport": at.port, "dst": at.remote, "dport": at.dport}
        who = {"from": self.stack.device.id, "to": at.to}
        self.stack.device.event("tcp.repeated", **ends, what=_name(segment), n=segment.sent, **who)

    def emit(self, at: Connection, flags: str, seq: int, message: Message | None, notes: tuple[Note, ...]) -> None:
        """Put one segment on its way; it says what is expected of the other side."""
        size = len(message.content()) if message else 0
        header = Tcp(at.port, at.dport, flags, seq, at.expected, size, at.isn, at.peer_isn)
        layers: tuple[Header, ...] = (header, message) if message else (header,)
        at.acked = at.expected
        name = message.pill if message else NAMES.get(flags, flags)
        reason = self.stack.send(layers, at.remote, name, to=at.to, src=at.local, notes=notes, confirms=at.heard)
        at.heard = False
        if reason is not None:
            ends = {"src": at.local, "dst": at.remote, "from": self.stack.device.id, "to": at.to}
            self.stack.device.event("ip.dropped", reason=reason, **ends)

    # repeating

    def _arm(self, at: Connection) -> None:
        """Plan the next repetition; what was planned before is void."""
        at.planned += 1
        if at.queue:
            self.stack.device.after(self._patience(at), self._due, (at, at.planned))

    def _patience(self, at: Connection) -> int:
        first = at.queue[0]
        if "S" in first.flags:
            return SYN_RTO << max(at.tries - (LINEAR if first.flags == "S" else 0), 0)
        if not at.probed:
            return 2 * at.trip + (RTO if len(at.queue) == 1 else SOON)
        return min((at.trip + RTO) << at.tries, MOST_RTO)

    def _due(self, planned: tuple[Connection, int]) -> None:
        at, number = planned
        if number != at.planned or not at.queue:
            return
        if not at.probed and "S" not in at.queue[0].flags:
            at.probed = True
            self._transmit(at, [segment for segment in at.queue if segment.sent][-1])
            self._arm(at)
        elif at.tries == TRIES.get(at.queue[0].flags, MOST_TRIES):
            self.give_up(at, "timeout")
        else:
            self._repeat(at)

    def _repeat(self, at: Connection) -> None:
        """Nothing came back: all that was sent counts as lost, and goes out again one by one."""
        at.tries += 1
        at.window = 1
        for segment in at.queue:
            segment.lost = bool(segment.sent)
        _collapse(at)
        self._fill(at)

    # acknowledgements

    def acknowledged(self, at: Connection, ack: int) -> list[Segment]:
        """The other side has everything below `ack`; the segments that need no repetition any more."""
        done = [segment for segment in at.queue if segment.end <= ack]
        at.queue = at.queue[len(done) :]
        partly = bool(at.queue) and at.queue[0].seq < ack
        if partly:  # all but the end that goes with it
            rest = at.queue[0]
            rest.seq, rest.size, rest.flags, rest.message = ack, rest.end - ack, "FA", None
        if done or partly:
            self._progress(at, done)
        return done

    def _progress(self, at: Connection, done: list[Segment]) -> None:
        once = [segment for segment in done if segment.sent == 1]
        if once:
            sample = self.stack.device.now - once[-1].at
            at.trip = sample if not at.trip else (7 * at.trip + sample) // 8
        at.tries, at.probed, at.doubled, at.heard = 0, False, 0, True
        at.window += sum("S" not in segment.flags for segment in done)
        self._fill(at)

    def doubled(self, at: Connection) -> None:
        """An acknowledgement said nothing new: after the third, what is missing is sent again (RFC 5681 § 3.2)."""
        at.doubled += 1
        if at.doubled == DUPLICATES and at.queue:
            at.queue[0].lost = True
            at.window = max(at.under_way // 2, 2)
            self._transmit(at, at.queue[0])
            self._arm(at)


def _collapse(at: Connection) -> None:
    """A lost end goes with the lost segment before it (Linux: tcp_retrans_try_collapse)."""
    if len(at.queue) > 1 and at.queue[-1].flags == "FA" and at.queue[-1].lost and at.queue[-2].lost:
        end = at.queue.pop()
        last = at.queue[-1]
        last.flags, last.size, last.notes = "F" + last.flags, last.size + 1, last.notes + end.notes


def _name(segment: Segment) -> str:
    return segment.message.pill if segment.message else NAMES.get(segment.flags, segment.flags)


def _segments(at: Connection, flags: str, message: Message | None, notes: tuple[Note, ...]) -> Iterator[Segment]:
    """Cut a message into segments; the last one has the flags, the first one the notes."""
    size = len(message.content()) if message else 0
    if message is None or size <= MSS:
        yield Segment(flags, at.next, size + ("S" in flags) + ("F" in flags), message, notes)
        return
    for start in range(0, size, MSS):
        length = min(MSS, size - start)
        last = start + length == size
        said = notes if start == 0 else ()
        yield Segment(flags if last else "A", at.next + start, length, Piece(message, start, length), said)
