"""Which boxes stand beside which, by their distance along the cables."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

Edges = set[frozenset[str]]


def neighbours(id_: str, edges: Edges) -> set[str]:
    return {other for edge in edges if id_ in edge for other in edge if other != id_}


def components(ids: Sequence[str], edges: Edges) -> list[list[str]]:
    """Groups of boxes that cables join, each in the order written."""
    left = dict.fromkeys(ids)
    found = []
    while left:
        seen = {next(iter(left))}
        todo = list(seen)
        while todo:
            fresh = neighbours(todo.pop(), edges) - seen
            seen |= fresh
            todo += sorted(fresh)
        found.append([id_ for id_ in left if id_ in seen])
        left = dict.fromkeys(id_ for id_ in left if id_ not in seen)
    return found


def levels(
    ids: Sequence[str], edges: Edges, exits: Sequence[str], likeness: Callable[[str], Hashable]
) -> list[list[str]]:
    """The boxes by distance: from the first one and its twins, or towards the exits when a cable leaves."""
    out = [id_ for id_ in exits if id_ in ids]
    sources = out or _first(ids, edges, likeness)
    found = [[id_ for id_ in ids if id_ in sources]]
    seen = set(sources)
    while True:
        reached = set().union(*(neighbours(id_, edges) for id_ in found[-1])) - seen
        if not reached:
            break
        found.append([id_ for id_ in ids if id_ in reached])
        seen |= reached
    ordered = [found[0]]
    for rank in found[1:]:
        ordered.append(_sorted(rank, ordered[-1], edges))
    return ordered[::-1] if out else ordered


def _first(ids: Sequence[str], edges: Edges, likeness: Callable[[str], Hashable]) -> list[str]:
    """The first one, with those that are alike and joined to the same (three clients before one balancer)."""
    first = ids[0]
    around = neighbours(first, edges)
    twins = [id_ for id_ in ids if likeness(id_) == likeness(first) and neighbours(id_, edges) == around]
    alone = len(twins) + len(around) == len(ids)
    return [first] if alone and len(twins) == 2 and _contains(likeness(first)) else twins


def _contains(likeness: Hashable) -> bool:
    """Whether it is a container: two hosts beside one switch stand left and right of it."""
    return isinstance(likeness, tuple) and likeness[-1] is True


def _sorted(rank: list[str], before: list[str], edges: Edges) -> list[str]:
    """As few crossings as possible: each by the middle of those before it that it is joined to."""

    def middle(id_: str) -> float:
        places = [before.index(other) for other in neighbours(id_, edges) if other in before]
        return sum(places) / len(places) if places else 0.0

    return sorted(rank, key=middle)
