"""The way of requests over a real network: to whoever the sender's ARP cache and the switches' tables lead.

A request is one row of the crowd for each cable, as on a `Way`; where it goes is decided at every hop, as for the frame
that would carry it. ARP itself, and all that changes the tables, are packets.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol, cast, runtime_checkable

from vizapp.devices.net.bridge import Bridge
from vizapp.devices.net.nic import Interface
from vizapp.devices.net.stack import Stack
from vizapp.scene.model import Thing
from vizapp.sim.agenda import Runaway
from vizapp.sim.cable import Cable
from vizapp.sim.way import LONGEST, MOST_RTO, MOST_TRIES, RTO, Arrival

if TYPE_CHECKING:
    from vizapp.sim.world import World

MOST_HOPS = 255  # of one request: beyond, it goes round and round
OPENING = ("take", "accept", "check")  # what asks for a connection, and is refused where nobody listens


class Machine(Protocol):
    """What sends and receives: a device with a stack, which is another one after each start."""

    id: str
    world: World
    thing: Thing
    failed: bool

    @property
    def stack(self) -> Stack | None: ...


@runtime_checkable
class Sender(Machine, Protocol):
    """One that asks for something, and hears of it when that is refused, or can't even leave."""

    def reset(self, entry: tuple[int, Any]) -> None: ...

    def unreachable(self, arg: Any, reason: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a frame of the crowd carries. arrive, arg: who is told at its end, and with what. src, dst: IPv4 addresses.
    tries: how often TCP has sent it before. copy: made by a cable."""

    crossing: Crossing
    number: int
    src: str
    dst: str
    arrive: Arrival
    arg: Any
    tries: int = 0
    copy: bool = False


Frame = tuple[str, str, Parcel, int]  # MAC of the sender, of the next machine, what it carries, switches so far
Hop = tuple[Cable, str, Frame]  # the cable, the port at its far end, what is on it


class Crossing:
    """From one machine to an address. What arrives calls the method of whoever was reached that bears the name of
    `arrive`: the address decides who that is. lost: the id of what made the last loss."""

    __slots__ = ("address", "device", "lost", "relays", "waiting", "world")

    def __init__(self, device: Machine, address: str) -> None:
        self.device = device
        self.world = device.world
        self.address = address
        self.waiting: list[tuple[Interface, Parcel, int]] = []
        self.relays: dict[str, Crossing] = {}  # from each router on the way
        self.lost = 0

    def carry(self, number: int, arrive: Arrival, arg: Any, src: str | None = None) -> None:
        """Send request `number` off; src: the address that it must bear, if not that of the way out."""
        stack = self.device.stack
        assert stack is not None
        way = stack.routes.find(self.address)
        own = way[0].source(way[1]) if way is not None else None
        if way is None or own is None:
            self._nowhere(number, "no-route", arg)
        elif src is not None and not stack.may_send_as(src):
            self._nowhere(number, "address-gone", arg)
        else:
            interface, next_hop = way
            parcel = Parcel(self, number, src or own, self.address, arrive, arg)
            self._address(stack, interface, next_hop, parcel)

    def why(self) -> int:
        """The id of what made the last loss: an act."""
        return self.lost

    def blame(self, parcel: Parcel, why: int) -> None:
        """It was lost because of that event: for what is told when it is given up."""
        self.lost = why
        if hasattr(parcel.arg, "blame"):
            parcel.arg.blame = why

    def cuts(self) -> list[int]:
        """Nobody knows which cables an address will lead over."""
        return []

    def _nowhere(self, number: int, reason: str, arg: Any) -> None:
        """It can't even leave: the machine's own system says so."""
        port = self.device.thing.ports[0].id
        crowd, now = self.world.timeline.crowd, self.world.agenda.now
        crowd.end(crowd.add(crowd.route_of(port, port), now, 0, number), now, reason)
        unreachable: Callable[[Any, str], None] | None = getattr(self.device, "unreachable", None)
        if unreachable is not None:
            unreachable(arg, reason)

    # leaving

    def _address(self, stack: Stack, interface: Interface, next_hop: str, parcel: Parcel, hops: int = 0) -> None:
        """Find the MAC of the next machine; until ARP has it, the request waits."""
        mac = stack.arp.reach(interface, next_hop, self._told)
        if mac is None:
            self.waiting.append((interface, parcel, hops))
        else:
            self._leave(stack, interface, (interface.mac_of(parcel.src), mac, parcel, hops))

    def _told(self, mac: str | None) -> None:
        waiting, self.waiting = self.waiting, []
        stack = self.device.stack
        for interface, parcel, hops in waiting:
            if mac is None:
                self._nowhere(parcel.number, "arp-failed", parcel.arg)
            elif stack is not None:
                self._leave(stack, interface, (interface.mac_of(parcel.src), mac, parcel, hops))

    def _leave(self, stack: Stack, interface: Interface, frame: Frame) -> None:
        bridge = stack.bridges.get(interface.name)
        if bridge is not None:
            self._spread(bridge, frame, None)
            return
        for cable in self.world.plugs.get(interface.port.id, ()):
            self._depart(cable, interface.port.id, frame)

    def _depart(self, cable: Cable, port: str, frame: Frame) -> None:
        link, crowd, agenda, faults = cable.link, self.world.timeline.crowd, self.world.agenda, self.world.faults
        there = link.b if link.a == port else link.a
        now, lasts, parcel = agenda.now, cable.lasts, frame[2]
        row = crowd.add(crowd.route_of(port, there), now, min(lasts, LONGEST), parcel.number)
        if cable.cut:
            parcel.crossing.blame(parcel, cable.why)
            crowd.end(row, now, "link-cut")
            return
        cable.rows.add(row)
        if cable.ails and faults.loses(cable):
            agenda.at(now + lasts // 2, self._lose, (row, (cable, there, frame)))
        else:
            agenda.at(now + lasts, self._arrive, (row, (cable, there, frame)))
        if cable.ails and not parcel.copy and faults.doubles(cable):
            agenda.at(now + 1 + lasts // 3, self._double, (cable, port, frame))

    def _double(self, entry: Hop) -> None:
        """The copy of a frame that a cable doubled sets off, a little behind."""
        cable, port, (src, dst, parcel, hops) = entry
        self._depart(cable, port, (src, dst, replace(parcel, copy=True), hops))

    def _lose(self, entry: tuple[int, Hop]) -> None:
        row, (cable, _, frame) = entry
        if row in cable.rows:
            cable.rows.discard(row)
            frame[2].crossing.mislaid(row, frame[2], "lost", cable.why)

    def mislaid(self, row: int, parcel: Parcel, reason: str, why: int) -> None:
        """It was lost at random, or kept apart: TCP sends it again, as long as somebody waits. What opens a connection
        for clients they repeat themselves."""
        self.blame(parcel, why)
        self._end(row, reason)
        if not parcel.copy and parcel.arrive.__name__ != "take" and parcel.tries < MOST_TRIES:
            wait = min(RTO << parcel.tries, MOST_RTO)
            self.world.agenda.at(self.world.agenda.now + wait, self._again, parcel)

    def _again(self, parcel: Parcel) -> None:
        stack = self.device.stack
        way = stack.routes.find(parcel.dst) if stack else None
        if stack is None or way is None or self.device.failed or getattr(parcel.arg, "over", False):
            return
        self._address(stack, *way, replace(parcel, tries=parcel.tries + 1))

    # arriving

    def _arrive(self, entry: tuple[int, Hop]) -> None:
        row, (cable, port, frame) = entry
        if row not in cable.rows:
            frame[2].crossing.blame(frame[2], cable.why)
            return
        cable.rows.discard(row)
        name, _, plug = port.partition(".")
        device, parcel = self.world.devices[name], frame[2]
        parted = self.world.faults.parted(parcel.crossing.device.id, name)
        stack: Stack | None = getattr(device, "stack", None)
        bridge: Bridge | None = stack.bridges.get(plug) if stack else getattr(device, "bridge", None)
        if parted:
            parcel.crossing.mislaid(row, parcel, "partition", parted)
        elif device.failed or not getattr(device, "powered", True):
            parcel.crossing.blame(parcel, last(self.world, name, ("act.fail", "act.shutdown")))
            self._end(row, "device-failed" if device.failed else "powered-off")
        elif bridge is not None and not (stack and stack.interfaces[plug].classify(frame[1]) == "host"):
            self._pass(row, bridge, (cable, port, frame))
        elif stack is None or stack.interfaces[plug].classify(frame[1]) != "host":
            self._end(row, "not-my-mac")
        else:
            self._received(row, cast(Machine, device), stack, parcel, frame[3])

    def _end(self, row: int, reason: str) -> None:
        self.world.timeline.crowd.end(row, self.world.agenda.now, reason)

    def _pass(self, row: int, bridge: Bridge, hop: Hop) -> None:
        """A switch learns from it, and sends it where it knows that MAC, or everywhere."""
        cable, port, (src, dst, parcel, hops) = hop
        if hops >= MOST_HOPS:
            raise Runaway("runaway.storm")
        there = self.world.ports[port]
        bridge.learn(src, there, cable.link.id)
        if not self._spread(bridge, (src, dst, parcel, hops + 1), (there, cable.link.id)):
            self._end(row, bridge.stays(dst))

    def _spread(self, bridge: Bridge, frame: Frame, source: Any) -> bool:
        targets = bridge.targets(frame[1], source)
        for port, link in targets:
            self._depart(self.world.cables[link], port.id, frame)
        return bool(targets)

    def _forward(self, row: int, device: Machine, stack: Stack, parcel: Parcel, hops: int) -> None:
        """A router passes it on; one that translates addresses does not."""
        way = stack.routes.find(parcel.dst)
        if stack.netfilter is not None:
            self._end(row, "not-translated")
        elif way is None or hops >= MOST_HOPS:
            self._end(row, "no-route" if way is None else "ttl-expired")
        else:
            origin = parcel.crossing
            relay = origin.relays.get(device.id)
            if relay is None:
                relay = origin.relays[device.id] = Crossing(device, parcel.dst)
            relay._address(stack, *way, parcel, hops + 1)

    def _received(self, row: int, device: Machine, stack: Stack, parcel: Parcel, hops: int) -> None:
        """The card took it in: is it for an address of this machine, and does a program listen?"""
        if parcel.dst not in stack.addresses() and stack.forwarding:
            self._forward(row, device, stack, parcel, hops)
            return
        if parcel.dst not in stack.addresses():
            parcel.crossing.blame(parcel, removal(self.world, device.id, parcel.dst) or parcel.crossing.lost)
            self._end(row, "not-mine")
            return
        way = stack.routes.find(parcel.src)
        if way is not None:
            stack.arp.confirm(*way)
        if parcel.copy:
            self._end(row, "duplicate")
            return
        parcel.crossing.lost = 0
        name = parcel.arrive.__name__
        listening = getattr(device, name, None) if getattr(device, "running", False) else None
        if listening is not None:
            listening((row, parcel.arg))
            return
        self._end(row, "connection-refused" if name in OPENING else "nobody-waits")
        sender = parcel.crossing.device
        if name in OPENING and isinstance(sender, Sender):
            # the kernel of a machine on which nobody listens says so
            self.world.agenda.cause = getattr(device, "why", 0)
            Crossing(device, parcel.src).carry(parcel.number, sender.reset, parcel.arg, parcel.dst)


# what is told of a loss, never what is done


def removal(world: World, device: str, address: str) -> int:
    """The event by which that machine lost the address; 0: none."""
    return last(world, device, ("address.removed",), f"{address}/")


def last(world: World, device: str, names: tuple[str, ...], ip: str = "") -> int:
    """The last such event there, or at a box around it; ip: how the address that it is about begins. 0: none."""
    around = _around(world, device)
    for event in reversed(world.timeline.events):
        if event.name in names and event.device in around and str(event.details.get("ip", "")).startswith(ip):
            return event.id
    return 0


def _around(world: World, device: str) -> list[str]:
    thing = world.scene.things[device]
    return [device, *(_around(world, thing.parent) if thing.parent else [])]
