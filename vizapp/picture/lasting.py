"""What holds from one change to the next: worked out once, and looked up again at every frame between the two."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from vizapp.picture.stage import Stage
from vizapp.sim.frame import Frame

MOST = 800  # things remembered by a stage
Found = TypeVar("Found")
Field = tuple[str, str]  # a thing, a cable or "", and the name of what is recorded of it


def lasting(
    frame: Frame, stage: Stage, key: tuple[object, ...], fields: Iterable[Field], work_out: Callable[[], Found]
) -> Found:
    """What `work_out` gives at the moment of `frame`; the same object as long as none of the fields that it reads
    changes, as far as the run is known. key: all else that it depends on."""
    kept = stage.notes.get(key)
    if isinstance(kept, tuple) and kept[0] is frame.timeline and kept[1] <= frame.t < kept[2]:
        return kept[3]  # type: ignore[no-any-return]
    found = work_out()
    remember(stage, key, (frame.timeline, *_span(frame, fields), found))
    return found


def _span(frame: Frame, fields: Iterable[Field]) -> tuple[int, int]:
    """From when on and until when (true ns) none of them changes."""
    start, end = 0, frame.timeline.end
    for field in fields:
        track = frame.timeline.tracks.get(field)
        if track is not None:
            after = track.index(frame.t) + 1
            start = max(start, track.times[after - 1]) if after else start
            end = min(end, track.times[after]) if after < len(track.times) else end
    return start, end


def remember(stage: Stage, key: object, value: object) -> None:
    """Keep what was worked out for a stage, forgetting the oldest."""
    while len(stage.notes) >= MOST:
        stage.notes.pop(next(iter(stage.notes)))
    stage.notes[key] = value
