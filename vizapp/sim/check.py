"""Claims against a run: whether each holds, and in words why not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from vizapp.scene import parse
from vizapp.scene.model import Claim, Problem, Scene
from vizapp.scene.names import fits
from vizapp.scene.phrase import (
    DONE,
    REASONS,
    Binary,
    Both,
    Connection,
    Count,
    Exchange,
    Expr,
    Group,
    Never,
    Order,
    Path,
    Pattern,
    Says,
    Unary,
    Value,
)
from vizapp.scene.phrase import Claim as Phrase
from vizapp.sim import match
from vizapp.sim.timeline import Event, Timeline

BY_THE_OTHER_SIDE = ("refused", "timeout", "reset")  # reasons of a failure that is no lack of a way there
MOST_SHOWN = 3  # of what happened instead


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether a claim holds. key and values: in words, what was found (`words(key, **values)`)."""

    held: bool
    key: str = "claim.holds"
    values: dict[str, Any] = field(default_factory=dict)


def check(scene: Scene, timeline: Timeline) -> list[tuple[Claim, Finding]]:
    """Every claim that the scene makes (`expect:`) and what came of it."""
    return [(claim, holds(claim.text, scene, timeline)) for claim in scene.expect]


def holds(claim: str | Phrase, scene: Scene, timeline: Timeline) -> Finding:
    """Whether one claim, or the goal of a task, holds of a run."""
    return _Check(scene, timeline).claim(parse.claim(claim) if isinstance(claim, str) else claim)


def failures(scene: Scene, timeline: Timeline, file: str) -> list[Problem]:
    """The claims of the scene that its run does not keep, as Problems with their reason."""
    return [
        Problem(file, claim.place, "problem.claim-fails",
                {"claim": claim.text, "why": {"words": found.key, **found.values}})
        for claim, found in check(scene, timeline) if not found.held
    ]  # fmt: skip


