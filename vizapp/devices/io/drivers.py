"""The drivers of a kernel: a system call that reads or sends comes in, the data goes to whoever asked.

What is a copy, and what is not. A copy is the processor moving the bytes: from the page cache of a kernel to the memory
of the process that called read(2), and the other way for send(2) (Linux: copy_to_user, copy_from_user). The device
itself writes to memory (DMA), which is none; nor is memory that is shared or mapped.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from vizapp.devices.io.driver import EIO, FIELD, Driver, Job
from vizapp.devices.io.protocols import PROTOCOLS
from vizapp.devices.layer import Layer
from vizapp.protocols.instruction import Instruction
from vizapp.protocols.operand import READ, Access, Request, Signal
from vizapp.scene.vocabulary import Event, Field, Show
from vizapp.sim.packet import Packet

Call = tuple[Packet, Instruction]
Answer = Callable[[Packet, Instruction], None]


class Drivers:
    """The drivers of one layer, for its disk and its card, and what is asked of them by system calls.

    answer(packet, instruction): how the layer goes back to its caller; the instruction's result is the number of bytes,
    or the name of an error.
    """

    def __init__(self, layer: Layer, answer: Answer) -> None:
        self.layer, self.answer = layer, answer
        self.reset()

    def reset(self) -> None:
        """The layer begins anew: what was asked is forgotten with it."""
        self.drivers = {device: Driver(self.layer, device) for device in FIELD}

    def returns(self, instruction: Instruction) -> bool:
        """An access that one of these drivers made is done. False: it was none."""
        access = instruction.operand
        if isinstance(access, Access):
            self.drivers[access.device].accessed(access, instruction.result)
        return isinstance(access, Access)

    def signalled(self, signal: Signal) -> None:
        """A device interrupts this layer."""
        self.layer.event("kernel.interrupt", **{"from": signal.device}, error=signal.error)
        self.drivers[signal.device].signalled(signal)

    def serve(self, call: Call) -> None:
        """A system call: send(2) copies the data in first, read(2) copies it out at the end."""
        packet, instruction = call
        request = instruction.operand
        assert isinstance(request, Request)
        if self.layer.get(FIELD[request.device]) not in PROTOCOLS:
            self._answer(call, EIO)
            return
        if request.call != READ:
            self._copy(packet, request, inward=True)
        self.drivers[request.device].serve(Job(request, self._done, call))

    def _done(self, job: Job, error: str) -> None:
        packet, _ = job.client
        if not error and job.request.call == READ:
            self._copy(packet, job.request, inward=False)
        self._answer(job.client, error or str(job.request.bytes))

    def _answer(self, call: Call, result: str) -> None:
        packet, instruction = call
        self.answer(packet, replace(instruction, result=result))

    def _copy(self, packet: Packet, request: Request, inward: bool) -> None:
        there = request.buffer or packet.origin
        source, target = (there, self.layer.id) if inward else (self.layer.id, there)
        self.layer.event("data.copied", **{"from": source, "to": target}, bytes=request.bytes)


def fields(driver: str, net: str, *others: str) -> tuple[Field, ...]:
    """The drivers that a layer of a kind has unless a scene says otherwise."""
    return (
        Field("driver", "choice", "Its driver of the disk: for the device itself, for an emulated one, or a "
                                  "paravirtual one.", driver, choices=("native", "ide", "virtio", *others)),
        Field("net-driver", "choice", "Its driver of the network card.", net,
              choices=("native", "e1000", "virtio", *others)),
        Field("io-timeout", "duration", "How long a driver waits for its device before the request fails.", "30s"),
    )  # fmt: skip


QUEUES = (
    Show("disk-queue", "text", "show.disk-queue", face=False, longest="88"),
    Show("nic-queue", "text", "show.nic-queue", face=False, longest="88"),
)

COMMON = ("call", "count", "amount", "driver", "by")

DRIVING = (
    Event("io.submitted", "A driver begins to hand blocks or packets over. registers: how many accesses it takes.",
          (*COMMON, "registers")),
    Event("io.notified", "The access that starts the device: the one notification (kick) of a batch.",
          (*COMMON, "register")),
    Event("io.completed", "The driver has what it handed over.", (*COMMON, "bytes")),
    Event("io.failed", "A driver gives a request up.", (*COMMON, "error")),
    Event("kernel.interrupt", "Whoever drives a device is interrupted by it.", ("from", "error")),
    Event("data.copied", "The processor copies data from the memory of one layer to that of another.",
          ("from", "to", "bytes")),
)  # fmt: skip

EVENTS = tuple(event for event in DRIVING if event.name != "kernel.interrupt")
