"""What is told of the sides of a comparison together: its steps, questions, tasks and claims name a side where they
mean one alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vizapp.scene import units
from vizapp.scene.lesson import MOST, STEP, LessonReader
from vizapp.scene.model import Claim, Dated, Option, Place, Question, SideRow, Step, Task
from vizapp.scene.nodes import Mapping, Node, Scalar
from vizapp.scene.nodes import Sequence as List
from vizapp.scene.phrase import Pattern

DATED = ("when", "say", "sources")
ROW = ("say", "one", "count", "of", "last", "sources")


class TogetherReader(LessonReader):
    """ids: of the sides. whens: of each step, its moment by side; empty where it is the same pattern on all."""

    ids: Sequence[str] = ()
    whens: Sequence[dict[str, str]] = ()

    # steps

    def steps(self, node: Node | None) -> tuple[Step, ...]:
        self.whens = []
        return self._each(node, "steps", (*STEP, "differ", "dated"), self.step)

    def step(self, node: Mapping) -> Step:
        """Its moment may be another one on each side; a side that is not named takes no part."""
        when = node.items.get("when")
        whens = self._whens(when) if isinstance(when, Mapping) else {}
        self.whens = [*self.whens, whens]
        if isinstance(when, Mapping):
            first = next(iter(whens.values()), "start")
            node = Mapping(node.place, items={**node.items, "when": Scalar(when.place, value=first)}, keys=node.keys)
        items = node.items
        return replace(super().step(node), differ=self.typed(items.get("differ"), units.truth),
                       dated=self._each(items.get("dated"), "dated", DATED, self.dated))  # fmt: skip

    def dated(self, node: Mapping) -> Dated:
        """Without a source such a statement is worth nothing."""
        self.missing(node, "sources")
        return Dated(self.needed_text(node, "when"), self.needed_text(node, "say"),
                     self.sources(node.items.get("sources")))  # fmt: skip

    def _whens(self, node: Mapping) -> dict[str, str]:
        found = {}
        for name, each in self.mapping(node, self.ids).items.items():
            scalar = self.scalar(each)
            if scalar is not None and self.when(scalar) is not None:
                found[name] = scalar.value
        return found

    def check_value_name(self, name: str, place: Place) -> None:
        """A value may be that of one side: `{nat.vm1.address}`."""
        side, _, rest = name.partition(".")
        super().check_value_name(rest if side in self.ids and rest else name, place)

    # questions

    def question(self, node: Mapping) -> Question:
        """Its answer may be `{sides: claim}`: the sides on which that holds; or `{of: …, side: id}`."""
        answer = node.items.get("answer")
        if not isinstance(answer, Mapping):
            return super().question(node)
        if "sides" in answer.items:
            return self._which(node, self.mapping(answer, ("sides",)))
        side = answer.items.get("side")
        keys = {key: place for key, place in answer.keys.items() if key != "side"}
        plain = Mapping(answer.place, items={key: answer.items[key] for key in keys}, keys=keys)
        items = {**node.items, "answer": plain}
        made = super().question(Mapping(node.place, items=items, keys=node.keys))
        return replace(made, side=self.side_named(side) if side is not None else "")

    def _which(self, node: Mapping, answer: Mapping) -> Question:
        claim = answer.items["sides"]
        if isinstance(claim, Scalar):
            self.claim(claim)
        plain = {**node.items, "answer": Mapping(answer.place, items={"is": claim}, keys={"is": answer.place})}
        made = super().question(Mapping(node.place, items=plain, keys=node.keys))
        return replace(made, answer="", sides=self.string(claim) or "")

    def option(self, node: Mapping, event: Pattern | None) -> Option:
        """What it says may be a list of sides."""
        written = node.items.get("is")
        if not isinstance(written, List):
            return super().option(node, event)
        sides = tuple(name for each in written.items if (name := self.side_named(each)))
        return self.said_of(sides, node)

    def side_named(self, node: Node) -> str:
        said = self.string(node) or ""
        if said and said not in self.ids:
            self.unknown("unknown-side", said, node.place, self.ids)
        return said

    # tasks and claims

    def task(self, node: Mapping) -> Task:
        """Its goal may be `{side: claim}`."""
        goal = node.items.get("goal")
        if not isinstance(goal, Mapping):
            return super().task(node)
        (side, claim) = next(iter(self.mapping(goal, self.ids).items.items()), ("", goal))
        items = {**node.items, "goal": claim}
        return replace(super().task(Mapping(node.place, items=items, keys=node.keys)), side=side)

    def expect(self, node: Node | None) -> tuple[Claim, ...]:
        """A claim holds on every side; `{side: claim}` or `{side: [claims]}` on one."""
        found: list[Claim] = []
        for each in self.items(node, 2 * MOST, "expect"):
            if not isinstance(each, Mapping):
                found += self._claims(each, "")
                continue
            for side, claims in self.mapping(each, self.ids).items.items():
                found += self._claims(claims, side)
        return tuple(found)

    def _claims(self, node: Node, side: str) -> list[Claim]:
        scalars = [scalar for each in self.items(node, 2 * MOST, "expect", lone=True) if (scalar := self.scalar(each))]
        for scalar in scalars:
            self.claim(scalar)
        return [Claim(scalar.value, scalar.place, side) for scalar in scalars]

    # rows

    def rows(self, node: Node | None) -> tuple[SideRow, ...]:
        return self._each(node, "rows", ROW, self.row)

    def row(self, node: Mapping) -> SideRow:
        """`{count: pattern}` with or without `one: text`, or `{of: expression}` with or without `last: pattern`."""
        items = node.items
        counted, valued = "count" in items, "of" in items
        if counted == valued or ("last" in items and not valued) or ("one" in items and not counted):
            self.problems.add("row-form", node.place, hint="row-form")
        last = self.phrase(node, "last", self.when) if "last" in items else None
        if "count" in items:
            self.phrase(node, "count", self.when)
        of = self.scalar(items.get("of"))
        if of is not None:
            self.expression(of, last)
        return SideRow(self.needed_text(node, "say"), self.string(items.get("count")), of.value if of else None,
                    self.string(items.get("last")), self.sources(items.get("sources")),
                    self.text(items.get("one")) if "one" in items else None)  # fmt: skip
