"""What the simulation answers: which option of a question is right, and what its texts say."""

from __future__ import annotations

from vizapp.compare.comparison import Comparison
from vizapp.compare.playing import Played
from vizapp.picture import sentences
from vizapp.run import Run
from vizapp.scene import parse
from vizapp.scene.model import Option, Question, Text
from vizapp.scene.phrase import Path
from vizapp.sim.check import holds
from vizapp.sim.match import Unknown, evaluate
from vizapp.sim.timeline import Event
from vizapp.words import Words


def right_option(run: Played, number: int) -> int | None:
    """Which option the simulation makes right; None when its event never comes."""
    question, event = run.scene.questions[number], run.questions[number].event
    if question.sides and isinstance(run, Comparison):
        return _of_sides(run, question) if run.questions[number].comes else None
    if event is None:
        return None
    return _of_event(_run_of(run, question, event), question, event)


def _of_sides(whole: Comparison, question: Question) -> int | None:
    """The option that names the very sides on which the claim holds."""
    truth = {side.scene.id for side in whole.sides if holds(question.sides, side.scene, side.timeline).held}
    fitting = [isinstance(option.is_, tuple) and set(option.is_) == truth for option in question.options]
    return fitting.index(True) if any(fitting) else None


def _run_of(run: Played, question: Question, event: Event) -> Run:
    """The run that the event is of."""
    if isinstance(run, Run):
        return run
    asked = (side for side in run.sides if question.side in ("", side.scene.id))
    return next(side for side in asked if side.timeline.by_id(event.id) is event)


def _of_event(run: Run, question: Question, event: Event) -> int | None:
    options = question.options
    try:
        truth = _worth(run, question.answer, event)
        fitting = [_fits(run, option, question.answer, truth, event) for option in options]
    except Unknown:
        return None
    if any(fitting):
        return fitting.index(True)
    other = [index for index, option in enumerate(options) if option.is_ == "other"]
    return other[0] if other else None


def filled(run: Played, number: int, words: Words, text: Text | None) -> str:
    """A text of a question with the values of the run at the question's moment."""
    return run.fill(text, run.questions[number].t or 0, words)


def said(run: Played, number: int, words: Words, option: Option) -> str:
    """What an option says: its own text, or its value in words: what a thing is called, not its id."""
    if option.say is not None:
        return filled(run, number, words, option.say)
    if isinstance(option.is_, tuple) and isinstance(run, Comparison):
        named = [words.text(side.scene.title) for side in run.sides if side.scene.id in option.is_]
        return words.join(named) if named else words("compare.nowhere")
    key = f"ask.is.{option.is_}"
    if words.has(key):
        return words(key)
    thing = option.is_ if isinstance(option.is_, str) and option.is_ in run.scene.things else ""
    return sentences.name(run.scene, words, thing) if thing else words.say(option.is_)


def _worth(run: Run, text: str, event: Event) -> object:
    return evaluate(parse.expression(text), run.timeline, event, event.t)


def _fits(run: Run, option: Option, answer: str, truth: object, event: Event) -> bool:
    """Whether an option names the truth: a literal, `same` or `next` against what was before, or `= expression`."""
    named = option.is_
    if isinstance(named, str) and named.startswith("="):
        return bool(_worth(run, named[1:].strip(), event) == truth)
    if named in ("same", "next", "other"):
        path = parse.expression(answer)
        before = _worth(run, ".".join(("before", *path.parts[1:])), event) if isinstance(path, Path) else None
        return (named == "same" and truth == before) or (
            named == "next" and isinstance(before, int) and truth == before + 1
        )  # fmt: skip
    return bool(named == truth) or str(named) == str(truth)
