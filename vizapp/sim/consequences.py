"""What came of something: everything that has it among its causes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from heapq import merge
from operator import attrgetter

from vizapp.sim.timeline import Event, Flight, Timeline


def consequences(timeline: Timeline, number: int, until: int | None = None) -> frozenset[int]:
    """The ids of the events and flights that the one of that id led to, itself included, up to true ns `until`.

    What has a cause is numbered after it, so one look in order of number finds all.
    """
    end = timeline.end if until is None else until
    events = timeline.events[bisect_left(timeline.events, number, key=attrgetter("id")) : timeline.events_until(end)]
    flights = timeline.flights[bisect_left(timeline.flights, number, key=attrgetter("id")) :
                               bisect_right(timeline.departs, end)]  # fmt: skip
    found = {number}
    items: Iterator[Event | Flight] = merge(events, flights, key=attrgetter("id"))
    for item in items:
        if item.cause in found:
            found.add(item.id)
    return frozenset(found)
