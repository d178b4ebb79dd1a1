"""A kernel as a layer: serves system calls, page faults and interrupts, and executes privileged instructions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from vizapp.devices import hypercalls
from vizapp.devices.containers import userland
from vizapp.devices.containers.userland import Userland
from vizapp.devices.io.drivers import EVENTS, QUEUES, Drivers
from vizapp.devices.io.drivers import fields as driver_fields
from vizapp.devices.io.split import BACKEND, HARDWARE_DOMAIN, Backend
from vizapp.devices.layer import (
    CONTINUES,
    EXECUTE_VERB,
    NON_ROOT,
    NONE,
    PRIVILEGE,
    RUNS,
    TOUCH_VERB,
    WORK,
    Layer,
    fields,
    privilege,
)
from vizapp.protocols.instruction import (
    CALL,
    FORCED,
    FORMS,
    GUEST_TABLES,
    HOST_TABLES,
    IRQ,
    PAGE,
    PREFIX,
    PROTECTION,
    UNDEFINED,
    Instruction,
)
from vizapp.protocols.isa import title
from vizapp.protocols.operand import ALL_ONES, Notice, Operand, Request, Signal
from vizapp.scene.model import Act, Thing
from vizapp.scene.vocabulary import Event, Field, Kind, Show
from vizapp.sim.behaviour import Impossible
from vizapp.sim.packet import Packet
from vizapp.sim.world import World

ENTRIES = (CALL, PAGE, PROTECTION, IRQ, UNDEFINED)
WRITE = "MOV-PTE"  # what it would do to its page tables if it need not ask
AFTER = 0x40  # from there to the instruction that returns; of the model


class Kernel(Layer):
    """Code in ring 0, unless the architecture moves it elsewhere."""

    base = 0xFFFFFFFF81000000
    serves = True

    def __init__(self, world: World, thing: Thing) -> None:
        super().__init__(world, thing)
        self.userland = Userland(self)

    def start(self) -> None:
        super().start()
        self.calls = 0
        self.drivers = Drivers(self, self.answer)
        self.mapping: dict[int, Instruction] = {}  # page faults for which its hypervisor checks its tables, by packet
        self.backend = Backend(self, self.drivers)
        self.show("syscalls", 0)
        self.flags(True, True)
        self.userland.boot()

    def on_fail(self) -> None:
        self.userland.crash()

    @property
    def hosted(self) -> bool:
        return self.thing.role in ("host", "hypervisor")

    @property
    def on_behalf(self) -> bool:
        """The host's serves whoever runs, guests too; that of a guest is one."""
        return self.hosted

    @property
    def kernel(self) -> Layer:
        return self

    @property
    def monitor(self) -> Layer | None:
        if self.hosted or self.mode != NONE:
            return None
        return next((layer for layer in self.around() if layer.deprivileges), None)

    @property
    def settled_ring(self) -> int:
        """Ring 0, unless a hypervisor without VMX has taken it."""
        monitor = self.monitor
        return monitor.guest_ring if monitor is not None else 0

    def entry(self, vector: str) -> int:
        return self.base + 0xE00000 + 0x100 * ENTRIES.index(vector)

    def flags(self, believes: bool, holds: bool) -> None:
        super().flags(believes, holds)
        tone = {} if believes == holds else {"tone": "bad"}
        self.show("interrupts", {"words": "kernel.flag", "flag": int(holds), **tone})

    def do_execute(self, act: Act, options: Mapping[str, Any]) -> None:
        if len(act.args) > 1 and str(act.args[1]).upper() == CALL:
            raise Impossible("kernel-needs-no-syscall", device=self.id)
        super().do_execute(act, options)

    # where it was modified

    @property
    def asks(self) -> str:
        """How it makes hypercalls, where it was modified and a hypervisor is there to answer; else nothing: it runs as
        on a machine of its own. Of its instructions VMX sees VMCALL alone."""
        written, monitor = self.get("hypercall"), self.monitor
        if not self.get("modified"):
            return ""
        if monitor is not None:
            return str(written or monitor.hypercall)
        return "vmcall" if written == "vmcall" and self.mode == NON_ROOT else ""

    def issue(self, name: str, missing: tuple[str, ...] = (), operand: Operand | None = None) -> None:
        """A modified kernel asks its hypervisor for what it may not do."""
        call = hypercalls.CALLS.get(name) if self.asks else None
        if name == "VMCALL" and operand is not None and self.monitor is not None:
            self.notify(operand)
        elif self.asks and self.monitor is not None and name in hypercalls.MASK:
            self.mask(name)
        elif call == FORCED and self.monitor is not None:
            self.ask(self.packet((), title(name)), call, Instruction(name, 0, "", self.place(name, len(PREFIX))))
        elif call is not None and call != FORCED:
            self.ask(self.packet((), title(name)), call, Instruction(name, 0, "", self.place(name)))
        else:
            super().issue(name, missing, operand)

    def notify(self, operand: Operand) -> None:
        """Tell another guest something, by a hypercall; a kernel that was not modified knows none."""
        notice = Instruction("STORE", 0, "", self.place("STORE"), operand=operand)
        if self.asks:
            self.ask(self.packet((), hypercalls.EVENT), hypercalls.EVENT, notice)
        else:
            self.after(WORK, self._unheard, notice)

    def _unheard(self, notice: Instruction) -> None:
        self.drivers.returns(replace(notice, result=ALL_ONES))

    def mask(self, name: str) -> None:
        """It writes the event mask, in memory that it shares with its hypervisor; what waits is asked for then."""
        wanted = self.wants(FORMS[name].flag)
        self.flags(wanted, wanted)
        self.event("kernel.masks", instruction=name, flag=int(wanted))
        if wanted and self.monitor is not None and self.monitor.holds(self.id):
            self.ask(self.packet((), title(name)), hypercalls.PENDING, Instruction(name, 0, "", self.place(name)))

    def ask(self, packet: Packet, call: str, instead: Instruction) -> None:
        """Make a hypercall in the place of an instruction."""
        name = instead.name if call == FORCED else hypercalls.INSTRUCTIONS[self.asks]
        called = replace(instead, name=name, ring=self.ring, mode=self.mode, call=call,
                         asked=instead.asked or instead.name)  # fmt: skip
        self.pass_on(packet, called, packet.name if call == FORCED else call)

    # what comes to it

    def take(self, packet: Packet, instruction: Instruction) -> None:
        if "VMLAUNCH" in (instruction.name, instruction.asked):
            self.starts()
        elif instruction.vector is None and packet.id in self.mapping:
            entered = self.mapping.pop(packet.id)
            self.give_back((packet, self.map(entered)))
        elif instruction.vector is None:
            if not self.drivers.returns(instruction):
                self.goes_on(instruction)
        else:
            self.serve(packet, instruction, instruction.vector)

    def starts(self) -> None:
        """Its first instruction."""
        self.drivers.reset()
        self.event("kernel.starts", mode=self.mode, ring=self.ring, privilege=privilege(self.mode, self.ring),
                   rip=f"{self.rip:#x}")  # fmt: skip

    def serve(self, packet: Packet, instruction: Instruction, vector: str) -> None:
        """It is entered, for a call, an exception or an interrupt."""
        origin = {"from": packet.origin}
        if vector in (PROTECTION, UNDEFINED):
            self.event("kernel.refuses", instruction=instruction.asked, **origin)
            instruction = replace(instruction, result=vector)
        elif vector == PAGE:
            self.event("kernel.page-fault", **origin)
            if self.asks and self.monitor is not None:  # with VMX its page tables are its own
                self.after(WORK, self.ask_map, (packet, instruction))
                return
            instruction = self.map(instruction)
        elif isinstance(instruction.operand, Signal):
            self.drivers.signalled(instruction.operand)
            return
        elif isinstance(instruction.operand, Notice):
            self.backend.asked(instruction.operand)
            return
        elif vector == IRQ:
            self.event("kernel.interrupt", **origin)
        else:
            self.calls += 1
            self.show("syscalls", self.calls)
            self.event("kernel.syscall", mode=self.mode, ring=self.ring, privilege=privilege(self.mode, self.ring),
                       **origin)  # fmt: skip
        self.after(WORK, self.finish, (packet, instruction))

    def finish(self, entry: tuple[Packet, Instruction]) -> None:
        """It has done what it was entered for; where the caller is no more, nothing goes back."""
        packet, entered = entry
        if entered.vector == CALL and isinstance(entered.operand, Request):
            self.drivers.serve(entry)
        else:
            answered = self.userland.serve(packet.origin, entered)
            if answered is not None:
                self.give_back((packet, answered))

    def answer(self, packet: Packet, instruction: Instruction) -> None:
        """What its drivers were asked for is there."""
        self.give_back((packet, instruction))

    def ask_map(self, entry: tuple[Packet, Instruction]) -> None:
        """Its hypervisor checks the new entry of its tables before it counts."""
        packet, entered = entry
        self.mapping[packet.id] = entered
        self.ask(packet, hypercalls.MAP, replace(entered, name=WRITE, asked=WRITE, vector=None, rip=self.entry(PAGE)))

    def map(self, instruction: Instruction) -> Instruction:
        """The access whose page it has just put into its tables; where it is no guest's, there are no others."""
        return instruction.without(GUEST_TABLES if GUEST_TABLES in instruction.missing else HOST_TABLES)

    def give_back(self, entry: tuple[Packet, Instruction]) -> None:
        """Back to the layer that was interrupted."""
        packet, entered = entry
        name = "SYSRET" if entered.vector == CALL and not (self.asks and self.ring) else "IRET"
        asks = bool(self.asks) and self.ring == 3  # ring 1 may IRET to ring 3 itself
        self.event("kernel.returns", by=hypercalls.RETURN if asks else name, to=packet.origin)
        back = replace(entered, name=name, vector=None, ring=self.ring, mode=self.mode,
                       rip=self.entry(entered.vector or CALL) + AFTER)  # fmt: skip
        if asks:
            self.ask(packet, hypercalls.RETURN, back)
        else:
            self.pass_on(packet, back)


