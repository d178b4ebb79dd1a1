"""Which layers are folded as one looks at a run (what the step folds, and what the person folded or unfolded since),
and which one is entered.

It is a way of looking and never a change of the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vizapp.picture.peel import foldable, layers, others
from vizapp.picture.shown import inside

if TYPE_CHECKING:
    from vizapp.window.session import Session


class Folds:
    """own: what the person did, by thing: whether it is folded. inside: the things that one is in, from the outside."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.own: dict[str, bool] = {}
        self.inside: tuple[str, ...] = ()

    @property
    def now(self) -> tuple[str, ...]:
        """The things that are folded at the clock."""
        return self.during(self.session.step)

    def during(self, step: int) -> tuple[str, ...]:
        """The things that are folded in that step (-1: before the first)."""
        steps = self.session.run.scene.steps
        told = dict.fromkeys(steps[step].fold if 0 <= step < len(steps) else (), True)
        return tuple(name for name, folded in (told | self.own).items() if folded)

    def can(self, name: str | None) -> bool:
        """Whether that is a thing which can be folded."""
        run = self.session.run
        return name in run.scene.things and foldable(run.scene.things[name or ""], run.kinds)

    def toggle(self, name: str) -> None:
        """Fold a thing, or unfold it."""
        self._put({name: name not in self.now})

    def peel(self) -> bool:
        """Fold the topmost layer that is open, unless it is the last; whether one was."""
        names = [name for name in self._layers() if name not in self.now]
        return self._put({names[0]: True} if len(names) > 1 else {})

    def put_back(self) -> bool:
        """Unfold the lowest of the layers that are folded; whether one was."""
        names = [name for name in self._layers() if name in self.now]
        return self._put({names[-1]: False} if names else {})

    def _layers(self) -> list[str]:
        """What stands of the stack, from the top down."""
        run = self.session.run
        absent = run.absent(self.session.t)
        return [name for name in layers(run.scene, run.kinds) if name not in absent]

    def all_but(self, name: str) -> None:
        """Fold all beside that thing; asked again, unfold all."""
        run, now = self.session.run, set(self.now)
        rest = others(run.scene, run.kinds, name)
        alone = now.issuperset(rest)
        self._put(dict.fromkeys([*rest, name, *now], False) | dict.fromkeys(() if alone else rest, True))

    def unfold(self) -> None:
        """Unfold everything."""
        self._put(dict.fromkeys(self.now, False))

    # entering

    @property
    def entered(self) -> str | None:
        """The thing whose inside fills the stage."""
        return self.inside[-1] if self.inside else None

    def enter(self, name: str) -> None:
        """Let a thing fill the stage."""
        if name in self.session.run.scene.things and name != self.entered:
            self.inside = (*(each for each in self.inside if self._holds(each, name)), name)
            self.session.peeled.emit()

    def _holds(self, outer: str, name: str) -> bool:
        return name in inside(self.session.run.scene.things, outer)

    def leave(self) -> bool:
        """Back to what lies around; whether one was in something."""
        was, self.inside = self.inside, self.inside[:-1]
        if was:
            self.session.peeled.emit()
        return bool(was)

    def _put(self, folded: dict[str, bool]) -> bool:
        self.own |= folded
        self.session.peeled.emit()
        return bool(folded)
