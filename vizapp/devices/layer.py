"""What every layer of an architecture has in common: a privilege, what executes it, instructions to execute.

A scene may write a layer's mode and ring. Where it does not, they are what the layers around it leave: non-root under a
hypervisor with VMX, virtual on an emulator, and rings alone otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from vizapp.devices.executor import MODES, Executor, Plug, plugs
from vizapp.devices.executor import NON_ROOT as NON_ROOT
from vizapp.devices.executor import NONE as NONE
from vizapp.devices.executor import ROOT as ROOT
from vizapp.devices.executor import VIRTUAL as VIRTUAL
from vizapp.protocols.instruction import FORMS, GUEST_NAMES, GUEST_TABLES, HOST_TABLES, SHADOW_TABLES, Instruction
from vizapp.protocols.isa import X86, title
from vizapp.protocols.operand import Call, Operand
from vizapp.scene.model import Act, Port
from vizapp.scene.vocabulary import Event, Field, Show, Verb
from vizapp.sim.behaviour import DELIVERED, Behaviour, Impossible, Verdict, dropped
from vizapp.sim.packet import Packet
from vizapp.sim.timeline import Flight

# Durations of the model, in true ns. They order what happens; no machine was measured.
EXECUTE = 20  # an instruction
SWITCH = 400  # an exit or an entry: state saved here, loaded there
WORK = 600  # what a kernel or a hypervisor does before it goes on
NAP = 1_000_000  # a halted virtual processor waits for an interrupt


def privilege(mode: str, ring: int) -> dict[str, Any]:
    """`non-root, ring 3`, in the language shown; a processor without VMX has rings alone."""
    if mode in (NONE, VIRTUAL):
        return {"words": "layer.ring" if mode == NONE else "layer.virtual-ring", "mode": mode, "ring": ring}
    return {"words": "layer.privilege", "mode": mode, "ring": ring}


class Layer(Behaviour):
    """Code that a processor executes at one privilege."""

    wired = False
    base = 0x1000  # where its code begins; an address of the model
    usual_ring = 0  # where nothing else is written
    serves = False  # whether it is a kernel
    lost = False  # of a hypervisor without VMX: whether its guest is gone, until it is launched again
    tables: tuple[str, ...] = ()  # of a hypervisor without VMX: the page tables that its guests are under

    def start(self) -> None:
        self.rip = self.end = self.base
        self.code: dict[str, int] = {}  # where its instructions stand: executed again, one is at the same address
        self.interruptible = self.believes = True  # its interrupt flag as it is, and as its own code left it
        self.privileged()
        self.runs(False)

    def configure(self, name: str, value: Any) -> None:
        for layer in self.around():
            layer.privileged()

    def privileged(self) -> None:
        """Say its privilege as it stands."""
        self.show("privilege", privilege(self.mode, self.ring))

    # where it stands

    @property
    def below(self) -> Executor | None:
        """What executes it, if a cable leads there."""
        plug = self._plug()
        return plug.there if plug is not None and isinstance(plug.there, Executor) else None

    @property
    def plug(self) -> Plug:
        """The cable to what executes it."""
        plug = self._plug()
        if plug is None:
            raise Impossible("no-processor", device=self.id)
        return plug

    def _plug(self) -> Plug | None:
        """A layer that executes others itself is executed by what its own cables name second. Whoever translates its
        code comes before the processor that is cabled to it too."""
        found = [plug for plug in plugs(self) if isinstance(plug.there, Executor)
                 and (plug.first or not (isinstance(self, Executor) and isinstance(plug.there, Layer)))]  # fmt: skip
        found.sort(key=lambda plug: not isinstance(plug.there, Layer))
        return next((plug for plug in found if isinstance(plug.there, Executor) and plug.there.executes(self)),
                    found[0] if found else None)  # fmt: skip

    @property
    def executor(self) -> Executor:
        """What executes this layer."""
        there = self.plug.there
        assert isinstance(there, Executor)
        return there

    def around(self) -> list[Layer]:
        """Every layer that shares its rings, itself among them."""
        below = self.below
        return below.machine_of.machine() if below is not None else [self]

    @property
    def mode(self) -> str:
        """As written; else as the layers around it leave it."""
        written = self.get("mode")
        if written is not None:
            return str(written)
        below = self.below
        if below is not None and below.machine_of.virtual:
            return VIRTUAL
        if not any(layer.vmx for layer in self.around()):
            return NONE
        return ROOT if self.hosted else NON_ROOT

    @property
    def ring(self) -> int:
        """As written; else where the layers around it leave it."""
        written = self.get("ring")
        return self.settled_ring if written is None else int(written)

    @property
    def settled_ring(self) -> int:
        """Its ring where a scene writes none."""
        return self.usual_ring

    @property
    def on_behalf(self) -> bool:
        """Whether it always works for whoever runs, and is no process or guest of its own."""
        return False

    @property
    def vmx(self) -> bool:
        """Whether it is a hypervisor that runs guests with VMX."""
        return False

    @property
    def hosted(self) -> bool:
        """Whether it belongs to the host, and not to a guest."""
        kernel = self.kernel
        return kernel is not None and kernel.hosted

    @property
    def kernel(self) -> Layer | None:
        """The kernel that serves it: the one that it names, or the first one around."""
        return None

    @property
    def monitor(self) -> Layer | None:
        """The hypervisor that holds ring 0 under it without VMX."""
        return None

    # of a hypervisor without VMX

    @property
    def deprivileges(self) -> bool:
        """Whether it has taken ring 0 from the kernels of its guests."""
        return False

    @property
    def guest_ring(self) -> int:
        """Where it has them run."""
        return 1

    @property
    def hypercall(self) -> str:
        """How they ask it, where it answers hypercalls."""
        return ""

    @property
    def lets_call(self) -> bool:
        """Whether system calls of its guests' applications go to their kernel without it."""
        return False

    def holds(self, kernel: str) -> bool:
        """Whether an interrupt for that kernel waits here."""
        return False

    def entry(self, vector: str) -> int:
        """Where its code is entered for that; addresses of the model."""
        return self.base

    @property
    def speaks(self) -> str:
        """The type of processor that its code is for."""
        written, below = self.get("isa"), self.below
        return str(written) if written is not None else below.machine_of.isa if below is not None else X86

    def runs(self, now: bool) -> None:
        """Whether this layer's code is what the processor executes now."""
        self.show("runs", {"words": "layer.runs"} if now else None)

    # what it executes

    def do_execute(self, act: Act, options: Mapping[str, Any]) -> None:
        """`execute LAYER NAME`: one instruction, from where this layer's code stands."""
        name = str(act.args[1]).upper() if len(act.args) > 1 else ""
        if name not in GUEST_NAMES:
            raise Impossible("unknown-instruction", instruction=name)
        self.execute(name, (HOST_TABLES, SHADOW_TABLES) if FORMS[name].touches else ())

    def do_touch(self, act: Act, options: Mapping[str, Any]) -> None:
        """`touch LAYER`: it reads a page that its own kernel has not mapped yet."""
        self.execute("LOAD", (GUEST_TABLES, SHADOW_TABLES))

    def execute(self, name: str, missing: tuple[str, ...] = (), operand: Operand | None = None) -> None:
        """Let what executes this layer execute an instruction of its code."""
        executor = self.executor
        executor.machine_of.ready(self)
        if executor.machine_of.operation == self.mode and not executor.failed:
            executor.turn(self.id, self.mode, self.ring)
        self.issue(name, missing, operand)

    def issue(self, name: str, missing: tuple[str, ...] = (), operand: Operand | None = None) -> None:
        """Hand an instruction of this layer's to what executes it."""
        instruction = Instruction(name, self.ring, self.mode, self.place(name), missing=missing, operand=operand,
                                  isa=self.speaks)  # fmt: skip
        packet = self.packet((), operand.name if isinstance(operand, Call) else instruction.said)
        self.pass_on(packet, instruction, packet.name)

    def place(self, name: str, more: int = 0) -> int:
        """The address of that instruction in its code. more: bytes that it takes besides its own."""
        if name not in self.code:
            self.code[name] = self.end
            self.end += len(Instruction(name, 0, "", 0, isa=self.speaks).code) + more
        return self.code[name]

    def pass_on(self, packet: Packet, instruction: Instruction, name: str = "") -> None:
        """Hand an instruction to what executes this layer, on behalf of that packet."""
        plug, asked = self.plug, replace(instruction, by=self.id, isa=self.speaks)
        named = replace(packet, layers=(asked,), name=name or asked.said, to=plug.there.id)
        self.send(plug.port, named, plug.link)

    # what comes to it

    def receive(self, port: Port, packet: Packet, flight: Flight) -> Verdict:
        if not packet.has("instruction"):
            return dropped("not-an-instruction")
        self.take(packet, instruction_of(packet))
        return DELIVERED

    def take(self, packet: Packet, instruction: Instruction) -> None:
        """It has control again, or is entered in ring 0."""
        self.goes_on(instruction)

    def goes_on(self, instruction: Instruction) -> None:
        """It continues after its own instruction."""
        self.rip = instruction.rip
        name = instruction.asked or instruction.name
        self.event("layer.continues", instruction=name, code=title(name, self.speaks), rip=f"{self.rip:#x}",
                   result=instruction.result)  # fmt: skip

    def wants(self, flag: str) -> bool:
        """What its code asks the interrupt flag to be (`clear`, `set` or `pop`); it pops the value that it is not."""
        return not self.believes if flag == "pop" else flag == "set"

    def flags(self, believes: bool, holds: bool) -> None:
        """Its code left the interrupt flag so; it really is the other."""
        self.believes, self.interruptible = believes, holds


