"""Where what goes through the layers of a stack is, in words: who has it, what it passed behind, what it crossed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from vizapp.picture import sentences
from vizapp.picture.crossing import crossings
from vizapp.picture.journey import journeys
from vizapp.picture.layered import named
from vizapp.picture.layout import layout
from vizapp.picture.privilege import boundaries
from vizapp.picture.shown import shown
from vizapp.picture.spine import treated, unconcerned
from vizapp.scene.model import Scene
from vizapp.scene.vocabulary import Kind
from vizapp.sim.frame import Frame
from vizapp.words import Words

SIZE = (1060.0, 750.0)  # of a stage on which layers stand to each other as on any other


def passage(scene: Scene, kinds: Mapping[str, Kind], frame: Frame, words: Words) -> Iterator[str]:
    """The journey that began last; nothing in a scene that is no stack of layers."""
    stage = layout(shown(scene, frame.absent(scene.things)), words.lang, SIZE, "explore", kinds)
    begun = journeys(frame, stage)
    if not begun:
        return
    journey = begun[-1]
    what = treated(journey, words)
    yield words("describe.token", what=what, name=sentences.name(scene, words, journey.holder))
    passed = [sentences.name(scene, words, box.id) for box in unconcerned(journey, stage)]
    if passed:
        yield words("describe.behind", what=what, names=words.join(passed))
    for each in crossings(journey, frame, stage, boundaries(frame, stage)):
        key = "describe.crossed" if each.over else "describe.crosses"
        yield words(key, what=what, boundary=named(each.boundary, words), kind=words(f"crossing.{each.kind}"))
