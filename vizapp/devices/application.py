"""An application as a layer: code in ring 3 that asks its kernel for everything else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vizapp.devices.io.protocols import MOST
from vizapp.devices.layer import CONTINUES, EXECUTE_VERB, PRIVILEGE, RUNS, TOUCH_VERB, Layer, fields
from vizapp.protocols.instruction import CALL, PROTECTION, UNDEFINED, Instruction
from vizapp.protocols.operand import READ, SEND, Request
from vizapp.scene.model import Act
from vizapp.scene.vocabulary import Event, Field, Kind, Verb
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

    def do_read(self, act: Act, options: Mapping[str, Any]) -> None:
        """`read APP blocks=N`: read(2) of a file whose blocks lie apart on the disk."""
        self.execute(CALL, operand=Request(READ, int(options.get("blocks", 1))))

    def do_send(self, act: Act, options: Mapping[str, Any]) -> None:
        """`send APP packets=N`: send(2), so many full packets."""
        self.execute(CALL, operand=Request(SEND, int(options.get("packets", 1))))

    def take(self, packet: Packet, instruction: Instruction) -> None:
        if instruction.result in (PROTECTION, UNDEFINED):
            self.event("application.refused")
        else:
            self.goes_on(instruction)
        if isinstance(instruction.operand, Request):
            self._has(instruction.operand, instruction.result or "")

    def _has(self, request: Request, result: str) -> None:
        """What read(2) or send(2) gave: so many bytes, or the name of an error."""
        details = {"call": request.call, "count": request.count, "amount": request.amount}
        if result.isdigit():
            self.event("application.served", **details, bytes=request.bytes)
        else:
            self.event("application.failed", **details, error=result)


READ_VERB = Verb(
    "read", ("thing",),
    "An application reads a file: its kernel's driver asks the disk, and the data comes back the same way. The blocks, "
    "of 4 KiB, lie apart on the disk.",
    options=(Field("blocks", "int", "how many; 1 if nothing is written", minimum=1, maximum=MOST),),
    example="read app blocks=8 @ 2s", asks=True,
)  # fmt: skip

SEND_VERB = Verb(
    "send", ("thing",),
    "An application sends packets of 1500 bytes: its kernel's driver hands them to the network card.",
    options=(Field("packets", "int", "how many; 1 if nothing is written", minimum=1, maximum=MOST),),
    example="send app packets=8 @ 2s", asks=True,
)  # fmt: skip

KERNEL = Field("kernel", "thing", "The kernel that serves it; without, the first one on the same processor.")

KIND = Kind(
    "application",
    "An application as a layer, in ring 3.",
    role="application",
    shares="process",
    icon="application",
    behaviour=Application,
    fields=(*fields(), KERNEL),
    shows=(PRIVILEGE, RUNS),
    verbs=(EXECUTE_VERB, TOUCH_VERB, READ_VERB, SEND_VERB),
    events=(
        CONTINUES,
        Event("application.refused", "The application learns that what it tried is forbidden."),
        Event("application.served", "It has the data that it asked for, or they are sent.",
              ("call", "count", "amount", "bytes")),
        Event("application.failed", "Its kernel answers with an error.", ("call", "count", "amount", "error")),
    ),
    example="application: {kind: application}",
)
