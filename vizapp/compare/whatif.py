"""A run beside itself with one act changed: how it would have gone otherwise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from vizapp.compare.comparison import Comparison
from vizapp.picture import sentences
from vizapp.run import Run
from vizapp.scene.beside import beside
from vizapp.scene.model import Act, Scene, Text
from vizapp.scene.sides import TIME
from vizapp.words import Words, languages, words


class Otherwise(Comparison):
    """Two sides, one clock: the run as it happened, and with `other` done (in the place of an act that it names)."""

    def __init__(self, scene: Scene, run: Run, other: Act) -> None:
        self.other = other
        given = (run.acts, [*run.acts, other])
        super().__init__(
            scene, run.kinds, seed=run.seed, settings=run.settings, given=given, until=max(run.until, other.at)
        )
        if run.fault:
            self.fault = list(run.fault)
            for side in self.sides:
                side.plant(run.fault)

    @property
    def parts(self) -> int:
        """True ns at which the two sides part: up to there they are the same."""
        return self.other.at if self.other.of is None else min(self.other.at, self.other.of.at)


def otherwise(run: Run, other: Act, say: Text | None = None) -> Otherwise:
    """The run beside itself with `other` done. say: the question that this answers, where somebody wrote it."""
    scene = run.scene
    ids = scene.id, f"{scene.id}-2"
    titles = _each(lambda said: said("whatif.happened")), say or _each(lambda said: said("whatif.otherwise"))
    captions = _each(lambda said: was(other, scene, said)), _each(lambda said: would(other, scene, said))
    bare = replace(scene, questions=(), tasks=(), whatif=(), expect=(), file=None)
    sides = [replace(bare, id=name, title=title, caption=caption)
             for name, title, caption in zip(ids, titles, captions, strict=True)]  # fmt: skip
    asked = tuple(replace(question, side=ids[0]) for question in scene.questions)
    head = replace(bare, questions=asked, charts=(), file=scene.file)
    return Otherwise(beside(head, sides, TIME), run, other)


def _each(say: Callable[[Words], str]) -> Text:
    return Text({lang: say(words(lang)) for lang in languages()})


# in words


def was(other: Act, scene: Scene, said: Words) -> str:
    """What happened in the run, in a few words."""
    if other.of is not None:
        return dated(other.of, scene, said)
    if not _from_start(other):
        return said("whatif.without", act=sentences.act(other, scene, said))
    setting = scene.settings.get(other.args[0])
    value = setting.default if setting is not None else None
    return said("whatif.from-start", act=sentences.act(replace(other, options={"value": value}), scene, said))


def _from_start(other: Act) -> bool:
    """Whether it is a setting that has another value all the time."""
    return other.verb == "set" and other.at == 0


def would(other: Act, scene: Scene, said: Words) -> str:
    """What would happen otherwise, in a few words."""
    if not other.verb and other.of is not None:
        return said("whatif.without", act=sentences.act(other.of, scene, said))
    if other.of is None and _from_start(other):
        return said("whatif.from-start", act=sentences.act(other, scene, said))
    return dated(other, scene, said)


def dated(act: Act, scene: Scene, said: Words) -> str:
    """An act with its time."""
    return said("whatif.dated", act=sentences.act(act, scene, said), t=act.at)
