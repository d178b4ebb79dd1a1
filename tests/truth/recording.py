"""Recordings against runs: a scene built from a recording's own topology, and what each interface captures."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from vizapp.devices import VOCABULARY
from vizapp.devices.net.nic import classify, mac_of
from vizapp.scene.model import Act, Scene
from vizapp.scene.reader import read
from vizapp.sim.simulate import simulate
from vizapp.sim.timeline import Flight, Timeline

HERE = Path(__file__).parent
KINDS = {
    "vm": "vm", "server": "web-server", "lan-host": "machine", "host": "host", "bridge": "switch", "router": "machine",
}  # fmt: skip
MS = 1_000_000
Frame = dict[str, Any]


def load(case: str, rename: Sequence[tuple[str, str]] = ()) -> dict[str, Any]:
    """A recording; `rename` gives it other addresses and names, so that nothing can be learned by heart."""
    text = (HERE / f"{case}.json").read_text(encoding="utf-8")
    for pattern, new in rename:
        text = re.sub(pattern, new, text)
    found: dict[str, Any] = json.loads(text)
    return found


def build(
    recording: Mapping[str, Any],
    *,
    fields: Mapping[str, Mapping[str, Any]],
    bare: Iterable[str] = (),
    until: str = "20s",
) -> Scene:
    """The scene of a recording's topology. `fields`: more of a device; `bare`: machines without an address yet."""
    stage: dict[str, Any] = {}
    links: list[dict[str, str]] = []
    ends = _ends(recording["topology"]["nodes"])
    for node in recording["topology"]["nodes"]:
        stage[node["name"]] = _thing(node, recording, node["name"] in set(bare)) | dict(fields.get(node["name"], {}))
        for interface in node["interfaces"]:
            here, there = f"{node['name']}/{interface['name']}", interface["attached_to"]
            if there and here < there:
                links.append({"between": f"{ends[here]} -- {ends[there]}", "delay": "10us"})
    written = {"id": "recording", "title": "recording", "until": until, "stage": stage, "links": links}
    reading = read(json.dumps(written), VOCABULARY, file=recording["case"])
    assert reading.scene is not None, reading.problems
    return reading.scene


