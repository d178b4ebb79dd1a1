"""The tables that the recordings keep besides frames, and what a run says at the same moments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.truth.rebuilt import Rebuilt
from tests.truth.recording import Frame
from vizapp.protocols import wire
from vizapp.sim.timeline import Flight

Row = dict[str, Any]


@dataclass
class Table:
    """Rows of a table at a moment, as recorded and as simulated."""

    place: str
    name: str
    rows: list[Row]
    simulated: list[Row]


def recorded(run: Rebuilt) -> Iterator[Table]:
    """Every table of a recording whose moment is known."""
    found = run.recording.found
    for name, value in found["tables"].items():
        yield from _named(run, name, value)
    for node, lines in found["topology"]["routes"].items():
        yield _routes(run, node, lines, run.recording.end + 50)
    for name, shown in found.get("tcpdump", {}).items():
        yield _lines(run, f"tcpdump {name}", name, shown["lines"])
    for name, shown in found.get("guest", {}).get("results", {}).items():
        yield _lines(run, f"tcpdump {name}", name, shown["frames_shown_by_tcpdump"])
        yield _taken_in(run, name, shown["rx_packets_increase"])
    for name, hops in found.get("path", {}).items():
        yield _path(run, name, hops)
    for name, phases in found.get("delivered_by_bridge", {}).items():
        yield _phases(run, f"delivered {name}", name, [phase["frames"] for phase in phases], "out")


def _named(run: Rebuilt, name: str, value: Any) -> Iterator[Table]:
    moment = run.play.moments.get(name)
    assert moment is not None, f"nobody says when {name} was read"
    if name.startswith("conntrack"):
        yield _conntrack(run, name, value, moment)
    elif name.startswith("phases"):
        yield _phases(run, name, name, [phase["bystander_received"] for phase in value], "in")
    elif name.startswith("promiscuity"):
        yield _promiscuity(run, name, value, moment)
    elif name == "fdb":
        yield _fdb(run, name, _bridge(run), value, moment)
    elif name == "addresses":
        yield from (_address(run, node, ip, moment) for node, ip in value.items())
    elif name == "routes_after":
        yield from (_routes(run, node, lines, moment) for node, lines in value.items())
    elif name == "arp":
        yield from (_arp(run, name, node, rows, moment) for node, rows in value.items())
    else:
        yield from (_fdb(run, f"{name} fdb", place, rows, moment) for place, rows in value.get("fdb", {}).items())
        yield from (_arp(run, f"{name} arp", node, rows, moment) for node, rows in value.get("arp", {}).items())


# what devices remember


def _arp(run: Rebuilt, name: str, node: str, rows: list[Row], moment: float) -> Table:
    """Entries without a MAC were not recorded."""
    ours = [row for row in run.value(node, "arp", moment) or () if row["mac"] != "–"]
    simulated = [{"ip": r["ip"], "mac": r["mac"], "dev": r["port"], "state": r["state"]} for r in ours]
    return Table(node, name, rows, simulated)


def _fdb(run: Rebuilt, name: str, place: str, rows: list[Row], moment: float) -> Table:
    node = place.partition("/")[0]
    ours = run.value(node, "fdb", moment) or ()
    return Table(place, name, rows, [{"mac": r["mac"], "port": _member(run, node, r["port"])} for r in ours])


def _member(run: Rebuilt, node: str, port: str) -> str:
    """A cable of a bridge with an address is named by its other end; the recordings name the bridge's own port."""
    for interface in next(n for n in run.recording.nodes if n["name"] == node)["interfaces"]:
        there = interface["attached_to"]
        if there and port in (there.replace("/", "."), run.port(there)):
            return str(interface["name"])
    return port


def _bridge(run: Rebuilt) -> str:
    """The only bridge of the B recordings."""
    node = next(n for n in run.recording.nodes if n["kind"] == "host")
    return f"{node['name']}/{node['interfaces'][0]['name']}"


