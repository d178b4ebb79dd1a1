"""The scene `nat-inside-out`: who sees which address behind two NATs, and how its tasks are done."""

from typing import Any

import pytest

from vizapp import places
from vizapp.devices import VOCABULARY
from vizapp.run import Run
from vizapp.scene.model import Act, Scene
from vizapp.scene.reader import read
from vizapp.sim.check import holds
from vizapp.sim.timeline import Timeline

S = 1_000_000_000
ON_HOST = "8080 -> 192.168.122.100:80"
ON_BOX = "8080 -> 192.168.1.15:8080"
SKIPPING_THE_HOST = "8080 -> 192.168.122.100:80"


@pytest.fixture(scope="module")
def scene() -> Scene:
    found = read(places.shipped_scenes() / "nat-inside-out.yaml", VOCABULARY).scene
    assert found is not None
    return found


@pytest.fixture(scope="module")
def timeline(scene: Scene) -> Timeline:
    return Run(scene, VOCABULARY.kinds).complete().timeline


def played(scene: Scene, *acts: Act) -> Timeline:
    return Run(scene, VOCABULARY.kinds, acts=acts, until=60 * S).complete().timeline


def put(name: str, value: Any) -> Act:
    return Act("set", (name,), {"value": value}, 25 * S)


def call(verb: str, src: str, dst: str, at: int = 26) -> Act:
    return Act(verb, (src, dst), {}, at * S)


def sources(timeline: Timeline, port: str, protocol: str) -> set[str]:
    """The source addresses of the packets of VMs that arrive at that port."""
    flights = (f for f in timeline.flights if f.dst == port and f.packet.has(protocol) and f.owner.startswith("vm"))
    return {str(flight.packet.headers()["ipv4"]["src"]) for flight in flights}


@pytest.mark.parametrize("protocol", ["tcp", "icmp"])
def test_three_places_see_three_sources(timeline: Timeline, protocol: str) -> None:
    assert {"192.168.122.100"} <= sources(timeline, "router.lan", protocol) <= {"192.168.122.100", "192.168.122.101"}
    assert sources(timeline, "box.lan", protocol) == {"192.168.1.15"}
    assert sources(timeline, "server.eth0", protocol) == {"203.0.113.5"}


def test_two_routers_take_two_from_the_ttl(timeline: Timeline) -> None:
    arrived = [f for f in timeline.flights if f.dst == "server.eth0" and f.packet.name == "SYN"]
    assert arrived[0].packet.headers()["ipv4"]["ttl"] == 62


def test_a_forwarded_call_keeps_its_source(timeline: Timeline) -> None:
    arrived = [f for f in timeline.flights if f.dst == "vm1.eth0" and f.packet.name == "SYN"]
    assert [f.packet.headers()["ipv4"]["src"] for f in arrived] == ["192.168.1.60"]


def test_an_identifier_is_free_again_when_its_row_is_gone(scene: Scene) -> None:
    """In the notes: an ICMP entry is kept for 30 s."""
    act = Act("ping", ("vm2", "server"), {"id": 4301}, 45 * S)
    rewritten = [e for e in played(scene, act).events if e.name == "nat.rewrite" and e.t >= 45 * S]
    assert rewritten[0].details["after"]["sport"] == 4301


@pytest.mark.parametrize(("box", "reaches"), [(ON_BOX, True), (SKIPPING_THE_HOST, False), ("none", False)])
def test_two_nats_need_two_forwards(scene: Scene, box: str, reaches: bool) -> None:
    changes = [put("box-forward", box)] if box != "none" else []
    timeline = played(scene, *changes, Act("connect", ("server", "box:8080"), {}, 26 * S))
    assert holds(scene.tasks[0].goal, scene, timeline).held == reaches


def test_inside_there_is_a_simpler_way(scene: Scene) -> None:
    assert holds(scene.tasks[1].goal, scene, played(scene, call("http", "vm2", "vm1"))).held


def test_a_ping_of_its_own_keeps_its_identifier(scene: Scene) -> None:
    assert holds(scene.tasks[2].goal, scene, played(scene, call("ping", "vm2", "server"))).held
