"""The scene `host-only`: what each missing piece does, which hops a ping takes, and how its tasks are done."""

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
VIA_HOST = "192.168.56.0/24 via 192.168.1.10"
GATEWAY = "default via 192.168.56.1"


@pytest.fixture(scope="module")
def scene() -> Scene:
    found = read(places.shipped_scenes() / "host-only.yaml", VOCABULARY).scene
    assert found is not None
    return found


@pytest.fixture(scope="module")
def timeline(scene: Scene) -> Timeline:
    return Run(scene, VOCABULARY.kinds).complete().timeline


def played(scene: Scene, *acts: Act) -> Timeline:
    return Run(scene, VOCABULARY.kinds, acts=acts, until=45 * S).complete().timeline


def put(name: str, value: Any, at: int) -> Act:
    return Act("set", (name,), {"value": value}, at * S)


def ping(src: str, dst: str, at: int) -> Act:
    return Act("ping", (src, dst), {}, at * S)


def hops(timeline: Timeline, since: int) -> list[str]:
    """The devices that the ping begun after `since` (s) reaches, the first one before them, with the last reason."""
    flights = [f for f in timeline.flights if f.packet.has("icmp") and since * S <= f.departs < (since + 2) * S]
    path = [flights[0].src.partition(".")[0]] + [flight.dst.partition(".")[0] for flight in flights]
    return [*path, flights[-1].reason or "answered"]


def test_without_a_route_not_even_an_arp_request_leaves(timeline: Timeline) -> None:
    assert not [flight for flight in timeline.flights if 3 * S <= flight.departs < 5 * S]


@pytest.mark.parametrize(("since", "path"), [
    (6, "vm1 vswitch system not-mine"),
    (9, "vm1 vswitch system lan lan1 lan gw isp no-route"),
    (13, "vm1 vswitch system lan lan1 lan system vswitch vm1 answered"),
    (21, "vm1 vswitch system lan lan1 lan system vswitch vm1 answered"),
    (24, "lan1 lan gw isp no-route"),
])  # fmt: skip
def test_a_ping_gets_exactly_so_far(timeline: Timeline, since: int, path: str) -> None:
    assert hops(timeline, since) == path.split()


def test_on_the_way_back_over_the_gateway_it_also_sends_a_redirect(timeline: Timeline) -> None:
    names = [f.packet.name for f in timeline.flights if f.src.startswith("gw.") and 17 * S <= f.departs < 19 * S]
    assert "REDIRECT" in names


def test_an_address_of_the_host_answers_although_it_does_not_forward(scene: Scene) -> None:
    """The trap in the notes of step 4."""
    timeline = played(scene, Act("ping", ("vm1", "system.eth0"), {}, 7 * S))
    assert holds("ping from vm1 to system.eth0 answered", scene, timeline).held


def test_without_a_default_route_the_lan_machine_does_not_even_answer(scene: Scene) -> None:
    timeline = played(scene, Act("route", ("lan1", "default via 192.168.1.1", "del"), {}, 8 * S + 1))
    assert hops(timeline, 9)[-2:] == ["lan1", "answered"]  # it arrived there, and no flight followed


def test_three_changes_are_enough(scene: Scene) -> None:
    changes = (put("vm-route", GATEWAY, 30), put("forwarding", True, 30), put("masquerade", "eth0", 30))
    assert holds(scene.tasks[0].goal, scene, played(scene, *changes, ping("vm1", "lan1", 31))).held


@pytest.mark.parametrize("missing", range(3))
def test_two_of_the_three_are_not(scene: Scene, missing: int) -> None:
    changes = [put("vm-route", GATEWAY, 30), put("forwarding", True, 30), put("lan1-route", VIA_HOST, 30)]
    del changes[missing]
    assert not holds(scene.tasks[0].goal, scene, played(scene, *changes, ping("vm1", "lan1", 31))).held


def test_with_routes_alone_the_lan_machine_reaches_the_vm(scene: Scene) -> None:
    changes = (put("vm-route", GATEWAY, 30), put("forwarding", True, 30), put("lan1-route", VIA_HOST, 30))
    assert holds(scene.tasks[1].goal, scene, played(scene, *changes, ping("lan1", "vm1", 31))).held


def test_over_the_gateway_the_answer_takes_one_hop_more(scene: Scene) -> None:
    changes = (put("vm-route", GATEWAY, 30), put("forwarding", True, 30), put("gw-route", VIA_HOST, 30))
    assert holds(scene.tasks[2].goal, scene, played(scene, *changes, ping("vm1", "lan1", 31))).held


@pytest.mark.parametrize("broken", ["vswitch", "system", "lan", "lan1", "gw", "vm1"])
def test_whatever_breaks_the_story_goes_on(scene: Scene, broken: str) -> None:
    timeline = played(scene, Act("fail", (broken,), at=8 * S), Act("restore", (broken,), at=15 * S))
    assert timeline.stopped is None
    assert all(flight.outcome == "delivered" or flight.reason for flight in timeline.flights)
