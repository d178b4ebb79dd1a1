"""What stands in a world: a thing that does not is not there, and no cable of it either.

Structure follows the settings like any field: what stands no more goes, with all that it did and all that was on its
cables; what comes to stand begins afresh. To the others it is as if it had never been cabled, or had always been.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from vizapp.scene import standing
from vizapp.scene.model import Port
from vizapp.sim.behaviour import Impossible
from vizapp.sim.cable import Cable
from vizapp.sim.carrier import tell
from vizapp.sim.frame import FAILED, STANDS

if TYPE_CHECKING:
    from vizapp.sim.world import World

GONE = "not-there"  # why what was on its cables is lost, and nothing can be done with it


def plugged(cables: Iterable[Cable]) -> dict[str, list[Cable]]:
    """These cables by the ports that they join."""
    found: dict[str, list[Cable]] = {}
    for cable in cables:
        for end in (cable.link.a, cable.link.b):
            found.setdefault(end, []).append(cable)
    return found


class Standing:
    """The things of one world that are absent at present: they are as good as failed, and cabled to nothing."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.varies = standing.varies(world.scene)
        self.absent = standing.absent(world.scene, world.settings)
        for name in self.varies:
            world.devices[name].failed = not self.has(name)
            world.devices[name].show(STANDS, self.has(name))
        self._plug()

    def has(self, name: str) -> bool:
        """Whether that thing is there."""
        return name not in self.absent

    def need(self, name: str) -> None:
        """Impossible when it is not."""
        if not self.has(name):
            raise Impossible(GONE, device=name)

    def joins(self, cable: Cable) -> bool:
        """Whether both things that a cable joins are there."""
        return all(self.has(self.world.ports[end].device) for end in (cable.link.a, cable.link.b))

    def follow(self) -> None:
        """A setting has another value."""
        before, self.absent = self.absent, standing.absent(self.world.scene, self.world.settings)
        gone = [name for name in self.varies if name in self.absent - before]
        come = [name for name in self.varies if name in before - self.absent]
        if gone or come:
            cause = self.world.agenda.cause
            left = self._neighbours(gone)
            for name in gone:
                self._leave(name)
            self._plug()
            self._enter(come)
            for port in dict.fromkeys([*left, *self._neighbours(come)]):
                tell(self.world, port)
            self.world.agenda.cause = cause

    def _plug(self) -> None:
        self.world.plugs = plugged(filter(self.joins, self.world.cables.values()))

    def _neighbours(self, names: Sequence[str]) -> list[Port]:
        """The ports of what is there at the other ends of their cables."""
        ports = [port.id for name in names for port in self.world.devices[name].thing.ports]
        far = [self.world.ports[cable.far_end(port)] for port in ports for cable in self.world.plugs.get(port, ())]
        return [port for port in far if self.has(port.device) and port.device not in names]

    def _leave(self, name: str) -> None:
        device = self.world.devices[name]
        for port in device.thing.ports:
            for cable in self.world.plugs.get(port.id, ()):
                self.world.clear(cable, GONE)
        if not device.failed:
            device.failed = True
            device.epoch += 1
            device.on_fail()
        device.show(STANDS, False)
        device.event("thing.leaves")

    def _enter(self, names: Sequence[str]) -> None:
        devices = [self.world.devices[name] for name in names]
        for device in devices:
            device.failed = False
            device.epoch += 1
            if (device.id, FAILED) in self.world.timeline.tracks:
                device.show(FAILED, False)
            device.show(STANDS, True)
            device.event("thing.enters")
        for device in devices:
            device.on_restore()
