"""Machines that start, stop and fail: what they answer meanwhile, and what of the scene reaches them."""

from tests.devices.net.lab import Lab

STAGE = """
  a: {kind: machine, ports: {eth0: {ip: 10.0.0.1/24}}}
  b: {kind: web-server, ports: {eth0: {ip: 10.0.0.2/24}}, body: {fr: bonjour, en: hello}}
"""
LINKS = "a -- b"


def pair(*script: str, stage: str = STAGE) -> Lab:
    return Lab(stage, LINKS, *script)


def test_a_machine_that_starts_again_answers_only_when_it_is_up() -> None:
    lab = pair("shutdown b @ 1s", "boot b takes=4s @ 2s", "ping a b count=6 @ 1.5s")
    assert {e.t // 10**9 for e in lab.events("ping.answered")} == {6}  # at 6.5 s, once it is up
    assert 6 in [e.details["seq"] for e in lab.events("ping.answered")]


def test_a_machine_that_starts_is_asked_nothing() -> None:
    lab = pair("boot b takes=4s @ 2s", "ping b a @ 3s")
    assert lab.event("act.void").details["reason"] == "booting"


def test_a_machine_that_fails_while_it_starts_stops_counting() -> None:
    lab = pair("boot b takes=4s @ 2s", "fail b @ 3s")
    assert lab.value("b", "boot", 2.5) is not None
    assert lab.value("b", "boot", 3.5) is None


def test_a_machine_that_is_off_is_called_by_its_written_address() -> None:
    lab = pair("boot b @ 9s", "ping a b @ 1s")
    assert lab.event("ping.failed").details["reason"] == "host-unreachable"


def test_what_is_set_of_a_machine_that_is_off_shows_when_it_is_up() -> None:
    lab = pair("boot b @ 5s", 'set b.static-route "10.9.0.0/16 via 10.0.0.1" @ 2s')
    assert lab.value("b", "address", 3) == {"words": "power.off"}
    assert "10.9.0.0/16" in [row["to"] for row in lab.value("b", "routes", 7)]


def test_a_page_that_is_written_in_two_languages_is_served_in_one() -> None:
    assert pair("http a b @ 1s").event("http.answered").details["body"] == "hello"


FOLLOWING = """
  n: {kind: nat-router, ports: {lan: {ip: 10.1.0.1/24}}, listen: [80, $port],
      dhcp: {range: 10.1.0.2-10.1.0.9, lease: $lease}}
  vm: {kind: vm, ports: {eth0: {ip: dhcp}}}
settings:
  lease: {type: duration, default: 8s}
  port: {type: int, default: 22}
"""


def test_a_setting_inside_a_map_or_a_list_is_followed() -> None:
    lab = Lab(STAGE + FOLLOWING, "a -- b, vm -- n.lan", "set lease 600s @ 2s", "dhcp vm @ 2.5s", "connect vm n:22 @ 3s",
              "set port 23 @ 4s", "connect vm n:22 @ 5s")  # fmt: skip
    assert [e.details["lease_s"] for e in lab.events("dhcp.bound")][:2] == [8, 600]
    assert len(lab.events("connection.opened")) == len(lab.events("connection.refused")) == 1


def test_a_server_that_came_back_knows_the_old_connection_no_more() -> None:
    lab = pair("http a b think=2s @ 1s", "fail b @ 1.5s", "restore b @ 2s")
    assert lab.event("tcp.rst", "b").details["reason"] == "no-connection"
    assert lab.event("http.failed").details["reason"] == "reset"
