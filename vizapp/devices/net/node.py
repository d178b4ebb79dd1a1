"""A networked machine: on or off, with an IP stack, DHCP, programs, and the verbs that a person gives it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vizapp.devices.net.addressing import DEFAULT_ROUTE
from vizapp.devices.net.daemons import Daemons
from vizapp.devices.net.dhcp_client import DhcpClient, Manner
from vizapp.devices.net.dhcp_clients import DhcpClients
from vizapp.devices.net.keepalived import Keepalived
from vizapp.devices.net.netfilter import Netfilter
from vizapp.devices.net.nic import Interface
from vizapp.devices.net.resolver import Resolver
from vizapp.devices.net.routes import Route
from vizapp.devices.net.services import FIELDS as SERVED
from vizapp.devices.net.services import Services
from vizapp.devices.net.stack import Stack
from vizapp.devices.net.visit import Visitor
from vizapp.devices.net.web import Caller
from vizapp.scene.model import Act, Port, Thing
from vizapp.sim.behaviour import Impossible, Verdict, dropped
from vizapp.sim.carrier import carrier, tell_neighbours
from vizapp.sim.packet import Packet
from vizapp.sim.timeline import Flight
from vizapp.sim.world import World

SECOND = 1_000_000_000
BOOT = 1 * SECOND  # ns that a machine takes to boot when the act does not say: short, so that a scene does not wait
LAST_WORDS = 1_000_000  # ns from the end of its programs to the end of the machine: what they send still leaves


class Node(Daemons):
    """What is missing among its fields is simply not done: a plain machine has no `dhcp` to serve."""

    frames = True

    def __init__(self, world: World, thing: Thing) -> None:
        super().__init__(world, thing)
        booted = any(act.verb == "boot" and act.args[0] == self.id for act in world.scene.script)
        self.powered = not (booted or bool(thing.fields.get("off")))
        self.booting = False
        self.written: list[Route] = []
        self._fresh()
        self.services = Services(self)
        self.keepalived = Keepalived(self)

    def _fresh(self) -> None:
        """A stack that knows nothing yet, and the programs upon it."""
        self.stack = Stack(self, bool(self.get("forwarding")))
        self.caller, self.visitor = Caller(self.stack), Visitor(self.stack)
        self.resolver = Resolver(self.stack)
        self.clients = DhcpClients(self.stack)

    # on and off

    def start(self) -> None:
        self.show("powered", self.powered)
        if self.get("keepalived"):
            self.keepalived.reckon()
        self.show("watching", False)
        if self.powered:
            self._run()
        else:
            self.show("address", {"words": "power.off"})

    def on_fail(self) -> None:
        """Its memory is gone: the tables are empty. (`_run` makes a fresh stack; the old one still names addresses.)"""
        if self.booting:
            self.booting = False
            self.show("boot", None)
        self.start_programs()
        for name in ("arp", "connections", "nat", "lease", "leases", "fdb", "routes", "capture"):
            if (self.id, name) in self.world.timeline.tracks:
                self.show(name, [])
        for name in ("calling", "dhcp-wait", "dhcp-check"):
            self.show(name, None)
        self.keepalived.crashed()
        if self.watch is not None:
            self.watch.stop()
            self.watch = None

    def on_restore(self) -> None:
        if self.powered:
            self._run()

    def _run(self) -> None:
        """The system is up: a fresh stack, the written addresses, the services."""
        self.booting = False
        self._fresh()
        self.start_programs()
        if "masquerade" in self.thing.fields:
            self.stack.netfilter = Netfilter(self.stack)
        for port in self.thing.ports:
            self._address(port)
        self._routes()
        self.services.ended = {}
        self.services.start(self.stack)
        written = self.get("keepalived")
        if written and not written["off"]:
            self.keepalived.start()
        self.say_programs()
        self._say_forwarding()
        self._say_nat()
        self.stack.show()
        self.stack.cards.show()
        for client in self.clients.by_card.values():
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

    def _ask_on(self, interface: Interface) -> DhcpClient:
        hostname = self.get("hostname")
        manner = Manner(bool(self.get("broadcast-flag")), self.get("dhcp-retry"), bool(self.get("address-check")),
                        bool(self.get("link-local")), hostname if isinstance(hostname, str) else None)  # fmt: skip
        return self.clients.open(interface, manner)

    def _routes(self) -> None:
        texts = (*(self.get("routes") or ()), self.get("static-route"))
        self.written = [Route.parse(text) for text in texts if text and text != "none"]
        for route in self.written:
            self.stack.routes.add(route)

    def _say_forwarding(self) -> None:
        self.show("badge-forwarding", {"words": "routing.on"} if self.stack.forwarding else None)

    def _say_nat(self) -> None:
        if self.stack.netfilter is not None:
            self.show("badge-nat", "NAT / PAT" if self.stack.netfilter.outside else None)

    # frames

    def receive(self, port: Port, packet: Packet, flight: Flight) -> Verdict:
        if not self.powered or self.booting:
            return dropped("powered-off")
        return self.stack.receive(port, packet, flight)

    def listens(self, port: str) -> bool:
        """Whether the card on that port must take in every frame."""
        return port in self.stack.bridges or self.stack.cards.promiscuous

    def configure(self, name: str, value: Any) -> None:
        """A live field changed. Most are read when they are needed, or when the system comes up."""
        if name == "keepalived":
            self.keepalived.reckon()
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
        elif name == "resolver":
            self.stack.show()
        elif name == "keepalived":
            self.keepalived.reload()
        elif name in SERVED:
            self.services.start(self.stack)

    def on_carrier(self, port: Port) -> None:
        if self.failed or not self.powered or self.booting:
            return
        if not carrier(self.world, port.id):
            self.stack.arp.unplugged(port.name)
        self.keepalived.carrier(port.name)

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
        tell_neighbours(self.world, self.id)
        self.event("vm.booting", takes=takes, **{"from": self.id})
        self.after(takes, self._booted)

    def _booted(self, _: None) -> None:
        self.show("boot", None)
        self.event("vm.booted", **{"from": self.id})
        self._run()

    def do_shutdown(self, act: Act, options: Mapping[str, Any]) -> None:
        if not self.powered:
            raise Impossible("powered-off", device=self.id)
        if self.keepalived.running:
            self.keepalived.stop(clean=True)
            self.after(LAST_WORDS, self._off)
        else:
            self._off(None)

    def _off(self, _: None) -> None:
        self.powered = False
        self.epoch += 1
        self.on_fail()
        self.show("powered", False)
        self.show("address", {"words": "power.off"})
        tell_neighbours(self.world, self.id)

    def do_dhcp(self, act: Act, options: Mapping[str, Any]) -> None:
        self._needs_programs()
        self._client().renew()

    def do_release(self, act: Act, options: Mapping[str, Any]) -> None:
        self._needs_programs()
        if not self._client().release():
            raise Impossible("no-lease", device=self.id)

    def _client(self) -> DhcpClient:
        """The DHCP client; a machine that has none starts one on its first card without an address."""
        if not self.clients.by_card:
            bare = next((interface for interface in self.stack.interfaces.values() if interface.ip is None), None)
            if bare is None:
                raise Impossible("no-dhcp-client", device=self.id)
            return self._ask_on(bare)
        return next(iter(self.clients.by_card.values()))
