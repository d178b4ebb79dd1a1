"""Why something happened: the chain of its causes, each with what it repeated, and what directly came of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any, Literal

from vizapp.sim.timeline import Event, Flight, Timeline

Item = Event | Flight
Part = Literal["cause", "asked", "effect"]
Behind = Callable[[Item], Iterable[int]]

COUNTER = "n"  # a detail that counts repetitions, and so tells none from another
PLAIN = ("port", "field", "reason")  # details that name no thing, though one may be called the same
MANY = 12  # repetitions that are no more told one by one
EFFECTS = 3  # kinds of consequences that are told


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a chain: an event, or several of a kind in a row, the last of which led on; with the hops of the packet
    that it sent. Where no event tells of a packet, its hops alone. missed: true ns of each thing that had been
    awaited before the event, and did not come: it is they that the link tells of.
    """

    part: Part
    events: tuple[Event, ...]
    hops: tuple[Flight, ...] = ()
    missed: tuple[int, ...] = ()

    @property
    def event(self) -> Event | None:
        """The one that led on."""
        return self.events[-1] if self.events else None

    @property
    def t(self) -> int:
        """True ns at which it happened; of hops alone, when the last of them ended as far as one knows."""
        if self.missed or self.events:
            return self.missed[-1] if self.missed else self.events[-1].t
        return self.hops[-1].ended or self.hops[-1].departs

    @property
    def moments(self) -> tuple[int, ...]:
        """True ns of each repetition; of very many, of the first and the last."""
        times = self.missed or tuple(event.t for event in self.events) or (self.t,)
        return times if len(times) <= MANY else (times[0], times[-1])

    @property
    def times(self) -> int:
        return len(self.missed) or max(len(self.events), 1)

    @property
    def ids(self) -> frozenset[int]:
        """The numbers of its events and hops; none of what did not happen."""
        if self.missed:
            return frozenset()
        return frozenset([event.id for event in self.events] + [hop.id for hop in self.hops])

    @property
    def places(self) -> tuple[str, ...]:
        """The devices and cables at which it happened or that its event names, in order; a name may be of neither."""
        cables = (place for hop in self.hops for place in (_device(hop.src), hop.link, _device(hop.dst)))
        named = _named(self.event) if self.event is not None else ()
        return tuple(dict.fromkeys(place for place in (*named, *cables) if place))


@dataclass(frozen=True, slots=True)
class Chain:
    """links: from the first cause to the event that was asked about, at place `asked`, and on to what came of it."""

    links: tuple[Link, ...]
    asked: int

    @property
    def event(self) -> Event:
        """The event that was asked about."""
        return self.links[self.asked].events[-1]

    @property
    def causes(self) -> tuple[Link, ...]:
        return self.links[: self.asked]

    @property
    def ids(self) -> frozenset[int]:
        """The numbers of all its events and hops."""
        return frozenset().union(*(link.ids for link in self.links))

    @property
    def places(self) -> tuple[str, ...]:
        """The devices and cables of all its links."""
        return tuple(dict.fromkeys(place for link in self.links for place in link.places))


def chain(timeline: Timeline, event: Event, until: int, behind: Behind | None = None) -> Chain:
    """The chain of an event, as far as it is known at true ns `until`. behind: the ids of what lies behind an item, by
    default its recorded cause; an id that is no smaller than the item's own is not followed, so that no chain is
    endless."""
    causes = _ancestors(timeline, event, behind or _recorded)
    repeated = {each.id: each for item in (*causes, event) if isinstance(item, Event)
                for each in repetitions(timeline, item)}  # fmt: skip
    items = sorted(({item.id: item for item in causes} | repeated | {event.id: event}).values(), key=attrgetter("id"))
    links = list(_linked(items))
    asked = len(links) - 1
    links[asked] = replace(links[asked], part="asked")
    return Chain((*links, *_effects(timeline, event, until)), asked)


def _recorded(item: Item) -> tuple[int, ...]:
    return (item.cause,)


def _ancestors(timeline: Timeline, event: Event, behind: Behind) -> list[Item]:
    """Everything behind an event, in no order."""
    found: dict[int, Item] = {}
    edge: list[Item] = [event]
    while edge:
        item = edge.pop()
        for number in behind(item):
            cause = timeline.by_id(number) if number not in found and 0 < number < item.id else None
            if cause is not None:
                found[number] = cause
                edge.append(cause)
    return list(found.values())


def repetitions(timeline: Timeline, event: Event) -> list[Event]:
    """The earlier events that it repeats: the same thing at the same device for the same cause. The script and chance
    repeat nothing."""
    if not event.cause:
        return []
    first = bisect_left(timeline.events, event.cause, key=attrgetter("id"))
    last = bisect_left(timeline.events, event.id, key=attrgetter("id"))
    kind = _kind(event)
    return [each for each in timeline.events[first:last] if each.name == event.name and _kind(each) == kind]


def _kind(event: Event) -> tuple[Any, ...]:
    details = {key: value for key, value in event.details.items() if key != COUNTER}
    return event.name, event.device, event.cause, details


def _linked(items: Iterable[Item]) -> Iterator[Link]:
    """Items in order, put together where they tell of one thing."""
    link: Link | None = None
    for item in items:
        joined = _joined(link, item) if link is not None else None
        if joined is None and link is not None:
            yield link
        if isinstance(item, Event) and not (link is not None and link.event is not None and _missed(link.event)):
            yield from (Link("cause", (item,), (), missed) for missed in (_missed(item),) if missed)
        link = joined or (Link("cause", (item,)) if isinstance(item, Event) else Link("cause", (), (item,)))
    if link is not None:
        yield link


def _joined(link: Link, item: Item) -> Link | None:
    """The link with the item in it, where it belongs there."""
    if isinstance(item, Event):
        repeats = bool(link.events) and not link.hops and _kind(link.events[-1]) == _kind(item)
        return replace(link, events=(*link.events, item)) if repeats else None
    on = link.hops[-1].packet.id == item.packet.id if link.hops else any(item.cause == e.id for e in link.events)
    return replace(link, hops=(*link.hops, item)) if on else None


def _missed(event: Event) -> tuple[int, ...]:
    """True ns at which something had been awaited in vain: what came every `interval` ns had last come `after` ns
    before the event, and so was `missed` a number of times."""
    after, interval, missed = (event.details.get(key) for key in ("after", "interval", "missed"))
    if not (isinstance(after, int) and isinstance(interval, int) and isinstance(missed, int)):
        return ()
    return tuple(event.t - after + interval * number for number in range(1, missed + 1))


def _effects(timeline: Timeline, event: Event, until: int) -> list[Link]:
    """What directly came of it, each kind at each device told once."""
    found: dict[tuple[str, str], list[Event]] = {}
    first = bisect_left(timeline.events, event.id + 1, key=attrgetter("id"))
    for each in timeline.events[first : timeline.events_until(until)]:
        if each.cause == event.id:
            found.setdefault((each.name, each.device), []).append(each)
    return [Link("effect", tuple(events)) for events in list(found.values())[:EFFECTS]]


def _named(event: Event) -> Iterator[str]:
    """What an event is about: its device and the things that its details name; of an act, those of its words."""
    yield event.device
    for arg in map(str, event.details.get("args", ())):
        yield from (arg, _device(arg))
    yield from (value for key, value in event.details.items() if isinstance(value, str) and key not in PLAIN)


def _device(port: str) -> str:
    return port.partition(".")[0]
