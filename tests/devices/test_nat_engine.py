"""VirtualBox's NAT engine: the guest's traffic ends there, and leaves again from a socket of the host."""

from typing import Any

import pytest

from tests.devices.net.lab import Lab

STAGE = """
  host:
    kind: host
    ports: {eth0: {ip: 192.168.1.20/24, gateway: 192.168.1.1}}
    resolver: 192.168.1.1
    listen: [8000]
    inside:
      hyp:
        kind: hypervisor
        inside:
          vm1: {kind: vm, ports: {eth0: {ip: dhcp}}, listen: [80]}
          nat1: {kind: nat-engine, ports: {vm: {}}, forwards: ["8080 -> 10.0.2.15:80", "2222 -> 10.0.2.15:22"],
            port-forward: $forward}
          vm2: {kind: vm, ports: {eth0: {ip: dhcp}}, listen: [80]}
          nat2: {kind: nat-engine, ports: {vm: {}}}
  box: {kind: machine, ports: {eth0: {ip: 192.168.1.1/24}}, dns: {records: {www.lan: 192.168.1.50}}}
  web: {kind: web-server, ports: {eth0: {ip: 192.168.1.50/24}}}
  pc: {kind: machine, ports: {eth0: {ip: 192.168.1.60/24}}}
  lan: {kind: switch}
settings:
  forward: {label: x, type: choice, default: none, choices: {none: x, "9000 -> 10.0.2.15:80": y}}
"""
LINKS = "vm1 -- nat1, vm2 -- nat2, host.eth0 -- lan, box -- lan, web -- lan, pc -- lan"


def vbox(*script: str, **more: Any) -> Lab:
    """Two VMs of VirtualBox, each behind an engine of its own, on a host on a LAN."""
    return Lab(STAGE, LINKS, *script, **more)


def outside(lab: Lab, name: str) -> dict[str, Any]:
    """The first packet of that name that left the host."""
    return next(f.packet.headers() for f in lab.timeline.flights if f.src == "host.eth0" and f.packet.name == name)


def test_both_guests_have_the_same_address_and_no_conflict() -> None:
    lab = vbox(until=3)
    assert [lab.value(vm, "address") for vm in ("vm1", "vm2")] == ["10.0.2.15"] * 2


def test_the_gateway_is_2_and_the_dns_server_3() -> None:
    lab = vbox(until=3)
    assert {"to": "default", "via": "10.0.2.2", "port": "eth0"} in lab.value("vm1", "routes")
    assert lab.value("vm1", "resolvers") == "10.0.2.3"


def test_a_page_comes_to_each_guest() -> None:
    lab = vbox("http vm1 web port=40001 @ 3s", "http vm2 web port=40001 @ 3s")
    assert {e.device for e in lab.events("http.answered")} == {"vm1", "vm2"}


def test_what_leaves_has_the_hosts_address_port_and_ttl() -> None:
    lab = vbox("http vm1 web port=40001 @ 3s")
    syn = outside(lab, "SYN")
    reopened = lab.event("nat.reopened").details
    assert (syn["ipv4"]["src"], syn["ipv4"]["ttl"]) == ("192.168.1.20", 64)
    assert syn["tcp"]["sport"] == reopened["after"]["sport"] != 40001


def test_the_guest_is_answered_only_when_the_host_is() -> None:
    lab = vbox("http vm1 web @ 3s")
    arrived = next(f for f in lab.timeline.flights if f.dst == "host.eth0" and f.packet.name == "SYN·ACK")
    answered = next(f for f in lab.timeline.flights if f.dst == "vm1.eth0" and f.packet.name == "SYN·ACK")
    assert answered.departs > arrived.ended


def test_what_the_server_says_looks_as_if_it_came_from_the_server() -> None:
    lab = vbox("http vm1 web @ 3s")
    page = next(f for f in lab.timeline.flights if f.dst == "vm1.eth0" and f.packet.protocol == "http")
    assert page.packet.headers()["ipv4"]["src"] == "192.168.1.50"


def test_the_row_goes_with_the_connection() -> None:
    lab = vbox("http vm1 web @ 3s")
    assert len(lab.value("nat1", "nat", 3.01)) == 1
    assert lab.value("nat1", "nat") == []


