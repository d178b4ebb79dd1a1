"""A host-only network, as recorded: who gets through to the LAN, over which hops, at which settings of the host."""

import re
from typing import Any

import pytest

from tests.truth.recording import MS, act, build, load, play
from vizapp.scene.model import Act
from vizapp.sim.timeline import Timeline

BACK = "192.168.56.0/24 via 192.168.1.10"
VM_WAY, LAN_WAY = "default via 192.168.56.1", "default via 192.168.1.1"
NAMES = {8: "request", 0: "reply", 5: "redirect"}


def route(device: str, text: str, at: float, gone: bool = False) -> Act:
    return Act("route", (device, text, *(["del"] if gone else [])), {}, round(at * MS))


def put(name: str, value: Any, at: float) -> Act:
    return Act("set", (name,), {"value": value}, round(at * MS))


def acts() -> list[Act]:
    """The steps of the recording, each change a little before the ping that shows it."""
    return [
        act("ping vm1 host.hostonly0", 150), act("ping host vm1", 455),
        route("vm1", VM_WAY, 700, gone=True), act("ping vm1 lan1", 759),
        route("vm1", VM_WAY, 1060), act("ping vm1 lan1", 1066), act("ping vm1 host.eth0", 2371),
        put("host.forwarding", True, 2600), act("ping vm1 lan1", 2679),
        route("lan1", LAN_WAY, 3980, gone=True), act("ping vm1 lan1", 3986), route("lan1", LAN_WAY, 5200),
        route("lan1", BACK, 5200), act("ping vm1 lan1", 5295), route("lan1", BACK, 5600, gone=True),
        route("gw", BACK, 5600), act("ping vm1 lan1", 5604), route("gw", BACK, 5900, gone=True),
        put("host.masquerade", "host.eth0", 5900), act("ping vm1 lan1", 5921), act("ping lan1 vm1", 6294),
    ]  # fmt: skip


PARTS = {"0a": 150, "0b": 455, "i": 759, "ii": 1066, "ii-b": 2371, "iii": 2679, "iii-b": 3986, "iv": 5295, "iv-b": 5604,
         "v": 5921, "vi": 6294}  # fmt: skip


@pytest.fixture(scope="module")
def recording() -> dict[str, Any]:
    return load("D_hostonly")


@pytest.fixture(scope="module")
def timeline(recording: dict[str, Any]) -> Timeline:
    scene = build(recording, fields={"host": {"kind": "host"}})
    return play(scene, acts())


def path(timeline: Timeline, start: float, stop: float) -> list[str]:
    """The hops of ICMP between two moments, as the recording writes them."""
    hops = []
    for flight in timeline.flights:
        if not (flight.packet.has("icmp") and start * MS <= flight.departs < stop * MS):
            continue
        headers = flight.packet.headers()
        ip, icmp = headers["ipv4"], headers["icmp"]
        said = f"{NAMES[icmp['icmp_type']]} {ip['src']}>{ip['dst']} ttl {ip['ttl']}"
        for port, way in ((flight.src, "out"), (flight.dst, "in")):
            if not port.startswith("lansw."):
                hops.append(f"{port.replace('.', '/', 1)} {way} {said}")
    return hops


@pytest.mark.parametrize("part", PARTS)
def test_each_ping_takes_the_recorded_hops(recording: dict[str, Any], timeline: Timeline, part: str) -> None:
    stop = min((t for t in (*PARTS.values(), 9_000) if t > PARTS[part]), default=9_000)
    assert path(timeline, PARTS[part], stop) == recording["path"][part]


@pytest.mark.parametrize("part", PARTS)
def test_each_ping_is_answered_as_recorded(recording: dict[str, Any], timeline: Timeline, part: str) -> None:
    start, received = PARTS[part] * MS, recording[f"result_{part}"]["received"]
    told = [e for e in timeline.events if re.fullmatch(r"ping\.(answered|failed)", e.name) and e.t >= start]
    assert (told[0].name == "ping.answered") == bool(received)
