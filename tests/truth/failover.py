"""The recordings of keepalived as scenes, from their own topology, and how far our runs agree with them.

What was recorded besides frames: who sent or changed what (`timeline`), who answered each ping, who had the address.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, cached_property
from typing import Any

from tests.truth.agreement import Agreement
from tests.truth.recording import HERE, Frame
from vizapp.devices import VOCABULARY
from vizapp.devices.net.keepalived import STARTING
from vizapp.devices.net.terms import Terms
from vizapp.scene.model import Scene
from vizapp.scene.reader import read
from vizapp.sim.simulate import simulate
from vizapp.sim.timeline import Timeline

MS = 1_000_000
CASES = ("E_vrrp_crash_preempt", "E_vrrp_graceful_nopreempt", "E_vrrp_split_brain", "E_vrrp_sigkill_link_up",
         "E_vrrp_state_master", "E_vrrp_crash_repeats")  # fmt: skip
SPREAD = 45.0  # ms: adverts drift by up to 0.3 ms a second, and the machine was busy at the start
BURST = 25.0  # ms within which the events of one machine belong together: the monitor of addresses lags behind
PINGS = 220.0  # ms: two pings, whose phase is not that of the recording
VRRP, ARP, IGMP = "vrrp", "arp", "igmp"
ACTS = (
    (r"(\w+) .*starts to ping (\S+) every 100 ms", "watch {0} {1} interval=100ms"),
    (r"(\w+) \(.*\) starts to ping too", "watch {0} {vip} interval=100ms"),
    (r"start keepalived on (\w+)", "start {0} keepalived"),
    (r"SIGKILL keepalived .*on (\w+)", "kill {0} keepalived"),
    (r"SIGTERM .*keepalived on (\w+)", "stop {0} keepalived"),
    (r"link down on (\w+) .*", "cut {0}.eth0"),
    (r"link up on (\w+) .*", "mend {0}.eth0"),
    (r"cable between the switches cut .*", "cut sw1--sw2"),
    (r"cable repaired .*", "mend sw1--sw2"),
    (r"client's ARP cache is flushed", "flush client arp"),
)
"""What was done, in the recording's words and in those of a scene. A reboot only took the address away, which
keepalived does itself when it starts."""
RULES = tuple(
    (" ".join(said.split()), quote)
    for said, quote in (
        (f"""`t_ms` and the timeline: compared to within {SPREAD:.0f} ms; what a machine does within {BURST:.0f} ms is
         compared as one burst, because the monitor of addresses lags behind""", "all times by a few milliseconds"),
        (f"`t_ms` of the client's ARP and of its pings: compared to within {PINGS:.0f} ms, two pings",
         "phase of the client's pings"),
        ("`t_ms` of IGMP reports: not compared; Linux draws their delays, of up to 1 s (RFC 3376 § 5.1)",
         "t_ms (only order and rough spacing matter)"),
        ("""Order only within the frames of one sender and kind; unicast ARP re-checks, and the states of entries that
         they change, are left out: 5 s after a use whose moment follows from the phase of the pings""",
         "phase of the client's pings"),
    )
)
"""What is not compared to the letter, and the recordings' own words for it."""

ELSEWHERE = (("lb1", "north"), ("lb2", "south"), ("10.0.0.", "172.20.9."), ("02:00:00:50:00", "0a:00:27:b1:5e"),
             ('"virtual_router_id": 51', '"virtual_router_id": 7'), ('"vrid": 51', '"vrid": 7'))  # fmt: skip
"""What is written otherwise, where a recording is played with other names, addresses and numbers."""