def instruction_of(packet: Packet) -> Instruction:
    """The instruction that a packet of this room carries."""
    layer = packet.layers[0]
    if not isinstance(layer, Instruction):
        raise TypeError(f"not an instruction: {layer.protocol}")
    return layer


def fields(mode: str | None = None, ring: int | None = None) -> tuple[Field, ...]:
    """The privilege of a layer of a kind; None: as the layers around it leave it."""
    return (
        Field("mode", "choice", "VMX mode in which it runs; `none` on a processor that does not use VMX, `virtual` on "
              "an emulator. Without, as the layers around it leave it.", mode, choices=MODES),
        Field("ring", "int", "Ring in which it runs, 0 to 3. Without, as the layers around it leave it.", ring,
              minimum=0, maximum=3),
        Field("isa", "text", "Type of processor that its code is for; without, whatever executes it."),
    )  # fmt: skip


PRIVILEGE = Show("privilege", "text", "show.privilege", longest="layer.longest", doing=True)
RUNS = Show("runs", "badge", "show.runs", longest="layer.runs")

EXECUTE_VERB = Verb(
    "execute", ("thing", "value"),
    f"A layer executes one instruction: {', '.join(GUEST_NAMES)}. Its path follows from the processor, the ring and "
    "the hypervisor's choices. LOAD reads a page that the guest has not used yet; POPF asks for the other value of the "
    "interrupt flag.",
    example="execute kernel CPUID @ 6s",
    values=GUEST_NAMES,
)  # fmt: skip

TOUCH_VERB = Verb("touch", ("thing",), "A layer reads a page that its own kernel has not mapped yet: a page fault.",
                  example="touch app @ 7s")  # fmt: skip

CONTINUES = Event("layer.continues", "A layer goes on after its instruction.", ("instruction", "code", "rip", "result"))
