"""What every layer of an architecture has in common: a privilege, a way to the processor, instructions to execute."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from vizapp.devices.vmcs import VMCS
from vizapp.protocols.instruction import GUEST_NAMES, Instruction
from vizapp.scene.model import Act, Port
from vizapp.scene.vocabulary import Event, Field, Show, Verb
from vizapp.sim.behaviour import Behaviour, Impossible
from vizapp.sim.packet import Packet

# Durations of the model, in true ns. They order what happens; no machine was measured.
EXECUTE = 20  # an instruction
SWITCH = 400  # an exit or an entry: state saved here, loaded there
WORK = 600  # what a kernel or a hypervisor does before it goes on
NAP = 1_000_000  # a halted virtual processor waits for an interrupt

NON_ROOT = "non-root"
ROOT = "root"


def privilege(mode: str, ring: int) -> dict[str, Any]:
    """`non-root, ring 3`, in the language shown; a processor without VMX has rings alone."""
    if mode == "none":
        return {"words": "layer.ring", "ring": ring}
    return {"words": "layer.privilege", "mode": mode, "ring": ring}


class Executor(Behaviour):
    """What executes instructions. vmcs: the current one, once a guest was launched."""

    wired = False
    vmcs: VMCS | None = None
    mode = ROOT

    def turn(self, layer: str | None, mode: str, ring: int) -> None:
        """From now on it executes that layer, at that privilege."""
        raise NotImplementedError


class Plug(NamedTuple):
    """Where a layer and its processor are cabled: own port, link, the device there."""

    port: Port
    link: str
    there: Behaviour


def plugs(device: Behaviour) -> Iterator[Plug]:
    """The cables of a device, in the order of its ports."""
    world = device.world
    for port in device.thing.ports:
        for cable in world.plugs.get(port.id, ()):
            other = cable.link.b if cable.link.a == port.id else cable.link.a
            yield Plug(port, cable.link.id, world.devices[world.ports[other].device])


class Layer(Behaviour):
    """Code that a processor executes at one privilege."""

    wired = False
    base = 0x1000  # where its code begins; an address of the model

    def start(self) -> None:
        self.rip = self.base
        self.show("privilege", privilege(self.mode, self.ring))
        self.runs(False)

    def configure(self, name: str, value: Any) -> None:
        self.show("privilege", privilege(self.mode, self.ring))

    @property
    def mode(self) -> str:
        return str(self.get("mode"))

    @property
    def ring(self) -> int:
        return int(self.get("ring"))

    @property
    def plug(self) -> Plug:
        """The cable to the processor."""
        for plug in plugs(self):
            if isinstance(plug.there, Executor):
                return plug
        raise Impossible("no-processor", device=self.id)

    @property
    def executor(self) -> Executor:
        """The processor that executes this layer."""
        there = self.plug.there
        assert isinstance(there, Executor)
        return there

    def runs(self, now: bool) -> None:
        """Whether this layer's code is what the processor executes now."""
        self.show("runs", {"words": "layer.runs"} if now else None)

    def do_execute(self, act: Act, options: Mapping[str, Any]) -> None:
        """`execute LAYER NAME`: one instruction, from where this layer's code stands."""
        name = str(act.args[1]).upper() if len(act.args) > 1 else ""
        if name not in GUEST_NAMES:
            raise Impossible("unknown-instruction", instruction=name)
        executor = self.executor
        if self.mode == NON_ROOT and executor.vmcs is None:
            raise Impossible("guest-not-running", device=self.id)
        if executor.mode == self.mode and not executor.failed:
            executor.turn(self.id, self.mode, self.ring)
        self.issue(name)

    def issue(self, name: str) -> None:
        """Hand an instruction of this layer's to the processor."""
        plug = self.plug
        instruction = Instruction(name, self.ring, self.mode, self.rip)
        self.send(plug.port, self.packet((instruction,), title(name), plug.there.id), plug.link)


def title(name: str) -> str:
    """The name as one reads it: `MOV CR3`."""
    return name.replace("-", " ")


def instruction_of(packet: Packet) -> Instruction:
    """The instruction that a packet of this room carries."""
    layer = packet.layers[0]
    if not isinstance(layer, Instruction):
        raise TypeError(f"not an instruction: {layer.protocol}")
    return layer


def fields(mode: str, ring: int) -> tuple[Field, ...]:
    """The privilege that a layer of a kind has unless a scene says otherwise."""
    return (
        Field("mode", "choice", "VMX mode in which it runs; none on a processor that does not use VMX.", mode,
              choices=(ROOT, NON_ROOT, "none")),
        Field("ring", "int", "Ring in which it runs, 0 to 3.", ring, minimum=0, maximum=3),
    )  # fmt: skip


PRIVILEGE = Show("privilege", "text", "show.privilege", longest="layer.longest")
RUNS = Show("runs", "badge", "show.runs", longest="layer.runs")

EXECUTE_VERB = Verb(
    "execute", ("thing", "value"),
    f"A layer executes one instruction: {', '.join(GUEST_NAMES)}. Its path follows from the processor, the ring and "
    "the hypervisor's choices. LOAD reads a page that the guest has not used yet.",
    example="execute kernel CPUID @ 6s",
    values=GUEST_NAMES,
)  # fmt: skip

CONTINUES = Event("layer.continues", "A layer goes on after its instruction.", ("instruction", "rip", "result"))
