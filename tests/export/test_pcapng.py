"""pcapng: each frame as it was simulated, byte by byte; scapy reads it too."""

from pathlib import Path
from typing import Any

import pytest
from scapy.layers.dhcp import BOOTP, DHCP
from scapy.layers.dns import DNS
from scapy.layers.inet import ICMP, IP, TCP, UDP
from scapy.layers.l2 import ARP, Ether
from scapy.utils import RawPcapNgReader

from tests.export.invented import invented
from tests.export.reading import captured, networks, recording, run_of
from vizapp.export import ExportError, Past, capture, export_run
from vizapp.protocols.header import Message
from vizapp.run import Run
from vizapp.sim.packet import Packet
from vizapp.words import Words

READ = ("tcp", "udp", "icmp", "dhcp", "dns")
RCODES = {"NOERROR": 0, "SERVFAIL": 2, "NXDOMAIN": 3, "REFUSED": 5}
PROTOCOLS = {1: "icmp", 2: "igmp", 6: "tcp", 17: "udp", 112: "vrrp"}
PING = """
id: ping
title: ping
until: 2s
stage:
  a: {kind: machine, ports: {e: {ip: 10.0.0.1/24}}}
  b: {kind: machine, ports: {e: {ip: 10.0.0.2/24}}}
links: [a -- b]
script: [ping a b @ 1s]
"""


@pytest.fixture(scope="module")
def nat() -> Run:
    return run_of("scenes/nat.yaml")


def sightings(run: Run) -> list[capture.Sighting]:
    """Port by port, in order of time."""
    return [each for port in capture.ports(run)
            for each in capture.sightings(run.scene, run.timeline, {port.id}, run.timeline.end)]  # fmt: skip


def test_there_is_an_interface_for_each_port(nat: Run) -> None:
    found = recording(captured(nat)).interfaces
    assert list(found) == [port.id for port in capture.ports(nat)]
    assert all(each[9] == [b"\x09"] for each in found.values())  # nanoseconds


@pytest.mark.parametrize(("lang", "said"), [
    ("en", "Virtual router, port lan, cable to VM 1 and VM 2"),
    ("fr", "Routeur virtuel, port lan, câble vers VM 1 et VM 2"),
])  # fmt: skip
def test_an_interface_is_described_in_the_language_chosen(nat: Run, lang: str, said: str) -> None:
    assert recording(captured(nat, lang=lang)).interfaces["router.lan"][3] == [said.encode()]


def test_the_port_of_a_machine_has_its_mac_and_that_of_a_switch_none(nat: Run) -> None:
    found = recording(captured(nat)).interfaces
    assert found["vm1.eth0"][6] == [bytes.fromhex("525400aa0001")]
    assert 6 not in found["lan.p1"]


def test_frames_stand_port_by_port_in_true_time(nat: Run) -> None:
    packets = recording(captured(nat)).packets
    assert [(each.t, each.interface) for each in packets] == [(each.t, each.port) for each in sightings(nat)]


def test_each_frame_says_where_it_goes_and_to_whom_it_is(nat: Run) -> None:
    packets = [each for each in recording(captured(nat, "vm2.eth0")).packets if b"\x08\x06" in each.data[12:14]]
    outbound, unicast, broadcast = 2, 1 | 1 << 2, 1 | 3 << 2
    assert {each.flags for each in packets} == {outbound, unicast, broadcast}
    switch = recording(captured(nat, "lan.p1")).packets
    assert {each.flags for each in switch} == {outbound, 1 | 4 << 2, broadcast}  # for others: promiscuous


def test_a_packet_keeps_its_number_along_its_way(nat: Run) -> None:
    packets = recording(captured(nat)).packets
    assert [each.number for each in packets] == [each.flight.packet.id for each in sightings(nat)]


def test_the_section_says_what_it_is(nat: Run) -> None:
    section = recording(captured(nat, lang="fr")).section
    assert section[1] == ["Accès NAT (en réalité PAT) · nat · graine 7".encode()]
    assert section[4][0].startswith(b"vizapp ")
    assert not {2, 3} & set(section)  # neither the machine nor the system that wrote it


def test_the_same_run_gives_the_same_bytes(nat: Run) -> None:
    assert captured(nat) == captured(run_of("scenes/nat.yaml"))


