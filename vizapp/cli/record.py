"""A run as plain data: what `simulate --json` prints. Seconds of true time; ids as in the timeline."""

from __future__ import annotations

from typing import Any

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
        "flights": [_flight(flight, timeline.end) for flight in timeline.flights],
        "requests": _requests(timeline),
        "changes": _changes(timeline),
        "events": [_event(event, run, words) for event in timeline.events if event.t <= timeline.end],
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
