"""A processor with VMX: executes instructions, or hands control to the hypervisor when one must leave the guest.

Intel SDM volume 3C, chapters 24 to 28. The decision is a table look-up in `protocols.instruction`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from vizapp.devices.layer import (
    EXECUTE,
    NON_ROOT,
    ROOT,
    SWITCH,
    Executor,
    Layer,
    instruction_of,
    plugs,
    privilege,
    title,
)
from vizapp.devices.vmm import Hypervisor
from vizapp.protocols.instruction import ALWAYS, EPT_VIOLATION, NEVER, PAGE_FAULT, Instruction
from vizapp.scene.model import Port
from vizapp.scene.vocabulary import Event, Kind, Show
from vizapp.sim.behaviour import DELIVERED, Verdict, dropped
from vizapp.sim.packet import Packet
from vizapp.sim.timeline import Flight


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of an instruction. because: words key of why; fault: the exception raised instead."""

    exits: int
    because: str
    control: str = ""
    reason: int | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Token:
    """An instruction at the processor. sender: the layer that it just came from."""

    packet: Packet
    instruction: Instruction
    sender: str

    def details(self) -> dict[str, Any]:
        instruction = self.instruction
        return {"instruction": instruction.name, "mode": instruction.mode, "ring": instruction.ring,
                "rip": f"{instruction.rip:#x}", "from": self.sender}  # fmt: skip


class Processor(Executor):
    """One logical processor: it is in root or non-root operation, in one ring, and executes one layer at a time."""

    def start(self) -> None:
        self.vmcs = None
        self.mode, self.ring = ROOT, 0
        self.waiting: list[Token] = []
        self.exits = self.entries = 0
        self.turn(None, ROOT, 0)

    def layers(self) -> list[Layer]:
        """The layers cabled to this processor, in the order of their cables."""
        return [plug.there for plug in plugs(self) if isinstance(plug.there, Layer)]

    def turn(self, layer: str | None, mode: str, ring: int) -> None:
        self.mode, self.ring = mode, ring
        for each in self.layers():
            if not each.failed:
                each.runs(each.id == layer)
        self.show("mode", mode)
        self.show("ring", ring)
        self.show("now", privilege(mode, ring))
        self._count()

    def _count(self) -> None:
        self.show("exits", self.exits)
        self.show("entries", self.entries)

    def on_carrier(self, port: Port) -> None:
        """Without the hypervisor that launched it there is no guest any more."""
        if self.vmcs is not None and all(layer.id != self.vmcs.owner for layer in self.layers()):
            self.start()

    # an instruction comes

    def receive(self, port: Port, packet: Packet, flight: Flight) -> Verdict:
        if not packet.has("instruction"):
            return dropped("not-an-instruction")
        instruction = instruction_of(packet)
        token = Token(packet, instruction, self.world.ports[flight.src].device)
        if instruction.name in ("VMLAUNCH", "VMRESUME"):
            self.after(SWITCH, self._enter, token)
        elif instruction.mode == NON_ROOT and self.mode == ROOT:
            self._wait(token)
        else:
            self.after(EXECUTE, self._decide, token)
        return DELIVERED

    def _wait(self, token: Token) -> None:
        """The guest is out: what it wants to execute comes after the next entry."""
        self.waiting.append(token)
        self.event("cpu.waits", **token.details())

    def decision(self, instruction: Instruction) -> Decision:
        """What this processor does with an instruction, as things stand (SDM 25.1)."""
        form, vmcs = instruction.form, self.vmcs
        if form.privileged and instruction.ring != 0:
            return Decision(0, "because.fault", fault="#GP")  # 25.1.1: goes before any exit
        if instruction.mode != NON_ROOT or vmcs is None:
            return Decision(0, "because.root")
        if form.exits == ALWAYS:
            return Decision(1, "because.always", reason=form.reason)
        if form.touches and instruction.result is None:
            if vmcs.ept:
                return Decision(1, "because.ept", reason=EPT_VIOLATION)
            return Decision(1, "because.page-fault", reason=PAGE_FAULT)
        if form.exits == NEVER:
            return Decision(0, "because.never")
        if form.exits in vmcs.controls:
            return Decision(1, "because.watched", form.exits, form.reason)
        return Decision(0, "because.unwatched", form.exits)

    def _decide(self, token: Token) -> None:
        instruction = token.instruction
        if instruction.mode == NON_ROOT and self.mode == ROOT:  # another one made the guest leave meanwhile
            self._wait(token)
            return
        decision = self.decision(instruction)
        self.turn(None, instruction.mode, instruction.ring)
        because = {"words": decision.because, "control": decision.control}
        self.event("cpu.decides", **token.details(), exits=decision.exits, because=because)
        if decision.fault:
            self._fault(token, decision.fault)
        elif decision.reason is not None:
            self._exit(token, decision.reason)
        else:
            self._execute(token)

    # it executes

    def _execute(self, token: Token) -> None:
        packet, instruction = token.packet, token.instruction
        self.event("cpu.executes", **token.details())
        after = instruction.rip + instruction.form.length
        if instruction.name == "SYSCALL":
            self._to_kernel(token, replace(instruction, saved=after), packet.name)
        elif instruction.name in ("SYSRET", "IRET"):
            self._back(packet, replace(instruction, rip=instruction.saved or 0, saved=None))
        else:
            self._back(packet, replace(instruction, rip=after))

    def _fault(self, token: Token, vector: str) -> None:
        instruction = token.instruction
        self.event("cpu.fault", **token.details(), vector=vector)
        self._to_kernel(token, replace(instruction, saved=instruction.rip, result=vector), vector)

    def _to_kernel(self, token: Token, instruction: Instruction, name: str) -> None:
        """Ring 0 of the same mode takes over: a system call, or an exception."""
        kernel = next((k for k in self.layers() if k.mode == instruction.mode and k.ring == 0), None)
        if kernel is None:
            self.event("cpu.stuck", **token.details())
        else:
            self._hand(token.packet, kernel, replace(instruction, ring=0, rip=kernel.base), name)

    def _back(self, packet: Packet, instruction: Instruction) -> None:
        """To the layer that asked for it."""
        home = self.world.devices[packet.origin]
        if isinstance(home, Layer):
            self._hand(packet, home, replace(instruction, ring=home.ring), packet.name)

    def _hand(self, packet: Packet, layer: Layer, instruction: Instruction, name: str) -> None:
        """Give control to a layer, at its privilege: the packet goes there."""
        plug = next(plug for plug in plugs(self) if plug.there is layer)
        self.turn(layer.id, layer.mode, layer.ring)
        self.send(plug.port, replace(packet, layers=(instruction,), name=name, to=layer.id), plug.link)

    # it leaves the guest, and comes back

    def _exit(self, token: Token, reason: int) -> None:
        """SDM 27: guest state and the reason go to the VMCS, host state comes from it; nothing was executed."""
        assert self.vmcs is not None
        self.exits += 1
        self.vmcs.save(token.instruction, reason, token.packet.origin)
        self.event("vm.exit", **token.details(), reason=reason, why={"words": f"exit-reason.{reason}"})
        self.turn(None, ROOT, 0)
        self.after(SWITCH, self._to_hypervisor, (token.packet, replace(token.instruction, reason=reason)))

    def _to_hypervisor(self, entry: tuple[Packet, Instruction]) -> None:
        packet, instruction = entry
        assert self.vmcs is not None
        hypervisor = self.world.devices[self.vmcs.owner]
        if isinstance(hypervisor, Layer):
            self._hand(packet, hypervisor, instruction, "VM exit")

    def _enter(self, token: Token) -> None:
        """VMLAUNCH or VMRESUME (SDM 26): guest state comes from the VMCS of the hypervisor that asks for it."""
        by, owner = token.instruction.name, token.sender
        hypervisor = self.world.devices[owner]
        if not isinstance(hypervisor, Hypervisor) or (by == "VMLAUNCH" and self.vmcs is hypervisor.vmcs):
            self.event("vm.entry-failed", by=by, **{"from": owner})
            return
        vmcs = self.vmcs = hypervisor.vmcs
        guest = replace(vmcs.instruction, rip=vmcs.guest_rip, result=vmcs.result)
        self.entries += 1
        self.event("vm.entry", by=by, mode=guest.mode, ring=guest.ring, rip=f"{guest.rip:#x}",
                   **{"from": owner, "to": vmcs.guest})  # fmt: skip
        self.turn(vmcs.guest, guest.mode, guest.ring)
        packet = replace(token.packet, layers=(guest,), name=title(guest.name), origin=vmcs.guest)
        if guest.rip == vmcs.instruction.rip and guest.name != "VMLAUNCH":
            self._decide(Token(packet, guest, vmcs.guest))  # the same instruction again: RIP did not move
        else:
            self._back(packet, guest)
        waiting, self.waiting = self.waiting, []
        for each in waiting:
            self.after(EXECUTE, self._decide, each)


