"""A hypervisor that holds ring 0 without VMX: the kernels of its guests run in an outer ring, and what enters ring 0
enters the hypervisor, which emulates it or hands it to the guest's kernel.

Robin & Irvine (2000), section 2; Adams & Agesen (2006), sections 2 and 3: trap and emulate, true and hidden page
faults.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from vizapp.devices.halt import Halt
from vizapp.devices.io import playing
from vizapp.devices.io.device_model import Exit
from vizapp.devices.io.playing import Playing
from vizapp.devices.layer import PRIVILEGE, RUNS, WORK, Layer, fields, instruction_of
from vizapp.protocols.instruction import (
    CALL,
    FORCED,
    GUEST_TABLES,
    HOST_TABLES,
    IRQ,
    PAGE,
    RETURNS,
    SHADOW_TABLES,
    UNDEFINED,
    Instruction,
)
from vizapp.protocols.operand import Operand, Signal
from vizapp.scene.model import Act
from vizapp.scene.vocabulary import Event, Field, Show, Verb
from vizapp.sim.behaviour import Impossible
from vizapp.sim.packet import Packet

ACTIONS: Mapping[str, str] = {
    "CPUID": "action.cpuid",
    "INVD": "action.nothing",
    "MOV-CR3": "action.shadow",
    "HLT": "action.halt",
    "IN": "action.device",
    "OUT": "action.device",
    "RDTSC": "action.clock",
    "CLI": "action.virtual-flag",
    "STI": "action.virtual-flag",
    "POPF": "action.virtual-flag",
    "SYSRET": "action.return",
    "IRET": "action.return",
}
"""What a hypervisor without VMX does in the place of an instruction of a guest kernel's: words keys."""


