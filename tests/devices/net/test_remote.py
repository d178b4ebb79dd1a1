"""Taking a machine in hand: by a service of the guest, by its host's remote display, by the console."""

from typing import Any

import pytest

from tests.devices.net.lab import Lab
from vizapp.devices import VOCABULARY
from vizapp.scene.reader import read
from vizapp.sim.check import holds

STAGE = """
  host:
    kind: host
    ports: {eth0: {ip: 10.0.0.20/24}}
    listen: [%s]
    inside:
      vm1: {kind: vm, ports: {eth0: {ip: 10.0.0.31/24}}, listen: [%s], vrdp: $display}
      vm2: {kind: vm, ports: {eth0: {ip: 10.0.0.32/24}}, vrdp: 5002}
  other: {kind: host, ports: {eth0: {ip: 10.0.0.21/24}}, inside: {vm3: {kind: vm}}}
  pc: {kind: machine, ports: {eth0: {ip: 10.0.0.60/24}}}
  lan: {kind: switch}
settings:
  display: {label: x, type: int, default: 5001}
"""
LINKS = "host.eth0 -- lan, vm1 -- lan, vm2 -- lan, pc -- lan, other.eth0 -- lan"


def desk(*script: str, listen: str = "ssh, rdp, vnc", host: str = "8000", **more: Any) -> Lab:
    """A host with two VMs, another host, and a PC on the same LAN."""
    return Lab(STAGE % (host, listen), LINKS, *script, **more)


@pytest.mark.parametrize("protocol", ["ssh", "rdp", "vnc"])
@pytest.mark.parametrize("listen", ["ssh, rdp, vnc", "22, 3389, 5900"])
def test_a_service_of_the_guest_lets_one_in(protocol: str, listen: str) -> None:
    lab = desk(f"{protocol} pc vm1 @ 1s", listen=listen)
    assert lab.event(f"{protocol}.connected", "pc").details["to"] == "vm1"
    assert lab.event(f"{protocol}.session").details["screen"] == "vm1"


@pytest.mark.parametrize("protocol", ["ssh", "rdp", "vnc"])
def test_the_session_stays_open_until_one_closes_it(protocol: str) -> None:
    lab = desk(f"{protocol} pc vm1 @ 1s", "close pc vm1 @ 15s", until=18)
    assert [row["state"] for row in lab.value("vm1", "connections", 14)] == ["ESTABLISHED"]
    assert lab.value("vm1", "connections") == []


@pytest.mark.parametrize(("listen", "speaks"), [("ssh", True), ("22", False)])
def test_a_named_service_speaks_at_once_and_a_mere_port_waits(listen: str, speaks: bool) -> None:
    lab = desk("connect pc vm1:22 @ 1s", listen=listen)
    assert bool(lab.flights("ssh", "pc.eth0")) == speaks


def test_a_service_may_stand_on_another_port() -> None:
    assert desk("ssh pc vm1:2222 @ 1s", listen='"ssh:2222"').event("ssh.connected")


def test_a_closed_port_refuses() -> None:
    lab = desk("rdp pc vm1 @ 1s", listen="ssh")
    assert lab.event("rdp.failed").details["reason"] == "refused"
    assert lab.event("connection.refused")


def test_another_service_than_that_called_is_noticed() -> None:
    lab = desk("vnc pc vm1:22 @ 1s", "http pc vm1:22 @ 3s", "ssh pc vm1:80 @ 5s", listen='ssh, "http:80"')
    assert [lab.event(f"{p}.failed").details["reason"] for p in ("vnc", "http", "ssh")] == ["other-service"] * 3


def test_a_cut_cable_leaves_no_session() -> None:
    lab = desk("cut vm1 @ 1s", "ssh pc vm1 @ 2s")
    assert lab.event("ssh.failed").details["reason"] == "timeout"


def test_closing_without_a_session_does_nothing() -> None:
    assert desk("close pc vm1 @ 1s").event("act.void").details["reason"] == "no-session"


# the remote display


def test_the_display_is_reached_at_the_hosts_address() -> None:
    lab = desk("rdp pc host:5001 @ 1s", "rdp pc host:5002 @ 3s", "cut vm1 @ 0s")
    assert [e.details["screen"] for e in lab.events("rdp.session", "host")] == ["vm1", "vm2"]


def test_the_display_is_off_if_nothing_is_written() -> None:
    lab = Lab("\n  h: {kind: host, ports: {eth0: {ip: 10.0.0.1/24}}, inside: {v: {kind: vm}}}\n"
              "  pc: {kind: machine, ports: {eth0: {ip: 10.0.0.2/24}}}", "h.eth0 -- pc", "rdp pc h @ 1s")  # fmt: skip
    assert lab.event("rdp.failed").details["reason"] == "refused"


