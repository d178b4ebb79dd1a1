"""Small worlds for the laws of the simulation: talkers, walls and hubs that do everything a device may do.

Run as a program it prints a digest of some worlds and of every shipped scene, to be compared between processes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from vizapp import places
from vizapp.devices import VOCABULARY
from vizapp.scene.model import Act, Link, Port, Reference, Scene, Setting, Term, Text, Thing
from vizapp.scene.reader import read
from vizapp.scene.vocabulary import Kind
from vizapp.sim.behaviour import DELIVERED, Behaviour, ignored
from vizapp.sim.simulate import simulate
from vizapp.sim.timeline import Timeline

MS = 1_000_000
UNTIL = 40 * MS
DELAYS = ("0s", "1ms", "50ms")


@dataclass(frozen=True)
class Ball:
    """What is thrown."""

    number: int
    protocol: str = "ball"

    def fields(self) -> dict[str, Any]:
        return {"number": self.number}


class Talker(Behaviour):
    """Throws a ball at random intervals, and one more whenever it is told to."""

    def start(self) -> None:
        self.thrown = 0
        self.heard = 0
        self.show("drawn", ())
        self.drawn: tuple[int, ...] = ()
        self.plan()

    def plan(self) -> None:
        gap = self.chance("gap").between(1, int(self.get("pace")))
        self.drawn += (gap,)
        self.show("drawn", self.drawn)
        self.after(gap, self.throw)

    def throw(self, again: Any) -> None:
        self.thrown += 1
        self.show("thrown", self.thrown)
        self.event("ball.thrown", number=self.thrown)
        self.send(self.thing.ports[0], self.packet((Ball(self.thrown),), "BALL"))
        if again is None:
            self.plan()

    def do_throw(self, act: Act, options: Any) -> None:
        self.throw("once")

    def configure(self, name: str, value: Any) -> None:
        self.show("pace", value)

    def receive(self, port: Port, packet: Any, flight: Any) -> Any:
        if packet.origin == self.id:
            self.heard += 1
            self.show("heard", self.heard)
            return DELIVERED
        return ignored("not-mine")


class Wall(Behaviour):
    """Gives most balls back, after a time of its own."""

    def receive(self, port: Port, packet: Any, flight: Any) -> Any:
        if self.chance("luck").random() < 0.2:
            return ignored("not-mine")
        self.event("ball.back", number=packet.layers[0].number)
        self.after(self.chance("time").between(1, 3 * MS), self.back, (port, packet))
        return DELIVERED

    def back(self, entry: Any) -> None:
        port, packet = entry
        self.send(port, packet)


class Hub(Behaviour):
    """Gives everything on to every other port, for ever."""

    def receive(self, port: Port, packet: Any, flight: Any) -> Any:
        for other in self.thing.ports:
            if other.id != port.id:
                self.send(other, packet)
        return DELIVERED


class Spinner(Behaviour):
    """Never lets an instant end."""

    def start(self) -> None:
        self.after(MS, self.spin)

    def spin(self, _: Any) -> None:
        self.after(0, self.spin)


KINDS = {kind.name: kind for kind in (
    Kind("talker", "", "network", "circle", Talker),
    Kind("wall", "", "network", "circle", Wall),
    Kind("hub", "", "network", "circle", Hub),
    Kind("spinner", "", "network", "circle", Spinner),
    Kind("box", "", "network", "circle", container=True),
)}  # fmt: skip


WALLED = Term("walled", True, True)  # of what stands only while there may be walls


def thing(
    name: str,
    kind: str,
    ports: Sequence[str] = ("p",),
    parent: str | None = None,
    stands: tuple[Term, ...] = (),
    **fields: Any,
) -> Thing:
    return Thing(name, kind, Text(en=name), parent, ports=tuple(Port(f"{name}.{p}", name, p) for p in ports),
                 fields=fields, stands=stands)  # fmt: skip


def scene(things: Sequence[Thing], links: Sequence[tuple[str, str, int]], seed: int = 1, until: int = UNTIL) -> Scene:
    """A scene of these things; links: (port, port, delay in ns)."""
    children = {t.id: tuple(each.id for each in things if each.parent == t.id) for t in things}
    cables = tuple(Link(f"{a}--{b}", a, b, delay) for a, b, delay in links)
    made = {t.id: replace(t, children=children[t.id]) for t in things}
    settings = {"pace": Setting("pace", Text(en="pace"), "int", 4 * MS)}
    if any(WALLED in t.stands for t in things):
        settings["walled"] = Setting("walled", Text(en="walled"), "bool", True)
    return Scene("world", Text(en="world"), Text(), "test", 1, 1, seed, until, made, cables, settings)


def playground(talkers: int = 2, walls: int = 1, seed: int = 1) -> Scene:
    """Talkers and walls around one hub, all in a box. The walls stand only while `walled` is true."""
    names = [f"t{n}" for n in range(talkers)] + [f"w{n}" for n in range(walls)]
    things = [thing("box", "box", ())]
    things += [
        thing(name, "talker" if name[0] == "t" else "wall", parent="box", pace=Reference("pace"),
              stands=() if name[0] == "t" else (WALLED,)) for name in names
    ]  # fmt: skip
    things.append(thing("hub", "hub", names))
    return scene(things, [(f"{name}.p", f"hub.{name}", 1_000 * (n + 1) ** 3) for n, name in enumerate(names)], seed)


def loop() -> Scene:
    """Three hubs in a ring, and a talker that starts the storm."""
    things = [thing("talker", "talker", pace=MS), thing("a", "hub", ("x", "y", "z"))]
    things += [thing("b", "hub", ("x", "y")), thing("c", "hub", ("x", "y"))]
    ring = [("a.x", "b.x", 500), ("b.y", "c.x", 500), ("c.y", "a.y", 500), ("talker.p", "a.z", 500)]
    return scene(things, ring, until=10_000 * MS)


def acts_on(
    things: Sequence[str], links: Sequence[str], until: int, extra: Sequence[Act] = ()
) -> st.SearchStrategy[Act]:
    """Anything a person may do to a world, at any time."""
    times = st.integers(0, until)
    verbs = [
        st.builds(
            lambda v, d, t: Act(v, (d,), at=t), st.sampled_from(("fail", "restore")), st.sampled_from(things), times
        )
    ]
    if links:
        cut = st.sampled_from(("cut", "mend"))
        verbs.append(st.builds(lambda v, link, t: Act(v, (link,), at=t), cut, st.sampled_from(links), times))
        worse = st.sampled_from((*product(("loss", "duplicate"), ("0%", "30%", "100%")), *product(("delay",), DELAYS)))
        verbs.append(st.builds(lambda v, link, t: Act(v[0], (link, v[1]), at=t), worse, st.sampled_from(links), times))
    apart = st.sampled_from(("partition", "heal"))
    two = st.tuples(st.sampled_from(things), st.sampled_from(things))
    verbs.append(st.builds(lambda v, pair, t: Act(v, pair, at=t), apart, two, times))
    if extra:
        verbs.append(st.builds(lambda a, t: Act(a.verb, a.args, a.options, t), st.sampled_from(list(extra)), times))
    return st.one_of(verbs)


def acts_of(world: Scene, until: int | None = None) -> st.SearchStrategy[Act]:
    """Acts that suit a world: of a playground, also its own verbs and setting."""
    until = world.until if until is None else until
    extra = [Act("set", ("pace",), {"value": value}) for value in (MS, 2 * MS)] if "pace" in world.settings else []
    extra += [Act("throw", (name,)) for name, each in world.things.items() if each.kind == "talker"]
    for setting in world.settings.values():
        if setting.type == "bool":
            extra += [Act("set", (setting.name,), {"value": value}) for value in (True, False)]
    return acts_on(list(world.things), [link.id for link in world.links], until, extra)


playgrounds = st.builds(playground, st.integers(1, 3), st.integers(1, 2), st.integers(0, 9))


def seen(timeline: Timeline, t: int) -> dict[str, Any]:
    """All that may be seen at `t`: the frame, and what has become of each flight so far."""
    frame = dict(timeline.at(t).freeze())
    frame["outcomes"] = [
        (f.id, f.outcome_at(t), f.reason if f.outcome_at(t) != "in_flight" else None)
        for f in timeline.flights
        if f.departs <= t
    ]
    return frame


def shipped() -> list[Path]:
    return sorted(places.shipped_scenes().glob("*.yaml"))


def load(path: Path) -> Scene:
    """The scene of a file; of a comparison, its last side, which is simulated like any scene."""
    reading = read(path, VOCABULARY)
    assert reading.scene is not None, reading.problems
    return reading.scene.sides[-1] if reading.scene.sides else reading.scene


def digest(timeline: Timeline) -> str:
    return hashlib.sha256(repr(seen(timeline, timeline.end)).encode()).hexdigest()


def digests() -> list[str]:
    found = [digest(simulate(playground(3, 2, seed), KINDS)) for seed in range(3)]
    for path in shipped():
        world = load(path)
        timeline = simulate(world, VOCABULARY.kinds, until=min(world.until, 10_000 * MS))
        found.append(f"{path.stem} {digest(timeline)}")
    return found


if __name__ == "__main__":
    print("\n".join(digests()))  # noqa: T201
