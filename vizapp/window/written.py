"""A session in a few lines of YAML: the scene, the seed and what was done."""

from __future__ import annotations

from pathlib import Path

from vizapp.devices import VOCABULARY
from vizapp.run import Run
from vizapp.scene.acts import write_act
from vizapp.scene.names import Names


def written(run: Run, path: Path) -> str:
    """What was done in the scene of that file."""
    names = Names.of(run.scene, VOCABULARY)
    acts = [f"  - {write_act(act, names)}" for act in run.acts]
    return "\n".join([f"scene: {path}", f"seed: {run.seed}", "acts:", *acts, ""])
