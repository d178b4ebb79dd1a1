"""The card of a question, or of a task with a puzzle, in words: as it is asked, and as the simulation answers it."""

from __future__ import annotations

from vizapp.compare import puzzles
from vizapp.compare.answers import filled, right_option, said
from vizapp.compare.playing import Played
from vizapp.picture.puzzle import Said
from vizapp.scene.model import Item, Question, Task, Text
from vizapp.sim.puzzle import Placed, Rank, Sorted, Truth, positions, rank, verdicts
from vizapp.sim.timeline import Event
from vizapp.words import Words


def choice(run: Played, number: int, words: Words, *, revealed: bool = False) -> Said:
    """A question with options."""
    question = run.scene.questions[number]
    options = question.options
    right = right_option(run, number) if revealed else None
    return Said(
        kind="choice",
        ask=filled(run, number, words, question.ask),
        items=tuple(said(run, number, words, option) for option in options),
        whys=tuple(("", filled(run, number, words, option.why), "") for option in options),
        placed=tuple(range(len(options))),
        tray=tuple(range(len(options))),
        verdicts=tuple(index == right for index in range(len(options))) if revealed else None,
    )


def card(run: Played, number: int, words: Words, *, revealed: bool) -> Said:
    """The card of a question as it is asked or, revealed, as it is answered."""
    question = run.scene.questions[number]
    if question.puzzle is None:
        return choice(run, number, words, revealed=revealed)
    asked = Asked(run, question)
    if not revealed:
        return asked.said(words, asked.start)
    return asked.said(words, asked.right(asked.start), given=asked.nothing)


class Asked:
    """The puzzle of a question, or of a task, in a run: what is right in it, and what its card says. ranks: what each
    item that is to be put in order is put in order by."""

    def __init__(self, run: Played, of: Question | Task) -> None:
        assert of.puzzle is not None
        self.run, self.of, self.puzzle = run, of, of.puzzle
        self.truth: Truth
        self.ranks: tuple[Rank | None, ...] = ()
        self.look()
        self.tray = puzzles.mixed(run, of)

    @property
    def nothing(self) -> Placed:
        """An answer that was not given."""
        return (None,) * len(self.puzzle.items)

    @property
    def start(self) -> Placed:
        """Where everything is before anything was done."""
        return self.nothing if self.puzzle.sorts else positions(self.tray)

    def look(self) -> None:
        """Ask the run, also again after something was done in it: the whole of it, where items are asked of it."""
        if any(item.when for item in self.puzzle.items):
            self.run.complete()
        self.truth = puzzles.truth(self.run, self.of)
        if not self.puzzle.sorts:
            where = puzzles.where(self.run, self.of if isinstance(self.of, Question) else None)
            self.ranks = tuple(rank(item, *where(item)) for item in self.puzzle.items)

    def said(self, words: Words, placed: Placed, *, given: Placed | None = None, told: int | None = None) -> Said:
        """The card with its items placed so. given: what is judged, once it is; told: the item that is told then."""
        return Said(
            kind="sort" if self.puzzle.sorts else "order",
            ask=self._filled(self.of.ask if isinstance(self.of, Question) else self.of.say, words),
            items=tuple(self._filled(item.say, words) for item in self.puzzle.items),
            whys=tuple(self._why(number, words) for number in range(len(self.puzzle.items))),
            placed=placed,
            bins=tuple(words.text(name) for name in self.puzzle.bins.values()),
            tray=self.tray,
            verdicts=self.verdicts(given) if given is not None else None,
            told=told if given is not None else None,
            done=self.score(given, words) if given is not None else "",
        )

    def right(self, placed: Placed) -> Placed:
        """The right answer that is nearest; what the run does not tell of stays where it is."""
        found = self.truth.nearest(placed)
        if self.puzzle.sorts:
            return tuple(own if right is None else right for own, right in zip(placed, found, strict=True))
        last = sum(right is not None for right in found)
        untold = iter(range(last, len(found)))
        return tuple(next(untold) if right is None else right for right in found)

    def verdicts(self, given: Placed) -> tuple[bool | None, ...]:
        """Item by item whether it was right; None where it was not placed, or the run does not tell."""
        found = verdicts(self.truth, given)
        return tuple(None if own is None else verdict for own, verdict in zip(given, found, strict=True))

    def solved(self, given: Placed) -> bool:
        """Whether everything that the run tells of is where it belongs."""
        return any(self.truth.told) and all(verdict is not False for verdict in verdicts(self.truth, given))

    def score(self, given: Placed, words: Words) -> str:
        """How many were right, of how many."""
        if given == self.nothing:
            return words("quiz.answer")
        right = sum(verdict is True for verdict in self.verdicts(given))
        return words("quiz.score", n=right, of=sum(self.truth.told))

    # what is told of an item

    def _why(self, number: int, words: Words) -> tuple[str, str, str]:
        item = self.puzzle.items[number]
        source = " · ".join(words.text(source.text) for source in item.sources)
        return self._head(number, item, words), self._filled(item.why, words), source

    def _head(self, number: int, item: Item, words: Words) -> str:
        """The item, and where it belongs or what it is put in order by."""
        name = self._filled(item.say, words)
        if isinstance(self.truth, Sorted):
            names = list(self.puzzle.bins.values())
            bins = [words.text(names[place]) for place in self.truth.bins[number]]
            return words("quiz.belongs", item=name, bins=words.join(bins, "common.or")) if bins else name
        value = self.ranks[number]
        if isinstance(value, Event):
            later = value.t - min(each.t for each in self.ranks if isinstance(each, Event))
            return words("quiz.later", item=name, t=later) if later else name
        return f"{name} · {words.say(value[0])}" if value is not None and item.of else name

    def _filled(self, text: Text, words: Words) -> str:
        """With the values of the run at the question's moment; of a task, at the start."""
        asked = self.of if isinstance(self.of, Question) else None
        t = self.run.questions[self.run.scene.questions.index(asked)].t if asked is not None else 0
        return self.run.fill(text, t or 0, words)