def _conntrack(run: Rebuilt, name: str, rows: list[Row], moment: float) -> Table:
    """The recordings list one protocol at a time (`conntrack -L -p tcp`)."""
    node = next(t.id for t in run.scene.things.values() if t.fields.get("masquerade") or t.kind == "host")
    protocols = {row["proto"] for row in rows}
    ours = [_entry(row) for row in run.value(node, "nat", moment) or () if row["proto"] in protocols]
    return Table(node, name, rows, ours)


def _entry(row: Mapping[str, Any]) -> Row:
    """A row of the NAT table in the words of `conntrack -L`."""
    (inside, iport), (outside, oport) = (_socket(row[key]) for key in ("inside", "outside"))
    peer, pport = _socket(row["peer"])
    if row["proto"] == "icmp":
        return {"proto": "icmp", "state": None, "orig": {"src": inside, "dst": peer, "type": 8, "code": 0, "id": iport},
                "reply": {"src": peer, "dst": outside, "type": 0, "code": 0, "id": oport}}  # fmt: skip
    if row["kind"] == "forward":
        orig, reply = (peer, pport, outside, oport), (inside, iport, peer, pport)
    else:
        orig, reply = (inside, iport, peer, pport), (peer, pport, outside, oport)
    named = [dict(zip(("src", "sport", "dst", "dport"), ends, strict=True)) for ends in (orig, reply)]
    flag = {"flag": "ASSURED"} if row["assured"] else {}
    return {"proto": row["proto"], "state": row["state"], "orig": named[0], "reply": named[1], **flag}


def replaced(run: Rebuilt) -> tuple[set[int], set[int]]:
    """Ports and ids that the router replaced because they were taken: those recorded, and those simulated."""
    tables = [v for name, v in run.recording.found["tables"].items() if name.startswith("conntrack")]
    pairs = [(row["orig"], row["reply"]) for rows in tables for row in rows]
    theirs = {reply["dport"] for orig, reply in pairs if "sport" in orig and reply["dport"] != orig["sport"]}
    theirs |= {reply["id"] for orig, reply in pairs if "id" in orig and reply["id"] != orig["id"]}
    new = (event.details for event in run.timeline.events if event.name == "nat.new")
    return theirs, {_socket(details["outside"])[1] for details in new if not details["port_kept"]}


def _socket(text: str) -> tuple[str, int]:
    address, _, port = text.partition(":")
    return address, int(port or 0)


def _address(run: Rebuilt, node: str, ip: str, moment: float) -> Table:
    return Table(node, "address", [{"name": "ip", "value": ip}],
                 [{"name": "ip", "value": run.value(node, "address", moment)}])  # fmt: skip


def _routes(run: Rebuilt, node: str, lines: list[str], moment: float) -> Table:
    """`default via 192.168.122.1 dev eth0`, `192.168.122.0/24 dev eth0 …`."""
    rows = []
    for line in lines:
        words = line.split()
        named = dict(zip(words[1::2], words[2::2], strict=False))
        rows.append({"to": words[0], "via": named.get("via", "–"), "port": named["dev"]})
    return Table(node, "routes", rows, list(run.value(node, "routes", moment) or ()))


NAMES = {8: "request", 0: "reply", 5: "redirect"}


def _path(run: Rebuilt, name: str, hops: list[str]) -> Table:
    """Where the ICMP packets of a step were seen, in order of time."""
    start = run.play.asked[f"result_{name}"][1]
    stop = min((t for _, t in run.play.asked.values() if t > start), default=run.recording.end + 50)
    seen = sorted(
        (
            frame["t_ms"],
            f"{place} {frame['dir']} {NAMES[frame['icmp_type']]} {frame['src']}>{frame['dst']} ttl {frame['ttl']}",
        )
        for place in run.recording.captures
        for frame in run.captures(place)
        if "icmp_type" in frame and start <= frame["t_ms"] < stop
    )
    return Table("path", f"of {name}", _numbered(hops), _numbered([hop for _, hop in seen]))


# what a bystander receives and displays


