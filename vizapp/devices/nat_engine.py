"""VirtualBox's NAT engine: a router of its own for each VM, which is a program of the host. A model, not recorded.

Facts N2-F3, F4, F5, F7, N7-F5: the engine takes the data out of the guest's TCP and UDP and sends it again through the
host's sockets, so that what leaves has the host's address, a port of the host and the host's TTL.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from ipaddress import IPv4Network
from typing import Any

from vizapp.devices import machine, nat_router
from vizapp.devices.net.connection import Connection
from vizapp.devices.net.dhcp_server import DhcpServer, Terms
from vizapp.devices.net.nic import Interface
from vizapp.devices.net.node import Node
from vizapp.devices.net.relay import Forward, TcpRelay
from vizapp.devices.net.relay_datagram import EchoRelay, UdpRelay
from vizapp.devices.net.running import Running
from vizapp.devices.net.stack import Stack
from vizapp.devices.net.tcp import Sockets
from vizapp.devices.net.translate import forwards
from vizapp.devices.net.vicinity import host_of
from vizapp.protocols.dhcp import SERVER_PORT
from vizapp.protocols.dns import PORT as DNS_PORT
from vizapp.protocols.icmp import ECHO, Icmp
from vizapp.protocols.ipv4 import Ipv4
from vizapp.protocols.tcp import Tcp
from vizapp.protocols.udp import Udp
from vizapp.scene.model import Port, Thing
from vizapp.scene.vocabulary import Event, Field, Kind, Show
from vizapp.sim.behaviour import Behaviour, Verdict, dropped, ignored
from vizapp.sim.packet import Packet
from vizapp.sim.timeline import Flight
from vizapp.sim.world import World

DAY = 86_400_000_000_000  # ns
NETWORK = "10.0.2.0/24"
GATEWAY, RESOLVER, FIRST_GUEST, LAST_GUEST = 2, 3, 15, 30  # of its network (manual: .2, .3, .15)


class GuestSockets(Sockets):
    """Every call of the guest is for the engine, wherever it goes."""

    def __init__(self, stack: Stack, relay: TcpRelay) -> None:
        super().__init__(stack)
        self.relay = relay

    def receive(self, packet: Packet) -> Verdict:
        ip, tcp = packet.layers[0], packet.layers[1]
        assert isinstance(ip, Ipv4)
        assert isinstance(tcp, Tcp)
        known = self.connections.get((ip.dst, tcp.dport, ip.src, tcp.sport))
        if tcp.flags == "S" and (known is None or known.state == "TIME-WAIT"):
            self.stack.device.decide("engine-call", ip=ip.dst, port=tcp.dport)
            return self.relay.called(packet)
        return super().receive(packet)


class Inside(Stack):
    """The guest's side: it has the addresses of the gateway and of the DNS server, and takes in what is for others."""

    def __init__(self, engine: NatEngine) -> None:
        super().__init__(engine, False)
        self.engine = engine
        self.tcp = GuestSockets(self, engine.tcp)

    def addresses(self) -> list[str]:
        return [self.engine.gateway, self.engine.resolver]

    def may_send_as(self, address: str) -> bool:
        """It answers in the name of whomever the guest called."""
        return True

    def arrived(self, interface: Interface, packet: Packet) -> Verdict:
        ip, inner = packet.layers[1], packet.layers[2]
        if not isinstance(ip, Ipv4):
            return ignored("no-handler")
        inside = Packet(packet.id, packet.layers[1:], packet.name, packet.origin, packet.to)
        if isinstance(inner, Tcp):
            return self.tcp.receive(inside)
        asks_dns = isinstance(inner, Udp) and (ip.dst, inner.dport) == (self.engine.resolver, DNS_PORT)
        if (ip.dst in self.addresses() and not asks_dns) or self.is_broadcast(ip.dst):
            self.device.decide("for-all" if self.is_broadcast(ip.dst) else "for-me", ip=ip.dst)
            return self._input(interface, inside)
        if isinstance(inner, Udp):
            return self._pass_on(inside, ip, inner)
        if isinstance(inner, Icmp) and inner.icmp_type == ECHO:
            self.device.decide("engine-echo", ip=ip.dst)
            return self.engine.echo.sent(inside)
        return self.drop(inside, "engine-drops")

    def _pass_on(self, packet: Packet, ip: Ipv4, udp: Udp) -> Verdict:
        """A datagram goes on from the host; a question to the engine's DNS address, to the host's DNS server."""
        target = ip.dst
        if target == self.engine.resolver:
            servers = self.engine.host.stack.dns_servers() if self.engine.host is not None else ()
            if not servers:
                return self.drop(packet, "no-resolver")
            target = servers[0]
        self.device.decide("engine-datagram", ip=target, port=udp.dport)
        return self.engine.udp.sent(packet, (target, udp.dport))


