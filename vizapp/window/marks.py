"""What the strip shows of a run: marks of packets, flags, bands and breaks, each at its show second.

All of it is computed here, without painting; every list is in order of show seconds, so the fog cuts it in one place.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace

from vizapp.compare import Comparison, Played, difference
from vizapp.compare.whatif import Otherwise
from vizapp.picture import mishap, sentences
from vizapp.picture.glance import flag_text
from vizapp.run import Run
from vizapp.scene.model import Act, Scene
from vizapp.sim import serving
from vizapp.sim.instead import in_effect
from vizapp.sim.pace import Compressed, Pace
from vizapp.sim.serving import services
from vizapp.sim.timeline import Event, Flight, Timeline
from vizapp.window import clock
from vizapp.window.deeds import GLYPHS, verb_name
from vizapp.words import Words

ANNOUNCED = ("arp", "vrrp")  # protocols that speak to all: one who does not hear it is no loss
SCRIPTED = -1


@dataclass(frozen=True, slots=True)
class Flag:
    """Something at one show second. kind: step, break, repair, change, event or differ; number: of a step, or of what
    the person did (`SCRIPTED` when the scene did it)."""

    show: float
    kind: str
    number: int
    act: Act | None = None
    event: Event | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """Who serves, nobody or several, from and to a show second. row: of so many `rows` of services. side: of so many
    `sides`."""

    start: float
    end: float
    band: serving.Band
    row: int = 0
    rows: int = 1
    side: int = 0
    sides: int = 1


def packets(timeline: Timeline, pace: Pace) -> dict[str, list[float]]:
    """Show seconds at which packets left their maker, by protocol; a packet is marked once, however many its hops."""
    found: dict[str, list[float]] = {}
    for hop in first_hops(timeline):
        found.setdefault(hop.packet.protocol, []).append(pace.show_end(hop.departs))
    return found


def losses(timeline: Timeline, pace: Pace) -> dict[str, list[float]]:
    """The same of packets to one receiver that were dropped on their way."""
    last = {flight.packet.id: flight for flight in timeline.flights}
    found: dict[str, list[float]] = {}
    for hop in first_hops(timeline):
        if last[hop.packet.id].outcome == "dropped" and hop.packet.protocol not in ANNOUNCED:
            found.setdefault(hop.packet.protocol, []).append(pace.show_end(hop.departs))
    return found


def first_hops(timeline: Timeline) -> Iterator[Flight]:
    """The hop with which each packet left its maker, in order of departure."""
    seen: set[int] = set()
    for flight in timeline.flights:
        if flight.packet.id not in seen:
            seen.add(flight.packet.id)
            yield flight


def flags(run: Played, flagged: Container[str] = ()) -> list[Flag]:
    """Steps that come, what the person did, what the scene itself breaks and repairs, and events of those names."""
    steps = [Flag(m.show, "step", n) for n, m in enumerate(run.steps, 1) if m.comes]
    acts = [
        Flag(run.pace.show_end(act.at), _kind(act) or "change", n, act) for n, act in enumerate(run.acts)
    ]
    written = [] if clock.steps(run) else list(_written(run))
    told = [Flag(run.pace.show_end(e.t), "event", SCRIPTED, event=e) for e in run.timeline.events if e.name in flagged]
    apart = [Flag(show, "differ", SCRIPTED) for show in _apart(run)]
    if isinstance(run, Otherwise):
        apart.insert(0, Flag(run.pace.show_end(run.other.at), "differ", SCRIPTED, run.other))
    return sorted([*steps, *acts, *written, *told, *apart], key=lambda flag: flag.show)


def _written(run: Played) -> Iterator[Flag]:
    for act in _before(run):
        kind = _kind(act) or ("" if act in run.scene.script else "change")
        if kind and act.at <= run.timeline.end:
            yield Flag(run.pace.show_end(act.at), kind, SCRIPTED, act)


def _before(run: Played) -> list[Act]:
    """What of the script is done. Where a run is beside itself, what a person had done too, but for the act in whose
    place another is done at the same moment: one flag tells of both."""
    if not isinstance(run, Otherwise):
        return in_effect(run.scene.script, run.acts)[0]
    acts = [act for acts in in_effect(run.scene.script, run.given[0]) for act in acts]
    return [act for act in acts if act != run.other.of or act.at != run.other.at]


def _kind(act: Act) -> str:
    """Whether an act breaks or repairs; nothing for one that does neither."""
    return "repair" if mishap.ends(act) else "break" if mishap.begins(act) else ""


def _apart(run: Played) -> list[float]:
    """Where sides part for the first time."""
    show = difference.first(run) if isinstance(run, Comparison) else None
    return [] if show is None else [show]


def told(flag: Flag | None, hop: Flight | None, run: Played) -> Event | None:
    """The event that a mark or a flag stands for: the one that sent the packet off, or that of the flag."""
    if hop is not None:
        event = run.timeline.by_id(hop.cause)
        return event if isinstance(event, Event) else None
    if flag is None or flag.kind == "step":
        return run.steps[flag.number - 1].event if flag is not None else None
    return _event(flag.act, run) if flag.act is not None else flag.event


def _event(act: Act, run: Played) -> Event | None:
    """The event of an act; what a person does applies one ns later."""
    now = run.timeline.events[run.timeline.events_until(act.at - 1) : run.timeline.events_until(act.at + 1)]
    name, args = f"act.{act.verb}", list(act.args)
    return next((event for event in now if event.name == name and event.details.get("args") == args), None)


def breaks(pace: Pace) -> list[tuple[float, Compressed]]:
    """Compressed waits by the show second in their middle."""
    return [((pace.show_end(wait.start) + pace.show(wait.end)) / 2, wait) for wait in pace.compressed]


def bands(run: Played) -> list[Band]:
    """Who serves when, in order of time: of a run, and of one that is beside itself on each side; other comparisons
    tell it on their sides."""
    runs: Sequence[Run] = run.sides if isinstance(run, Otherwise) else [run] if isinstance(run, Run) else []
    made = [band for side, each in enumerate(runs) for band in _bands(each, side, len(runs))]
    return sorted(made, key=lambda band: band.start)


def _bands(run: Run, side: int, sides: int) -> Iterator[Band]:
    found = services(run.timeline, run.timeline.end, run.scene.bands)
    for row, service in enumerate(found.values()):
        for each in service:
            yield Band(run.pace.show(each.start), run.pace.show(each.end), each, row, len(found), side, sides)


def until(band: Band, fog: float, fog_t: int) -> Band:
    """The band as far as it is seen, from the fog's show second and true ns."""
    if band.end <= fog:
        return band
    return replace(band, end=fog, band=replace(band.band, end=min(band.band.end, fog_t)))