class Monitor(Layer):
    """Code in ring 0 that guests trap into. held: the interrupts that wait, by kernel, until that sets its virtual
    interrupt flag."""

    base = 0xFFFFFFFFC0000000
    on_behalf = True
    tables: tuple[str, ...] = (GUEST_TABLES, HOST_TABLES, SHADOW_TABLES)
    emulates: Mapping[str, str] = ACTIONS

    def start(self) -> None:
        super().start()
        self.emulated = 0
        self.launched = self.lost = False
        self.held: dict[str, Packet] = {}
        self.left: dict[int, tuple[Packet, Instruction]] = {}  # what the host's kernel serves first, by packet
        self.halt: Halt[Exit] = Halt(self)
        self.playing = Playing(self)
        self.signals: dict[str, Signal] = {}  # of devices, that wait likewise
        self.show("emulated", 0)

    @property
    def hosted(self) -> bool:
        return True

    @property
    def deprivileges(self) -> bool:
        return True

    def holds(self, kernel: str) -> bool:
        return kernel in self.held or kernel in self.signals

    def do_launch(self, act: Act, options: Mapping[str, Any]) -> None:
        """`launch HYPERVISOR`: its guest's kernel begins."""
        kernel = next((layer for layer in self.around() if layer.monitor is self and layer.serves), None)
        if kernel is None:
            raise Impossible("no-guest", device=self.id)
        if self.launched:
            raise Impossible("already-launched", device=self.id)
        self.launched, self.lost = True, False
        first = Instruction("IRET", self.ring, self.mode, self.base, asked="VMLAUNCH", saved=kernel.base)
        self.enter(self.packet((), "IRET"), kernel, first)

    # what enters ring 0

    def take(self, packet: Packet, instruction: Instruction) -> None:
        left = self.left.pop(packet.id, None)
        if left is not None:
            self.host_served(*left)
            return
        layer = self.world.devices[instruction.by]
        if self.playing.takes(packet, instruction):
            return
        if layer is self or not isinstance(layer, Layer):
            if instruction.vector == IRQ:
                self.event("hypervisor.interrupt")
                self.rouse(packet)
            return
        self.after(WORK, self.answer, packet)

    def answer(self, packet: Packet) -> None:
        """By what it was entered for, and by whom."""
        instruction = instruction_of(packet)
        layer = self.world.devices[instruction.by]
        assert isinstance(layer, Layer)
        if instruction.vector == IRQ:
            if not self.host_serves(packet, instruction):
                self.deliver(packet, layer, instruction)
        elif instruction.vector == PAGE and self.playing.accessed(packet, instruction):
            pass  # a register of a device that the guest was not given
        elif instruction.vector == PAGE and GUEST_TABLES not in instruction.missing:
            self.tell(packet, "action.map" if HOST_TABLES in instruction.missing else "action.fill", instruction)
            self.give_back(packet, layer, replace(instruction, missing=()))
        elif layer.serves and instruction.vector not in (CALL, PAGE):
            self.emulate(packet, layer, instruction)
        else:
            self.forward(packet, layer, instruction)

    def tell(self, packet: Packet, action: str, instruction: Instruction, result: str | None = None) -> None:
        """It does something in the place of a guest's instruction."""
        self.emulated += 1
        self.show("emulated", self.emulated)
        if (instruction.asked or instruction.name) == "MOV-CR3":
            self.executor.machine_of.translate(packet, replace(instruction, name="MOV-CR3"))
        self.event("hypervisor.emulates", instruction=instruction.name, code=instruction.said, result=result,
                   action={"words": action, "signature": result}, **{"from": instruction.by})  # fmt: skip

    def emulate(self, packet: Packet, kernel: Layer, instruction: Instruction, lasts: int = WORK) -> None:
        """Do what a guest kernel may not do itself, and go on after it."""
        name = instruction.name
        unknown = instruction.vector == UNDEFINED and instruction.call != FORCED  # #UD: it means nothing to anybody
        if not unknown and self.playing.accessed(packet, instruction):
            return
        if unknown or name not in self.emulates:
            self.event("hypervisor.gives-up", instruction=name, **{"from": kernel.id})
            return
        result = str(self.get("signature")) if name == "CPUID" else instruction.result
        self.tell(packet, self.emulates[name], instruction, result)
        done = (packet, replace(instruction, result=result))
        if name == "HLT":
            self.halt.begin(done, self.done)
        else:
            self.after(lasts, self.done, done)

    def rouse(self, packet: Packet) -> None:
        """An interrupt came while no guest ran: one that has halted gets it, and goes on behind HLT."""
        if self.halt.left is None:
            return
        kernel = self.world.devices[self.halt.left[1].by]
        assert isinstance(kernel, Layer)
        self.held[kernel.id] = packet
        if kernel.interruptible:
            self.halt.end()
        else:
            self.event("interrupt.waits", **{"from": kernel.id})

    def done(self, entry: tuple[Packet, Instruction]) -> None:
        """What it emulated has its effect; control goes back."""
        packet, instruction = entry
        kernel = self.world.devices[instruction.by]
        assert isinstance(kernel, Layer)
        name, form = instruction.name, instruction.form
        if form.flag:
            wanted = kernel.wants(form.flag)
            kernel.flags(wanted, wanted)
        if name in RETURNS:
            self.return_from(packet, instruction)
        else:
            self.give_back(packet, kernel, replace(instruction, saved=(instruction.saved or 0) + len(instruction.code)))

    # input and output of its guests

    @property
    def domain(self) -> Layer | None:
        """The guest to which it gave the devices, where there is one."""
        kernels = (layer for layer in self.around() if layer.monitor is self and layer.serves)
        return next((kernel for kernel in kernels if kernel.get("hardware-domain")), None)

    @property
    def running_guest(self) -> str:
        """The guest that stops when its device model does."""
        return next((layer.id for layer in self.around() if layer.monitor is self and layer.serves), "")

    def schedule(self, kernel: str) -> None:
        """Whose guest goes on next: that of this kernel. Without VMX it need only enter that."""

    def wake(self, kernel: Layer, operand: Operand) -> None:
        """Enter a guest's kernel with an event for it."""
        irq = Instruction(IRQ, kernel.ring, kernel.mode, kernel.rip, by=kernel.id, vector=IRQ, operand=operand)
        self.enter(self.packet((), IRQ), kernel, irq)

    def set_aside(self, left: Exit) -> None:
        """That guest asked for something, and another goes on first."""

    def go_behind(self, left: Exit, result: str | None, signal: Signal | None) -> None:
        """A guest goes on behind its access or its hypercall, which gave that, and is interrupted then."""
        packet, instruction = left
        kernel = self.world.devices[packet.origin]
        assert isinstance(kernel, Layer)
        length = 0 if instruction.vector == CALL else len(instruction.code)
        saved = (instruction.saved or 0) + length
        self.give_back(packet, kernel, replace(instruction, asked=None, call=None, result=result, saved=saved))
        if signal is not None:
            self.after(WORK, self._interrupt, (kernel.id, signal))

    def _interrupt(self, entry: tuple[str, Signal]) -> None:
        to, signal = entry
        kernel = self.world.devices[to]
        assert isinstance(kernel, Layer)
        if kernel.interruptible:
            self.wake(kernel, signal)
        else:
            self.event("interrupt.waits", **{"from": kernel.id})
            self.signals[kernel.id] = signal

    def lose_guest(self) -> None:
        """The guest is gone; it may be launched again."""
        self.launched, self.lost = False, True

    def return_from(self, packet: Packet, instruction: Instruction) -> None:
        """A guest kernel's return, to the layer that it served."""
        to = self.world.devices[packet.origin]
        assert isinstance(to, Layer)
        self.give_back(packet, to, instruction)

    # control passes on

    def forward(self, packet: Packet, layer: Layer, instruction: Instruction) -> None:
        """It is for the guest's own kernel: enter that as a processor would."""
        kernel = layer.kernel
        if kernel is None:
            self.event("hypervisor.gives-up", instruction=instruction.asked, **{"from": layer.id})
            return
        self.event("hypervisor.forwards", vector=instruction.vector, to=kernel.id, **{"from": layer.id})
        self.enter(packet, kernel, instruction)

    def deliver(self, packet: Packet, layer: Layer, instruction: Instruction) -> None:
        """An interrupt came while that guest ran: a virtual one for its kernel, unless that has masked it."""
        kernel = layer.kernel
        halted = self.halt.left is not None and self.halt.left[1].by == layer.id
        if halted and instruction.operand is None:  # the timer's; a device wakes whoever drives it
            self.rouse(packet)
        elif kernel is layer and not kernel.interruptible:
            self.event("interrupt.waits", **{"from": kernel.id})
            self.held[kernel.id] = packet
            self.give_back(packet, layer, instruction)
        else:
            self.forward(packet, layer, instruction)

    def host_serves(self, packet: Packet, instruction: Instruction) -> bool:
        """An interrupt of the machine's: the host's kernel serves it first, if there is one. False: there is none, or
        the interrupt is that of a device which a guest was given."""
        if isinstance(instruction.operand, Signal):
            return False
        host = next((layer for layer in self.around() if layer.serves and layer.hosted and not layer.failed), None)
        if host is None:
            return False
        self.left[packet.id] = (packet, instruction)
        self.event("hypervisor.forwards", vector=IRQ, to=host.id, **{"from": packet.origin})
        given = replace(self._return(instruction), vector=IRQ, asked=IRQ, goes=host.id, reason=None)
        self.pass_on(replace(packet, origin=self.id), given)
        return True

    def host_served(self, packet: Packet, instruction: Instruction) -> None:
        """It has; the guest's turn."""
        layer = self.world.devices[instruction.by]
        assert isinstance(layer, Layer)
        self.deliver(packet, layer, instruction)

    def enter(self, packet: Packet, kernel: Layer, instruction: Instruction) -> None:
        """Pass control to a guest kernel, for that."""
        self.pass_on(packet, replace(self._return(instruction), goes=kernel.id))

    def give_back(self, packet: Packet, layer: Layer, instruction: Instruction) -> None:
        """Control goes back to a layer of the guest, after what was done for it, or an interrupt that waited comes."""
        waited = self.held.pop(layer.id, None) if layer.interruptible else None
        if layer.interruptible and layer.id in self.signals:
            self.after(WORK, self._interrupt, (layer.id, self.signals.pop(layer.id)))
        if waited is None:
            self.return_to(packet, layer, instruction)
        else:
            self.event("hypervisor.forwards", vector=IRQ, to=layer.id, **{"from": layer.id})
            self.enter(packet, layer, replace(instruction, vector=IRQ, asked=instruction.asked or instruction.name))

    def return_to(self, packet: Packet, layer: Layer, instruction: Instruction) -> None:
        """Pass control back to a layer of the guest."""
        self.pass_on(packet, replace(self._return(instruction), goes=layer.id, vector=None))

    def _return(self, instruction: Instruction) -> Instruction:
        """Its own instruction that leaves ring 0."""
        return replace(instruction, name="IRET", call=None, ring=self.ring, mode=self.mode, rip=self.base)


