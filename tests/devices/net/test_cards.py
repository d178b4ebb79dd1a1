"""What a card takes in, what its system does with it, and what an analyser displays."""

from typing import Any

import pytest

from tests.devices.net.lab import Lab

STAGE = """
  a: {kind: vm, ports: {eth0: {mac: 52:54:00:00:00:01, ip: 10.0.0.1/24}}}
  b: {kind: vm, ports: {eth0: {mac: 52:54:00:00:00:02, ip: 10.0.0.2/24}}}
  c: {kind: vm, ports: {eth0: {mac: 52:54:00:00:00:03, ip: 10.0.0.3/24}}, %s}
  br: {kind: %s}
"""
LINKS = "a -- br, b -- br, c -- br"
WARM = ("ping a b @ 0s", "flush br fdb @ 1s")  # after it, a frame for b is flooded
PING = "ping a b @ 2s"


def lab(*script: str, bystander: str = "card: virtio", bridge: str = "switch") -> Lab:
    return Lab(STAGE % (bystander, bridge), LINKS, *script, until=4)


def at_c(found: Lab) -> list[tuple[str, str | None]]:
    """What became of the ICMP frames that reached c from 1.5 s on."""
    return [(f.outcome, f.reason) for f in found.flights("icmp", "c.eth0") if f.departs > 1_500_000_000]


@pytest.mark.parametrize("card", ["physical", "virtio", "vmxnet3"])
def test_a_card_ignores_foreign_unicast(card: str) -> None:
    assert at_c(lab(*WARM, PING, bystander=f"card: {card}")) == [("ignored", "not-my-mac")]


def test_a_veth_has_no_filter_and_the_system_drops_what_it_hands_up() -> None:
    assert at_c(lab(*WARM, PING, bystander="card: veth")) == [("ignored", "otherhost")]


@pytest.mark.parametrize("field", ["promiscuous: true", "analyser: promiscuous"])
def test_a_promiscuous_card_takes_in_everything_and_the_system_drops_it(field: str) -> None:
    assert at_c(lab(*WARM, PING, bystander=field)) == [("ignored", "otherhost")]


def test_the_mode_may_change_during_a_run() -> None:
    found = lab(*WARM, PING, "set c.promiscuous true @ 1.2s")
    assert at_c(found) == [("ignored", "otherhost")]
    assert found.value("c", "badge-promiscuous", 1) is None
    assert found.value("c", "badge-promiscuous", 2) == {"words": "nic.promiscuous"}


def test_a_promiscuous_card_gets_nothing_more_from_a_switch_that_knows_the_way() -> None:
    assert at_c(lab("ping a b @ 0s", PING, bystander="promiscuous: true")) == []


def captured(found: Lab, since: int = 1_500_000_000) -> list[tuple[Any, Any]]:
    return [(e.details["class"], e.details["what"]) for e in found.events("nic.captured", "c") if e.t > since]


def test_a_plain_analyser_displays_only_what_the_card_takes_in() -> None:
    assert captured(lab(*WARM, PING, "ping a 10.0.0.255 @ 3s", bystander="analyser: plain")) == [("broadcast", "ECHO")]


def test_a_promiscuous_analyser_displays_what_the_bridge_sends() -> None:
    found = lab(*WARM, PING, "ping a 10.0.0.255 @ 3s", bystander="analyser: promiscuous")
    assert captured(found) == [("otherhost", "ECHO"), ("broadcast", "ECHO")]
    rows = found.value("c", "capture")
    assert [row["what"] for row in rows] == ["ARP request", "ECHO", "ECHO"]
    assert [row["n"] for row in rows] == [1, 2, 3]


def test_an_analyser_displays_what_its_own_machine_sends() -> None:
    found = lab("ping c a @ 0s", bystander="analyser: plain")
    assert captured(found, 0) == [
        ("out", "ARP request"),
        ("host", "ARP reply"),
        ("out", "ECHO"),
        ("host", "ECHO REPLY"),
    ]


