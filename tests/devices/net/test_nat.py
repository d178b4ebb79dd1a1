"""Behind a NAT router: what is rewritten, what finds its way back, who gets in."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.devices.net.lab import Lab, nat


def outside(lab: Lab) -> list[int]:
    return [int(row["outside"].partition(":")[2]) for row in lab.value("nat", "nat")]


@given(port=st.integers(1024, 65535), seed=st.integers(0, 10**6))
@settings(max_examples=20, deadline=None)
def test_a_free_port_is_kept_and_a_taken_one_replaced(port: int, seed: int) -> None:
    lab = nat(f"connect vm1 out port={port} @ 0s", f"connect vm2 out port={port} @ 1s", seed=seed, until=3)
    first, second = outside(lab)
    assert first == port
    assert second != port
    assert 1024 <= second <= 65535


def test_the_same_port_towards_two_servers_is_no_collision() -> None:
    lab = nat("connect vm1 out port=40001 @ 0s", "connect vm2 out:22 port=40001 @ 1s", until=3)
    assert [event.details["outside"].partition(":")[2] for event in lab.events("nat.new")] == ["40001", "40001"]


def test_a_refused_connection_is_forgotten_at_once() -> None:
    lab = nat("connect vm1 out:22 port=40001 @ 0s", until=3)
    assert lab.event("connection.refused", "vm1")
    assert lab.value("nat", "nat") == []


def test_what_comes_from_behind_another_router_inside_is_translated_too() -> None:
    stage = """
  vm: {kind: vm, ports: {eth0: {ip: 10.9.0.2/24, gateway: 10.9.0.1}}}
  inner: {kind: router, ports: {low: {ip: 10.9.0.1/24}, high: {ip: 10.0.0.2/24, gateway: 10.0.0.1}}}
  nat: {kind: nat-router, ports: {lan: {ip: 10.0.0.1/24}, wan: {ip: 10.1.0.5/24}}, masquerade: wan,
        routes: [10.9.0.0/24 via 10.0.0.2]}
  srv: {kind: web-server, ports: {eth0: {ip: 10.1.0.2/24}}}
