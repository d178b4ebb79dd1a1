"""What a person runs on a machine: a page asked for, a connection, a ping; and whom a word means as their target."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from vizapp.devices.net.icmp import Ping
from vizapp.devices.net.nic import Interface
from vizapp.devices.net.stack import Stack
from vizapp.devices.net.web import THINK, Call, Caller
from vizapp.scene.model import Act
from vizapp.sim.behaviour import Behaviour, Impossible

SECOND = 1_000_000_000
PATIENCE = 3 * SECOND  # ns that a caller waits before it gives up, unless the act says otherwise
PING_INTERVAL = 1 * SECOND
MAC = re.compile(r"[0-9a-f]{2}(:[0-9a-f]{2}){5}")


class Programs(Behaviour):
    """A machine's programs. Its system (`net.node`) switches on, and makes the stack that they use."""

    stack: Stack
    caller: Caller
    powered: bool
    booting: bool

    def _needs_power(self) -> None:
        if not self.powered:
            raise Impossible("powered-off", device=self.id)
        if self.booting:
            raise Impossible("booting", device=self.id)

    def do_http(self, act: Act, options: Mapping[str, Any]) -> None:
        self._call(act, options, options.get("path", "/"))

    def do_connect(self, act: Act, options: Mapping[str, Any]) -> None:
        self._call(act, options, None)

    def _call(self, act: Act, options: Mapping[str, Any], path: str | None) -> None:
        self._needs_power()
        address, to, dport = self._target(act.args[1])
        port = options.get("port")
        call = Call(
            address, int(options.get("dport", dport or 80)), to, None if port is None else int(port),
            options.get("timeout", PATIENCE), options.get("think", THINK), path,
        )  # fmt: skip
        self.caller.call(call)

    def do_ping(self, act: Act, options: Mapping[str, Any]) -> None:
        self._needs_power()
        address, to, _ = self._target(act.args[1])
        ident = options.get("id") or self.chance("ping").between(1, 0xFFFF)
        count, ttl = options.get("count", 1), options.get("ttl", 64)
        self.stack.icmp.ping(Ping(address, to, ident, count, ttl, options.get("interval", PING_INTERVAL)))

    def do_arp(self, act: Act, options: Mapping[str, Any]) -> None:
        self._needs_power()
        address, _, _ = self._target(act.args[1])
        way = self.stack.routes.find(address)
        if way is None:
            raise Impossible("no-route", device=self.id)
        self.stack.arp.request(way[0], address)

    def do_flush(self, act: Act, options: Mapping[str, Any]) -> None:
        self._needs_power()
        if act.args[1] == "arp":
            self.stack.arp.flush()
        elif not self.stack.flush_bridges():
            raise Impossible("no-such-table", device=self.id)

    def do_neighbour(self, act: Act, options: Mapping[str, Any]) -> None:
        self._needs_power()
        address, _, _ = self._target(act.args[1])
        mac = act.args[2].lower()
        if mac in ("del", "remove"):
            if not self.stack.arp.erase(address):
                raise Impossible("no-such-neighbour", address=address)
            return
        way = self.stack.routes.find(address)
        if way is None:
            raise Impossible("no-route", device=self.id)
        if not MAC.fullmatch(mac):
            raise Impossible("not-a-mac", mac=mac)
        self.stack.arp.write(way[0], address, mac)

    def _target(self, word: str) -> tuple[str, str | None, int | None]:
        """(address, device, port) of a thing, a port or an address, each perhaps with `:port`."""
        name, _, dport = word.partition(":")
        number = int(dport) if dport else None
        if name in self.world.ports:
            device = self.world.ports[name].device
            interfaces = [i for i in self._interfaces(device) if i.port.id == name]
        elif name in self.world.devices:
            device, interfaces = name, self._interfaces(name)
        else:
            return name, self.stack.owner(name), number
        address = self._nearest(interfaces) or self._written(name)
        if address is None:
            raise Impossible("no-address", device=device)
        if address in self.stack.addresses():
            raise Impossible("same-machine", device=self.id)
        return address, device, number

    def _written(self, name: str) -> str | None:
        """The address that stands in the scene, of a device or port that is not up."""
        ports = (port for port in self.world.ports.values() if name in (port.id, port.device))
        return next((port.ip.partition("/")[0] for port in ports if port.ip and port.ip != "dhcp"), None)

    def _interfaces(self, device: str) -> list[Interface]:
        other = self.world.devices[device]
        return list(other.stack.interfaces.values()) if isinstance(other, Programs) else []

    def _nearest(self, interfaces: list[Interface]) -> str | None:
        """The address on a network of ours, or else the first one."""
        addresses = [interface.ip for interface in interfaces if interface.ip]
        networks = [interface.network for interface in self.stack.interfaces.values() if interface.network]
        near = (address for address in addresses if any(address in network for network in networks))
        return next(near, addresses[0] if addresses else None)
