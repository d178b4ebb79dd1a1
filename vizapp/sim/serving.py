"""Who serves when, and for how long nobody did: bands and outages of a run, as far as they are known at a time.

A thing serves from an event that makes it, until one that ends it or until it fails; or while a field of it says so.
Where nothing of the kind was recorded, the answers that a client got tell who serves. All times are true ns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from typing import Any

from vizapp.scene import parse
from vizapp.scene.model import Bands
from vizapp.sim.frame import FAILED
from vizapp.sim.match import matches
from vizapp.sim.timeline import Answers, Event, Timeline
from vizapp.sim.windows import ANSWERED

SERVES = "serves"  # the field that says it where a scene does not name another
TAKEN_OVER = ("balancer.down", "vrrp.active")  # events that tell that a loss was noticed

Turn = tuple[int, str, bool]


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of time: who serves in it, nobody or several. first: nobody has served yet."""

    start: int
    end: int
    who: tuple[str, ...]
    first: bool = False


@dataclass(frozen=True, slots=True)
class Outage:
    """The service was away from `start` to `end` (None: it still is). device: who felt it; noticed: when somebody
    knew, which parts the time of detection from that of taking over."""

    start: int
    end: int | None
    device: str
    noticed: int | None = None


def services(timeline: Timeline, until: int, rule: Bands | None = None) -> dict[str, list[Band]]:
    """Who serves when, from the start to true ns `until`, by service: each address that several elect an owner for, or
    `` for the only one. Empty where nothing tells."""
    until = min(until, timeline.end)
    if rule is None and any(name == SERVES for _, name in timeline.tracks):
        rule = Bands(field=SERVES)
    if rule is None:
        found = _elected(timeline, until) or {"": list(_answered(timeline, until))}
    else:
        found = {"": list(_shown(timeline, until, rule) if rule.field is not None else _told(timeline, until, rule))}
    return {name: _bands(turns, until) for name, turns in found.items() if turns}


def bands(timeline: Timeline, until: int, rule: Bands | None = None) -> list[Band]:
    """The bands of the first service."""
    return next(iter(services(timeline, until, rule).values()), [])


def _bands(turns: list[Turn], until: int) -> list[Band]:
    made: list[Band] = []
    serving: list[str] = []
    served, since = False, 0
    for t, device, on in [*sorted(turns, key=lambda turn: turn[0]), (until, "", False)]:
        if t > since and made and made[-1].who == tuple(serving):
            made[-1] = replace(made[-1], end=t)
        elif t > since:
            made.append(Band(since, t, tuple(serving), not (served or serving)))
        since = max(since, t)
        if on and device not in serving:
            serving.append(device)
            served = True
        elif not on and device in serving:
            serving.remove(device)
    return made


def _elected(timeline: Timeline, until: int) -> dict[str, list[Turn]]:
    """By address that machines elect an owner for (VRRP): it serves for whoever has it, elected or not."""
    events = [event for event in _events(timeline, until) if event.name.startswith("vrrp.")]
    addresses = dict.fromkeys(str(event.details["ip"]) for event in events if event.name == "vrrp.active")
    if not addresses and events:
        return {"": [(0, "", False)]}
    found = {}
    for address in addresses:
        owned = Bands(began=("address.added",), ended=("address.removed",))
        turns = list(_told(timeline, until, owned, address))
        found[address if len(addresses) > 1 else ""] = turns
    return found


def _events(timeline: Timeline, until: int) -> list[Event]:
    return timeline.events[: timeline.events_until(until)]


def _meant(rule: Bands, device: str) -> bool:
    return not rule.of or device in rule.of


def _of(event: Event, address: str) -> bool:
    return not address or str(event.details.get("ip", "")).partition("/")[0] == address


def _told(timeline: Timeline, until: int, rule: Bands, address: str = "") -> Iterator[Turn]:
    """From events, of that address alone if there is one; a thing that fails ceases to serve."""
    began, ended = ([parse.pattern(text) for text in texts] for texts in (rule.began, rule.ended))
    for event in _events(timeline, until):
        if _meant(rule, event.device) and _of(event, address):
            if any(matches(pattern, event, timeline) for pattern in began):
                yield event.t, event.device, True
            elif any(matches(pattern, event, timeline) for pattern in ended):
                yield event.t, event.device, False
    for (device, name), track in timeline.tracks.items():
        if name == FAILED and _meant(rule, device):
            yield from ((t, device, False) for t, down in track.changes(until) if down)


