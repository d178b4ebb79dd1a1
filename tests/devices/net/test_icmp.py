"""Ping and the errors of routers: when they come, how many of them, and who believes what."""

from itertools import pairwise

import pytest

from tests.devices.net.lab import SECOND, Lab, lan

TWO_ROUTERS = """
  a: {kind: machine, %s, ports: {eth0: {ip: 10.0.1.1/24, gateway: 10.0.1.254}}}
  lan: {kind: switch}
  r1: {kind: router, ports: {lan: {ip: 10.0.1.254/24}}, routes: [10.0.3.0/24 via 10.0.1.253]}
  r2: {kind: router, ports: {lan: {ip: 10.0.1.253/24}, far: {ip: 10.0.3.254/24}}}
  b: {kind: web-server, ports: {eth0: {ip: 10.0.3.1/24, gateway: 10.0.3.254}}}
"""
LINKS = "a -- lan, r1 -- lan, r2.lan -- lan, r2.far -- b"


def routed(*script: str, fields: str = "off: false", until: int = 20) -> Lab:
    return Lab(TWO_ROUTERS % fields, LINKS, *script, until=until)


def kinds(found: Lab, port: str) -> list[tuple[int, int]]:
    """ICMP types and codes that reach a port."""
    headers = [f.packet.headers()["icmp"] for f in found.flights("icmp", port)]
    return [(header["icmp_type"], header["icmp_code"]) for header in headers]


# how long ping waits


def test_a_ping_that_nobody_answers_waits_ten_seconds() -> None:
    failed = lan("ping a 10.0.0.255 @ 1s").event("ping.failed")
    assert (failed.t, failed.details["reason"]) == (11 * SECOND, "timeout")


def test_it_waits_as_long_as_it_is_told() -> None:
    assert lan("ping a 10.0.0.255 timeout=3s @ 1s").event("ping.failed").t == 4 * SECOND


def test_after_an_answer_it_waits_no_longer_than_an_interval() -> None:
    lab = lan("ping a b count=3 interval=500ms @ 1s", "cut b -- sw @ 1200ms")
    assert [e.t for e in lab.events("ping.failed")] == [2_500_000_000] * 2
    assert [e.details["seq"] for e in lab.events("ping.failed")] == [2, 3]


def test_a_machine_that_is_not_there_is_reported_when_arp_gives_up() -> None:
    lab = lan("ping a 10.0.0.77 count=3 @ 1s")
    assert [(e.details["reason"], e.details["by"]) for e in lab.events("ping.failed")] == [
        ("host-unreachable", "a")
    ] * 3
    assert {round(e.t / SECOND, 1) for e in lab.events("ping.failed")} == {4.1}


# errors


def test_that_a_router_knows_no_way_counts_more_than_that_the_ttl_ends() -> None:
    lab = routed("ping a 10.0.9.9 ttl=1 @ 1s")
    assert kinds(lab, "a.eth0") == [(3, 0)]


def test_a_router_reports_six_errors_at_once_and_then_one_a_second() -> None:
    lab = routed("ping a b ttl=1 count=100 interval=100ms @ 0s", until=12)
    times = [f.departs for f in lab.flights("icmp", "a.eth0")]
    assert all(later - sooner < SECOND // 5 for sooner, later in pairwise(times[:6]))
    assert all(later - sooner >= 9 * SECOND // 10 for sooner, later in pairwise(times[6:]))
    assert len(times) == 15


def test_missing_routes_are_reported_twice_and_then_no_more_while_the_packets_keep_coming() -> None:
    lab = routed("ping a 10.0.9.9 count=40 interval=100ms @ 0s", until=6)
    assert kinds(lab, "a.eth0") == [(3, 0)] * 2


def test_a_packet_from_ones_own_address_is_not_believed() -> None:
    stage = """
  a: {kind: machine, ports: {eth0: {ip: 10.0.0.1/24}}}
  twin: {kind: machine, ports: {eth0: {ip: 10.0.0.1/24}}}
  b: {kind: machine, ports: {eth0: {ip: 10.0.0.2/24}}}
  sw: {kind: switch}
"""
    lab = Lab(stage, "a -- sw, twin -- sw, b -- sw", "ping a 10.0.0.255 @ 0s")
    assert {f.dst: f.reason for f in lab.flights("icmp") if f.dst in ("twin.eth0", "b.eth0")} == {
        "twin.eth0": "own-source", "b.eth0": "broadcast-ping",
    }  # fmt: skip


# redirects


def nexts(found: Lab) -> list[str]:
    """To which router each echo of a went."""
    macs = {found.value(router, "lan")["mac"]: router for router in ("r1", "r2")}
    sent = [f.packet for f in found.flights("icmp") if f.src == "a.eth0"]
    return [macs[packet.headers()["ethernet"]["eth_dst"]] for packet in sent if packet.name == "ECHO"]


def test_a_host_believes_a_redirect_once_it_knows_the_mac_of_the_nearer_router() -> None:
    lab = routed("ping a b count=4 @ 0s")
    assert nexts(lab) == ["r1", "r1", "r2", "r2"]
    assert kinds(lab, "a.eth0").count((5, 1)) == 2
    assert lab.event("route.advised").details["via"] == "10.0.1.253"


def test_a_redirected_packet_goes_on_all_the_same() -> None:
    assert [e.details["ttl"] for e in routed("ping a b count=3 @ 0s").events("ping.answered")] == [63, 63, 63]


@pytest.mark.parametrize("fields", ["accept-redirects: false", "forwarding: true"])
def test_who_is_told_not_to_or_routes_itself_believes_no_redirect(fields: str) -> None:
    lab = routed("ping a b count=4 @ 0s", fields=fields)
    assert nexts(lab) == ["r1"] * 4
    assert not lab.events("route.advised")


def test_redirects_come_ever_later_and_at_most_nine_times() -> None:
    lab = routed("ping a b count=100 interval=200ms @ 0s", fields="accept-redirects: false", until=30)
    times = [f.departs for f in lab.flights("icmp", "a.eth0") if f.packet.name == "REDIRECT"]
    assert len(times) == 9
    assert [round((later - sooner) / SECOND, 1) for sooner, later in pairwise(times)][3:] == [0.4, 0.8, 1.4, 2.6, 5.2]


def test_a_redirect_is_believed_for_five_minutes() -> None:
    lab = routed("ping a b count=3 @ 0s", "ping a b @ 290s", "ping a b @ 310s", until=320)
    assert nexts(lab)[3:] == ["r2", "r1"]


def test_a_router_that_translates_sends_no_redirect_about_what_it_does_not_know_yet() -> None:
    stage = (TWO_ROUTERS % "accept-redirects: false").replace(
        "r1: {kind: router, ports: {", "r1: {kind: nat-router, masquerade: out, ports: {out: {ip: 10.9.0.1/24}, "
    )  # fmt: skip
    lab = Lab(stage, LINKS.replace("r1 --", "r1.lan --"), "ping a b count=3 @ 0s")
    redirects = [f.departs // SECOND for f in lab.flights("icmp", "a.eth0") if f.packet.name == "REDIRECT"]
    assert redirects == [1, 2]
