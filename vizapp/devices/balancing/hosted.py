"""A program of the crowd that runs on a machine of its own, as soon as its ports have addresses.

Without addresses it is a box in a plan: requests take the shortest way to it (`sim.way`), and when it fails, its kernel
refuses at once. With addresses it is a machine as any other, which may be dead, and is found by its address alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vizapp.devices.balancing.crossing import Crossing
from vizapp.devices.net.keepalived import Keepalived
from vizapp.devices.net.node import Node
from vizapp.devices.net.stack import Stack
from vizapp.scene.model import Act, Port, Thing
from vizapp.sim.behaviour import Behaviour, Verdict
from vizapp.sim.packet import Packet
from vizapp.sim.timeline import Flight
from vizapp.sim.way import Way
from vizapp.sim.world import World

PORT = 80  # on which the program listens


class Hosted(Behaviour):
    """machine: what it runs on; None without addresses. running: whether the program is there, and listens.
    why: the id of the last act that brought it or its machine down, or back."""

    passes = False

    def __init__(self, world: World, thing: Thing) -> None:
        super().__init__(world, thing)
        self.machine = Node(world, thing) if self.has_frames(thing) else None
        self.running = False
        self.why = 0
        if self.machine is not None:
            self.machine.services.main = (self.program, PORT)
        self.crossings: dict[str, Crossing] = {}

    @classmethod
    def has_frames(cls, thing: Thing) -> bool:
        return any(port.ip for port in thing.ports)

    # what a kind overrides

    @property
    def program(self) -> str:
        """Its name, by which `stop`, `kill` and `start` know it."""
        return "http"

    def begin(self) -> None:
        """The program starts."""

    def quit(self) -> None:
        """The program is gone, and its kernel says so to whoever had a connection."""

    def crash(self) -> None:
        """Its whole machine is gone, in silence: the program forgets what it had."""

    def reset(self, entry: tuple[int, Any]) -> None:
        """A reset came back for what it had sent: nobody listens there."""

    def unreachable(self, arg: Any, reason: str) -> None:
        """What it wanted to send can't even leave."""

    # the machine under it

    @property
    def stack(self) -> Stack | None:
        return self.machine.stack if self.machine is not None else None

    @property
    def powered(self) -> bool:
        return self.machine is None or (self.machine.powered and not self.machine.booting)

    @property
    def keepalived(self) -> Keepalived | None:
        return self.machine.keepalived if self.machine is not None else None

    def start(self) -> None:
        if self.machine is None:
            self.show("powered", None)  # a box in a plan is neither on nor off
            self.open_on(self)
        else:
            self.machine.start()  # whose services start this program

    def open_on(self, host: Behaviour) -> None:
        """The services of a machine start: if it is ours, and the program is not there yet, it begins."""
        if host not in (self.machine, self) or (self.machine is not None and PORT in self.machine.services.ended):
            return
        if self.machine is not None:
            stack = self.machine.stack
            stack.tcp.listening[PORT] = self.machine.services.app(stack, PORT)
        if not self.running:
            self.running = True
            self.begin()

    def on_fail(self) -> None:
        self.why = self.world.agenda.cause
        if self.machine is None:
            self.running = False
            self.quit()
            return
        self.machine.failed = True
        self.machine.epoch += 1
        self.machine.on_fail()
        self._down()

    def on_restore(self) -> None:
        self.why = self.world.agenda.cause
        if self.machine is None:
            self.start()
            return
        self.machine.failed = False
        self.machine.epoch += 1
        self.machine.on_restore()

    def _down(self) -> None:
        if self.running:
            self.running = False
            self.epoch += 1
            self.crash()

    def receive(self, port: Port, packet: Packet, flight: Flight) -> Verdict:
        return self.machine.receive(port, packet, flight) if self.machine else super().receive(port, packet, flight)

    def listens(self, port: str) -> bool:
        """Whether the card on that port must take in every frame."""
        return self.machine is not None and self.machine.listens(port)

    def configure(self, name: str, value: Any) -> None:
        if self.machine is not None:
            self.machine.configure(name, value)

    def do(self, act: Act, options: Mapping[str, Any]) -> None:
        """A verb of its own, or of its machine."""
        if self.machine is None or self.failed or hasattr(self, f"do_{act.verb.replace('-', '_')}"):
            super().do(act, options)
            return
        self.machine.do(act, options)
        if not self.machine.powered:
            self.why = self.world.agenda.cause
            self._down()
        elif self.running and PORT not in self.machine.stack.tcp.listening and not self.machine.booting:
            self.why = self.machine.services.ended.get(PORT, 0)
            self.running = False
            self.epoch += 1
            self.quit()

    # the ways of what it sends

    def way_to(self, name: str) -> Way | Crossing:
        """To another device: by its address when both are on a network, else over the cables between them."""
        there = self.world.devices[name]
        address = there.facing(self) if isinstance(there, Hosted) and self.machine is not None else None
        return self.crossing(address) if address else Way(self.world, self.id, name)

    def crossing(self, address: str) -> Crossing:
        """To whoever has that address."""
        if address not in self.crossings:
            self.crossings[address] = Crossing(self, address)
        return self.crossings[address]

    def facing(self, other: Hosted) -> str | None:
        """The address under which the other one reaches it: one on a network of both, or else the first."""
        own = [port.ip.partition("/")[0] for port in self.thing.ports if port.ip and port.ip != "dhcp"]
        networks = [each.network for each in other.stack.interfaces.values() if each.network] if other.stack else []
        near = (address for address in own if any(address in network for network in networks))
        return next(near, own[0] if own else None)
