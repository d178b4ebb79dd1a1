"""The faults that a thing or a cable can suffer, as a person may begin, grade and end them; without Qt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from vizapp.picture import sentences
from vizapp.picture.mishap import ENDS, NOTHING
from vizapp.scene import units
from vizapp.scene.model import Act, Link, Scene, Thing
from vizapp.sim.frame import APART, DELAY, DUPLICATE, HUNG, LOSS, SLOW, Frame
from vizapp.window.deeds import can_fail
from vizapp.window.session import Session
from vizapp.words import Words

AMOUNTS = {"loss": ("1%", "5%", "10%", "30%", "50%", "100%"), "delay": ("10ms", "50ms", "200ms", "1s"),
           "duplicate": ("10%", "50%", "100%"), "slow": ("2", "4", "10", "50")}  # fmt: skip
"""What is offered for the faults that have a degree, from the least."""
USUAL = {"loss": "10%", "delay": "50ms", "duplicate": "10%", "slow": "4"}
TRACKS = {"loss": LOSS, "delay": DELAY, "duplicate": DUPLICATE}


@dataclass(frozen=True, slots=True)
class Fault:
    """verb: what befalls it. begin: the act, in its usual degree or towards the first of `others`; None: it is so
    already, and has no degree. end: the act that ends it; None: it is not so. amount: the degree that it has."""

    verb: str
    begin: Act | None
    end: Act | None = None
    amount: str = ""
    others: tuple[str, ...] = ()

    @property
    def amounts(self) -> tuple[str, ...]:
        return AMOUNTS.get(self.verb, ())


def faults(session: Session, target: str | None, at: int | None = None) -> list[Fault]:
    """What the target can suffer at true ns `at` (None: now). What nobody has seen yet, or what is hidden, decides
    nothing: then both the beginning and the end of each are there."""
    scene = session.run.scene
    open_ = session.hunting or (at is not None and at > session.fog_t)
    frame = session.run.frame(min(session.t if at is None else at, session.fog_t))
    thing = scene.things.get(target or "")
    if thing is not None:
        return list(_of_thing(session, thing, frame, open_))
    link = next((link for link in scene.links if link.id == target), None)
    return list(_of_link(session, link, frame, open_)) if link is not None else []


def targets(session: Session) -> list[str]:
    """The things and the cables that can suffer something."""
    scene = session.run.scene
    return [name for name in (*scene.things, *(link.id for link in scene.links)) if faults(session, name)]


def _of_thing(session: Session, thing: Thing, frame: Frame, open_: bool) -> Iterator[Fault]:
    if not can_fail(session, thing):
        return
    down = frame.failed(thing.id)
    yield _switched("fail", thing.id, down, open_)
    if down and not open_:
        return
    verbs = {verb.name for verb in session.run.kinds[thing.kind].verbs}
    if "hang" in verbs and thing.ports and frame.value(thing.id, "powered", True):
        yield _switched("hang", thing.id, frame.value(thing.id, HUNG) is True, open_)
        yield _slowed(thing, frame, open_)
    yield from _programs(session, thing, frame, open_)
    yield from _apart(session, thing, frame, open_)


def _switched(verb: str, target: str, on: bool, open_: bool) -> Fault:
    begin, end = Act(verb, (target,)), Act(ENDS[verb], (target,))
    return Fault(verb, None if on and not open_ else begin, end if on or open_ else None)


def _programs(session: Session, thing: Thing, frame: Frame, open_: bool) -> Iterator[Fault]:
    """The end of one of its programs, in whichever way; what has ended can be started again."""
    for verb in session.run.kinds[thing.kind].verbs:
        programs = tuple(frame.value(thing.id, verb.among, ())) if verb.among else ()
        if verb.name in ENDS and programs:
            yield Fault(verb.name, Act(verb.name, (thing.id, programs[0])), others=programs)
        elif verb.name in ENDS.values():
            for program in programs:
                yield Fault("kill", None, Act(verb.name, (thing.id, program)))


def _slowed(thing: Thing, frame: Frame, open_: bool) -> Fault:
    slow = frame.value(thing.id, SLOW)
    factor = slow["factor"] if isinstance(slow, dict) else 1
    begin, end = (graded(Act("slow", (thing.id,)), each) for each in (USUAL["slow"], NOTHING["slow"]))
    return Fault("slow", begin, end if factor != 1 or open_ else None, f"{factor:g}" if factor != 1 else "")


def _apart(session: Session, thing: Thing, frame: Frame, open_: bool) -> Iterator[Fault]:
    """A partition with each thing that it does not hold, and that does not hold it."""
    if not _wired(session, thing):
        return
    scene = session.run.scene
    known = [*frame.value(thing.id, APART, ()), *(_asked(session, thing.id) if open_ else ())]
    others = [other.id for other in scene.things.values() if _wired(session, other)
              and thing.id not in _holders(scene, other) and other.id not in _holders(scene, thing)]  # fmt: skip
    free = tuple(name for name in others if open_ or name not in known)
    if free:
        yield Fault("partition", Act("partition", (thing.id, free[0])), others=free)
    for name in dict.fromkeys(known):
        yield Fault("partition", None, Act("heal", (thing.id, name)))


def _asked(session: Session, thing: str) -> Iterator[str]:
    """From whom a person had it parted, at whatever time."""
    for act in session.run.acts:
        if act.verb == "partition" and thing in act.args:
            yield from (name for name in act.args if name != thing)


def _holders(scene: Scene, thing: Thing) -> list[str]:
    """The thing, and the boxes that it lies in."""
    parent = scene.things.get(thing.parent or "")
    return [thing.id, *(_holders(scene, parent) if parent is not None else [])]


def _wired(session: Session, thing: Thing) -> bool:
    """Whether what it makes may get lost on the way to others; a switch has cables instead."""
    kind = session.run.kinds[thing.kind]
    own = getattr(kind.behaviour, "wired", False) and not kind.open_ports
    return own or any(_wired(session, session.run.scene.things[child]) for child in thing.children)


def _of_link(session: Session, link: Link, frame: Frame, open_: bool) -> Iterator[Fault]:
    yield _switched("cut", link.id, frame.cut(link.id), open_)
    scene, kinds = session.run.scene, session.run.kinds
    ends = (scene.things[port.partition(".")[0]] for port in (link.a, link.b))
    if all(getattr(kinds[end.kind].behaviour, "wired", False) for end in ends):
        for verb, track in TRACKS.items():
            value = frame.value(link.id, track, 0)
            begin, end = (graded(Act(verb, (link.id,)), each) for each in (USUAL[verb], NOTHING[verb]))
            yield Fault(verb, begin, end if value or open_ else None, written(verb, value) if value else "")


# degrees


def graded(act: Act, amount: str) -> Act:
    """The act in that degree, written as in a scene; WrongValueError when it makes no sense."""
    if act.verb == "slow":
        return replace(act, options={"factor": float(units.number(amount))})
    value = units.duration(amount, units.MOST_DELAY) if act.verb == "delay" else units.percent(amount)
    return replace(act, args=(act.args[0], written(act.verb, value)))


def written(verb: str, value: float) -> str:
    """A degree as it is written in a scene."""
    if verb == "slow":
        return f"{value:g}"
    return units.write_duration(int(value)) if verb == "delay" else units.write_percent(value)


def said_end(act: Act, scene: Scene, words: Words) -> str:
    """What ends a fault, as a line of a menu says it."""
    other = sentences.about(act.args[1], scene, words) if act.verb in ("heal", "start") else ""
    return words(f"fault.end.{act.verb}", other=other)
