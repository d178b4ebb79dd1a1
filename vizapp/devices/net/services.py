"""What a machine serves: its open TCP ports, its DHCP and DNS servers, by its fields as they stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, runtime_checkable

from vizapp.devices.net.connection import App
from vizapp.devices.net.dhcp_server import DhcpServer, Terms
from vizapp.devices.net.dns_server import DnsServer, Zone
from vizapp.devices.net.nic import Interface
from vizapp.devices.net.remote import server
from vizapp.devices.net.stack import Stack
from vizapp.protocols.dhcp import SERVER_PORT
from vizapp.protocols.dns import PORT as DNS_PORT
from vizapp.scene import units
from vizapp.scene.model import Text
from vizapp.sim.behaviour import Behaviour

FIELDS = ("listen", "body", "dhcp", "dns")
SECOND = 1_000_000_000
HOUR = 3_600_000_000_000  # ns
NOBODY = "0.0.0.0"


@runtime_checkable
class Lodger(Protocol):
    """A device that opens ports on the machine on which it runs, each time that this one's services start."""

    def open_on(self, host: Behaviour) -> None: ...


class Services:
    """The services of a machine, from the moment that its system is up. The DHCP server keeps its leases on disk."""

    def __init__(self, device: Behaviour) -> None:
        self.device = device
        self.dhcp: DhcpServer | None = None
        self.dns: DnsServer | None = None
        self.ended: dict[int, int] = {}  # open ports whose program was stopped or killed → the event that did it
        self.main: tuple[str, int] | None = None  # the program for which the machine is there, and its port

    def start(self, stack: Stack) -> None:
        """The system is up (again), or what it serves has changed."""
        self._listen(stack)
        self._serve_dhcp(stack)
        self._serve_dns(stack)

    def _listen(self, stack: Stack) -> None:
        said = (units.service_parts(each) for each in self.device.get("listen") or ())
        stack.tcp.listening = {p: server(name, stack, self._body()) for name, p in said if p not in self.ended}
        for device in self.device.world.devices.values():
            if isinstance(device, Lodger):
                device.open_on(self.device)

    # the programs behind open ports

    def _programs(self) -> dict[str, int]:
        """Name → port, of what is written."""
        usual = {port: name for name, port in units.SERVICES.items()}
        said = (units.service_parts(each) for each in self.device.get("listen") or ())
        own = dict([self.main] if self.main else [])
        return own | {name or usual.get(port, str(port)): port for name, port in said}

    def programs(self, *, running: bool) -> list[str]:
        return [name for name, port in self._programs().items() if (port not in self.ended) == running]

    def end(self, stack: Stack, program: str, *, clean: bool) -> None:
        """Nobody listens there any more. A program that is killed cuts its connections short; one that is stopped ends
        what it has begun."""
        port = self._programs()[program]
        self.ended[port] = self.device.world.agenda.cause
        app = stack.tcp.listening.pop(port, None)
        if clean:
            return
        for connection in [each for each in stack.tcp.connections.values() if each.app is app]:
            stack.tcp.abort(connection)

    def begin(self, stack: Stack, program: str) -> None:
        """The program listens again."""
        del self.ended[self._programs()[program]]
        self._listen(stack)

    def app(self, stack: Stack, number: int) -> App:
        """The program behind an open port, on another stack: that of those who reach this machine by another way."""
        said = (units.service_parts(each) for each in self.device.get("listen") or ())
        name = next((name for name, port in said if port == number), "")
        return server(name, stack, self._body())

    def _body(self) -> str:
        body = self.device.get("body") or f"hello from {self.device.id}"
        return body if isinstance(body, str) else Text(body)("en")

    def _serve_dhcp(self, stack: Stack) -> None:
        written = self.device.get("dhcp")
        interface = _facing(stack, written["range"][0]) if written else None
        if written is None or interface is None:
            return
        stack.udp.by_port.pop(SERVER_PORT, None)
        self.device.show("badge-dhcp", None if written.get("off") else "DHCP")
        if written.get("off"):
            return
        terms = self._terms(written, interface)
        known = self.dhcp
        if known is None or known.stack is not stack:
            self.dhcp = DhcpServer(stack, interface, terms)
            if known is not None:
                self.dhcp.remember(known)
        else:
            known.change(terms)
        stack.udp.by_port[SERVER_PORT] = self.dhcp

    def _terms(self, written: Mapping[str, Any], interface: Interface) -> Terms:
        first, last = written["range"]
        router = written.get("router") or interface.ip
        return Terms(
            first, last, written.get("lease") or HOUR, bool(written.get("ping-check")),
            None if router == NOBODY else router, tuple(written.get("dns") or self._own_dns(interface)),
            {each["mac"].lower(): each["ip"] for each in written.get("reservations") or ()},
        )  # fmt: skip

    def _own_dns(self, interface: Interface) -> tuple[str, ...]:
        """What a DHCP server names when nothing is written: itself, if it serves DNS."""
        written = self.device.get("dns")
        return (interface.ip,) if written and not written.get("off") and interface.ip else ()

    def _serve_dns(self, stack: Stack) -> None:
        written = self.device.get("dns")
        if written is None:
            return
        stack.udp.close(DNS_PORT)
        self.device.show("badge-dns", None if written.get("off") else "DNS")
        if written.get("off"):
            return
        records = {name.lower(): ip for name, ip in (written.get("records") or {}).items()}
        zone = Zone(records, (written.get("ttl") or 0) // SECOND, tuple(written.get("forward") or ()))
        if self.dns is None or self.dns.stack is not stack:
            self.dns = DnsServer(stack, zone, self.dhcp)
        else:
            self.dns.change(zone, self.dhcp)
        stack.udp.by_port[DNS_PORT] = self.dns


def _facing(stack: Stack, address: str) -> Interface | None:
    """The interface on the network of `address`, or else the first one."""
    interfaces = list(stack.interfaces.values())
    near = (each for each in interfaces if each.network is not None and address in each.network)
    return next(near, interfaces[0] if interfaces else None)
