"""What becomes of an instruction at a processor: a look-up in what the manual says, ring and VMX controls in hand.

Intel SDM volume 3C, 25.1 (instructions in VMX non-root operation), 25.2 (other causes of exits), 28.2.3 (EPT);
volume 2, each instruction's protected-mode exceptions; volume 3A, 6.15 (#GP, #PF).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from vizapp.devices.vmcs import VMCS
from vizapp.protocols.instruction import (
    ALWAYS,
    CALL,
    EPT_MISCONFIGURATION,
    EPT_VIOLATION,
    FORCED,
    GUEST_TABLES,
    IRQ,
    NEVER,
    PAGE,
    PAGE_FAULT,
    PROTECTION,
    UNDEFINED,
    Instruction,
)
from vizapp.protocols.isa import OTHERS
from vizapp.protocols.operand import Access

NON_VMX = ("none", "virtual")


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of an instruction. because: words key of why; control: that it depends on.

    reason: of the exit, when it makes the guest exit. enters: what ring 0 of the same mode is entered for, executed or
    not. ignored: it is executed, but what it asks of the interrupt flag is not done.
    """

    because: str
    control: str = ""
    reason: int | None = None
    enters: str = ""
    ignored: bool = False


def decide(instruction: Instruction, vmcs: VMCS | None, lacking: Collection[str]) -> Decision:
    """vmcs: of the guest that runs, None outside VMX non-root operation. lacking: the tables that lack its page, of
    those which this processor walks."""
    form = instruction.form
    if instruction.call == FORCED or (form.name == "VMCALL" and instruction.mode in NON_VMX):
        return Decision("because.undefined", enters=UNDEFINED)
    forbidden = form.privileged or (form.flag and instruction.isa in OTHERS)  # silence is x86's: MSR DAIF raises at EL0
    if forbidden and instruction.ring != 0:
        return Decision("because.fault", enters=PROTECTION)  # 25.1.1: goes before any exit
    if vmcs is not None and (left := _exits(instruction, vmcs, lacking)) is not None:
        return left
    if lacking:
        return Decision("because.mapped" if instruction.mapped else "because.no-page", enters=PAGE)
    if form.flag == "pop" and instruction.ring != 0:
        return Decision("because.ignored", ignored=True)
    enters = form.name if form.name in (CALL, IRQ) else ""
    if vmcs is not None:
        unwatched = form.exits not in (NEVER, ALWAYS)
        return Decision("because.unwatched" if unwatched else "because.never", form.exits * unwatched, enters=enters)
    return Decision("because.root" if instruction.mode == "root" else f"because.{_plain(enters)}", enters=enters)


def _exits(instruction: Instruction, vmcs: VMCS, lacking: Collection[str]) -> Decision | None:
    """The exit that it causes, if any."""
    form = instruction.form
    if form.exits == ALWAYS:
        return Decision("because.always", reason=form.reason)
    if isinstance(instruction.operand, Access) and vmcs.devices:  # a register of a device that the guest was given
        return Decision("because.given")
    if instruction.mapped:
        return Decision("because.mapped", reason=EPT_MISCONFIGURATION if vmcs.ept else PAGE_FAULT)
    if lacking and not vmcs.ept:
        return Decision("because.page-fault", reason=PAGE_FAULT)
    if lacking and GUEST_TABLES not in lacking:
        return Decision("because.ept", reason=EPT_VIOLATION)
    if form.exits in vmcs.controls:
        return Decision("because.watched", form.exits, form.reason)
    return None


def _plain(enters: str) -> str:
    """Why a processor executes it where no hypervisor may watch."""
    return {CALL: "enters", IRQ: "interrupt"}.get(enters, "allowed")
