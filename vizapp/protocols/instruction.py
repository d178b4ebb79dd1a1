"""An x86-64 instruction as it travels through the layers, and what VMX non-root operation does with each.

Sources. SDM: Intel 64 and IA-32 Architectures Software Developer's Manual, volume 3C (sections as numbered in the
edition of 2016): 25.1.1 faults that have priority over exits, 25.1.2 instructions that exit unconditionally, 25.1.3
those that exit by a control, 28.2.3 EPT violations, appendix C basic exit reasons. Opcodes: SDM, volume 2.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from vizapp.protocols.header import Header, Part
from vizapp.protocols.isa import OTHERS, X86, title
from vizapp.protocols.operand import Access, Operand

ALWAYS = "always"
NEVER = "never"

CR3_LOAD_EXITING = "CR3-load exiting"
HLT_EXITING = "HLT exiting"
IO_EXITING = "unconditional I/O exiting"
RDTSC_EXITING = "RDTSC exiting"
INTERRUPT_EXITING = "external-interrupt exiting"  # SDM 24.6.1

PAGE_FAULT = 0  # an exception whose bit is set in the exception bitmap
EXTERNAL_INTERRUPT = 1
INTERRUPT_WINDOW = 7
EPT_VIOLATION = 48
EPT_MISCONFIGURATION = 49

# what a kernel or a hypervisor in ring 0 is entered for
PROTECTION, UNDEFINED, PAGE, IRQ, CALL = "#GP", "#UD", "#PF", "IRQ", "SYSCALL"

# an instruction of a modified kernel that asks its hypervisor to emulate it (Xen, xen/include/public/arch-x86/xen.h,
# XEN_EMULATE_PREFIX: UD2, then "xen")
FORCED = "forced"
PREFIX = bytes.fromhex("0f0b78656e")

# tables that may lack the page of an access: the kernel's own, the hypervisor's for its guest, and its shadow of both
GUEST_TABLES, HOST_TABLES, SHADOW_TABLES = "guest", "host", "shadow"


@dataclass(frozen=True, slots=True)
class Form:
    """An instruction: its name, its bytes, and what happens to it in VMX non-root operation.

    exits: `always`, `never`, or the VM-execution control that makes it exit when it is 1.
    reason: basic exit reason (SDM appendix C). privileged: outside ring 0 it raises #GP instead, exit or not.
    touches: it reads a page of memory that the guest has not used yet.
    flag: it changes the interrupt flag: `clear`, `set`, or `pop` (to what it was not).
    """

    name: str
    opcode: bytes
    exits: str
    reason: int | None = None
    privileged: bool = False
    touches: bool = False
    flag: str = ""

    @property
    def length(self) -> int:
        """Bytes by which the instruction pointer goes on."""
        return len(self.opcode)


FORMS: Mapping[str, Form] = {
    form.name: form
    for form in (
        # SDM 5.8.8: between rings 3 and 0; neither 25.1.2 nor 25.1.3 names them
        Form("SYSCALL", bytes.fromhex("0f05"), NEVER),
        Form("SYSRET", bytes.fromhex("480f07"), NEVER, privileged=True),
        Form("IRET", bytes.fromhex("48cf"), NEVER),
        # 32-bit Xen PV: the hypercall is a software interrupt (Xen, guest-guide/x86/hypercall-abi)
        Form("INT-0x82", bytes.fromhex("cd82"), NEVER),
        # SDM 25.1.2: CPUID, INVD and VMCALL exit unconditionally; VMCALL does nothing else, in any ring (volume 2)
        Form("CPUID", bytes.fromhex("0fa2"), ALWAYS, 10),
        Form("INVD", bytes.fromhex("0f08"), ALWAYS, 13, privileged=True),
        Form("VMCALL", bytes.fromhex("0f01c1"), ALWAYS, 18),
        # SDM 25.1.3: "causes a VM exit if the … VM-execution control is 1"
        Form("MOV-CR3", bytes.fromhex("0f22d8"), CR3_LOAD_EXITING, 28, privileged=True),
        Form("HLT", bytes.fromhex("f4"), HLT_EXITING, 12, privileged=True),
        Form("IN", bytes.fromhex("ec"), IO_EXITING, 30, privileged=True),
        Form("OUT", bytes.fromhex("ee"), IO_EXITING, 30, privileged=True),
        Form("RDTSC", bytes.fromhex("0f31"), RDTSC_EXITING, 16),
        # an ordinary load; SDM 28.2.3.2: the EPT entry of its page is not present, so the access exits, not the opcode
        Form("LOAD", bytes.fromhex("488b07"), NEVER, touches=True),
        # SDM volume 2: outside ring 0 (with an IOPL of 0, as kernels leave it) CLI and STI raise #GP, while POPF leaves
        # the flag alone and says nothing; 25.1 names none of them. Robin & Irvine (2000) count POPF among the 17.
        Form("CLI", bytes.fromhex("fa"), NEVER, privileged=True, flag="clear"),
        Form("STI", bytes.fromhex("fb"), NEVER, privileged=True, flag="set"),
        Form("POPF", bytes.fromhex("9d"), NEVER, flag="pop"),
        # an ordinary store, here into a register that is mapped into memory; Linux/KVM marks such pages as
        # misconfigured, so it is the access that exits (SDM 28.2.3.1; arch/x86/kvm/vmx/vmx.c, handle_ept_misconfig)
        Form("STORE", bytes.fromhex("8907"), NEVER),
        # no instruction: an interrupt that comes between two of them (SDM 25.2)
        Form(IRQ, b"", INTERRUPT_EXITING, EXTERNAL_INTERRUPT),
        # of the hypervisor itself, in VMX root operation
        Form("VMLAUNCH", bytes.fromhex("0f01c2"), ALWAYS, 20, privileged=True),
        Form("VMRESUME", bytes.fromhex("0f01c3"), ALWAYS, 24, privileged=True),
    )
}

RETURNS = ("SYSRET", "IRET")
_UNASKED = ("VMLAUNCH", "VMRESUME", "SYSRET", "IRET", "INT-0x82", "STORE", IRQ)
GUEST_NAMES = tuple(name for name in FORMS if name not in _UNASKED)
"""What a person may ask a guest layer to execute."""


@dataclass(frozen=True, slots=True)
class Instruction(Header):
    """An instruction on its way. by: the layer that executes it; ring: 0 to 3, its ring; mode: `root`, `non-root`,
    `none` (a processor without VMX) or `virtual` (an emulator's).

    rip: address of the instruction. saved: where to return to, kept in RCX by SYSCALL and on the stack by an exception.
    reason: basic exit reason once it has left the guest; result: what it gave. vector: what ring 0 is entered for;
    asked: the instruction that was on then; goes: the layer to which a return passes control, where it is not the one
    that asked. missing: the page tables that lack the page which it reads. call: the hypercall that it makes, or
    `forced`. operand: what the registers say of it, for input and output. isa: type of the
    processor that it is for.
    """

    name: str
    ring: int
    mode: str
    rip: int
    saved: int | None = None
    reason: int | None = None
    result: str | None = None
    operand: Operand | None = None
    by: str = ""
    vector: str | None = None
    asked: str | None = None
    goes: str | None = None
    missing: tuple[str, ...] = ()
    call: str | None = None
    isa: str = X86

    protocol: ClassVar[str] = "instruction"
    title: ClassVar[str] = "x86-64"
    source: ClassVar[str] = "Intel SDM, vol. 2"

    @property
    def form(self) -> Form:
        return FORMS[self.name]

    @property
    def mapped(self) -> bool:
        """Whether it accesses a register of a device that is mapped into memory."""
        return isinstance(self.operand, Access) and self.name in ("STORE", "LOAD")

    def fields(self) -> dict[str, Any]:
        fields: dict[str, Any] = {"name": self.name, "mode": self.mode, "ring": self.ring, "rip": f"{self.rip:#x}"}
        if self.isa != X86:
            fields["said"] = self.said
        if self.saved is not None:
            fields["saved"] = f"{self.saved:#x}"
        if self.reason is not None:
            fields["reason"] = self.reason
        if self.result is not None:
            fields["result"] = self.result
        if self.vector is not None:
            fields["vector"] = self.vector
        if self.operand is not None:
            fields["operand"] = str(self.operand)
        return fields

    def lacks(self, walked: Collection[str]) -> tuple[str, ...]:
        """Those of the tables walked that lack the page which it reads."""
        return tuple(table for table in self.missing if self.form.touches and table in walked)

    def without(self, *tables: str) -> Instruction:
        """The same once these tables have the page."""
        return replace(self, missing=tuple(table for table in self.missing if table not in tables))

    def pack(self, payload: bytes, outer: Header | None, inner: Header | None) -> bytes:
        """The machine code."""
        return self.code + payload

    @property
    def code(self) -> bytes:
        other = OTHERS.get(self.isa, {}).get(self.name)
        if other is not None:
            return other.code
        return (PREFIX if self.call == FORCED else b"") + self.form.opcode

    @property
    def said(self) -> str:
        """Its name as the manual of its processor writes it."""
        return title(self.name, self.isa)

    def places(self) -> Sequence[Part]:
        return (Part("opcode", 0, 8 * len(self.code), self.source, "bytes"),)
