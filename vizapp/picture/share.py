"""Sharing out a length among boxes and the gaps between them."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf


def stretched(total: float, least: Sequence[float], most: Sequence[float]) -> list[float]:
    """Lengths that grow in proportion to their least, none beyond its most, up to `total` together."""
    if sum(least) >= total:
        return list(least)
    if sum(most) <= total:
        return list(most)
    low, high = 1.0, 2.0
    while _sum(high, least, most) < total and high < 1e6:
        high *= 2
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if _sum(middle, least, most) < total else (low, middle)
    return [min(a * low, b) for a, b in zip(least, most, strict=True)]


def _sum(ratio: float, least: Sequence[float], most: Sequence[float]) -> float:
    return sum(min(a * ratio, b) for a, b in zip(least, most, strict=True))


def levelled(total: float, least: Sequence[float], rigid: Sequence[bool] = ()) -> list[float]:
    """Lengths as equal as their least allows, `total` together: the layers of a stack. rigid: those that keep their
    least."""
    if any(rigid):
        kept = [length for length, keeps in zip(least, rigid, strict=True) if keeps]
        free = [length for length, keeps in zip(least, rigid, strict=True) if not keeps]
        shared = iter(levelled(total - sum(kept), free))
        return [length if keeps else next(shared) for length, keeps in zip(least, rigid, strict=True)]
    if not least or sum(least) >= total:
        return list(least)
    low, high = 0.0, total
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(max(a, middle) for a in least) < total else (low, middle)
    return [max(a, low) for a in least]


def laid(start: float, total: float, lengths: Sequence[float], gaps: Sequence[float]) -> list[float]:
    """Where each length starts, in order, gaps between, the whole in the middle of `total`."""
    at = start + (total - sum(lengths) - sum(gaps)) / 2
    places = []
    for index, length in enumerate(lengths):
        places.append(at)
        at += length + (gaps[index] if index < len(gaps) else 0.0)
    return places


UNBOUNDED = inf
