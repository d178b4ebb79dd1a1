"""Labels side by side: near to where each is wanted, and none upon another."""

from __future__ import annotations

from collections.abc import Sequence


def spread(wanted: Sequence[float], apart: float, low: float, high: float) -> list[float]:
    """Places in order, at least `apart` from each other, as near as can be to where they are wanted: those that would
    meet form a row around their middle, which stays within `low` and `high`."""
    rows: list[list[float]] = []  # each: what its members want
    for place in wanted:
        rows.append([place])
        while len(rows) > 1 and _left(rows[-1], apart, low, high) < _right(rows[-2], apart, low, high) + apart:
            last = rows.pop()
            rows[-1] += last
    return [_left(row, apart, low, high) + apart * number for row in rows for number in range(len(row))]


def _left(row: Sequence[float], apart: float, low: float, high: float) -> float:
    long = apart * (len(row) - 1)
    return max(min(sum(row) / len(row) - long / 2, high - long), low)


def _right(row: Sequence[float], apart: float, low: float, high: float) -> float:
    return _left(row, apart, low, high) + apart * (len(row) - 1)


def in_turn(spans: Sequence[tuple[float, float]], gap: float, low: float, high: float) -> list[float | None]:
    """Where labels begin that are wanted around a place, each (place, width), in order and within `low` and `high`:
    beside the one before if that is in the way and cannot give way, and None for one that would no longer be over its
    place."""
    starts: list[float | None] = []
    last, before, slack, free = 0, low, 0.0, low  # slack: how far the one before can move to the left
    for number, (place, width) in enumerate(spans):
        start = max(min(place - width / 2, high - width), free)
        short = max(start - place, 0.0)
        if short > slack or start - short + width > high:
            starts.append(None)
            continue
        if short:
            starts[last] = before - short
        slack = min(start - free, start + width - place)
        last, before, free = number, start - short, start - short + width + gap
        starts.append(before)
    return starts
