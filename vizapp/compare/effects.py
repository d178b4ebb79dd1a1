"""What an act brought, told of each side where a run is beside itself: for how long a service was away, who took over.

All is computed from the runs up to that moment.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vizapp.compare.side import Side
from vizapp.picture import sentences
from vizapp.picture.ledger import NOTHING, Cell, Line
from vizapp.scene.model import Scene
from vizapp.words import Words

At = list[tuple[Side, int]]  # each side, and the true ns that its clock shows
AWAY, ACTIVE = "outage", "vrrp"  # what devices show where such a thing may happen


def effects(side: Side) -> list[str]:
    """What may be told of the scene of that side, by what its devices are there to show."""
    return [name for name in (AWAY, ACTIVE) if _shown(side.scene, side.kinds, name)]


def _shown(scene: Scene, kinds: Any, name: str) -> bool:
    return any(show.field == name and kinds[thing.kind].gives(show, thing)
               for thing in scene.things.values() for show in kinds[thing.kind].shows)  # fmt: skip


def lines(at: At, words: Words) -> Iterator[Line]:
    """A row for each of them."""
    told = {AWAY: _away, ACTIVE: _active}
    for name in effects(at[0][0]):
        yield Line.of("effect", words(f"effect.{name}"), [told[name](side, t, words) for side, t in at])


def _away(side: Side, t: int, words: Words) -> Cell:
    """For how long in all what is watched was away; one that lasts still counts as far as it goes."""
    lasted, since = 0, dict[tuple[Any, Any], int]()
    for event in side.timeline.events[: side.timeline.events_until(t)]:
        watched = event.device, event.details.get("address")
        if event.name == "outage.began":
            since[watched] = event.details["since"]
        elif event.name == "outage.ended":
            since.pop(watched, None)
            lasted += event.details["lasted"]
    if since:
        lasted += sum(t - began for began in since.values())
        return Cell(words("effect.away-still", lasted=lasted), "bad")
    return Cell(words("effect.away", lasted=lasted) if lasted else words("effect.away-never"))


def _active(side: Side, t: int, words: Words) -> Cell:
    """Who became active last, and when."""
    events = side.timeline.events[: side.timeline.events_until(t)]
    last = next((event for event in reversed(events) if event.name == "vrrp.active"), None)
    if last is None:
        return Cell(NOTHING, "none")
    return Cell(words("effect.active", device=sentences.name(side.scene, words, last.device), t=last.t))
