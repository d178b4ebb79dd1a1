"""Our frames agree with those recorded behind a real Linux NAT router, interface by interface."""

from collections.abc import Sequence
from typing import Any

import pytest

from tests.truth.recording import Frame, act, build, captures, compared, differences, exclusions, load, play
from vizapp.scene.model import Act, Scene
from vizapp.sim.timeline import Timeline

Rename = Sequence[tuple[str, str]]
# the recording as it is, and the same with other machines and addresses
AS_RECORDED: Rename = ()
ELSEWHERE: Rename = (
    (r"\b192\.168\.122\.", "10.7.3."), (r"\b192\.168\.1\.", "172.20.5."), (r"52:54:00:00:30:", "52:54:00:be:ef:"),
    (r"02:00:00:30:00:", "0a:11:22:33:44:"), (r"\bvm1\b", "alpha"), (r"\bvm2\b", "beta"), (r"\bsrv\b", "archive"),
    (r"\blan1\b", "desk"), (r"\bnat\b", "edge"), (r"\blansw\b", "floor"), (r"\bgw\b", "exit"), (r"\bnatbr0\b", "inner"),
    (r"\b40000\b", "51234"), (r"\b43804\b", "1999"), (r"\b2222\b", "8022"), (r"\b4301\b", "77"),
    (r"\b58588\b", "60001"),
)  # fmt: skip


@pytest.fixture(params=[AS_RECORDED, ELSEWHERE], ids=["as-recorded", "elsewhere"])
def rename(request: pytest.FixtureRequest) -> Rename:
    found: Rename = request.param
    return found


def names(rename: Rename) -> dict[str, str]:
    """What the machines are called in this variant."""
    wanted = {"vm1", "vm2", "srv", "lan1", "nat", "gw"}
    changed = {pattern.strip("\\b"): new for pattern, new in rename}
    return {name: changed.get(name, name) for name in wanted}


def agree(recording: dict[str, Any], scene: Scene, timeline: Timeline, since: float = 0) -> None:
    ours = captures(scene, timeline, since)
    for name, frames in recording["captures"].items():
        assert differences(compared(recording["case"], frames), ours[name]) == [], name


