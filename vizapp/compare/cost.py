"""What an act costs a stack: how often each thing that is counted came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from vizapp.compare.exchange import Roots
from vizapp.picture.tally import COUNTED
from vizapp.scene.model import Act
from vizapp.sim.timeline import Event, Timeline
from vizapp.words import Words

KEYS = {name: key for key, name in COUNTED.items()}
VOID = "void:"  # before the reason why an act did nothing


@dataclass(frozen=True, slots=True)
class Cost:
    """counts: by key of `tally.…`, those above 0, in their order. lacks: what is not there to do the act; void: why it
    could do nothing."""

    counts: tuple[tuple[str, int], ...] = ()
    lacks: str = ""
    void: str = ""

    def told(self, words: Words) -> str:
        """In words: `1 VM exit, 2 copies`; `not applicable (no guest kernel)`."""
        if self.lacks:
            return words("contrast.lacks", why=lack(self.lacks, words))
        if self.void:
            return words(f"reason.{self.void}")
        each = [f"{words.number(n)} {words(f'tally.{key}', n=n)}" for key, n in self.counts]
        return ", ".join(each) if each else words("contrast.nothing")


def lack(thing: str, words: Words) -> str:
    """That a thing is not there: `no guest kernel`."""
    key = f"lack.{thing}"
    return words(key) if words.has(key) else words("lack.unnamed", thing=thing)


class Costs:
    """What came of the acts of one timeline, as far as that goes: worked out once."""

    def __init__(self, timeline: Timeline) -> None:
        roots = Roots(timeline)
        self.acts: dict[tuple[int, str, tuple[str, ...]], Event] = {}
        self.came: dict[int, list[tuple[int, str]]] = {}  # by the event of an act: when what came of it
        for event in timeline.events:
            if event.name.startswith("act."):
                self.acts.setdefault((event.t, event.name, tuple(event.details.get("args", ()))), event)
            act = roots.of(event)
            if act is not None:
                self.came.setdefault(act.id, []).extend(_telling(event))

    def event(self, act: Act) -> Event | None:
        """What tells that an act of the script was done."""
        return self.acts.get((act.at, f"act.{act.verb}", act.args))

    def cost(self, event: Event, t: int) -> Cost:
        """What came of an act up to true ns `t`."""
        told = [key for at, key in self.came.get(event.id, ()) if at <= t]
        void = next((key.partition(":")[2] for key in told if key.startswith(VOID)), "")
        counts = Counter(told)
        return Cost(tuple((key, counts[key]) for key in COUNTED if counts[key]), void=void)


def _telling(event: Event) -> Iterator[tuple[int, str]]:
    """What is counted, or why an act did nothing."""
    if event.name in KEYS:
        yield event.t, KEYS[event.name]
    elif event.name == "act.void":
        yield event.t, f"{VOID}{event.details['reason']}"