def _bystander(run: Rebuilt) -> str:
    return run.recording.naming.nodes.get("vm3", "vm3")


def _window(run: Rebuilt, moment: float) -> tuple[float, float]:
    """From that step to the next series of four phases."""
    later = [step["t_ms"] for step in run.recording.found["steps"] if step["t_ms"] > moment][3:]
    return moment, later[0] - 100 if later else run.recording.end + 50


def _lines(run: Rebuilt, title: str, name: str, lines: list[str]) -> Table:
    """What tcpdump prints, line by line."""
    start, stop = _window(run, run.play.moments[name])
    shown = [e for e in run.events(_bystander(run), start, stop) if e.name == "nic.captured"]
    printed = [_line(run.timeline.by_id(event.cause)) for event in shown]
    return Table(_bystander(run), title, *(_numbered(each) for each in (lines, printed)))


def _numbered(lines: list[str]) -> list[Row]:
    return [{"number": number, "line": line} for number, line in enumerate(lines)]


def _line(flight: Any) -> str:
    """As `tcpdump -n -e` prints an echo."""
    assert isinstance(flight, Flight)
    layers = flight.packet.headers()
    ethernet, ip, icmp = layers["ethernet"], layers["ipv4"], layers["icmp"]
    length = len(wire.pack(flight.packet.layers))  # type: ignore[arg-type]
    said = "request" if icmp["icmp_type"] == 8 else "reply"
    return (
        f"{ethernet['eth_src']} > {ethernet['eth_dst']}, ethertype IPv4 (0x0800), length {length}: {ip['src']} > "
        f"{ip['dst']}: ICMP echo {said}, id {icmp['id']}, seq {icmp['seq']}, length {length - 34}"
    )


def _taken_in(run: Rebuilt, name: str, count: int) -> Table:
    """How many frames the card handed to the system."""
    start, stop = _window(run, run.play.moments[name])
    taken = [
        flight
        for flight in run.timeline.flights
        if flight.dst.startswith(f"{_bystander(run)}.")
        and run.at(start) <= flight.departs < run.at(stop)
        and flight.reason != "not-my-mac"
    ]
    return Table(_bystander(run), f"taken in {name}", [{"name": "frames", "value": count}],
                 [{"name": "frames", "value": len(taken)}])  # fmt: skip


def _phases(run: Rebuilt, title: str, name: str, phases: list[list[str]], direction: str) -> Table:
    """What reached the bystander in each phase: seen where it comes in, or where the bridge sends it out."""
    steps = [step["t_ms"] for step in run.recording.found["steps"]]
    first = steps.index(run.play.moments[name])
    card = next(i for n in run.recording.nodes if n["name"] == _bystander(run) for i in n["interfaces"])
    frames = run.captures(f"{_bystander(run)}/{card['name']}" if direction == "in" else card["attached_to"])
    ends = [*steps, run.recording.end + 50]
    simulated = [
        [_arrived(frame) for frame in frames if frame["dir"] == direction and start <= frame["t_ms"] < stop]
        for start, stop in zip(ends[first : first + 4], ends[first + 1 : first + 5], strict=True)
    ]
    both = ([{"number": n, "line": " ".join(lines)} for n, lines in enumerate(each)] for each in (phases, simulated))
    return Table(_bystander(run), title, *both)


def _arrived(frame: Frame) -> str:
    said = f"{frame['eth_src']}>{frame['eth_dst']} icmp{frame['icmp_type']}"
    return f"{frame['class']} {said}" if frame["dir"] == "in" else said


def _promiscuity(run: Rebuilt, name: str, value: Mapping[str, Any], moment: float) -> Table:
    """The counter of the kernel; its flag in `ip link` is not modelled."""
    mode = run.value(_bystander(run), "badge-promiscuous", moment)
    return Table(_bystander(run), name, [{"name": "promiscuous", "value": value["promiscuity"] > 0}],
                 [{"name": "promiscuous", "value": mode is not None}])  # fmt: skip
