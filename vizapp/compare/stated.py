"""What is stated at a moment of what is played, with where it comes from; and that as a foot line of its picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from vizapp.compare.playing import Played
from vizapp.picture import cited, foot
from vizapp.picture.foot import Foot
from vizapp.picture.shapes import Picture
from vizapp.picture.view import View
from vizapp.scene.model import Scene, Source
from vizapp.words import Words, words


@dataclass(frozen=True, slots=True)
class Statement:
    """text: what is stated, in words. sources: where it comes from; own: its own, else those of its scene."""

    text: str
    sources: tuple[Source, ...]
    own: bool = True


def stated(text: str, sources: Sequence[Source], scene: Scene) -> Statement:
    """A statement with its own sources, or with those of its scene."""
    return Statement(text, tuple(sources) or scene_sources(scene), bool(sources))


def scene_sources(scene: Scene) -> tuple[Source, ...]:
    """Those of a scene; of a comparison that has none, those of its sides."""
    return scene.sources or tuple(each for side in scene.sides for each in side.sources)


def of_step(run: Played, number: int, t: int, said: Words) -> Statement:
    """What a step says at true ns `t`; before the first, the scene itself."""
    if number < 0 or not run.scene.steps:
        return stated(said.text(run.scene.title), (), run.scene)
    step = run.scene.steps[number]
    return stated(run.fill(step.say, t, said), step.sources, run.scene)


def line(statement: Statement, said: Words) -> tuple[str, list[str]]:
    """What a foot line begins with, and the sources that it lists."""
    return said("source.own" if statement.own else "source.scene"), cited.shorts(statement.sources, said)


def footing(run: Played, now: Statement, view: View) -> Foot:
    """The foot line of a statement, in the band that the steps of what is played need."""
    said = words(view.lang)
    every = [of_step(run, number, 0, said) for number in range(len(run.scene.steps))] or [now]
    return foot.foot([line(each, said) for each in every], line(now, said), view)


def sourced(run: Played, show: float, view: View, draw: Callable[[View], Picture]) -> Picture:
    """What `draw` makes, with the sources of that show second below."""
    now = of_step(run, run.step_at(show), run.pace.true(show), words(view.lang))
    below = footing(run, now, view)
    return foot.below(draw(foot.above(view, below)), below, view)
