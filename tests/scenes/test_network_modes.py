"""Bridged, NAT and host-only side by side: who gives the address, who reaches whom, what the other one sees."""

import pytest

from tests.scenes.lesson import played, shipped
from vizapp.compare import rows
from vizapp.compare.difference import first
from vizapp.scene.catalog import catalog
from vizapp.words import Words

MODES = ("bridged", "nat", "host-only")
PINGS = ["VM 1 → LAN machine", "VM 1 → Internet server", "LAN machine → VM 1", "Host system → VM 1", "VM 1 → VM 2"]
MATRIX = {
    "bridged": ["answered, TTL 64", "answered, TTL 63", "answered, TTL 64", "answered, TTL 64", "answered, TTL 64"],
    "nat": ["answered, TTL 63", "answered, TTL 62", "network unreachable (Home router)", "answered, TTL 64",
            "answered, TTL 64"],
    "host-only": ["no route (VM 1)", "no route (VM 1)", "network unreachable (Home router)", "answered, TTL 64",
                  "answered, TTL 64"],
}  # fmt: skip


@pytest.fixture(scope="module")
def whole():
    return played("network-modes")


@pytest.fixture(scope="module")
def lines(whole):
    return {line.label: line for line in rows.ledger(whole, whole.pace.length, Words("en")).lines}


@pytest.mark.parametrize("mode", MODES)
def test_who_reaches_whom(lines, mode):
    assert [lines[label].cells[MODES.index(mode)].text for label in PINGS] == MATRIX[mode]


def test_the_rows_that_differ_are_those_that_leave_the_host(lines):
    assert [lines[label].differs for label in PINGS] == [True, True, True, False, False]


def test_who_gives_the_address(lines):
    assert [cell.text for cell in lines["VM 1 · DHCP"].cells] == [
        "192.168.1.100 (from Home router)", "192.168.122.100 (from Host system)", "192.168.56.101 (from Host system)",
    ]  # fmt: skip


def test_whom_the_lan_machine_sees(lines):
    assert [cell.text for cell in lines["The LAN machine sees"].cells] == ["192.168.1.100", "192.168.1.15", "–"]


def test_the_first_difference_is_who_offers_an_address(whole):
    found = first(whole)
    assert found is not None
    assert whole.steps[0].show < found <= whole.steps[1].show


def test_another_way_back_makes_nat_reachable():
    run = played("network-modes", "set lan1-route '192.168.122.0/24 via 192.168.1.15' @ 13s", "ping lan1 vm1 @ 14s",
                 until="20s")  # fmt: skip
    last = [[each for each in side.exchanges if each.asked.args == ("lan1", "vm1")][-1] for side in run.sides]
    ends = [exchange.at(side.timeline.end).name for exchange, side in zip(last, run.sides, strict=True)]
    assert ends == ["ping.answered", "ping.answered", "ping.failed"]


def test_it_comes_after_the_modes_that_it_compares():
    order = [header.id for header in catalog()]
    assert order.index("remote-access") < order.index("network-modes") < order.index("myths-networking")


def test_each_side_cites_its_source():
    assert all(side.sources for side in shipped("network-modes").sides)
