"""What a DHCP server does beyond four messages: two of them, addresses in use, refusals, reservations, a restart."""

from typing import Any

from tests.devices.net.lab import Lab

TWO = """
  vm: {kind: vm, ports: {eth0: {ip: dhcp}}}
  near: {kind: machine, ports: {eth0: {ip: 10.0.0.1/24}}, dhcp: {range: 10.0.0.100-10.0.0.109}}
  far: {kind: machine, ports: {eth0: {ip: 10.0.0.2/24}}, dhcp: {range: 10.0.0.200-10.0.0.209}}
  sw: {kind: switch}
"""
TWO_LINKS = "vm -- sw, near -- sw, {between: far -- sw, delay: 3ms}"
BOX = """
  vm: {kind: vm, ports: {eth0: {ip: dhcp}}, %s}
  box: {kind: machine, ports: {eth0: {ip: 10.0.0.1/24}}, dhcp: {range: 10.0.0.100-10.0.0.109, %s}}
  old: {kind: machine, ports: {eth0: {ip: 10.0.0.100/24}}}
  sw: {kind: switch}
"""
BOX_LINKS = "vm -- sw, box -- sw, old -- sw"


def box(*script: str, client: str = "off: false", server: str = "lease: 1h", **more: Any) -> Lab:
    """A VM, a box that serves DHCP, and a machine that has the first address of its range already."""
    return Lab(BOX % (client, server), BOX_LINKS, *script, **more)


def test_two_servers_both_offer() -> None:
    lab = Lab(TWO, TWO_LINKS, until=3)
    assert {event.device for event in lab.events("dhcp.offer")} == {"near", "far"}


def test_the_client_takes_the_first_offer() -> None:
    lab = Lab(TWO, TWO_LINKS, until=3)
    assert lab.value("vm", "address") == "10.0.0.100"


def test_the_request_names_the_server_to_all() -> None:
    lab = Lab(TWO, TWO_LINKS, until=3)
    request = next(f for f in lab.flights("dhcp", "far.eth0") if f.packet.name == "REQUEST")
    assert request.packet.headers()["dhcp"]["server_id"] == "10.0.0.1"
    assert request.packet.headers()["ethernet"]["eth_dst"] == "ff:ff:ff:ff:ff:ff"


def test_the_other_server_takes_its_offer_back() -> None:
    lab = Lab(TWO, TWO_LINKS, until=3)
    assert lab.event("dhcp.withdrawn").device == "far"
    assert lab.value("far", "leases") == []


def test_an_offer_is_in_the_table_before_it_is_taken() -> None:
    lab = Lab(TWO, TWO_LINKS, until=3)
    offered = lab.event("dhcp.offer", "far").t / 1e9
    assert lab.value("far", "leases", offered)[0]["lease_s"] == {"words": "lease.offered"}


def test_a_checked_address_that_answers_is_not_offered() -> None:
    lab = box(server="ping-check: true", until=8)
    assert lab.event("dhcp.in-use").details["ip"] == "10.0.0.100"
    assert lab.value("vm", "address") == "10.0.0.101"


def test_an_answer_to_the_check_ends_it_at_once_and_the_next_address_costs_its_own_3_s() -> None:
    lab = box(server="ping-check: true", until=8)
    found, offered = lab.event("dhcp.in-use").t, lab.event("dhcp.offer").t
    assert found < 10**7
    assert round((offered - found) / 1e9, 1) == 3.0


def test_the_check_is_told_and_its_3_s_are_seen() -> None:
    lab = box("fail old @ 0s", server="ping-check: true", until=8)
    assert lab.event("dhcp.checking").details["ip"] == "10.0.0.100"
    assert (lab.value("box", "dhcp-check", 1), lab.value("box", "dhcp-check", 4)) == (3 * 10**9, None)


def test_a_check_is_believed_for_a_while() -> None:
    lab = box("release vm @ 8s", "dhcp vm @ 9s", server="ping-check: true", until=20)
    again = lab.events("dhcp.offer")[-1]
    assert again.t < 9.1e9
    assert again.details["ip"] == "10.0.0.101"


def test_without_any_check_an_address_is_given_twice() -> None:
    lab = box(until=3)
    assert lab.value("vm", "address") == "10.0.0.100"


def test_a_client_that_checks_declines_an_address_in_use() -> None:
    lab = box(client="address-check: true", until=40)
    declined = lab.event("dhcp.decline")
    message = next(f.packet.headers()["dhcp"] for f in lab.flights("dhcp") if f.packet.name == "DECLINE")
    assert {"server_id", "requested_ip"} < set(message)
    assert "parameter_list" not in message
    assert declined.details["ip"] == "10.0.0.100"
    assert lab.event("dhcp.in-use", "box").t > declined.t
    assert lab.value("vm", "address") == "10.0.0.101"


