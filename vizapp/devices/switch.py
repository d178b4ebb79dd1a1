"""A switch: learns where each MAC is and sends frames only there; a hub is the same without a memory."""

from __future__ import annotations

from typing import Any

from vizapp.devices import machine
from vizapp.devices.net.bridge import AGEING, Bridge
from vizapp.protocols.ethernet import Ethernet
from vizapp.scene.model import Port, Thing
from vizapp.scene.vocabulary import Field, Kind
from vizapp.sim.behaviour import DELIVERED, Behaviour, Verdict, ignored
from vizapp.sim.packet import Packet
from vizapp.sim.timeline import Flight
from vizapp.sim.world import World


class Switch(Behaviour):
    """A bridge over all its ports. An `ageing` of 0 makes it forget at once: a hub."""

    def __init__(self, world: World, thing: Thing) -> None:
        super().__init__(world, thing)
        self.bridge = self._bridge()

    def _bridge(self) -> Bridge:
        ageing = self.get("ageing")
        return Bridge(self, self.thing.ports, 0 if ageing is None else ageing)

    def start(self) -> None:
        self.bridge = self._bridge()
        if self.bridge.ageing:
            self.bridge.show()

    def configure(self, name: str, value: Any) -> None:
        self.start()

    def receive(self, port: Port, packet: Packet, flight: Flight) -> Verdict:
        if not isinstance(packet.layers[0], Ethernet):
            return ignored("no-handler")
        return DELIVERED if self.bridge.pass_on(port, packet, flight) else ignored("same-side")


KIND = Kind(
    "switch",
    "An Ethernet switch: one port per cable, made by the links that name it.",
    role="network",
    icon="switch",
    behaviour=Switch,
    fields=(Field("ageing", "duration", "How long it remembers a MAC that is silent (Linux: 300 s).", default=AGEING),),
    shows=(machine.FDB,),
    events=machine.SWITCHING,
    open_ports=True,
    example="lan: {kind: switch}",
)
