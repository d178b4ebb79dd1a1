"""The virtual-machine control structure: what makes a guest exit, and the state of both sides (SDM 3C, chapter 24)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from vizapp.protocols.instruction import (
    CR3_LOAD_EXITING,
    HLT_EXITING,
    INTERRUPT_EXITING,
    IO_EXITING,
    RDTSC_EXITING,
    Instruction,
)

CONTROLS = (CR3_LOAD_EXITING, HLT_EXITING, IO_EXITING, RDTSC_EXITING, INTERRUPT_EXITING)


@dataclass(slots=True)
class VMCS:
    """One guest processor's. owner, guest: ids of the hypervisor and of the layer that left last.

    controls: names of the VM-execution controls that are 1. instruction: the one that was on when the guest left.
    inject: what the guest's kernel is entered for at the next entry (SDM 26.5). window: whether it exits as soon as it
    can take interrupts again (interrupt-window exiting). devices: whether those of the machine are mapped into it.
    """

    owner: str
    guest: str
    ept: bool
    controls: frozenset[str]
    instruction: Instruction
    guest_rip: int
    host_rip: int
    reason: int | None = None
    length: int = 0
    result: str | None = None
    inject: str | None = None
    devices: bool = False
    window: bool = False

    def save(self, instruction: Instruction, reason: int, guest: str) -> None:
        """What the processor writes at an exit: where the guest stood, and why it left."""
        self.instruction, self.guest, self.guest_rip = instruction, guest, instruction.rip
        self.reason, self.length, self.result = reason, instruction.form.length, None

    def rows(self) -> list[dict[str, Any]]:
        """The structure as a table."""
        reason = {"words": f"exit-reason.{self.reason}"} if self.reason is not None else "–"
        tables = {"words": "vmcs.own-tables" if self.ept else "vmcs.shadow-tables"}
        return [
            _row("control", "enable EPT", int(self.ept)),
            *(_row("control", name, int(name in self.controls)) for name in CONTROLS),
            _row("guest", "RIP", f"{self.guest_rip:#x}"),
            _row("guest", "CR3", tables),
            _row("host", "RIP", f"{self.host_rip:#x}"),
            _row("exit", {"words": "vmcs.reason"}, reason),
        ]


def _row(area: str, name: Any, value: Any) -> dict[str, Any]:
    return {"area": {"words": f"vmcs.{area}"}, "field": name, "value": value}
