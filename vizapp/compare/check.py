"""The claims of a comparison against the runs of its sides, and whether these part where its steps say so."""

from __future__ import annotations

from collections.abc import Iterator

from vizapp.compare.comparison import Comparison
from vizapp.compare.rows import of_step
from vizapp.scene.model import Problem
from vizapp.sim.check import holds
from vizapp.words import words


def failures(whole: Comparison, file: str) -> list[Problem]:
    """What does not hold, as Problems with their reason."""
    return [*_claims(whole, file), *_steps(whole, file)]


def _claims(whole: Comparison, file: str) -> Iterator[Problem]:
    for claim in whole.scene.expect:
        for side in whole.sides:
            if claim.side in ("", side.scene.id):
                found = holds(claim.text, side.scene, side.timeline)
                if not found.held:
                    told = {"claim": claim.text, "side": side.scene.id, "why": {"words": found.key, **found.values}}
                    yield Problem(file, claim.place, "problem.claim-fails-in", told)


def _steps(whole: Comparison, file: str) -> Iterator[Problem]:
    """Steps that say whether the sides part there (`differ`)."""
    for number, step in enumerate(whole.scene.steps):
        if step.differ is not None:
            line = of_step(whole, number, whole.pace.length, words("en"))
            if (line is not None and line.differs) != step.differ:
                yield Problem(file, step.place, "problem.step-same" if step.differ else "problem.step-differs", {})
