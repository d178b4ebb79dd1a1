"""Something to be sent whose target is still to be chosen on the stage."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Aim:
    """thing: who sends. verbs: what it may be; of several, one is chosen once the target is known."""

    thing: str
    verbs: tuple[str, ...]
