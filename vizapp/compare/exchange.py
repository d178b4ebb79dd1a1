"""What came of each thing that was asked: the acts of a run with their outcomes, as far as they are known at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from vizapp.sim.timeline import Event, Flight, Timeline

# the last part of an event's name says that it is the end of something asked, and which
OUTCOMES = {
    "answered": "good", "opened": "good", "bound": "good",
    "refused": "bad", "failed": "bad", "timeout": "bad", "unreachable": "bad", "expired": "bad",
}  # fmt: skip


def tone(event: Event) -> str | None:
    """Whether an outcome is good or bad; None for an event that is none."""
    return OUTCOMES.get(event.name.rpartition(".")[2])


@dataclass(frozen=True, slots=True)
class Asked:
    """What is the same on all sides of one thing asked: the act's verb and words, and how often before."""

    verb: str
    args: tuple[str, ...]
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Exchange:
    """An act and its outcomes, in order of time. lost: the flights of it that were dropped."""

    asked: Asked
    act: Event
    outcomes: tuple[Event, ...]
    lost: tuple[Flight, ...]

    def at(self, t: int) -> Event | None:
        """The outcome that holds at true ns `t`; None while there is none."""
        known = [event for event in self.outcomes if event.t <= t]
        return known[-1] if known else None

    def lost_at(self, t: int) -> Flight | None:
        """The last packet of it that was dropped up to `t`."""
        known = [flight for flight in self.lost if flight.ended is not None and flight.ended <= t]
        return known[-1] if known else None


def exchanges(timeline: Timeline) -> list[Exchange]:
    """Every act that asked for something and had an outcome, in order of time."""
    roots = Roots(timeline)
    found: dict[int, list[Event]] = {}
    for event in timeline.events:
        if tone(event) is not None and (act := roots.of(event)) is not None:
            found.setdefault(act.id, []).append(event)
    lost: dict[int, list[Flight]] = {number: [] for number in found}
    for flight in timeline.flights:
        if flight.outcome == "dropped" and (act := roots.of(flight)) is not None and act.id in lost:
            lost[act.id].append(flight)
    turns: Counter[Asked] = Counter()
    made = []
    for number in sorted(found):
        origin = timeline.by_id(number)
        assert isinstance(origin, Event)
        plain = Asked(origin.name.removeprefix("act."), tuple(str(arg) for arg in origin.details.get("args", ())))
        asked = Asked(plain.verb, plain.args, turns[plain])
        turns[plain] += 1
        made.append(Exchange(asked, origin, tuple(found[number]), tuple(lost[number])))
    return made


def in_order(several: Sequence[Sequence[Exchange]]) -> list[Asked]:
    """What was asked on any side, each once, in order of time."""
    first: dict[Asked, int] = {}
    for made in several:
        for exchange in made:
            first[exchange.asked] = min(first.get(exchange.asked, exchange.act.t), exchange.act.t)
    return sorted(first, key=lambda asked: first[asked])


class Roots:
    """The act behind each flight and event; each chain of causes is gone up once."""

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self.known: dict[int, Event | None] = {0: None}

    def of(self, item: Event | Flight) -> Event | None:
        way: list[int] = []
        number = item.id
        while number not in self.known:
            here = self.timeline.by_id(number)
            act = here if isinstance(here, Event) and here.name.startswith("act.") else None
            if here is None or act is not None:
                self.known[number] = act
                break
            way.append(number)
            number = here.cause
        self.known.update(dict.fromkeys(way, self.known[number]))
        return self.known[number]
