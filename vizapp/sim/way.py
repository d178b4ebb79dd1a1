"""The way of requests from one device to another: over the cables between them, as compact rows of the crowd."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from vizapp.scene.model import Link
from vizapp.sim.cable import Cable
from vizapp.sim.frame import CUT

if TYPE_CHECKING:
    from vizapp.sim.world import World

LONGEST = (1 << 32) - 1  # ns that a row of the crowd can hold
RTO = 208_000_000  # ns before a lost segment is sent again, then twice as long each time: TCP_RTO_MIN, in jiffies
MOST_RTO = 120_000_000_000  # TCP_RTO_MAX
MOST_TRIES = 15  # tcp_retries2

Arrival = Callable[[Any], None]
Entry = tuple[int, int, Arrival | None, Any, int]  # hop, request, who takes it (None: a copy), for what, sent before


class Way:
    """The shortest way over cables from `start` to `end`, through devices that pass frames on (`passes`).

    A request is one row of `timeline.crowd` for each cable. What is on a cable when it is cut is lost, and so is what
    reaches a failed device on the way; nobody is told: those who wait find out by their own clocks. What a cable loses
    at random, or a partition, the sender's TCP sends again; a copy that a cable makes, the receiver's TCP throws away.
    """

    __slots__ = ("end", "hops", "start", "world")

    def __init__(self, world: World, start: str, end: str) -> None:
        self.world = world
        self.start = start
        self.end = end
        crowd = world.timeline.crowd
        path = _path(world, start, end)
        self.hops = [(world.cables[link.id], crowd.route_of(a, b), b.partition(".")[0]) for link, a, b in path]

    def carry(self, request: int, arrive: Arrival, arg: Any) -> None:
        """Send `request` off; `arrive((row, arg))` is called when it is there. `row` is that of the last hop."""
        if self.hops:
            self._depart((0, request, arrive, arg, 0))

    def why(self) -> int:
        """The id of the act that cut a cable of this way, parted its ends, or makes a cable lose; 0: all is well."""
        cables = [cable for cable, _, _ in self.hops]
        cut = next((cable.why for cable in cables if cable.cut), 0)
        parted = cut or self.world.faults.parted(self.start, self.end)
        return parted or next((cable.why for cable in cables if cable.loss), 0)

    def cuts(self) -> list[int]:
        """When each of its cables was last cut or mended (true ns), of those that ever were."""
        tracks = self.world.timeline.tracks
        cut = [(cable.link.id, CUT) for cable, _, _ in self.hops]
        return [tracks[key].times[-1] for key in cut if key in tracks]

    def _depart(self, entry: Entry) -> None:
        cable, route, _ = self.hops[entry[0]]
        world = self.world
        now, lasts, crowd = world.agenda.now, cable.lasts, world.timeline.crowd
        row = crowd.add(route, now, min(lasts, LONGEST), entry[1])
        if cable.ails:
            self._risk(row, cable, entry)
        else:
            cable.rows.add(row)
            world.agenda.at(now + lasts, self._arrive, (row, entry))

    def _risk(self, row: int, cable: Cable, entry: Entry) -> None:
        """It sets off on a cable that is cut, or loses or doubles some of what crosses it."""
        agenda, faults = self.world.agenda, self.world.faults
        now, lasts = agenda.now, cable.lasts
        if cable.cut:
            self.world.timeline.crowd.end(row, now, "link-cut")
            return
        cable.rows.add(row)
        if faults.loses(cable):
            agenda.at(now + lasts // 2, self._lose, (row, entry))
        else:
            agenda.at(now + lasts, self._arrive, (row, entry))
        if entry[2] is not None and faults.doubles(cable):
            agenda.at(now + 1 + lasts // 3, self._depart, (entry[0], entry[1], None, None, 0))

    def _lose(self, going: tuple[int, Entry]) -> None:
        row, entry = going
        cable = self.hops[entry[0]][0]
        if row in cable.rows:
            cable.rows.discard(row)
            self._lost(row, entry, "lost")

    def _lost(self, row: int, entry: Entry, reason: str) -> None:
        """It is lost: TCP sends it again from the start, as long as its sender lives and somebody waits."""
        _, request, arrive, arg, tries = entry
        agenda = self.world.agenda
        self.world.timeline.crowd.end(row, agenda.now, reason)
        if arrive is not None and tries < MOST_TRIES:
            wait = min(RTO << tries, MOST_RTO)
            agenda.at(agenda.now + wait, self._again, (0, request, arrive, arg, tries + 1))

    def _again(self, entry: Entry) -> None:
        if not self.world.devices[self.start].failed and not getattr(entry[3], "over", False):
            self._depart(entry)

    def _arrive(self, arrival: tuple[int, Entry]) -> None:
        row, entry = arrival
        index, _, arrive, arg, _ = entry
        cable, _, there = self.hops[index]
        if row not in cable.rows:
            return  # lost with its cable
        cable.rows.discard(row)
        faults, crowd = self.world.faults, self.world.timeline.crowd
        if faults.apart and faults.parted(self.start, there):
            self._lost(row, entry, "partition")
        elif there != self.end and self.world.devices[there].failed:
            crowd.end(row, self.world.agenda.now, "device-failed")
        elif there != self.end:
            self._depart((index + 1, *entry[1:]))
        elif arrive is not None:
            arrive((row, arg))
        else:
            crowd.end(row, self.world.agenda.now, "duplicate")


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
    for cable in filter(world.standing.joins, world.cables.values()):
        link = cable.link
        for a, b in ((link.a, link.b), (link.b, link.a)):
            if a.partition(".")[0] == device:
                found.append((link, a, b))
    return found
