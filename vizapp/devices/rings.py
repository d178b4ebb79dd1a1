"""What every processor does, be it real or emulated: it executes instructions, and enters ring 0 where the ring forbids
one, a page is missing, an interrupt comes or a program calls.

Intel SDM volume 3A, chapters 5 (rings) and 6 (exceptions and interrupts); volume 2, SYSCALL, SYSRET, IRET, POPF, CLI.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from vizapp.devices.decision import Decision, decide
from vizapp.devices.executor import Executor, plugs
from vizapp.devices.halt import Halt
from vizapp.devices.layer import EXECUTE, Layer, instruction_of, privilege
from vizapp.devices.mmu import MMU
from vizapp.devices.paging import DIRECT, OWN, SHADOW, Paging
from vizapp.devices.vmcs import VMCS
from vizapp.protocols.instruction import (
    CALL,
    FORCED,
    GUEST_TABLES,
    HOST_TABLES,
    IRQ,
    RETURNS,
    SHADOW_TABLES,
    Instruction,
)
from vizapp.protocols.operand import Access, Run, Signal
from vizapp.scene.model import Port
from vizapp.scene.vocabulary import Event
from vizapp.sim.behaviour import DELIVERED, Verdict, dropped
from vizapp.sim.packet import Packet
from vizapp.sim.timeline import Flight

CALLS = ("SYSCALL", "INT-0x82")


@dataclass(frozen=True, slots=True)
class Token:
    """An instruction at the processor."""

    packet: Packet
    instruction: Instruction

    def details(self) -> dict[str, Any]:
        instruction = self.instruction
        return {"instruction": instruction.name, "operand": str(instruction.operand or ""),
                "mode": instruction.mode, "ring": instruction.ring,
                "privilege": privilege(instruction.mode, instruction.ring),
                "rip": f"{instruction.rip:#x}", "from": instruction.by}  # fmt: skip


class Rings(Executor):
    """A processor that executes one layer at a time, each in its ring. running: the layer whose turn it is."""

    def begin(self) -> None:
        """Nothing runs yet."""
        self.running = ""
        self.held: list[Token] = []  # interrupts that wait until the flag is set
        self.halt: Halt[Token] = Halt(self)

    def layer(self, name: str) -> Layer:
        """The layer of that id."""
        found = self.world.devices[name]
        assert isinstance(found, Layer)
        return found

    def turn(self, layer: str | None, mode: str, ring: int) -> None:
        self.operation = mode
        self.running = layer or self.running
        for each in self.machine():
            if not each.failed:
                each.runs(each.id == layer)

    # an instruction comes

    def receive(self, port: Port, packet: Packet, flight: Flight) -> Verdict:
        if not packet.has("instruction"):
            return dropped("not-an-instruction")
        token = Token(packet, instruction_of(packet))
        if self.refuses(token):
            return dropped("foreign-code")
        self.fetch(token)
        return DELIVERED

    def refuses(self, token: Token) -> bool:
        """Whether it is code for another type of processor."""
        isa = token.instruction.isa
        if isa != self.isa:
            self.event("cpu.refuses", **token.details(), isa=isa, type=self.isa)
        return isa != self.isa

    def fetch(self, token: Token) -> None:
        """It comes to be executed."""
        self.after(EXECUTE, self.decide_on, token)

    def decide_on(self, token: Token) -> None:
        """Do with an instruction what ring and controls say, as things stand."""
        instruction = token.instruction
        decision = decide(instruction, self.controls(instruction), self.lacking(instruction))
        self.running = instruction.by
        self.turn(None, instruction.mode, instruction.ring)
        self.tell(token, decision)
        if instruction.form.touches:
            self.translate(token.packet, replace(instruction, missing=self.lacking(instruction)))
        if decision.reason is not None:
            self.leave(token, decision.reason)
        elif decision.enters and decision.enters != CALL:
            self.enter(token, decision.enters, instruction.rip)
        else:
            self.run(token, decision)

    def controls(self, instruction: Instruction) -> VMCS | None:
        """What may make it leave the guest."""
        return None

    def leave(self, token: Token, reason: int) -> None:
        """It makes the guest exit."""
        raise NotImplementedError

    def lacking(self, instruction: Instruction) -> tuple[str, ...]:
        """The page tables that lack its page, of those that this processor walks."""
        layer = self.layer(instruction.by)
        if instruction.mapped and layer.monitor is not None:
            return () if layer.get("hardware-domain") else (HOST_TABLES,)
        return instruction.lacks(layer.monitor.tables if layer.monitor is not None else (GUEST_TABLES, HOST_TABLES))

    def tell(self, token: Token, decision: Decision) -> None:
        """What it decides, and whether a hypervisor gets control for it: by an exit, or without VMX by a trap."""
        because = {"words": decision.because, "control": decision.control, "ring": token.instruction.ring}
        traps = self.traps(token.instruction, decision.enters) if decision.enters else False
        self.event("cpu.decides", **token.details(), exits=int(decision.reason is not None), traps=int(traps),
                   because=because)  # fmt: skip

    def traps(self, instruction: Instruction, vector: str) -> bool:
        """Whether entering ring 0 for it brings a hypervisor in, unasked."""
        layer = self.layer(instruction.by)
        monitor, unasked = layer.monitor, instruction.call in (None, FORCED) or vector != CALL
        return monitor is not None and self.holder(layer, vector) is monitor and unasked

    # it executes

    def run(self, token: Token, decision: Decision) -> None:
        packet, instruction = token.packet, token.instruction
        self.executed(token, decision)
        after = instruction.rip + len(instruction.code)
        if instruction.name in CALLS:
            self.enter(token, CALL, after)
        elif isinstance(instruction.operand, Access) and instruction.name not in RETURNS:
            self.access(packet, replace(instruction, rip=after))
        elif instruction.name in RETURNS:
            self.give_back(packet, instruction)
        elif instruction.name == "HLT":
            self.halt.begin(Token(packet, replace(instruction, rip=after)), self._wakes)
        else:
            self.hand(packet, self.layer(instruction.by), replace(instruction, rip=after), packet.name)

    def _wakes(self, halted: Token) -> None:
        self.hand(halted.packet, self.layer(halted.instruction.by), halted.instruction, halted.packet.name)

    def access(self, packet: Packet, instruction: Instruction) -> None:
        """A register of a device is read or written."""
        raise NotImplementedError

    def executed(self, token: Token, decision: Decision) -> None:
        """It was executed: what it changes."""
        self.event("cpu.executes", **token.details())
        if decision.ignored:
            self.event("cpu.ignores", **token.details())
        self.changes(token, decision)

    def changes(self, token: Token, decision: Decision) -> None:
        """What it makes of the interrupt flag and of the page tables."""
        self.flag(token.instruction, not decision.ignored)
        if token.instruction.name == "MOV-CR3":
            self.translate(token.packet, token.instruction)

    def paging(self) -> Paging:
        monitor = next((layer for layer in self.machine() if layer.deprivileges), None)
        if monitor is None:
            return OWN
        return SHADOW if SHADOW_TABLES in monitor.tables else DIRECT

    def translate(self, packet: Packet, instruction: Instruction) -> None:
        for plug in plugs(self):
            if isinstance(plug.there, MMU):
                told = replace(packet, layers=(instruction,), to=plug.there.id)
                self.send(plug.port, told, plug.link)

    def flag(self, instruction: Instruction, obeyed: bool) -> None:
        """What it makes of the interrupt flag of its layer; an interrupt that waits for it may come now."""
        asks, layer = instruction.form.flag, self.layer(instruction.by)
        if asks:
            wanted = layer.wants(asks)
            layer.flags(wanted, wanted if obeyed else layer.interruptible)

    # it enters ring 0, and comes back

    def holder(self, layer: Layer, vector: str = "") -> Layer | None:
        """Who takes exceptions, interrupts and system calls while that layer runs: who holds ring 0 of its mode."""
        if vector == CALL and layer.monitor is not None and layer.monitor.lets_call and not layer.serves:
            return layer.kernel
        rings = [each for each in self.machine() if each.mode == layer.mode and each.ring == 0]
        for first in (layer.monitor, layer.kernel):
            if first in rings:
                return first
        return rings[0] if rings else None

    def called(self, instruction: Instruction, vector: str) -> Layer | None:
        """Who takes it: a module of the kernel, where the call names one; the driver in ring 0 that is interrupted."""
        operand, layer = instruction.operand, self.layer(instruction.by)
        if isinstance(operand, Run):
            return self.layer(operand.hypervisor)
        if isinstance(operand, Signal) and layer.hosted and layer.ring == 0:
            return layer
        return self.holder(layer, vector)

    def enter(self, token: Token, vector: str, saved: int) -> None:
        """Ring 0 of the same mode takes over: a system call, an interrupt, an exception."""
        instruction = token.instruction
        holder = self.called(instruction, vector)
        if self.traps(instruction, vector):
            what = vector if vector in (CALL, IRQ) else f"{instruction.said}, {vector}"
            self.event("cpu.traps", **token.details(), vector=vector, what=what, to=holder.id if holder else "")
        elif vector not in (CALL, IRQ):
            self.event("cpu.fault", **token.details(), vector=vector)
        if holder is None:
            self.event("cpu.stuck", **token.details())
            return
        back = saved if instruction.saved is None else instruction.saved  # one that returns goes there still
        entered = replace(instruction, vector=vector, asked=instruction.asked or instruction.name, saved=back,
                          rip=holder.entry(vector))  # fmt: skip
        self.hand(token.packet, holder, entered, token.packet.name if vector == CALL else vector)

    def give_back(self, packet: Packet, instruction: Instruction) -> None:
        """IRET, SYSRET: to the layer that was interrupted, whose access is tried again, or on to a guest's kernel."""
        to = self.layer(instruction.goes or packet.origin)
        passed = replace(instruction, goes=None, ring=to.ring, mode=to.mode)
        if passed.vector is not None:
            self.hand(packet, to, replace(passed, rip=to.entry(passed.vector)), passed.vector)
        elif passed.asked == "LOAD":
            again = replace(passed, name="LOAD", by=to.id, rip=passed.saved or 0, saved=None, asked=None)
            self.turn(to.id, to.mode, to.ring)
            self.fetch(Token(replace(packet, name="LOAD"), again))
        else:
            self.hand(packet, to, replace(passed, rip=passed.saved or 0, saved=None), packet.name)

    def hand(self, packet: Packet, layer: Layer, instruction: Instruction, name: str) -> None:
        """Give control to a layer, at its privilege: the packet goes there, by way of what executes it."""
        self.turn(layer.id, layer.mode, layer.ring)
        if layer.interruptible and self.held:
            held, self.held = self.held, []
            for each in held:
                self.fetch(each)
        way: Layer | None = layer
        while way is not None and way.below is not self:
            way = way.below if isinstance(way.below, Layer) else None
        plug = next((plug for plug in plugs(self) if plug.there is way), None)
        if plug is None:
            self.event("cpu.stuck", instruction=instruction.name, **{"from": instruction.by})
            return
        given = replace(instruction, mode=layer.mode, ring=layer.ring)
        self.send(plug.port, replace(packet, layers=(given,), name=name, to=layer.id), plug.link)

    # an interrupt

    def interrupt(self) -> None:
        """The timer interrupts whatever runs, unless that has cleared the interrupt flag of this processor."""
        token = self.irq(self.packet((), IRQ, self.id))
        layer, irq = self.layer(token.instruction.by), token.instruction
        if layer.interruptible or layer.monitor is not None or self.controls(irq) is not None:
            self.fetch(self._woken(token))
        else:
            self.held.append(token)
            self.event("interrupt.waits", **{"from": layer.id})

    def _woken(self, token: Token) -> Token:
        """The interrupt ends HLT: its layer goes on behind that."""
        halted, irq = self.halt.left, token.instruction
        if halted is None or halted.instruction.by != irq.by:
            return token
        self.halt.taken()
        return replace(token, instruction=replace(irq, asked=halted.instruction.name, rip=halted.instruction.rip))

    def irq(self, packet: Packet) -> Token:
        """An interrupt between two instructions of the layer that runs now."""
        layer = self.interrupted()
        irq = Instruction(IRQ, layer.ring, layer.mode, layer.rip, by=layer.id)
        return Token(replace(packet, layers=(irq,), origin=layer.id), irq)

    def interrupted(self) -> Layer:
        """The layer that runs, or would run as soon as there is something to do: the outermost one."""
        layers = self.machine()
        return next((layer for layer in layers if layer.id == self.running), None) or max(layers, key=_outermost)


