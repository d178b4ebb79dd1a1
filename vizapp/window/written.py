"""A session in a few lines of YAML: the scene, the seed and what was done."""

from __future__ import annotations

from pathlib import Path

from vizapp.compare import Played
from vizapp.devices import VOCABULARY
from vizapp.scene.acts import write_act
from vizapp.scene.names import Names


def written(run: Played, path: Path | None) -> str:
    """What was done in the scene of that file."""
    names = Names.of(run.scene, VOCABULARY)
    acts = [f"  - {write_act(act, names)}" for act in run.acts]
    fault = [f"  - {write_act(act, names)}" for act in run.fault]
    lines = [f"scene: {path or run.scene.id}", f"seed: {run.seed}", "acts:", *acts]
    return "\n".join([*lines, *(["fault:", *fault] if fault else []), ""])
