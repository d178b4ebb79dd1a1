"""What executes layers, and how the devices of a stack are cabled."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple, cast

from vizapp.devices.paging import OWN, Paging
from vizapp.devices.vmcs import VMCS
from vizapp.protocols.instruction import Instruction
from vizapp.protocols.isa import X86
from vizapp.scene.model import Port
from vizapp.sim.behaviour import Behaviour
from vizapp.sim.packet import Packet

if TYPE_CHECKING:
    from vizapp.devices.layer import Layer

NON_ROOT = "non-root"
ROOT = "root"
NONE = "none"  # a processor that does not use VMX: rings alone
VIRTUAL = "virtual"  # the rings of an emulated processor
MODES = (ROOT, NON_ROOT, NONE, VIRTUAL)


class Plug(NamedTuple):
    """Where a device is cabled: own port, link, the device there. first: own end is the one written first."""

    port: Port
    link: str
    there: Behaviour
    first: bool


def plugs(device: Behaviour) -> Iterator[Plug]:
    """The cables of a device, in the order of its ports."""
    world = device.world
    for port in device.thing.ports:
        for cable in world.plugs.get(port.id, ()):
            first = cable.link.a == port.id
            yield Plug(port, cable.link.id, world.devices[world.ports[cable.far_end(port.id)].device], first)


class Executor(Behaviour):
    """What executes the layers that are cabled to it. vmcs: the current one, once a guest was launched.

    operation: the mode that it is in. virtual: whether its rings are those of an emulated processor.
    """

    wired = False
    virtual = False
    vmcs: VMCS | None = None
    operation = NONE

    def executes(self, layer: Layer) -> bool:
        """Whether it wants to execute that layer, which may be cabled to another as well."""
        return True

    def layers(self) -> list[Layer]:
        """The layers that it executes, in the order of their cables."""
        return [cast("Layer", plug.there) for plug in plugs(self) if getattr(plug.there, "below", None) is self]

    def machine(self) -> list[Layer]:
        """Every layer that shares its rings."""
        found: list[Layer] = []
        for layer in self.layers():
            found.append(layer)
            if isinstance(layer, Executor) and layer.machine_of is self:
                found += layer.layers()
        return found

    @property
    def machine_of(self) -> Executor:
        """The executor whose rings it uses: itself, unless it hands its layers on."""
        return self

    def lose_guest(self) -> None:
        """The guest of its VMCS is gone."""

    @property
    def isa(self) -> str:
        """The type of processor that it is."""
        return X86

    def ready(self, layer: Layer) -> None:
        """Impossible where that layer can't run now."""

    def paging(self) -> Paging:
        """The page tables that are walked for its guest, or else for its own layers."""
        return OWN

    def translate(self, packet: Packet, instruction: Instruction) -> None:
        """An access to memory, or other page tables: what translates its addresses is told."""

    def turn(self, layer: str | None, mode: str, ring: int) -> None:
        """From now on it executes that layer, at that privilege."""
        raise NotImplementedError
