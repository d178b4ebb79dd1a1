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


def test_each_card_has_a_client_of_its_own() -> None:
    stage = """
  vm: {kind: vm, ports: {eth0: {ip: dhcp}, eth1: {ip: dhcp}}}
  one: {kind: nat-router, ports: {lan: {ip: 10.0.0.1/24}}, dhcp: {range: 10.0.0.100-10.0.0.101}}
  two: {kind: nat-router, ports: {lan: {ip: 10.0.1.1/24}}, dhcp: {range: 10.0.1.100-10.0.1.101}}
"""
    lab = Lab(stage, "vm.eth0 -- one.lan, vm.eth1 -- two.lan", until=2)
    assert lab.value("vm", "address") == "10.0.0.100 · 10.0.1.100"


def test_behind_two_routers_the_source_changes_twice() -> None:
    stage = """
  vm: {kind: vm, ports: {eth0: {ip: dhcp}}}
  inner: {kind: nat-router, ports: {lan: {ip: 10.0.0.1/24}, wan: {ip: dhcp}}, masquerade: wan, input: drop,
    dhcp: {range: 10.0.0.100-10.0.0.101}}
  box: {kind: nat-router, ports: {lan: {ip: 10.0.1.1/24}, wan: {ip: 203.0.113.5/24}}, masquerade: wan,
    dhcp: {range: 10.0.1.100-10.0.1.101}}
  web: {kind: web-server, ports: {eth0: {ip: 203.0.113.80/24}}}
"""
    lab = Lab(stage, "vm -- inner.lan, inner.wan -- box.lan, box.wan -- web", "http vm web @ 3s", until=5)
    sources = [f.packet.headers()["ipv4"]["src"] for f in lab.flights("tcp") if f.packet.name == "SYN"]
    assert sources == ["10.0.0.100", "10.0.1.100", "203.0.113.5"]
    assert lab.event("http.answered").device == "vm"
