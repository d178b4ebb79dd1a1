"""What is played of a scene: its run, or the runs of its sides together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vizapp.compare.comparison import Comparison
from vizapp.run import Run
from vizapp.scene.model import Act, Scene
from vizapp.scene.vocabulary import Kind

Played = Run | Comparison


def play(
    scene: Scene,
    kinds: Mapping[str, Kind],
    *,
    seed: int | None = None,
    settings: Mapping[str, Any] | None = None,
    acts: Sequence[Act] = (),
    until: int | None = None,
) -> Played:
    """The run of a scene; of a comparison, those of its sides."""
    made = Comparison if scene.sides else Run
    return made(scene, kinds, seed=seed, settings=settings, acts=acts, until=until)
