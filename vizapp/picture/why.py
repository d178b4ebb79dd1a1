"""Why a packet went where it went: what each device on its trail made of it, in sentences, from what was recorded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from vizapp.picture import sentences
from vizapp.picture.letter import title
from vizapp.scene.model import Scene
from vizapp.sim.frame import Frame
from vizapp.sim.packet import Packet
from vizapp.sim.timeline import Decision, Flight
from vizapp.sim.trail import Stop, Trail
from vizapp.words import Words

Tone = Literal["made", "passed", "taken", "ignored", "dropped"]
SAID_ALREADY = ("ip.dropped", "switch.flooded", "nic.captured")  # events that tell what a decision tells better
DEFAULT = "default"  # the route to everywhere
COUNTED = "count"  # the value by which a sentence has its plural


class Told(NamedTuple):
    """What became of a packet at a stop: in one sentence, what was rewritten in it, and all else step by step."""

    tone: Tone
    headline: str
    rewritten: tuple[str, ...]
    steps: tuple[str, ...]


def told(stop: Stop, frame: Frame, scene: Scene, words: Words) -> Told:
    """Why the packet went on, stayed or ended at that stop. frame: the moment up to which that is told."""
    lines = [decided(decision, scene, words) for decision in stop.decisions]
    events = [event for event in stop.events if event.name not in SAID_ALREADY]
    happened = {event.id: sentences.whole(sentences.sentence(event, scene, words)) for event in events}
    rewritten = tuple(happened[event.id] for event in events if isinstance(event.details.get("before"), Mapping))
    headline = _headline(stop, lines, list(happened.values()), scene, words)
    steps = dict.fromkeys([*lines, *happened.values(), *_passing(stop, frame, words)])
    return Told(tone(stop), headline, rewritten, tuple(each for each in steps if each not in (headline, *rewritten)))


def tone(stop: Stop) -> Tone:
    """How it went at that stop, for the eye."""
    outcome = stop.outcome
    if outcome in ("dropped", "ignored"):
        return "ignored" if outcome == "ignored" else "dropped"
    return "made" if stop.made else "passed" if stop.left else "taken"


def decided(decision: Decision, scene: Scene, words: Words) -> str:
    """A decision in a sentence."""
    values = {key: _named(key, value, scene, words) for key, value in decision.values}
    key = f"why.{decision.code}"
    if words.has(key):
        return words(key, **values, n=values.get(COUNTED, 0))
    return f"{words(f'reason.{decision.code}')}."


def _named(key: str, value: Any, scene: Scene, words: Words) -> Any:
    """A value as the sentence says it: reasons, devices and the default route by their words, all else as it is."""
    if key == "reason" or value == DEFAULT:
        return words(f"reason.{value}" if key == "reason" else "why.default")
    return sentences.name(scene, words, value) if key == "to" else value


def _headline(stop: Stop, lines: list[str], happened: list[str], scene: Scene, words: Words) -> str:
    reason = stop.reason
    if reason is not None:
        return _end(stop, reason, lines, scene, words)
    return next(iter([*lines[::-1], *happened[::-1]]), words(f"why.{tone(stop)}"))


def _end(stop: Stop, reason: str, lines: list[str], scene: Scene, words: Words) -> str:
    """Why it ended there: by the decision that was about it, or by its reason alone."""
    codes = [decision.code for decision in stop.decisions]
    if reason in codes:
        return lines[codes.index(reason)]
    if stop.lost:
        device = sentences.name(scene, words, stop.device)
        return words("why.lost", device=device, reason=words(f"reason.{reason}"))
    given_up = stop.given_up
    if given_up is not None and words.has(f"why.{reason}"):
        return decided(Decision(reason, tuple(given_up.details.items())), scene, words)
    return words(f"why.{'ignored' if stop.outcome == 'ignored' else 'dropped'}", reason=words(f"reason.{reason}"))


def _passing(stop: Stop, frame: Frame, words: Words) -> Iterator[str]:
    """How it left: what it waited for, and to which machine it was handed."""
    if not stop.left:
        return
    if stop.waited is not None and stop.came is not None:
        yield words("why.waited", time=stop.left[0].departs - (stop.came.ended or 0))
    elif stop.waited is not None:
        yield words("why.waited-first")
    known = next_machine(stop, frame)
    if known is not None:
        yield words("why.next", ip=known[0], mac=known[1])


def next_machine(stop: Stop, frame: Frame) -> tuple[str, str] | None:
    """(IP, MAC) of the machine that a datagram was framed for, as the ARP table stood then; None for a frame that was
    only passed on, or sent to all."""
    packet, mac = stop.left[0].packet, _destination(stop.left[0].packet)
    if not packet.has("ipv4") or (stop.came is not None and _destination(stop.came.packet) == mac):
        return None
    rows = frame.timeline.at(stop.left[0].departs).value(stop.device, "arp", ()) or ()
    return next(((row["ip"], mac) for row in rows if row.get("mac") == mac), None)


def _destination(packet: Packet) -> Any:
    """The MAC address that the frame is for."""
    outer: Mapping[str, Any] = packet.layers[0].fields()
    return outer.get("eth_dst")


def journey(trail: Trail, frame: Frame, scene: Scene, words: Words) -> list[str]:
    """The whole trail in sentences: what a screen reader or a terminal says."""
    lines = [words("journey.of", packet=title(trail.packet, words), n=len(trail.stops) - 1)]
    if trail.because is not None:
        lines.append(sentences.whole(words("journey.because", packet=title(trail.because.packet, words))))
    for stop in trail.stops:
        lines += _stop(stop, frame, scene, words)
    lines += [flying(hop, scene, words) for hop in trail.flying]
    return lines


def _stop(stop: Stop, frame: Frame, scene: Scene, words: Words) -> Iterator[str]:
    about = told(stop, frame, scene, words)
    device = sentences.name(scene, words, stop.device)
    yield words("journey.at", time=words.clock(stop.arrived, 6), device=device, text=about.headline)
    yield from (f"    {step}" for step in (*about.rewritten, *about.steps))
    if stop.answers:
        yield "    " + words("journey.answers", packets=words.join([title(hop.packet, words) for hop in stop.answers]))


def flying(hop: Flight, scene: Scene, words: Words) -> str:
    """A hop under way."""
    ends = (sentences.name(scene, words, port.partition(".")[0]) for port in (hop.src, hop.dst))
    return words("journey.flying", **dict(zip(("a", "b"), ends, strict=True)))
