"""What a person runs on a machine: a page asked for, a connection, a ping; and whom a word means as their target."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from vizapp.devices.net.icmp import LINGER, Ping
from vizapp.devices.net.nic import Interface
from vizapp.devices.net.remote import PORTS
from vizapp.devices.net.resolver import Found, Resolver
from vizapp.devices.net.running import Running
from vizapp.devices.net.stack import Stack
from vizapp.devices.net.visit import Visit, Visitor
from vizapp.devices.net.watch import Plan, Watch
from vizapp.devices.net.web import THINK, Call, Caller
from vizapp.scene.model import Act
from vizapp.sim.behaviour import Impossible

SECOND = 1_000_000_000
PATIENCE = 3 * SECOND  # ns that a caller waits before it gives up, unless the act says otherwise
PING_INTERVAL = 1 * SECOND
ADDRESS = re.compile(r"[\d.]+")
MAC = re.compile(r"[0-9a-f]{2}(:[0-9a-f]{2}){5}")


@dataclass(frozen=True, slots=True)
class Target:
    """Whom a word means. address: where to; the name itself when it has none, for that reason. to: the device."""

    address: str
    to: str | None
    port: int | None
    name: str | None = None
    reason: str | None = None


class Programs(Running):
    """A machine's programs. Its system (`net.node`) switches on, and makes the stack that they use."""

    stack: Stack
    caller: Caller
    visitor: Visitor
    resolver: Resolver
    watch: Watch | None = None
    powered: bool
    booting: bool

    def _needs_power(self) -> None:
        if not self.powered:
            raise Impossible("powered-off", device=self.id)
        if self.booting:
            raise Impossible("booting", device=self.id)

    # towards a machine, which may be named as people name it

    def _aim(self, word: str, go: Callable[[Target, Any], None], arg: Any) -> None:
        """Find whom `word` means, then `go` on: at once, or when the resolver has the address of the name."""
        self._needs_programs()
        host, _, port = word.partition(":")
        if host in self.world.ports or host in self.world.devices or ADDRESS.fullmatch(host):
            address, to, number = self._target(word)
            go(Target(address, to, number), arg)
        else:
            self.resolver.ask(host, self.stack.dns_servers(), self._aimed, (go, arg, int(port) if port else None))

    def _aimed(self, found: Found) -> None:
        go, arg, port = found.arg
        to = self.stack.owner(found.address) if found.address else None
        go(Target(found.address or found.name, to, port, found.name, found.reason), arg)

    def do_resolve(self, act: Act, options: Mapping[str, Any]) -> None:
        self._needs_programs()
        server = options.get("server")
        self.resolver.ask(act.args[1], (server,) if server else self.stack.dns_servers(), self._resolved)

    def _resolved(self, found: Found) -> None:
        """Nothing more was wanted than to know."""

    def do_http(self, act: Act, options: Mapping[str, Any]) -> None:
        self._aim(act.args[1], self._call, (options, options.get("path", "/")))

    def do_connect(self, act: Act, options: Mapping[str, Any]) -> None:
        self._aim(act.args[1], self._call, (options, None))

    def _call(self, at: Target, entry: tuple[Mapping[str, Any], str | None]) -> None:
        options, path = entry
        port = options.get("port")
        call = Call(
            at.address, int(options.get("dport", at.port or 80)), at.to, None if port is None else int(port),
            options.get("timeout", PATIENCE), options.get("think", THINK), path, at.name,
        )  # fmt: skip
        self.caller.call(call, at.reason)

    def do_ping(self, act: Act, options: Mapping[str, Any]) -> None:
        self._aim(act.args[1], self._ping, options)

    def _ping(self, at: Target, options: Mapping[str, Any]) -> None:
        ident = options.get("id") or self.chance("ping").between(1, 0xFFFF)
        count, ttl = options.get("count", 1), options.get("ttl", 64)
        interval, linger = options.get("interval", PING_INTERVAL), options.get("timeout", LINGER)
        ping = Ping(at.address, at.to, ident, count, ttl, interval, linger, at.name)
        if at.reason is None:
            self.stack.icmp.ping(ping)
        else:
            self.event("ping.failed", **ping.ends(self.id), seq=1, reason=at.reason, by=None)

    # watching a service

    def do_watch(self, act: Act, options: Mapping[str, Any]) -> None:
        self._aim(act.args[1], self._watch, options)

    def _watch(self, at: Target, options: Mapping[str, Any]) -> None:
        if at.reason is not None:
            return  # the name has no address; its own event says so
        if self.watch is not None:
            self.watch.stop()
        self.watch = Watch(self.stack, Plan.of(at, options))

    def do_unwatch(self, act: Act, options: Mapping[str, Any]) -> None:
        if self.watch is None:
            raise Impossible("not-watching", device=self.id)
        self.watch.stop()
        self.watch = None

    # taking another machine in hand

    def do_ssh(self, act: Act, options: Mapping[str, Any]) -> None:
        self._aim(act.args[1], self._visit, (act.verb, options))

    do_rdp = do_vnc = do_ssh

    def _visit(self, at: Target, entry: tuple[str, Mapping[str, Any]]) -> None:
        protocol, options = entry
        port = options.get("port")
        visit = Visit(
            protocol, at.address, int(options.get("dport", at.port or PORTS[protocol])), at.to,
            None if port is None else int(port), options.get("timeout", PATIENCE), at.name,
        )  # fmt: skip
        self.visitor.visit(visit, at.reason)

    def do_close(self, act: Act, options: Mapping[str, Any]) -> None:
        self._needs_programs()
        address, _, port = self._target(act.args[1])
        open_ = [each for each in self.stack.tcp.connections.values() if each.caller and each.remote == address
                 and port in (None, each.dport) and each.state == "ESTABLISHED"]  # fmt: skip
        if not open_:
            raise Impossible("no-session", device=self.id)
        for each in open_:
            self.stack.tcp.close(each)

    # on its own network

    def do_arp(self, act: Act, options: Mapping[str, Any]) -> None:
        self._needs_programs()
        address, device, _ = self._target(act.args[1])
        if device == self.id:
            raise Impossible("same-machine", device=self.id)
        way = self.stack.routes.find(address)
        if way is None:
            raise Impossible("no-route", device=self.id)
        self.stack.arp.ask(way[0], address)

    def do_flush(self, act: Act, options: Mapping[str, Any]) -> None:
        self._needs_programs()
        if act.args[1] == "arp":
            self.stack.arp.flush()
        elif not self.stack.flush_bridges():
            raise Impossible("no-such-table", device=self.id)

    def do_neighbour(self, act: Act, options: Mapping[str, Any]) -> None:
        self._needs_programs()
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
        elif ADDRESS.fullmatch(name):
            return name, self.stack.owner(name), number
        else:
            raise Impossible("not-an-address", name=name)
        address = self._nearest(interfaces) or self._written(name)
        if address is None:
            raise Impossible("no-address", device=device)
        if device != self.id and address in self.stack.addresses():
            raise Impossible("same-address", device=device, address=address)
        return address, device, number

    def _written(self, name: str) -> str | None:
        """The address that stands in the scene, of a device or port that is not up."""
        ports = (port for port in self.world.ports.values() if name in (port.id, port.device))
        return next((port.ip.partition("/")[0] for port in ports if port.ip and port.ip != "dhcp"), None)

    def _interfaces(self, device: str) -> list[Interface]:
        other = self.world.devices[device]
        stack: Stack | None = getattr(other, "stack", None)
        return list(stack.interfaces.values()) if stack is not None else []

    def _nearest(self, interfaces: list[Interface]) -> str | None:
        """The address on a network of ours, or else the first one."""
        addresses = [interface.ip for interface in interfaces if interface.ip]
        networks = [interface.network for interface in self.stack.interfaces.values() if interface.network]
        near = (address for address in addresses if any(address in network for network in networks))
        return next(near, addresses[0] if addresses else None)
