"""What a sniffer sees at a port: what goes in and out there, as it was recorded on real machines."""

import pytest

from tests.export.reading import run_of
from tests.truth.agreement import compare
from tests.truth.cases import CASES
from tests.truth.rebuilt import Rebuilt
from tests.truth.recording import Frame, Recording
from vizapp.export import ExportError, capture
from vizapp.run import Run

LAN = """
id: lan
title: lan
until: 5s
stage:
  a: {kind: machine, ports: {eth0: {ip: 10.0.0.1/24}}}
  b: {kind: web-server, ports: {eth0: {ip: 10.0.0.2/24}}}
  c: {kind: vm, ports: {eth0: {ip: 10.0.0.3/24}}}
  sw: {kind: KIND}
links: [{between: a -- sw, delay: 1ms}, b -- sw, c -- sw]
script: [SCRIPT]
"""
BEHIND = """
id: behind
title: behind
until: 5s
stage:
  vm1: {kind: vm, ports: {eth0: {ip: 10.0.0.11/24, gateway: 10.0.0.1}}}
  vm2: {kind: vm, ports: {eth0: {ip: 10.0.0.12/24}}}
  r: {kind: router, ports: {lan: {ip: 10.0.0.1/24}, wan: {ip: 10.1.0.1/24}}}
links: [vm1 -- r.lan, vm2 -- r.lan]
script: [SCRIPT]
"""


def lan(*script: str, kind: str = "switch") -> Run:
    return run_of(LAN.replace("KIND", kind).replace("SCRIPT", ", ".join(f"'{line}'" for line in script)))


def seen(run: Run, port: str, until: int | None = None) -> list[str]:
    """`out ARP request` …"""
    end = run.timeline.end if until is None else until
    found = capture.sightings(run.scene, run.timeline, {port}, end)
    return [f"{'in' if each.inbound else 'out'} {each.flight.packet.name}" for each in found]


PING = ["out ARP request", "in ARP reply", "out ECHO", "in ECHO REPLY"]


def test_frames_are_seen_where_they_leave_and_where_they_arrive() -> None:
    run = lan("ping a b @ 1s")
    assert seen(run, "a.eth0") == PING
    assert seen(run, "sw.p1") == ["in ARP request", "out ARP reply", "in ECHO", "out ECHO REPLY"]


def test_sightings_come_in_order_of_time() -> None:
    run = run_of("scenes/nat.yaml")
    every = {port.id for port in capture.ports(run)}
    times = [each.t for each in capture.sightings(run.scene, run.timeline, every, run.timeline.end)]
    assert times == sorted(times)
    assert len(times) > 300


def test_what_has_not_arrived_yet_was_seen_only_where_it_left() -> None:
    run = lan("arp a b @ 1s")
    assert seen(run, "a.eth0", 1_000_000_000) == ["out ARP request"]
    assert seen(run, "sw.p1", 1_000_999_999) == []
    assert seen(run, "sw.p1", 1_001_000_000) == ["in ARP request"]


def test_what_is_lost_on_its_way_was_seen_where_it_left() -> None:
    run = lan("arp a b @ 1s", "cut a @ 1000500us")
    assert seen(run, "a.eth0")[0] == "out ARP request"
    assert seen(run, "sw.p1") == []


def test_a_card_without_a_carrier_sends_nothing() -> None:
    assert seen(lan("cut a @ 500ms", "arp a b @ 1s"), "a.eth0") == []


@pytest.mark.parametrize("gone", ["fail c @ 500ms", "shutdown c @ 500ms"])
def test_a_machine_that_is_down_sees_nothing(gone: str) -> None:
    assert seen(lan(gone, "arp a b @ 1s"), "c.eth0") == []
    assert seen(lan("arp a b @ 1s"), "c.eth0") == ["in ARP request"]


def test_a_frame_that_the_card_ignores_was_seen_before_it() -> None:
    assert seen(lan("ping a b @ 1s", kind="hub"), "c.eth0") == [
        "in ARP request", "in ARP reply", "in ECHO", "in ECHO REPLY",
    ]  # fmt: skip


def behind(*script: str) -> Run:
    return run_of(BEHIND.replace("SCRIPT", ", ".join(f"'{line}'" for line in script)))


def test_a_bridge_with_an_address_sees_what_it_floods_once() -> None:
    run = behind("ping r vm1 @ 1s")
    assert seen(run, "r.lan") == PING
    assert seen(run, "vm2.eth0") == ["in ARP request"]


def test_a_bridge_with_an_address_sees_what_passes_between_its_cables_once() -> None:
    run = behind("ping vm1 vm2 @ 1s")
    assert seen(run, "r.lan") == ["in ARP request", "in ARP reply", "in ECHO", "in ECHO REPLY"]


@pytest.mark.parametrize("scene", ["load-balancing", "hardware-assisted"])
def test_requests_and_instructions_are_no_frames(scene: str) -> None:
    run = run_of(f"scenes/{scene}.yaml")
    assert capture.ports(run) == []
    with pytest.raises(ExportError) as error:
        capture.chosen(run, [])
    assert (error.value.key, error.value.status) == ("export.no-frames", 1)


def test_every_frame_goes_by_ports_that_can_be_listened_at() -> None:
    run = run_of("scenes/nat.yaml")
    known = {port.id for port in capture.ports(run)}
    assert {end for flight in run.timeline.flights for end in (flight.src, flight.dst)} <= known


def test_a_device_stands_for_all_its_ports() -> None:
    run = run_of("scenes/nat.yaml")
    assert [port.id for port in capture.chosen(run, ["router", "vm1.eth0"])] == ["vm1.eth0", "router.lan", "router.wan"]


@pytest.mark.parametrize(("name", "key", "value"), [
    ("vm1.eht0", "export.unknown-interface-near", "vm1.eth0"),
    ("zzz", "export.unknown-interface", "vm1.eth0, vm2.eth0"),
    ("host", "export.unknown-interface", "vm1.eth0"), ("", "export.unknown-interface", "vm1.eth0"),
])  # fmt: skip
def test_an_unknown_interface_is_told_with_what_may_be_meant(name: str, key: str, value: str) -> None:
    with pytest.raises(ExportError) as error:
        capture.chosen(run_of("scenes/nat.yaml"), [name])
    assert (error.value.key, error.value.status) == (key, 1)
    assert value in "".join(map(str, error.value.values.values()))


# against real sniffers


class Sniffed(Rebuilt):
    """A recorded network whose frames are those of our captures. Sniffers of the recordings were not promiscuous."""

    def captures(self, place: str) -> list[Frame]:
        port = self.port(place)
        cables = sum(port in (link.a, link.b) for link in self.scene.links)
        if cables > 1 and self._interface(place).get("bridge"):
            return super().captures(place)  # one cable of a bridge that is one port here
        seen = capture.sightings(self.scene, self.timeline, {port}, self.timeline.end)
        found = [self._frame(each.flight, "in" if each.inbound else "out", each.t, place)
                 for each in seen if each.t >= self.at(0)]  # fmt: skip
        return [frame for frame in found if cables == 1 or frame.get("class") != "otherhost"]


@pytest.mark.parametrize("case", CASES)
def test_real_sniffers_saw_the_same(case: str) -> None:
    recording = Recording(case)
    found = [each for each in compare(Sniffed(recording, CASES[case](recording))) if each.what == "frames"]
    assert found
    assert [each.differences for each in found if each.differences] == []