KIND = Kind(
    "kernel",
    "The kernel of an operating system as a layer: a guest's, or with `role: host` (or `hypervisor`, where it is one) "
    "that of the host. Under a `vmm` a guest's runs unmodified, in ring 0, non-root.",
    role="guest",
    icon="kernel",
    behaviour=Kernel,
    fields=(
        *fields(),
        Field("modified", "bool", "It was modified for its hypervisor, which it asks by hypercalls.", False),
        Field("hypercall", "choice", "The instruction that makes its hypercalls; without, the one that its hypervisor "
              "expects.", choices=tuple(hypercalls.INSTRUCTIONS)),
        *driver_fields("native", "native", "split"),
        HARDWARE_DOMAIN,
        *userland.FIELDS,
    ),
    shows=(
        PRIVILEGE, RUNS,
        Show("syscalls", "text", "show.syscalls", longest="88"),
        Show("interrupts", "text", "show.interrupts", longest="kernel.flag", face=False),
        *QUEUES,
        *userland.SHOWS,
    ),
    verbs=(EXECUTE_VERB, TOUCH_VERB),
    events=(
        Event("kernel.starts", "The kernel's first instruction.", ("mode", "ring", "privilege", "rip")),
        Event("kernel.syscall", "The kernel serves a system call.", ("mode", "ring", "privilege", "from")),
        Event("kernel.page-fault", "The kernel maps the page that was missing.", ("from",)),
        Event("kernel.interrupt", "The kernel serves an interrupt: of the timer, or of a device.", ("from", "error")),
        Event("kernel.refuses", "An application tried what its ring forbids; the kernel deals with it.",
              ("instruction", "from")),
        Event("kernel.masks", "A modified kernel writes the event mask, in memory shared with its hypervisor.",
              ("instruction", "flag")),
        Event("kernel.returns", "The kernel goes back to the layer that was interrupted.", ("by", "to")),
        CONTINUES,
        *EVENTS,
        BACKEND,
        *userland.EVENTS,
    ),
    example="kernel: {kind: kernel}",
)  # fmt: skip