def dhcp(recording: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The server of the recording, from its dnsmasq line."""
    line = next(o for o in recording["topology"]["settings"]["dnsmasq"] if o.startswith("--dhcp-range="))
    first, last, _, lease = line.partition("=")[2].split(",")
    return {"dhcp": {"range": f"{first}-{last}", "lease": lease, **more}}


def test_dora_with_and_without_the_broadcast_flag_renewal_and_release(rename: Rename) -> None:
    recording = load("C_nat_dhcp", rename)
    name = names(rename)
    vm1, vm2, nat = name["vm1"], name["vm2"], name["nat"]
    scene = build(recording, fields={nat: dhcp(recording), vm2: {"broadcast-flag": True}}, bare=(vm1, vm2))
    steps = [act(f"dhcp {vm1}", 60), act(f"dhcp {vm2}", 548), act(f"dhcp {vm1}", 1016.7), act(f"release {vm1}", 2017.9),
             act(f"dhcp {vm1}", 2656)]  # fmt: skip
    agree(recording, scene, play(scene, steps))


def test_the_duplicate_check_comes_before_the_offer(rename: Rename) -> None:
    recording = load("C_dhcp_pingcheck", rename)
    name = names(rename)
    vm1, nat = name["vm1"], name["nat"]
    fields = {nat: dhcp(recording, **{"ping-check": True}), vm1: {"dhcp-retry": "2016ms"}}
    scene = build(recording, fields=fields, bare=(vm1,))
    agree(recording, scene, play(scene, [act(f"dhcp {vm1}", 31)]))


def test_ping_tcp_and_ttl_1_through_masquerade(rename: Rename) -> None:
    recording = load("C_nat_flows", rename)
    name = names(rename)
    vm1, srv = name["vm1"], name["srv"]
    scene = build(recording, fields={srv: {"body": "hello from srv"}})
    ident = recording["tables"]["conntrack_after_1"][0]["orig"]["id"]
    port = recording["tables"]["conntrack_after_2"][0]["orig"]["sport"]
    steps = [
        act(f"ping {vm1} {srv}", 4, count=2, interval=204_000_000, id=ident), act(f"http {vm1} {srv}", 224, port=port),
        act(f"ping {vm1} {srv}", 324, ttl=1, id=4351),
    ]  # fmt: skip
    timeline = play(scene, steps)
    agree(recording, scene, timeline)
    nat = timeline.at(10**9).value(name["nat"], "nat")
    address = recording["topology"]["settings"]["addresses"][vm1]
    outside = recording["topology"]["settings"]["router_outside"]
    assert {"proto": "tcp", "inside": f"{address}:{port}", "outside": f"{outside}:{port}",
            "peer": f"{recording['topology']['settings']['server']}:80"} in nat  # fmt: skip


def talk(frame: Frame) -> tuple[Any, ...]:
    """Which conversation a frame belongs to, among simultaneous ones."""
    ports = sorted(str(frame.get(key)) for key in ("sport", "dport", "id"))
    return (frame["type"], *sorted((frame["eth_src"], frame["eth_dst"])), *ports)


def masked(frames: Sequence[Frame], random: set[int]) -> list[Frame]:
    """Frames whose replaced port or id is called by what it is."""
    keys = ("sport", "dport", "id")
    return [{**f, **{k: "random" for k in keys if f.get(k) in random}} for f in frames]


def test_a_colliding_port_and_id_are_replaced_at_random(rename: Rename) -> None:
    recording = load("C_nat_pat_collision", rename)
    name = names(rename)
    vm1, vm2, srv, nat = name["vm1"], name["vm2"], name["srv"], name["nat"]
    scene = build(recording, fields={srv: {"body": "hello"}})
    opened = recording["tables"]["conntrack_while_open"]
    port, ident = opened[0]["orig"]["sport"], recording["tables"]["conntrack_icmp"][0]["orig"]["id"]
    steps = [
        act(f"http {vm1} {srv}", 0.5, port=port, think=634_000_000),
        act(f"http {vm2} {srv}", 302, port=port, think=332_500_000),
        act(f"ping {vm1} {srv}", 800, count=3, interval=204_000_000, id=ident),
        act(f"ping {vm2} {srv}", 852, count=3, interval=204_000_000, id=ident),
    ]
    timeline = play(scene, steps)
    theirs = {opened[1]["reply"]["dport"], recording["tables"]["conntrack_icmp"][0]["reply"]["id"]}
    rows = timeline.at(2 * 10**9).value(nat, "nat")
    ours = {int(row["outside"].partition(":")[2]) for row in rows} - {port, ident}
    assert len(ours) == 2
    seen = captures(scene, timeline)
    for interface, frames in recording["captures"].items():
        recorded = masked(compared(recording["case"], frames), theirs)
        simulated = masked(seen[interface], ours)
        for conversation in {talk(frame) for frame in recorded}:
            both = ([f for f in rows if talk(f) == conversation] for rows in (recorded, simulated))
            assert differences(*both) == [], (interface, conversation)
        assert len(recorded) == len(simulated), interface


@pytest.mark.parametrize("seed", range(12))
def test_the_first_keeps_its_port_and_the_second_never_gets_the_next_one(seed: int) -> None:
    recording = load("C_nat_pat_collision")
    scene = build(recording, fields={})
    port = recording["repeats_outside_ports"]["first_source_port"] + seed
    steps = [act("connect vm1 srv", 0, port=port), act("connect vm2 srv", 300, port=port)]
    rows = play(scene, steps, seed).at(10**9).value("nat", "nat")
    first, second = (int(row["outside"].partition(":")[2]) for row in rows)
    assert first == port
    assert second not in (port, port + 1)
    assert 1024 <= second <= 65535


WARM = 5_000  # ms: before, the VMs got their addresses, as in the recording


def test_who_may_call_from_outside(rename: Rename) -> None:
    recording = load("C_nat_inbound", rename)
    name = names(rename)
    vm1, vm2, nat, lan1 = name["vm1"], name["vm2"], name["nat"], name["lan1"]
    told = recording["topology"]["settings"]
    outside, inside = told["router_outside"], told["addresses"][vm1]
    network, _, _ = inside.rpartition(".")
    gateway = next(r for r in recording["topology"]["routes"][lan1] if r.startswith("default")).split()[2]
    forward = told["forward"].partition(":")[2]
    port = int(forward.partition(" ")[0])
    scene = build(
        recording, bare=(vm1, vm2), until="30s",
        fields={nat: dhcp(recording), vm1: {"listen": [22], "body": "hello from vm1"}, vm2: {"broadcast-flag": True}},
    )  # fmt: skip

    def at(ms: float, line: str, **options: Any) -> Act:
        return act(line, WARM + ms, **options)

    def settle(ms: float, field: str, value: Any) -> Act:
        return Act("set", (f"{nat}.{field}",), {"value": value}, int((WARM + ms) * 1e6))

    short = {"timeout": 1_500_000_000}
    steps = [
        act(f"dhcp {vm1}", 0), act(f"dhcp {vm2}", 1000),
        at(0.4, f"connect {lan1} {outside}:8080", port=41001),
        settle(164, "input", "drop"), at(164.7, f"connect {lan1} {outside}:8080", port=41002, **short),
        settle(1800, "input", "accept"), at(1824.4, f"http {lan1} {inside}:22", port=41003),
        at(1970, f"route {lan1} default via {gateway} del"), at(1977.5, f"http {lan1} {inside}:22", port=41004),
        at(2131, f"route {lan1} {network}.0/24 via {outside}"), at(2132.6, f"http {lan1} {inside}:22", port=41005),
        settle(2400, "forward", "stateful"), at(2400.6, f"connect {lan1} {inside}:22", port=41006, **short),
        settle(4063, "forwards", (forward,)), at(4063.9, f"http {lan1} {outside}:{port}", port=41007),
        at(4310.9, f"http {vm2} {outside}:{port}", port=41008),
    ]  # fmt: skip
    timeline = play(scene, steps)
    agree(recording, scene, timeline, since=WARM)
    callers = [e for e in timeline.events if e.device in (lan1, vm2)]
    came = {e.details["sport"]: e for e in callers if e.name.startswith("connection.")}
    results = {41001: "refused", 41002: "timeout", 41003: "unreachable", 41004: "unreachable", 41005: "opened",
               41006: "timeout", 41007: "opened", 41008: "refused"}  # fmt: skip
    assert {port: event.name.partition(".")[2] for port, event in came.items()} == results
    assert came[41003].details["reason"] == "net-unreachable"
    assert came[41004].details["reason"] == "no-route"


CASES = ("C_nat_dhcp", "C_dhcp_pingcheck", "C_nat_flows", "C_nat_pat_collision", "C_nat_inbound")


@pytest.mark.parametrize("case", CASES)
def test_every_exclusion_quotes_its_recording(case: str) -> None:
    recording = load(case)
    for each in exclusions(case):
        assert each.get("reason") or each["quote"] in recording["nondeterministic"]