class _Check:
    def __init__(self, scene: Scene, timeline: Timeline) -> None:
        self.scene = scene
        self.timeline = timeline

    def claim(self, claim: Phrase) -> Finding:
        match claim:
            case Both(claims):
                found = [self.claim(each) for each in claims]
                return next((each for each in found if not each.held), found[0])
            case Says():
                return self.says(claim)
            case Never(pattern):
                event = match.first(pattern, self.timeline)
                return Finding(event is None, "claim.happened", {} if event is None else self.told(event))
            case Count():
                return self.count(claim)
            case Order(patterns):
                return self.order(patterns)
            case Value():
                return self.value(claim)
            case Connection():
                return self.talk("connection", claim.outcome, claim.a, claim.b, claim.port)
            case Exchange():
                return self.talk(claim.protocol, claim.outcome, claim.a, claim.b, None)

    # events

    def says(self, claim: Says) -> Finding:
        events = list(match.every(claim.pattern, self.timeline))
        if not events:
            return Finding(False, "claim.never", {"pattern": str(claim.pattern)})
        if claim.expr is None:
            return Finding(True)
        if claim.which == "any":
            held = any(self.true(claim.expr, event) for event in events)
            return Finding(held, "claim.none-of", {"n": len(events), **self.facts(claim.expr, events[0])})
        asked = {"first": events[:1], "last": events[-1:]}.get(claim.which, events)
        wrong = next((event for event in asked if not self.true(claim.expr, event)), None)
        if wrong is None:
            return Finding(True)
        return Finding(False, "claim.but", self.told(wrong) | self.facts(claim.expr, wrong))

    def true(self, expr: Expr, event: Event | None) -> bool:
        try:
            return bool(match.evaluate(expr, self.timeline, event, event.t if event else None))
        except match.Unknown:
            return False

    def told(self, event: Event) -> dict[str, Any]:
        return {"event": event.name, "device": event.device, "t": event.t}

    def facts(self, expr: Expr, event: Event | None, t: int | None = None) -> dict[str, Any]:
        """What each name in the expression was worth."""
        found: list[dict[str, Any]] = []
        for path in dict.fromkeys(_paths(expr)):
            value = match.evaluate(path, self.timeline, event, event.t if event else t)
            if value != path.name:
                found.append({"words": "claim.was", "name": path.name, "value": _written(value)})
        return {"facts": found or [{"words": "claim.unknown"}]}

    def count(self, claim: Count) -> Finding:
        n = sum(1 for _ in match.every(claim.pattern, self.timeline))
        return Finding(self.compared(claim.op, n, claim.expr), "claim.counted", {"n": n, "pattern": str(claim.pattern)})

    def compared(self, op: str, value: Any, expr: Expr, t: int | None = None) -> bool:
        try:
            other = match.evaluate(expr, self.timeline, None, t)
            return bool(match.apply(op, value, other))
        except match.Unknown:
            return False

    def order(self, patterns: tuple[Pattern, ...]) -> Finding:
        """Each first one must come after the first of the pattern named before it."""
        before: tuple[int, int] | None = None
        for index, pattern in enumerate(patterns):
            found = self.moment(pattern)
            if found is None:
                return Finding(False, "claim.never", {"pattern": str(pattern)})
            if before is not None and found <= before:
                values = {"pattern": str(pattern), "t": found[0], "earlier": str(patterns[index - 1]), "u": before[0]}
                return Finding(False, "claim.order", values)
            before = found
        return Finding(True)

    def moment(self, pattern: Pattern) -> tuple[int, int] | None:
        """When a pattern first comes: true ns, and the event's id where one has to tell events of one instant apart."""
        if pattern.moment:
            t = match.moment(pattern, self.timeline)
            return None if t is None else (t, 0 if pattern.name == "start" else 1 << 60)
        event = match.first(pattern, self.timeline)
        return None if event is None else (event.t, event.id)

    # values

    def value(self, claim: Value) -> Finding:
        t = self.timeline.end
        if claim.when is not None:
            found = match.moment(claim.when, self.timeline)
            if found is None or found > self.timeline.end:
                return Finding(False, "claim.never", {"pattern": str(claim.when)})
            t = found
        value = self.field(claim.path, t)
        values = {"name": claim.path.name, "value": _written(value), "t": t}
        return Finding(self.compared(claim.op, value, claim.expr, t), "claim.value", values)

    def field(self, path: Path, t: int) -> Any:
        """A field as it is shown at `t`, or else as it was written; a setting by its name alone."""
        device, *rest = path.parts
        frame = self.timeline.at(t)
        if not rest:
            return frame.value("", device, self.scene.defaults().get(device))
        value = frame.value(device, rest[0])
        if value is None and rest == ["failed"]:
            return False
        if value is None and device in self.scene.things:
            value = frame.live(self.scene.things[device], rest[0])
        for part in rest[1:]:
            value = value.get(part) if isinstance(value, dict) else None
        return value

    # who talks to whom

    def talk(self, what: str, outcome: str, a: str, b: str, port: int | None) -> Finding:
        """An event of that name at A about B: what `connection A -> B:PORT refused` means."""
        ours, theirs = self.names(a), self.names(b)
        seen = [event for event in self.timeline.events if fits(what, event.name) and event.device in ours
                and _about(event, theirs, port)]  # fmt: skip
        if any(_came_to(event, what, outcome) for event in seen):
            return Finding(True)
        told = [{"words": "claim.event", **self.told(event)} for event in seen[:MOST_SHOWN]]
        there = b if port is None else f"{b}:{port}"
        values = {"wanted": f"{what}.{outcome}", "a": a, "b": there, "events": told}
        return Finding(False, "claim.instead" if told else "claim.no-try", values)

    def names(self, name: str) -> set[str]:
        """All that may stand for a device: its id, its ports, their addresses, those that DHCP gave included."""
        ports = self.scene.ports()
        device = next((p.device for p in ports.values() if name in (p.id, _address(p.ip))), name)
        if device not in self.scene.things:
            return {name}
        if name != device:
            return {name, device}
        own = [port for port in ports.values() if port.device == device]
        return {device, *(port.id for port in own), *(_address(port.ip) for port in own), *self.given(device)} - {""}

    def given(self, device: str) -> Iterator[str]:
        track = self.timeline.tracks.get((device, "address"))
        for value in track.values if track else ():
            if isinstance(value, str):
                yield value.partition("/")[0]


def _names(what: str, outcome: str) -> list[str]:
    """`http from a to b answered`, `ssh from a to b connected`: of another protocol than it is the word of, `answered`
    is as good."""
    return [f"{what}.{word}" for word in (DONE if outcome == "answered" else (outcome,))]


def _came_to(event: Event, what: str, outcome: str) -> bool:
    """Whether the event is of that outcome: by its name, or `failed` with a reason that says so."""
    if event.name in _names(what, outcome):
        return True
    if event.name != f"{what}.failed" or outcome not in REASONS:
        return False
    reason = event.details.get("reason")
    return reason == outcome or (outcome == "unreachable" and reason not in BY_THE_OTHER_SIDE)


def _about(event: Event, names: set[str], port: int | None) -> bool:
    details = event.details
    there = {str(details[key]).partition("/")[0] for key in ("to", "to_address", "address", "name") if details.get(key)}
    return bool(there & names) and (port is None or details.get("port") == port)


def _address(ip: str | None) -> str:
    return ip.partition("/")[0] if ip and ip != "dhcp" else ""


def _written(value: Any) -> Any:
    """A value as the explanation shows it."""
    if value is None:
        return {"words": "claim.nothing"}
    return f"{value:g}" if isinstance(value, float) else str(value)


def _paths(expr: Expr) -> Iterator[Path]:
    match expr:
        case Path():
            yield expr
        case Binary(_, left, right):
            yield from _paths(left)
            yield from _paths(right)
        case Unary(_, of):
            yield from _paths(of)
        case Group(items):
            for each in items:
                yield from _paths(each)
        case _:
            return
