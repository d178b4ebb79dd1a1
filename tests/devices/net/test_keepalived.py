"""keepalived: election, take-over, what is told of it, and what the network sees."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.devices.net.lab import Lab
from tests.devices.net.redundant import SECOND, STARTING, VIP, owners, pair, role, third
from vizapp.devices import VOCABULARY
from vizapp.scene.reader import read
from vizapp.sim.simulate import simulate
from vizapp.sim.timeline import Timeline

MS = 10**6


def activations(found: Lab, machine: str) -> list[float]:
    return [event.t / SECOND for event in found.events("vrrp.active", machine)]


def down(priority: int, interval: float = 1.0) -> float:
    """Version 2: three intervals and the skew, in seconds."""
    return 3 * interval + (256 - priority) / 256


def adverts(found: Lab, machine: str) -> list[int]:
    return [f.departs for f in found.flights("vrrp") if f.src == f"{machine}.eth0"]


def test_all_begin_in_backup_and_the_highest_priority_is_active_after_its_own_patience() -> None:
    found = pair(until=8)
    assert [event.device for event in found.events("vrrp.backup")] == ["a", "b"]
    (when,) = activations(found, "a")
    assert when == pytest.approx(STARTING / SECOND + down(150), abs=1e-6)
    assert activations(found, "b") == []
    assert owners(found, 8) == ["a"]


def test_state_master_decides_nothing() -> None:
    found = pair(b="priority: 100, state: master", until=8)
    assert owners(found, 8) == ["a"]
    assert activations(found, "b") == []


@pytest.mark.parametrize("order", [("10.0.0.13", "c"), ("10.0.0.9", "b")])
def test_of_equal_priorities_the_greater_address_stays_active(order: tuple[str, str]) -> None:
    ip, winner = order
    found = pair(b="priority: 150", a="priority: 50", more=third(150, ip), until=10,
                 links="client -- sw, a -- sw, b -- sw, c -- sw")  # fmt: skip
    assert owners(found, 10, "a", "b", "c") == [winner]


def test_after_a_crash_the_backup_takes_over_three_intervals_and_its_skew_after_the_last_advert() -> None:
    found = pair("fail a @ 8.2s")
    event = found.event("vrrp.active", "b")
    assert event.details["after"] == event.details["down"] == round(down(100) * SECOND)
    assert event.details["skew"] == 609_375_000
    assert (event.details["missed"], event.details["because"], event.details["to"]) == (3, "no-advert", "a")
    heard = found.events("vrrp.heard", "b")[-1]
    assert event.t - heard.t == event.details["after"]


def test_the_take_over_is_caused_by_what_silenced_the_active_machine() -> None:
    for act in ("fail a", "kill a keepalived", "stop a keepalived", "shutdown a", "cut a -- sw", "partition a b",
                "loss a--sw 100%"):  # fmt: skip
        found = pair(f"{act} @ 8.2s")
        assert _root(found, "b").name == f"act.{act.split()[0]}"


def _root(found: Lab, machine: str):
    event = found.event("vrrp.active", machine)
    events = {each.id: each for each in (*found.timeline.events, *found.timeline.flights)}
    while event.cause:
        event = events[event.cause]
    return event


def test_of_several_backups_the_highest_priority_takes_over_and_the_others_keep_waiting() -> None:
    found = pair("fail a @ 8.2s", more=third(120), links="client -- sw, a -- sw, b -- sw, c -- sw")
    assert owners(found, 25, "a", "b", "c") == ["c"]
    assert activations(found, "b") == []


def test_a_clean_stop_says_priority_0_and_the_backup_waits_its_skew_alone() -> None:
    found = pair("stop a keepalived @ 8.2s", until=12)
    last = [f.packet.headers()["vrrp"]["priority"] for f in found.flights("vrrp") if f.src == "a.eth0"][-1]
    assert last == 0
    event = found.event("vrrp.active", "b")
    assert (event.details["because"], event.details["after"]) == ("priority-zero", 609_375_000)
    assert owners(found, 8.5) == []
    assert owners(found, 9) == ["b"]
    assert role(found, "a", 9) == "stopped"


def test_a_killed_keepalived_leaves_the_address_on_a_machine_that_lives() -> None:
    found = pair("kill a keepalived @ 8.2s")
    assert found.events("address.removed") == []
    assert owners(found, 25) == ["a", "b"]
    assert found.event("vrrp.stopped").details["because"] == "kill"


def test_what_a_killed_keepalived_left_is_taken_away_when_it_starts_again() -> None:
    found = pair("kill a keepalived @ 8.2s", "start a keepalived @ 15s", until=25)
    assert owners(found, 16) == ["b"]
    assert owners(found, 25) == ["a"]


def test_a_reboot_loses_the_address() -> None:
    found = pair("fail a @ 8.2s", "restore a @ 8.4s", until=12)
    assert owners(found, 8.5) == []
    assert role(found, "a", 8.5) == "backup"


def test_switching_a_machine_off_stops_keepalived_cleanly() -> None:
    found = pair("shutdown a @ 8.2s", until=10)
    assert found.event("vrrp.active", "b").details["because"] == "priority-zero"


def test_the_higher_priority_that_comes_back_takes_the_address_back() -> None:
    found = pair("fail a @ 8.2s", "restore a @ 15s")
    event = found.events("vrrp.active", "a")[-1]
    assert (event.details["because"], event.details["to"]) == ("preempts", "b")
    assert event.t == 15 * SECOND + STARTING + round(down(150) * SECOND) - 500
    assert found.event("vrrp.backup", "b").t < found.events("vrrp.backup", "b")[-1].t
    assert owners(found, 25) == ["a"]


def test_without_preemption_it_stays_where_it_is() -> None:
    found = pair("fail a @ 8.2s", "restore a @ 15s", a="priority: 150, preempt: false")
    assert owners(found, 29) == ["b"]
    assert role(found, "a", 29) == "backup"


def test_state_master_clears_preempt_false() -> None:
    found = pair("fail a @ 8.2s", "restore a @ 15s", a="priority: 150, preempt: false, state: master")
    assert owners(found, 29) == ["a"]


def test_preemption_waits_for_its_delay() -> None:
    found = pair("fail a @ 8.2s", "restore a @ 15s", a="priority: 150, preempt-delay: 10s", until=40)
    first_lower = found.events("vrrp.heard", "a")[0].t
    back = found.events("vrrp.active", "a")[-1].t
    last_counted = max(e.t for e in found.events("vrrp.heard", "a") if e.t < back)
    assert first_lower + 9 * SECOND <= last_counted <= first_lower + 10 * SECOND
    assert back - last_counted == pytest.approx(down(150) * SECOND, abs=1000)


def test_a_cut_between_the_two_makes_two_owners_and_its_repair_one() -> None:
    links = "client -- sw, a -- sw, b -- sw2, sw -- sw2"
    found = pair("cut sw -- sw2 @ 8.2s", "mend sw -- sw2 @ 20s", more="  sw2: {kind: switch}\n", links=links)
    assert owners(found, 19) == ["a", "b"]
    assert owners(found, 22) == ["a"]
    (given_up,) = [e for e in found.events("vrrp.backup", "b") if e.details["because"] == "higher-priority"]
    lower = found.event("vrrp.discarded", "a")
    told = [e.t for e in found.events("arp.gratuitous", "a") if e.t >= lower.t]
    assert told[0] == lower.t
    assert told[1] - told[0] == 5 * SECOND
    assert 0 < given_up.t - lower.t < 1 * MS


def test_the_active_machine_that_hears_a_lower_priority_speaks_at_once_and_then_waits_a_whole_interval() -> None:
    links = "client -- sw, a -- sw, b -- sw2, sw -- sw2"
    found = pair("cut sw -- sw2 @ 8.2s", "mend sw -- sw2 @ 20s", more="  sw2: {kind: switch}\n", links=links)
    lower = found.event("vrrp.discarded", "a").t
    after = [t for t in adverts(found, "a") if t >= lower][:2]
    assert after[0] - lower < 1 * MS
    assert after[1] - lower == pytest.approx(SECOND, abs=MS)


def test_a_machine_whose_own_cable_is_cut_gives_up_and_is_back_when_it_is_mended() -> None:
    found = pair("cut a -- sw @ 8.2s", "mend a -- sw @ 15s")
    fault = found.event("vrrp.fault", "a")
    assert (fault.t, fault.details["reason"]) == (round(8.2 * SECOND), "no-carrier")
    assert owners(found, 8.3) == []
    assert owners(found, 14) == ["b"]
    assert role(found, "a", 15.1) == "backup"
    assert owners(found, 25) == ["a"]


def test_when_the_switch_dies_both_notice() -> None:
    found = pair("fail sw @ 8.2s", until=12)
    assert [event.device for event in found.events("vrrp.fault")] == ["a", "b"]
    assert owners(found, 12) == []


def test_a_hung_machine_still_answers_and_so_there_are_two() -> None:
    found = pair("watch client 10.0.0.100 @ 5s", "hang a @ 8.2s")
    assert owners(found, 20) == ["a", "b"]


# what the network sees


def test_adverts_go_to_the_group_with_ttl_255_once_an_interval() -> None:
    found = pair(until=10)
    sent = [f for f in found.flights("vrrp") if f.src == "a.eth0"]
    headers = sent[0].packet.headers()
    assert headers["ethernet"]["eth_dst"] == "01:00:5e:00:00:12"
    assert (headers["ipv4"]["dst"], headers["ipv4"]["ttl"]) == ("224.0.0.18", 255)
    assert {b.departs - a.departs for a, b in pairwise(sent)} == {SECOND}


def test_the_client_ignores_an_advert_because_it_has_not_joined_the_group() -> None:
    found = pair(until=6)
    ends = {(f.outcome, f.reason) for f in found.flights("vrrp", "client.eth0")}
    assert ends == {("ignored", "not-my-group")}


def test_gratuitous_arps_come_five_by_five_and_change_only_an_entry_that_exists() -> None:
    other = "  other: {kind: machine, ports: {eth0: {ip: 10.0.0.60/24}}}\n"
    found = pair("ping client 10.0.0.100 @ 6s", "fail a @ 8.2s", more=other,
                 links="client -- sw, a -- sw, b -- sw, other -- sw", until=20)  # fmt: skip
    sent = [f for f in found.flights("arp") if f.packet.name == "gratuitous ARP" and f.src == "b.eth0"]
    taken = found.event("vrrp.active", "b").t
    assert [f.departs - taken < SECOND for f in sent] == [True] * 5 + [False] * 5
    arp = sent[0].packet.headers()["arp"]
    assert (arp["op"], arp["sender_ip"], arp["target_ip"]) == ("request", VIP, VIP)
    assert arp["target_mac"] == "ff:ff:ff:ff:ff:ff"
    assert arp["sender_mac"] == found.value("b", "eth0")["mac"]
    (row,) = [row for row in found.value("client", "arp") if row["ip"] == VIP]
    assert row["mac"] == arp["sender_mac"]
    assert [row for row in found.value("other", "arp") or () if row["ip"] == VIP] == []


def test_who_learned_a_new_mac_says_which_it_knew_before() -> None:
    found = pair("ping client 10.0.0.100 @ 6s", "fail a @ 8.2s", until=15)
    last = [e for e in found.events("arp.learned", "client") if e.details["ip"] == VIP][-1]
    assert last.details["was"] == found.value("a", "eth0", 5)["mac"]
    assert last.details["mac"] == found.value("b", "eth0")["mac"]


def test_with_a_virtual_mac_the_caches_stay_and_only_the_port_of_the_switch_changes() -> None:
    found = pair("ping client 10.0.0.100 @ 6s", "fail a @ 8.2s", "ping client 10.0.0.100 @ 14s",
                 a="priority: 150, vmac: true", b="priority: 100, vmac: true", until=20)  # fmt: skip
    virtual = "00:00:5e:00:01:33"
    for t in (7, 15):
        (row,) = [row for row in found.value("client", "arp", t) if row["ip"] == VIP]
        assert row["mac"] == virtual
    places = [next(row["port"] for row in found.value("sw", "fdb", t) if row["mac"] == virtual) for t in (7, 15)]
    assert len(set(places)) == 2
    assert len(found.events("ping.answered", "client")) == 2


def test_unicast_peers_hear_it_and_no_group_does() -> None:
    found = pair("fail a @ 8.2s", a="priority: 150, peers: [10.0.0.12]", b="priority: 100, peers: [10.0.0.11]")
    assert {f.packet.headers()["ipv4"]["dst"] for f in found.flights("vrrp")} == {"10.0.0.12", "10.0.0.11"}
    assert found.flights("igmp") == []
    assert owners(found, 20) == ["b"]


def test_the_group_is_joined_and_left_in_two_reports_each() -> None:
    found = pair("stop a keepalived @ 8.2s", until=12)
    reports = [f.packet.headers()["igmp"]["change"] for f in found.flights("igmp") if f.src == "a.eth0"]
    assert reports == [4, 4, 3, 3]


def test_the_shared_address_answers_arp_ping_and_tcp_and_others_are_asked_in_its_name() -> None:
    found = pair("http client 10.0.0.100 @ 6s", "ping client 10.0.0.100 @ 7s", "ping client 10.0.0.11 @ 7s", until=9)
    assert found.event("http.answered").details["body"] == "hello from a"
    assert len(found.events("ping.answered", "client")) == 2
    asked = [f.packet.headers()["arp"] for f in found.flights("arp") if f.src == "a.eth0"]
    assert VIP in {arp["sender_ip"] for arp in asked if arp["op"] == "request"}


def test_what_the_machine_sends_itself_bears_its_own_address() -> None:
    found = pair("ping a client @ 6s", until=8)
    (echo,) = [f for f in found.flights("icmp") if f.src == "a.eth0"]
    assert echo.packet.headers()["ipv4"]["src"] == "10.0.0.11"


# programs, tracking


def test_a_killed_service_refuses_and_the_machine_lives() -> None:
    found = pair("kill a http @ 6s", "http client 10.0.0.11 @ 7s", "ping client 10.0.0.11 @ 7s",
                 "start a http @ 8s", "http client 10.0.0.11 @ 9s", until=12)  # fmt: skip
    assert found.event("connection.refused", "client")
    assert found.event("ping.answered", "client")
    assert found.event("http.answered", "client").t > 9 * SECOND


def test_a_service_that_is_not_tracked_may_die_without_a_take_over() -> None:
    found = pair("kill a http @ 6s", until=20)
    assert owners(found, 20) == ["a"]


def test_a_tracked_service_that_dies_puts_its_machine_in_fault_and_back_when_it_returns() -> None:
    found = pair("kill a http @ 6s", "start a http @ 12s", a="priority: 150, track: {service: 80}", until=25)
    fault = found.event("vrrp.fault", "a")
    assert fault.details["reason"] == "track-failed"
    assert 6 * SECOND < fault.t <= 7.1 * SECOND
    assert owners(found, 11) == ["b"]
    assert owners(found, 24) == ["a"]
    assert _root(found, "b").name == "act.kill"


def test_a_machine_whose_tracked_service_never_runs_begins_in_fault() -> None:
    found = pair(a="priority: 150, track: {service: 8080}", until=8)
    assert found.event("vrrp.fault", "a").details["reason"] == "track-failed"
    assert owners(found, 8) == ["b"]


def test_a_fault_says_that_it_gives_up_unless_there_is_no_link_to_say_it_on() -> None:
    tracked = pair("kill a http @ 6s", a="priority: 150, track: {service: 80}", until=9)
    assert tracked.event("vrrp.active", "b").details["because"] == "priority-zero"
    cut = pair("cut a -- sw @ 6s", until=9)
    assert [f for f in cut.flights("vrrp") if f.src == "a.eth0" and f.departs > 6 * SECOND] == []


def test_the_owner_of_the_address_does_not_wait() -> None:
    found = pair(a="priority: 255", until=2)
    assert found.event("vrrp.active", "a").t < 0.1 * SECOND


def test_a_tracked_weight_hands_over_by_priority() -> None:
    found = pair("kill a http @ 6s", a="priority: 150, track: {service: 80, weight: -60}", until=20)
    assert found.event("vrrp.priority", "a").details["priority"] == 90
    assert owners(found, 20) == ["b"]
    assert found.events("vrrp.fault") == []


def test_what_cannot_be_done_with_a_program_says_why() -> None:
    acts = ("start a keepalived @ 1s", "kill a ftp @ 2s", "stop a keepalived @ 3s", "stop a keepalived @ 4s")
    found = pair(*acts, until=5)
    void = [e.details["reason"] for e in found.events("act.void")]
    assert void == ["already-running", "no-such-program", "not-running"]


# settings


def test_two_versions_do_not_hear_each_other() -> None:
    found = pair(b="priority: 100, version: 3", until=12)
    assert owners(found, 12) == ["a", "b"]
    assert found.event("vrrp.discarded", "b").details["reason"] == "vrrp-version"


def test_in_version_2_another_interval_is_not_heard_in_version_3_it_is_learned() -> None:
    two = pair(b="priority: 100, interval: 2s", until=15)
    assert two.event("vrrp.discarded", "b").details["reason"] == "vrrp-interval"
    assert owners(two, 15) == ["a", "b"]
    slow, quick = "priority: 150, version: 3, interval: 3s", "priority: 100, version: 3, interval: 500ms"
    three = pair("fail a @ 15s", a=slow, b=quick)
    assert owners(three, 14) == ["a"]
    assert three.events("vrrp.active", "b")[-1].details["down"] == 9 * SECOND + 3 * SECOND * 156 // 256


def test_version_2_rounds_its_interval_to_whole_seconds_and_version_3_to_hundredths() -> None:
    for version, written, sent in ((2, "400ms", 1000), (2, "1600ms", 2000), (3, "404ms", 400)):
        found = pair(a=f"priority: 150, version: {version}, interval: {written}", b="off: true", until=12)
        first, second = adverts(found, "a")[:2]
        assert second - first == sent * MS


def test_another_group_is_nobody_of_ours() -> None:
    found = pair(b="priority: 100, router-id: 52", until=8)
    assert {f.reason for f in found.flights("vrrp", "b.eth0")} == {"other-router"}
    assert owners(found, 8) == ["a", "b"]


@given(st.integers(1, 254), st.integers(1, 254), st.integers(0, 999), st.sampled_from([2, 3]), st.integers(1, 3))
@settings(max_examples=15, deadline=None)
def test_the_outage_is_what_the_formula_says_and_there_is_one_owner(
    one: int, other: int, phase: int, version: int, interval: int
) -> None:
    more = f"version: {version}, interval: {interval}s"
    high, low = max(one, other), min(one, other)
    settle = 3 * interval + interval + 2
    found = pair(f"fail a @ {settle + 20}.{phase:03}s", a=f"priority: {high}, {more}", b=f"priority: {low}, {more}",
                 until=settle + 45)  # fmt: skip
    before = owners(found, settle + 19)
    assert len(before) == 1
    assert len(owners(found, settle + 44)) == 1
    if before == ["a"]:
        event = found.events("vrrp.active", "b")[-1]
        skew = (256 - low) / 256 * (1 if version == 2 else interval)
        assert event.details["after"] == pytest.approx((3 * interval + skew) * SECOND, abs=1000)


def test_its_times_are_told_before_it_runs_and_follow_what_is_set() -> None:
    found = pair(a="priority: 150, off: true", until=2)
    waits = found.value("a", "vrrp-wait")
    assert (waits["skew"], waits["down"]) == (414_062_000, 3_414_062_000)
    told = found.value("a", "takeover")
    assert (told["least"], told["most"]) == (2_414_062_000, 3_414_062_000)


LIVE = """
id: live
title: live
until: 30s
stage:
  a:
    kind: machine
    ports: {eth0: {ip: 10.0.0.11/24}}
    keepalived: {address: 10.0.0.100/24, priority: $one, interval: $every}
  b:
    kind: machine
    ports: {eth0: {ip: 10.0.0.12/24}}
    keepalived: {address: 10.0.0.100/24, interval: $every}
  sw: {kind: switch}
