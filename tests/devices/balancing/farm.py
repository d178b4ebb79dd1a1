"""Clients, a balancer and servers, put together by hand, and what came of each request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vizapp.devices import KINDS
from vizapp.scene.model import Act, Link, Port, Scene, Setting, Text, Thing
from vizapp.scene.vocabulary import Kind
from vizapp.sim.simulate import simulate
from vizapp.sim.timeline import Timeline

S = 1_000_000_000
MS = 1_000_000
BY_NAME: dict[str, Kind] = {kind.name: kind for kind in KINDS}


def typed(kind: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as the reader hands them over: every one is there."""
    defaults = {"5s": 5 * S, "30s": 30 * S, "10s": 10 * S, "2s": 2 * S, "80ms": 80 * MS,
                "203.0.113.1-203.0.113.200": ("203.0.113.1", "203.0.113.200")}  # fmt: skip
    found = {f.name: defaults.get(f.default, f.default) if isinstance(f.default, str) else f.default
             for f in BY_NAME[kind].fields}  # fmt: skip
    assert set(fields) <= set(found), set(fields) - set(found)
    return found | dict(fields)


def thing(name: str, kind: str, ports: Sequence[str] = ("eth0",), **fields: Any) -> Thing:
    return Thing(name, kind, Text(en=name), ports=tuple(Port(f"{name}.{port}", name, port) for port in ports),
                 fields=typed(kind, {key.replace("_", "-"): value for key, value in fields.items()}))  # fmt: skip


def farm(
    servers: Sequence[Mapping[str, Any]] = ({}, {}, {}),
    *,
    clients: Mapping[str, Any] | None = None,
    balancer: Mapping[str, Any] | None = None,
    acts: Sequence[str] = (),
    settings: Mapping[str, Setting] | None = None,
    delay: int = 100_000,
    seed: int = 1,
) -> Scene:
    names = [f"s{i + 1}" for i in range(len(servers))]
    things = [
        thing("clients", "clients", **{"target": "lb", **(clients or {})}),
        thing("lb", "balancer", ("front", "back"), **{"servers": tuple(names), **(balancer or {})}),
        *(thing(name, "server", **fields) for name, fields in zip(names, servers, strict=True)),
    ]
    links = [Link("clients.eth0--lb.front", "clients.eth0", "lb.front", delay)]
    links += [Link(f"lb.back--{name}.eth0", "lb.back", f"{name}.eth0", delay) for name in names]
    return Scene(
        "farm", Text(en="Farm"), Text(en=""), "availability", 1, 1, seed, 30 * S,
        {each.id: each for each in things}, tuple(links), settings or {}, script=tuple(map(act, acts)),
    )  # fmt: skip


def act(text: str) -> Act:
    """`fail s2 @ 2050` (ms), `get clients demand=30 @ 100`, `set lb.algorithm leastconn @ 5000`."""
    words, _, at = text.partition(" @ ")
    verb, *rest = words.split()
    options = {
        k: float(v) if k == "factor" else round(float(v) * MS) for k, v in (w.split("=") for w in rest if "=" in w)
    }
    args = tuple(word for word in rest if "=" not in word)
    if verb in ("loss", "duplicate", "delay", "partition", "heal"):
        args = tuple(rest)
    if verb == "set":
        args, options = args[:1], {"value": int(args[1]) if args[1].isdigit() else args[1]}
    return Act(verb, args, options, round(float(at) * MS))


def run(scene: Scene, until: int = 30 * S, acts: Sequence[str] = (), seed: int | None = None) -> Timeline:
    return simulate(scene, BY_NAME, until=until, acts=[act(text) for text in acts], seed=seed)


def ends(timeline: Timeline, of: str = "lb") -> dict[int, tuple[str, str, int]]:
    """Request number → (server, result, ns that it lasted)."""
    answers = timeline.answers[of]
    return {
        number: (answers.servers[by], answers.results[result], lasts)
        for number, by, result, lasts in zip(
            answers.request, answers.by, answers.result, answers.lasts, strict=True
        )
    }  # fmt: skip


def named(timeline: Timeline, name: str) -> list[Any]:
    return [event for event in timeline.events if event.name == name]
