"""Names: who answers, who relays and keeps, and what a program does with a name."""

from itertools import pairwise
from typing import Any

import pytest

from tests.devices.net.lab import Lab
from vizapp.devices import VOCABULARY
from vizapp.protocols import Dns
from vizapp.scene.reader import read
from vizapp.sim.check import holds

STAGE = """
  vm: {kind: vm, ports: {eth0: {ip: dhcp}}, hostname: alpha}
  pc: {kind: machine, ports: {eth0: {ip: 10.0.0.5/24, gateway: 10.0.0.1}}, resolver: %s}
  box: {kind: nat-router, ports: {lan: {ip: 10.0.0.1/24}, wan: {ip: 203.0.113.5/24}}, masquerade: wan,
    dhcp: {range: 10.0.0.100-10.0.0.109}, dns: {forward: 203.0.113.53, records: {Box.lan: 10.0.0.1}}, %s}
  ns: {kind: machine, ports: {eth0: {ip: 203.0.113.53/24}}, dns: {records: {www.example.org: 203.0.113.80}, ttl: 30s,
    off: $off}}
  web: {kind: web-server, ports: {eth0: {ip: 203.0.113.80/24}}}
  net: {kind: switch}
settings:
  off: {label: x, type: bool, default: false}
"""
LINKS = "vm -- box.lan, pc -- box.lan, box.wan -- net, ns -- net, web -- net"


def names(*script: str, resolver: str = "10.0.0.1", box: str = "input: accept", **more: Any) -> Lab:
    """A VM and a PC behind a box that relays DNS, and outside it a DNS server and a web server."""
    return Lab(STAGE % (resolver, box), LINKS, *script, **more)


def question(lab: Lab, dst: str) -> dict[str, Any]:
    """The fields of the first question that came there, and its id."""
    packet = next(f.packet for f in lab.flights("dns", dst) if f.packet.name == "QUERY")
    message = packet.layers[3]
    assert isinstance(message, Dns)
    return {**packet.headers(), "id": message.id}


def test_dhcp_names_the_box_as_dns_server() -> None:
    assert names(until=3).value("vm", "resolvers") == "10.0.0.1"


def test_a_written_resolver_wins() -> None:
    stage = """
  vm: {kind: vm, ports: {eth0: {ip: dhcp}}, resolver: 9.9.9.9}
  box: {kind: machine, ports: {eth0: {ip: 10.0.0.1/24}}, dhcp: {range: 10.0.0.100-10.0.0.109, dns: 1.1.1.1}}
"""
    assert Lab(stage, "vm -- box", until=3).value("vm", "resolvers") == "9.9.9.9"


def test_a_page_is_asked_for_by_name() -> None:
    lab = names("http vm www.example.org @ 3s")
    answered = lab.event("http.answered", "vm")
    assert (answered.details["name"], answered.details["address"]) == ("www.example.org", "203.0.113.80")


def test_the_question_goes_from_relay_to_server_and_the_answer_back() -> None:
    lab = names("resolve vm www.example.org @ 3s")
    told = [(e.name, e.device) for e in lab.timeline.events if e.name.startswith("dns.")]
    assert told == [("dns.query", "vm"), ("dns.relay", "box"), ("dns.answer", "ns"), ("dns.answer", "box"),
                    ("dns.resolved", "vm")]  # fmt: skip


def test_a_relay_asks_with_a_port_and_an_id_of_its_own() -> None:
    lab = names("resolve vm www.example.org @ 3s")
    asked, relayed = question(lab, "box.lan"), question(lab, "ns.eth0")
    assert asked["udp"]["sport"] != relayed["udp"]["sport"]
    assert asked["id"] != relayed["id"]


def test_a_kept_answer_is_not_asked_for_again_and_its_time_runs_down() -> None:
    lab = names("resolve vm www.example.org @ 3s", "resolve pc www.example.org @ 7s")
    assert len(lab.events("dns.relay")) == 1
    assert lab.events("dns.answer", "box")[-1].details["ttl"] == 26
    assert lab.events("dns.answer", "box")[-1].details["cached"]


def test_a_kept_answer_is_forgotten_when_its_time_is_over() -> None:
    lab = names("resolve vm www.example.org @ 3s", "resolve pc www.example.org @ 40s", until=45)
    assert len(lab.events("dns.relay")) == 2
    assert lab.value("box", "dns-cache", 35) == []


