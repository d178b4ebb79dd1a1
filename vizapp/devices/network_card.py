"""A physical network card, drawn apart: it passes frames between the system and the cable, and filters by MAC."""

from __future__ import annotations

from typing import Any

from vizapp.devices.net.card import Listening
from vizapp.devices.net.nic import classify, mac_of
from vizapp.protocols.ethernet import Ethernet
from vizapp.scene.model import Port
from vizapp.scene.vocabulary import Field, Kind
from vizapp.sim.behaviour import DELIVERED, Behaviour, Verdict, ignored
from vizapp.sim.packet import Packet
from vizapp.sim.timeline import Flight

SYSTEM, CABLE = "system", "cable"  # its two ports
PASSING = 2_000  # ns from one side to the other
TAKEN = {"host": "card-in", "broadcast": "everyone", "multicast": "group", "otherhost": "card-any"}  # as what, upwards


class NetworkCard(Behaviour):
    """From the system everything goes out; from the cable, what is for the system's MAC or for a group, unless the
    system, or the field `promiscuous`, asks for all."""

    frames = True

    def receive(self, port: Port, packet: Packet, flight: Flight) -> Verdict:
        frame = packet.layers[0]
        if not isinstance(frame, Ethernet):
            return ignored("no-handler")
        mine = self._mac()
        if port.name == CABLE and not self._accepts(frame.eth_dst):
            self.decide("not-my-mac", mac=frame.eth_dst, mine=mine)
            return ignored("not-my-mac")
        self.decide("card-out" if port.name == SYSTEM else TAKEN[classify(mine, frame.eth_dst)],
                    mac=frame.eth_dst, mine=mine)  # fmt: skip
        self.after(PASSING, self._pass, (SYSTEM if port.name == CABLE else CABLE, packet))
        return DELIVERED

    def _accepts(self, eth_dst: str) -> bool:
        there = self._system()
        asked = self.get("promiscuous") or (there is not None and self._asks(there))
        return bool(asked) or (there is not None and classify(mac_of(there), eth_dst) != "otherhost")

    def _mac(self) -> str:
        """That of the interface it belongs to; nothing where no cable leads to one."""
        there = self._system()
        return mac_of(there) if there is not None else ""

    def _system(self) -> Port | None:
        """The interface that the card belongs to, at the other end of its system side."""
        mine = self.port(SYSTEM).id
        for cable in self.world.plugs.get(mine, ()):
            return self.world.ports[cable.link.b if cable.link.a == mine else cable.link.a]
        return None

    def _asks(self, there: Port) -> bool:
        """Whether the system asks for every frame: a bridge makes its cards promiscuous, and so may an analyser."""
        device = self.world.devices[there.device]
        return isinstance(device, Listening) and device.listens(there.name)

    def _pass(self, entry: tuple[str, Packet]) -> None:
        name, packet = entry
        self.send(self.port(name), packet)

    def configure(self, name: str, value: Any) -> None:
        """Fields are read when they are needed."""


KIND = Kind(
    "network-card",
    "A network card drawn apart from its system. Its port `system` faces the interface it belongs to, `cable` the LAN.",
    role="hardware",
    icon="nic",
    behaviour=NetworkCard,
    fields=(Field("promiscuous", "bool", "Takes in frames for other MACs too.", default=False),),
    example="card: {kind: network-card, ports: {system: {}, cable: {}}}",
)