def test_the_screen_of_an_analyser_holds_the_last_ten_frames() -> None:
    found = lab("ping c a count=8 interval=100ms @ 0s", bystander="analyser: plain")
    assert [row["n"] for row in found.value("c", "capture")] == list(range(9, 19))


def test_an_analyser_counts_what_it_displays() -> None:
    found = lab(*WARM, PING, bystander="analyser: promiscuous")
    assert [found.value("c", "captured", second) for second in (0, 1.5, 5)] == [0, 1, 2]


def test_a_card_says_which_frame_it_left_out() -> None:
    found = lab(*WARM, PING).event("nic.filtered", "c")
    assert (found.details["eth_dst"], found.details["protocol"]) == ("52:54:00:00:00:02", "icmp")


def test_what_a_policy_copies_is_not_called_unknown() -> None:
    found = lab("ping a b count=2 @ 0s", "set br.promiscuous-policy accept @ 0.5s", bystander="promiscuous: true")
    assert [event.details["why"] for event in found.events("switch.flooded")] == ["broadcast", "copied", "copied"]


def test_a_restarted_analyser_has_an_empty_screen() -> None:
    found = lab("ping c a @ 0s", "set c.analyser off @ 1s", "set c.analyser plain @ 2s", bystander="analyser: plain")
    assert found.value("c", "capture") == []


@pytest.mark.parametrize(("policy", "outcomes"), [
    ("none", []), ("reject", []), ("accept", [("ignored", "otherhost")] * 2),
])  # fmt: skip
def test_only_an_accepting_virtual_switch_copies_learned_unicast_to_a_promiscuous_card(
    policy: str, outcomes: list[Any]
) -> None:
    found = lab("ping a b @ 0s", PING, bystander="promiscuous: true", bridge=f"switch, promiscuous-policy: {policy}")
    assert at_c(found) == outcomes


def test_a_rejecting_virtual_switch_keeps_even_unknown_unicast_from_a_foreign_card() -> None:
    found = lab(*WARM, PING, bystander="promiscuous: true", bridge="switch, promiscuous-policy: reject")
    assert at_c(found) == []
    assert len(found.events("ping.answered")) == 2


def test_an_accepting_virtual_switch_copies_nothing_to_a_card_that_does_not_ask() -> None:
    assert at_c(lab(*WARM, PING, bridge="switch, promiscuous-policy: accept")) == []


def test_a_policy_may_change_during_a_run_and_the_table_stays() -> None:
    found = lab("ping a b @ 0s", "set br.promiscuous-policy accept @ 1s", PING, bystander="promiscuous: true",
                bridge="switch, promiscuous-policy: reject")  # fmt: skip
    assert len(at_c(found)) == 2
    assert found.value("br", "fdb", 1.5) == found.value("br", "fdb", 0.9) != []


def test_a_frame_that_no_port_may_have_says_so() -> None:
    found = lab("neighbour a 10.0.0.99 52:54:00:00:00:99 @ 0s", "ping a 10.0.0.99 @ 1s",
                bridge="switch, promiscuous-policy: reject")  # fmt: skip
    (frame,) = found.flights("icmp")
    assert (frame.outcome, frame.reason) == ("ignored", "no-port-for-mac")


def test_a_neighbour_written_by_hand_is_never_asked_for_and_its_frames_are_flooded() -> None:
    found = lab("neighbour a 10.0.0.99 52:54:00:00:00:99 @ 0s", "ping a 10.0.0.99 @ 1s", "flush a arp @ 2s")
    assert not found.flights("arp")
    assert {f.reason for f in found.flights("icmp") if f.dst in ("b.eth0", "c.eth0")} == {"not-my-mac"}
    assert [row["ip"] for row in found.value("a", "arp")] == ["10.0.0.99"]
    assert lab("neighbour a 10.0.0.9 52:54:00:00:00:09 @ 0s", "neighbour a 10.0.0.9 del @ 1s").value("a", "arp") == []