"""
    lab = Lab(stage, "vm -- inner.low, inner.high -- nat.lan, nat.wan -- srv", "ping vm srv @ 0s", until=3)
    assert lab.event("ping.answered", "vm").details["ttl"] == 62


def test_the_state_of_a_connection_goes_on_as_conntrack_says_it() -> None:
    lab = nat("http vm1 out port=40001 @ 0s", until=3)
    seen = [rows[0]["state"] for rows in lab.timeline.tracks[("nat", "nat")].values if rows]
    wanted = ["SYN_SENT", "SYN_RECV", "ESTABLISHED", "FIN_WAIT", "LAST_ACK", "TIME_WAIT"]
    assert list(dict.fromkeys(seen)) == wanted


def test_data_of_a_connection_that_the_router_forgot_are_noted_again() -> None:
    lab = nat("http vm1 out port=40001 think=6s timeout=9s @ 0s", "fail nat @ 2s", "restore nat @ 3s", until=9)
    assert len(lab.events("nat.new")) == 2
    assert lab.event("http.answered", "vm1")


def test_the_end_of_a_connection_that_the_router_forgot_is_not_translated() -> None:
    lab = nat("connect vm1 out port=40001 @ 0s", "fail nat @ 1s", "restore nat @ 2s", "close vm1 out @ 3s", until=4)
    ends = [f.packet.headers() for f in lab.flights("tcp", "out.eth0") if "F" in f.packet.headers()["tcp"]["flags"]]
    assert {headers["ipv4"]["src"] for headers in ends} == {"10.0.0.11"}


def test_answers_come_back_to_who_asked() -> None:
    lab = nat("http vm1 out port=40001 think=1s @ 0s", "http vm2 out port=40001 @ 0.5s")
    assert {e.device for e in lab.events("http.answered")} == {"vm1", "vm2"}


def test_nothing_private_is_seen_outside() -> None:
    lab = nat("http vm1 out @ 0s", "ping vm2 out @ 1s")
    seen = [f.packet.headers()["ipv4"] for f in lab.flights("ipv4", "out.eth0")]
    assert seen
    assert {ip["src"] for ip in seen} == {"172.16.0.5"}


def test_vms_on_one_network_reach_each_other_without_translation() -> None:
    lab = nat("http vm2 vm1 @ 0s")
    assert lab.event("http.answered").device == "vm2"
    assert lab.value("nat", "nat") is None
    assert lab.value("nat", "fdb") != []


def test_a_port_forward_lets_in_and_shows_the_callers_address() -> None:
    lab = nat("http out nat:8080 @ 0s", fields="forwards: ['8080 -> 10.0.0.11:80']")
    assert lab.event("http.answered").device == "out"
    syn = next(f for f in lab.flights("tcp", "vm1.eth0"))
    assert syn.packet.headers()["ipv4"]["src"] == "172.16.0.9"
    assert syn.packet.headers()["tcp"]["dport"] == 80


@pytest.mark.parametrize(("policy", "outcome"), [("accept", "refused"), ("drop", "timeout")])
def test_the_input_policy_decides_between_refusal_and_silence(policy: str, outcome: str) -> None:
    lab = nat("connect out nat:22 @ 0s", fields=f"input: {policy}")
    assert lab.event(f"connection.{outcome}").device == "out"


def test_input_drop_still_lets_the_router_ping() -> None:
    lab = nat("ping nat out @ 0s", "http nat out @ 1s", fields="input: drop")
    assert lab.event("ping.answered")
    assert lab.event("http.answered")


def test_with_a_route_one_gets_in_unless_the_filter_is_stateful() -> None:
    for policy, outcome in (("accept", "opened"), ("stateful", "timeout")):
        lab = nat("route out 10.0.0.0/24 via 172.16.0.5 @ 0s", "connect out vm1 @ 1s", fields=f"forward: {policy}")
        assert lab.event(f"connection.{outcome}").device == "out"


def test_a_stateful_filter_lets_answers_back() -> None:
    lab = nat("http vm1 out @ 0s", fields="forward: stateful")
    assert lab.event("http.answered").device == "vm1"


def test_an_error_about_a_translated_packet_finds_its_sender() -> None:
    lab = nat("http vm1 out dport=81 @ 0s", "ping vm1 out ttl=1 @ 1s")
    assert lab.event("connection.refused").device == "vm1"
    assert lab.event("ping.failed").details["reason"] == "ttl-expired"


def test_entries_go_when_they_have_been_silent_too_long() -> None:
    lab = nat("ping vm1 out @ 0s", until=60)
    assert len(lab.value("nat", "nat", 20)) == 1
    assert lab.value("nat", "nat", 40) == []


def test_icmp_ids_collide_as_ports_do() -> None:
    lab = nat("ping vm1 out id=77 @ 0s", "ping vm2 out id=77 @ 0.1s")
    assert len({row["outside"] for row in lab.value("nat", "nat", 1)}) == 2
    assert len(lab.events("ping.answered")) == 2


def test_masquerade_may_be_a_setting_and_none() -> None:
    stage = """
  vm: {kind: vm, ports: {eth0: {ip: 10.0.0.2/24, gateway: 10.0.0.1}}}
  nat: {kind: nat-router, ports: {lan: {ip: 10.0.0.1/24}, wan: {ip: 172.16.0.5/24}}, masquerade: $way}
  out: {kind: web-server, ports: {eth0: {ip: 172.16.0.9/24, gateway: 172.16.0.5}}}
settings:
  way: {type: choice, default: none, choices: {none: off, wan: on}}
"""
    lab = Lab(stage, "vm -- nat.lan, nat.wan -- out", "ping vm out @ 1s", "set way wan @ 2s", "ping vm out @ 3s")
    assert len(lab.events("ping.answered")) == 2
    assert [e.t // 10**9 for e in lab.events("nat.new")] == [3]
    assert [lab.value("nat", "badge-nat", t) for t in (1, 3)] == [None, "NAT / PAT"]
