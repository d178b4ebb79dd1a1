"""VRRP and IGMP as they stand on the wire: both ways, with sums that are right, and as tshark reads them."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.export.reading import captured, experts, needs_tshark, run_of, tshark
from vizapp.protocols import Ethernet, Header, Igmp, Ipv4, Vrrp, locate, pack, read
from vizapp.protocols.header import checksum, ip_text
from vizapp.protocols.ipv4 import CONTROL, group_mac, pseudo_header
from vizapp.protocols.vrrp import MOST, UNIT, virtual_mac

IPS = st.integers(1, 2**32 - 2).map(ip_text)


@st.composite
def adverts(draw: st.DrawFn) -> tuple[Header, ...]:
    version = draw(st.sampled_from([2, 3]))
    interval = draw(st.integers(1, MOST[version])) * UNIT[version]
    shared = tuple(draw(st.lists(IPS, min_size=1, max_size=4)))
    advert = Vrrp(version, draw(st.integers(1, 255)), draw(st.integers(0, 255)), interval, shared)
    ip = Ipv4(draw(IPS), "224.0.0.18", "vrrp", 255, CONTROL)
    return Ethernet("02:00:00:00:00:01", group_mac("224.0.0.18")), ip, advert


@given(adverts())
@settings(max_examples=60, deadline=None)
def test_an_advert_reads_back_the_same(layers: tuple[Header, ...]) -> None:
    assert read(pack(layers)) == layers


@given(adverts())
@settings(max_examples=60, deadline=None)
def test_its_checksum_holds_and_only_in_version_3_it_covers_the_addresses_of_ipv4(layers: tuple[Header, ...]) -> None:
    message = pack(layers)[34:]
    ip, advert = layers[1], layers[2]
    assert isinstance(ip, Ipv4)
    assert isinstance(advert, Vrrp)
    assert checksum((pseudo_header(ip, len(message)) if advert.version == 3 else b"") + message) == 0


@given(adverts())
@settings(max_examples=30, deadline=None)
def test_every_bit_of_it_belongs_to_a_part(layers: tuple[Header, ...]) -> None:
    parts = [each.part for each in locate(layers) if each.protocol == "vrrp"]
    assert sum(part.bits for part in parts) == len(pack(layers)[34:]) * 8


def test_a_report_carries_the_router_alert_and_a_ttl_of_1() -> None:
    ip = Ipv4("10.0.0.1", "224.0.0.22", "igmp", 1, CONTROL, alert=True)
    layers = Ethernet("02:00:00:00:00:01", group_mac("224.0.0.22")), ip, Igmp(4, "224.0.0.18")
    data = pack(layers)
    assert read(data) == layers
    assert data[14] == 0x46
    assert data[34:38] == bytes([0x94, 4, 0, 0])


@pytest.mark.parametrize(("group", "mac"), [("224.0.0.18", "01:00:5e:00:00:12"), ("239.129.1.2", "01:00:5e:01:01:02")])
def test_a_group_has_the_mac_of_its_lowest_23_bits(group: str, mac: str) -> None:
    assert group_mac(group) == mac


def test_a_group_of_machines_has_a_mac_of_its_own() -> None:
    assert virtual_mac(51) == "00:00:5e:00:01:33"


PAIR = """
id: pair
title: pair
until: 6s
stage:
  a:
    kind: machine
    ports: {eth0: {ip: 10.0.0.11/24}}
    keepalived: {address: [10.0.0.10/24, 10.0.0.20/24], version: V, priority: 150}
  b: {kind: machine, ports: {eth0: {ip: 10.0.0.12/24}}, keepalived: {address: [10.0.0.10/24, 10.0.0.20/24], version: V}}
  sw: {kind: switch}
links: [a -- sw, b -- sw]
"""
READ = ("vrrp.version", "vrrp.virt_rtr_id", "vrrp.prio", "vrrp.addr_count", "vrrp.ip_addr", "vrrp.checksum.status")


@needs_tshark
@pytest.mark.parametrize("version", [2, 3])
def test_tshark_reads_it_and_finds_nothing_wrong(version: int, tmp_path: Path) -> None:
    file = tmp_path / "pair.pcapng"
    file.write_bytes(captured(run_of(PAIR.replace("V", str(version))), "a.eth0"))
    fields = [each for name in READ for each in ("-e", name)]
    rows = [row.split("\t") for row in tshark(file, "-Y", "vrrp", "-T", "fields", *fields).splitlines()]
    assert len(rows) >= 2
    assert all(row == [str(version), "51", "150", "2", "10.0.0.10,10.0.0.20", "1"] for row in rows)
    assert not experts(file).get("Errors")
    igmp = tshark(file, "-Y", "igmp", "-T", "fields", "-e", "igmp.type", "-e", "igmp.checksum.status").split()
    assert igmp[:2] == ["0x22", "1"]
