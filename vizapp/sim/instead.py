"""What is done in a run in the end: an act may stand in the place of another."""

from __future__ import annotations

from collections.abc import Sequence

from vizapp.scene.model import Act


def in_effect(script: Sequence[Act], acts: Sequence[Act]) -> tuple[list[Act], list[Act]]:
    """The acts of the script that are still done, and those of a person, in the order in which they were done."""
    written, done = list(script), list[Act]()
    for act in acts:
        place = len(done)
        if act.of in done:
            place = done.index(act.of)
            del done[place]
        elif act.of in written:
            written.remove(act.of)
        if act.verb:
            done.insert(place, act)
    return written, done
