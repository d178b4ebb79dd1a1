"""What is near a device: how many cables lie between it and others, and on which machine it runs."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vizapp.sim.world import World


def nearest(world: World, start: str, among: Collection[str]) -> str | None:
    """The one of `among` that the fewest cables lead to from `start`; those that none leads to come last."""
    if not among:
        return None
    reached = row = {start: None}  # in order, so that it is the same every time
    while row:
        found = next((device for device in row if device in among), None)
        if found is not None:
            return found
        row = {there: None for device in row for there in _neighbours(world, device) if there not in reached}
        reached = reached | row
    return next(iter(among))


def _neighbours(world: World, device: str) -> list[str]:
    ends = [(link.a.partition(".")[0], link.b.partition(".")[0]) for link in world.scene.links]
    return [b if a == device else a for a, b in ends if device in (a, b)]


def host_of(world: World, device: str) -> str | None:
    """The machine on which it runs: the nearest box around it with ports, or the machine in that box that is the box's
    own system (its `system`)."""
    name = world.scene.things[device].parent
    while name is not None:
        thing = world.scene.things[name]
        own = thing.fields.get("system")
        if own in world.devices:
            return str(own)
        if thing.ports and hasattr(world.devices.get(name), "stack"):
            return name
        name = thing.parent
    return None
