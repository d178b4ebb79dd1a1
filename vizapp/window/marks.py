"""What the strip shows of a run: marks of packets, flags, breaks and round times, each at its show second.

All of it is computed here, without painting; every list is in order of show seconds, so the fog cuts it in one place.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from math import floor, log10

from vizapp.run import Run
from vizapp.scene.model import Act
from vizapp.sim.pace import Compressed, Pace
from vizapp.sim.timeline import Event, Timeline

SECOND = 1_000_000_000
SCRIPTED = -1
KINDS = {"fail": "break", "cut": "break", "restore": "repair", "mend": "repair"}


@dataclass(frozen=True, slots=True)
class Flag:
    """Something at one show second. kind: step, break, repair, change or event; number: of a step, or of what the
    person did (`SCRIPTED` when the scene did it)."""

    show: float
    kind: str
    number: int
    act: Act | None = None
    event: Event | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of time with a name: the device that serves, or None for nobody. start, end: show seconds."""

    start: float
    end: float
    device: str | None
    ns: int


def packets(timeline: Timeline, pace: Pace) -> dict[str, list[float]]:
    """Show seconds at which packets left their maker, by protocol; a packet is marked once, however many its hops."""
    found: dict[str, list[float]] = {}
    seen: set[int] = set()
    for flight in timeline.flights:
        if flight.packet.id not in seen:
            seen.add(flight.packet.id)
            found.setdefault(flight.packet.protocol, []).append(pace.show_end(flight.departs))
    return found


def flags(run: Run, flagged: Container[str] = ()) -> list[Flag]:
    """Steps that come, what the person did, what the scene itself breaks and repairs, and events of those names."""
    steps = [Flag(m.show, "step", n) for n, m in enumerate(run.steps, 1) if m.comes]
    acts = [
        Flag(run.pace.show_end(act.at), KINDS.get(act.verb, "change"), n, act) for n, act in enumerate(run.acts)
    ]  # fmt: skip
    written = [
        Flag(run.pace.show_end(act.at), KINDS[act.verb], SCRIPTED, act)
        for act in run.scene.script
        if act.verb in KINDS and act.at <= run.timeline.end
    ]
    told = [Flag(run.pace.show_end(e.t), "event", SCRIPTED, event=e) for e in run.timeline.events if e.name in flagged]
    return sorted([*steps, *acts, *written, *told], key=lambda flag: flag.show)


def breaks(pace: Pace) -> list[tuple[float, Compressed]]:
    """Compressed waits by the show second in their middle."""
    return [((pace.show_end(wait.start) + pace.show(wait.end)) / 2, wait) for wait in pace.compressed]


def bands(run: Run, field: str = "serves") -> list[Band]:
    """Who serves when: from the tracks of that name, which hold True while a device does. Empty without such tracks."""
    turns: list[tuple[int, str, bool]] = []
    for (device, name), track in run.timeline.tracks.items():
        if name == field:
            turns += [(t, device, bool(value)) for t, value in track.changes(run.timeline.end)]
    made: list[Band] = []
    serving: list[str] = []
    since = 0
    for t, device, on in [*sorted(turns), (run.timeline.end, "", False)]:
        if turns and t > since:
            who = serving[-1] if serving else None
            made.append(Band(run.pace.show(since), run.pace.show(t), who, t - since))
            since = t
        if on:
            serving.append(device)
        elif device in serving:
            serving.remove(device)
    return made


def round_times(pace: Pace, until: float, width: float, apart: float) -> list[tuple[float, int]]:
    """(show second, true ns) of round true times, `apart` pixels from each other on a strip of `width` pixels.

    Where the map is steep whole seconds are found, where it is flat fractions; where time stands still none is.
    """
    length = pace.length
    if length <= 0 or width <= 0:
        return []
    if pace.factor is not None:
        return _even(pace, until, apart / width * length * pace.factor)
    found: list[tuple[float, int]] = []
    reach, count = apart * 0.35, int(width // apart)
    for step in range(1, count + 1):
        x = step * apart
        low, high = pace.true((x - reach) / width * length), pace.true((x + reach) / width * length)
        t = roundest(low, high)
        show = pace.show(t)
        if t <= 0 or show > until or abs(show / length * width - x) > reach + 1:
            continue
        if not found or found[-1][1] != t:
            found.append((show, t))
    return found


def _even(pace: Pace, until: float, least: float) -> list[tuple[float, int]]:
    """Round times at one distance, at least `least` true seconds: what a strip has whose map is even."""
    power = 10.0 ** floor(log10(least))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= least)
    every = max(round(step * SECOND), 1)
    end = pace.true(until)
    return [(pace.show(t), t) for t in range(every, end + 1, every)]


def roundest(low: int, high: int) -> int:
    """The integer of [low, high] with most noughts at its end; a 5 before them counts as half a nought."""
    if high <= low:
        return low
    power = 10 ** (floor(log10(high - low)) + 1)
    for unit in _units(power):
        t = -(-low // unit) * unit
        if t <= high:
            return t
    return low


def _units(power: int) -> Iterator[int]:
    """… 10, 5, 2, 1 …, from `power` down."""
    while power >= 1:
        yield from (power * factor // 10 for factor in (10, 5, 2) if power * factor >= 10)
        power //= 10


def digits(t: int) -> int:
    """How many decimals of a second a round time has, 6 at most."""
    return next((count for count in range(6) if t % (SECOND // 10**count) == 0), 6)