def test_a_refusal_is_passed_on() -> None:
    assert vbox("connect vm1 web:81 @ 3s").event("connection.refused").device == "vm1"


def test_a_machine_that_is_not_there_is_told() -> None:
    lab = vbox("connect vm1 192.168.1.99 timeout=5s @ 3s")
    assert lab.event("connection.unreachable", "vm1").details["reason"] == "host-unreachable"


def test_names_are_asked_of_the_hosts_server() -> None:
    lab = vbox("http vm1 www.lan @ 3s")
    question = outside(lab, "QUERY")
    assert (question["ipv4"]["src"], question["ipv4"]["dst"]) == ("192.168.1.20", "192.168.1.1")
    assert lab.event("http.answered").device == "vm1"


def test_an_echo_goes_on_with_the_hosts_ttl() -> None:
    lab = vbox("ping vm1 web ttl=1 @ 3s")
    assert outside(lab, "ECHO")["ipv4"]["ttl"] == 64
    assert lab.event("ping.answered").device == "vm1"


def test_the_gateway_is_the_host_itself() -> None:
    lab = vbox("http vm1 10.0.2.2:8000 @ 3s", "ping vm1 10.0.2.2 @ 5s")
    assert lab.event("http.answered").details["body"] == "hello from host"
    assert lab.event("ping.answered")
    assert not [f for f in lab.timeline.flights if f.src == "host.eth0" and f.packet.has("tcp")]


def test_a_forwarded_port_of_the_host_leads_to_the_guest() -> None:
    lab = vbox("http pc host:8080 @ 3s")
    assert lab.event("http.answered", "pc").details["body"] == "hello from vm1"
    seen = next(f for f in lab.timeline.flights if f.dst == "vm1.eth0" and f.packet.name == "SYN")
    assert seen.packet.headers()["ipv4"]["src"] == "10.0.2.2"


def test_the_host_accepts_before_the_guest_refuses() -> None:
    lab = vbox("http pc host:2222 @ 3s")
    assert lab.event("connection.opened", "pc").t < lab.event("http.failed", "pc").t
    assert lab.event("http.failed", "pc").details["reason"] == "reset"


@pytest.mark.parametrize("target", ["vm1", "host:9000", "host"])
def test_without_a_forward_nobody_comes_in(target: str) -> None:
    lab = vbox(f"http pc {target} @ 3s")
    assert not lab.events("http.answered")


def test_a_forward_may_be_added_while_it_runs() -> None:
    lab = vbox('set forward "9000 -> 10.0.2.15:80" @ 2s', "http pc host:9000 @ 3s")
    assert lab.event("http.answered", "pc")


def test_two_guests_do_not_see_each_other() -> None:
    lab = vbox("ping vm1 vm2 @ 3s")
    assert lab.event("act.void").details["reason"] == "same-address"
    assert not [f for f in lab.timeline.flights if f.dst == "vm2.eth0" and f.packet.has("icmp")]


def test_a_guest_that_started_again_is_reached_through_its_forwarded_port() -> None:
    lab = vbox("fail vm1 @ 3s", "restore vm1 @ 4s", "http pc host:8080 @ 8s", until=12)
    assert lab.event("http.answered", "pc").details["body"] == "hello from vm1"


def test_it_starts_again_with_its_host() -> None:
    lab = vbox("fail host @ 3s", "restore host @ 4s", "http vm1 web @ 8s", "http pc host:8080 @ 10s", until=14)
    assert {e.device for e in lab.events("http.answered")} == {"vm1", "pc"}


def test_a_second_card_has_a_network_of_its_own() -> None:
    stage = STAGE.replace("nat2: {kind: nat-engine,", "nat2: {kind: nat-engine, network: 10.0.3.0/24,")
    lab = Lab(stage, LINKS, "http vm2 web @ 3s")
    assert lab.value("vm2", "address") == "10.0.3.15"
    assert lab.event("http.answered").device == "vm2"


def test_without_a_host_nothing_passes() -> None:
    lab = Lab("\n  vm: {kind: vm, ports: {eth0: {ip: dhcp}}}\n  nat: {kind: nat-engine, ports: {vm: {}}}", "vm -- nat")
    assert {f.reason for f in lab.timeline.flights} == {"no-host"}