class Failover:
    """One recording and our run of it. Times in ms since the recording began."""

    def __init__(self, case: str, elsewhere: bool = False) -> None:
        self.case = case
        text = (HERE / f"{case}.json").read_text(encoding="utf-8")
        for here, there in ELSEWHERE if elsewhere else ():
            text = text.replace(here, there)
        self.found: dict[str, Any] = json.loads(text)
        self.settings = self.found["topology"]["settings"]
        self.vip = self.settings["vip"]
        self.ip = self.vip.partition("/")[0]

    @property
    def machines(self) -> list[str]:
        return list(self.settings["priorities"])

    def terms(self, machine: str) -> Terms:
        """What the recording's machine was told, as our keepalived takes it."""
        fields = self.scene.things[machine].fields["keepalived"]
        assert isinstance(fields, dict)
        return Terms.of(fields)

    # our run

    @cached_property
    def scene(self) -> Scene:
        reading = read(json.dumps(self._written()), VOCABULARY, file=self.case)
        assert reading.scene is not None, reading.problems
        return reading.scene

    @cached_property
    def timeline(self) -> Timeline:
        return simulate(self.scene, VOCABULARY.kinds, seed=1)

    @property
    def end(self) -> float:
        """When the recording ends."""
        runs = self.found["client_ping"]["runs"]
        return float(max([runs[-1]["last_t_ms"], *(row[0] for row in self.found.get("timeline", ()))])) + 5

    def _written(self) -> dict[str, Any]:
        nodes = {node["name"]: node for node in self.found["topology"]["nodes"]}
        bridges = [i for i in nodes["sw"]["interfaces"] if i.get("bridge")]
        stage: dict[str, Any] = {name: {"kind": "switch"} for name in ("sw1", "sw2")}
        links = ["sw1 -- sw2"]
        for name, node in nodes.items():
            if name != "sw":
                (eth0,) = node["interfaces"]
                port = next(i for i in bridges if i["attached_to"] == f"{name}/eth0")
                card = {"eth0": {"mac": eth0["mac"], "ip": eth0["ip"]}}
                stage[name] = {"kind": "machine", "card": "veth", "ports": card} | self._daemon(name)
                links.append(f"{name} -- {port['bridge']}")
        cables = [{"between": link, "delay": "10us"} for link in links]
        return {"id": "recording", "title": "recording", "until": f"{self.end}ms", "stage": stage, "links": cables,
                "script": list(self._script())}  # fmt: skip

    def _daemon(self, name: str) -> dict[str, Any]:
        if name not in self.machines:
            return {}
        said = self.settings
        return {"keepalived": {
            "address": said["vip"], "priority": said["priorities"][name], "router-id": said["virtual_router_id"],
            "interval": f"{said['advert_int_s']}s", "version": said["vrrp_version"], "preempt": not said["nopreempt"],
            "state": said["initial_state"][name].lower(), "off": True,
        }}  # fmt: skip

    def _script(self) -> Iterator[str]:
        """A start is put so early that keepalived is ready when the recording's own log says so."""
        ready = [row for row in self.found.get("keepalived_log", ()) if row[2].endswith("(init)")]
        for step in self.found["steps"]:
            for form, act in ACTS:
                if said := re.fullmatch(form, step["do"]):
                    t = step["t_ms"]
                    if act.startswith("start"):
                        log = next((row for row in ready if row[1] == said.group(1) and row[0] >= t), None)
                        t = log[0] - STARTING / MS if log else t
                    yield f"{act.format(*said.groups(), vip=self.ip)} @ {t:.3f}ms"

    def holds(self, ms: float) -> list[str]:
        """Which machines have the address then."""
        frame = self.timeline.at(round(ms * MS))
        return [name for name in self.machines if frame.value(name, "vip")]


@cache
def played(case: str, elsewhere: bool = False) -> Failover:
    return Failover(case, elsewhere)


@cache
def agreements(case: str, elsewhere: bool = False) -> list[Agreement]:
    """Every comparison of a case. elsewhere: with other names and addresses throughout."""
    run = played(case, elsewhere)
    return [*_frames(run), *_timeline(run), _formula(run), *_answers(run), *_owners(run), *_tables(run)]


# frames


def _frames(run: Failover) -> Iterator[Agreement]:
    """The client's frames, sender by sender and protocol by protocol."""
    for place, recorded in run.found.get("captures", {}).items():
        found = Agreement(place.partition(" ")[0], "frames", len(recorded))
        ours = _first_adverts(list(_seen(run, "client")))
        rows = [frame for frame in recorded if not _recheck(frame)]
        found.excluded += len(recorded) - len(rows)
        kept = [frame for frame in ours if not _recheck(frame)]
        for talk in dict.fromkeys(_talk(frame) for frame in (*rows, *kept)):
            theirs, mine = ([f for f in every if _talk(f) == talk] for every in (rows, kept))
            if len(theirs) != len(mine):
                found.differences.append(f"{talk}: {len(theirs)} recorded, {len(mine)} simulated")
            for one, other in zip(theirs, mine, strict=False):
                _pair(found, one, other)
        yield found