def glyph(flag: Flag) -> str:
    """The outline of what was done, where it has one of its own; a crash and a cut are a mere cross."""
    verb = flag.act.verb if flag.act is not None else ""
    return "" if verb in ("fail", "cut") else GLYPHS.get(verb, "")


def said(flag: Flag, scene: Scene, words: Words) -> str:
    """A flag in a few words."""
    if flag.event is not None:
        return flag_text(flag.event, scene, words)
    if flag.act is not None and flag.kind == "differ":
        return words("whatif.flag", act=_done(flag.act, scene, words))
    if flag.act is not None:
        return _done(flag.act, scene, words)
    if flag.kind == "differ":
        return words("compare.first")
    step = scene.steps[flag.number - 1]
    return f"{flag.number} · {words.text(step.title or step.say)}"


def _done(act: Act, scene: Scene, words: Words) -> str:
    """What the person did, in a few words."""
    if not act.verb and act.of is not None:
        return words("whatif.without", act=_done(act.of, scene, words))
    if act.verb == "set":
        return sentences.about(act.args[0], scene, words)
    named = [sentences.about(arg, scene, words) for arg in act.args]
    if _kind(act):
        return mishap.said(act, scene, words)
    key = f"did.{act.verb}"
    return words(key, thing=named[0]) if words.has(key) and named else " · ".join([verb_name(words, act.verb), *named])
