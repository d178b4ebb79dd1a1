"""An address of one's own choice, when nobody gives one (RFC 3927)."""

from itertools import pairwise
from typing import Any

from tests.devices.net.lab import Lab
from vizapp.devices.net.nic import Network

STAGE = """
  a: {kind: vm, ports: {eth0: {ip: dhcp}}, link-local: true}
  b: {kind: vm, ports: {eth0: {ip: dhcp}}, link-local: true}
  %s
  sw: {kind: switch}
"""


def alone(*script: str, more: str = "", links: str = "a -- sw, b -- sw", until: int = 40, **also: Any) -> Lab:
    return Lab(STAGE % more, links, *script, until=until, **also)


def arp(lab: Lab, device: str) -> list[dict[str, Any]]:
    """The ARP requests that a machine sent, as they are."""
    sent = {f.packet.id: f.packet.headers()["arp"] for f in lab.timeline.flights if f.src == f"{device}.eth0"
            and f.packet.name in ("ARP probe", "ARP announcement")}  # fmt: skip
    return list(sent.values())


def test_without_it_a_machine_that_nobody_answers_has_no_address() -> None:
    lab = Lab("\n  a: {kind: vm, ports: {eth0: {ip: dhcp}}}\n  sw: {kind: switch}", "a -- sw", until=40)
    assert lab.value("a", "address") == {"words": "power.no-address"}


def test_the_address_is_one_of_those_set_aside_for_this() -> None:
    address = alone().value("a", "address")
    assert address in Network.of("169.254.0.0/16")
    assert 1 <= int(address.split(".")[2]) <= 254


def test_it_begins_with_the_third_discover() -> None:
    lab = alone()
    chosen, third = lab.event("link-local.chosen", "a").t, lab.events("dhcp.discover", "a")[2].t
    assert third - chosen == 20_000  # ns that the kernel takes to send it


def test_three_probes_ask_in_nobodys_name() -> None:
    lab = alone()
    probes = arp(lab, "a")[:3]
    address = lab.event("link-local.taken", "a").details["ip"]
    assert {(each["sender_ip"], each["target_ip"]) for each in probes} == {("0.0.0.0", address)}


def test_two_announcements_say_who_has_it() -> None:
    lab = alone()
    address = lab.event("link-local.taken", "a").details["ip"]
    assert [(each["sender_ip"], each["target_ip"]) for each in arp(lab, "a")[3:5]] == [(address, address)] * 2


def test_probes_stand_one_to_two_seconds_apart() -> None:
    lab = alone()
    times = [e.t for e in lab.events("arp.request", "a")][:3]
    assert all(1e9 <= b - a <= 2e9 for a, b in pairwise(times))


def test_the_client_goes_on_asking() -> None:
    lab = alone(until=60)
    taken = lab.event("link-local.taken", "a").t
    assert any(e.t > taken for e in lab.events("dhcp.discover", "a"))


def test_two_such_machines_reach_each_other() -> None:
    lab = alone("ping a b @ 30s")
    assert lab.event("ping.answered").device == "a"


def test_an_offer_puts_an_end_to_it() -> None:
    server = "box: {kind: machine, ports: {eth0: {ip: 10.0.0.1/24}}, dhcp: {range: 10.0.0.100-10.0.0.109}, off: true}"
    lab = alone("boot box @ 25s", more=server, links="a -- sw, b -- sw, box -- sw", until=70)
    assert lab.value("a", "address") == "10.0.0.100"
    assert not lab.events("link-local.conflict")


def test_an_address_that_somebody_has_is_left_to_them() -> None:
    free = alone().event("link-local.chosen", "a").details["ip"]
    taken = f"c: {{kind: machine, ports: {{eth0: {{ip: {free}/16}}}}}}"
    lab = alone(more=taken, links="a -- sw, b -- sw, c -- sw")
    assert lab.event("link-local.conflict", "a").details["ip"] == free
    assert lab.value("a", "address") != free
    assert lab.value("a", "address") in Network.of("169.254.0.0/16")


def test_a_taken_address_is_defended_against_one_message_of_somebody_who_has_it() -> None:
    free = alone().event("link-local.chosen", "a").details["ip"]
    later = f"c: {{kind: machine, ports: {{eth0: {{ip: {free}/16}}}}}}"
    lab = alone("boot c @ 30s", "ping c 169.254.9.9 @ 33s", more=later, links="a -- sw, b -- sw, c -- sw", until=34)
    assert len(lab.events("link-local.conflict", "a")) == 1
    assert lab.value("a", "address") == free
