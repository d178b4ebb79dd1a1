"""A switch: learns where each MAC is and sends frames only there; a hub is the same without a memory."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vizapp.devices import machine
from vizapp.devices.net.bridge import AGEING, Bridge, Place
from vizapp.devices.net.card import Cards
from vizapp.devices.net.nic import classify
from vizapp.protocols.ethernet import Ethernet
from vizapp.scene.model import Act, Port, Thing
from vizapp.scene.vocabulary import Field, Kind
from vizapp.sim.behaviour import DELIVERED, Behaviour, Impossible, Verdict, ignored
from vizapp.sim.packet import Packet
from vizapp.sim.timeline import Flight
from vizapp.sim.world import World


class PolicedBridge(Bridge):
    """A bridge that, told a policy, hands a machine's card only what is for its MAC, as a hypervisor's switch does.

    `accept` hands a promiscuous card a copy of everything; `reject` does not care what the card asks for. (A model of
    vSphere's documented policy.)
    """

    def targets(self, eth_dst: str, source: Place | None = None) -> list[Place]:
        policy = self.device.get("promiscuous-policy") or "none"
        found = super().targets(eth_dst, source)
        if policy == "none":
            return found
        listening = policy == "accept"
        return [
            place
            for place in self.places()
            if place != source and self._hands(place, eth_dst, place in found, listening)
        ]

    def spreads(self, mac: str) -> str:
        usual = super().spreads(mac)
        policed = usual == "flooded-unknown" and (self.device.get("promiscuous-policy") or "none") != "none"
        return "handed" if policed else usual

    def _hands(self, place: Place, eth_dst: str, usual: bool, listening: bool) -> bool:
        card = self._card(place)
        if card is None:
            return usual
        mac, cards = card
        return (usual and classify(mac, eth_dst) != "otherhost") or (listening and cards.promiscuous)

    def _card(self, place: Place) -> tuple[str, Cards] | None:
        """The machine's card at the other end of a cable; None: an uplink, or a machine that bridges."""
        device, _, name = self.far_end(*place).partition(".")
        stack = getattr(self.device.world.devices[device], "stack", None)
        if stack is None or name in stack.bridges:
            return None
        return stack.interfaces[name].mac, stack.cards


class Switch(Behaviour):
    """A bridge over all its ports. An `ageing` of 0 makes it forget at once: a hub."""

    frames = True

    def __init__(self, world: World, thing: Thing) -> None:
        super().__init__(world, thing)
        self.bridge = self._bridge()

    def _bridge(self) -> Bridge:
        return PolicedBridge(self, self.thing.ports, self._ageing())

    def _ageing(self) -> int:
        return self.get("ageing") or 0

    def start(self) -> None:
        self.bridge = self._bridge()
        if self.bridge.ageing:
            self.bridge.show()

    def configure(self, name: str, value: Any) -> None:
        if name == "ageing":
            self.bridge.age(self._ageing())

    def do_flush(self, act: Act, options: Mapping[str, Any]) -> None:
        if act.args[1] != "fdb" or not self.bridge.ageing:
            raise Impossible("no-such-table", device=self.id)
        self.bridge.flush()

    def listens(self, port: str) -> bool:
        """Whether the card on that port must take in every frame: a bridge wants them all."""
        return True

    def receive(self, port: Port, packet: Packet, flight: Flight) -> Verdict:
        frame = packet.layers[0]
        if not isinstance(frame, Ethernet):
            return ignored("no-handler")
        passed = self.bridge.pass_on(port, packet, flight)
        return DELIVERED if passed else ignored(self.bridge.stays(frame.eth_dst))


KIND = Kind(
    "switch",
    "An Ethernet switch: one port per cable, made by the links that name it.",
    role="network",
    icon="switch",
    behaviour=Switch,
    fields=(
        Field("ageing", "duration", "How long it remembers a MAC that is silent (Linux: 300 s).", default=AGEING),
        Field("promiscuous-policy", "choice", "A hypervisor's virtual switch knows the MAC of each card: `reject` "
              "hands a card only what is for it, `accept` also hands a promiscuous card a copy of everything (a model "
              "of vSphere's documented policy). `none`: any other switch.",
              default="none", choices=("none", "reject", "accept")),
    ),
    shows=(machine.FDB,),
    verbs=(machine.FLUSH,),
    events=machine.SWITCHING,
    open_ports=True,
    example="lan: {kind: switch}",
)  # fmt: skip
