"""What is told with a scene: steps, questions, tasks, claims, points."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from vizapp.scene import parse, units
from vizapp.scene.acts import parse_act
from vizapp.scene.model import Act, Claim, Option, Point, Question, Step, Task, Text, WhatIf
from vizapp.scene.nodes import Mapping, Node, Scalar
from vizapp.scene.phrase import Pattern
from vizapp.scene.puzzle import PUZZLES, PuzzleReader
from vizapp.scene.whatif import ANYTIME, NOTHING, parse_instead
from vizapp.words import languages

T = TypeVar("T")

STEP = ("when", "title", "say", "focus", "fold", "notes", "table", "sources")
QUESTION = ("before", "ask", "point-at", "answer", "options", "sources", *PUZZLES)
OPTION = ("is", "say", "why", "sources")
TASK = ("say", "goal", "hints", "changes", "fault", "solution", "sources", *PUZZLES)
OF_OPTIONS, OF_GOALS = ("answer", "options"), ("goal", "changes", "fault")  # what a puzzle stands in the place of
WHATIF = ("say", "of", "instead", "sources")
TONES = ("good", "warn", "bad", "plain")
MOST = 100
SECOND = 1_000_000_000


class LessonReader(PuzzleReader):
    # steps

    def steps(self, node: Node | None) -> tuple[Step, ...]:
        return self._each(node, "steps", STEP, self.step)

    def step(self, node: Mapping) -> Step:
        items = node.items
        self.phrase(node, "when", self.when)
        return Step(
            when=self.string(items.get("when")) or "start",
            say=self.live(node, "say"),
            title=self.live(node, "title", needed=False) or None,
            focus=self.focus(items.get("focus")),
            fold=self.folded(items.get("fold")),
            notes=self.text(items.get("notes")),
            table=self.table(items.get("table")),
            place=node.place,
            sources=self.sources(items.get("sources")),
        )

    def folded(self, node: Node | None) -> tuple[str, ...]:
        found = {name: each.place for each in self.items(node, MOST, "fold", lone=True) if (name := self.string(each))}
        for name, place in found.items():
            if name not in self.names.things:
                self.unknown("unknown-thing", name, place, self.names.things)
        return tuple(found)

    def focus(self, node: Node | None) -> tuple[str, ...]:
        found: list[str] = []
        for each in self.items(node, MOST, "focus", lone=True):
            name = self.string(each)
            if name is None:
                continue
            if name not in self.names.things and not self.names.link(name):
                self.unknown("unknown-thing", name, each.place, self.names.things)
            found.append(name)
        return tuple(found)

    def table(self, node: Node | None) -> str | None:
        """`device.field`, a field that is shown as a table."""
        said = self.string(node)
        if said is None or node is None:
            return None
        device, _, field = said.partition(".")
        thing = self.names.things.get(device)
        if thing is None:
            self.unknown("unknown-thing", device, node.place, self.names.things)
            return said
        kind = self.names.vocabulary.kinds.get(thing.kind)
        tables = [show.field for show in kind.shows if show.form == "table"] if kind else []
        if kind and field not in tables:
            self.unknown("unknown-table", field, node.place, tables)
        return said

    # questions

    def questions(self, node: Node | None) -> tuple[Question, ...]:
        return self._each(node, "questions", QUESTION, self.question)

    def question(self, node: Mapping) -> Question:
        items = node.items
        before = self.phrase(node, "before", self.when)
        puzzle = self.puzzle(node)
        if puzzle is not None:
            self.instead_of(OF_OPTIONS, node)
            return Question(self.string(items.get("before")) or "start", self.live(node, "ask"), "", (),
                            self.string(items.get("point-at")), place=node.place, puzzle=puzzle,
                            sources=self.sources(items.get("sources")))  # fmt: skip
        answered = self.answered(items.get("answer"))
        event = before if answered is None else answered
        return Question(
            before=self.string(items.get("before")) or "start",
            ask=self.live(node, "ask"),
            answer=self.answer(node, event),
            options=self.options(node, event),
            point_at=self.string(items.get("point-at")),
            answered=None if answered is None else str(answered),
            place=node.place,
            sources=self.sources(items.get("sources")),
        )

    def answered(self, node: Node | None) -> Pattern | None:
        """The later event that an answer is asked of: `{of: device, when: ip.dropped}`."""
        later = node.items.get("when") if isinstance(node, Mapping) else None
        return self.when(later) if isinstance(later, Scalar) else None

    def answer(self, node: Mapping, event: Pattern | None) -> str:
        """`{of: expression}`, asked of the run, or `{is: value}`, which an option must be."""
        if self.missing(node, "answer"):
            return ""
        written = node.items["answer"]
        answer = self.mapping(written, ("of", "is", "when"))
        of, literal = (answer.items.get(key) for key in ("of", "is"))
        if (of is None) == (literal is None) or (of is None and "when" in answer.items):
            if isinstance(written, Mapping):
                self.problems.add("answer-form", written.place, hint="answer-form")
            return ""
        if isinstance(of, Scalar):
            self.expression(of, event)
            return of.value
        scalar = self.scalar(of or literal)
        return _quoted(scalar) if scalar else ""

    def options(self, node: Mapping, event: Pattern | None) -> tuple[Option, ...]:
        if self.missing(node, "options"):
            return ()
        written = node.items["options"]
        found = [self.option(self.mapping(each, OPTION), event) for each in
                 self.items(written, 4, "options")]  # fmt: skip
        if isinstance(written, Scalar) or len(found) < 2:
            self.problems.add("too-few-options", written.place)
        return tuple(found)

    def option(self, node: Mapping, event: Pattern | None) -> Option:
        value: Any = None
        if not self.missing(node, "is"):
            scalar = self.scalar(node.items["is"])
            if scalar is not None:
                value = units.core(scalar.value) if scalar.plain else scalar.value
                if scalar.value.startswith("="):
                    self.expression(scalar, event, scalar.value[1:])
        return self.said_of(value, node)

    def said_of(self, value: Any, node: Mapping) -> Option:
        """An option of that value, with what is said of it."""
        items = node.items
        return Option(value, self.needed_text(node, "why"), self.text(items.get("say")),
                      self.sources(items.get("sources")))  # fmt: skip

    # tasks and claims

    def tasks(self, node: Node | None) -> tuple[Task, ...]:
        return self._each(node, "tasks", TASK, self.task)

    def task(self, node: Mapping) -> Task:
        puzzle = self.puzzle(node)
        if puzzle is not None:
            self.instead_of(OF_GOALS, node)
            return Task(self.needed_text(node, "say"), "", self.hints(node), place=node.place, puzzle=puzzle,
                        placed=self.placed(node.items.get("solution"), puzzle),
                        sources=self.sources(node.items.get("sources")))  # fmt: skip
        items = node.items
        self.phrase(node, "goal", self.claim)
        return Task(
            say=self.needed_text(node, "say"),
            goal=self.string(items.get("goal")) or "",
            hints=self.hints(node),
            changes=self.number(items.get("changes"), 1, 1000),
            fault=self.acts(items.get("fault"), "fault", [0] * MOST),
            solution=self.acts(items.get("solution"), "solution", range(SECOND, (MOST + 1) * SECOND, SECOND)),
            place=node.place,
            sources=self.sources(items.get("sources")),
        )

    def hints(self, node: Mapping) -> tuple[Text, ...]:
        hints = [self.text(each) or Text() for each in self.items(node.items.get("hints"), 3, "hints", lone=False)]
        if not hints:
            self.problems.add("no-hints", node.place)
        return tuple(hints)

    def instead_of(self, keys: Sequence[str], node: Mapping) -> None:
        """What may not stand beside a puzzle."""
        for key in keys:
            if key in node.items:
                self.problems.add("beside-puzzle", node.keys[key], name=key)

    def acts(self, node: Node | None, what: str, times: Sequence[int]) -> tuple[Act, ...]:
        """Acts that may leave their times out: then these. A fault sets no setting of the scene: it would be seen."""
        found: list[Act] = []
        for each, at in zip(self.items(node, MOST, what, lone=True), times, strict=False):
            scalar = self.scalar(each)
            act = self.parsed(scalar, scalar.value, self._act_at(scalar, at)) if scalar else None
            if act is None:
                continue
            if what == "fault" and act.verb == "set" and act.args[0] in self.names.settings:
                self.problems.add("task-fault-seen", each.place, hint="fault-field", name=act.args[0])
            found.append(act)
        return tuple(found)

    def whatifs(self, node: Node | None) -> tuple[WhatIf, ...]:
        return self._each(node, "whatif", WHATIF, self.whatif)

    def whatif(self, node: Mapping) -> WhatIf:
        of = self.typed(node.items.get("of"), lambda text: parse_act(text, self.names, at=ANYTIME))
        instead = None
        if not self.missing(node, "instead") and (of is not None or "of" not in node.items):
            instead = self.typed(node.items["instead"], lambda text: parse_instead(text, self.names, of=of))
        return WhatIf(self.needed_text(node, "say"), instead or Act(NOTHING, ()), of, node.place,
                      self.sources(node.items.get("sources")))  # fmt: skip

    def _act_at(self, scalar: Scalar, at: int) -> Callable[[str], Act]:
        return lambda text: parse_act(text, self.names, at=at, place=scalar.place)

    def expect(self, node: Node | None) -> tuple[Claim, ...]:
        found: list[Claim] = []
        for each in self.items(node, 2 * MOST, "expect"):
            scalar = self.scalar(each)
            if scalar is not None:
                self.claim(scalar)
                found.append(Claim(scalar.value, scalar.place))
        return tuple(found)

    # points

    def points(self, node: Node | None) -> tuple[Point, ...]:
        """`{good: text}`, `{warn: text}`, `{bad: text}`, or a text by itself."""
        return tuple(self.point(each) for each in self.items(node, MOST, "points"))

    def point(self, node: Node) -> Point:
        if not isinstance(node, Mapping) or set(node.items) <= set(languages()):
            return Point(self.text(node) or Text())
        items = self.mapping(node, (*TONES, "sources")).items
        tone = next((tone for tone in TONES if tone in items), "plain")
        return Point(self.needed_text(node, tone), tone, self.sources(items.get("sources")))

    # shared

    def _each(self, node: Node | None, what: str, keys: tuple[str, ...], read: Callable[[Mapping], T]) -> tuple[T, ...]:
        return tuple(read(self.mapping(each, keys)) for each in self.items(node, MOST, what))


def _quoted(scalar: Scalar) -> str:
    """A literal answer, written as an expression."""
    value = units.core(scalar.value) if scalar.plain else scalar.value
    if isinstance(value, bool):
        return "true" if value else "false"
    try:
        if not isinstance(value, str):
            return str(parse.expression(scalar.value))
    except parse.PhraseError:
        pass
    quote = "'" if '"' in scalar.value else '"'
    return f"{quote}{scalar.value}{quote}"
