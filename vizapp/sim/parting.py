"""Where two runs of one scene part: the first thing that happens in one of them alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any

from vizapp.scene.model import Problem, Scene, WhatIf
from vizapp.scene.vocabulary import Kind
from vizapp.scene.whatif import ANYTIME, offered
from vizapp.sim.simulate import simulate
from vizapp.sim.timeline import Event, Flight, Timeline

Seen = tuple[Any, ...]


def parting(one: Timeline, other: Timeline) -> int | None:
    """True ns of the first thing, other than an act, that is not the same in both; None where they are the same."""
    until = min(one.end, other.end)
    found = [_first(map(_event, _happened(one)), map(_event, _happened(other))),
             _first(map(_flight, one.flights), map(_flight, other.flights))]  # fmt: skip
    return min((t for t in found if t is not None and t <= until), default=None)


def _first(some: Iterator[Seen], others: Iterator[Seen]) -> int | None:
    """The time of the first pair that differs; each begins with its time."""
    for one, other in zip_longest(some, others):
        if one != other:
            return min(int(each[0]) for each in (one, other) if each is not None)
    return None


def _happened(timeline: Timeline) -> Iterator[Event]:
    return (event for event in timeline.events if not event.name.startswith("act."))


def _event(event: Event) -> Seen:
    return event.t, event.name, event.device, event.details


def _flight(flight: Flight) -> Seen:
    return flight.departs, flight.src, flight.dst, flight.arrives, flight.packet.protocol, flight.outcome, flight.reason


def whatif_problems(scene: Scene, kinds: Mapping[str, Kind], timeline: Timeline, file: str) -> list[Problem]:
    """The questions of a scene that ask of something that is not done, or whose answer is that nothing changes."""
    return [Problem(file, whatif.place, key, {}) for whatif in scene.whatif
            if (key := _wrong(whatif, scene, kinds, timeline))]  # fmt: skip


def _wrong(whatif: WhatIf, scene: Scene, kinds: Mapping[str, Kind], timeline: Timeline) -> str:
    """`of` may be an act that is left to the person, where it says its time."""
    by_hand = []
    other = offered(whatif, scene.script)
    if other is None and whatif.of is not None and whatif.of.at != ANYTIME:
        by_hand = [whatif.of]
        other = offered(whatif, by_hand)
    if other is None:
        return "problem.whatif-nothing"
    one = simulate(scene, kinds, acts=by_hand) if by_hand else timeline
    return "problem.whatif-same" if parting(one, simulate(scene, kinds, acts=[*by_hand, other])) is None else ""
