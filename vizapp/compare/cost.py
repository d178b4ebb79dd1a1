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


@dataclass(frozen=True, slots=True)
class Cost:
    """counts: by key of `tally.…`, those above 0, in their order. lacks: the thing that is not there to do the act;
    void: why it could do nothing; refused by the stack, it has no counts either."""

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


Caused = dict[int, list[tuple[int, str]]]


def caused(timeline: Timeline) -> Caused:
    """For each act, by its event: when something came of it that is counted (or kept it from doing anything)."""
    roots, found = Roots(timeline), Caused()
    for event in timeline.events:
        act = roots.of(event)
        if act is not None:
            found.setdefault(act.id, []).extend(_telling(event))
    return found


def _telling(event: Event) -> Iterator[tuple[int, str]]:
    if event.name in KEYS:
        yield event.t, KEYS[event.name]
    elif event.name == "act.void":
        yield event.t, f"void:{event.details['reason']}"


def event_of(act: Act, timeline: Timeline) -> Event | None:
    """What tells that an act of the script was done."""
    return next((event for event in timeline.events if event.t == act.at and event.name == f"act.{act.verb}"
                 and tuple(event.details.get("args", ())) == act.args), None)  # fmt: skip


def cost(event: Event, known: Caused, t: int) -> Cost:
    """What came of an act up to true ns `t`."""
    told = [key for at, key in known.get(event.id, ()) if at <= t]
    void = next((key.partition(":")[2] for key in told if key.startswith("void:")), "")
    counts = Counter(told)
    return Cost(tuple((key, counts[key]) for key in COUNTED if counts[key]), void=void)
