"""A run as plain data: what `simulate --json` prints. Seconds of true time; ids as in the timeline."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vizapp.compare import Comparison
from vizapp.picture.sentences import sentence
from vizapp.run import Run
from vizapp.sim.timeline import Event, Flight, Timeline
from vizapp.words import Words

SECOND = 1e9


def record(run: Run, words: Words) -> dict[str, Any]:
    """The whole run: flights, changes of fields and events, in order of time."""
    timeline = run.timeline
    return {
        "scene": run.scene.id,
        "seed": run.seed,
        "until": timeline.end / SECOND,
        "stopped": timeline.stopped,
        "flights": _flights(timeline),
        "requests": _requests(timeline),
        "changes": _changes(timeline),
        "events": [_event(event, run, words) for event in timeline.events if event.t <= timeline.end],
    }


def record_sides(whole: Comparison, words: Words) -> dict[str, Any]:
    """A comparison: the whole run of each side, each at its own clock."""
    return {
        "scene": whole.scene.id,
        "pairing": whole.scene.pairing,
        "sides": [{"side": side.scene.id, **record(side, words)} for side in whole.sides],
    }


def _flights(timeline: Timeline) -> list[dict[str, Any]]:
    flights = [_flight(flight, timeline.end) for flight in timeline.flights]
    return sorted([*flights, *_crowd(timeline)], key=lambda flight: flight["departs"])


def _crowd(timeline: Timeline) -> Iterator[dict[str, Any]]:
    """The flights of requests and checks, each way and cable one. They are kept as rows, not numbered with the others:
    their ids count down from -1, and their packet is the request they belong to, below 0 too (0: a check)."""
    crowd, end = timeline.crowd, timeline.end
    for row in range(len(crowd)):
        departs, request = crowd.departs[row], crowd.request[row]
        if departs > end:
            break
        arrives = departs + crowd.lasts[row]
        ended, reason = crowd.ends.get(row, (arrives, None))
        flying = ended > end
        src, dst = crowd.routes[crowd.route[row]]
        yield {
            "id": -1 - row,
            "packet": -request,
            "cause": 0,
            "protocol": "http",
            "name": "request" if request else "check",
            "from": src,
            "to": dst,
            "departs": departs / SECOND,
            "arrives": arrives / SECOND,
            "ended": None if flying else ended / SECOND,
            "outcome": "in_flight" if flying else "dropped" if reason else "delivered",
            "reason": None if flying else reason,
            "headers": {},
        }


def _flight(flight: Flight, end: int) -> dict[str, Any]:
    flying = flight.ended is None or flight.ended > end
    return {
        "id": flight.id,
        "packet": flight.packet.id,
        "cause": flight.cause,
        "protocol": flight.packet.protocol,
        "name": flight.packet.name,
        "from": flight.src,
        "to": flight.dst,
        "departs": flight.departs / SECOND,
        "arrives": flight.arrives / SECOND,
        "ended": None if flying or flight.ended is None else flight.ended / SECOND,
        "outcome": "in_flight" if flying else flight.outcome,
        "reason": None if flying else flight.reason,
        "headers": flight.packet.headers(),
    }


def _requests(timeline: Timeline) -> list[dict[str, Any]]:
    """What came of each request of a crowd."""
    return [
        {
            "balancer": device,
            "request": answers.request[i],
            "t": answers.times[i] / SECOND,
            "lasted": answers.lasts[i] / SECOND,
            "server": answers.servers[answers.by[i]] or None,
            "result": answers.results[answers.result[i]],
        }
        for device, answers in timeline.answers.items()
        for i in range(len(answers.times))
        if answers.times[i] <= timeline.end
    ]


def _changes(timeline: Timeline) -> list[dict[str, Any]]:
    changes = [
        {"t": t / SECOND, "device": device, "field": field, "value": value}
        for (device, field), track in timeline.tracks.items()
        for t, value in track.changes(timeline.end)
    ]
    return sorted(changes, key=lambda change: change["t"])


def _event(event: Event, run: Run, words: Words) -> dict[str, Any]:
    return {
        "id": event.id,
        "t": event.t / SECOND,
        "name": event.name,
        "device": event.device,
        "cause": event.cause,
        "details": event.details,
        "text": sentence(event, run.scene, words),
    }
