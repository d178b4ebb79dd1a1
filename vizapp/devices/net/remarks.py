"""What there is to say of an address, a gateway or a route before it is given to a machine: what cannot be, and what
would come of it."""

from __future__ import annotations

from ipaddress import IPv4Interface, IPv4Network
from typing import Any, NamedTuple

from vizapp.devices.failure.tables import Tables
from vizapp.devices.net.addressing import on_link, refused


class Remark(NamedTuple):
    """tone: wrong (it cannot be done), warn (it can, and is seldom meant) or plain; key and values: in words."""

    tone: str
    key: str
    values: dict[str, Any]


def on_address(tables: Tables, port: str, cidr: str, *, others: bool = True) -> list[Remark]:
    """Of an address with its mask for a card. others: also what only the other machines' tables tell."""
    reason = refused(cidr)
    if reason is not None:
        return [Remark("wrong", f"reason.{reason}", {})]
    interface, device = IPv4Interface(cidr), port.partition(".")[0]
    found = [_network(interface.network)]
    for held in tables.held(device):
        if held.port != port and IPv4Network(held.network).overlaps(interface.network):
            card = held.port.partition(".")[2]
            found.append(Remark("warn", "remark.overlap", {"card": card, "network": held.network}))
    owner = next((held for held in tables.owners(str(interface.ip)) if held.port != port), None)
    if owner is not None and others:
        found.append(Remark("warn", "remark.twin", {"device": owner.port.partition(".")[0]}))
    return found


def _network(network: IPv4Network) -> Remark:
    machines = max(network.num_addresses - 2, 1 if network.prefixlen == 32 else 2)
    return Remark("plain", "remark.network",
                  {"network": str(network), "n": machines, "broadcast": str(network.broadcast_address)})  # fmt: skip


def lost_routes(tables: Tables, port: str, cidr: str) -> list[Remark]:
    """Of the routes that go with a card's address; a gateway that the new network holds is kept."""
    device = port.partition(".")[0]
    kept = kept_gateway(tables, port, cidr)
    gone = [way for way in tables.routes(device) if way.via and way.port == port and way.via != kept]
    found = [Remark("plain", "remark.kept", {"gateway": kept})] if kept else []
    if gone:
        routes = ", ".join(f"{way.to} via {way.via}" for way in gone)
        found.append(Remark("warn", "remark.lost", {"routes": routes}))
    return found


def kept_gateway(tables: Tables, port: str, cidr: str) -> str | None:
    """The default gateway behind that card, when the new network of the card holds it too."""
    ways = tables.routes(port.partition(".")[0])
    gateway = next((way.via for way in ways if way.to == "default" and way.port == port), None)
    return gateway if gateway and on_link(gateway, [cidr]) else None


def on_gateway(tables: Tables, device: str, gateway: str, *, others: bool = True) -> list[Remark]:
    """Of a next router."""
    held = tables.held(device)
    if not on_link(gateway, [each.network for each in held]):
        return [Remark("wrong", "reason.gateway-off-link", {})]
    if any(each.ip == gateway for each in held):
        return [Remark("warn", "remark.itself", {})]
    if others and not tables.owners(gateway):
        return [Remark("warn", "remark.nobody", {"ip": gateway})]
    return []
