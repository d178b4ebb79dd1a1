"""A hypervisor that translates the code of its guest's kernel before it runs; the guest's applications run directly.

Adams & Agesen (2006), section 3: user code runs directly; of kernel code most instructions are copied as they are,
those that touch the interrupt flag act on a virtual one in place, and others call out into the VMM. Without translation
it is a plain trap-and-emulate VMM, and what fails silently outside ring 0 fails silently.
"""

from __future__ import annotations

from dataclasses import replace

from vizapp.devices import blocks
from vizapp.devices.blocks import Blocks
from vizapp.devices.executor import Executor, plugs
from vizapp.devices.layer import EXECUTE, WORK, Layer, instruction_of
from vizapp.devices.monitor import EVENTS, LAUNCH, SHOWS, Monitor, monitor_fields
from vizapp.protocols.instruction import Instruction
from vizapp.scene.model import Port
from vizapp.scene.vocabulary import Field, Kind
from vizapp.sim.behaviour import DELIVERED, Verdict, dropped
from vizapp.sim.packet import Packet
from vizapp.sim.timeline import Flight

COPIED, REPLACED, CALL_OUT = "how.copied", "how.replaced", "how.call-out"
TRANSLATE = 800  # true ns of the model: decoding a block and writing its translation


class TranslatingVMM(Monitor, Executor):
    """The code in ring 0, and the executor of the guest's kernel."""

    def start(self) -> None:
        super().start()
        self.blocks = Blocks(self)

    # as an executor: it hands on to the processor what it does not do itself

    @property
    def machine_of(self) -> Executor:
        below = self.below
        return below.machine_of if below is not None else self

    def executes(self, layer: Layer) -> bool:
        return layer.serves and bool(self.get("translate"))

    def turn(self, layer: str | None, mode: str, ring: int) -> None:
        if self.machine_of is not self:
            self.machine_of.turn(layer, mode, ring)

    def receive(self, port: Port, packet: Packet, flight: Flight) -> Verdict:
        source = self.world.devices[self.world.ports[flight.src].device]
        if not packet.has("instruction"):
            return super().receive(port, packet, flight)
        instruction = instruction_of(packet)
        if isinstance(source, Layer) and source in self.layers():
            if instruction.isa != self.machine_of.isa:  # most of it would be copied as it is
                self.event("cpu.refuses", instruction=instruction.said, isa=instruction.isa, type=self.machine_of.isa,
                           **{"from": source.id})  # fmt: skip
                return dropped("foreign-code")
            self.fetch(packet, instruction)
        elif packet.to == self.id:
            self.take(packet, instruction)
        else:
            return self._hand_on(packet)
        return DELIVERED

    def _hand_on(self, packet: Packet) -> Verdict:
        """What the processor did for a layer that this one executes."""
        plug = next((plug for plug in plugs(self) if plug.there.id == packet.to), None)
        if plug is None:
            return dropped("no-layer")
        self.send(plug.port, packet, plug.link)
        return DELIVERED

    # code of the guest's kernel

    def fetch(self, packet: Packet, instruction: Instruction) -> None:
        """Code of the kernel is about to run."""
        if not self.get("translate"):
            self.direct(packet, instruction)
            return
        new = self.blocks.run(instruction.by, instruction.rip, instruction, self.how(instruction))
        self.after(TRANSLATE if new else EXECUTE, self.run, packet)

    def how(self, instruction: Instruction) -> str:
        """What the translator makes of an instruction."""
        if instruction.form.flag:
            return REPLACED
        return CALL_OUT if instruction.name in self.emulates else COPIED

    def run(self, packet: Packet) -> None:
        """The translation runs."""
        instruction = instruction_of(packet)
        how = self.how(instruction)
        if how == COPIED:
            self.direct(packet, instruction)
            return
        kernel = self.world.devices[instruction.by]
        assert isinstance(kernel, Layer)
        asked = replace(instruction, saved=instruction.saved or instruction.rip)
        self.emulate(packet, kernel, asked, EXECUTE if how == REPLACED else WORK)

    def direct(self, packet: Packet, instruction: Instruction) -> None:
        """An ordinary instruction, as it is: the processor executes it in the kernel's ring."""
        plug = self.plug
        self.send(plug.port, replace(packet, to=plug.there.id), plug.link)

    # control passes to the kernel: into its translation, without the processor

    def enter(self, packet: Packet, kernel: Layer, instruction: Instruction) -> None:
        if kernel not in self.layers() or not self.get("translate"):
            super().enter(packet, kernel, instruction)
            return
        rip = kernel.entry(instruction.vector) if instruction.vector else kernel.base
        entered = replace(instruction, rip=rip, ring=kernel.ring, mode=kernel.mode)
        new = instruction.vector is not None and self.blocks.run(kernel.id, rip, instruction, COPIED)
        self.after(TRANSLATE if new else EXECUTE, self._go_in, (packet, kernel.id, entered))

    def return_to(self, packet: Packet, layer: Layer, instruction: Instruction) -> None:
        if layer not in self.layers() or not self.get("translate") or instruction.asked == "LOAD":
            super().return_to(packet, layer, instruction)
            return
        back = replace(instruction, rip=instruction.saved or 0, vector=None, ring=layer.ring, mode=layer.mode)
        self._go_in((packet, layer.id, back))

    def _go_in(self, entry: tuple[Packet, str, Instruction]) -> None:
        packet, to, instruction = entry
        layer = self.world.devices[to]
        assert isinstance(layer, Layer)
        self.turn(to, layer.mode, layer.ring)
        name = instruction.vector or packet.name
        self._hand_on(replace(packet, layers=(instruction,), name=name, to=to))


KIND = Kind(
    "translating-vmm",
    "A hypervisor in ring 0 that needs no VMX: it translates the code of its guest's kernel, which is cabled to it, "
    "before that runs (binary translation). Applications are cabled to the processor and run directly.",
    role="hypervisor",
    icon="hypervisor",
    behaviour=TranslatingVMM,
    fields=(
        *monitor_fields("VMwareVMware"),
        Field("translate", "bool", "Kernel code is translated. Without, the kernel runs directly in its ring: what the "
              "ring forbids traps and is emulated, what fails silently fails silently.", True),
    ),
    shows=(*SHOWS, *blocks.SHOWS),
    verbs=(LAUNCH,),
    events=(*EVENTS, *blocks.EVENTS),
    example="hypervisor: {kind: translating-vmm}",
)  # fmt: skip
