"""The true clock as a scene needs it: enough decimals to tell one hop from the next, and always as many."""

from __future__ import annotations

from math import ceil, log10

from vizapp.run import Run
from vizapp.words import Words
from vizapp.words.numbers import NARROW

LEAST, MOST = 3, 7


def decimals(run: Run) -> int:
    """Decimals of a second: 3 for a scene of seconds, 4 where hops take 100 µs, 7 where they take 200 ns."""
    delays = [link.delay for link in run.scene.links if link.delay > 0]
    if run.scene.pace is not None or not delays:
        return LEAST
    needed = min(max(ceil(-log10(min(delays) / 1e9)), LEAST), MOST)
    return 6 if needed == 5 else needed


def seconds(t: int, run: Run, words: Words) -> str:
    """True seconds without their unit, long decimals in groups of three."""
    return _grouped(words.number(t / 1e9, decimals(run)), words)


def clock(t: int, run: Run, words: Words) -> str:
    """`1.311 s`."""
    return f"{seconds(t, run, words)}\u00a0s"


def _grouped(text: str, words: Words) -> str:
    sign = "," if words.lang == "fr" else "."
    whole, _, rest = text.partition(sign)
    if len(rest) <= 4:
        return text
    return whole + sign + NARROW.join(rest[place : place + 3] for place in range(0, len(rest), 3))
