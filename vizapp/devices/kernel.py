"""A kernel as a layer: serves the system calls of its applications and executes privileged instructions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from vizapp.devices.containers import userland
from vizapp.devices.containers.userland import Userland
from vizapp.devices.layer import (
    CONTINUES,
    EXECUTE_VERB,
    NON_ROOT,
    PRIVILEGE,
    RUNS,
    WORK,
    Layer,
    fields,
    instruction_of,
)
from vizapp.protocols.instruction import Instruction
from vizapp.scene.model import Act, Port, Thing
from vizapp.scene.vocabulary import Event, Kind, Show
from vizapp.sim.behaviour import DELIVERED, Impossible, Verdict, dropped
from vizapp.sim.packet import Packet
from vizapp.sim.timeline import Flight
from vizapp.sim.world import World


class Kernel(Layer):
    """Code in ring 0, unless the architecture moves it elsewhere."""

    base = 0xFFFFFFFF81000000

    def __init__(self, world: World, thing: Thing) -> None:
        super().__init__(world, thing)
        self.userland = Userland(self)

    def start(self) -> None:
        super().start()
        self.calls = 0
        self.show("syscalls", 0)
        self.userland.boot()

    def on_fail(self) -> None:
        self.userland.crash()

    def do_execute(self, act: Act, options: Mapping[str, Any]) -> None:
        if len(act.args) > 1 and str(act.args[1]).upper() == "SYSCALL":
            raise Impossible("kernel-needs-no-syscall", device=self.id)
        super().do_execute(act, options)

    def receive(self, port: Port, packet: Packet, flight: Flight) -> Verdict:
        if not packet.has("instruction"):
            return dropped("not-an-instruction")
        instruction = instruction_of(packet)
        if instruction.name == "VMLAUNCH":
            self.event("kernel.starts", mode=self.mode, ring=self.ring, rip=f"{self.rip:#x}")
        elif packet.origin == self.id:
            self.rip = instruction.rip
            self.event("layer.continues", instruction=instruction.name, rip=f"{self.rip:#x}",
                       result=instruction.result)  # fmt: skip
        elif instruction.result == "#GP":
            self.event("kernel.refuses", instruction=instruction.name, **{"from": packet.origin})
            self.after(WORK, self._return, (packet, "IRET"))
        else:
            self.calls += 1
            self.show("syscalls", self.calls)
            self.event("kernel.syscall", mode=self.mode, ring=self.ring, **{"from": packet.origin})
            self.after(WORK, self._serve, packet)
        return DELIVERED

    def _serve(self, packet: Packet) -> None:
        if self.userland.serve(packet):
            self._return((packet, "SYSRET"))

    def _return(self, entry: tuple[Packet, str]) -> None:
        """Back to the application, in ring 3."""
        packet, name = entry
        self.event("kernel.returns", by=name, to=packet.origin)
        instruction = Instruction(name, self.ring, self.mode, self.base, saved=instruction_of(packet).saved)
        plug = self.plug
        self.send(plug.port, replace(packet, layers=(instruction,), name=name, to=plug.there.id), plug.link)


KIND = Kind(
    "kernel",
    "The kernel of an operating system as a layer. In a guest with VMX it runs unmodified, in ring 0, non-root.",
    role="guest",
    icon="kernel",
    behaviour=Kernel,
    fields=(*fields(NON_ROOT, 0), *userland.FIELDS),
    shows=(
        PRIVILEGE, RUNS,
        Show("syscalls", "text", "show.syscalls", longest="88"),
        *userland.SHOWS,
    ),
    verbs=(EXECUTE_VERB,),
    events=(
        Event("kernel.starts", "The kernel's first instruction.", ("mode", "ring", "rip")),
        Event("kernel.syscall", "The kernel serves a system call.", ("mode", "ring", "from")),
        Event("kernel.refuses", "An application tried what its ring forbids; the kernel deals with it.",
              ("instruction", "from")),
        Event("kernel.returns", "The kernel goes back to the application.", ("by", "to")),
        CONTINUES,
        *userland.EVENTS,
    ),
    example="kernel: {kind: kernel, ports: {cpu: {}}}",
)  # fmt: skip
