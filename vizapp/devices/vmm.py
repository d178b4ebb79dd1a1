"""A hypervisor that uses VMX: prepares the VMCS, launches the guest, and answers each exit.

What each answer does is what KVM does (Linux: arch/x86/kvm; docs.kernel.org, virt/kvm/x86/cpuid and mmu).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from vizapp.devices.io import playing
from vizapp.devices.io.device_model import Exit
from vizapp.devices.layer import (
    NAP,
    NON_ROOT,
    ROOT,
    WORK,
    Layer,
    fields,
    instruction_of,
)
from vizapp.devices.monitor import EVENTS, HYPERCALL, LAUNCH, SHOWS, Monitor
from vizapp.devices.vmcs import VMCS
from vizapp.protocols.instruction import (
    CR3_LOAD_EXITING,
    EXTERNAL_INTERRUPT,
    GUEST_TABLES,
    HLT_EXITING,
    INTERRUPT_EXITING,
    IO_EXITING,
    IRQ,
    PAGE,
    RDTSC_EXITING,
    Instruction,
)
from vizapp.protocols.operand import Operand, Signal
from vizapp.scene.model import Act
from vizapp.scene.vocabulary import Column, Event, Field, Kind, Show
from vizapp.sim.behaviour import Impossible
from vizapp.sim.packet import Packet

SWITCHES = {"hlt-exiting": HLT_EXITING, "io-exiting": IO_EXITING, "rdtsc-exiting": RDTSC_EXITING}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a hypervisor does about an exit. action: words key. advances: past the instruction, which is then done.
    inject: what it enters the guest's kernel for."""

    action: str
    advances: bool = True
    lasts: int = WORK
    result: str | None = None
    inject: str | None = None


ANSWERS: Mapping[str, Answer] = {
    "CPUID": Answer("action.cpuid"),
    "INVD": Answer("action.nothing"),  # kvm_emulate_invd: "Treat an INVD instruction as a NOP"
    "VMCALL": Answer("action.hypercall"),
    "MOV-CR3": Answer("action.shadow"),
    "HLT": Answer("action.halt", lasts=NAP),
    "IN": Answer("action.device"),
    "OUT": Answer("action.device"),
    "RDTSC": Answer("action.clock"),
    "LOAD": Answer("action.map", advances=False, result="mapped"),
    IRQ: Answer("action.interrupt", advances=False, inject=IRQ),
}
DENIED = Answer("action.denied", result="-EPERM")  # arch/x86/kvm/x86.c, kvm_emulate_hypercall: outside ring 0
REFLECTED = Answer("action.page-fault", advances=False, inject=PAGE)  # docs.kernel.org, virt/kvm/x86/mmu: "reflected"
HELD = Answer("action.window", advances=False)  # arch/x86/kvm/x86.c, kvm_check_and_inject_events: enable_irq_window


