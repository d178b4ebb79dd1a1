"""What may befall things and cables whatever they are: crash, cut, loss, delay, duplicates, partition; and its end.

Loss and duplicates are drawn from a stream of each link and purpose when something sets off (as `tc netem` does), so
that a fault here changes no dice there, and what is under way already keeps its fate.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from vizapp.scene import units
from vizapp.scene.model import Act, Thing
from vizapp.sim.behaviour import Impossible
from vizapp.sim.cable import Cable
from vizapp.sim.carrier import tell_ends, tell_neighbours
from vizapp.sim.frame import APART, CUT, DELAY, DUPLICATE, FAILED, LOSS

if TYPE_CHECKING:
    from vizapp.sim.world import World

Pair = tuple[str, str]


class Faults:
    """The faults of one world. apart: each partition, the pair of things as it was named → the two groups, and the id
    of the act."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.apart: dict[Pair, tuple[frozenset[str], frozenset[str], int]] = {}
        self.verbs: dict[str, Callable[..., None]] = {
            "fail": self._fail, "restore": self._restore, "cut": self._cut, "mend": self._mend, "loss": self._loss,
            "delay": self._delay, "duplicate": self._duplicate, "partition": self._partition, "heal": self._heal,
        }  # fmt: skip

    def do(self, act: Act) -> None:
        """Carry out one of `verbs`; Impossible when it makes no sense now."""
        self.verbs[act.verb](*act.args)

    # what crosses a cable

    def loses(self, cable: Cable) -> bool:
        """Whether what sets off there now is lost on the way."""
        return cable.loss > 0 and self.world.chance(cable.link.id, LOSS).random() < cable.loss

    def doubles(self, cable: Cable) -> bool:
        """Whether a copy follows what sets off there now."""
        return cable.duplicate > 0 and self.world.chance(cable.link.id, DUPLICATE).random() < cable.duplicate

    def parted(self, origin: str, there: str) -> int:
        """The id of the act that keeps what `origin` made from entering `there`; 0: it may."""
        for one, other, why in self.apart.values():
            if (origin in one and there in other) or (origin in other and there in one):
                return why
        return 0

    # things

    def _fail(self, name: str) -> None:
        self._switch(name, down=True)

    def _restore(self, name: str) -> None:
        self._switch(name, down=False)

    def _switch(self, name: str, down: bool) -> None:
        devices = self.world.devices
        self._known(name)
        if devices[name].failed == down:
            raise Impossible("already-failed" if down else "not-failed", device=name)
        for thing in self._inside(name):
            device = devices[thing.id]
            if device.failed == down or not self.world.standing.has(thing.id):
                continue
            device.failed = down
            device.epoch += 1
            device.show(FAILED, down)
            if down:
                device.on_fail()
            else:
                device.on_restore()
            tell_neighbours(self.world, thing.id)

    def _known(self, *names: str) -> None:
        for name in names:
            if name not in self.world.devices:
                raise Impossible("unknown-thing", thing=name)
            self.world.standing.need(name)

    def _inside(self, name: str) -> list[Thing]:
        thing = self.world.scene.things[name]
        return [thing, *(inner for child in thing.children for inner in self._inside(child))]

    # two things

    def _partition(self, one: str, other: str) -> None:
        self._known(one, other)
        if one == other:
            raise Impossible("same-thing", device=one)
        if self._pair(one, other) is not None:
            raise Impossible("already-apart", device=one, other=other)
        first, second = (frozenset(thing.id for thing in self._inside(name)) for name in (one, other))
        self.apart[one, other] = (first - second or first, second - first or second, self.world.agenda.cause)
        self._say_apart(one, other)

    def _heal(self, one: str, other: str) -> None:
        self._known(one, other)
        pair = self._pair(one, other)
        if pair is None:
            raise Impossible("not-apart", device=one, other=other)
        del self.apart[pair]
        self._say_apart(one, other)

    def _pair(self, one: str, other: str) -> Pair | None:
        return next((pair for pair in ((one, other), (other, one)) if pair in self.apart), None)

    def _say_apart(self, *names: str) -> None:
        for name in names:
            far = tuple(b if a == name else a for a, b in self.apart if name in (a, b))
            self._record(name, APART, far)

    # cables

    def _cut(self, name: str) -> None:
        self._splice(name, cut=True)

    def _mend(self, name: str) -> None:
        self._splice(name, cut=False)

    def _splice(self, name: str, cut: bool) -> None:
        cable = self.world.cable(name)
        if cable.cut == cut:
            raise Impossible("already-cut" if cut else "not-cut", link=cable.link.id)
        cable.cut = cut
        self._note(cable, CUT, cut)
        self.world.clear(cable, "link-cut")
        tell_ends(self.world, cable)

    def _loss(self, name: str, share: str) -> None:
        cable = self.world.cable(name)
        cable.loss = self._changed(cable, cable.loss, units.percent(share))
        self._note(cable, LOSS, cable.loss)

    def _duplicate(self, name: str, share: str) -> None:
        cable = self.world.cable(name)
        cable.duplicate = self._changed(cable, cable.duplicate, units.percent(share))
        self._note(cable, DUPLICATE, cable.duplicate)

    def _delay(self, name: str, added: str) -> None:
        cable = self.world.cable(name)
        cable.delay = int(self._changed(cable, cable.delay, units.duration(added)))
        cable.lasts = cable.link.delay + cable.delay
        self._note(cable, DELAY, cable.delay)

    def _changed(self, cable: Cable, was: float, value: float) -> float:
        if value == was:
            raise Impossible("already-so", name=cable.link.id, value=value)
        return value

    def _note(self, cable: Cable, name: str, value: float) -> None:
        """Record what the cable suffers, and whose doing it is."""
        cable.why = self.world.agenda.cause
        self._record(cable.link.id, name, value)

    def _record(self, entity: str, name: str, value: object) -> None:
        """Record it, unless it is done unseen."""
        if not self.world.unseen:
            self.world.timeline.track(entity, name).put(self.world.agenda.now, value)
