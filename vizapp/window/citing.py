"""Where what is on the screen comes from: what the card of sources tells, and the line below the stage."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vizapp.compare import stated
from vizapp.compare.answers import filled
from vizapp.compare.stated import Statement
from vizapp.compare.whatif import Otherwise
from vizapp.picture.foot import Foot
from vizapp.picture.view import View
from vizapp.words import Words

if TYPE_CHECKING:
    from vizapp.scene.model import Item, Option, Question, Setting, Source
    from vizapp.window.session import Session


class Citing:
    """`shown`: whether the card is open. `setting`: the one that it is about; None for the moment. While a question is
    open nothing is told that might answer it."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.shown = False
        self.setting: str | None = None
        self._foot: Foot | None = None
        self._foot_of: object = None

    @property
    def waits(self) -> bool:
        """Whether a question waits for its answer."""
        return self.session.asking is not None and not self.session.revealed

    def open(self, setting: str | None = None) -> bool:
        """Show the card, of a setting or of the moment; False while a question waits for its answer."""
        self.shown, self.setting = not self.waits, setting
        self.session.moved.emit()
        return self.shown

    def close(self) -> bool:
        """Put the card away; False where none was."""
        shown, self.shown = self.shown, False
        if shown:
            self.session.moved.emit()
        return shown

    # what is stated

    def statements(self, words: Words) -> list[Statement]:
        """What the card tells: of the setting that it is about; of the answers, once revealed; else of the step."""
        setting = self.session.run.scene.settings.get(self.setting or "")
        if setting is not None:
            return self._of_setting(setting, words)
        if self.session.asking is not None:
            return [] if self.waits else list(self._of_answers(self.session.asking, words))
        return [*self._of_supposed(words), self._of_step(words), *self._of_sides(words)]

    def _of_step(self, words: Words) -> Statement:
        session = self.session
        return stated.of_step(session.run, session.step, session.t, words)

    def _of_answers(self, number: int, words: Words) -> Iterator[Statement]:
        """The question, and the reasons of its options or items that have sources of their own."""
        run, question = self.session.run, self.session.run.scene.questions[number]
        yield stated.stated(filled(run, number, words, question.ask), question.sources, run.scene)
        for each in _answers(question):
            if each.sources:
                yield Statement(filled(run, number, words, each.why), each.sources)

    def _of_setting(self, setting: Setting, words: Words) -> list[Statement]:
        """What it brings, as it stands."""
        session = self.session
        value = session.setting(setting.name)
        chosen = next((choice for choice in setting.choices if choice.value == value), None)
        says = (chosen.says if chosen else None) or setting.says or setting.label
        sources = (chosen.sources if chosen else ()) or setting.sources
        return [stated.stated(session.run.fill(says, session.t, words), sources, session.run.scene)]

    def _of_supposed(self, words: Words) -> Iterator[Statement]:
        """The question of the scene that a run beside itself answers, where it has sources of its own."""
        run = self.session.run
        if isinstance(run, Otherwise):
            asked = (each for each in run.scene.whatif if each.sources and each.say == run.say)
            yield from (Statement(words.text(each.say), each.sources) for each in asked)

    def _of_sides(self, words: Words) -> Iterator[Statement]:
        """Points of the sides of a comparison, and rows, that have sources of their own."""
        scene = self.session.run.scene
        for side in scene.sides:
            for point in filter(lambda each: each.sources, side.points):
                said = words("source.of-side", side=words.text(side.title), point=words.text(point.text))
                yield Statement(said, point.sources)
        yield from (Statement(words.text(row.say), row.sources) for row in scene.rows or () if row.sources)

    # the line below the stage

    def foot(self, view: View) -> Foot | None:
        """The line below the stage where it is wished: of the step, or of the answers; empty while a question waits."""
        session = self.session
        if not session.sourced:
            return None
        key = (view.size, view.level, view.lang, session.step, session.asking, session.revealed)
        if key != self._foot_of:
            said = self._now(Words(view.lang))
            self._foot_of, self._foot = key, stated.footing(session.run, said, view)
        return self._foot

    def _now(self, words: Words) -> Statement:
        asking = self.session.asking
        if asking is None:
            return self._of_step(words)
        if self.waits:
            return Statement("", ())
        question = self.session.run.scene.questions[asking]
        return stated.stated("", _all(question), self.session.run.scene)


def _answers(question: Question) -> tuple[Option | Item, ...]:
    """What has reasons: its options, or the items of its puzzle."""
    return (*question.options, *(question.puzzle.items if question.puzzle is not None else ()))


def _all(question: Question) -> tuple[Source, ...]:
    """The sources of a question and of the reasons of its answers."""
    return (*question.sources, *(source for each in _answers(question) for source in each.sources))
