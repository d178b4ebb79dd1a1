"""An application as a layer: code in ring 3 that asks its kernel for everything else."""

from __future__ import annotations

from vizapp.devices.layer import CONTINUES, EXECUTE_VERB, PRIVILEGE, RUNS, TOUCH_VERB, Layer, fields
from vizapp.protocols.instruction import PROTECTION, Instruction
from vizapp.scene.vocabulary import Event, Field, Kind
from vizapp.sim.packet import Packet


class Program(Layer):
    """Code in ring 3, which a kernel serves. of_host: whether it is a program of the host's."""

    base = 0x401000
    usual_ring = 3
    of_host = False

    @property
    def kernel(self) -> Layer | None:
        named = self.get("kernel")
        if named is not None:
            found = self.world.devices[named]
            return found if isinstance(found, Layer) else None
        kernels = [layer for layer in self.around() if layer.serves]
        of_host = self.of_host or self.thing.role == "host"
        return next((kernel for kernel in kernels if kernel.hosted == of_host), kernels[0] if kernels else None)

    @property
    def monitor(self) -> Layer | None:
        return self.kernel.monitor if self.kernel is not None else None


class Application(Program):
    """A program of a person's."""

    def take(self, packet: Packet, instruction: Instruction) -> None:
        if instruction.result == PROTECTION:
            self.event("application.refused")
        else:
            self.goes_on(instruction)


KERNEL = Field("kernel", "thing", "The kernel that serves it; without, the first one on the same processor.")

KIND = Kind(
    "application",
    "An application as a layer, in ring 3.",
    role="application",
    icon="application",
    behaviour=Application,
    fields=(*fields(), KERNEL),
    shows=(PRIVILEGE, RUNS),
    verbs=(EXECUTE_VERB, TOUCH_VERB),
    events=(
        CONTINUES,
        Event("application.refused", "The application learns that what it tried is forbidden."),
    ),
    example="application: {kind: application}",
)
