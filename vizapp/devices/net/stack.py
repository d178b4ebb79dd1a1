"""The IP stack of a machine: what comes in, what goes out, what is forwarded (RFC 1122, RFC 1812, as Linux does it)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from vizapp.devices.net import icmp, tcp
from vizapp.devices.net.groups import Groups
from vizapp.devices.net.link import Link, Note, Outgoing
from vizapp.devices.net.nic import Extra, Interface
from vizapp.devices.net.routes import Routes
from vizapp.devices.net.running import Running
from vizapp.devices.net.udp import UdpSockets
from vizapp.protocols.dhcp import CLIENT_PORT
from vizapp.protocols.header import Header
from vizapp.protocols.icmp import HOST, NET, TIME_EXCEEDED, UNREACHABLE
from vizapp.protocols.icmp import PORT as PORT_CODE
from vizapp.protocols.ipv4 import Ipv4, group_mac, is_multicast
from vizapp.protocols.udp import Udp
from vizapp.sim.behaviour import DELIVERED, Verdict, dropped, ignored
from vizapp.sim.packet import Packet

if TYPE_CHECKING:
    from vizapp.devices.net.conntrack import Passage
    from vizapp.devices.net.netfilter import Netfilter


ADVICE = 300_000_000_000  # ns that a redirect is believed (ip_rt_gc_timeout)


class Stack(Link):
    """One machine's IP: its addresses, routes and sockets. `netfilter`: its filter and translation, if any."""

    def __init__(self, device: Running, forwarding: bool) -> None:
        super().__init__(device)
        self.forwarding = forwarding
        self.advised: dict[str, tuple[str, str, int]] = {}  # destination → port, next router, until true ns
        self.routes = Routes(self.interfaces)
        self.tcp = tcp.Sockets(self)
        self.icmp = icmp.Echo(self)
        self.udp = UdpSockets(self)
        self.groups = Groups(self)
        self.raw: dict[str, Any] = {}  # protocol upon IP → program with `heard(interface, packet)`
        self.resolvers: tuple[str, ...] = ()  # the DNS servers that DHCP named
        self.netfilter: Netfilter | None = None

    # addresses

    def configure(self, name: str, ip: str | None, bits: int = 0) -> None:
        """Give the interface an address (perhaps the same again), or take it away; its ARP entries are forgotten."""
        interface = self.interfaces[name]
        self.arp.forget(name)
        if self.netfilter is not None and interface.ip not in (None, ip):
            self.netfilter.forget_address(str(interface.ip))
        interface.ip, interface.bits = ip, bits
        self.advised = {}
        self.show()

    def add_address(self, interface: Interface, extra: Extra) -> bool:
        """Give the card one more address (`ip address add`); whether it had none like it."""
        if extra.ip in interface.addresses():
            return False
        interface.extra = (*interface.extra, extra)
        self.show()
        self.device.event("address.added", port=interface.name, ip=extra.cidr, **{"from": self.device.id})
        return True

    def remove_address(self, interface: Interface, address: str) -> bool:
        """Take a further address away; whether it was there."""
        gone = next((extra for extra in interface.extra if extra.ip == address), None)
        if gone is None:
            return False
        interface.extra = tuple(extra for extra in interface.extra if extra is not gone)
        if self.netfilter is not None:
            self.netfilter.forget_address(address)
        self.show()
        self.device.event("address.removed", port=interface.name, ip=gone.cidr, **{"from": self.device.id})
        return True

    def dns_servers(self) -> tuple[str, ...]:
        """Whom it asks for names: those written, or else those that DHCP named."""
        return tuple(self.device.get("resolver") or ()) or self.resolvers

    def show(self) -> None:
        """Record addresses and routes as they stand."""
        for interface in self.interfaces.values():
            network = str(interface.network) if interface.network else None
            own = {"ip": interface.ip, "mac": interface.mac, "network": network}
            more = {"extra": [extra.cidr for extra in interface.extra]} if interface.extra else {}
            self.device.show(interface.name, own | more)
        bare = {"words": "power.no-address"} if self.interfaces else None
        written = [interface.ip for interface in self.interfaces.values() if interface.ip]
        self.device.show("address", " · ".join(written) or bare)
        self._show_extra()
        self.device.show("routes", self.routes.rows())
        self.device.show("resolvers", ", ".join(self.dns_servers()) or None)

    def _show_extra(self) -> None:
        """What its cards have besides; nothing is recorded of a machine that never had any."""
        more = [extra.ip for interface in self.interfaces.values() for extra in interface.extra]
        if more or (self.device.id, "vip") in self.device.world.timeline.tracks:
            self.device.show("vip", "VIP " + " · ".join(more) if more else None)

    # coming in

    def arrived(self, interface: Interface, packet: Packet) -> Verdict:
        """A frame came in for this system."""
        came = packet.layers[1]
        if not isinstance(came, Ipv4):
            return ignored("no-handler")
        inside = replace(packet, layers=packet.layers[1:])
        if came.src in self.addresses():
            return self.drop(inside, "own-source", ip=came.src)
        if is_multicast(came.dst):
            return self._group(interface, inside, came.dst)
        passage = None
        if self.netfilter is not None:
            inside, passage = self.netfilter.arriving(inside, interface.name)
        ip = inside.layers[0]
        assert isinstance(ip, Ipv4)
        if ip.dst in self.addresses() or self.is_broadcast(ip.dst):
            self.device.decide("for-all" if self.is_broadcast(ip.dst) else "for-me", ip=ip.dst)
            return self._input(interface, inside)
        if interface.ip is None or (interface.name in self.udp.raw and self._raw_taker(inside)):
            # the card is up without an address: only what a socket asked for raw, such as a DHCP client's answer
            return self._raw(interface, inside)
        if not self.forwarding:
            return self.drop(inside, "not-mine", ip=ip.dst)
        return self._forward(interface, inside, passage)

    def _group(self, interface: Interface, packet: Packet, group: str) -> Verdict:
        """A packet for a group: never passed on, and only taken in where a program has joined."""
        if group_mac(group) not in interface.groups:
            self.device.decide("not-my-group", mac=group_mac(group))
            return ignored("not-my-group")
        self.device.decide("for-group", ip=group)
        return self._program(interface, packet)

    def _program(self, interface: Interface, packet: Packet) -> Verdict:
        """To the program that speaks this protocol itself, if one runs."""
        program = self.raw.get(packet.layers[1].protocol)
        verdict: Verdict = program.heard(interface, packet) if program is not None else ignored("no-handler")
        return verdict

    def _raw_taker(self, packet: Packet) -> Any:
        udp = packet.layers[1]
        return self.udp.by_port.get(udp.dport) if isinstance(udp, Udp) and udp.dport == CLIENT_PORT else None

    def _raw(self, interface: Interface, packet: Packet) -> Verdict:
        taker = self._raw_taker(packet)
        if taker is None:
            return ignored("no-address")
        self.device.decide("raw-socket", port=CLIENT_PORT)
        return self._hand(taker, interface, packet)

    def _input(self, interface: Interface, packet: Packet) -> Verdict:
        if self.netfilter is not None and not self.netfilter.lets_in(packet, interface.name):
            return self.drop(packet, "policy-drop", chain="INPUT")
        transport = packet.layers[1]
        if transport.protocol == "tcp":
            return self.tcp.receive(packet)
        if transport.protocol == "icmp":
            return self.icmp.receive(packet)
        if isinstance(transport, Udp):
            return self._datagram(interface, packet, transport)
        return self._program(interface, packet)

    def _datagram(self, interface: Interface, packet: Packet, udp: Udp) -> Verdict:
        taker = self.udp.by_port.get(udp.dport)
        if taker is not None:
            self.device.decide("udp-socket", port=udp.dport)
            return self._hand(taker, interface, packet)
        ip = packet.layers[0]
        assert isinstance(ip, Ipv4)
        if self.is_broadcast(ip.dst):
            self.device.decide("nobody-listens", port=udp.dport)
            return ignored("nobody-listens")
        self.error(packet, UNREACHABLE, PORT_CODE)
        return self.drop(packet, "closed-port", port=udp.dport)

    def _hand(self, taker: Any, interface: Interface, packet: Packet) -> Verdict:
        """A program takes the datagram: at once, or, if it stands still, when it goes on."""
        if self.device.hung is not None:
            self.device.tell(taker.datagram, interface, packet)
            return DELIVERED
        verdict: Verdict = taker.datagram(interface, packet)
        return verdict

    def drop(self, packet: Packet, reason: str, **values: Any) -> Verdict:
        """The end of a packet here; `values` are what the sentence about it needs."""
        ip = packet.layers[0]
        assert isinstance(ip, Ipv4)
        self.device.decide(reason, **values)
        if packet.quiet:
            return dropped(reason)
        self.device.event(
            "ip.dropped", reason=reason, src=ip.src, dst=ip.dst, packet=packet.id, **values,
            **{"from": packet.origin, "to": packet.to},
        )  # fmt: skip
        return dropped(reason)

    # passing through

    def _forward(self, interface: Interface, packet: Packet, passage: Passage | None) -> Verdict:
        ip = packet.layers[0]
        assert isinstance(ip, Ipv4)
        found = self.routes.best(ip.dst)
        if found is None:
            self.error(self._as_sent(packet, passage)[0], UNREACHABLE, NET)
            return self.drop(packet, "no-route", ip=ip.dst)
        if ip.ttl <= 1:
            self.error(self._as_sent(packet, passage)[0], TIME_EXCEEDED, 0)
            return self.drop(packet, "ttl-expired", ttl=ip.ttl)
        route, out = found
        next_hop = route.via or ip.dst
        shorter = replace(packet, layers=(replace(ip, ttl=ip.ttl - 1), *packet.layers[1:]))
        if out is interface and interface.network is not None and ip.src in interface.network:
            # its sender could reach the next router directly (RFC 1812 § 5.2.7.2)
            hidden = self.netfilter is not None and self.netfilter.hides_redirect(packet, passage)
            self.icmp.advise(shorter, next_hop, hidden=hidden)
        if self.netfilter is not None and not self.netfilter.lets_through(passage, interface.name):
            return self.drop(packet, "policy-drop", chain="FORWARD")
        told = {"ip": ip.dst, "route": str(route.network), "port": out.name, "ttl": ip.ttl, "left": ip.ttl - 1}
        self.device.decide("routed" if route.via else "routed-here", via=next_hop, **told)
        leaving = Outgoing(shorter, out.name, next_hop, came_by=interface.name, passage=passage)
        self.device.after(self.process, self._leave, leaving)
        return DELIVERED

    # going out

    def may_send_as(self, address: str) -> bool:
        """Whether what is sent from here may bear that source."""
        return self.is_own(address)

    def send(
        self, transport: Sequence[Header], dst: str, name: str, *, to: str | None = None, ttl: int = 64,
        src: str | None = None, notes: tuple[Note, ...] = (), confirms: bool = False, quiet: bool = False,
    ) -> str | None:
        """Send a packet made here; the reason when it can't even be tried (`no-route`, `address-gone`)."""  # fmt: skip
        if src is not None and not self.may_send_as(src):
            return "address-gone"
        proto = transport[0].protocol
        if self.is_own(dst):
            packet = self.device.packet((Ipv4(src or dst, dst, proto, ttl), *transport), name, to)
            self.device.after(self.process, self._loop, (packet, notes))
            return None
        way = self._way(dst)
        source = way[0].source(way[1]) if way is not None else None
        if way is None or source is None:
            return "no-route"
        interface, next_hop = way
        made = self.device.packet((Ipv4(src or source, dst, proto, ttl), *transport), name, to)
        packet = replace(made, quiet=quiet)
        leaving = Outgoing(packet, interface.name, next_hop, notes, confirms=confirms)
        self.device.after(self.process, self._leave, leaving)
        return None

    def is_own(self, address: str) -> bool:
        """Whether what goes there stays in this machine."""
        return address in self.addresses() or address.startswith("127.")

    def _loop(self, entry: tuple[Packet, tuple[Note, ...]]) -> None:
        """What a machine sends to itself goes up again at once: no card and no cable is needed."""
        packet, notes = entry
        self.announce(notes)
        ip = packet.layers[0]
        assert isinstance(ip, Ipv4)
        interfaces = list(self.interfaces.values())
        self._input(next((each for each in interfaces if ip.dst in each.addresses()), interfaces[0]), packet)

    def _way(self, dst: str) -> tuple[Interface, str] | None:
        """By which interface, to which next machine: as a router advised, or as the routes say."""
        advice = self.advised.get(dst)
        if advice is not None and self.device.now < advice[2]:
            return self.interfaces[advice[0]], advice[1]
        return self.routes.find(dst)

    def redirected(self, dst: str, by: str, gateway: str) -> None:
        """A router says that `gateway` is nearer to `dst`. A host that uses that router believes it, once it knows the
        MAC of the other one (RFC 1122 § 3.2.2.2, as Linux does it); a router does not."""
        way = self._way(dst)
        believes = self.device.get("accept-redirects") and not self.forwarding
        if not believes or way is None or way[1] != by or gateway == by or self.is_own(gateway):
            return
        if self.arp.find(way[0], gateway):
            self.advised[dst] = (way[0].name, gateway, self.device.now + ADVICE)
            self.device.event("route.advised", ip=dst, via=gateway, **{"from": self.device.id, "to": self.owner(by)})

    def _leave(self, out: Outgoing) -> None:
        if self.netfilter is not None:
            translated = self.netfilter.leaving(out.packet, out.passage, out.came_by, out.port)
            if translated is None:
                self.drop(out.packet, "no-free-port")
                return
            out = replace(out, packet=translated)
        self.hand_over(out)

    # errors

    def unreachable(self, out: Outgoing) -> None:
        """Nobody answered for `out.next_hop`."""
        self.drop(out.packet, "arp-failed", ip=out.next_hop)
        if out.came_by is None:
            self.failed(out.packet, "host-unreachable")
        else:
            packet, src = self._as_sent(out.packet, out.passage)
            self.icmp.report(packet, UNREACHABLE, HOST, src=src)

    def _as_sent(self, packet: Packet, passage: Passage | None) -> tuple[Packet, str | None]:
        return self.netfilter.as_sent(packet, passage) if self.netfilter is not None else (packet, None)

    def failed(self, packet: Packet, reason: str) -> None:
        """A packet sent from here will not arrive: tell the socket that sent it."""
        protocol = packet.layers[1].protocol
        if protocol == "tcp":
            self.tcp.unreachable(packet.layers, reason)
        elif protocol == "icmp":
            self.icmp.unreachable(packet.layers, reason, self.device.id)
        elif protocol == "udp":
            self.udp.unreachable(packet.layers, reason)

    def error(self, packet: Packet, icmp_type: int, code: int) -> None:
        """Tell the sender of `packet` (never of an error, never for a broadcast: RFC 1122 § 3.2.2)."""
        self.icmp.report(packet, icmp_type, code)
