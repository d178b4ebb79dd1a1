"""Phrases against a run: which event a pattern means, which flights are followed, what an expression is worth."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from ipaddress import AddressValueError, IPv4Address, IPv4Interface
from typing import Any

from vizapp.scene.model import Scene
from vizapp.scene.names import fits
from vizapp.scene.phrase import Binary, Expr, Follow, Group, Literal, Path, Pattern, Unary
from vizapp.sim.frame import InFlight
from vizapp.sim.timeline import Event, Flight, Timeline

OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv,
}  # fmt: skip


class Unknown(Exception):
    """An expression that has no value here: a name that nothing has, or things that can't be compared."""


def matches(pattern: Pattern, event: Event, timeline: Timeline) -> bool:
    """Whether `event` is one that `pattern` means (moments such as `start` match no event)."""
    return (
        not pattern.moment
        and fits(pattern.name, event.name)
        and pattern.at in (None, event.device)
        and _ends(pattern.src, pattern.dst, event)
        and (pattern.where is None or _holds(pattern.where, event, timeline))
    )


def _ends(src: str | None, dst: str | None, event: Event) -> bool:
    details = event.details
    return (src is None or src in (details.get("from"), details.get("from_address"))) and (
        dst is None or dst in (details.get(key) for key in ("to", "address", "to_address", "name"))
    )


def _holds(expr: Expr, event: Event, timeline: Timeline) -> bool:
    try:
        return bool(evaluate(expr, timeline, event, event.t))
    except Unknown:
        return False


def every(pattern: Pattern, timeline: Timeline, after: int = 0) -> Iterator[Event]:
    """The events that `pattern` means, from true ns `after` on."""
    return (e for e in timeline.events if e.t >= after and matches(pattern, e, timeline))


def first(pattern: Pattern, timeline: Timeline, after: int = 0) -> Event | None:
    return next(every(pattern, timeline, after), None)


def moment(pattern: Pattern, timeline: Timeline, after: int = 0) -> int | None:
    """The true ns that `pattern` means, not before `after`; None when it never comes."""
    if pattern.time is not None:
        return max(pattern.time, after)
    if pattern.moment:
        return after if pattern.name == "start" else timeline.end
    event = first(pattern, timeline, after)
    return None if event is None else event.t


def followed(follow: Follow, flight: Flight | InFlight, timeline: Timeline) -> bool:
    """Whether `flight` is of what the scene follows."""
    packet = flight.packet
    src, dst = flight.src.partition(".")[0], flight.dst.partition(".")[0]
    return (
        (packet.has(follow.name) or _called(packet.name) == follow.name)
        and not packet.quiet
        and follow.of in (None, flight.owner)
        and follow.src in (None, src, packet.origin)
        and follow.dst in (None, dst, packet.to)
        and (follow.where is None or bool(evaluate(follow.where, timeline, _told(flight), flight.departs)))
    )


def _told(flight: Flight | InFlight) -> Event:
    """A flight as if it were an event whose details are the header fields of its packet."""
    fields = {name: value for header in flight.packet.headers().values() for name, value in header.items()}
    return Event(flight.id, flight.departs, flight.packet.name, flight.src.partition(".")[0], 0, flight.owner, fields)


def follows_requests(scene: Scene) -> bool:
    """Whether the requests of a crowd are followed one by one."""
    return any(text.split()[0] == "http" for text in scene.follow)


@lru_cache(maxsize=512)
def _called(name: str) -> str:
    """A packet's name as it is written in `follow`: `SYN·ACK` is `syn-ack`, `ECHO REPLY` is `echo-reply`."""
    return name.lower().replace("·", "-").replace(" ", "-")


def held(follow: Follow, event: Event, timeline: Timeline) -> bool:
    """Whether the clock stands still at `event` because the scene follows it."""
    return (
        "." in follow.name and fits(follow.name, event.name) and follow.of in (None, event.owner)
        and _ends(follow.src, follow.dst, event)
        and (follow.where is None or bool(evaluate(follow.where, timeline, event, event.t)))
    )  # fmt: skip


def evaluate(expr: Expr, timeline: Timeline, event: Event | None = None, t: int | None = None) -> Any:
    """The value of `expr` over `event` (its details, `t`, `device`) and the devices' fields at true ns `t`."""
    match expr:
        case Literal(value=value):
            return value
        case Path():
            return _look_up(expr, timeline, event, timeline.end if t is None else t)
        case Group(items=items):
            return [evaluate(item, timeline, event, t) for item in items]
        case Unary(op=op, of=of):
            value = evaluate(of, timeline, event, t)
            return not value if op == "not" else apply("-", 0, value)
        case Binary(op="and" | "or" as op, left=left, right=right):
            value = evaluate(left, timeline, event, t)
            return (value and evaluate(right, timeline, event, t)) if op == "and" else (
                value or evaluate(right, timeline, event, t)
            )  # fmt: skip
        case Binary(op=op, left=left, right=right):
            return apply(op, evaluate(left, timeline, event, t), evaluate(right, timeline, event, t))


def apply(op: str, left: Any, right: Any) -> Any:
    """left op right; Unknown when they can't be so compared."""
    try:
        if op in "+-*/" and not (isinstance(left, (int, float)) and isinstance(right, (int, float))):
            raise TypeError(op)  # a text times a number may be as long as the memory is large
        return _inside(left, right) if op == "in" else OPERATORS[op](left, right)
    except (TypeError, ArithmeticError) as error:
        raise Unknown(f"{left} {op} {right}") from error


def _inside(left: Any, right: Any) -> bool:
    """Whether a value is in a list, or an address in a network (`192.168.122.0/24`)."""
    if isinstance(right, str) and "/" in right:
        try:
            return IPv4Address(str(left).partition("/")[0]) in IPv4Interface(right).network
        except AddressValueError:
            return False
    return left in right


def _look_up(path: Path, timeline: Timeline, event: Event | None, t: int) -> Any:
    parts = path.parts
    if event is not None:
        if parts == ("t",):
            return event.t
        if parts == ("device",):
            return event.device
        found = _dig(event.details, parts)
        if found is None and parts == ("name",):
            found = event.name
        if found is not None:
            return found
    if len(parts) >= 2 and (parts[0], parts[1]) in timeline.tracks:
        return _dig({"": timeline.at(t).value(parts[0], parts[1])}, ("", *parts[2:]))
    if len(parts) == 1 and event is not None and ("", parts[0]) in timeline.tracks:
        return timeline.at(t).value("", parts[0])
    return path.name  # a bare word stands for itself


def _dig(value: Any, parts: tuple[str, ...]) -> Any:
    for part in parts:
        if not isinstance(value, Mapping) or part not in value:
            return None
        value = value[part]
    return value