def _pair(found: Agreement, theirs: Frame, mine: Frame) -> None:
    for key, value in theirs.items():
        if key == "t_ms" and theirs.get("proto") == IGMP:
            found.excluded += 1
            continue
        found.fields += 1
        other = mine.get(key)
        late = key == "t_ms" and abs(value - float(other or 0)) <= (PINGS if theirs["type"] == ARP else SPREAD)
        if not late and value != (list(other) if isinstance(other, tuple) else other):
            found.differences.append(f"{key} of {theirs}: {other!r} simulated")


def _talk(frame: Frame) -> tuple[Any, ...]:
    gratuitous = frame["type"] == ARP and frame["sender_ip"] == frame["target_ip"]
    return frame["eth_src"], frame.get("proto", ARP), gratuitous, frame.get("op"), frame.get("priority")


def _recheck(frame: Frame) -> bool:
    """A question to one machine alone, about an entry that is known, and its answer."""
    if frame["type"] != ARP:
        return False
    asked = frame["op"] == "request" and frame["eth_dst"] != "ff:ff:ff:ff:ff:ff"
    return bool(asked or (frame["op"] == "reply" and frame["dir"] == "in"))


def _first_adverts(frames: list[Frame]) -> list[Frame]:
    """As the recordings keep them: the first three of each sender and priority."""
    seen: Counter[tuple[Any, ...]] = Counter()
    kept = []
    for frame in frames:
        if frame.get("proto") == VRRP:
            key = (frame["src"], frame["priority"])
            seen[key] += 1
            if seen[key] > 3:
                continue
        kept.append(frame)
    return kept


def _seen(run: Failover, machine: str) -> Iterator[Frame]:
    """What passes the card of a machine, pings left out, as the recordings write it."""
    port = f"{machine}.eth0"
    mac = next(p.mac for p in run.scene.things[machine].ports)
    for flight in sorted(run.timeline.flights, key=lambda f: f.departs if f.src == port else f.arrives):
        if port not in (flight.src, flight.dst) or flight.packet.has("icmp"):
            continue
        headers = flight.packet.headers()
        out = flight.src == port
        frame: Frame = {"t_ms": (flight.departs if out else flight.arrives) / MS, "dir": "out" if out else "in"}
        if not out:
            dst = headers["ethernet"]["eth_dst"]
            group = "broadcast" if dst == "ff:ff:ff:ff:ff:ff" else "multicast" if int(dst[1], 16) & 1 else "host"
            frame["class"] = group if dst != mac else "host"
        frame["type"] = flight.packet.layers[1].protocol
        for fields in headers.values():
            frame |= fields
        yield frame


# what each machine sent and changed


def _timeline(run: Failover) -> Iterator[Agreement]:
    recorded = [(t, node, what) for t, node, what in run.found.get("timeline", ()) if not what.startswith("action")]
    if not recorded:
        return
    found = Agreement("lb1, lb2", "timeline", len(recorded))
    theirs, ours = _bursts(recorded), _bursts(list(_done(run)))
    for one, other in zip(theirs, ours, strict=False):
        found.fields += 3
        if one[1:] != other[1:] or abs(one[0] - other[0]) > SPREAD:
            found.differences.append(f"{one} recorded, {other} simulated")
    if len(theirs) != len(ours):
        found.differences.append(f"{len(theirs)} bursts recorded, {len(ours)} simulated")
    yield found


def _done(run: Failover) -> Iterator[tuple[float, str, str]]:
    ports = {f"{name}.eth0": name for name in run.machines}
    for flight in run.timeline.flights:
        if flight.src in ports and flight.packet.has(VRRP):
            priority = flight.packet.headers()[VRRP]["priority"]
            yield flight.departs / MS, ports[flight.src], f"advert priority {priority}"
        elif flight.src in ports and flight.packet.name == "gratuitous ARP":
            yield flight.departs / MS, ports[flight.src], "gratuitous arp (request)"
    for event in run.timeline.events:
        if event.name in ("address.added", "address.removed"):
            yield event.t / MS, event.device, {"address.added": "vip_add"}.get(event.name, "vip_del")


