"""Errors about translated packets, and datagrams through NAT, as a lab of Linux 6 showed them."""

from typing import Any

from tests.devices.net.lab import Lab, nat

TWO = """
  vm: {kind: vm, ports: {eth0: {ip: 10.0.0.11/24, gateway: 10.0.0.1}}, listen: [80]}
  inner: {kind: nat-router, ports: {lan: {ip: 10.0.0.1/24}, wan: {ip: 192.168.1.15/24, gateway: 192.168.1.1}},
    masquerade: wan, %s}
  box: {kind: nat-router, ports: {lan: {ip: 192.168.1.1/24}, wan: {ip: 203.0.113.5/24, gateway: 203.0.113.1}},
    masquerade: wan, %s}
  far: {kind: router, ports: {near: {ip: 203.0.113.1/24}, away: {ip: 198.51.100.1/24}}}
  web: {kind: web-server, ports: {eth0: {ip: 198.51.100.80/24, gateway: 198.51.100.1}}}
"""
TWO_LINKS = "vm -- inner.lan, inner.wan -- box.lan, box.wan -- far.near, far.away -- web"


def two(*script: str, inner: str = "input: drop", box: str = "input: drop", **more: Any) -> Lab:
    """A VM behind its host's NAT, behind a home box's NAT."""
    return Lab(TWO % (inner, box), TWO_LINKS, *script, **more)


def errors(lab: Lab, dst: str) -> list[dict[str, Any]]:
    return [f.packet.headers() for f in lab.flights("icmp", dst) if "quoted" in f.packet.headers()["icmp"]]


def test_a_machine_that_is_not_there_is_told_to_the_sender_inside() -> None:
    lab = nat("ping vm1 172.16.0.99 @ 1s", until=6)
    assert lab.event("ping.failed", "vm1").details["reason"] == "host-unreachable"
    error = errors(lab, "vm1.eth0")[0]
    assert error["ipv4"]["src"] == "172.16.0.5"  # the outside address, as Linux does
    assert (error["icmp"]["quoted"]["src"], error["icmp"]["quoted"]["dst"]) == ("10.0.0.11", "172.16.0.99")


def test_a_caller_inside_learns_that_a_machine_is_not_there() -> None:
    lab = nat("http vm1 172.16.0.99 timeout=5s @ 1s", until=8)
    assert lab.event("connection.unreachable", "vm1").details["reason"] == "host-unreachable"


def test_a_caller_outside_learns_it_of_a_forwarded_port_under_the_outside_address() -> None:
    lab = nat("http out nat:2222 timeout=5s @ 1s", fields='forwards: ["2222 -> 10.0.0.99:22"]', until=8)
    assert lab.event("connection.unreachable", "out").details["reason"] == "host-unreachable"
    quoted = errors(lab, "out.eth0")[0]["icmp"]["quoted"]
    assert (quoted["dst"], quoted["dport"]) == ("172.16.0.5", 2222)


def test_a_datagram_to_a_forwarded_port_reaches_the_inside_and_its_answer_comes_from_the_outside_address() -> None:
    stage = """
  ns: {kind: vm, ports: {eth0: {ip: 10.0.0.53/24, gateway: 10.0.0.1}}, dns: {records: {vm.lan: 10.0.0.7}}}
  nat: {kind: nat-router, ports: {lan: {ip: 10.0.0.1/24}, wan: {ip: 172.16.0.5/24}}, masquerade: wan,
    forwards: [53/udp -> 10.0.0.53]}
  pc: {kind: machine, ports: {eth0: {ip: 172.16.0.9/24}}, resolver: 172.16.0.5}
"""
    lab = Lab(stage, "ns -- nat.lan, nat.wan -- pc", "resolve pc vm.lan @ 1s", until=3)
    assert lab.event("dns.resolved").details["address"] == "10.0.0.7"
    assert lab.flights("dns", "pc.eth0")[0].packet.headers()["ipv4"]["src"] == "172.16.0.5"


def test_an_error_about_a_forwarded_datagram_comes_from_the_outside_address() -> None:
    lab = nat("resolve out a.b server=172.16.0.5 @ 1s", fields="forwards: [53/udp -> 10.0.0.11]", until=3)
    error = errors(lab, "out.eth0")[0]
    assert (error["ipv4"]["src"], error["icmp"]["quoted"]["dst"]) == ("172.16.0.5", "172.16.0.5")
    assert lab.event("dns.failed").details["reason"] == "dns-closed"


def test_a_stream_of_datagrams_is_remembered_longer_than_one_question() -> None:
    question = "resolve vm1 a.b server=172.16.0.9 @ 1s"
    lab = nat(question, until=40)
    assert lab.value("nat", "nat", 25)
    assert lab.value("nat", "nat", 36) == []


def test_an_error_passes_two_routers_and_each_puts_the_sender_back() -> None:
    lab = two("ping vm web ttl=3 @ 1s", until=4)
    seen = {dst: errors(lab, dst)[0] for dst in ("box.wan", "inner.wan", "vm.eth0")}
    assert [each["icmp"]["quoted"]["src"] for each in seen.values()] == ["203.0.113.5", "192.168.1.15", "10.0.0.11"]
    assert lab.event("ping.failed", "vm").details["by"] == "far"


def test_a_page_passes_two_routers() -> None:
    assert two("http vm web @ 1s", until=4).event("http.answered").device == "vm"


def test_two_forwards_in_a_row_let_the_outside_in() -> None:
    lab = two("http web 203.0.113.5:8080 @ 1s", inner='forwards: ["8080 -> 10.0.0.11:80"]',
              box='forwards: ["8080 -> 192.168.1.15:8080"]', until=4)  # fmt: skip
    assert lab.event("http.answered").device == "web"


ADDRESSES = """
  vm: {kind: vm, ports: {eth0: {ip: 10.0.0.11/24, gateway: 10.0.0.1}}}
  nat: {kind: nat-router, ports: {lan: {ip: 10.0.0.1/24}, wan: {ip: 172.16.0.5/24}}, masquerade: wan, %s}
  web: {kind: web-server, ports: {eth0: {ip: 172.16.0.9/24}}}
"""


def readdressed(fields: str) -> Lab:
    """A router whose outside address changes between two pages."""
    return Lab(ADDRESSES % fields, "vm -- nat.lan, nat.wan -- web", "http vm web @ 1s",
               "address nat.wan 172.16.0.7/24 @ 5s", "flush web arp @ 5.9s", "http vm web @ 6s", until=10)  # fmt: skip


def test_masquerade_follows_the_outside_address() -> None:
    lab = readdressed("input: accept")
    assert [e.details["outside"].partition(":")[0] for e in lab.events("nat.new")] == ["172.16.0.5", "172.16.0.7"]
    assert len(lab.events("http.answered")) == 2


def test_snat_keeps_the_written_one_which_may_lead_nowhere() -> None:
    lab = readdressed("snat: 172.16.0.5")
    assert [e.details["outside"].partition(":")[0] for e in lab.events("nat.new")] == ["172.16.0.5"] * 2
    assert len(lab.events("http.answered")) == 1


def test_what_was_masqueraded_is_forgotten_with_its_address_and_what_snat_noted_is_not() -> None:
    assert readdressed("input: accept").value("nat", "nat", 5.5) == []
    assert len(readdressed("snat: 172.16.0.5").value("nat", "nat", 5.5)) == 1
