"""What a kernel that was modified for its hypervisor asks it instead of executing it.

Xen: guest-guide/x86/hypercall-abi and pv-traps; xen/include/public/xen.h (mmuext_op: MMUEXT_NEW_BASEPTR, mmu_update,
sched_op, iret; `evtchn_upcall_mask` in memory shared with the guest); Linux: arch/x86/xen (xen_write_cr3, xen_cpuid,
xen_safe_halt, xen-asm.S). The forced emulation prefix of CPUID: xen/arch/x86/pv/emul-inv-op.c.
"""

from __future__ import annotations

from collections.abc import Mapping

from vizapp.protocols.instruction import FORCED

CALLS: Mapping[str, str] = {
    "MOV-CR3": "mmuext_op",
    "HLT": "sched_op",
    "CPUID": FORCED,
}
"""By the instruction that stood there before; any other is executed as it was."""
MASK = ("CLI", "STI", "POPF")  # become a write to the event mask, in shared memory: no hypercall
MAP, RETURN, PENDING, EVENT = "mmu_update", "iret", "xen_version", "event_channel_op"
"""After a page fault; to return to an application; after the mask was cleared, to have what waits delivered; to notify
another guest."""

INSTRUCTIONS: Mapping[str, str] = {"syscall": "SYSCALL", "int82": "INT-0x82", "vmcall": "VMCALL"}

ACTIONS: Mapping[str, str] = {
    "mmuext_op": "action.check-tables",
    "mmu_update": "action.check-entry",
    "sched_op": "action.halt",
    "iret": "action.return",
    "xen_version": "action.events",
    "event_channel_op": "action.notify",
}
"""What the hypervisor does about each: words keys."""