class NatEngine(Running):
    """rows: what its table shows, one for each connection that it has opened again."""

    def __init__(self, world: World, thing: Thing) -> None:
        super().__init__(world, thing)
        network = IPv4Network(str(thing.fields.get("network") or NETWORK))
        self.network = network
        self.gateway, self.resolver = str(network[GATEWAY]), str(network[RESOLVER])
        self._fresh()

    def _fresh(self) -> None:
        self.tcp, self.udp, self.echo = TcpRelay(self), UdpRelay(self), EchoRelay(self)
        self.stack = Inside(self)
        self.rows: list[dict[str, Any]] = []
        self.opened: list[int] = []  # TCP ports of the host on which it listens

    @property
    def host(self) -> Node | None:
        """The machine whose sockets it uses, while that is up."""
        name = self.get("host") or host_of(self.world, self.id)
        found = self.world.devices.get(name) if name else None
        return found if isinstance(found, Node) and found.powered and not found.booting else None

    def start(self) -> None:
        self._fresh()
        self.show("model", {"words": "engine.model"})
        self.show("badge-nat", "NAT")
        self.show("nat", [])
        interface = next(iter(self.stack.interfaces.values()), None)
        if interface is not None:
            interface.ip, interface.bits = self.gateway, self.network.prefixlen
            self._serve(interface)
        self.stack.show()
        if self.host is not None:
            self.open_on(self.host)

    def _serve(self, interface: Interface) -> None:
        first, last = str(self.network[FIRST_GUEST]), str(self.network[LAST_GUEST])
        terms = Terms(first, last, DAY, router=self.gateway, dns=(self.resolver,))
        self.stack.udp.by_port[SERVER_PORT] = DhcpServer(self.stack, interface, terms)

    def on_fail(self) -> None:
        for name in ("nat", "arp", "leases"):
            self.show(name, [])

    def configure(self, name: str, value: Any) -> None:
        """Port forwards are read again."""
        if self.host is not None:
            self.open_on(self.host)

    def receive(self, port: Port, packet: Packet, flight: Flight) -> Verdict:
        return self.stack.receive(port, packet, flight) if self.host is not None else dropped("no-host")

    def open_on(self, host: Behaviour) -> None:
        """Listen on the host at the forwarded ports."""
        if host is not self.host or not isinstance(host, Node) or self.failed:
            return
        listening = host.stack.tcp.listening
        for number in self.opened:
            if isinstance(listening.get(number), Forward):
                del listening[number]
        wanted = forwards((*(self.get("forwards") or ()), self.get("port-forward")))
        ports = {port: target for (proto, port), target in wanted.items() if proto == "tcp" and port not in listening}
        listening.update({port: Forward(self.tcp, target) for port, target in ports.items()})
        self.opened = list(ports)

    # its table

    def note(
        self, proto: str, packet: Packet, outside: tuple[str, int], target: tuple[str, int] | None = None
    ) -> dict[str, Any]:
        """A call or a datagram of the guest goes on from the host's socket `outside`: its row. target: to whom, if not
        to the one that the guest wrote."""
        ip, inner = packet.layers[0], packet.layers[1]
        assert isinstance(ip, Ipv4)
        assert isinstance(inner, Tcp | Udp)
        before = {"src": ip.src, "sport": inner.sport, "dst": ip.dst, "dport": inner.dport, "ttl": ip.ttl}
        dst, dport = target or (ip.dst, inner.dport)
        after = {"src": outside[0], "sport": outside[1], "dst": dst, "dport": dport, "ttl": 64}
        row = {"proto": proto, "inside": _socket(ip.src, inner.sport), "outside": _socket(*outside),
               "peer": _socket(dst, dport)}  # fmt: skip
        ends = {"from": packet.origin, "to": packet.to}
        self.event("nat.reopened", proto=proto, before=before, after=after, was=row["inside"], becomes=row["outside"],
                   through=self.host.id if self.host else None, **ends)  # fmt: skip
        self._keep(row)
        return row

    def note_inbound(self, connection: Connection, target: tuple[str, int]) -> dict[str, Any]:
        """A call at a forwarded port of the host goes on to the guest: its row."""
        row = {"proto": "tcp", "inside": _socket(*target), "outside": _socket(connection.local, connection.port),
               "peer": _socket(connection.remote, connection.dport)}  # fmt: skip
        self.event("nat.forwarded", proto="tcp", was=row["outside"], becomes=row["inside"], peer=row["peer"],
                   **{"from": connection.to, "to": self.stack.owner(target[0])})  # fmt: skip
        self._keep(row)
        return row

    def _keep(self, row: Mapping[str, Any]) -> None:
        self.rows = [*self.rows, dict(row)]
        self.show("nat", self.rows)

    def forget(self, row: Mapping[str, Any]) -> None:
        """That connection is over."""
        if row in self.rows:
            self.rows = [each for each in self.rows if each != row]
            self.show("nat", self.rows)