@pytest.mark.parametrize("port", ["vm1.eth0", "router.lan", "lan.p1"])
def test_a_shorter_capture_is_the_beginning_of_a_longer_one(nat: Run, port: str) -> None:
    whole = [each._replace(comments=[]) for each in recording(captured(nat, port)).packets]
    for step in nat.steps:
        part = [each._replace(comments=[]) for each in recording(captured(nat, port, t=step.t)).packets]
        assert part == [each for each in whole if each.t <= (step.t or 0)]


# what steps say


def comments(run: Run, *ports: str, **more: Any) -> list[tuple[str, str]]:
    """Who bears a comment, and its beginning."""
    return [(each.interface, text[:7]) for each in recording(captured(run, *ports, **more)).packets
            for text in each.comments]  # fmt: skip


def test_a_step_is_told_at_both_ends_of_the_hop_it_speaks_of(nat: Run) -> None:
    assert comments(nat)[:8] == [
        ("vm1.eth0", "Step 2:"), ("vm1.eth0", "Step 3:"), ("vm2.eth0", "Step 6:"), ("router.lan", "Step 2:"),
        ("router.lan", "Step 3:"), ("router.lan", "Step 6:"), ("router.wan", "Step 4:"), ("router.wan", "Step 5:"),
    ]  # fmt: skip


def test_where_that_hop_is_not_heard_the_packet_bears_it(nat: Run) -> None:
    assert ("vm2.eth0", "Step 5:") in comments(nat, "vm2.eth0")
    assert ("server.eth0", "Step 5:") in comments(nat, "server.eth0")


def test_only_steps_that_were_reached_are_told(nat: Run) -> None:
    assert {text for _, text in comments(nat, t=nat.steps[3].t)} == {"Step 2:", "Step 3:", "Step 4:"}


def test_a_step_is_told_in_the_language_chosen_with_the_values_of_its_moment() -> None:
    run = run_of(PING + "steps: [{when: ping.answered, say: {en: 'By {b.e.ip}.', fr: 'Par {b.e.ip}.'}}]")
    said = [text for each in recording(captured(run, "a.e", lang="fr")).packets for text in each.comments]
    assert said == ["Étape 1\N{NO-BREAK SPACE}: Par 10.0.0.2."]


def test_a_text_longer_than_an_option_ends_after_a_whole_letter() -> None:
    run = run_of(f"{PING}steps: [{{when: ping.answered, say: x{'é' * 40_000}}}]")
    (said,) = [text for each in recording(captured(run, "a.e")).packets for text in each.comments]
    assert 65_530 <= len(said.encode()) <= 65_535
    assert said.endswith("é")


# against scapy, which shares no line with us


def test_scapy_reads_times_interfaces_and_comments(nat: Run, tmp_path: Path) -> None:
    path = tmp_path / "nat.pcapng"
    path.write_bytes(captured(nat))
    with RawPcapNgReader(str(path)) as reader:
        read = [(meta.tshigh << 32 | meta.tslow, meta.tsresol, meta.ifname, meta.direction, meta.comments or [])
                for _, meta in reader]  # fmt: skip
    ours = [(each.t, 10**9, each.interface.encode(), each.flags & 3, [text.encode() for text in each.comments])
            for each in recording(captured(nat)).packets]  # fmt: skip
    assert read == ours


@pytest.fixture(scope="module", params=[*networks(), *map(invented, range(3))], ids=lambda text: text[:32])
def network(request: pytest.FixtureRequest) -> Run:
    return run_of(request.param)


def test_scapy_finds_in_each_frame_the_headers_that_were_simulated(network: Run) -> None:
    for packet, seen in zip(recording(captured(network)).packets, sightings(network), strict=True):
        assert headers(Ether(packet.data)) == simulated(seen.flight.packet)


def test_scapy_computes_the_same_sums(network: Run) -> None:
    for packet in recording(captured(network)).packets:
        frame = Ether(packet.data)
        for kind in (IP, TCP, UDP, ICMP):
            if kind in frame:
                del frame[kind].chksum
        assert bytes(Ether(bytes(frame))) == packet.data