def test_the_display_goes_off_with_the_vm() -> None:
    lab = desk("rdp pc host:5001 @ 1s", "shutdown vm1 @ 3s", "rdp pc host:5001 @ 5s")
    assert lab.event("rdp.connected").t < 3e9
    assert lab.event("tcp.rst", "host").details["reason"] == "reset"
    assert lab.event("rdp.failed").details["reason"] == "refused"


def test_the_display_shows_the_system_as_it_starts() -> None:
    lab = desk("boot vm1 takes=5s @ 1s", "rdp pc host:5001 @ 2s")
    assert lab.event("rdp.connected").t < lab.event("vm.booted", "vm1").t


def test_the_port_of_the_display_may_change() -> None:
    lab = desk("set display 5050 @ 1s", "rdp pc host:5001 @ 2s", "rdp pc host:5050 @ 4s")
    assert lab.event("rdp.failed").details["port"] == 5001
    assert lab.event("rdp.connected").details["port"] == 5050


def test_two_displays_cannot_have_one_port() -> None:
    lab = desk("set display 5002 @ 1s")
    assert lab.event("vrdp.failed", "vm1").details["reason"] == "port-taken"
    assert lab.value("vm1", "badge-vrdp") is None


def test_the_display_is_there_again_after_the_host_failed() -> None:
    lab = desk("fail host @ 1s", "restore host @ 2s", "rdp pc host:5001 @ 4s")
    assert lab.event("rdp.connected")


# the console


def test_the_console_needs_no_network() -> None:
    lab = desk("cut vm1 @ 1s", "address vm1.eth0 none @ 1s", "console host vm1 @ 2s")
    assert lab.event("console.opened").details["to"] == "vm1"
    assert not [f for f in lab.timeline.flights if f.departs > 1.9e9]


@pytest.mark.parametrize(("script", "reason"), [
    ("shutdown vm1 @ 1s; console host vm1 @ 2s", "powered-off"),
    ("fail vm1 @ 1s; console host vm1 @ 2s", "device-failed"),
    ("console other vm1 @ 2s", "other-host"),
    ("console host pc @ 2s", "other-host"),
    ("console host lan @ 2s", "not-a-guest"),
])  # fmt: skip
def test_the_console_is_refused(script: str, reason: str) -> None:
    assert desk(*script.split("; ")).event("console.failed").details["reason"] == reason


def test_a_host_that_failed_has_no_console() -> None:
    lab = desk("fail host @ 1s", "console host vm1 @ 2s")
    assert lab.event("act.void").details["reason"] == "device-failed"


@pytest.mark.parametrize("claim", [
    "ssh from pc to vm1 connected", "ssh from pc to vm1 answered", "ssh from pc to vm2 refused",
    "console from host to vm1 opened", "rdp from pc to host connected",
])  # fmt: skip
def test_claims_say_who_got_in(claim: str) -> None:
    lab = desk("ssh pc vm1 @ 1s", "ssh pc vm2 @ 3s", "console host vm1 @ 5s", "rdp pc host:5001 @ 7s")
    assert holds(claim, lab.scene, lab.timeline).held


@pytest.mark.parametrize("claim", ["ssh from pc to vm2 connected", "ssh from pc to vm1 refused",
                                   "vnc from pc to vm1 connected"])  # fmt: skip
def test_claims_do_not_say_too_much(claim: str) -> None:
    lab = desk("ssh pc vm1 @ 1s", "ssh pc vm2 @ 3s")
    assert not holds(claim, lab.scene, lab.timeline).held


@pytest.mark.parametrize("word", ["telnet", "ssh:0", "ssh:", "70000", "22:ssh", "http:99999"])
def test_what_is_no_service_is_refused(word: str) -> None:
    text = f'id: a\ntitle: a\nstage: {{vm: {{kind: vm, listen: ["{word}"]}}}}'
    assert [each.key for each in read(text, VOCABULARY).problems] == ["problem.service"]


APART = """
  host:
    kind: host
    system: own
    inside:
      vm1: {kind: vm, vrdp: 5001}
      own: {kind: machine, ports: {eth0: {ip: 10.0.0.20/24}}}
  pc: {kind: machine, ports: {eth0: {ip: 10.0.0.60/24}}}
"""


def test_a_host_whose_system_is_drawn_apart_shows_its_guests_there() -> None:
    lab = Lab(APART, "own -- pc", "rdp pc own:5001 @ 1s", "console host vm1 @ 2s")
    assert lab.event("rdp.session", "own").details["screen"] == "vm1"
    assert lab.event("console.opened", "host").details["to"] == "vm1"
