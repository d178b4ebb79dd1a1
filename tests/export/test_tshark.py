"""tshark reads every capture and complains of nothing that a capture of real machines would not have."""

from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.export.invented import invented
from tests.export.reading import captured, experts, needs_tshark, networks, run_of, tshark
from vizapp.export import capture
from vizapp.run import Run

pytestmark = needs_tshark
RESET = "TCP: Connection reset (RST)"
# what tshark remarks, and what makes it so on real machines too
REAL = {
    RESET: "a call is refused or cut short",
    "TCP: This frame is a (suspected) retransmission": "an answer is late or lost",
    "TCP: This frame initiates the connection closing": "a FIN",
    "TCP: This frame undergoes the connection closing": "the other FIN",
    "TCP: A new tcp session is started with the same ports": "a caller that names its port calls again",
    'IPv4: "Time To Live" only': "a packet near the end of its way, as traceroute sends them",
    "DNS: DNS query retransmission": "a resolver asks again",
}
# and where several ports are in one file, each after the other: a segment passes the next one
AGAIN = ("TCP: TCP keep-alive segment", "TCP: This frame is a (suspected) spurious retransmission")


def unreal(found: dict[str, Counter[str]], *, several: bool, doubled: Iterable[str] = ()) -> list[str]:
    """What no capture of real machines would have. doubled: addresses that two cards have."""
    real = [*REAL, *(AGAIN if several else ())]
    real += [f"ARP/RARP: Duplicate IP address configured ({ip})" for ip in doubled]
    said = [each for severity in ("Warns", "Notes") for each in found.get(severity, ())]
    return [*found.get("Errors", ()), *(each for each in said if not any(each.startswith(known) for known in real))]


def heard(run: Run, tmp_path: Path, *ports: str) -> dict[str, Counter[str]]:
    path = tmp_path / f"{'+'.join(ports)}.pcapng"
    path.write_bytes(captured(run, *ports))
    return experts(path)


def heard_alone(run: Run, tmp_path: Path) -> list[tuple[str, dict[str, Counter[str]]]]:
    """What is said of ports alone: one end of each cable, and bridges that have several. A few tsharks run at once."""
    ends = Counter(end for link in run.scene.links for end in (link.a, link.b))
    first = {link.a for link in run.scene.links}
    ports = [port.id for port in capture.ports(run) if port.id in first or ends[port.id] > 1]
    with ThreadPoolExecutor(4) as pool:
        return list(zip(ports, pool.map(lambda port: heard(run, tmp_path, port), ports), strict=True))


@pytest.fixture(scope="module", params=networks(), ids=lambda path: Path(path).stem)
def shipped(request: pytest.FixtureRequest) -> Run:
    return run_of(request.param)


def test_nothing_is_wrong_with_a_shipped_scene_at_all_its_ports(shipped: Run, tmp_path: Path) -> None:
    every = {port.id for port in capture.ports(shipped)}
    assert unreal(heard(shipped, tmp_path), several=True, doubled=_doubled(shipped, every)) == []


def test_at_a_port_alone_every_reset_and_repetition_was_simulated(shipped: Run, tmp_path: Path) -> None:
    for port, found in heard_alone(shipped, tmp_path):
        assert unreal(found, several=False, doubled=_doubled(shipped, {port})) == [], port
        said = found.get("Notes", Counter()) + found.get("Warns", Counter())
        repeated = sum(n for each, n in said.items() if "retransmission" in each)
        assert (said[RESET], repeated) == _simulated(shipped, port), port


def _doubled(run: Run, ports: set[str]) -> list[str]:
    """Addresses that two cards have: on two networks (a NAT engine for each VM), or by mistake."""
    owners: dict[str, set[str]] = {}
    for each in capture.sightings(run.scene, run.timeline, ports, run.timeline.end):
        arp = each.flight.packet.headers().get("arp")
        if arp is not None:
            owners.setdefault(arp["sender_ip"], set()).add(arp["sender_mac"])
    return [ip for ip, macs in owners.items() if len(macs) > 1 and ip != "0.0.0.0"]


def _simulated(run: Run, port: str) -> tuple[int, int]:
    """How many resets pass a port, and how many segments and DNS questions pass it again."""
    resets, repeated, known = 0, 0, set()
    for each in capture.sightings(run.scene, run.timeline, {port}, run.timeline.end):
        layers = each.flight.packet.headers()
        tcp = layers.get("tcp", {"flags": ""})
        resets += "R" in tcp["flags"]
        if "S" in tcp["flags"] or "F" in tcp["flags"] or tcp.get("len"):
            isn = next(layer.isn for layer in each.flight.packet.layers if layer.protocol == "tcp")  # type: ignore[attr-defined]
            segment = (layers["ipv4"]["src"], layers["ipv4"]["dst"], tcp["sport"], tcp["dport"], isn, tcp["seq"])
            repeated += segment in known
            known.add(segment)
        if "dns" in layers and not layers["dns"].get("rcode"):
            question = (layers["ipv4"]["src"], layers["udp"]["sport"], str(each.flight.packet.layers[-1]))
            repeated += question in known
            known.add(question)
    return resets, repeated


@pytest.mark.parametrize("number", range(12))
def test_nothing_is_wrong_with_a_network_that_nobody_drew(number: int, tmp_path: Path) -> None:
    run = run_of(invented(number))
    for ports in ((), ("r",), *((name,) for name in run.scene.things if name.startswith("m0"))):
        assert unreal(heard(run, tmp_path, *ports), several=ports in ((), ("r",))) == [], ports


def test_tshark_sees_names_times_and_comments_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "nat.pcapng"
    path.write_bytes(captured(run_of("scenes/nat.yaml"), "router.wan", lang="fr"))
    fields = ("frame.interface_name", "frame.interface_description", "frame.time_epoch", "frame.comment")
    asked = [part for field in fields for part in ("-e", field)]
    rows = [row.split("\t") for row in tshark(path, "-T", "fields", *asked).splitlines()]
    assert {tuple(row[:2]) for row in rows} == {("router.wan", "Routeur virtuel, port wan, câble vers Carte physique")}
    told = [row[2:] for row in rows if row[3].startswith("Étape 4")]
    said = "Étape 4\N{NO-BREAK SPACE}: Le routeur met sa propre adresse, et garde le port 40001."
    assert told == [["3.000120000", said]]


def test_tshark_dissects_each_protocol(tmp_path: Path) -> None:
    path = tmp_path / "nat.pcapng"
    path.write_bytes(captured(run_of("scenes/nat.yaml")))
    named = Counter(tshark(path, "-T", "fields", "-e", "_ws.col.Protocol").split())
    assert set(named) == {"ARP", "DHCP", "TCP", "HTTP", "ICMP"}