def headers(frame: Any) -> dict[str, Any]:
    found: dict[str, Any] = {"ethernet": {"eth_src": frame.src, "eth_dst": frame.dst}}
    if ARP in frame:
        arp = frame[ARP]
        found["arp"] = {"op": {1: "request", 2: "reply"}[arp.op], "sender_mac": arp.hwsrc, "sender_ip": arp.psrc,
                        "target_mac": arp.hwdst, "target_ip": arp.pdst}  # fmt: skip
    if IP in frame:
        ip = frame[IP]
        found["ipv4"] = {"src": ip.src, "dst": ip.dst, "ttl": ip.ttl, "proto": PROTOCOLS[ip.proto]}
    if TCP in frame:
        found["tcp"] = {"sport": frame[TCP].sport, "dport": frame[TCP].dport, "flags": set(str(frame[TCP].flags)),
                        "seq": frame[TCP].seq, "ack": frame[TCP].ack, "data": bytes(frame[TCP].payload)}  # fmt: skip
    if UDP in frame:
        found["udp"] = {"sport": frame[UDP].sport, "dport": frame[UDP].dport, "len": frame[UDP].len - 8}
    if ICMP in frame:
        found["icmp"] = {"icmp_type": frame[ICMP].type, "icmp_code": frame[ICMP].code}
    if DHCP in frame:
        options = dict(option[:2] for option in frame[DHCP].options if isinstance(option, tuple))
        found["dhcp"] = {"message": options["message-type"], "xid": frame[BOOTP].xid, "yiaddr": frame[BOOTP].yiaddr,
                         "server_id": options.get("server_id"), "lease_s": options.get("lease_time")}  # fmt: skip
    if UDP in frame and DNS in frame:
        dns = frame[DNS]
        found["dns"] = {"name": dns.qd[0].qname.decode().rstrip("."), "response": dns.qr, "rcode": dns.rcode,
                        "answers": [(record.rdata, record.ttl) for record in dns.an or ()]}  # fmt: skip
    return found


def simulated(packet: Packet) -> dict[str, Any]:
    """The same fields, of what was simulated."""
    found = packet.headers()
    layers: dict[str, Any] = {layer.protocol: layer for layer in packet.layers}
    if "tcp" in layers:
        tcp, turn = layers["tcp"], 1 << 32
        data = b"".join(layer.content() for layer in packet.layers if isinstance(layer, Message))
        found["tcp"] = {"sport": tcp.sport, "dport": tcp.dport, "flags": set(tcp.flags), "data": data,
                        "seq": (tcp.isn + tcp.seq) % turn,
                        "ack": (tcp.peer_isn + tcp.ack) % turn if "A" in tcp.flags else 0}  # fmt: skip
    if "icmp" in layers:
        found["icmp"] = {key: found["icmp"][key] for key in ("icmp_type", "icmp_code")}
    if "dhcp" in layers:
        dhcp = layers["dhcp"]
        numbers = {"DISCOVER": 1, "OFFER": 2, "REQUEST": 3, "DECLINE": 4, "ACK": 5, "NAK": 6, "RELEASE": 7}
        found["dhcp"] = {"message": numbers[dhcp.message], "xid": dhcp.xid, "yiaddr": dhcp.yiaddr,
                         "server_id": dhcp.server_id, "lease_s": dhcp.lease_s}  # fmt: skip
    if "dns" in layers:
        dns = layers["dns"]
        found["dns"] = {"name": dns.name, "response": dns.response, "rcode": RCODES[dns.rcode],
                        "answers": [(address, dns.ttl) for address in dns.answers]}  # fmt: skip
    return {name: fields for name, fields in found.items() if name in ("ethernet", "arp", "ipv4", *READ)}


# files


def test_an_existing_capture_is_kept_unless_forced(nat: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.pcapng"
    path.write_text("mine")
    past = Past(nat, nat.timeline.end, Words("en"))
    with pytest.raises(ExportError) as error:
        export_run(past, path)
    assert (error.value.key, error.value.status, path.read_text()) == ("export.exists", 3, "mine")
    assert export_run(past, path, force=True) == (path,)
    assert path.read_bytes() == captured(nat)


@pytest.mark.parametrize(("name", "key", "status"), [
    ("nowhere/a.pcapng", "export.failed", 3), ("a\0.pcapng", "export.no-name", 2), ("a.png", "export.no-run", 2),
])  # fmt: skip
def test_what_cannot_be_written_is_told(nat: Run, tmp_path: Path, name: str, key: str, status: int) -> None:
    with pytest.raises(ExportError) as error:
        export_run(Past(nat, nat.timeline.end, Words("en")), tmp_path / name)
    assert (error.value.key, error.value.status) == (key, status)
    assert not list(tmp_path.iterdir())
    for lang in ("fr", "en"):
        said = Words(lang)(error.value.key, **error.value.values)
        assert not {"\0", "\n"} & set(said)
        assert "{" not in said
