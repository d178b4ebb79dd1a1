"""A stretch of a run: the timeline as if nothing had happened before it and nothing came after."""

from __future__ import annotations

from bisect import bisect_right

from vizapp.sim.timeline import Timeline


def excerpt(timeline: Timeline, until: int, since: int = -1) -> Timeline:
    """What happened after true ns `since` and up to `until`, as if the run ended there. Fields keep what they held."""
    first, last = timeline.events_until(since), timeline.events_until(until)
    part = Timeline()
    part.tracks, part.crowd, part.answers = timeline.tracks, timeline.crowd, timeline.answers
    part.events, part.times = timeline.events[first:last], timeline.times[first:last]
    part.flights = timeline.flights[bisect_right(timeline.departs, since) : bisect_right(timeline.departs, until)]
    part.unseen = timeline.unseen
    part.end = min(until, timeline.end)
    return part
