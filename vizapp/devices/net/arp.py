"""The ARP cache: who has which MAC, how sure that is, and what waits for the answer (RFC 826, as Linux does it).

An entry is believed (REACHABLE) for a while after it was confirmed, then STALE: still used, but 5 s after that use
(DELAY) its owner is asked again, directly (PROBE).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from vizapp.devices.net.nic import Interface
from vizapp.protocols.arp import NOBODY, Arp
from vizapp.protocols.ethernet import BROADCAST, Ethernet
from vizapp.protocols.header import ip_number
from vizapp.protocols.ipv4 import Ipv4
from vizapp.sim.behaviour import DELIVERED, Verdict, ignored
from vizapp.sim.packet import Packet

if TYPE_CHECKING:
    from vizapp.devices.net.link import Link, Outgoing

SECOND = 1_000_000_000
TRIES = 3  # Linux: mcast_solicit, and ucast_solicit
RETRY = 1_024_000_000  # ns between two requests: retrans_time_ms = 1000, on a clock that ticks in jiffies (as recorded)
REACHABLE_TIME = (15 * SECOND, 45 * SECOND)  # base_reachable_time = 30 s, times a random 0.5 to 1.5
DELAY_TIME = 5 * SECOND  # delay_first_probe_time
LOCK_TIME = 1 * SECOND  # locktime: of several answers the first one counts
FRESH = ("REACHABLE", "PERMANENT")  # states in which an entry is used without a second thought


@dataclass(slots=True)
class Neighbour:
    """What is known of who has an address, by the port that leads there. Times in true ns.

    state: as `ip neigh` names it; used: when it was last used while in doubt; waiting: what leaves once it answers.
    """

    ip: str
    port: str
    state: str = "NONE"
    mac: str | None = None
    confirmed: int = 0
    updated: int = 0
    used: int = 0
    tries: int = 0
    waiting: list[Outgoing] = field(default_factory=list)
    asking: list[Callable[[str | None], None]] = field(default_factory=list)  # who is told its MAC, or that none is
    planned: int = 0  # number of the check that counts: what was planned before is void


class ArpCache:
    """entries: (port name, IP) → who has it."""

    def __init__(self, link: Link) -> None:
        self.link = link
        self.device = link.device
        self.entries: dict[tuple[str, str], Neighbour] = {}
        self.times: dict[str, int] = {}
        self.watchers: list[Any] = []  # objects with `heard(interface, arp)`: whether the message concerned them

    def _believed(self, port: str) -> int:
        """For how long an answer by that port is believed, in ns: drawn once."""
        if port not in self.times:
            self.times[port] = self.device.chance("arp").between(*REACHABLE_TIME)
        return self.times[port]

    # using entries

    def resolve(self, interface: Interface, out: Outgoing) -> str | None:
        """The MAC of `out.next_hop`; when it is unknown, `out` waits and the question is asked."""
        entry = self._entry(interface.name, out.next_hop)
        if out.confirms:
            entry.confirmed = self.device.now
        if entry.state not in FRESH:
            if entry.mac is None:
                entry.waiting.append(out)
            self._use(entry)
        return entry.mac

    def reach(self, interface: Interface, ip: str, told: Callable[[str | None], None]) -> str | None:
        """The MAC of `ip`, for one who sends no packets of his own; when it is unknown, the question is asked and
        `told` is called once, with the answer or with None."""
        entry = self._entry(interface.name, ip)
        if entry.state not in FRESH:
            if entry.mac is None:
                entry.asking.append(told)
            self._use(entry)
        return entry.mac

    def confirm(self, interface: Interface, ip: str) -> None:
        """Something shows that `ip` is there (an answer of TCP)."""
        entry = self.entries.get((interface.name, ip))
        if entry is not None:
            entry.confirmed = self.device.now

    def _use(self, entry: Neighbour) -> None:
        """It is used while in doubt, or unknown."""
        entry.used = self.device.now
        if entry.state == "STALE":
            self._become(entry, "DELAY", DELAY_TIME)
        self._start(entry)

    def ask(self, interface: Interface, ip: str) -> None:
        """Ask everybody, whatever is known already."""
        if not self._start(self._entry(interface.name, ip)):
            self.request(interface, ip)

    def find(self, interface: Interface, ip: str) -> bool:
        """Whether the MAC of that address is known; if not, it is asked for."""
        entry = self._entry(interface.name, ip)
        self._start(entry)
        return entry.mac is not None

    def _entry(self, port: str, ip: str) -> Neighbour:
        return self.entries.setdefault((port, ip), Neighbour(ip, port))

    def _start(self, entry: Neighbour) -> bool:
        """Begin to ask, if nothing is known and nobody was asked; whether it began."""
        if entry.state not in ("NONE", "FAILED"):
            return False
        entry.tries = 0
        self._become(entry, "INCOMPLETE", RETRY)
        self._ask(entry)
        return True

    # what time does to them

    def _become(self, entry: Neighbour, state: str, check: int | None = None) -> None:
        """Another state, looked at again in `check` ns."""
        entry.state = state
        entry.updated = self.device.now
        self._plan(entry, check)
        self.show()

    def _plan(self, entry: Neighbour, check: int | None) -> None:
        entry.planned += 1
        if check is not None:
            self.device.after(check, self._due, (entry, entry.planned))

    def _due(self, planned: tuple[Neighbour, int]) -> None:
        entry, number = planned
        if number != entry.planned or self.entries.get((entry.port, entry.ip)) is not entry:
            return
        if entry.state == "REACHABLE":
            self._doubt(entry)
        elif entry.state == "DELAY":
            self._check(entry)
        elif entry.tries == TRIES:
            self._fail(entry)
        else:
            self._plan(entry, RETRY)
            self._ask(entry)

    def _doubt(self, entry: Neighbour) -> None:
        """Its time is over, unless it was confirmed meanwhile."""
        now = self.device.now
        left = entry.confirmed + self._believed(entry.port) - now
        if left > 0:
            self._plan(entry, left)
        elif now <= entry.used + DELAY_TIME:
            self._become(entry, "DELAY", DELAY_TIME)
        else:
            self._become(entry, "STALE")

    def _check(self, entry: Neighbour) -> None:
        """It was used while in doubt: has anything confirmed it since? If not, its owner is asked directly."""
        now = self.device.now
        if now <= entry.confirmed + DELAY_TIME:
            self._become(entry, "REACHABLE", max(entry.confirmed + self._believed(entry.port) - now, 0))
            return
        self.device.of_itself()
        entry.tries = 0
        self._become(entry, "PROBE", RETRY)
        self._ask(entry)

    def _fail(self, entry: Neighbour) -> None:
        waiting, entry.waiting, entry.mac = entry.waiting, [], None
        self._become(entry, "FAILED")
        for out in waiting:
            self.link.unreachable(out)
        self._tell(entry)

    def _tell(self, entry: Neighbour) -> None:
        """Those who asked for its MAC hear it, or that nobody answered."""
        asking, entry.asking = entry.asking, []
        for told in asking:
            self.device.after(0, told, entry.mac)

    # asking and answering

    def _ask(self, entry: Neighbour) -> None:
        entry.tries += 1
        interface = self.link.interfaces[entry.port]
        if entry.mac is None:
            self.request(interface, entry.ip, entry.waiting[-1] if entry.waiting else None)
            return
        to = self.link.owner(entry.ip)
        self.device.event("arp.recheck", ip=entry.ip, mac=entry.mac, **{"from": self.device.id, "to": to})
        self._question(interface, entry.ip, entry.mac, interface.ip, to)

    def request(self, interface: Interface, address: str, cause: Outgoing | None = None) -> None:
        """Broadcast: who has `address`? In the name of the address that `cause` is sent from (arp_announce = 0). A card
        without an address asks in nobody's name (a probe); one that asks for its own announces it (RFC 5227 § 1.1)."""
        to = self.link.owner(address)
        self.device.event("arp.request", ip=address, **{"from": self.device.id, "to": to})
        self._question(interface, address, BROADCAST, self._sender(cause) or interface.ip, to)

    def _sender(self, cause: Outgoing | None) -> str | None:
        ip = cause.packet.layers[0] if cause is not None else None
        return ip.src if isinstance(ip, Ipv4) and ip.src in self.link.addresses() else None

    def _question(self, interface: Interface, address: str, eth_dst: str, sender: str | None, to: str | None) -> None:
        mac = interface.mac_of(sender or "")
        question = Arp("request", mac, sender or "0.0.0.0", NOBODY, address)
        name = "ARP probe" if sender is None else "ARP announcement" if sender == address else "ARP request"
        self.link.frame(interface, eth_dst, self.device.packet((question,), name, to), mac)

    def receive(self, interface: Interface, packet: Packet) -> Verdict:
        """Somebody asks or answers. We answer for any address of ours, by any port (arp_ignore = 0)."""
        frame, arp = packet.layers[0], packet.layers[1]
        assert isinstance(frame, Ethernet)
        assert isinstance(arp, Arp)
        heard = any(watcher.heard(interface, arp) for watcher in tuple(self.watchers))
        mine = arp.target_ip in self.link.addresses()
        if arp.sender_ip == arp.target_ip and not mine:
            return self._announced(interface, arp, packet.origin, heard)
        self._decide(arp, mine or heard)
        asked = arp.op == "request" and mine and arp.sender_ip not in self.link.addresses()
        if asked:
            if arp.sender_ip != "0.0.0.0":  # else a probe: nobody has that address
                self._update(self._entry(interface.name, arp.sender_ip), arp.sender_mac, "STALE", True, packet.origin)
            self.device.after(self.link.process, self._reply, (interface.name, arp, packet.origin))
        elif (entry := self.entries.get((interface.name, arp.sender_ip))) is not None:
            self._heard(entry, arp, frame.eth_dst == interface.mac, packet.origin)
        return DELIVERED if mine or heard else ignored("arp-not-for-me")

    def _announced(self, interface: Interface, arp: Arp, origin: str, heard: bool) -> Verdict:
        """Somebody says unasked who has its address: only an entry that exists follows (arp_accept = 0)."""
        entry = self.entries.get((interface.name, arp.sender_ip))
        code = "arp-announced" if entry is not None else "arp-unknown"
        self.device.decide(code, ip=arp.sender_ip, mac=arp.sender_mac)
        if entry is not None:
            self._update(entry, arp.sender_mac, "STALE", True, origin)
        return DELIVERED if entry is not None or heard else ignored("arp-unknown")

    def _decide(self, arp: Arp, mine: bool) -> None:
        code = "arp-not-for-me" if not mine else "arp-asked" if arp.op == "request" else "arp-answered"
        asked = arp.sender_ip if code == "arp-answered" else arp.target_ip
        self.device.decide(code, ip=asked, mac=arp.sender_mac)

    def _heard(self, entry: Neighbour, arp: Arp, direct: bool, origin: str) -> None:
        """Only an answer to us alone shows that its sender is there; of several at once the first one counts."""
        state = "REACHABLE" if arp.op == "reply" and direct else "STALE"
        late = self.device.now > entry.updated + LOCK_TIME
        self._update(entry, arp.sender_mac, state, late, origin)

    def _reply(self, entry: tuple[str, Arp, str]) -> None:
        name, asked, origin = entry
        interface = self.link.interfaces[name]
        mac = interface.mac_of(asked.target_ip)
        answer = Arp("reply", mac, asked.target_ip, asked.sender_mac, asked.sender_ip)
        self.device.event("arp.reply", ip=asked.target_ip, mac=mac, **{"from": self.device.id, "to": origin})
        self.link.frame(interface, asked.sender_mac, self.device.packet((answer,), "ARP reply", origin), mac)

    # learning

    def _update(self, entry: Neighbour, mac: str, state: str, override: bool, origin: str) -> None:
        """Somebody says that it has the address (Linux: neigh_update)."""
        now = self.device.now
        if entry.state == "PERMANENT":
            return
        if state == "REACHABLE":
            entry.confirmed = now
        if entry.mac is not None and entry.mac != mac and not override:
            return
        if entry.mac == mac and state in ("STALE", entry.state):
            return
        if entry.mac != mac:
            was, entry.mac = entry.mac, mac
            if state == "STALE":
                entry.confirmed = now - 2 * REACHABLE_TIME[1]
            self.device.event("arp.learned", ip=entry.ip, mac=mac, was=was, **{"from": origin})
        self._become(entry, state, self._believed(entry.port) if state == "REACHABLE" else None)
        self._release(entry)

    def _release(self, entry: Neighbour) -> None:
        """What waited for it leaves."""
        waiting, entry.waiting = entry.waiting, []
        for out in waiting:
            self.device.after(0, self.link.hand_over, out)
        self._tell(entry)

    def learn(self, interface: Interface, ip: str, mac: str, origin: str) -> None:
        """A program of this machine knows who has `ip`."""
        self._update(self._entry(interface.name, ip), mac, "REACHABLE", True, origin)

    def write(self, interface: Interface, ip: str, mac: str) -> None:
        """An entry by hand (`ip neigh replace … nud permanent`)."""
        entry = self._entry(interface.name, ip)
        entry.mac = mac
        self._become(entry, "PERMANENT")
        self._release(entry)

    # forgetting

    def erase(self, ip: str) -> bool:
        """Whether there was an entry."""
        return self._keep(lambda entry: entry.ip != ip)

    def flush(self) -> None:
        """Forget what was learned; what was written by hand stays, as `ip neigh flush all` leaves it."""
        self._keep(lambda entry: entry.state == "PERMANENT")

    def forget(self, port: str) -> None:
        """Drop what was learned by that port."""
        self._keep(lambda entry: entry.port != port)

    def unplugged(self, port: str) -> None:
        """The card has lost its link: what was learned by it goes (Linux: neigh_carrier_down)."""
        self._keep(lambda entry: entry.port != port or entry.state == "PERMANENT")

    def _keep(self, wanted: Callable[[Neighbour], bool]) -> bool:
        """Keep only the wanted entries; whether some were dropped."""
        dropped = [entry for entry in self.entries.values() if not wanted(entry)]
        for entry in dropped:
            del self.entries[entry.port, entry.ip]
            for out in entry.waiting:
                self.link.drop(out.packet, "arp-failed")
            self._tell(entry)
        if dropped:
            self.show()
        return bool(dropped)

    def show(self) -> None:
        """Record the entries, by port and address."""
        rows = [
            {"ip": entry.ip, "mac": entry.mac or "–", "port": entry.port, "state": entry.state}
            for entry in self.entries.values()
        ]
        self.device.show("arp", sorted(rows, key=lambda row: (row["port"], ip_number(row["ip"]))))
