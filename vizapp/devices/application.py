"""An application as a layer: code in ring 3 that asks its kernel for everything else."""

from __future__ import annotations

from vizapp.devices.layer import CONTINUES, EXECUTE_VERB, NON_ROOT, PRIVILEGE, RUNS, Layer, fields, instruction_of
from vizapp.scene.model import Port
from vizapp.scene.vocabulary import Event, Kind
from vizapp.sim.behaviour import DELIVERED, Verdict, dropped
from vizapp.sim.packet import Packet
from vizapp.sim.timeline import Flight


class Application(Layer):
    """Code in ring 3."""

    base = 0x401000

    def receive(self, port: Port, packet: Packet, flight: Flight) -> Verdict:
        if not packet.has("instruction"):
            return dropped("not-an-instruction")
        instruction = instruction_of(packet)
        if instruction.name == "IRET":
            self.event("application.refused")
            return DELIVERED
        self.rip = max(self.rip, instruction.rip)
        self.event("layer.continues", instruction=instruction.name, rip=f"{self.rip:#x}", result=instruction.result)
        return DELIVERED


KIND = Kind(
    "application",
    "An application as a layer, in ring 3.",
    role="application",
    icon="application",
    behaviour=Application,
    fields=fields(NON_ROOT, 3),
    shows=(PRIVILEGE, RUNS),
    verbs=(EXECUTE_VERB,),
    events=(
        CONTINUES,
        Event("application.refused", "The application learns that what it tried is forbidden."),
    ),
    example="application: {kind: application, ports: {cpu: {}}}",
)