def _bursts(rows: list[tuple[float, str, str]]) -> list[tuple[float, str, Counter[str]]]:
    """What a machine did within a moment, each thing so many times."""
    found: list[tuple[float, str, Counter[str]]] = []
    for t, node, what in sorted(rows):
        last = next((burst for burst in reversed(found) if burst[1] == node), None)
        if last is not None and t - last[0] <= BURST:
            last[2][what] += 1
        else:
            found.append((t, node, Counter([what])))
    return found


def _formula(run: Failover) -> Agreement:
    """Skew and longest silence of each machine, to the tenth of a millisecond."""
    found = Agreement("lb1, lb2", "formula", len(run.found["formula"]))
    for machine, said in run.found["formula"].items():
        terms = run.terms(machine)
        for name, ns in (("skew_s", terms.skew(terms.priority, terms.interval)),
                         ("master_down_s", terms.down(terms.priority, terms.interval))):  # fmt: skip
            found.fields += 1
            if abs(said[name] - ns / 1e9) > 0.00005:
                found.differences.append(f"{machine} {name}: {said[name]} recorded, {ns} ns computed")
    return found


# who answers, who has the address


def _answers(run: Failover) -> Iterator[Agreement]:
    yield _runs(run, "client", run.found["client_ping"]["runs"])
    if "client2_answers" in run.found:
        yield _runs(run, "client2", run.found["client2_answers"])


def _runs(run: Failover, machine: str, recorded: list[dict[str, Any]]) -> Agreement:
    found = Agreement(machine, "result of the pings", len(recorded))
    ours = _answered(run, machine, any(each["answered_by"] == "nobody" for each in recorded))
    if [each["answered_by"] for each in recorded] != [by for by, _ in ours]:
        found.differences.append(f"{recorded} recorded, {ours} simulated")
    for each, (_, first) in zip(recorded, ours, strict=False):
        found.fields += 2
        if abs(each["first_t_ms"] - first) > PINGS:
            found.differences.append(f"{each} recorded, since {first} simulated")
    return found


def _answered(run: Failover, machine: str, nobody: bool) -> list[tuple[str, float]]:
    """Who answers one ping after another, and since which sending (ms). nobody: silence is told too."""
    answers = run.timeline.answers[machine]
    rows: list[tuple[str, float]] = []
    columns = zip(answers.times, answers.lasts, answers.by, strict=True)
    for moment, by in sorted((t - lasts, answers.servers[by]) for t, lasts, by in columns):
        who = by or "nobody"
        told = by or (rows and nobody)
        if told and (not rows or rows[-1][0] != who):
            rows.append((who, moment / MS))
    return rows


def _owners(run: Failover) -> Iterator[Agreement]:
    rebooted = next((s["t_ms"] for s in run.found["steps"] if "reboots" in s["do"]), run.end)
    cut = next((s["t_ms"] for s in run.found["steps"] if "between the switches cut" in s["do"]), 0.0)
    mended = next((s["t_ms"] for s in run.found["steps"] if "repaired" in s["do"]), 0.0)
    moments = {"owners_after_crash": rebooted - 100, "owners_at_end": run.end - 5,
               "owners_before": cut - 100, "owners_during": mended - 100, "owners_after": run.end - 5}  # fmt: skip
    for name, ms in moments.items():
        if name in run.found:
            found = Agreement("lb1, lb2", f"result {name}", 1, 1)
            if run.holds(ms) != run.found[name]:
                found.differences.append(f"{run.found[name]} recorded, {run.holds(ms)} simulated")
            yield found


def _tables(run: Failover) -> Iterator[Agreement]:
    flushed = next((s["t_ms"] for s in run.found["steps"] if "flushed" in s["do"]), 0.0)
    moments = {"arp_client_before_flush": flushed - 1, "arp_client_after_flush": flushed + 1300}
    for name, rows in run.found["tables"].items():
        found = Agreement("client", "arp", len(rows))
        ours = {row["ip"]: row for row in run.timeline.at(round(moments[name] * MS)).value("client", "arp")}
        for row in rows:
            found.fields, found.excluded = found.fields + 2, found.excluded + 1
            mine = ours.get(row["ip"])
            if mine is None or (mine["mac"], mine["port"]) != (row["mac"], row["dev"]):
                found.differences.append(f"{row} recorded, {mine} simulated")
        yield found
