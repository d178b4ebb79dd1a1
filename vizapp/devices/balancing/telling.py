"""What a balancer tells of each choice, where a scene asks for it: the state that decided it, and the latest turns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vizapp.devices.balancing.backend import Algorithm, Backend

LATEST = 14  # choices that are told in a row


def rows(algorithm: Algorithm, counts: Mapping[str, Any], chosen: Backend) -> tuple[dict[str, Any], ...]:
    """The table of a choice: `counts` of each server before it, and who was chosen, or drawn with it."""
    return tuple(
        {"server": each.name, "weight": each.weight, "count": counts.get(each.name, ""),
         "chosen": "✓" if each is chosen else {"words": "choice.drawn"} if each in algorithm.drawn else ""}
        for each in algorithm.backends
    )  # fmt: skip


def turns(so_far: str, server: str) -> str:
    """The latest choices with one more: `a a b a`."""
    return " ".join([*so_far.split(), server][-LATEST:])
