"""How an ARP entry is learned, believed, doubted, checked and lost: as `ip neigh` shows it on Linux."""

from typing import Any

import pytest

from tests.devices.net.lab import SECOND, Lab, lan

REACHABLE, STALE, DELAY, PROBE, FAILED = "REACHABLE", "STALE", "DELAY", "PROBE", "FAILED"


def states(found: Lab, device: str, ip: str) -> list[str]:
    """The states of an entry, one after the other."""
    track = found.timeline.tracks[(device, "arp")]
    seen: list[str] = []
    for rows in track.values:
        state = next((row["state"] for row in rows if row["ip"] == ip), "none")
        if not seen or seen[-1] != state:
            seen.append(state)
    return seen


def asked(found: Lab, device: str) -> list[str]:
    """To which MAC this machine's ARP requests went."""
    return [
        flight.packet.headers()["ethernet"]["eth_dst"]
        for flight in found.flights("arp")
        if flight.src == f"{device}.eth0" and flight.packet.headers()["arp"]["op"] == "request"
    ]


def test_who_asks_is_sure_of_the_answer_and_who_was_asked_is_not() -> None:
    found = lan("ping a b @ 0s", until=1)
    assert states(found, "a", "10.0.0.2") == ["INCOMPLETE", REACHABLE]
    assert states(found, "b", "10.0.0.1") == [STALE, DELAY]


def test_an_entry_used_in_doubt_is_checked_directly_after_five_seconds() -> None:
    found = lan("ping a b @ 0s", until=10)
    assert states(found, "b", "10.0.0.1")[-3:] == [DELAY, PROBE, REACHABLE]
    (mac,) = asked(found, "b")
    assert mac == found.value("b", "arp")[0]["mac"]
    check = found.event("arp.recheck", "b")
    assert 5 * SECOND <= check.t < 5.1 * SECOND


def test_an_exchange_that_gets_on_spares_the_check() -> None:
    found = lan("http a b @ 0s", until=10)
    assert asked(found, "b") == []
    assert states(found, "b", "10.0.0.1") == [STALE, DELAY, REACHABLE]


def test_an_answer_is_believed_for_fifteen_to_forty_five_seconds_then_the_entry_stays_but_is_stale() -> None:
    ends = set()
    for seed in range(8):
        found = lan("ping a b @ 0s", until=100, seed=seed)
        track = found.timeline.tracks[("a", "arp")]
        assert states(found, "a", "10.0.0.2") == ["INCOMPLETE", REACHABLE, STALE]
        ends.add(track.times[-1])
        assert 15 * SECOND <= track.times[-1] <= 45.1 * SECOND
    assert len(ends) == 8


def test_a_check_that_nobody_answers_is_made_three_times_and_the_entry_is_lost() -> None:
    found = lan("ping a b @ 0s", "cut a -- sw @ 1s", until=12)
    assert len(asked(found, "b")) == 3
    assert states(found, "b", "10.0.0.1") == [STALE, DELAY, PROBE, FAILED]
    assert found.value("b", "arp") == [{"ip": "10.0.0.1", "mac": "–", "port": "eth0", "state": FAILED}]


def test_a_lost_entry_is_asked_for_again_by_broadcast() -> None:
    found = lan("ping a b @ 0s", "cut a -- sw @ 1s", "mend a -- sw @ 12s", "ping b a @ 13s", until=15)
    assert asked(found, "b")[-1] == "ff:ff:ff:ff:ff:ff"
    assert found.event("ping.answered", "b")


def test_what_is_sent_during_a_check_still_goes_to_the_known_mac() -> None:
    found = lan("ping a b @ 0s", "cut a -- sw @ 1s", "ping b a @ 5500ms", until=7)
    assert [f.src for f in found.flights("icmp") if f.packet.origin == "b" and f.departs > 5 * SECOND][:1] == ["b.eth0"]


def test_an_answer_that_nobody_asked_for_is_not_learned() -> None:
    stage = """
  a: {kind: machine, ports: {eth0: {ip: 10.0.0.1/24}}}
  b: {kind: machine, ports: {eth0: {ip: 10.0.0.2/24}}}
  sw: {kind: switch}
"""
    found = Lab(stage, "a -- sw, b -- sw", "arp a b @ 0s", "flush a arp @ 30us", until=2)
    assert found.value("a", "arp") == []


TWINS = """
  a: {kind: machine, ports: {eth0: {ip: 10.0.0.1/24}}}
  b: {kind: machine, ports: {eth0: {ip: 10.0.0.2/24}}}
  twin: {kind: machine, ports: {eth0: {ip: 10.0.0.2/24}}}
  sw: {kind: switch}
"""


@pytest.mark.parametrize("slow", ["b", "twin"])
def test_of_two_machines_with_one_address_the_first_to_answer_wins(slow: str) -> None:
    links = ", ".join(f"{{between: {m} -- sw, delay: {'3ms' if m == slow else '100us'}}}" for m in ("a", "b", "twin"))
    found = Lab(TWINS, links, "ping a 10.0.0.2 @ 0s", until=2)
    quick = "twin" if slow == "b" else "b"
    assert found.value("a", "arp")[0]["mac"] == found.value(quick, "eth0")["mac"]
    assert found.event("icmp.reply").device == quick


def test_a_machine_with_two_cards_on_one_network_answers_for_both_addresses_by_each() -> None:
    stage = """
  a: {kind: machine, ports: {eth0: {ip: 10.0.0.1/24}}}
  m: {kind: machine, ports: {eth0: {ip: 10.0.0.2/24}, eth1: {ip: 10.0.0.3/24}}}
  sw: {kind: switch}
"""
    found = Lab(stage, "a -- sw, m.eth0 -- sw, m.eth1 -- sw", "arp a 10.0.0.3 @ 0s", until=2)
    replies = [f.packet.headers()["arp"] for f in found.flights("arp", "a.eth0")]
    macs: list[Any] = [reply["sender_mac"] for reply in replies if reply["op"] == "reply"]
    assert macs == [found.value("m", port)["mac"] for port in ("eth0", "eth1")]
