"""A processor: executes the instructions of its layers in their rings, or hands control to a hypervisor when one must
leave the guest (VMX).

Intel SDM volume 3C, chapters 24 to 28.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from vizapp.devices.context import NOBODY
from vizapp.devices.io.bus import Bus
from vizapp.devices.layer import (
    EXECUTE,
    NON_ROOT,
    NONE,
    ROOT,
    SWITCH,
    Layer,
    privilege,
)
from vizapp.devices.monitor import Monitor
from vizapp.devices.paging import NESTED, SHADOW, Paging
from vizapp.devices.rings import COMMON, EVENTS, Rings, Token
from vizapp.devices.vmcs import VMCS
from vizapp.devices.vmm import Hypervisor
from vizapp.protocols.instruction import GUEST_TABLES, HOST_TABLES, INTERRUPT_WINDOW, IRQ, SHADOW_TABLES, Instruction
from vizapp.protocols.isa import X86
from vizapp.scene.model import Act, Port
from vizapp.scene.vocabulary import Event, Field, Kind, Show, Verb
from vizapp.sim.behaviour import DELIVERED, Impossible, Verdict
from vizapp.sim.packet import Packet
from vizapp.sim.timeline import Flight


class Processor(Rings):
    """One logical processor: in root or non-root operation when a hypervisor uses VMX, in one ring, executing one layer
    at a time. out: whether the guest has left, and has not been entered again."""

    def start(self) -> None:
        self.begin()
        self.bus = Bus(self)
        self.vmcs = None
        self.out = False
        self.waiting: list[Token] = []
        self.exits = self.entries = self.trapped = self.switched = 0
        self.context = NOBODY
        self.turn(None, ROOT if any(layer.vmx for layer in self.machine()) else NONE, 0)

    def turn(self, layer: str | None, mode: str, ring: int) -> None:
        super().turn(layer, mode, ring)
        if layer is not None:
            self._switch(self.layer(layer))
        self.show("mode", mode)
        self.show("ring", ring)
        self.show("now", privilege(mode, ring))
        self._count()

    def _switch(self, layer: Layer) -> None:
        """It passes to another process or guest, or goes on with the same."""
        before, self.context = self.context, self.context.after(layer)
        if before.switches(self.context):
            cause = self.world.agenda.cause
            self.switched += 1
            self.event("context.switched", **{"from": before.name(self.context), "to": self.context.name(before)})
            self.world.agenda.cause = cause  # what follows has the cause that it would have without

    def _count(self) -> None:
        self.show("exits", self.exits)
        self.show("entries", self.entries)
        self.show("traps", self.trapped)
        self.show("switches", self.switched)

    @property
    def isa(self) -> str:
        return str(self.get("isa"))

    def ready(self, layer: Layer) -> None:
        kernel, owner = layer.kernel, self._owner()
        launched = owner is not None and (kernel is None or kernel.id in owner.guests)
        lost = layer.monitor is not None and layer.monitor.lost
        if lost or (layer.mode == NON_ROOT and not launched):
            raise Impossible("guest-not-running", device=layer.id)

    def do_interrupt(self, act: Act, options: Mapping[str, Any]) -> None:
        """`interrupt PROCESSOR`: its timer."""
        if not self.machine():
            raise Impossible("no-layer", device=self.id)
        self.interrupt()

    def on_carrier(self, port: Port) -> None:
        """Devices or layers came or went; without the hypervisor that launched it there is no guest any more."""
        if self.bus.changed(port):
            return
        layers = self.machine()
        if self.vmcs is None or all(layer.id != self.vmcs.owner for layer in layers):
            self.start()
        for layer in layers:
            layer.privileged()
            if isinstance(layer, Monitor):
                layer.playing.changed()

    # an instruction comes

    def receive(self, port: Port, packet: Packet, flight: Flight) -> Verdict:
        if self.bus.answered(port, packet):
            return DELIVERED
        return super().receive(port, packet, flight)

    def lose_guest(self) -> None:
        """The guest is gone: what it wanted to execute goes with it."""
        self.vmcs, self.out, self.waiting = None, False, []

    def access(self, packet: Packet, instruction: Instruction) -> None:
        self.bus.access(packet, instruction)

    def fetch(self, token: Token) -> None:
        name, mode = token.instruction.name, token.instruction.mode
        if name in ("VMLAUNCH", "VMRESUME") and mode != NON_ROOT:
            self.after(SWITCH, self._enter, token)
        elif self._must_wait(token):
            self._wait(token)
        else:
            super().fetch(token)

    def _must_wait(self, token: Token) -> bool:
        """The guest is out: what it wants to execute comes after the next entry, and so does an interrupt of the timer.
        That of a device comes to whoever drives it."""
        instruction = token.instruction
        timer = instruction.name == IRQ and instruction.operand is None
        return (self.out and (instruction.mode == NON_ROOT or timer)) or self._held_back(instruction)

    def _held_back(self, instruction: Instruction) -> bool:
        """Its guest is out while another one runs."""
        kernel, owner = self.layer(instruction.by).kernel, self._owner()
        return instruction.mode == NON_ROOT and owner is not None and kernel is not None and owner.holds_back(kernel.id)

    def _owner(self) -> Hypervisor | None:
        """The hypervisor whose guest this is."""
        owner = self.world.devices[self.vmcs.owner] if self.vmcs is not None else None
        return owner if isinstance(owner, Hypervisor) else None

    def _wait(self, token: Token) -> None:
        self.waiting.append(token)
        self.event("cpu.waits", **token.details())

    def decide_on(self, token: Token) -> None:
        if self._must_wait(token):  # another one made the guest leave meanwhile
            self._wait(token)
        else:
            self._let_run(token.instruction)
            super().decide_on(token)

    def _let_run(self, instruction: Instruction) -> None:
        """The guest whose layer executes is the one that its hypervisor's scheduler has let run."""
        kernel, owner = self.layer(instruction.by).kernel, self._owner()
        if instruction.mode == NON_ROOT and owner is not None and kernel is not None:
            owner.schedule(kernel.id)
            self.vmcs = owner.vmcs

    def controls(self, instruction: Instruction) -> VMCS | None:
        return self.vmcs if instruction.mode == NON_ROOT else None

    def paging(self) -> Paging:
        hypervisor = next((layer for layer in self.machine() if layer.vmx), None)
        if hypervisor is None:
            return super().paging()
        return NESTED if hypervisor.get("ept") else SHADOW

    def lacking(self, instruction: Instruction) -> tuple[str, ...]:
        vmcs = self.controls(instruction)
        if vmcs is None:
            return super().lacking(instruction)
        return instruction.lacks((GUEST_TABLES, HOST_TABLES) if vmcs.ept else (GUEST_TABLES, SHADOW_TABLES))

    def hand(self, packet: Packet, layer: Layer, instruction: Instruction, name: str) -> None:
        super().hand(packet, layer, instruction, name)
        if self.vmcs is not None and self.vmcs.window and layer.mode == NON_ROOT and layer.interruptible:
            self.after(EXECUTE, self._open, self.irq(self.packet((), IRQ, self.id)))

    def _open(self, token: Token) -> None:
        """The guest can take interrupts again, and its hypervisor wants to know (SDM 25.2, interrupt window)."""
        if self.vmcs is not None and self.vmcs.window and not self.out and self.controls(token.instruction):
            self.leave(token, INTERRUPT_WINDOW)

    def enter(self, token: Token, vector: str, saved: int) -> None:
        self.trapped += self.traps(token.instruction, vector)
        super().enter(token, vector, saved)

    # it leaves the guest, and comes back

    def leave(self, token: Token, reason: int) -> None:
        """SDM 27: guest state and the reason go to the VMCS, host state comes from it; nothing was executed."""
        assert self.vmcs is not None
        self.exits += 1
        self.out = True
        self.vmcs.save(token.instruction, reason, token.packet.origin)
        self.event("vm.exit", **token.details(), reason=reason, why={"words": f"exit-reason.{reason}"})
        self.turn(None, ROOT, 0)
        self.after(SWITCH, self._to_hypervisor, (token.packet, replace(token.instruction, reason=reason)))

    def _to_hypervisor(self, entry: tuple[Packet, Instruction]) -> None:
        packet, instruction = entry
        hypervisor = self.world.devices[self.vmcs.owner] if self.vmcs is not None else None
        if isinstance(hypervisor, Layer):  # unless the guest is gone meanwhile
            self.hand(packet, hypervisor, instruction, "VM exit")

    def _enter(self, token: Token) -> None:
        """VMLAUNCH or VMRESUME (SDM 26): guest state comes from the VMCS of the hypervisor that asks for it."""
        by, owner = token.instruction.name, token.instruction.by
        hypervisor = self.world.devices[owner]
        if not isinstance(hypervisor, Hypervisor) or (by == "VMLAUNCH" and self.vmcs is hypervisor.vmcs):
            self.event("vm.entry-failed", by=by, **{"from": owner})
            return
        vmcs = self.vmcs = hypervisor.vmcs
        vector, vmcs.inject = vmcs.inject, None
        guest = replace(vmcs.instruction, rip=vmcs.guest_rip, result=vmcs.result)
        to = self.layer(vmcs.guest)
        to = to.kernel or to if vector else to
        self.entries += 1
        self.out = False
        if by == "VMLAUNCH":  # a guest that begins: what one before it wanted is gone with that
            self.waiting = []
        self.event("vm.entry", by=by, mode=to.mode, ring=to.ring, privilege=privilege(to.mode, to.ring), vector=vector,
                   rip=f"{guest.rip:#x}", **{"from": owner, "to": to.id})  # fmt: skip
        self.turn(to.id, to.mode, to.ring)
        packet = replace(token.packet, layers=(guest,), name=guest.said, origin=vmcs.guest)
        if vector:  # SDM 26.5: an event is injected, as if it came to the guest now
            asked = guest.asked or guest.name
            entered = replace(guest, vector=vector, asked=asked, saved=guest.rip, rip=to.entry(vector))
            self.hand(packet, to, entered, vector)
        elif guest.rip == vmcs.instruction.rip and guest.form.opcode and guest.name != "VMLAUNCH":
            self.decide_on(Token(packet, guest))  # the same instruction again: RIP did not move
        else:
            self.hand(packet, to, guest, packet.name)
        self.bus.inject(to.kernel or to, hypervisor.playing.taken())
        waiting, self.waiting = self.waiting, []
        for each in waiting:
            self.after(EXECUTE, self._go_on, each)

    def _go_on(self, token: Token) -> None:
        """What had to wait; an interrupt comes to whatever runs now."""
        self.decide_on(self.irq(token.packet) if token.instruction.name == IRQ else token)


