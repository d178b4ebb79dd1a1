"""ICMP in a machine: echo and its answers, errors sent and understood (RFC 792, RFC 1122 § 3.2.2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vizapp.devices.net.limits import Limits
from vizapp.protocols.header import Header
from vizapp.protocols.icmp import ECHO, ECHO_REPLY, HOST, NET, REDIRECT, TIME_EXCEEDED, UNREACHABLE, Icmp
from vizapp.protocols.ipv4 import Ipv4
from vizapp.sim.behaviour import DELIVERED, Verdict, ignored
from vizapp.sim.packet import Packet

if TYPE_CHECKING:
    from vizapp.devices.net.stack import Stack

REASONS = {(UNREACHABLE, 0): "net-unreachable", (UNREACHABLE, 1): "host-unreachable",
           (UNREACHABLE, 3): "port-unreachable", (TIME_EXCEEDED, 0): "ttl-expired"}  # fmt: skip
NAMES = {UNREACHABLE: "UNREACHABLE", TIME_EXCEEDED: "TIME EXCEEDED", REDIRECT: "REDIRECT"}
LINGER = 10_000_000_000  # ns that ping waits after its last request when nothing was answered (iputils)


@dataclass(frozen=True, slots=True)
class Ping:
    """What was asked: destination, how often, how far, how long to wait in the end. Times in ns."""

    address: str
    to: str | None
    ident: int
    count: int
    ttl: int
    interval: int
    linger: int = LINGER
    name: str | None = None  # by which it was asked for

    def ends(self, device: str) -> dict[str, Any]:
        """Who pings whom, as its events say."""
        return {"from": device, "to": self.to, "address": self.address} | ({"name": self.name} if self.name else {})


@dataclass(slots=True)
class Session:
    """A ping at work. answered: how many requests; slowest: their longest time; heard: since the last request."""

    ping: Ping
    answered: int = 0
    slowest: int = 0
    heard: bool = False


class Echo:
    """sent: (id, seq) → (session, true ns) of requests that wait for an answer."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.sent: dict[tuple[int, int], tuple[Session, int]] = {}
        self.limits = Limits()
        self.watchers: dict[int, Any] = {}  # id → object with `echoed(id, seq, by)`, for which an answer is meant

    def ping(self, ping: Ping) -> None:
        """Send `count` echo requests, one per interval."""
        session = Session(ping)
        for number in range(ping.count):
            self.stack.device.wait(number * ping.interval, self._request, (session, number + 1))

    def _request(self, entry: tuple[Session, int]) -> None:
        session, seq = entry
        ping, device = session.ping, self.stack.device
        details = {**ping.ends(device.id), "id": ping.ident, "seq": seq}
        self._fail((ping.ident, seq), "timeout", None)  # a ping with that id which still waits for such a number
        self.sent[(ping.ident, seq)] = (session, device.now)
        notes = (("icmp.echo", details),)
        reason = self.stack.send(
            (Icmp(ECHO, id=ping.ident, seq=seq),), ping.address, "ECHO", to=ping.to, ttl=ping.ttl, notes=notes,
            confirms=session.heard,
        )  # fmt: skip
        session.heard = False
        if reason is not None:
            self._fail((ping.ident, seq), reason, device.id)
        if seq == ping.count:
            most = max(2 * session.slowest, ping.interval) if session.answered else ping.linger
            device.wait(most, self._end, session)

    def _end(self, session: Session) -> None:
        """It waits no longer: what was not answered will not be."""
        for key in [key for key, (owner, _) in self.sent.items() if owner is session]:
            self._fail(key, "timeout", None)

    def _fail(self, key: tuple[int, int], reason: str, by: str | None) -> None:
        entry = self.sent.pop(key, None)
        if entry is not None:
            ends = entry[0].ping.ends(self.stack.device.id)
            self.stack.device.event("ping.failed", **ends, seq=key[1], reason=reason, by=by)

    def receive(self, packet: Packet) -> Verdict:
        ip, icmp = packet.layers[0], packet.layers[1]
        assert isinstance(ip, Ipv4)
        assert isinstance(icmp, Icmp)
        if icmp.icmp_type == ECHO:
            return self._answer(packet, ip, icmp)
        if icmp.icmp_type == ECHO_REPLY:
            return self._answered(ip, icmp, packet.origin)
        self._told(packet, icmp)
        return DELIVERED

    def _answer(self, packet: Packet, ip: Ipv4, icmp: Icmp) -> Verdict:
        if self.stack.is_broadcast(ip.dst):
            return ignored("broadcast-ping")  # Linux: icmp_echo_ignore_broadcasts = 1
        device = self.stack.device
        device.decide("echo-asked", id=icmp.id, seq=icmp.seq, ip=ip.src)
        details = {"from": device.id, "to": packet.origin, "address": ip.src, "id": icmp.id, "seq": icmp.seq}
        reply = Icmp(ECHO_REPLY, id=icmp.id, seq=icmp.seq)
        notes = () if packet.quiet else (("icmp.reply", details),)
        reason = self.stack.send(
            (reply,), ip.src, "ECHO REPLY", to=packet.origin, src=ip.dst, notes=notes, quiet=packet.quiet
        )
        if reason is not None:
            ends = {"from": device.id, "to": packet.origin}
            device.event("ip.dropped", reason=reason, src=ip.dst, dst=ip.src, **ends)
        return DELIVERED

    def _answered(self, ip: Ipv4, icmp: Icmp, by: str) -> Verdict:
        entry = self.sent.pop((icmp.id, icmp.seq), None)
        if entry is None and icmp.id in self.watchers:
            self.stack.device.decide("echo-awaited", id=icmp.id, seq=icmp.seq)
            self.watchers[icmp.id].echoed(icmp.id, icmp.seq, by)
            return DELIVERED
        self.stack.device.decide("not-asked" if entry is None else "echo-awaited", id=icmp.id, seq=icmp.seq)
        if entry is None:
            return ignored("not-asked")
        session, since = entry
        time = self.stack.device.now - since
        session.answered, session.slowest, session.heard = session.answered + 1, max(session.slowest, time), True
        self.stack.device.tell(self._say, session, icmp.seq, ip.ttl, time)
        return DELIVERED

    def _say(self, session: Session, seq: int, ttl: int, time: int) -> None:
        device = self.stack.device
        device.event("ping.answered", **session.ping.ends(device.id), seq=seq, ttl=ttl, time=time)

    def _told(self, packet: Packet, icmp: Icmp) -> None:
        """An error came: the socket that the quoted packet belongs to fails."""
        if len(icmp.quoted) < 2:
            return
        ip, teller = icmp.quoted[0], packet.layers[0]
        assert isinstance(ip, Ipv4)
        assert isinstance(teller, Ipv4)
        if icmp.icmp_type == REDIRECT and icmp.gateway is not None:
            self.stack.redirected(ip.dst, teller.src, icmp.gateway)
        reason = REASONS.get((icmp.icmp_type, icmp.icmp_code))
        if reason is None:
            return
        self.stack.device.decide("error-told", src=ip.src, dst=ip.dst, reason=reason)
        if icmp.quoted[1].protocol == "tcp":
            self.stack.tcp.unreachable(icmp.quoted, reason)
        elif icmp.quoted[1].protocol == "udp":
            self.stack.udp.unreachable(icmp.quoted, reason)
        elif icmp.quoted[1].protocol == "icmp":
            self.unreachable(icmp.quoted, reason, packet.origin)

    def unreachable(self, layers: tuple[Any, ...], reason: str, by: str) -> None:
        """The request in `layers` did not arrive; `by` is who said so."""
        icmp = layers[1]
        if isinstance(icmp, Icmp):
            self._fail((icmp.id, icmp.seq), reason, by)

    def expects(self, ident: int) -> bool:
        """Whether a request with that id waits for its answer."""
        return ident in self.watchers or any(key[0] == ident for key in self.sent)

    def report(self, packet: Packet, icmp_type: int, code: int, src: str | None = None) -> None:
        """Send an error about `packet` to its sender, quoting it, unless that one was told often enough. src: in whose
        name, if not in the usual one; such an error starts from the translation, which knows no limit."""
        ip = packet.layers[0]
        assert isinstance(ip, Ipv4)
        no_route = (icmp_type, code) == (UNREACHABLE, NET)
        if self._is_reported(packet) and (
            src is not None or self.limits.may_tell(ip.src, self.stack.device.now, no_route=no_route)
        ):
            src = src or (ip.dst if ip.dst in self.stack.addresses() else None)
            self._tell(packet, Icmp(icmp_type, code, quoted=_quote(packet)), REASONS[icmp_type, code], src)

    def advise(self, packet: Packet, gateway: str, *, hidden: bool) -> None:
        """Tell the sender of `packet` that `gateway` is nearer to it. hidden: a filter keeps that back."""
        ip = packet.layers[0]
        assert isinstance(ip, Ipv4)
        may = self._is_reported(packet) and self.limits.may_redirect(ip.src, self.stack.device.now)
        if may and not hidden:
            redirect = Icmp(REDIRECT, HOST, quoted=_quote(packet), gateway=gateway)
            self._tell(packet, redirect, "redirect", None)

    def _is_reported(self, packet: Packet) -> bool:
        """Never an error about an error, nor about what was for everybody."""
        ip, inner = packet.layers[0], packet.layers[1]
        assert isinstance(ip, Ipv4)
        return not self.stack.is_broadcast(ip.dst) and (not isinstance(inner, Icmp) or inner.echo)

    def _tell(self, packet: Packet, icmp: Icmp, reason: str, src: str | None) -> None:
        ip = packet.layers[0]
        assert isinstance(ip, Ipv4)
        details = {"from": self.stack.device.id, "to": packet.origin, "address": ip.src, "reason": reason}
        name, notes = NAMES[icmp.icmp_type], (("icmp.error", details),)
        self.stack.send((icmp,), ip.src, name, to=packet.origin, src=src, notes=notes)


def _quote(packet: Packet) -> tuple[Header, ...]:
    return tuple(layer for layer in packet.layers if isinstance(layer, Header))