def test_a_name_of_the_relay_itself_is_answered_at_once() -> None:
    lab = names("resolve vm box.lan @ 3s")
    assert lab.event("dns.resolved").details["address"] == "10.0.0.1"
    assert not lab.events("dns.relay")


def test_a_dhcp_client_is_known_by_the_name_that_it_said() -> None:
    lab = names("ping pc alpha @ 3s")
    assert lab.event("ping.answered").details["name"] == "alpha"


def test_a_name_that_does_not_exist_is_asked_for_once() -> None:
    lab = names("http vm nowhere.example.org @ 3s")
    assert len(lab.events("dns.query")) == 1
    assert lab.event("http.failed").details["reason"] == "no-such-name"


def test_a_silent_server_is_asked_twice_for_5_s_each() -> None:
    lab = names("fail ns @ 1s", "ping vm www.example.org @ 3s")
    asked = [e.t for e in lab.events("dns.query", "vm")]
    assert [round((b - a) / 1e9) for a, b in pairwise(asked)] == [5]
    failed = lab.event("ping.failed")
    assert (failed.details["reason"], round(failed.t / 1e9)) == ("dns-timeout", 13)


def test_the_second_question_has_the_port_and_the_id_of_the_first() -> None:
    lab = names("fail ns @ 1s", "resolve vm www.example.org @ 3s")
    first, second = (f.packet for f in lab.flights("dns", "box.lan"))
    assert first.layers[2:] == second.layers[2:]


def test_two_servers_are_asked_in_turn() -> None:
    lab = names("fail ns @ 1s", "resolve pc www.example.org @ 3s", resolver="[10.0.0.1, 203.0.113.53]", until=30)
    assert [e.details["address"] for e in lab.events("dns.query", "pc")] == ["10.0.0.1", "203.0.113.53"] * 2


def test_a_stopped_server_is_noticed_at_once() -> None:
    lab = names("set off true @ 1s", "resolve pc www.example.org @ 3s", resolver="203.0.113.53")
    failed = lab.event("dns.failed")
    assert failed.details["reason"] == "dns-closed"
    assert failed.details["time"] < 10**8


def test_without_a_server_there_is_nobody_to_ask() -> None:
    lab = names("connect ns www.example.org @ 3s")
    assert lab.event("connection.unreachable").details["reason"] == "no-resolver"


def test_one_may_ask_another_server() -> None:
    lab = names("resolve vm www.example.org server=203.0.113.53 @ 3s")
    assert lab.event("dns.resolved").details["to"] == "ns"


def test_a_question_passes_nat_as_any_datagram() -> None:
    lab = names("resolve vm www.example.org server=203.0.113.53 @ 3s")
    assert lab.event("nat.new").details["proto"] == "udp"
    assert lab.event("nat.rewrite").details["after"]["src"] == "203.0.113.5"


def test_a_router_that_drops_what_is_for_itself_still_serves_its_inside() -> None:
    lab = names("resolve vm www.example.org @ 3s", "resolve ns box.lan server=203.0.113.5 @ 4s", box="input: drop")
    assert lab.event("dns.resolved", "vm")
    assert lab.event("dns.failed", "ns").details["reason"] == "dns-timeout"


@pytest.mark.parametrize("word", ["www.example.org", "alpha", "box.lan"])
def test_claims_may_name_machines_so(word: str) -> None:
    lab = names(f"ping pc {word} @ 3s")
    assert holds(f"ping from pc to {word} answered", lab.scene, lab.timeline).held


@pytest.mark.parametrize(("name", "key"), [("www..org", "problem.host-name"), ("a b", "problem.host-name")])
def test_a_record_has_the_name_of_a_machine(name: str, key: str) -> None:
    stage = f'stage: {{ns: {{kind: machine, dns: {{records: {{"{name}": 10.0.0.1}}}}}}}}'
    problems = read("id: a\ntitle: a\n" + stage, VOCABULARY).problems
    assert [(each.key, each.place.line) for each in problems] == [(key, 3)]


def test_a_record_holds_an_address() -> None:
    stage = "stage: {ns: {kind: machine, dns: {records: {www.lan: elsewhere}}}}"
    assert [each.key for each in read("id: a\ntitle: a\n" + stage, VOCABULARY).problems] == ["problem.ip"]
