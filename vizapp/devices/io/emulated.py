"""The devices that an emulator plays for its guest: no exit, no trap, only its own code; what it can't do itself it
asks of the host's kernel, by a system call like any other program's."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vizapp.devices.io.device_model import Exit
from vizapp.devices.io.player import HELD, Player
from vizapp.devices.layer import EXECUTE, WORK
from vizapp.protocols.instruction import CALL, IRQ, Instruction
from vizapp.protocols.operand import ALL_ONES, Access, Request, Signal
from vizapp.sim.packet import Packet

if TYPE_CHECKING:
    from vizapp.devices.emulator import Emulator


class Emulated:
    """lefts: the accesses whose work the host is doing, by device, in the order in which it does them."""

    def __init__(self, emulator: Emulator) -> None:
        self.emulator = emulator
        self.player = Player(emulator, self._ask)
        self.lefts: dict[str, list[Exit]] = {}

    def access(self, packet: Packet, instruction: Instruction) -> None:
        """The guest's code reads or writes a register: the C model of that device is called (QEMU, devel/tcg)."""
        access, left = instruction.operand, (packet, instruction)
        assert isinstance(access, Access)
        if access.driver in ("native", "split"):
            self._back((packet, replace(instruction, result=ALL_ONES)))
        elif not self.player.accessed(access, packet.origin, left):
            result = instruction.result if access.value else HELD
            self.emulator.after(WORK, self._back, (packet, replace(instruction, result=result)))

    def _ask(self, request: Request, left: Exit) -> None:
        self.lefts.setdefault(request.device, []).append(left)
        self.emulator.issue(CALL, operand=request)

    def asked(self, request: Request, result: str) -> None:
        """The host has answered: the guest goes on behind its access, and is interrupted."""
        if waiting := self.lefts.get(request.device):
            left = waiting.pop(0)
            self._back(left)
            signal = Signal(request.device, "" if result.isdigit() else result)
            self.emulator.after(EXECUTE, self._interrupt, (left[1].by, signal))

    def _back(self, done: Exit) -> None:
        packet, instruction = done
        self.emulator.hand(packet, self.emulator.layer(instruction.by), instruction, packet.name)

    def _interrupt(self, entry: tuple[str, Signal]) -> None:
        kernel, signal = self.emulator.layer(entry[0]), entry[1]
        irq = Instruction(IRQ, kernel.ring, kernel.mode, kernel.entry(IRQ), by=kernel.id, vector=IRQ, operand=signal)
        self.emulator.hand(self.emulator.packet((), IRQ), kernel, irq, IRQ)
