"""Whether a port has a link, and who is told when that may have changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vizapp.scene.model import Port
from vizapp.sim.cable import Cable

if TYPE_CHECKING:
    from vizapp.sim.world import World


def carrier(world: World, port: str) -> bool:
    """Whether a whole cable leads from that port to a device that is on."""
    return any(not cable.cut and _is_on(world, cable.far_end(port)) for cable in world.plugs.get(port, ()))


def _is_on(world: World, port: str) -> bool:
    device = world.devices[world.ports[port].device]
    return not device.failed and bool(getattr(device, "powered", True))


def tell_neighbours(world: World, device: str) -> None:
    """The device went off or on: those at the other ends of its cables notice."""
    for port in world.devices[device].thing.ports:
        for cable in world.plugs.get(port.id, ()):
            tell(world, world.ports[cable.far_end(port.id)])


def tell_ends(world: World, cable: Cable) -> None:
    """The cable was cut or mended."""
    for port in (cable.link.a, cable.link.b):
        tell(world, world.ports[port])


def tell(world: World, port: Port) -> None:
    """The device of that port notices that the link there may have come or gone. What follows is not the cause of what
    comes after it."""
    cause = world.agenda.cause
    world.devices[port.device].on_carrier(port)
    world.agenda.cause = cause
