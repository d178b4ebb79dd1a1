"""Why something happened, in words: the question, a sentence that reckons with the numbers of the run, its source, and
each link of the chain in a few words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from vizapp.devices.failure.explanation import Explanation
from vizapp.picture import explained, sentences
from vizapp.picture.letter import title
from vizapp.scene.model import Scene
from vizapp.sim.chain import Chain, Link
from vizapp.sim.frame import Frame
from vizapp.sim.timeline import Event, Flight, Timeline
from vizapp.words import Words


@dataclass(frozen=True, slots=True)
class Why:
    """A chain, with what else is known of it. by_hand: its first cause is what a person did. failure: the explanation
    of the attempt whose end was asked about."""

    chain: Chain
    timeline: Timeline
    by_hand: bool = False
    failure: Explanation | None = None


def question(why: Why, scene: Scene, words: Words) -> str:
    """`Why did B take over at 11.610 s?`"""
    event = why.chain.event
    values = {**sentences.details(event, scene, words), "t": event.t}
    key = f"asked.{event.name}"
    if words.has(key):
        return words(key, **values)
    return words("chain.question", event=label(why.chain.links[why.chain.asked], scene, words), t=event.t)


def told(why: Why, scene: Scene, words: Words) -> str:
    """The answer: where an attempt failed, else the text `why.EVENT` with its numbers, else what led to it."""
    if why.failure is not None:
        return " ".join(explained.told(why.failure, scene, words))
    event, values = why.chain.event, numbers(why, scene, words)
    for manner in _manners(why):
        if words.has(f"why.{manner}"):
            return sentences.whole(words(f"why.{manner}", **values))
    if not why.chain.causes:
        return sentences.whole(words(_root(why), **values))
    cause = why.chain.causes[-1]
    gap, key = event.t - cause.t, "chain.because" if event.t > cause.t else "chain.at-once"
    return sentences.whole(words(key, cause=_quoted(cause, scene, words), gap=gap))


def source(why: Why, words: Words) -> str:
    """Where that rule is written and was measured: the text `backed.EVENT`; nothing where there is none."""
    return next((words(f"backed.{key}") for key in _manners(why) if words.has(f"backed.{key}")), "")


def label(link: Link, scene: Scene, words: Words) -> str:
    """A link in a few words: `3 failed checks`, `Gratuitous ARP ×5`."""
    event = link.event
    if event is None:
        return _packet(link.hops[-1], words)
    key = f"missed.{event.name}" if link.missed else f"link.{event.name}"
    if not words.has(key):
        return _times(sentences.sentence(event, scene, words), link.times)
    values = sentences.details(event, scene, words)
    return words(key, **{**values, "n": link.times}) if words.counts(key) else _times(words(key, **values), link.times)


def _packet(hop: Flight, words: Words) -> str:
    packet = title(hop.packet, words)
    if hop.outcome != "dropped":
        return packet
    return words("chain.lost", packet=packet, reason=words(f"reason.{hop.reason}"))


def numbers(why: Why, scene: Scene, words: Words) -> dict[str, Any]:
    """What the answer may reckon with. Of the event: its details, `t`, and the fields of its device as they stood then;
    `last`: true ns of what it came `after`. Of its chain: `n` times that what led to it happened, about every `every`
    ns, first `first` ns after the first cause; `gap`: ns since it last did; `wait`: ns since the first cause; `root`:
    that cause in words."""
    chain, event = why.chain, why.chain.event
    frame = why.timeline.at(event.t)
    values = {**_fields(event, scene, frame), **sentences.details(event, scene, words), "t": event.t}
    if isinstance(after := event.details.get("after"), int):
        values["last"] = event.t - after
    if chain.causes:
        start, last = chain.links[0].t, chain.causes[-1]
        times = [each.t for each in last.events] or [last.t]
        values |= {"n": len(times), "gap": event.t - last.t, "first": times[0] - start, "wait": event.t - start,
                   "every": _near((times[-1] - times[0]) // max(len(times) - 1, 1)),
                   "root": _quoted(chain.links[0], scene, words)}  # fmt: skip
    return values


def _near(ns: int) -> int:
    """To three digits: what comes every 2.0004 s comes every 2 s."""
    return round(ns, 3 - len(str(ns)))


def _fields(event: Event, scene: Scene, frame: Frame) -> dict[str, Any]:
    thing = scene.things.get(event.device)
    return {name.replace("-", "_"): frame.live(thing, name) for name in thing.fields} if thing is not None else {}


def _manners(why: Why) -> list[str]:
    """The names under which its texts may stand, the most particular first: by what the event says of itself, by what
    led to it, by its own name."""
    event, causes = why.chain.event, why.chain.causes
    before = causes[-1].event if causes else None
    said = [event.details.get(each) for each in ("because", "reason", "direction")]
    manners = [*said, *((before.details.get("reason"), before.name) if before is not None else ())]
    return [*(f"{event.name}.{each}" for each in manners if isinstance(each, str)), event.name]


def _root(why: Why) -> str:
    """What is said of something that has no cause in the run."""
    if not why.chain.event.name.startswith("act."):
        return "chain.begins"
    return "chain.by-hand" if why.by_hand else "chain.by-script"


def _quoted(link: Link, scene: Scene, words: Words) -> str:
    return sentences.sentence(link.event, scene, words) if link.event is not None else label(link, scene, words)


def _times(said: str, times: int) -> str:
    return f"{said} ×{times}" if times > 1 else said