KIND = Kind(
    "processor",
    "A processor: executes the instructions of the layers cabled to it, each in its ring. With a `vmm` cabled to it "
    "it uses VMX (Intel VT-x): some make the guest exit to the hypervisor.",
    role="hardware",
    icon="processor",
    behaviour=Processor,
    fields=(Field("isa", "text", "Its type: only code for that type can be executed.", X86),),
    shows=(
        Show("now", "text", "show.now", longest="layer.longest", doing=True),
        Show("exits", "text", "show.exits", longest="88"),
        Show("entries", "text", "show.entries", longest="88"),
        Show("traps", "text", "show.traps", longest="88", face=False),
        Show("switches", "text", "show.switches", longest="88", face=False),
        Show("mode", "text", "show.mode", face=False),
        Show("ring", "text", "show.ring", face=False),
    ),
    verbs=(Verb("interrupt", ("thing",), "The timer of a processor interrupts whatever runs.",
                example="interrupt cpu @ 5s"),),
    events=(
        *EVENTS,
        Event("context.switched", "The processor passes from one process or guest to another.", ("from", "to")),
        Event("bus.silent", "No device answers an access: it reads as all ones.", ("register", "from")),
        Event("bus.ignored", "A device interrupts, and nobody drives it.", ("from",)),
        Event("vm.exit", "Control passes from the guest to the hypervisor.",
              (*COMMON, "reason", "why")),
        Event("vm.entry", "Control passes from the hypervisor to the guest. vector: the event injected, if any.",
              ("by", "mode", "ring", "privilege", "vector", "rip", "from", "to")),
        Event("vm.entry-failed", "VMLAUNCH of a guest that runs already.", ("by", "from")),
    ),
    example="cpu: {kind: processor}",
)  # fmt: skip
