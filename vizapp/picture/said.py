"""How a shown value is said: its text, whether it is a counter, and the longest it may be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from vizapp.picture.measure import Face
from vizapp.scene.model import Thing
from vizapp.scene.vocabulary import Show
from vizapp.words import Words

ADDRESS = re.compile(r"[0-9a-fA-F.:/·,\s\u202f-]+|0x[0-9a-fA-F]+")
MONO = Face("JetBrains Mono")
BETWEEN = " · "  # stands between the addresses of a thing
USUAL = "000.000.000.000"  # the room of a value whose longest text nobody gave


def text(show: Show, value: Any, words: Words) -> str:
    """The value as it stands on the stage; nothing for None and False, the show's own title for True, and for a mere
    word what the language has for it, if anything."""
    if value is None or value is False or value == () or value == []:
        return ""
    if value is True:
        return words(show.words)
    own = f"{show.words}.{value}" if isinstance(value, str) else ""
    return words(own) if words.has(own) else words.say(value)


def tone(value: Any) -> str | None:
    """How what a text says is meant: `good` (this is where the service is), `warn`, `bad`, or none of these."""
    return value.get("tone") if isinstance(value, Mapping) else None


def longest(show: Show, words: Words) -> str:
    """The longest text of the show in this language: what the layout keeps room for."""
    if words.has(show.longest):
        return words(show.longest)
    return show.longest or (words(show.words) if show.form == "badge" else USUAL)


def roomy(show: Show, thing: Thing) -> Show:
    """The show with the room that it needs on this thing: that of all its addresses, as written or as long as any."""
    if not show.per_port:
        return show
    every = (port.ip.partition("/")[0] if port.ip != "dhcp" else show.longest for port in thing.ports if port.ip)
    return replace(show, longest=max(BETWEEN.join(every), show.longest, key=len))


def count(show: Show, n: float, words: Words) -> str:
    """How many a load counts: `6 in progress`."""
    return f"{words.number(n)} {words(show.words)}"


def counter(show: Show) -> bool:
    """Whether it counts: a large number before its title."""
    return show.form == "text" and show.longest.isdigit()


def titles(show: Show, words: Words) -> list[str]:
    """What a counter may be called: of none, of one, of many."""
    key = f"{show.words}.n"
    return [words(key, n=n) for n in (0, 1, 88)] if words.has(key) else [words(show.words)]


def mono(show: Show) -> bool:
    """Whether its values are addresses or numbers, set in the mono face."""
    return counter(show) or ADDRESS.fullmatch(show.longest or USUAL) is not None


def share(value: Any) -> tuple[float, float]:
    """(n, of) of a load or a gauge: given as a pair, or as a mapping with `n` and `of`; else n alone, of 0."""
    if isinstance(value, Mapping):
        most = next((value[key] for key in ("of", "most", "capacity") if key in value), 0)
        return float(value.get("n", 0)), float(most)
    if isinstance(value, (tuple, list)) and len(value) == 2:
        return float(value[0]), float(value[1])
    return (float(value), 0.0) if isinstance(value, (int, float)) else (0.0, 0.0)


def running(value: Any, since: int) -> tuple[int, int]:
    """(true ns from which a ring runs down, for how many): its value is the latter, or both; 0 ns: none runs."""
    if isinstance(value, (list, tuple)) and len(value) == 2:
        return int(value[0]), int(value[1])
    return since, value if isinstance(value, int) else 0


def cells(show: Show) -> int:
    """How many cells a load's room has, by its longest value (`10`, or `10/10`)."""
    numbers = re.findall(r"\d+", show.longest)
    return max(1, min(int(numbers[-1]), 16)) if numbers else 10
