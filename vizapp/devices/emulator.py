"""An emulator (QEMU TCG): an ordinary program of the host that translates every instruction of its guest, and is the
guest's processor: virtual rings, a virtual interrupt flag, memory translated in software.

QEMU, devel/tcg (translation blocks, direct block chaining, MMU emulation) and system/introduction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from vizapp.devices import blocks
from vizapp.devices.application import KERNEL, Program
from vizapp.devices.blocks import Blocks
from vizapp.devices.decision import Decision
from vizapp.devices.io.emulated import Emulated
from vizapp.devices.io.player import ACCESSED, REGISTERS
from vizapp.devices.layer import EXECUTE, PRIVILEGE, RUNS, VIRTUAL, Layer, fields
from vizapp.devices.monitor import LAUNCH
from vizapp.devices.paging import SOFTWARE, Paging
from vizapp.devices.rings import EVENTS, Rings, Token
from vizapp.protocols.instruction import GUEST_TABLES, HOST_TABLES, IRQ, Instruction
from vizapp.protocols.isa import X86
from vizapp.protocols.operand import Request
from vizapp.scene.model import Act, Port
from vizapp.scene.vocabulary import Event, Field, Kind
from vizapp.sim.behaviour import Impossible, Verdict
from vizapp.sim.packet import Packet
from vizapp.sim.timeline import Flight

TRANSLATE = 1_000  # true ns of the model: decoding a block and writing code for the host
ACTIONS = {
    "MOV-CR3": "action.virtual-cr3", "CPUID": "action.virtual-cpuid", "POPF": "action.virtual-flag",
    "CLI": "action.virtual-flag", "STI": "action.virtual-flag", "SYSCALL": "action.virtual-ring",
    "SYSRET": "action.virtual-return", "IRET": "action.virtual-return", "LOAD": "action.virtual-memory",
    "IN": "action.device", "OUT": "action.device", "STORE": "action.device", "HLT": "action.halt",
    "RDTSC": "action.clock",
}  # fmt: skip
OTHER = "action.virtual"


class Emulator(Program, Rings):
    """A program of the host, and the processor of its guest. asleep: what goes on when its own access to memory, or an
    interrupt of the real processor, has been served."""

    base = 0x7F0000401000
    of_host = True
    virtual = True
    operation = VIRTUAL

    def start(self) -> None:
        super().start()
        self.begin()
        self.blocks = Blocks(self)
        self.emulated = Emulated(self)
        self.asleep: list[Token] = []
        self.launched = False

    @property
    def isa(self) -> str:
        return str(self.get("guest-cpu"))

    def do_launch(self, act: Act, options: Mapping[str, Any]) -> None:
        """`launch EMULATOR`: its virtual processor begins with the guest's kernel."""
        kernel = next((layer for layer in self.machine() if layer.serves), None)
        if kernel is None:
            raise Impossible("no-guest", device=self.id)
        self.ready(kernel)
        if self.launched:
            raise Impossible("already-launched", device=self.id)
        self.launched = True
        first = Instruction("IRET", 0, VIRTUAL, kernel.base, by=self.id, asked="VMLAUNCH")
        self.hand(self.packet((), "IRET"), kernel, first, "IRET")

    def ready(self, layer: Layer) -> None:
        """Its guest can run only where it runs itself."""
        self.executor.machine_of.ready(self)

    def turn(self, layer: str | None, mode: str, ring: int) -> None:
        super().turn(layer, mode, ring)
        self.operation = VIRTUAL
        below = self.below
        if below is not None and below.machine_of.operation == self.mode and not below.failed:
            below.turn(self.id, self.mode, self.ring)

    # what comes to it: from its guest, or back from the real processor

    def receive(self, port: Port, packet: Packet, flight: Flight) -> Verdict:
        source = self.world.devices[self.world.ports[flight.src].device]
        if source in self.layers():
            return Rings.receive(self, port, packet, flight)
        return Program.receive(self, port, packet, flight)

    def take(self, packet: Packet, instruction: Instruction) -> None:
        if instruction.asked == IRQ:
            self.event("layer.continues", instruction=IRQ, code=IRQ, rip=f"{self.rip:#x}", result=None)
            if self.machine():
                self.interrupt()
            return
        self.goes_on(instruction)
        if isinstance(instruction.operand, Request):
            self.emulated.asked(instruction.operand, instruction.result or "")
        if self.asleep and instruction.name == "LOAD":
            self.decide_on(self.asleep.pop(0))

    # it executes its guest: each block is translated once

    def fetch(self, token: Token) -> None:
        instruction = token.instruction
        if not instruction.form.opcode:  # an interrupt: no code
            super().fetch(token)
            return
        new = self.blocks.run(instruction.by, instruction.rip, instruction, "how.translated")
        self.after(TRANSLATE if new else EXECUTE, self.decide_on, token)

    def lacking(self, instruction: Instruction) -> tuple[str, ...]:
        return instruction.lacks((GUEST_TABLES,))

    def decide_on(self, token: Token) -> None:
        """The memory of its guest is its own: where the host has not given it that page yet, it faults itself."""
        instruction = token.instruction
        if instruction.lacks((HOST_TABLES,)) and not instruction.lacks((GUEST_TABLES,)):
            self.asleep.append(replace(token, instruction=instruction.without(HOST_TABLES)))
            self.issue("LOAD", (GUEST_TABLES,))
        else:
            super().decide_on(token)

    def tell(self, token: Token, decision: Decision) -> None:
        """It is no processor: nothing is decided but by its own code."""

    def executed(self, token: Token, decision: Decision) -> None:
        instruction = token.instruction
        action = {"words": ACTIONS.get(instruction.name, OTHER)}
        self.event("hypervisor.emulates", instruction=instruction.name, code=instruction.said, action=action,
                   result=None, **{"from": instruction.by})  # fmt: skip
        if decision.ignored:
            self.event("cpu.ignores", **token.details())
        self.changes(token, decision)

    def paging(self) -> Paging:
        return SOFTWARE

    def access(self, packet: Packet, instruction: Instruction) -> None:
        self.emulated.access(packet, instruction)

    def hand(self, packet: Packet, layer: Layer, instruction: Instruction, name: str) -> None:
        """Code of the guest's that is entered is translated before it runs."""
        if instruction.vector is not None:
            new = self.blocks.run(layer.id, instruction.rip, instruction, "how.translated")
            self.after(TRANSLATE if new else EXECUTE, self._hand, (packet, layer.id, instruction, name))
        else:
            super().hand(packet, layer, instruction, name)

    def _hand(self, entry: tuple[Packet, str, Instruction, str]) -> None:
        packet, to, instruction, name = entry
        super().hand(packet, self.layer(to), instruction, name)


KIND = Kind(
    "emulator",
    "An emulator (QEMU TCG): a program of the host that is the processor of the layers cabled to it, of any type. It "
    "translates every block of their code, once; its rings are virtual.",
    role="hypervisor",
    icon="hypervisor",
    behaviour=Emulator,
    fields=(*fields(), KERNEL, Field("guest-cpu", "text", "The type of processor that it is for its guest.", X86)),
    verbs=(LAUNCH,),
    shows=(PRIVILEGE, RUNS, *blocks.SHOWS, REGISTERS),
    events=(
        *blocks.EVENTS,
        ACCESSED,
        Event("hypervisor.emulates", "The emulator does what the instruction asks, on its virtual processor.",
              ("instruction", "code", "action", "result", "from")),
        *EVENTS,
    ),
    example="hypervisor: {kind: emulator}",
)  # fmt: skip
