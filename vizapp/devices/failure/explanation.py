"""What an explanation holds: sentences to be said, where it stopped, what to look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from vizapp.devices.failure.attempt import Attempt, Outcome


class Said(NamedTuple):
    """A sentence to be said: its key in the words, its values (ids of things and cables among them)."""

    key: str
    values: dict[str, Any]


class Stop(NamedTuple):
    """Where it ended: a device, true ns, perhaps the cable, and the packet that can be looked at there."""

    device: str
    t: int
    link: str = ""
    packet: int | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """told: where it stopped and why, a sentence each. table: (device, field) of the table that shows it."""

    tried: Attempt
    outcome: Outcome
    told: tuple[Said, ...]
    stop: Stop
    table: tuple[str, str] | None = field(default=None)

    @property
    def about(self) -> tuple[str, ...]:
        """The things and cables that it may speak of."""
        named = [value for said in self.told for value in said.values.values() if isinstance(value, str)]
        return tuple(dict.fromkeys([self.tried.device, self.stop.device, self.stop.link, *named]))