def _shown(timeline: Timeline, until: int, rule: Bands) -> Iterator[Turn]:
    """From a field, while the thing has not failed."""
    for (device, name), track in timeline.tracks.items():
        if name == rule.field and _meant(rule, device):
            down = timeline.tracks.get((device, FAILED))
            changes = [*track.changes(until), *(down.changes(until) if down else ())]
            for t in sorted({t for t, _ in changes}):
                fails = down is not None and down.index(t) >= 0 and down.values[down.index(t)]
                at = track.index(t)
                yield t, device, bool(at >= 0 and track.values[at] and not fails)


def _answered(timeline: Timeline, until: int) -> Iterator[Turn]:
    """From the answers that a watching client got: whoever answered last serves, until a request is lost."""
    for answers in timeline.answers.values():
        if answers.given == 0 and answers.times:
            yield from _answerers(answers, until)
            return


def _answerers(answers: Answers, until: int) -> Iterator[Turn]:
    good, last = answers.results.index(ANSWERED), ""
    for t, lasts, by, result in zip(answers.times, answers.lasts, answers.by, answers.result, strict=True):
        if t > until:
            return
        who, since = (answers.servers[by], t) if result == good else ("", t - lasts)
        if who != last:
            if last:
                yield since, last, False
            if who:
                yield since, who, True
            last = who


def unbroken(timeline: Timeline, until: int, of: str) -> list[Band]:
    """When the clients of a balancer were served, and when nobody served them."""
    until, made = min(until, timeline.end), []
    answers = timeline.answers.get(of)
    since = answers.times[0] if answers is not None and answers.times else until
    for outage in _failing(timeline, until, of):
        end = until if outage.end is None else outage.end
        made += [Band(since, outage.start, (of,)), Band(outage.start, end, ())]
        since = end
    return [band for band in (*made, Band(since, until, (of,))) if band.end > band.start]


# outages


def outages(timeline: Timeline, until: int, of: str | None = None, rule: Bands | None = None) -> list[Outage]:
    """Every stretch in which the service was away, as known at true ns `until`: as a watching client felt it, else as
    the clients of a balancer did, else for which nobody served. of: the client or the balancer."""
    until = min(until, timeline.end)
    for found in (_felt(timeline, until, of), _failing(timeline, until, of), _nobody(timeline, until, rule)):
        if found:
            return [_noticed(timeline, outage, until) for outage in found]
    return []


def _felt(timeline: Timeline, until: int, of: str | None) -> list[Outage]:
    """From the events of those who watch a service."""
    found: dict[tuple[str, Any], Outage] = {}
    for event in _events(timeline, until):
        if event.name in ("outage.began", "outage.ended") and of in (None, event.device):
            since = event.details.get("since", event.t)
            ended = event.t if event.name == "outage.ended" else None
            found[event.device, since] = Outage(since, ended, event.device)
    return list(found.values())


LEAST = 500_000_000  # true ns for which no request of a crowd is answered, before it counts as an outage


def _failing(timeline: Timeline, until: int, of: str | None) -> list[Outage]:
    """From the answers of a crowd: a request failed, and none was answered for a while."""
    found: list[Outage] = []
    for device, answers in timeline.answers.items():
        if answers.given and of in (None, device):
            found += _gaps(device, answers, until)
    return found


def _gaps(device: str, answers: Answers, until: int) -> Iterator[Outage]:
    good = answers.results.index(ANSWERED)
    since: int | None = None
    for row in _rows(answers.result, good.__ne__):
        t = answers.times[row]
        if t > until:
            break
        if since is None or t > since:
            before = next((answers.times[i] for i in range(row - 1, -1, -1) if answers.result[i] == good), 0)
            after = next((answers.times[i] for i in range(row + 1, len(answers.times))
                          if answers.result[i] == good), until + 1)  # fmt: skip
            since = after
            if min(after, until) - before >= LEAST:
                yield Outage(before, after if after <= until else None, device)


def _rows(column: Sequence[int], wanted: Callable[[int], bool]) -> list[int]:
    """The rows of a column with such a value."""
    return list(compress(range(len(column)), map(wanted, column)))


def _nobody(timeline: Timeline, until: int, rule: Bands | None) -> list[Outage]:
    return [Outage(band.start, band.end if band.end < until else None, "")
            for found in services(timeline, until, rule).values()
            for band in found if not band.who and not band.first]  # fmt: skip


def _noticed(timeline: Timeline, outage: Outage, until: int) -> Outage:
    stop = until if outage.end is None else outage.end - 1
    seen = (e.t for e in _events(timeline, stop) if e.t > outage.start and e.name in TAKEN_OVER)
    return Outage(outage.start, outage.end, outage.device, next(seen, None))
