"""The way of requests from one device to another: over the cables between them, as compact rows of the crowd."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from vizapp.scene.model import Link

if TYPE_CHECKING:
    from vizapp.sim.world import World

LONGEST = (1 << 32) - 1  # ns that a row of the crowd can hold

Arrival = Callable[[Any], None]


class Way:
    """The shortest way over cables from `start` to `end`, through devices that pass frames on (`passes`).

    A request is one row of `timeline.crowd` for each cable. What is on a cable when it is cut is lost, and so is what
    reaches a failed device on the way; nobody is told: those who wait find out by their own clocks.
    """

    __slots__ = ("end", "hops", "world")

    def __init__(self, world: World, start: str, end: str) -> None:
        self.world = world
        self.end = end
        crowd = world.timeline.crowd
        path = _path(world, start, end)
        self.hops = [(world.cables[link.id], crowd.route_of(a, b), b.partition(".")[0]) for link, a, b in path]

    def carry(self, request: int, arrive: Arrival, arg: Any) -> None:
        """Send `request` off; `arrive((row, arg))` is called when it is there. `row` is that of the last hop."""
        if self.hops:
            self._depart((0, request, arrive, arg))

    def why(self) -> int:
        """The id of the act that cut a cable of this way; 0 when all are whole."""
        return next((cable.why for cable, _, _ in self.hops if cable.cut), 0)

    def _depart(self, entry: tuple[int, int, Arrival, Any]) -> None:
        cable, route, _ = self.hops[entry[0]]
        world = self.world
        now, lasts, crowd = world.agenda.now, cable.link.delay, world.timeline.crowd
        row = crowd.add(route, now, min(lasts, LONGEST), entry[1])
        if cable.cut:
            crowd.end(row, now, "link-cut")
        else:
            cable.rows.add(row)
            world.agenda.at(now + lasts, self._arrive, (row, entry))

    def _arrive(self, arrival: tuple[int, tuple[int, int, Arrival, Any]]) -> None:
        row, (index, request, arrive, arg) = arrival
        cable, _, there = self.hops[index]
        if row not in cable.rows:
            return  # lost with its cable
        cable.rows.discard(row)
        if there == self.end:
            arrive((row, arg))
        elif self.world.devices[there].failed:
            self.world.timeline.crowd.end(row, self.world.agenda.now, "device-failed")
        else:
            self._depart((index + 1, request, arrive, arg))


def _path(world: World, start: str, end: str) -> list[tuple[Link, str, str]]:
    """The links of the shortest way, each with its ports in the direction of travel; empty when there is none."""
    came: dict[str, tuple[Link, str, str]] = {}
    edge, seen = [start], {start}
    while edge and end not in seen:
        coming = []
        for here in edge:
            for link, a, b in _cables(world, here):
                there = b.partition(".")[0]
                if there not in seen and (there == end or world.devices[there].passes):
                    seen.add(there)
                    came[there] = (link, a, b)
                    coming.append(there)
        edge = coming
    path: list[tuple[Link, str, str]] = []
    while end in came:
        path.append(came[end])
        end = came[end][1].partition(".")[0]
    return path[::-1]


def _cables(world: World, device: str) -> list[tuple[Link, str, str]]:
    found: list[tuple[Link, str, str]] = []
    for cable in world.cables.values():
        link = cable.link
        for a, b in ((link.a, link.b), (link.b, link.a)):
            if a.partition(".")[0] == device:
                found.append((link, a, b))
    return found