class Hypervisor(Monitor):
    """The code in VMX root operation, ring 0; in mode `none` it does without VMX."""

    @property
    def deprivileges(self) -> bool:
        return not self.vmx

    @property
    def vmx(self) -> bool:
        return self.get("mode") in (None, ROOT)

    def start(self) -> None:
        """After a crash it begins anew too; the guest has to be launched again."""
        super().start()
        self._prepare()

    def configure(self, name: str, value: Any) -> None:
        """A choice changed: it is written to the VMCS (at once, as if the hypervisor had just been there)."""
        super().configure(name, value)
        for vmcs in (*self.guests.values(), self.vmcs):
            vmcs.ept, vmcs.controls = bool(self.get("ept")), self._controls()
        self._write()

    def _controls(self) -> frozenset[str]:
        """With EPT the guest loads CR3 itself; with shadow page tables each load must be seen (Linux: vmx.c)."""
        chosen = {INTERRUPT_EXITING, *(control for name, control in SWITCHES.items() if self.get(name))}
        return frozenset(chosen if self.get("ept") else chosen | {CR3_LOAD_EXITING})

    def _prepare(self) -> None:
        """A VMCS for its guest, and one for the domain that has the devices, which is halted until there is work."""
        kernel, domain = self._guest(), self.domain
        rip = kernel.base if kernel else 0
        self.vmcs = self._empty(kernel, Instruction("VMLAUNCH", 0, NON_ROOT, rip), rip)
        self.guests = {kernel.id: self.vmcs} if kernel else {}
        if domain is not None:
            halt = Instruction("HLT", 0, NON_ROOT, domain.base, by=domain.id)
            self.guests[domain.id] = self._empty(domain, halt, domain.base + halt.form.length)
            self.guests[domain.id].devices = True
        self._write()

    def _empty(self, kernel: Layer | None, first: Instruction, rip: int) -> VMCS:
        guest = kernel.id if kernel else ""
        return VMCS(self.id, guest, bool(self.get("ept")), self._controls(), first, rip, self.base)

    def schedule(self, kernel: str) -> None:
        """Whose guest is entered next: that of this kernel."""
        if not self.vmx:
            super().schedule(kernel)
            return
        vmcs = self.guests.get(kernel, self.vmcs)
        if vmcs is not self.vmcs:
            self.vmcs = vmcs
            self.show("vmcs", vmcs.rows())

    def _write(self) -> None:
        self.show("vmcs", self.vmcs.rows())
        self.event("vmcs.prepared", ept=self.vmcs.ept, controls=sorted(self.vmcs.controls))

    def holds_back(self, kernel: str) -> bool:
        """Whether the guest of that kernel is out until another guest has answered it."""
        return self.playing.channel.waits(kernel)

    def _guest(self) -> Layer | None:
        """The kernel that the guest starts with: the first one on the same processor."""
        return next((kernel for kernel in self._kernels() if kernel is not self.domain), None)

    def _kernels(self) -> list[Layer]:
        return [layer for layer in self.around() if layer.serves and layer.mode == NON_ROOT]

    @property
    def domain(self) -> Layer | None:
        """The guest to which it gave the devices, where there is one."""
        if not self.vmx:
            return super().domain
        return next((kernel for kernel in self._kernels() if kernel.get("hardware-domain")), None)

    def do_launch(self, act: Act, options: Mapping[str, Any]) -> None:
        """`launch HYPERVISOR`: the first entry into the guest."""
        if not self.vmx:
            super().do_launch(act, options)
            return
        if self.executor.machine_of.vmcs is self.vmcs:
            raise Impossible("already-launched", device=self.id)
        if not self.vmcs.guest:
            raise Impossible("no-guest", device=self.id)
        self.executor.turn(self.id, self.mode, self.ring)
        self._enter("VMLAUNCH", None)

    def take(self, packet: Packet, instruction: Instruction) -> None:
        if instruction.reason is None or packet.id in self.left:
            super().take(packet, instruction)
            return
        vmcs = self.vmcs
        self.show("vmcs", vmcs.rows())
        self.event("vmcs.read", instruction=instruction.name, reason=instruction.reason, length=vmcs.length,
                   why={"words": f"exit-reason.{instruction.reason}"}, rip=f"{vmcs.guest_rip:#x}",
                   **{"from": vmcs.guest})  # fmt: skip
        self.after(WORK, self._leave, packet)

    def choose(self, instruction: Instruction) -> Answer:
        """What it does about an exit that this instruction caused."""
        if GUEST_TABLES in instruction.missing:
            return REFLECTED
        guest = self.world.devices[self.vmcs.guest]
        if instruction.name == IRQ and isinstance(guest, Layer) and not guest.interruptible:
            return HELD
        if instruction.name == "VMCALL" and instruction.ring:
            return DENIED
        return ANSWERS[instruction.name]

    def _leave(self, packet: Packet) -> None:
        vmcs, name = self.vmcs, instruction_of(packet).name
        if name == "VMCALL" and not vmcs.instruction.ring:
            call, instead = vmcs.instruction.call or "vmcall", vmcs.instruction.asked or name
            self.event("hypervisor.hypercall", call=call, instruction=instead, **{"from": vmcs.guest})
        if self.playing.accessed(packet, vmcs.instruction):
            return
        if vmcs.reason == EXTERNAL_INTERRUPT and self.host_serves(packet, vmcs.instruction):
            return
        self._settle(packet)

    def host_served(self, packet: Packet, instruction: Instruction) -> None:
        if self.vmx:
            self._settle(packet)
        else:
            super().host_served(packet, instruction)

    def _settle(self, packet: Packet) -> None:
        """Do what the exit asks for, and enter the guest again."""
        vmcs, name = self.vmcs, self.vmcs.instruction.name
        answer = self.choose(vmcs.instruction)
        vmcs.result = str(self.get("signature")) if name == "CPUID" else answer.result
        vmcs.inject, vmcs.window = answer.inject, answer is HELD or (vmcs.window and name != IRQ)
        if name == "LOAD" and answer.inject is None:
            vmcs.instruction = replace(vmcs.instruction, missing=())
        self.tell(packet, answer.action, replace(vmcs.instruction, by=vmcs.guest), vmcs.result)
        if answer.advances:
            self.advance(vmcs.result)
        self.after(answer.lasts, self.resume, packet)

    def advance(self, result: str | None) -> None:
        """The guest will go on behind its instruction, which gave that."""
        vmcs, before = self.vmcs, self.vmcs.guest_rip
        vmcs.result = result
        vmcs.guest_rip += vmcs.length
        self.show("vmcs", vmcs.rows())
        self.event("vmcs.write", field="RIP", before=f"{before:#x}", after=f"{vmcs.guest_rip:#x}",
                   length=vmcs.length)  # fmt: skip

    def wake(self, kernel: Layer, operand: Operand) -> None:
        """It is interrupted at the next entry into its guest."""
        if not self.vmx:
            super().wake(kernel, operand)
            return
        self.playing.signals.append(operand)
        self.after(WORK, self.resume, self.packet((), "VMRESUME"))

    def set_aside(self, left: Exit) -> None:
        if self.vmx:
            self.advance(None)

    def go_behind(self, left: Exit, result: str | None, signal: Signal | None) -> None:
        if not self.vmx:
            super().go_behind(left, result, signal)
            return
        self.playing.signals += [signal] if signal is not None else []
        self.advance(result)
        self.after(WORK, self.resume, left[0])

    @property
    def running_guest(self) -> str:
        if not self.vmx:
            return super().running_guest
        return self.vmcs.guest if self.executor.machine_of.vmcs is self.vmcs else ""

    def lose_guest(self) -> None:
        if not self.vmx:
            super().lose_guest()
            return
        self.executor.machine_of.lose_guest()
        self._prepare()

    def resume(self, packet: Packet) -> None:
        self._enter("VMRESUME", packet)

    def _enter(self, name: str, packet: Packet | None) -> None:
        """Ask the processor for an entry."""
        token = self.packet((), name) if packet is None else packet
        self.pass_on(token, Instruction(name, self.ring, self.mode, self.base))


