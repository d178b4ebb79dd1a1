"""Where a card laid over a stage hides least of what it is about."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from vizapp.picture.shapes import Picture, Rect
from vizapp.picture.stage import Area, Stage

EDGE = 0.02  # of the canvas, kept free around the card
PLACES = ((0.5, 1.0), (1.0, 1.0), (0.0, 1.0), (1.0, 0.5), (0.0, 0.5), (1.0, 0.0), (0.0, 0.0), (0.5, 0.0))
"""Across and down, as shares of the room that is left over; the first that hides nothing is taken."""
FOCUS, UPON, ANYTHING = 8.0, 8.0, 0.6
STEP = 24.0  # between two places where a card is tried
NEAR = 1.0  # what it costs to be as far from what a card is about as the room allows
TOUCHED = 0.5  # a text is lost when a corner of it is hidden

Weighed = tuple[Area, float]


def matters(stage: Stage, pictures: Iterable[Picture], focus: Collection[str]) -> list[Weighed]:
    """What is on the stage, and how bad it is to hide it: first what the step is about, tables and packets' cards."""
    leaves = [box for box in stage.boxes.values() if not box.container]
    weighed = [(box.area, FOCUS if box.id in focus else ANYTHING) for box in leaves]
    rects = (shape for picture in pictures for shape in picture.shapes if isinstance(shape, Rect))
    upon = {Area(each.x, each.y, each.w, each.h) for each in rects if each.of and _upon(each, each.of)}
    return weighed + [(area, UPON) for area in sorted(upon, key=lambda area: (area.x, area.y, area.w, area.h))]


def _upon(shape: Rect, of: str) -> bool:
    """Whether it lies upon the stage: a packet, or a card or a table by its shadow."""
    return shape.shadow or of.startswith("packet:")


def least_hiding(
    room: tuple[float, float], cards: Sequence[tuple[float, float]], weighed: Sequence[Weighed]
) -> tuple[int, Area]:
    """Which of the sizes that a card may have, and where in the room it hides least; the earlier one when even."""
    places = [(_hidden(area, weighed), number, area) for number, area in _places(room, cards)]
    _, number, area = min(places, key=lambda place: place[0])
    return number, area


def beside(
    room: tuple[float, float], cards: Sequence[tuple[float, float]], anchor: Area, weighed: Sequence[Weighed]
) -> Area:
    """Where, and in which of its sizes, a card hides least, as near as can be to what it is about."""
    edge = EDGE * min(room)
    diagonal = (room[0] ** 2 + room[1] ** 2) ** 0.5
    found = [area for card in cards for area in _everywhere(room, card, edge)]
    return min(found, key=lambda area: _hidden(area, weighed) + NEAR * _apart(area, anchor) / diagonal)


def _everywhere(room: tuple[float, float], card: tuple[float, float], edge: float) -> Iterator[Area]:
    """Places all over the room, a step apart."""
    across, down = (max(whole - 2 * edge - own, 0.0) for whole, own in zip(room, card, strict=True))
    columns, rows = int(across // STEP) + 1, int(down // STEP) + 1
    for column in range(columns + 1):
        for row in range(rows + 1):
            yield Area(edge + across * column / columns, edge + down * row / rows, *card)


def _apart(one: Area, other: Area) -> float:
    """How far two areas are from each other; 0 when they touch."""
    across = max(one.x - other.right, other.x - one.right, 0.0)
    down = max(one.y - other.bottom, other.y - one.bottom, 0.0)
    return float((across**2 + down**2) ** 0.5)


def _places(room: tuple[float, float], cards: Sequence[tuple[float, float]]) -> Iterator[tuple[int, Area]]:
    edge = EDGE * min(room)
    fitting = [number for number, (_, height) in enumerate(cards) if height <= room[1] - 2 * edge]
    for number in fitting or [0]:
        width, height = cards[number]
        for across, down in PLACES:
            x, y = (edge + share * (whole - 2 * edge - own)
                    for share, whole, own in ((across, room[0], width), (down, room[1], height)))  # fmt: skip
            yield number, Area(x, y, width, height)


def _hidden(card: Area, weighed: Sequence[Weighed]) -> float:
    """What hiding costs; rounded, so that a hair's breadth does not send the card across the stage."""
    return round(sum(weight * (TOUCHED + share) for area, weight in weighed if (share := _share(card, area)) > 0), 1)


def _share(card: Area, area: Area) -> float:
    """How much of an area the card hides, 0 to 1."""
    return card.shared(area) / (area.w * area.h) if area.w * area.h else 0.0
