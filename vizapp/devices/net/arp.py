"""The ARP cache: who has which MAC, and what waits for the answer (RFC 826, as Linux does it)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vizapp.devices.net.nic import Interface
from vizapp.protocols.arp import NOBODY, Arp
from vizapp.protocols.ethernet import BROADCAST
from vizapp.sim.behaviour import DELIVERED, Verdict, ignored
from vizapp.sim.packet import Packet

if TYPE_CHECKING:
    from vizapp.devices.net.stack import Outgoing, Stack

TRIES = 3  # Linux: mcast_solicit
RETRY = 1_024_000_000  # ns between two requests: retrans_time_ms = 1000, on a clock that ticks in jiffies (as recorded)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Who has an address: its MAC, the port that leads there. fixed: written by hand, so that nothing changes it."""

    mac: str
    port: str
    fixed: bool = False


class ArpCache:
    """entries: IP → who has it. waiting: IP → what is to be sent once it answers."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.entries: dict[str, Neighbour] = {}
        self.waiting: dict[str, list[Outgoing]] = {}
        self.watchers: list[Any] = []  # objects with `heard(interface, arp)`: whether the message concerned them

    def resolve(self, interface: Interface, out: Outgoing) -> str | None:
        """The MAC of `out.next_hop`; when it is unknown, `out` waits and the question is asked."""
        address = out.next_hop
        if address in self.entries:
            return self.entries[address].mac
        queue = self.waiting.setdefault(address, [])
        queue.append(out)
        if len(queue) == 1:
            self._ask((interface.name, address, TRIES))
        return None

    def _ask(self, entry: tuple[str, str, int]) -> None:
        name, address, tries = entry
        if address not in self.waiting:
            return
        if tries == 0:
            for out in self.waiting.pop(address):
                self.stack.unreachable(out)
            return
        self.request(self.stack.interfaces[name], address)
        self.stack.device.after(RETRY, self._ask, (name, address, tries - 1))

    def request(self, interface: Interface, address: str) -> None:
        """Broadcast: who has `address`? A card without an address asks in nobody's name, which is a probe; one that
        asks for its own address announces it (RFC 5227 § 1.1)."""
        device = self.stack.device
        question = Arp("request", interface.mac, interface.ip or "0.0.0.0", NOBODY, address)
        to = self.stack.owner(address)
        device.event("arp.request", ip=address, **{"from": device.id, "to": to})
        name = "ARP probe" if interface.ip is None else "ARP announcement" if interface.ip == address else "ARP request"
        self.stack.frame(interface, BROADCAST, device.packet((question,), name, to))

    def receive(self, interface: Interface, packet: Packet) -> Verdict:
        arp = packet.layers[1]
        assert isinstance(arp, Arp)
        heard = any(watcher.heard(interface, arp) for watcher in tuple(self.watchers))
        mine = arp.target_ip in self.stack.addresses()
        if mine or arp.sender_ip in self.entries:
            self.learn(interface, arp.sender_ip, arp.sender_mac, packet.origin)
        self._decide(arp, mine or heard)
        if arp.op == "request" and mine:
            self.stack.device.after(self.stack.process, self._reply, (interface.name, arp, packet.origin))
            return DELIVERED
        return DELIVERED if mine or heard else ignored("arp-not-for-me")

    def _decide(self, arp: Arp, mine: bool) -> None:
        code = "arp-not-for-me" if not mine else "arp-asked" if arp.op == "request" else "arp-answered"
        asked = arp.sender_ip if code == "arp-answered" else arp.target_ip
        self.stack.device.decide(code, ip=asked, mac=arp.sender_mac)

    def _reply(self, entry: tuple[str, Arp, str]) -> None:
        name, asked, origin = entry
        device = self.stack.device
        interface = self.stack.interfaces[name]
        answer = Arp("reply", interface.mac, asked.target_ip, asked.sender_mac, asked.sender_ip)
        device.event("arp.reply", ip=asked.target_ip, mac=interface.mac, **{"from": device.id, "to": origin})
        self.stack.frame(interface, asked.sender_mac, device.packet((answer,), "ARP reply", origin))

    def learn(self, interface: Interface, ip: str, mac: str, origin: str) -> None:
        """Note who has `ip`; what waited for it leaves."""
        if ip == "0.0.0.0":
            return  # a probe: nobody has that address
        known = self.entries.get(ip)
        if known is not None and known.fixed:
            return
        if known != Neighbour(mac, interface.name):
            self.entries[ip] = Neighbour(mac, interface.name)
            self.show()
            self.stack.device.event("arp.learned", ip=ip, mac=mac, **{"from": origin})
        self._release(ip)

    def _release(self, ip: str) -> None:
        for out in self.waiting.pop(ip, []):
            self.stack.device.after(0, self.stack.hand_over, out)

    def write(self, interface: Interface, ip: str, mac: str) -> None:
        """An entry by hand (`ip neigh replace … nud permanent`); what waited for it leaves."""
        self.entries[ip] = Neighbour(mac, interface.name, fixed=True)
        self.show()
        self._release(ip)

    def erase(self, ip: str) -> bool:
        """Whether there was an entry."""
        known = self.entries.pop(ip, None)
        self.show()
        return known is not None

    def flush(self) -> None:
        """Forget what was learned; what was written by hand stays, as `ip neigh flush all` leaves it."""
        self.entries = {ip: entry for ip, entry in self.entries.items() if entry.fixed}
        self.show()

    def forget(self, port: str) -> None:
        """Drop what was learned by that port."""
        kept = {ip: entry for ip, entry in self.entries.items() if entry.port != port}
        if kept != self.entries:
            self.entries = kept
            self.show()

    def show(self) -> None:
        rows = [{"ip": ip, "mac": entry.mac, "port": entry.port} for ip, entry in self.entries.items()]
        self.stack.device.show("arp", sorted(rows, key=lambda row: [int(n) for n in row["ip"].split(".")]))
