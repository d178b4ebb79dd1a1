"""What is the difference? One key puts a stack beside another, under the same acts, the answer first."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from vizapp.window import keys
from vizapp.window.scene_file import read
from vizapp.window.supposing import Aside, Supposing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vizapp.scene.catalog import SceneHeader
    from vizapp.scene.model import Scene

CHAPTERS = ("architectures", "own")  # in which there are stacks
MOST = 9  # partners that a digit chooses


class Beside(NamedTuple):
    """The stack that was opened, and those that it may stand beside, the most natural first."""

    scene: Scene
    partners: list[Scene]


class Differing(Supposing):
    """beside: what the comparison that is open is of; None while there is none. opened, last: the id of the scene of
    stacks that was opened last, and of the one before."""

    beside: Beside | None = None
    opened: str | None = None
    last: str | None = None

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._known: dict[Path, tuple[int, Scene | None]] = {}  # when a file was saved, and its first stack

    def difference(self) -> None:
        """Put the stack that is open beside its natural partner; asked again, show or hide the answer. At home, pick
        the stacks."""
        if not self.in_scene:
            self.home.picking.start(difference=True)
        elif self.beside is not None or self._all_stacks():
            self.session.show_contrast(not self.session.contrasting)
        else:
            self._open_beside()

    def leave_difference(self) -> bool:
        """Back to the stacks that one scene puts side by side; False where the answer does not show, or where a partner
        was opened for it, which is left with it."""
        if self.beside is not None or not self.session.contrasting:
            return False
        self.session.show_contrast(False)
        return True

    def _all_stacks(self) -> bool:
        """Whether what is open puts stacks side by side already."""
        from vizapp.compare.battery import comparable

        run = self.session.run
        return bool(run.scene.sides) and all(comparable(side, run.kinds) for side in run.scene.sides)

    def _open_beside(self) -> None:
        from vizapp.compare.battery import comparable

        scene, kinds = self.session.run.scene, self.session.run.kinds
        partners = self._partners(scene) if comparable(scene, kinds) else []
        if not comparable(scene, kinds) or not partners:
            key = "notice.no-stack" if not comparable(scene, kinds) else "notice.no-partner"
            self.notice.say(self.words(key), bad=True)
            return
        before = self.session
        before.pause()
        self._compare_stacks(Aside(before, self.screen_), Beside(scene, partners), partners[0])

    def _compare_stacks(self, aside: Aside | None, beside: Beside, other: Scene) -> None:
        """Open them, the answer first; what was open waits."""
        from vizapp.compare import play
        from vizapp.compare.battery import compared
        from vizapp.devices import VOCABULARY

        shown = self._taken_show()
        whole = play(compared([beside.scene, other], VOCABULARY.kinds), VOCABULARY.kinds).complete()
        self._begin(whole)
        self.aside, self.beside = aside, beside
        said = partial(self._choices, beside, other)
        self.session.show_contrast(True, said)
        self._name_place()
        self.screen_.setFocus()
        self._show_again(shown)

    def _choices(self, beside: Beside, other: Scene) -> str:
        """Who else it may be compared with, each by its digit."""
        named = [f"{n} {self.words.text(each.title)}" for n, each in enumerate(beside.partners[:MOST], 1)
                 if each is not other]  # fmt: skip
        key, others = keys.labels(keys.command("difference"), self.words), " · ".join(named)
        said = "contrast.hint" if named else "contrast.hint-alone"
        return self.words(said, by=key, others=others)

    def compare(self, scenes: Sequence[Scene]) -> None:
        """Put scenes side by side; stacks whose difference was asked for at home under the same acts, answer first."""
        from vizapp.compare.battery import comparable, compared
        from vizapp.devices import VOCABULARY

        picking = self.home.picking
        asked, picking.difference = picking.difference, False
        if asked and all(comparable(scene, VOCABULARY.kinds) for scene in scenes):
            self.open_free(compared(scenes, VOCABULARY.kinds))
            self.session.show_contrast(True)
        else:
            super().compare(scenes)

    def swap_partner(self, digit: int) -> bool:
        """Another partner in the place of the present one; whether there is one of that number."""
        beside, aside = self.beside, self.aside
        if beside is None or not 1 <= digit <= min(MOST, len(beside.partners)):
            return False
        old, screen = self.session, self.screen_
        self._compare_stacks(aside, beside, beside.partners[digit - 1])
        self.stack.removeWidget(screen)
        screen.deleteLater()
        old.deleteLater()
        return True

    # who

    def _partners(self, scene: Scene) -> list[Scene]:
        """The other stacks: the one that must be known first, then the last one seen, then in the order of learning."""
        headers = sorted(self._stacks(scene), key=partial(self._distance, scene))
        return [stack for header in headers if (stack := self._stack_of(header.path)) is not None]

    def _stack_of(self, path: Path) -> Scene | None:
        """The first stack of a file, which is read once while it stays as it is."""
        from vizapp.compare.battery import stacks
        from vizapp.devices import VOCABULARY

        if not path.is_file():
            return None
        saved = path.stat().st_mtime_ns
        if path not in self._known or self._known[path][0] != saved:
            scene = read(path).scene
            found = stacks(scene, VOCABULARY.kinds) if scene is not None else []
            self._known[path] = saved, found[0] if found else None
        return self._known[path][1]

    def _stacks(self, scene: Scene) -> Sequence[SceneHeader]:
        return [each for each in self.library.headers if each.id != scene.id and each.chapter in CHAPTERS
                and not each.broken]  # fmt: skip

    def _distance(self, scene: Scene, header: SceneHeader) -> tuple[bool, bool]:
        return header.id not in scene.requires[-1:], header.id != self.last

    # coming and going

    def _play(self, scene: Scene, path: Any) -> None:
        self.beside = None
        super()._play(scene, path)
        if scene.chapter in CHAPTERS:
            self.opened, self.last = scene.id, self.opened

    def go_back(self) -> None:
        self.beside = None
        super().go_back()
