"""The link layer of a machine: its cards and bridges, who is on its networks, frames in and out.

Knows nothing of what it carries but ARP: `Stack`, above, says what to do with a packet that came in or was lost.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from vizapp.devices.net.arp import ArpCache
from vizapp.devices.net.bridge import Bridge
from vizapp.devices.net.card import Cards
from vizapp.devices.net.nic import Interface, mac_of
from vizapp.devices.net.running import Running
from vizapp.devices.net.vicinity import nearest
from vizapp.protocols.ethernet import BROADCAST, Ethernet
from vizapp.protocols.header import Header
from vizapp.protocols.ipv4 import EVERYONE, Ipv4, group_mac, is_multicast
from vizapp.scene.model import Port
from vizapp.sim.behaviour import DELIVERED, Verdict, ignored
from vizapp.sim.packet import Packet
from vizapp.sim.timeline import Flight

if TYPE_CHECKING:
    from vizapp.devices.net.conntrack import Passage

PROCESS = 20_000  # ns that the kernel takes over a packet; the recordings have 10 to 60 µs
TAKEN = {"host": "my-mac", "broadcast": "everyone", "multicast": "group", "otherhost": "otherhost"}  # as what
Note = tuple[str, dict[str, Any]]  # an event to raise when the packet leaves


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A packet (from its IPv4 header in) on its way out: by which port, to which next machine, announced by what."""

    packet: Packet
    port: str
    next_hop: str
    notes: tuple[Note, ...] = ()
    came_by: str | None = None  # the port it came in by, when it is forwarded
    confirms: bool = False  # its sender has just heard from the other side: the next machine is there
    passage: Passage | None = None


