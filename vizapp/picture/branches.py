"""The trail of a packet as a small tree that reads from left to right: a column a hop, a row a copy."""

from __future__ import annotations

from typing import NamedTuple

from vizapp.sim.timeline import Flight
from vizapp.sim.trail import Trail


class Knot(NamedTuple):
    """A stop, or the end of a hop under way, in the tree. stop: its number, None while the hop is under way.

    before: index of the knot that it hangs on, None for the first.
    """

    column: int
    row: int
    stop: int | None
    hop: Flight | None
    before: int | None


def branches(trail: Trail) -> list[Knot]:
    """The knots, each after the one it hangs on. The first copy goes on along its row, every other one begins a row
    below all that are there; so what comes later moves nothing that was there before."""
    reached = {stop.came.id: stop.number for stop in trail.stops if stop.came is not None}
    knots = [Knot(0, 0, 0, None, None)]
    place = {0: 0}  # stop → index of its knot
    rows = 1
    for stop in trail.stops:
        here = place[stop.number]
        for copy, hop in enumerate(stop.left):
            number = reached.get(hop.id)
            if number is not None:
                place[number] = len(knots)
            rows += copy > 0
            knots.append(Knot(knots[here].column + 1, rows - 1 if copy else knots[here].row, number, hop, here))
    return knots
