"""Addresses, gateways and routes given while a machine runs, as `ip address` and `ip route` do it on Linux."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import IPv4Address, IPv4Interface
from typing import TYPE_CHECKING, Any

from vizapp.devices.net.nic import Interface, Network
from vizapp.devices.net.programs import Programs
from vizapp.devices.net.routes import Route
from vizapp.scene.model import Act
from vizapp.sim.behaviour import Impossible

if TYPE_CHECKING:
    from vizapp.devices.net.dhcp_client import DhcpClient
    from vizapp.devices.net.dhcp_clients import DhcpClients

DEFAULT_ROUTE = Network(0, 0)


def refused(cidr: str) -> str | None:
    """Why a machine may not have that address with that mask, as a reason; None: it may (RFC 1122 § 3.2.1.3)."""
    interface = IPv4Interface(cidr)
    address, network = interface.ip, interface.network
    if address.is_loopback or address.is_multicast or address.is_reserved or int(address) >> 24 == 0:
        return "not-a-host-address"
    ends = (network.network_address, network.broadcast_address)
    return "network-address" if network.prefixlen < 31 and address in ends else None


def on_link(address: str, networks: list[str]) -> bool:
    """Whether the address lies in one of these networks: only then can it be a next router."""
    return any(IPv4Address(address) in IPv4Interface(network).network for network in networks)


class Addressing(Programs):
    """What a machine is told of its addresses. It is lost when the machine is switched off, as on Linux."""

    clients: DhcpClients

    if TYPE_CHECKING:  # the system's own

        def _ask_on(self, interface: Interface) -> DhcpClient: ...

    # addresses

    def do_address(self, act: Act, options: Mapping[str, Any]) -> None:
        self._needs_programs()
        interface, wanted = self.stack.interfaces[act.args[0].partition(".")[2]], act.args[1]
        present = "dhcp" if interface.name in self.clients.by_card else interface.cidr or "none"
        gateway = options.get("gateway")
        if wanted == present:
            raise Impossible("already-so")
        if wanted not in ("dhcp", "none"):
            self._check(wanted, gateway)
        self._unaddress(interface)
        if wanted == "dhcp":
            self._ask_on(interface).discover()
        elif wanted != "none":
            self._readdress(interface, wanted)
            if gateway is not None:
                self._add(Route(DEFAULT_ROUTE, gateway))
        self.stack.show()

    def _check(self, cidr: str, gateway: str | None) -> None:
        reason = refused(cidr)
        if reason is not None:
            raise Impossible(reason)
        if gateway is not None and not on_link(gateway, [cidr]):
            raise Impossible("gateway-off-link")

    def _unaddress(self, interface: Interface) -> None:
        """The last address of a card goes: its routes, ARP entries and masqueraded connections go with it. What is
        connected from that address stalls: nothing leaves with it any more, and what comes for it is not ours."""
        self.clients.close(interface.name)
        if interface.ip is None:
            return
        for route in self.stack.routes.through(interface):
            self._remove(route)
        written = interface.cidr
        self.stack.configure(interface.name, None)
        self.event("address.removed", port=interface.name, ip=written, **{"from": self.id})

    def _readdress(self, interface: Interface, cidr: str) -> None:
        ip, _, bits = cidr.partition("/")
        self.stack.configure(interface.name, ip, int(bits))
        self.event("address.added", port=interface.name, ip=cidr, **{"from": self.id})

    # routes

    def do_gateway(self, act: Act, options: Mapping[str, Any]) -> None:
        self._needs_programs()
        wanted = act.args[1]
        present = [route for route in self.stack.routes.added if route.network == DEFAULT_ROUTE]
        if wanted == "none":
            if not present:
                raise Impossible("no-such-route", route="default")
        else:
            self._reachable(wanted)
            if [route.via for route in present] == [wanted]:
                raise Impossible("already-so")
        for route in present:
            self._remove(route)
        if wanted != "none":
            self._add(Route(DEFAULT_ROUTE, wanted))
        self.stack.show()

    def do_route(self, act: Act, options: Mapping[str, Any]) -> None:
        self._needs_programs()
        words = " ".join(act.args[1:]).split()
        removes = words[-1] in ("del", "remove")
        if words[-1] in ("add", "del", "remove"):
            words.pop()
        route = self._parsed(" ".join(words))
        known = next((r for r in self.stack.routes.added if (r.network, r.via) == (route.network, route.via)), None)
        if removes and known is None:
            raise Impossible("no-such-route", route=str(route))
        if not removes and any(each.network == route.network for each in self.stack.routes.added):
            raise Impossible("already-a-route", route=str(route.network))
        if known is not None:
            self._remove(known)
        else:
            self._reachable(route.via)
            self._add(route)
        self.stack.show()

    def _parsed(self, text: str) -> Route:
        try:
            route = Route.parse(text)
        except ValueError:
            raise Impossible("not-a-route", route=text) from None
        if route.port is not None and route.port not in self.stack.interfaces:
            raise Impossible("no-such-card", port=route.port)
        return route

    def _reachable(self, gateway: str | None) -> None:
        """Linux: `Nexthop has invalid gateway`."""
        networks = [str(i.network) for i in self.stack.interfaces.values() if i.network is not None]
        if gateway is not None and not on_link(gateway, networks):
            raise Impossible("gateway-off-link")

    def _add(self, route: Route) -> None:
        self.stack.routes.add(route)
        self.event("route.added", route=str(route), **{"from": self.id})

    def _remove(self, route: Route) -> None:
        self.stack.routes.remove(route)
        self.event("route.removed", route=str(route), **{"from": self.id})