def _outermost(layer: Layer) -> tuple[bool, int]:
    return layer.kernel is not None and not layer.hosted, layer.ring


COMMON = ("instruction", "operand", "mode", "ring", "privilege", "rip", "from")

EVENTS = (
    Event("cpu.decides", "An instruction reached the processor. exits: 1 when it must leave the guest; traps: 1 when a "
          "hypervisor without VMX gets control, unasked.", (*COMMON, "exits", "traps", "because")),
    Event("cpu.executes", "The processor executes it alone.", COMMON),
    Event("cpu.ignores", "It is executed, but the change of the interrupt flag is left out, without a word.", COMMON),
    Event("cpu.fault", "The ring forbids it, or a page is missing: an exception goes to the kernel of the same mode.",
          (*COMMON, "vector")),
    Event("cpu.traps", "Control passes to a hypervisor that holds ring 0 without VMX, unasked: an exception, an "
          "interrupt, or a system call of an application.", (*COMMON, "vector", "what", "to")),
    Event("cpu.refuses", "Code for another type of processor: it knows none of it. isa: that type; type: its own.",
          (*COMMON, "isa", "type")),
    Event("interrupt.waits", "An interrupt comes while the interrupt flag is clear: it waits.", ("from",)),
    Event("cpu.waits", "The guest is out: its instruction waits for the next entry.", COMMON),
    Event("cpu.stuck", "No kernel in ring 0 is there to take over.", COMMON),
)  # fmt: skip
