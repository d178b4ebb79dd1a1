"""The true clock as a scene needs it: enough decimals to tell one hop from the next, and always as many."""

from __future__ import annotations

from math import ceil, log10

from vizapp.compare import Comparison, Played
from vizapp.scene.sides import STEP
from vizapp.words import Words
from vizapp.words.numbers import NARROW

LEAST, MOST = 3, 7


def decimals(run: Played) -> int:
    """Decimals of a second: 3 for a scene of seconds, 4 where hops take 100 µs, 7 where they take 200 ns."""
    delays = [link.delay for link in run.scene.links if link.delay > 0]
    if run.scene.pace is not None or not delays:
        return LEAST
    needed = min(max(ceil(-log10(min(delays) / 1e9)), LEAST), MOST)
    return 6 if needed == 5 else needed


def seconds(t: int, run: Played, words: Words) -> str:
    """True seconds without their unit, long decimals in groups of three."""
    return _grouped(words.number(t / 1e9, decimals(run)), words)


def clock(t: int, run: Played, words: Words) -> str:
    """`1.311 s`; of sides that go step by step, `step 3/6`."""
    if steps(run):
        return words("compare.step", n=max(run.step_at(run.pace.show_end(t)), 0) + 1, of=len(run.scene.steps))
    return f"{seconds(t, run, words)}\u00a0s"


def precisely(t: int, run: Played, words: Words) -> str:
    """The same as one reads it off the time line."""
    return clock(t, run, words) if steps(run) else words.clock(t, 4)


def end(run: Played, words: Words) -> str:
    """How long it is: `14.0 s`, or `6 steps`."""
    return words("compare.steps", n=len(run.scene.steps)) if steps(run) else words.clock(run.timeline.end, 1)


def steps(run: Played) -> bool:
    """Whether it has no clock of its own but that of each side."""
    return isinstance(run, Comparison) and run.scene.pairing == STEP


def _grouped(text: str, words: Words) -> str:
    sign = "," if words.lang == "fr" else "."
    whole, _, rest = text.partition(sign)
    if len(rest) <= 4:
        return text
    return whole + sign + NARROW.join(rest[place : place + 3] for place in range(0, len(rest), 3))
