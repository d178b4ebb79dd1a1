"""Two comparisons: one moment by moment (three networks), one step by step (a processor with and without EPT)."""

from collections.abc import Callable
from pathlib import Path

import pytest

from vizapp.compare import Comparison
from vizapp.devices import VOCABULARY
from vizapp.scene.model import Act, Scene
from vizapp.scene.reader import read

MODES = Path(__file__).parent / "modes.yaml"
STEPS = Path(__file__).parent / "steps.yaml"
Play = Callable[..., Comparison]


def comparison(path: Path) -> Scene:
    scene = read(path, VOCABULARY).scene
    assert scene is not None
    return scene


def played(scene: Scene, *acts: Act, until: int | None = None) -> Comparison:
    """The comparison simulated whole, with these acts done one after the other at its own clock."""
    whole = Comparison(scene, VOCABULARY.kinds, until=until).complete()
    for act in acts:
        whole.do(act)
        whole.complete()
    return whole


@pytest.fixture(scope="session")
def modes() -> Comparison:
    return played(comparison(MODES))


@pytest.fixture(scope="session")
def steps() -> Comparison:
    return played(comparison(STEPS))
