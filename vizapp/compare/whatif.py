"""A run beside itself with one act changed: how it would have gone otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from vizapp.compare.comparison import Comparison
from vizapp.picture import sentences
from vizapp.run import Run
from vizapp.scene.beside import beside
from vizapp.scene.model import Act, Scene, Text
from vizapp.scene.sides import TIME
from vizapp.scene.vocabulary import Kind
from vizapp.words import Words, languages, words


class Otherwise(Comparison):
    """Two sides, one clock: the run as it happened, and with `other` done (in the place of an act that it names)."""

    supposes = True

    def __init__(self, scene: Scene, run: Run, other: Act, say: Text | None = None) -> None:
        """say: the question that this answers, where somebody wrote it."""
        self.other, self.say = other, say
        given = (run.acts, [*run.acts, other])
        super().__init__(
            scene, run.kinds, seed=run.seed, settings=run.settings, given=given, until=max(run.until, other.at)
        )
        if run.fault:
            self.fault = list(run.fault)
            for side in self.sides:
                side.plant(run.fault)
        self.sides[0].share(run)

    @property
    def parts(self) -> int:
        """True ns at which the two sides part: up to there they are the same."""
        return self.other.at if self.other.of is None else min(self.other.at, self.other.of.at)


def otherwise(run: Run, other: Act, say: Text | None = None) -> Otherwise:
    """The run beside itself with `other` done. say: the question that this answers, where somebody wrote it."""
    scene = run.scene
    ids = scene.id, f"{scene.id}-2"
    titles = (_each(lambda said: said("whatif.happened")),
              say or _each(lambda said: Told(scene, run.kinds, said).question(other)))  # fmt: skip
    captions = (_each(lambda said: Told(scene, run.kinds, said).was(other)),
                _each(lambda said: Told(scene, run.kinds, said).would(other)))  # fmt: skip
    bare = replace(scene, questions=(), tasks=(), whatif=(), expect=(), file=None)
    sides = [replace(bare, id=name, title=title, caption=caption)
             for name, title, caption in zip(ids, titles, captions, strict=True)]  # fmt: skip
    asked = tuple(replace(question, side=ids[0]) for question in scene.questions)
    head = replace(bare, questions=asked, charts=(), file=scene.file, whatif=scene.whatif)
    return Otherwise(beside(head, sides, TIME), run, other, say)


def _each(say: Callable[[Words], str]) -> Text:
    return Text({lang: say(words(lang)) for lang in languages()})


class Told:
    """Acts of a scene in a few words of one language."""

    def __init__(self, scene: Scene, kinds: Mapping[str, Kind], said: Words) -> None:
        self.scene, self.said = scene, said
        self.types = {(verb.name, option.name): option.type for kind in kinds.values() for verb in kind.verbs
                      for option in verb.options}  # fmt: skip

    def was(self, other: Act) -> str:
        """What happened in the run where `other` is supposed."""
        if other.of is not None:
            return self.dated(other.of)
        if not _from_start(other):
            return self.said("whatif.without", act=self._act(other))
        setting = self.scene.settings.get(other.args[0])
        value = setting.default if setting is not None else None
        return self.said("whatif.from-start", act=self._act(replace(other, options={"value": value})))

    def would(self, other: Act) -> str:
        """What would happen otherwise."""
        if not other.verb and other.of is not None:
            return self.said("whatif.without", act=self._act(other.of))
        if other.of is None and _from_start(other):
            return self.said("whatif.from-start", act=self._act(other))
        return self.dated(other)

    def question(self, other: Act) -> str:
        """What if, in a few words: without the time where that is not what is changed."""
        moved = other.of is None or (other.verb, other.args) == (other.of.verb, other.of.args)
        return self.said("whatif.asked", act=self.would(other) if moved or not other.verb else self._act(other))

    def dated(self, act: Act) -> str:
        """An act with its time; an option is told where the act in whose place it is had another value."""
        told = [self._act(act)]
        if act.of is not None and act.of.verb == act.verb and act.verb != "set":
            changed = [(name, value) for name, value in act.options.items() if act.of.options.get(name) != value]
            told += [self._option(act.verb, name, value) for name, value in changed]
        return self.said("whatif.dated", act=" · ".join(told), t=act.at)

    def _option(self, verb: str, name: str, value: Any) -> str:
        lasts = self.types.get((verb, name)) == "duration"
        return self.said(f"option.{name}", value=self.said.duration(value) if lasts else self.said.say(value))

    def _act(self, act: Act) -> str:
        return sentences.act(act, self.scene, self.said)


def _from_start(other: Act) -> bool:
    """Whether it is a setting that has another value all the time."""
    return other.verb == "set" and other.at == 0
