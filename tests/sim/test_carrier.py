"""A port has a link while a whole cable leads to something that is on; who loses it is told."""

import pytest

from tests.devices.net.lab import Lab

STAGE = """
  a: {kind: machine, ports: {eth0: {ip: 10.0.0.1/24}, eth1: {ip: 10.1.0.1/24}}}
  b: {kind: machine, ports: {eth0: {ip: 10.0.0.2/24}}}
  sw: {kind: switch}
"""


@pytest.mark.parametrize("act", ["cut a.eth0 -- sw", "fail sw"])
def test_a_machine_forgets_who_was_behind_a_card_without_a_link(act: str) -> None:
    found = Lab(STAGE, "a.eth0 -- sw, b -- sw", "ping a 10.0.0.2 @ 1s", f"{act} @ 3s", until=5)
    assert [row["ip"] for row in found.value("a", "arp", 2)] == ["10.0.0.2"]
    assert found.value("a", "arp", 4) == []


def test_what_was_written_by_hand_stays() -> None:
    found = Lab(STAGE, "a.eth0 -- sw, b -- sw", "neighbour a 10.0.0.2 02:00:00:00:00:02 @ 1s", "cut a.eth0 -- sw @ 3s",
                until=5)  # fmt: skip
    assert [row["state"] for row in found.value("a", "arp", 4)] == ["PERMANENT"]


@pytest.mark.parametrize("act", ["fail b", "shutdown b"])
def test_behind_a_switch_nobody_notices(act: str) -> None:
    found = Lab(STAGE, "a.eth0 -- sw, b -- sw", "ping a 10.0.0.2 @ 1s", f"{act} @ 3s", until=5)
    assert [row["ip"] for row in found.value("a", "arp", 4)] == ["10.0.0.2"]