def test_a_client_that_checks_uses_a_free_address_2_s_later() -> None:
    lab = box("fail old @ 0s", client="address-check: true", until=5)
    granted, bound = lab.event("dhcp.ack").t, lab.event("dhcp.bound").t
    assert round((bound - granted) / 1e9, 1) == 2.0
    assert lab.value("vm", "address") == "10.0.0.100"


def test_a_reserved_address_is_kept_for_its_machine() -> None:
    stage = """
  a: {kind: vm, ports: {eth0: {ip: dhcp}}}
  b: {kind: vm, ports: {eth0: {mac: "52:54:00:00:00:0b", ip: dhcp}}}
  box: {kind: machine, ports: {eth0: {ip: 10.0.0.1/24}}, dhcp: {range: 10.0.0.100-10.0.0.109,
    reservations: [{mac: "52:54:00:00:00:0b", ip: 10.0.0.100}]}}
  sw: {kind: switch}
"""
    lab = Lab(stage, "a -- sw, b -- sw, box -- sw", until=3)
    assert (lab.value("a", "address"), lab.value("b", "address")) == ("10.0.0.101", "10.0.0.100")


def test_an_address_that_the_server_cannot_give_is_refused_to_all() -> None:
    stage = """
  vm: {kind: vm, ports: {eth0: {ip: dhcp}}}
  one: {kind: machine, ports: {eth0: {ip: 10.0.0.1/24}}, dhcp: {range: 10.0.0.100-10.0.0.109, lease: 30s}}
  two: {kind: machine, ports: {eth0: {ip: 10.0.0.2/24}}, dhcp: {range: 10.0.0.200-10.0.0.209, lease: 30s}, off: true}
  sw: {kind: switch}
"""
    lab = Lab(stage, "vm -- sw, one -- sw, two -- sw", "fail one @ 5s", "boot two @ 6s", until=60)
    refused = lab.event("dhcp.nak")
    assert (refused.device, refused.details["ip"]) == ("two", "10.0.0.100")
    nak = next(f for f in lab.flights("dhcp", "vm.eth0") if f.packet.name == "NAK")
    assert nak.packet.headers()["ipv4"]["dst"] == "255.255.255.255"
    assert lab.value("vm", "address") == "10.0.0.200"


def test_a_refused_client_asks_again_3_s_later() -> None:
    stage = """
  vm: {kind: vm, ports: {eth0: {ip: dhcp}}}
  box: {kind: machine, ports: {eth0: {ip: 10.0.0.1/24}}, dhcp: {range: $range, lease: 20s}}
settings:
  range: {label: x, type: choice, default: 10.0.0.100-10.0.0.109,
    choices: {10.0.0.100-10.0.0.109: x, 10.0.0.200-10.0.0.209: y}}
"""
    lab = Lab(stage, "vm -- box", "set range 10.0.0.200-10.0.0.209 @ 3s", until=20)
    nak, again = lab.event("dhcp.nak").t, lab.events("dhcp.discover")[-1].t
    assert round((again - nak) / 1e9, 2) == 3.0
    assert lab.value("vm", "address") == "10.0.0.200"


def test_a_server_that_starts_again_knows_its_leases() -> None:
    lab = box("fail old @ 0s", "fail box @ 3s", "restore box @ 5s", until=8)
    assert lab.value("box", "leases", 4) == []
    assert [row["ip"] for row in lab.value("box", "leases")] == ["10.0.0.100"]


def test_the_servers_named_are_those_written() -> None:
    lab = box(server="dns: [10.0.0.53, 10.0.0.54], router: 0.0.0.0", until=3)
    ack = next(f for f in lab.flights("dhcp") if f.packet.name == "ACK").packet.headers()["dhcp"]
    assert ack["dns"] == ["10.0.0.53", "10.0.0.54"]
    assert "router" not in ack
    assert all(row["to"] != "default" for row in lab.value("vm", "routes"))


def test_a_client_says_its_name_and_the_server_repeats_it_once_it_is_granted() -> None:
    lab = box(client="hostname: alpha", until=3)
    said = {f.packet.name: f.packet.headers()["dhcp"].get("hostname") for f in lab.flights("dhcp")}
    assert said == {"DISCOVER": "alpha", "OFFER": None, "REQUEST": "alpha", "ACK": "alpha"}


def test_a_host_without_ports_serves_nobody() -> None:
    lab = Lab("\n  h: {kind: host, dhcp: {range: 10.0.0.1-10.0.0.9}}", "", until=1)
    assert lab.value("h", "badge-dhcp") is None
