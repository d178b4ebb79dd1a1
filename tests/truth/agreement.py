"""How far a run agrees with a recording: frames by interface, tables by moment, what came of each call and ping."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from tests.truth import tables
from tests.truth.cases import CASES
from tests.truth.rebuilt import Rebuilt
from tests.truth.recording import AS_RECORDED, Frame, Recording, elsewhere, exclusions


@dataclass
class Agreement:
    """What was compared at one place. count: recorded frames, rows or results; fields: values that were compared;
    excluded: values that were not; differences: told in words, none when all agrees."""

    place: str
    what: str
    count: int = 0
    fields: int = 0
    excluded: int = 0
    differences: list[str] = field(default_factory=list)


@cache
def rebuilt(case: str, renamed: bool = False) -> Rebuilt:
    """The run of a recording, in its own or in other words. What was done is read from the recording as it is."""
    naming = elsewhere(case) if renamed else AS_RECORDED
    return Rebuilt(Recording(case, naming), CASES[case](Recording(case)))


@cache
def agreements(case: str, renamed: bool = False) -> list[Agreement]:
    """Every comparison of a case."""
    return compare(rebuilt(case, renamed))


def compare(run: Rebuilt) -> list[Agreement]:
    """All that was recorded, place by place."""
    return [*(_frames(run, place) for place in run.recording.captures), *_tables(run), *_results(run)]


# frames


def _rules(run: Rebuilt) -> list[dict[str, Any]]:
    """The exclusions; those of values that were replaced at random know these, of both sides."""
    return [rule | {"drawn": tables.replaced(run)} if rule.get("random") else rule
            for rule in exclusions(run.recording.case)]  # fmt: skip


def _frames(run: Rebuilt, place: str) -> Agreement:
    recorded, ours = run.recording.captures[place], run.captures(place)
    rules = _rules(run)
    found = Agreement(place, "frames", len(recorded))
    if any(rule.get("order") == "conversation" for rule in rules):
        drawn = set().union(*tables.replaced(run))
        for talk in sorted({_talk(frame, drawn) for frame in (*recorded, *ours)}):
            theirs, mine = ([f for f in rows if _talk(f, drawn) == talk] for rows in (recorded, ours))
            _pairs(found, theirs, mine, rules)
    else:
        _pairs(found, recorded, ours, rules)
    return found


def _talk(frame: Frame, drawn: set[int]) -> tuple[str, ...]:
    """To which conversation a frame belongs: its machines and ports, those drawn at random being one."""
    ports = (frame[key] for key in ("sport", "dport", "id") if key in frame)
    named = ("drawn" if port in drawn else str(port) for port in ports)
    return frame["type"], *sorted((frame["eth_src"], frame["eth_dst"])), *sorted(named)


def _pairs(
    found: Agreement, recorded: Sequence[Frame], ours: Sequence[Frame], rules: Sequence[Mapping[str, Any]]
) -> None:
    for number, (theirs, mine) in enumerate(zip(recorded, ours, strict=False)):
        _compare(found, f"frame {number}", _flat(theirs), _flat(mine), rules)
    if len(recorded) != len(ours):
        longer = recorded if len(recorded) > len(ours) else ours
        told = [_short(frame) for frame in longer[min(len(recorded), len(ours)) :]]
        found.differences.append(f"{len(recorded)} frames recorded, {len(ours)} simulated: {told}")


def _compare(found: Agreement, name: str, theirs: Frame, mine: Frame, rules: Sequence[Mapping[str, Any]]) -> None:
    """Every recorded value of a frame or a row, by the rules of what is excluded."""
    for key, value in theirs.items():
        rule = next((r for r in rules if key in r.get("fields", ()) and _where(r, theirs)), None)
        if rule is not None and not {"within", "random"} & set(rule):
            found.excluded += 1
            continue
        found.fields += 1
        other = mine.get(key)
        if value != other and not (rule is not None and _near(rule, value, other)):
            found.differences.append(f"{name}, {key}: {value!r} recorded, {other!r} simulated ({_short(theirs)})")


def _near(rule: Mapping[str, Any], value: Any, other: Any) -> bool:
    """Close enough in time; or both drawn at random."""
    if "drawn" in rule:
        theirs, ours = rule["drawn"]
        return value in theirs and other in ours
    return other is not None and bool(abs(value - other) <= rule["within"])


def _where(rule: Mapping[str, Any], row: Frame) -> bool:
    return all(_fits(row.get(key), wanted) for key, wanted in rule.get("where", {}).items())


def _fits(value: Any, wanted: Any) -> bool:
    """`!x`: anything but x. A list: any of it."""
    if isinstance(wanted, str) and wanted.startswith("!"):
        return value is not None and value != wanted[1:]
    return value in wanted if isinstance(wanted, list) else bool(value == wanted)


def _flat(frame: Frame, prefix: str = "") -> Frame:
    """One level: `dhcp.message`."""
    row: Frame = {}
    for key, value in frame.items():
        if isinstance(value, dict):
            row |= _flat(value, f"{prefix}{key}.")
        else:
            row[f"{prefix}{key}"] = value
    return row


def _short(frame: Frame) -> str:
    words = ("t_ms", "dir", "type", "op", "flags", "icmp_type", "dhcp.message", "src", "sender_ip", "dst", "target_ip",
             "ip", "mac")  # fmt: skip
    return " ".join(str(frame[word]) for word in words if word in frame)


# tables


def _tables(run: Rebuilt) -> Iterator[Agreement]:
    for table in tables.recorded(run):
        found = Agreement(table.place, table.name, len(table.rows))
        rules = _rules(run)
        ours = {_key(row): row for row in table.simulated}
        for row in map(_flat, table.rows):
            mine = ours.pop(_key(row), None)
            if mine is None:
                found.differences.append(f"recorded, not simulated: {row}")
            else:
                _compare(found, str(_key(row)), row, _flat(mine), rules)
        found.differences += [f"simulated, not recorded: {row}" for row in ours.values()]
        yield found


def _key(row: Frame) -> tuple[Any, ...]:
    """What a row is about: the rest is what is said of it."""
    flat = _flat(row)
    about = ("ip", "mac", "orig.src", "orig.sport", "orig.id", "to", "line", "number", "name")
    names = [name for name in about if name in flat]
    return tuple(flat[name] for name in (names[:1] if names[:1] == ["ip"] else names))


# results


REFUSALS = {"Connection refused": "connection.refused", "timeout": "connection.timeout",
            "Network is unreachable": "connection.unreachable"}  # fmt: skip
MESSAGES = {"Time to live exceeded": "ttl-expired", "Destination Host Unreachable": "host-unreachable",
            "Destination Net Unreachable": "net-unreachable", "Network is unreachable": "no-route"}  # fmt: skip


def _results(run: Rebuilt) -> Iterator[Agreement]:
    for name, (device, start) in run.play.asked.items():
        later = (t for who, t in run.play.asked.values() if who == device and t > start)
        stop = min(later, default=run.recording.end + 50)
        device = run.recording.naming.nodes.get(device, device)
        result = _named(run, name)
        found = Agreement(device, f"result {name}", 1)
        tell = _call if "ok" in result else _ping
        for key, value, other in tell(run, result, device, start, stop):
            found.fields += 1
            if value != other:
                found.differences.append(f"{key}: {value!r} recorded, {other!r} simulated")
        yield found


def _named(run: Rebuilt, name: str) -> dict[str, Any]:
    part, _, device = name.partition(".")
    result = run.recording.found[part]
    found: dict[str, Any] = result[run.recording.naming.nodes.get(device, device)] if device else result
    return found


Told = Iterator[tuple[str, Any, Any]]
_Teller = Callable[[Rebuilt, Mapping[str, Any], str, float, float], Told]


def _call(run: Rebuilt, result: Mapping[str, Any], device: str, start: float, stop: float) -> Told:
    events = list(run.events(device, start, stop))
    answered = next((e for e in events if e.name == "http.answered"), None)
    yield "ok", result["ok"], answered is not None
    if answered is not None:
        yield "body", result.get("body"), answered.details["body"]
    if "error" in result:
        told = [e.name for e in events if e.name.startswith("connection.") and e.name != "connection.opened"]
        yield "error", [REFUSALS[result["error"]]], told


def _ping(run: Rebuilt, result: Mapping[str, Any], device: str, start: float, stop: float) -> Told:
    events = list(run.events(device, start, stop))
    yield "received", result["received"], sum(e.name == "ping.answered" for e in events)
    failed = {e.details["reason"] for e in events if e.name == "ping.failed"} - {"timeout"}
    yield "messages", {MESSAGES[_tail(message)] for message in result["messages"]}, failed


def _tail(message: str) -> str:
    return next(known for known in MESSAGES if message.endswith(known))
