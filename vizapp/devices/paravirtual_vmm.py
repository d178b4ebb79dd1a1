"""Xen as it runs paravirtualized guests: in ring 0, asked by hypercalls, their kernels in ring 1 (32 bits) or 3 (64).

Xen: guest-guide/x86/hypercall-abi (a hypercall is a system call to Xen: INT 0x82 or SYSCALL) and pv-traps (rings). The
guest's page tables are those that the processor walks; Xen checks each change. Barham et al. (2003), table 1.
"""

from __future__ import annotations

from dataclasses import replace

from vizapp.devices.hypercalls import ACTIONS, EVENT, RETURN
from vizapp.devices.layer import WORK, Layer
from vizapp.devices.monitor import ACTIONS as TRAPPED
from vizapp.devices.monitor import EVENTS, HYPERCALL, LAUNCH, SHOWS, Monitor, monitor_fields
from vizapp.protocols.instruction import CALL, FORCED, GUEST_TABLES, Instruction
from vizapp.scene.vocabulary import Field, Kind, Show
from vizapp.sim.packet import Packet

# xen/arch/x86/pv/emul-priv-op.c: what Xen emulates of a guest kernel that was not modified
_NAMES = ("CPUID", "INVD", "MOV-CR3", "HLT", "IN", "OUT", "RDTSC", "CLI", "STI")
EMULATED = {name: "action.check-tables" if name == "MOV-CR3" else TRAPPED[name] for name in _NAMES}


class ParavirtualVMM(Monitor):
    """The code in ring 0 that modified kernels ask."""

    tables: tuple[str, ...] = (GUEST_TABLES,)
    emulates = EMULATED

    def start(self) -> None:
        super().start()
        self.asked = 0
        self.show("hypercalls", 0)

    @property
    def guest_ring(self) -> int:
        return 1 if self.get("bits") == "32" else 3

    @property
    def hypercall(self) -> str:
        """How its guests ask it unless they say otherwise."""
        return "int82" if self.get("bits") == "32" else "syscall"

    @property
    def lets_call(self) -> bool:
        """In 32 bits a guest has a handler of its own for system calls, which the processor enters directly."""
        return str(self.get("bits")) == "32"

    def take(self, packet: Packet, instruction: Instruction) -> None:
        if instruction.call is not None and instruction.call != FORCED and instruction.vector == CALL:
            self.asked += 1
            self.show("hypercalls", self.asked)
            self.event("hypervisor.hypercall", call=instruction.call, instruction=instruction.asked,
                       **{"from": instruction.by})  # fmt: skip
            if instruction.call == "sched_op":
                self.halt.begin((packet, instruction), self.serve)
            else:
                self.after(WORK, self.serve, (packet, instruction))
        else:
            super().take(packet, instruction)

    def serve(self, entry: tuple[Packet, Instruction]) -> None:
        """Do what the hypercall asks; control goes back to the kernel, or with `iret` to its application."""
        packet, instruction = entry
        self.tell(packet, ACTIONS[instruction.call or ""], replace(instruction, name=instruction.call or ""))
        if instruction.call == EVENT and self.playing.accessed(packet, instruction):
            return
        home = packet.origin if instruction.call == RETURN else instruction.by
        to = self.world.devices[home]
        assert isinstance(to, Layer)
        self.give_back(packet, to, replace(instruction, call=None))


KIND = Kind(
    "paravirtual-vmm",
    "Xen with paravirtualized guests: it holds ring 0 without VMX, and serves the hypercalls of kernels that were "
    "modified for it (`modified: true`).",
    role="hypervisor",
    icon="hypervisor",
    behaviour=ParavirtualVMM,
    fields=(
        *monitor_fields("XenVMMXenVMM"),
        Field("bits", "choice", "Width of its guests: in 32 bits their kernel is in ring 1, in 64 bits in ring 3.",
              "64", choices=("32", "64")),
    ),
    shows=(
        *SHOWS,
        Show("hypercalls", "text", "show.hypercalls", longest="88"),
    ),
    verbs=(LAUNCH,),
    events=(*EVENTS, HYPERCALL),
    example="hypervisor: {kind: paravirtual-vmm}",
)  # fmt: skip