links: [a -- sw, b -- sw]
settings:
  one: {type: int, default: 150, min: 1, max: 254}
  every: {type: duration, default: 1s}
script: [SCRIPT]
"""


def live(*script: str) -> Timeline:
    reading = read(LIVE.replace("SCRIPT", ", ".join(script)), VOCABULARY)
    assert reading.scene is not None, reading.problems
    return simulate(reading.scene, VOCABULARY.kinds)


def test_a_priority_lowered_while_active_is_announced_at_once_and_the_other_takes_over() -> None:
    timeline = live("set one 50 @ 8.2s")
    advert = next(e for e in timeline.events if e.name == "vrrp.advert" and e.t > 8.2 * SECOND)
    assert advert.t - 8.2 * SECOND < 1 * MS
    assert advert.details["priority"] == 50
    frame = timeline.at(20 * SECOND)
    assert [name for name in ("a", "b") if frame.value(name, "vip")] == ["b"]


def test_a_longer_interval_for_all_holds_from_then_on() -> None:
    timeline = live("set every 2s @ 8.2s")
    own = (f for f in timeline.flights if f.src == "a.eth0" and f.packet.has("vrrp"))
    sent = [f.departs for f in own if f.departs > 8.2 * SECOND]
    assert {b - a for a, b in pairwise(sent)} == {2 * SECOND}
    assert timeline.at(9 * SECOND).value("b", "vrrp-wait")["down"] == 6 * SECOND + 609_375_000
    assert not timeline.at(29 * SECOND).value("b", "vip")