KIND = Kind(
    "vmm",
    "A hypervisor as a layer: with VMX it runs in root operation, keeps the VMCS and answers the exits of its guest.",
    role="hypervisor",
    icon="hypervisor",
    behaviour=Hypervisor,
    fields=(
        *fields(),
        *playing.fields(),
        Field("ept", "bool", "Nested page tables (EPT): the processor translates guest addresses in two stages. "
                             "Without, shadow page tables, and each CR3 load exits.", True),
        Field("hlt-exiting", "bool", "HLT of the guest exits.", True),
        Field("io-exiting", "bool", "IN and OUT of the guest exit.", True),
        Field("rdtsc-exiting", "bool", "RDTSC of the guest exits.", False),
        Field("signature", "text", "What CPUID leaf 0x40000000 tells the guest.", "KVMKVMKVM"),
    ),
    shows=(
        *SHOWS,
        Show("vmcs", "table", "show.vmcs", (
            Column("area", "vmcs.area", mono=False, longest="vmcs.control"),
            Column("field", "vmcs.field", longest="unconditional I/O exiting"),
            Column("value", "vmcs.value", longest="0xffffffff81000003"),
        ), face=False, longest="10"),
    ),
    verbs=(LAUNCH,),
    events=(
        *EVENTS,
        HYPERCALL,
        Event("vmcs.prepared", "The hypervisor wrote what makes the guest exit.", ("ept", "controls")),
        Event("vmcs.read", "The hypervisor reads why the guest left.",
              ("instruction", "reason", "why", "length", "rip", "from")),
        Event("vmcs.write", "The hypervisor moves the guest's instruction pointer on.",
              ("field", "before", "after", "length")),
    ),
    example="hypervisor: {kind: vmm, ept: $ept}",
)  # fmt: skip
