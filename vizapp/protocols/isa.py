"""The names and the machine code that the instructions of this room have on another type of processor.

Arm Architecture Reference Manual for A-profile, C5 and C6 (AArch64): the register of the page tables, the interrupt
masks, the calls between exception levels, which are what rings are on x86.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

X86, ARM = "x86-64", "ARM"


class Said(NamedTuple):
    """An instruction as its own manual writes it, and its bytes in memory."""

    name: str
    code: bytes


OTHERS: Mapping[str, Mapping[str, Said]] = {
    ARM: {
        "MOV-CR3": Said("MSR TTBR0_EL1", bytes.fromhex("002018d5")),
        "CPUID": Said("MRS MIDR_EL1", bytes.fromhex("000038d5")),
        "POPF": Said("MSR DAIF", bytes.fromhex("20421bd5")),
        "CLI": Said("MSR DAIFSet", bytes.fromhex("df4203d5")),
        "STI": Said("MSR DAIFClr", bytes.fromhex("ff4203d5")),
        "SYSCALL": Said("SVC", bytes.fromhex("010000d4")),
        "SYSRET": Said("ERET", bytes.fromhex("e0039fd6")),
        "IRET": Said("ERET", bytes.fromhex("e0039fd6")),
        "LOAD": Said("LDR", bytes.fromhex("000040f9")),
        "HLT": Said("WFI", bytes.fromhex("7f2003d5")),
        "RDTSC": Said("MRS CNTVCT_EL0", bytes.fromhex("40e03bd5")),
    },
}


def title(name: str, isa: str = X86) -> str:
    """The name as one reads it: `MOV CR3`, or `MSR TTBR0_EL1` on ARM."""
    said = OTHERS.get(isa, {}).get(name)
    return said.name if said is not None else name.replace("-", " ")
