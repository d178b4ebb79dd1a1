"""The program that plays a guest's devices: QEMU beside KVM, VirtualBox's or VMware's process of each VM.

It is an ordinary process of the host, in ring 3: what it cannot do itself, it asks of the host's kernel by a system
call. QEMU reads in other threads, so that the guest runs on meanwhile; here it waits, which leaves the order as it is.
"""

from __future__ import annotations

from dataclasses import replace

from vizapp.devices.application import KERNEL, Program
from vizapp.devices.io.player import ACCESSED, HELD, REGISTERS, Player
from vizapp.devices.layer import CONTINUES, PRIVILEGE, RUNS, WORK, Layer, fields
from vizapp.protocols.instruction import CALL, Instruction
from vizapp.protocols.operand import Access, Request, Run, Signal
from vizapp.scene.vocabulary import Kind
from vizapp.sim.packet import Packet

Exit = tuple[Packet, Instruction]


class DeviceModel(Program):
    """One virtual machine's process. Its thread is the guest's processor: while it works, the guest stands still."""

    of_host = True
    on_behalf = True
    hosted = True

    def start(self) -> None:
        super().start()
        self.player = Player(self, self._ask)
        self.exits: dict[str, list[Exit]] = {}  # what a guest left for while the host works on it, by device

    @property
    def kernel(self) -> Layer | None:
        """The host's, never a guest's; where there is none, a hypervisor with drivers of its own serves it."""
        found = super().kernel
        return found if found is not None and found.hosted else None

    def take(self, packet: Packet, instruction: Instruction) -> None:
        operand = instruction.operand
        if isinstance(operand, Access):
            self.after(WORK, self._play, (packet, instruction))
        elif isinstance(operand, Request) and packet.origin == self.id:
            self.goes_on(instruction)
            self._asked(operand, instruction.result or "")

    def _play(self, left: Exit) -> None:
        packet, instruction = left
        access = instruction.operand
        assert isinstance(access, Access)
        if not self.player.accessed(access, packet.origin, left):
            self._run(left, None)

    def _ask(self, request: Request, left: Exit) -> None:
        """read(2) of the image file, or send(2) to the tap device: a system call like any other program's."""
        self.exits.setdefault(request.device, []).append(left)
        self.issue(CALL, operand=request)

    def _asked(self, request: Request, result: str) -> None:
        if waiting := self.exits.get(request.device):
            self._run(waiting.pop(0), Signal(request.device, "" if result.isdigit() else result))

    def _run(self, left: Exit, signal: Signal | None) -> None:
        """Let the guest go on, with an interrupt if its device has done its work (KVM: ioctl KVM_RUN)."""
        packet, instruction = left
        access = instruction.operand
        held = HELD if isinstance(access, Access) and not access.value else None
        run = Run(instruction.by, signal, held)
        self.pass_on(packet, replace(instruction, name=CALL, ring=self.ring, mode=self.mode, operand=run))


KIND = Kind(
    "device-model",
    "The host's program that plays a guest's devices: QEMU, or VirtualBox's process of a VM.",
    role="hypervisor",
    shares="process",
    icon="application",
    behaviour=DeviceModel,
    fields=(*fields(), KERNEL),
    shows=(PRIVILEGE, RUNS, REGISTERS),
    events=(ACCESSED, CONTINUES),
    example="qemu: {kind: device-model}",
)