class Link:
    """One machine's interfaces, bridges and ARP cache. A port with several cables is a bridge with an address."""

    def __init__(self, device: Running) -> None:
        self.device = device
        self.process = PROCESS
        self.interfaces = {port.name: Interface(port, mac_of(port)) for port in device.thing.ports}
        several = [port for port in device.thing.ports if len(device.world.plugs.get(port.id, ())) > 1]
        together: list[Bridge] = []
        self.bridges = {port.name: Bridge(device, (port,), together=together) for port in several}
        self.cards = Cards(device)
        self.arp = ArpCache(self)

    def arrived(self, interface: Interface, packet: Packet) -> Verdict:
        """A frame for this system, with something else in it than ARP."""
        raise NotImplementedError

    def unreachable(self, out: Outgoing) -> None:
        """Nobody answered for `out.next_hop`."""
        raise NotImplementedError

    def drop(self, packet: Packet, reason: str, **values: Any) -> Verdict:
        """The end of a packet (from its IPv4 header in) here."""
        raise NotImplementedError

    # addresses

    def addresses(self) -> list[str]:
        return [address for interface in self.interfaces.values() for address in interface.addresses()]

    def owner(self, address: str) -> str | None:
        """The device that has that address at present, of several the one with the fewest cables between: for what is
        shown, never for what is done."""
        world = self.device.world
        stacks = {device.id: getattr(device, "stack", None) for device in world.devices.values()}
        having = [name for name, stack in stacks.items() if stack is not None and address in stack.addresses()]
        return having[0] if len(having) == 1 else nearest(world, self.device.id, having)

    def is_broadcast(self, address: str) -> bool:
        networks = (interface.network for interface in self.interfaces.values())
        return address == EVERYONE or any(network and address == network.broadcast for network in networks)

    def flush_bridges(self) -> bool:
        """The bridges among the ports forget what they learned; whether there is one."""
        for bridge in self.bridges.values():
            bridge.flush()
        return bool(self.bridges)

    # coming in

    def receive(self, port: Port, packet: Packet, flight: Flight) -> Verdict:
        """A frame reached the card (or the bridge) of `port`."""
        interface = self.interfaces[port.name]
        frame = packet.layers[0]
        if not isinstance(frame, Ethernet):
            return ignored("no-handler")
        kind = interface.classify(frame.eth_dst)
        bridge = self.bridges.get(port.name)
        if bridge is not None:
            return self._bridged(bridge, interface, packet, flight)
        if not self.cards.takes(interface, frame.eth_dst):
            return self._filtered(interface, packet, kind)
        self.cards.capture(interface, packet)
        self.device.decide(TAKEN[kind], mac=frame.eth_dst, mine=interface.mac)
        return ignored("otherhost") if kind == "otherhost" else self._up(interface, packet)

    def _filtered(self, interface: Interface, packet: Packet, kind: str) -> Verdict:
        """The card keeps a frame from the system: it is for another MAC, or for a group that nobody here has joined."""
        frame = packet.layers[0]
        assert isinstance(frame, Ethernet)
        if kind == "multicast":
            self.device.decide("not-my-group", mac=frame.eth_dst)
            return ignored("not-my-group")
        self.device.decide("not-my-mac", mac=frame.eth_dst, mine=interface.mac)
        self.cards.filtered(interface, packet)
        return ignored("not-my-mac")

    def _bridged(self, bridge: Bridge, interface: Interface, packet: Packet, flight: Flight) -> Verdict:
        """The port is a bridge with an address: its cards take in everything, and it has its own MAC."""
        frame = packet.layers[0]
        assert isinstance(frame, Ethernet)
        kind = interface.classify(frame.eth_dst)
        if kind == "host":
            bridge.learn(frame.eth_src, interface.port, flight.link)
        passed = kind != "host" and bridge.pass_on(interface.port, packet, flight)
        if kind != "otherhost" or self.cards.promiscuous:
            self.cards.capture(interface, packet)
        if kind == "otherhost":
            return DELIVERED if passed else ignored(bridge.stays(frame.eth_dst))
        self.device.decide(TAKEN[kind], mac=frame.eth_dst, mine=interface.mac)
        return self._up(interface, packet)

    def _up(self, interface: Interface, packet: Packet) -> Verdict:
        if packet.layers[1].protocol == "arp":
            return self.arp.receive(interface, packet)
        return self.arrived(interface, packet)

    # going out

    def hand_over(self, out: Outgoing) -> None:
        """Put it in a frame for the next machine, once its MAC is known."""
        interface = self.interfaces[out.port]
        ip = out.packet.layers[0]
        assert isinstance(ip, Ipv4)
        if is_multicast(ip.dst):
            mac: str | None = group_mac(ip.dst)
        else:
            mac = BROADCAST if self.is_broadcast(ip.dst) else self.arp.resolve(interface, out)
        if mac is not None:
            self.announce(out.notes)
            self.frame(interface, mac, out.packet)

    def send_raw(
        self, interface: Interface, eth_dst: str, layers: tuple[Header, ...], name: str, to: str | None,
        notes: tuple[Note, ...], *, eth_src: str | None = None, wait: int = 0, quiet: bool = False,
    ) -> None:
        """Send a frame past routes and ARP, as DHCP does. wait: ns before it leaves, besides what the kernel takes;
        quiet: see `Packet`."""
        made = self.device.packet((Ethernet(eth_src or interface.mac, eth_dst), *layers), name, to)
        packet = replace(made, quiet=quiet)
        self.device.after(wait + self.process, self._leave_raw, (interface.name, packet, notes))

    def _leave_raw(self, entry: tuple[str, Packet, tuple[Note, ...]]) -> None:
        name, packet, notes = entry
        self.announce(notes)
        self._transmit(self.interfaces[name], packet)

    def announce(self, notes: tuple[Note, ...]) -> None:
        """Raise the events that a packet was to be told by."""
        for name, details in notes:
            self.device.event(name, **details)

    def frame(self, interface: Interface, eth_dst: str, packet: Packet, eth_src: str | None = None) -> None:
        """Frame the packet and put it on the cable. eth_src: if it is not the card's own MAC."""
        layers = (Ethernet(eth_src or interface.mac, eth_dst), *packet.layers)
        self._transmit(interface, replace(packet, layers=layers))

    def _transmit(self, interface: Interface, packet: Packet) -> None:
        bridge = self.bridges.get(interface.name)
        frame = packet.layers[0]
        assert isinstance(frame, Ethernet)
        self.cards.capture(interface, packet, out=True)
        if bridge is not None:
            bridge.send(packet, frame.eth_dst)
        else:
            self.device.send(interface.port, packet)
