"""Running a scene: from zero, in slices, further on, with what a person did on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from vizapp.scene.model import Act, Scene
from vizapp.scene.vocabulary import Kind
from vizapp.sim.agenda import Runaway
from vizapp.sim.instead import in_effect
from vizapp.sim.timeline import Timeline
from vizapp.sim.world import World

SLICE = 2_000  # agenda entries of one slice: a few milliseconds


class Simulation:
    """A run that can be advanced. An act at `t` applies one nanosecond later: after everything else that happens at
    `t`, so that what was seen up to `t` stays as it was. Acts of one `t` keep the order in which they were done.
    fault: acts that no event tells of, before the others of their `t`. An act may stand in the place of another.
    """

    def __init__(
        self,
        scene: Scene,
        kinds: Mapping[str, Kind],
        *,
        seed: int | None = None,
        settings: Mapping[str, Any] | None = None,
        acts: Sequence[Act] = (),
        fault: Sequence[Act] = (),
    ) -> None:
        values = scene.defaults() | dict(settings or {})
        script, acts = in_effect(scene.script, acts)
        if len(script) < len(scene.script):
            scene = replace(scene, script=tuple(script))
        self.world = World(scene, kinds, scene.seed if seed is None else seed, values)
        every = [*((act, True) for act in fault), *((act, False) for act in acts)]
        self.acts = sorted(every, key=lambda each: each[0].at)  # with whether it is done unseen
        self.done = 0

    @property
    def timeline(self) -> Timeline:
        return self.world.timeline

    def advance(self, until: int, most: int | None = None) -> bool:
        """Simulate up to true ns `until`, or `most` agenda entries; True once there, or once the run stopped."""
        timeline, agenda = self.timeline, self.world.agenda
        left = 1 << 62 if most is None else most
        while timeline.stopped is None:
            act, unseen = self.acts[self.done] if self.done < len(self.acts) else (None, False)
            horizon = act.at if act is not None and act.at < until else until
            try:
                left -= agenda.run(horizon, left)
                if left <= 0:
                    timeline.end = max(timeline.end, agenda.now - 1)
                    return False
                if act is None or act.at >= until:
                    break
                agenda.now = act.at + 1
                self.done += 1
                self.world.act(act, unseen=unseen)
            except Runaway as runaway:
                self._stop(runaway)
        if timeline.stopped is None:
            timeline.end = max(timeline.end, until)
        return True

    def _stop(self, runaway: Runaway) -> None:
        """Law 7: beyond the budget the run stops with an event that explains it."""
        self.world.event(runaway.key, "", {})
        self.timeline.stopped = runaway.key
        self.timeline.end = self.world.agenda.now


def simulate(
    scene: Scene,
    kinds: Mapping[str, Kind],
    *,
    seed: int | None = None,
    settings: Mapping[str, Any] | None = None,
    acts: Sequence[Act] = (),
    fault: Sequence[Act] = (),
    until: int | None = None,
) -> Timeline:
    """The whole run at once, up to `until` (true ns; the scene's own by default)."""
    simulation = Simulation(scene, kinds, seed=seed, settings=settings, acts=acts, fault=fault)
    simulation.advance(scene.until if until is None else until)
    return simulation.timeline
