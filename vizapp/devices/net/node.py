"""A networked machine: on or off, with an IP stack, DHCP, programs, and the verbs that a person gives it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vizapp.devices.net.addressing import DEFAULT_ROUTE, Addressing
from vizapp.devices.net.dhcp_client import DhcpClient
from vizapp.devices.net.dhcp_server import DhcpServer
from vizapp.devices.net.netfilter import Netfilter
from vizapp.devices.net.nic import Interface
from vizapp.devices.net.routes import Route
from vizapp.devices.net.stack import Stack
from vizapp.devices.net.web import Caller, Service
from vizapp.protocols.dhcp import CLIENT_PORT, SERVER_PORT
from vizapp.scene.model import Act, Port, Text, Thing
from vizapp.sim.behaviour import Impossible, Verdict, dropped, ignored
from vizapp.sim.packet import Packet
from vizapp.sim.timeline import Flight
from vizapp.sim.world import World

SECOND = 1_000_000_000
BOOT = 1 * SECOND  # ns that a machine takes to boot when the act does not say: short, so that a scene does not wait


class Node(Addressing):
    """What is missing among its fields is simply not done: a plain machine has no `dhcp` to serve."""

    def __init__(self, world: World, thing: Thing) -> None:
        super().__init__(world, thing)
        booted = any(act.verb == "boot" and act.args[0] == self.id for act in world.scene.script)
        self.powered = not (booted or bool(thing.fields.get("off")))
        self.booting = False
        self.written: list[Route] = []
        self.stack = Stack(self, bool(thing.fields.get("forwarding")))
        self.caller = Caller(self.stack)
        self.clients: dict[str, DhcpClient] = {}
        self.server: DhcpServer | None = None

    # on and off

    def start(self) -> None:
        self.show("powered", self.powered)
        if self.powered:
            self._run()
        else:
            self.show("address", {"words": "power.off"})

    def on_fail(self) -> None:
        """Its memory is gone: the tables are empty. (`_run` makes a fresh stack; the old one still names addresses.)"""
        if self.booting:
            self.booting = False
            self.show("boot", None)
        for name in ("arp", "connections", "nat", "leases", "fdb", "routes", "capture"):
            if (self.id, name) in self.world.timeline.tracks:
                self.show(name, [])
        self.show("calling", None)

    def on_restore(self) -> None:
        if self.powered:
            self._run()

    def _run(self) -> None:
        """The system is up: a fresh stack, the written addresses, the services."""
        self.booting = False
        self.stack = Stack(self, bool(self.get("forwarding")))
        self.caller = Caller(self.stack)
        self.clients = {}
        if "masquerade" in self.thing.fields:
            self.stack.netfilter = Netfilter(self.stack)
        for port in self.thing.ports:
            self._address(port)
        self._routes()
        self._services()
        self.stack.show()
        self.stack.cards.show()
        for client in self.clients.values():
            client.discover()

    def _address(self, port: Port) -> None:
        interface = self.stack.interfaces[port.name]
        if port.ip == "dhcp":
            self._ask_on(interface)
        elif port.ip:
            ip, _, bits = port.ip.partition("/")
            interface.ip, interface.bits = ip, int(bits or 24)
        if port.gateway:
            self.stack.routes.add(Route(DEFAULT_ROUTE, port.gateway))

    def _ask_on(self, interface: Interface) -> None:
        broadcast, retry = bool(self.get("broadcast-flag")), self.get("dhcp-retry")
        client = DhcpClient(self.stack, interface, broadcast=broadcast, retry=retry)
        self.clients[interface.name] = client
        self.stack.udp.by_port[CLIENT_PORT] = self

    def _routes(self) -> None:
        texts = (*(self.get("routes") or ()), self.get("static-route"))
        self.written = [Route.parse(text) for text in texts if text and text != "none"]
        for route in self.written:
            self.stack.routes.add(route)

    def _services(self) -> None:
        body = self.get("body") or f"hello from {self.id}"
        service = Service(self.stack, body if isinstance(body, str) else Text(body)("en"))
        for number in self.get("listen") or ():
            self.stack.tcp.listening[int(number)] = service
        dhcp = self.get("dhcp")
        if dhcp:
            self.server = self._dhcp(dhcp)
            self.stack.udp.by_port[SERVER_PORT] = self.server
            self.show("badge-dhcp", "DHCP")
        self._say_forwarding()
        self._say_nat()

    def _say_forwarding(self) -> None:
        self.show("badge-forwarding", {"words": "routing.on"} if self.stack.forwarding else None)

    def _say_nat(self) -> None:
        if self.stack.netfilter is not None:
            self.show("badge-nat", "NAT / PAT" if self.stack.netfilter.outside else None)

    def _dhcp(self, written: Mapping[str, Any]) -> DhcpServer:
        first, last = written["range"]
        interface = self._facing(first)
        lease = written.get("lease") or 3600 * SECOND
        router = written.get("router") or interface.ip
        return DhcpServer(
            self.stack, interface, first, last, lease, probe=bool(written.get("ping-check")),
            router=None if router == "0.0.0.0" else router,
        )  # fmt: skip

    def _facing(self, address: str) -> Interface:
        """The interface on the network of `address`."""
        interfaces = list(self.stack.interfaces.values())
        return next((i for i in interfaces if i.network is not None and address in i.network), interfaces[0])

    # frames

    def receive(self, port: Port, packet: Packet, flight: Flight) -> Verdict:
        if not self.powered or self.booting:
            return dropped("powered-off")
        return self.stack.receive(port, packet, flight)

    def listens(self, port: str) -> bool:
        """Whether the card on that port must take in every frame."""
        return port in self.stack.bridges or self.stack.cards.promiscuous

    def datagram(self, interface: Interface, packet: Packet) -> Verdict:
        """What comes to UDP port 68 is for the DHCP client of that card."""
        client = self.clients.get(interface.name)
        return client.datagram(interface, packet) if client is not None else ignored("nobody-listens")

    def configure(self, name: str, value: Any) -> None:
        """A live field changed. Most are read when they are needed, or when the system comes up."""
        if self.failed or self.booting or not self.powered:
            return
        if name == "forwarding":
            self.stack.forwarding = bool(value)
            self._say_forwarding()
        elif name in ("routes", "static-route"):
            for route in self.written:
                self.stack.routes.remove(route)
            self._routes()
            self.stack.show()
        elif name == "masquerade":
            self._say_nat()
        elif name in ("promiscuous", "analyser"):
            self.stack.cards.show()
        elif name in ("listen", "body", "dhcp"):
            leases = self.server.leases if self.server else {}
            self.stack.tcp.listening = {}
            self._services()
            if self.server is not None:
                self.server.leases = leases

    # verbs

    def do_boot(self, act: Act, options: Mapping[str, Any]) -> None:
        if self.powered:
            raise Impossible("already-on", device=self.id)
        takes = options.get("takes", BOOT)
        self.powered = self.booting = True
        self.epoch += 1
        self.show("powered", True)
        self.show("address", {"words": "power.booting"})
        self.show("boot", takes)
        self.event("vm.booting", takes=takes, **{"from": self.id})
        self.after(takes, self._booted)

    def _booted(self, _: None) -> None:
        self.show("boot", None)
        self.event("vm.booted", **{"from": self.id})
        self._run()

    def do_shutdown(self, act: Act, options: Mapping[str, Any]) -> None:
        if not self.powered:
            raise Impossible("powered-off", device=self.id)
        self.powered = False
        self.epoch += 1
        self.on_fail()
        self.show("powered", False)
        self.show("address", {"words": "power.off"})

    def do_dhcp(self, act: Act, options: Mapping[str, Any]) -> None:
        self._needs_power()
        self._client().renew()

    def do_release(self, act: Act, options: Mapping[str, Any]) -> None:
        self._needs_power()
        if not self._client().release():
            raise Impossible("no-lease", device=self.id)

    def _client(self) -> DhcpClient:
        """The DHCP client; a machine that has none starts one on its first card without an address."""
        if not self.clients:
            bare = next((interface for interface in self.stack.interfaces.values() if interface.ip is None), None)
            if bare is None:
                raise Impossible("no-dhcp-client", device=self.id)
            self._ask_on(bare)
        return next(iter(self.clients.values()))