def _socket(address: str, port: int) -> str:
    return f"{address}:{port}"


ENDS = ("before", "before.src", "before.sport", "before.dst", "before.dport", "before.ttl", "after", "after.src",
        "after.sport", "after.dst", "after.dport", "after.ttl", "was", "becomes", "proto", "through")  # fmt: skip
_SHOWN = {show.field: show for show in nat_router.KIND.shows}
_SAID = {field.name: field for field in nat_router.KIND.fields}

KIND = Kind(
    "nat-engine",
    "VirtualBox's NAT engine, one for each VM: a model, not recorded. It is a program of the host: it ends the guest's "
    "TCP and UDP and opens them again from the host's own sockets (address, port and TTL of the host), answers DHCP "
    "itself, relays DNS to the server that the host asks, and listens on the host for forwarded TCP ports. Its gateway "
    "(.2) is the host's loopback; DNS is .3, the guest .15. Echo requests go on with the host's TTL, errors about them "
    "do not come back; other protocols are dropped. Cable the VM to its one port.",
    role="network",
    icon="router",
    behaviour=NatEngine,
    fields=(
        Field("host", "thing", "The machine whose sockets it uses; the box around it that has ports, if nothing is "
              "written."),
        Field("network", "cidr", "The guest's network; of a VM's second card 10.0.3.0/24, and so on.", default=NETWORK),
        _SAID["port-forward"],
        _SAID["forwards"],
    ),
    shows=(
        replace(_SHOWN["address"], longest="10.0.2.2 · 10.0.2.3", per_port=False),
        Show("badge-nat", "badge", "show.badge-nat", longest="NAT"),
        Show("model", "text", "show.model", face=False),
        _SHOWN["nat"],
        _SHOWN["arp"],
        _SHOWN["leases"],
    ),
    events=(
        Event("nat.reopened", "The engine opens a call of its guest again, from a socket of the host. through: the "
              "host.", (*machine.ENDS, *ENDS)),
        Event("nat.forwarded", "A call at a forwarded port of the host goes on to the guest.",
              (*machine.ENDS, "was", "becomes", "peer", "proto")),
        *(event for event in nat_router.KIND.events if event.name.startswith(("arp.", "dhcp."))),
    ),
    example="nat1: {kind: nat-engine, ports: {vm: {}}, forwards: [2222 -> 10.0.2.15:22]}",
)  # fmt: skip