HYPERCALL = Event("hypervisor.hypercall", "The hypervisor serves a hypercall of a guest's kernel. call: its name; "
                  "instruction: what the kernel would have executed otherwise.",
                  ("call", "instruction", "from"))  # fmt: skip
LAUNCH = Verb("launch", ("thing",), "A hypervisor lets its guest begin; with VMX it enters it (VMLAUNCH).",
              example="launch hypervisor @ 500ms")  # fmt: skip


def monitor_fields(signature: str) -> tuple[Field, ...]:
    """The fields of every hypervisor without VMX."""
    signed = Field("signature", "text", "What CPUID leaf 0x40000000 tells a guest that asks it.", signature)
    return (*fields(), *playing.fields(), signed)


EVENTS = (
    Event("hypervisor.emulates", "The hypervisor does what the instruction asks, its own way.",
          ("instruction", "code", "action", "result", "from")),
    Event("hypervisor.forwards", "The hypervisor enters the guest's own kernel for what trapped, or its host's for "
          "an interrupt.",
          ("vector", "from", "to")),
    Event("hypervisor.gives-up", "The hypervisor has no way to emulate it: the guest stops there.",
          ("instruction", "from")),
    Event("hypervisor.interrupt", "The hypervisor serves an interrupt that came while no guest ran."),
    *playing.EVENTS,
)  # fmt: skip
SHOWS = (PRIVILEGE, RUNS, Show("emulated", "text", "show.emulated", longest="88"), *playing.SHOWS)
