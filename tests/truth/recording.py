"""A recording of the real thing: what was built, what was done, what was seen; also under other names and addresses."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
NAMES = ("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa")
OWN_WORDS = ("class", "kind", "type", "proto", "op", "dir", "state", "flag", "case")  # keys of values that are no names
PORT_KEYS = ("sport", "dport", "id")
FIRST_PORT = 1024  # those below stand for services

Frame = dict[str, Any]


@dataclass(frozen=True)
class Naming:
    """Other names for what was recorded. networks: `192.168.1` → its new three numbers; macs: the first five bytes."""

    nodes: Mapping[str, str] = field(default_factory=dict)
    interfaces: Mapping[str, str] = field(default_factory=dict)
    networks: Mapping[str, str] = field(default_factory=dict)
    macs: Mapping[str, str] = field(default_factory=dict)
    ports: Mapping[int, int] = field(default_factory=dict)

    def line(self, text: str) -> str:
        """An act or a setting in recorded words, in the new ones."""
        return self._text(_exchange(text, self.nodes, r"\b(%s)\b"))

    def _text(self, text: str) -> str:
        text = _exchange(text, self.networks, r"\b(%s)(?=\.\d)")
        text = _exchange(text, self.macs, r"\b(%s)(?=:)")
        text = _exchange(text, self.interfaces, r"\b(%s)\b")
        return _exchange(text, {str(old): str(new) for old, new in self.ports.items()}, r"(?<![\d.x])(%s)(?!\d|ms)")

    def value(self, found: Any, key: str = "") -> Any:
        """A recorded value, whatever it holds."""
        if isinstance(found, dict):
            return {self._name(name): self.value(each, name) for name, each in found.items()}
        if isinstance(found, list):
            return [self.value(each, key) for each in found]
        if isinstance(found, int) and key in PORT_KEYS:
            return self.ports.get(found, found)
        return found if not isinstance(found, str) or key in OWN_WORDS else self._name(found)

    def _name(self, text: str) -> str:
        node, slash, interface = text.partition("/")
        return self._text(self.nodes.get(node, node) + slash + interface)


def _exchange(text: str, names: Mapping[str, str], form: str) -> str:
    if not names:
        return text
    return re.sub(form % "|".join(map(re.escape, names)), lambda found: names[found.group(1)], text)


AS_RECORDED = Naming()


def elsewhere(case: str) -> Naming:
    """New names, addresses, MACs and ports for all that a recording has, so that nothing can be learned by heart."""
    found = _read(case)
    nodes = found["topology"]["nodes"]
    interfaces = [interface for node in nodes for interface in node["interfaces"]]
    networks = dict.fromkeys(i["ip"].rpartition(".")[0] for i in interfaces if i["ip"])
    macs = dict.fromkeys(i["mac"].rpartition(":")[0] for i in interfaces)
    bridges = dict.fromkeys(i["name"] for i in interfaces if i.get("is_bridge"))
    ports = sorted({port for port in _ports(found) if port >= FIRST_PORT})
    return Naming(
        {node["name"]: name for node, name in zip(nodes, NAMES, strict=False)},
        {name: f"inner{n}" for n, name in enumerate(bridges)},
        {network: f"10.{17 * n + 3}.{n}" for n, network in enumerate(networks)},
        {mac: f"0a:11:22:33:{n:02x}" for n, mac in enumerate(macs)},
        {port: port - 211 if port > 60_000 else port + 211 for port in ports},
    )


def _ports(found: Any, key: str = "") -> Iterator[int]:
    if isinstance(found, dict):
        for name, value in found.items():
            yield from _ports(value, name)
    elif isinstance(found, list):
        for value in found:
            yield from _ports(value, key)
    elif key in PORT_KEYS and isinstance(found, int):
        yield found


def _read(case: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((HERE / f"{case}.json").read_text(encoding="utf-8"))
    return found


@dataclass
class Recording:
    """One file, under its own or other names. Times in ms since the recording began."""

    case: str
    naming: Naming = AS_RECORDED

    @cached_property
    def found(self) -> dict[str, Any]:
        value: dict[str, Any] = self.naming.value(_read(self.case))
        return value

    @property
    def nodes(self) -> list[dict[str, Any]]:
        nodes: list[dict[str, Any]] = self.found["topology"]["nodes"]
        return nodes

    @property
    def settings(self) -> dict[str, Any]:
        settings: dict[str, Any] = self.found["topology"]["settings"]
        return settings

    @property
    def captures(self) -> dict[str, list[Frame]]:
        captures: dict[str, list[Frame]] = self.found["captures"]
        return captures

    def node(self, name: str) -> dict[str, Any]:
        """By its recorded name."""
        name = self.naming.nodes.get(name, name)
        return next(node for node in self.nodes if node["name"] == name)

    def step(self, number: int) -> float:
        """When that step was done; the first is 1."""
        return float(self.found["steps"][number - 1]["t_ms"])

    @property
    def end(self) -> float:
        """The last frame of all."""
        return max(float(frame["t_ms"]) for frames in self.captures.values() for frame in frames)

    def sent(self, since: float, **wanted: Any) -> Frame:
        """The first frame that a machine sent from then on, with these values: what the experimenter chose is in it."""
        frames = sorted((f for frames in self.captures.values() for f in frames), key=lambda frame: frame["t_ms"])
        return next(
            frame
            for frame in frames
            if frame["t_ms"] >= since
            and frame["dir"] == "out"
            and all(frame.get(key) == value for key, value in wanted.items())
        )

    def ident(self, number: int, nth: int = 0) -> int:
        """The id of the ping of that step."""
        return int(self.sent(self.step(number) + nth, icmp_type=8)["id"])

    def port(self, number: int) -> int:
        """The source port of the call of that step."""
        return int(self.sent(self.step(number), flags="S")["sport"])


def exclusions(case: str) -> list[dict[str, Any]]:
    """What is not compared in that case, each with the recording's own words for it."""
    found: dict[str, list[dict[str, Any]]] = json.loads((HERE / "exclusions.json").read_text(encoding="utf-8"))
    return found["every"] + found.get(case, [])
