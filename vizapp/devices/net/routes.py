"""The routing table: the longest prefix that holds an address says by which port and which next router."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from vizapp.devices.net.nic import Interface, Network
from vizapp.scene import units


@dataclass(frozen=True, slots=True)
class Route:
    """via: next router, None on the network itself. port: name of the port; None: the one on the router's network."""

    network: Network
    via: str | None = None
    port: str | None = None

    @classmethod
    def parse(cls, text: str) -> Route:
        """`192.168.122.0/24 via 192.168.1.15` or `default via 192.168.1.1 dev eth0`; ValueError for anything else."""
        words = units.route(text).split()
        named = dict(zip(words[1::2], words[2::2], strict=True))
        return cls(Network.of(words[0]), named.get("via"), named.get("dev"))

    def __str__(self) -> str:
        """As Linux writes it."""
        ends = (("via", self.via), ("dev", self.port))
        return " ".join([str(self.network), *(f"{word} {name}" for word, name in ends if name)])


class Routes:
    """Connected networks come from the interfaces; others are added and removed."""

    def __init__(self, interfaces: Mapping[str, Interface]) -> None:
        self.interfaces = interfaces
        self.added: list[Route] = []

    def add(self, route: Route) -> None:
        if route not in self.added:
            self.added.append(route)

    def remove(self, route: Route) -> bool:
        """Whether it was there."""
        if route in self.added:
            self.added.remove(route)
            return True
        return False

    def remove_of(self, port: str) -> None:
        """Forget the routes that were learned with the address of that port."""
        self.added = [route for route in self.added if route.port != port]

    def through(self, interface: Interface) -> list[Route]:
        """The added routes that leave by that interface."""
        return [route for route in self.added if self._way(route) is interface]

    def __iter__(self) -> Iterator[Route]:
        for interface in self.interfaces.values():
            for network in interface.networks():
                yield Route(network, None, interface.name)
        yield from self.added

    def find(self, address: str) -> tuple[Interface, str] | None:
        """(the way out, the next machine to hand the packet to), or None: no route."""
        found = self.best(address)
        return (found[1], found[0].via or address) if found else None

    def best(self, address: str) -> tuple[Route, Interface] | None:
        """The route with the longest prefix that holds the address, and its way out; None: no route."""
        best: tuple[Route, Interface] | None = None
        for route in self:
            if address in route.network and (best is None or route.network.bits > best[0].network.bits):
                interface = self._way(route)
                if interface is not None:
                    best = route, interface
        return best

    def _way(self, route: Route) -> Interface | None:
        if route.port is not None:
            return self.interfaces.get(route.port)
        for interface in self.interfaces.values():
            network = interface.network
            if network is not None and route.via is not None and route.via in network:
                return interface
        return None

    def rows(self) -> list[dict[str, str]]:
        """As shown: destination, next router, port."""
        rows = []
        for route in self:
            way = self._way(route)
            rows.append({"to": str(route.network), "via": route.via or "–", "port": way.name if way else "–"})
        return rows