COMMON = ("instruction", "mode", "ring", "rip", "from")

KIND = Kind(
    "processor",
    "A processor with VMX (Intel VT-x): executes the instructions of the layers cabled to it, or exits to the "
    "hypervisor.",
    role="hardware",
    icon="processor",
    behaviour=Processor,
    shows=(
        Show("now", "text", "show.now", longest="layer.longest"),
        Show("exits", "text", "show.exits", longest="88"),
        Show("entries", "text", "show.entries", longest="88"),
        Show("mode", "text", "show.mode", face=False),
        Show("ring", "text", "show.ring", face=False),
    ),
    events=(
        Event("cpu.decides", "An instruction reached the processor. exits: 1 when it must leave the guest.",
              (*COMMON, "exits", "because")),
        Event("cpu.executes", "The processor executes it alone.", COMMON),
        Event("cpu.fault", "The ring forbids it: an exception goes to the kernel of the same mode.",
              (*COMMON, "vector")),
        Event("cpu.waits", "The guest is out: its instruction waits for the next entry.", COMMON),
        Event("cpu.stuck", "No kernel in ring 0 is there to take over.", COMMON),
        Event("vm.exit", "Control passes from the guest to the hypervisor.", (*COMMON, "reason", "why")),
        Event("vm.entry", "Control passes from the hypervisor to the guest.",
              ("by", "mode", "ring", "rip", "from", "to")),
        Event("vm.entry-failed", "VMLAUNCH of a guest that runs already.", ("by", "from")),
    ),
    example="cpu: {kind: processor, ports: {kernel: {}, hypervisor: {}}}",
)  # fmt: skip
