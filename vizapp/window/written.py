"""A session in a few lines of YAML: the scene, the seed and what was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from vizapp.compare import Played
from vizapp.devices import VOCABULARY
from vizapp.scene.acts import write_act
from vizapp.scene.names import Names

NOTHING: Mapping[int, Sequence[str]] = {}


def written(run: Played, path: Path | None, placed: Mapping[int, Sequence[str]] = NOTHING) -> str:
    """What was done in the scene of that file. placed: what was made of the puzzles of its tasks, by their number."""
    names = Names.of(run.scene, VOCABULARY)
    acts = [f"  - {write_act(act, names)}" for act in run.acts]
    fault = [f"  - {write_act(act, names)}" for act in run.fault]
    lines = [f"scene: {path or run.scene.id}", f"seed: {run.seed}", "acts:", *acts]
    made = [f"  {number + 1}: [{', '.join(places)}]" for number, places in placed.items()]
    lines += ["fault:", *fault] if fault else []
    return "\n".join([*lines, *(["placed:", *made] if made else []), ""])