def _ends(nodes: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """`nat/vnet1` is a cable of the port `nat.natbr0`, since a bridge with an address is one port of several cables."""
    return {
        f"{node['name']}/{interface['name']}": f"{node['name']}.{_port(node, interface)}"
        for node in nodes
        for interface in node["interfaces"]
    }


def _port(node: Mapping[str, Any], interface: Mapping[str, Any]) -> str:
    bridge = interface.get("bridge")
    own = next((i for i in node["interfaces"] if i["name"] == bridge), None)
    return str(bridge if own is not None and own["ip"] else interface["name"])


def _thing(node: Mapping[str, Any], recording: Mapping[str, Any], bare: bool) -> dict[str, Any]:
    if node["kind"] == "bridge":
        return {"kind": "switch"}
    rules = recording["topology"]["settings"].get("iptables", [])
    translates = node.get("ip_forward") and any("MASQUERADE" in rule for rule in rules) and len(node["interfaces"]) > 1
    kind = "nat-router" if translates else "router" if node.get("ip_forward") else KINDS[node["kind"]]
    thing: dict[str, Any] = {"kind": kind, "ports": _ports(node, recording, bare)}
    if kind == "nat-router":
        outside = (i for i in node["interfaces"] if not i.get("bridge") and not i.get("is_bridge"))
        thing["masquerade"] = next(outside)["name"]
    return thing


def _ports(node: Mapping[str, Any], recording: Mapping[str, Any], bare: bool) -> dict[str, Any]:
    ports: dict[str, Any] = {}
    routes = recording["topology"]["routes"].get(node["name"], [])
    for interface in node["interfaces"]:
        if interface.get("bridge"):
            continue
        written = {"mac": interface["mac"]}
        if interface["ip"] and not bare:
            written["ip"] = interface["ip"]
            for route in routes:
                found = re.fullmatch(r"default via (\S+) dev (\S+)", route)
                if found and found.group(2) == interface["name"]:
                    written["gateway"] = found.group(1)
        ports[interface["name"]] = written
    return ports


def act(line: str, at: float, **options: Any) -> Act:
    """`ping vm1 srv` at a moment in ms."""
    verb, *args = line.split()
    return Act(verb, tuple(args), options, round(at * MS))


def play(scene: Scene, acts: Sequence[Act], seed: int = 1) -> Timeline:
    return simulate(scene, VOCABULARY.kinds, acts=acts, seed=seed)


def captures(scene: Scene, timeline: Timeline, since: float = 0) -> dict[str, list[Frame]]:
    """What a sniffer on each machine's interface sees from `since` ms on, named `device/port`, in order of time."""
    found: dict[str, list[tuple[int, Frame]]] = {}
    for port in scene.ports().values():
        if scene.things[port.device].kind in ("switch", "hub"):
            continue
        mac = mac_of(port)
        bridge = sum(port.id in (link.a, link.b) for link in scene.links) > 1
        rows: dict[tuple[int, int, str], Frame] = {}
        for flight in timeline.flights:
            frame = flight.packet.headers()
            if flight.src == port.id and (not bridge or frame["ethernet"]["eth_src"] == mac):
                rows.setdefault((flight.departs, flight.packet.id, "out"), _frame(flight, "out", mac))
            elif flight.dst == port.id and flight.ended is not None:
                kind = classify(mac, frame["ethernet"]["eth_dst"])
                if not (bridge and kind == "otherhost"):
                    rows.setdefault((flight.ended, flight.packet.id, "in"), _frame(flight, "in", mac))
        found[f"{port.device}/{port.name}"] = sorted(
            ((key[0], frame) for key, frame in rows.items() if key[0] >= since * MS), key=lambda row: row[0]
        )
    return {name: [frame for _, frame in rows] for name, rows in found.items()}


def _frame(flight: Flight, direction: str, mac: str) -> Frame:
    """As the recordings write it: one level, DHCP apart."""
    layers = flight.packet.headers()
    frame: Frame = {"dir": direction, "type": flight.packet.layers[1].protocol}
    if direction == "in":
        frame["class"] = classify(mac, layers["ethernet"]["eth_dst"])
    for name, fields in layers.items():
        if name == "dhcp":
            frame["dhcp"] = fields
        elif name != "http":
            frame |= fields
    return frame


def differences(recorded: Sequence[Frame], ours: Sequence[Frame]) -> list[str]:
    """Every recorded field that ours has otherwise, and frames too many or too few."""
    found = []
    for number, (theirs, mine) in enumerate(zip(recorded, map(_flat, ours), strict=False)):
        found += [f"frame {number}, {each}" for each in _unlike(theirs, mine)]
    if len(recorded) != len(ours):
        longer = recorded if len(recorded) > len(ours) else ours
        told = [_short(_flat(frame)) for frame in longer[min(len(recorded), len(ours)) :]]
        found.append(f"{len(recorded)} frames recorded, {len(ours)} simulated: {told}")
    return found


def _unlike(theirs: Frame, mine: Frame) -> list[str]:
    return [
        f"{key}: {value!r} recorded, {mine.get(key)!r} simulated ({_short(theirs)} | {_short(mine)})"
        for key, value in theirs.items()
        if mine.get(key) != value
    ]


def _short(frame: Frame) -> str:
    message = next((frame[key] for key in ("dhcp.message", "flags", "op", "icmp_type") if key in frame), "")
    return f"{frame.get('dir')} {frame.get('type')} {message} {frame.get('src', frame.get('sender_ip'))}"


def exclusions(case: str) -> list[dict[str, Any]]:
    """What is not compared in that case, each with the recording's own words for it."""
    found: dict[str, list[dict[str, Any]]] = json.loads((HERE / "exclusions.json").read_text(encoding="utf-8"))
    return found[case]


def compared(case: str, frames: Iterable[Frame]) -> list[Frame]:
    """Recorded frames without the fields that are excluded. `where`: only in frames that have these values."""
    rows = [_flat(frame) for frame in frames]
    for each in exclusions(case):
        for row in rows:
            where = each.get("where", {})
            if "masked" not in each and all(_fits(row.get(path), wanted) for path, wanted in where.items()):
                for path in each["fields"]:
                    row.pop(path, None)
    return rows


def _flat(frame: Frame, prefix: str = "") -> Frame:
    """One level: `dhcp.message`."""
    row: Frame = {}
    for key, value in frame.items():
        if isinstance(value, dict):
            row |= _flat(value, f"{prefix}{key}.")
        else:
            row[f"{prefix}{key}"] = value
    return row


def _fits(value: Any, wanted: Any) -> bool:
    """`!x`: anything but x."""
    if isinstance(wanted, str) and wanted.startswith("!"):
        return value is not None and value != wanted[1:]
    return bool(value == wanted)
