"""DHCP: four messages, leases, and what happens when the server does not answer."""

from itertools import pairwise

from tests.devices.net.lab import Lab

STAGE = """
  vm1: {kind: vm, ports: {eth0: {ip: dhcp}}%s}
  vm2: {kind: vm, ports: {eth0: {ip: dhcp}}, broadcast-flag: true}
  nat: {kind: nat-router, ports: {lan: {ip: 10.0.0.1/24}}, dhcp: {range: 10.0.0.100-10.0.0.101, lease: %s}}
"""
LINKS = "vm1 -- nat.lan, vm2 -- nat.lan"


def dhcp(*script: str, more: str = "", lease: str = "1h", until: int = 20) -> Lab:
    return Lab(STAGE % (more, lease), LINKS, *script, until=until)


def messages(lab: Lab, src: str = "vm1") -> list[str]:
    names = ("discover", "offer", "request", "ack", "bound", "release")
    return [e.name.partition(".")[2] for e in lab.timeline.events
            if e.name.partition(".")[2] in names and src in (e.details.get("to"), e.device)]  # fmt: skip


def test_four_messages_bring_an_address_and_a_route() -> None:
    lab = dhcp("boot vm1 @ 0s", "boot vm2 @ 5s")
    assert messages(lab) == ["discover", "offer", "request", "ack", "bound"]
    assert lab.value("vm1", "address") == "10.0.0.100"
    assert {"to": "default", "via": "10.0.0.1", "port": "eth0"} in lab.value("vm1", "routes")


def test_a_machine_that_is_off_sees_nothing() -> None:
    lab = dhcp("boot vm1 @ 0s", "boot vm2 @ 5s")
    assert not [f for f in lab.timeline.flights if f.dst == "vm2.eth0" and f.departs < 5 * 10**9]


def test_leases_hold_who_has_what() -> None:
    lab = dhcp("boot vm1 @ 0s", "boot vm2 @ 5s")
    assert [row["ip"] for row in lab.value("nat", "leases")] == ["10.0.0.100", "10.0.0.101"]


def test_the_broadcast_flag_brings_the_offer_to_all() -> None:
    lab = dhcp("boot vm1 @ 0s", "boot vm2 @ 5s")
    offers = {f.dst for f in lab.timeline.flights if f.packet.name == "OFFER" and f.departs > 5 * 10**9}
    assert offers == {"vm1.eth0", "vm2.eth0"}


def test_the_lease_is_renewed_at_half_its_time() -> None:
    lab = dhcp("boot vm1 @ 0s", lease="20s", until=14)
    renewal = lab.events("dhcp.request", "vm1")[-1]
    assert not renewal.details["broadcast"]
    assert round(renewal.t / 1e9) == 11  # booted at 1 s, bound a little later, T1 = 10 s


def test_a_released_address_is_gone() -> None:
    lab = dhcp("boot vm1 @ 0s", "boot vm2 @ 2s", "release vm1 @ 5s")
    assert lab.value("vm1", "address") == {"words": "power.no-address"}
    assert [row["ip"] for row in lab.value("nat", "leases")] == ["10.0.0.101"]


def test_without_an_answer_the_client_asks_again_ever_less() -> None:
    lab = Lab("\n  vm1: {kind: vm, ports: {eth0: {ip: dhcp}}}\n  sw: {kind: switch}", "vm1 -- sw", until=40)
    times = [e.t / 1e9 for e in lab.events("dhcp.discover")]
    waits = [b - a for a, b in pairwise(times)]
    assert len(waits) >= 2
    for wait, wanted in zip(waits, (4, 8, 16), strict=False):
        assert abs(wait - wanted) <= 1


def test_when_the_range_is_used_up_nobody_gets_more() -> None:
    stage = STAGE.replace("10.0.0.101", "10.0.0.100") % ("", "1h")
    lab = Lab(stage, LINKS, "boot vm1 @ 0s", "boot vm2 @ 3s", until=6)
    assert lab.event("dhcp.exhausted").details["to"] == "vm2"
