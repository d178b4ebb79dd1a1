"""A side of a comparison: a run like any other, whose pace and places may be those of the whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar

from vizapp.compare.battery import Trial, trial_of
from vizapp.compare.cost import Costs
from vizapp.compare.exchange import Exchange, exchanges
from vizapp.picture.layout import layouts
from vizapp.picture.said import counter
from vizapp.picture.shown import shown
from vizapp.picture.stage import Stage
from vizapp.picture.view import View
from vizapp.run import Moment, Run
from vizapp.scene import parse
from vizapp.scene.model import Act, Scene, Thing
from vizapp.scene.vocabulary import Kind, Show
from vizapp.sim.match import every
from vizapp.sim.pace import Pace, Passing
from vizapp.sim.timeline import Event, Flight, Timeline
from vizapp.sim.verbs import VERBS

Found = TypeVar("Found")

TELLING = ("text", "badge")  # forms of what a device shows by which two may be told apart
COMMON = frozenset(verb.name for verb in VERBS if verb.family)  # of those that every scene has


def counted(kind: Kind, thing: Thing) -> Iterator[Show]:
    """What a thing counts on its face."""
    return (show for show in kind.shows if show.face and counter(show) and kind.gives(show, thing))


class Side(Run):
    """abreast: the scenes that it is laid out with, its own among them; lacking: what each of these lacks when this one
    is at a true ns. shared: gives the pace of the whole, where all
    sides have one."""

    def __init__(
        self,
        scene: Scene,
        kinds: Mapping[str, Kind],
        *,
        abreast: tuple[Scene, ...],
        lacking: Callable[[int], Sequence[frozenset[str]]],
        seed: int | None,
        settings: Mapping[str, Any],
        acts: Sequence[Act],
        until: int | None,
        shared: Callable[[], Pace] | None = None,
    ) -> None:
        own = {name: value for name, value in settings.items() if name in scene.settings}
        super().__init__(scene, kinds, seed=seed, settings=own, acts=acts, until=until)
        self.abreast, self.lacking, self.shared = abreast, lacking, shared
        self._kept_of: tuple[Timeline, int, int] | None = None
        self._kept: dict[object, Any] = {}

    @property
    def pace(self) -> Pace:
        return super().pace if self.shared is None else self.shared()

    def laid(self, view: View, t: int = 0) -> Stage:
        """Beside the other sides: what they have in common is at the same place on all."""
        beside = tuple(shown(scene, absent, view.folded, view.entered)
                       for scene, absent in zip(self.abreast, self.lacking(t), strict=True))  # fmt: skip
        stages = layouts(beside, view.lang, view.size, view.level, self.kinds, view.unit)
        return stages[next(n for n, scene in enumerate(self.abreast) if scene is self.scene)]

    def forget(self) -> None:
        """Another side has changed, and with it the pace."""
        self._forget()

    def reach(self, number: int, after: int) -> Moment:
        """When a step comes, not before true ns `after`."""
        steps = self.scene.steps
        return self._find(parse.pattern(steps[number].when), after) if number < len(steps) else Moment(None)

    def kept(self, key: object, work_out: Callable[[], Found]) -> Found:
        """What `work_out` gives of the timeline, worked out once as far as that goes. key: all else that it depends
        on."""
        timeline = self.timeline
        about = (timeline, len(timeline.events), len(timeline.flights))
        if about != self._kept_of:
            self._kept_of, self._kept = about, {}
        if key not in self._kept:
            self._kept[key] = work_out()
        return self._kept[key]  # type: ignore[no-any-return]

    @property
    def exchanges(self) -> list[Exchange]:
        """What was asked and what came of it."""
        return self.kept("exchanges", lambda: [each for each in exchanges(self.timeline)
                                               if each.asked.verb not in self._quiet])  # fmt: skip

    @property
    def followed(self) -> list[Flight]:
        """The flights that are followed, in order of departure."""
        about = ("followed", self.watched, self.attempted)
        return self.kept(about, lambda: [each for each in self.timeline.flights if self.follows_flight(each)])

    def meant(self, pattern: str) -> list[Event]:
        """The events that a pattern means, in order of time."""
        return self.kept(("meant", pattern), lambda: list(every(parse.pattern(pattern), self.timeline)))

    @cached_property
    def trials(self) -> dict[Trial, list[Act]]:
        """The acts of its script that are trials of the battery."""
        found: dict[Trial, list[Act]] = {}
        for act in self.scene.script:
            trial = trial_of(act)
            if trial is not None:
                found.setdefault(trial, []).append(act)
        return found

    @property
    def costs(self) -> Costs:
        """What is counted of what came of each act."""
        return self.kept("costs", lambda: Costs(self.timeline))

    @cached_property
    def _quiet(self) -> frozenset[str]:
        """The verbs that break or repair: they ask for nothing, whatever comes of them."""
        return frozenset(verb.name for kind in self.kinds.values() for verb in kind.verbs if verb.family) | COMMON

    @cached_property
    def faces(self) -> list[tuple[str, str]]:
        """What its devices show in words, by device and field."""
        return [(thing.id, show.field) for thing in self.scene.things.values()
                for show in self.kinds[thing.kind].shows if show.face and show.form in TELLING]  # fmt: skip

    @cached_property
    def counters(self) -> list[tuple[str, Show]]:
        """What its devices count on their faces, by device."""
        return [(thing.id, show) for thing in self.scene.things.values()
                for show in counted(self.kinds[thing.kind], thing)]  # fmt: skip

    # what a pace over all sides is drawn from

    def stretching(self) -> tuple[list[Passing], list[Event], list[tuple[int, int]]]:
        """The flights and events that are followed, and the waits that are felt."""
        return self.passing(), [event for event in self.timeline.events if self.holds(event)], self._felt_waits()