@pytest.mark.parametrize(("line", "reason"), [
    ("neighbour a 10.0.0.9 nonsense @ 0s", "not-a-mac"), ("neighbour a 10.0.0.9 del @ 0s", "no-such-neighbour"),
    ("neighbour a 192.0.2.1 52:54:00:00:00:09 @ 0s", "no-route"), ("flush a fdb @ 0s", "no-such-table"),
    ("flush br arp @ 0s", "no-such-table"),
])  # fmt: skip
def test_what_makes_no_sense_says_so(line: str, reason: str) -> None:
    assert lab(line).event("act.void").details["reason"] == reason


def test_a_flushed_arp_cache_asks_again() -> None:
    assert len(lab("ping a b @ 0s", "flush a arp @ 1s", PING).events("arp.request")) == 2


def test_nobody_answers_a_broadcast_ping() -> None:
    found = lab("ping a 10.0.0.255 timeout=1s @ 0s")
    outcomes = {f.dst: (f.outcome, f.reason) for f in found.flights("icmp") if f.src.startswith("br")}
    assert outcomes == {"b.eth0": ("ignored", "broadcast-ping"), "c.eth0": ("ignored", "broadcast-ping")}
    assert found.event("ping.failed").details["reason"] == "timeout"


BRIDGED = """
  vm1: {kind: vm, ports: {eth0: {ip: 10.0.0.11/24}}}
  vm2: {kind: vm, ports: {eth0: {ip: 10.0.0.12/24}}}
  host: {kind: host, ports: {br0: {ip: 10.0.0.10/24}}}
  card: {kind: network-card, ports: {system: {}, cable: {}}}
  lan: {kind: switch}
  srv: {kind: web-server, ports: {eth0: {ip: 10.0.0.20/24}}}
"""
BRIDGED_LINKS = "vm1 -- host.br0, vm2 -- host.br0, %s, srv -- lan"


@pytest.mark.parametrize("joint", ["host.br0 -- lan", "host.br0 -- card.system, card.cable -- lan"])
def test_a_bridge_with_an_address_joins_its_vms_to_the_lan(joint: str) -> None:
    found = Lab(BRIDGED, BRIDGED_LINKS % joint, "ping vm1 srv @ 0s", "ping srv vm2 @ 1s", "http host srv @ 2s",
                "ping vm1 host @ 3s")  # fmt: skip
    assert [e.device for e in found.events("ping.answered")] == ["vm1", "srv", "vm1"]
    assert found.event("http.answered", "host")
    assert not [f for f in found.flights("ipv4") if f.reason == "not-my-mac"]


def test_the_analyser_of_a_bridge_displays_passing_frames_only_when_promiscuous() -> None:
    shown = {}
    for mode in ("plain", "promiscuous"):
        stage = BRIDGED.replace("{kind: host,", f"{{kind: host, analyser: {mode},")
        found = Lab(stage, BRIDGED_LINKS % "host.br0 -- lan", "ping vm1 srv @ 0s", until=4)
        shown[mode] = [e.details["what"] for e in found.events("nic.captured", "host")]
    assert shown["plain"] == ["ARP request"]
    assert shown["promiscuous"] == ["ARP request", "ARP reply", "ECHO", "ECHO REPLY"]


def test_a_host_with_two_bridges_shows_the_macs_of_both() -> None:
    stage = """
  vm1: {kind: vm, ports: {eth0: {ip: 10.0.1.1/24}}}
  vm2: {kind: vm, ports: {eth0: {ip: 10.0.2.1/24}}}
  vm3: {kind: vm, ports: {eth0: {ip: 10.0.1.3/24}}}
  vm4: {kind: vm, ports: {eth0: {ip: 10.0.2.3/24}}}
  host: {kind: host, ports: {br0: {ip: 10.0.1.254/24}, br1: {ip: 10.0.2.254/24}}}
"""
    links = "vm1 -- host.br0, vm3 -- host.br0, vm2 -- host.br1, vm4 -- host.br1"
    found = Lab(stage, links, "ping vm1 host.br0 @ 0s", "ping vm2 host.br1 @ 1s", until=3)
    assert sorted(row["port"] for row in found.value("host", "fdb")) == ["vm1.eth0", "vm2.eth0"]
