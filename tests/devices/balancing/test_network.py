"""Crowds over a real network: a request goes to whoever the client's ARP cache and the switch lead to."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from vizapp.devices import VOCABULARY
from vizapp.scene.reader import read
from vizapp.sim.simulate import Simulation, simulate
from vizapp.sim.timeline import Timeline

S = 1_000_000_000
MS = 1_000_000
STAGE = """
  clients: {kind: clients, ports: {eth0: {ip: 10.0.0.100/24}}, target: 10.0.0.10, rate: %s, demand: 20ms, patience: 2s}
  lan: {kind: switch}
  lb1: {kind: balancer, ports: {eth0: {ip: 10.0.0.10/24}}, servers: [web1, web2], inter: 500ms, first-check: 0s}
  lb2: {kind: balancer, ports: {eth0: {ip: 10.0.0.11/24}}, servers: [web1, web2], inter: 500ms, first-check: 200ms}
  web1: {kind: server, ports: {eth0: {ip: 10.0.0.21/24}}}
  web2: {kind: server, ports: {eth0: {ip: 10.0.0.22/24}}}
links: [clients -- lan, lb1 -- lan, lb2 -- lan, web1 -- lan, web2 -- lan]
"""


def scene(*script: str, stage: str = STAGE, rate: str = "50/s", until: int = 10) -> Any:
    listed = "\n".join(f"  - '{line}'" for line in script)
    stage = stage.replace("%s", rate)
    text = f"id: net\ntitle: net\nuntil: {until}s\nstage:{stage}\nscript:\n{listed or '  []'}\n"
    reading = read(text, VOCABULARY, file="net.yaml")
    assert reading.scene is not None, reading.problems
    return reading.scene


def run(*script: str, **more: Any) -> Timeline:
    return simulate(scene(*script, **more), VOCABULARY.kinds)


def named(timeline: Timeline, name: str) -> list[Any]:
    return [event for event in timeline.events if event.name == name]


def results(timeline: Timeline, of: str = "clients") -> Counter[tuple[str, str]]:
    answers = timeline.answers[of]
    return Counter(
        (answers.servers[by], answers.results[result]) for by, result in zip(answers.by, answers.result, strict=True)
    )


def test_whoever_has_the_address_gets_the_requests() -> None:
    timeline = run()
    assert set(results(timeline)) == {("lb1", "answered")}
    assert "10.0.0.10" in {e.details["ip"] for e in named(timeline, "arp.request") if e.device == "clients"}


def test_a_request_takes_the_cables_that_the_switch_knows() -> None:
    crowd = run(stage=STAGE.replace("first-check: 200ms", "check: false")).crowd
    routes = {crowd.routes[number] for number in crowd.route}
    assert {("clients.eth0", "lan.p1"), ("lan.p2", "lb1.eth0")} <= routes
    assert not any("lb2" in there for _, there in routes)


def test_an_entry_written_by_hand_leads_to_another_machine() -> None:
    timeline = run("neighbour clients 10.0.0.10 02:00:00:00:00:99 @ 2s")
    assert results(timeline)["", "no-answer"] > 100
    assert {reason for _, reason in timeline.crowd.ends.values()} == {"not-my-mac"}


def test_a_machine_without_the_address_drops_what_reaches_it() -> None:
    mac = "52:54:00:00:00:0b"
    stage = STAGE.replace("{ip: 10.0.0.11/24}", f"{{ip: 10.0.0.11/24, mac: '{mac}'}}")
    timeline = run(f"neighbour clients 10.0.0.10 {mac} @ 2s", stage=stage)
    assert "not-mine" in {reason for _, reason in timeline.crowd.ends.values()}
    assert results(timeline)["", "no-answer"] > 100


def test_a_dead_machine_is_silent_and_what_it_had_is_lost() -> None:
    timeline = run("fail lb1 @ 3s")
    failed = named(timeline, "request.failed")
    assert {event.details["reason"] for event in failed} <= {"no-answer", "arp-failed"}
    assert failed[0].t > 4 * S
    assert results(timeline)["lb1", "no-answer"] >= 1


def test_every_failed_request_names_the_act_behind_it() -> None:
    timeline = run("fail lb1 @ 3s", until=7)
    act = named(timeline, "act.fail")[0].id
    assert {timeline.causes(event.id)[0].id for event in named(timeline, "request.failed")} == {act}


def test_an_outage_is_measured_from_the_first_request_that_nobody_takes() -> None:
    timeline = run("fail lb1 @ 3s", "restore lb1 @ 5s")
    (began,), (ended,) = named(timeline, "outage.began"), named(timeline, "outage.ended")
    assert 3 * S < began.details["since"] < 3.2 * S
    assert began.t == began.details["since"] + 200 * MS
    assert 1.8 * S < ended.details["lasted"] < 2.2 * S
    assert ended.details["to"] == "lb1"


def test_a_slow_server_is_no_outage() -> None:
    assert not named(run("slow web1 factor=50 @ 1s", "slow web2 factor=50 @ 1s", rate="40/s"), "outage.began")


def test_what_nobody_accepts_is_sent_again_after_one_second_then_three() -> None:
    stage = STAGE.replace("patience: 2s", "patience: 20s")
    timeline = run("get clients @ 1s", "fail lb1 @ 1500ms", "get clients @ 2s", "restore lb1 @ 4s", stage=stage,
                   rate="0/s")  # fmt: skip
    crowd = timeline.crowd
    first = [t for t, request, route in zip(crowd.departs, crowd.request, crowd.route, strict=True)
             if request == 2 and crowd.routes[route][0] == "clients.eth0"]  # fmt: skip
    assert [round((t - 2 * S) / S, 3) for t in first] == [0, 1, 3]
    assert results(timeline)["lb1", "answered"] == 2


def test_a_killed_machine_of_a_server_is_found_out_by_silence() -> None:
    timeline = run("fail web1 @ 3s", until=14)
    assert {event.details["reason"] for event in named(timeline, "check.failed")} == {"check-timeout"}


def test_each_balancer_checks_the_servers_by_itself() -> None:
    timeline = run("fail web1 @ 3s", until=14)
    downs = named(timeline, "balancer.down")
    assert {event.device for event in downs} == {"lb1", "lb2"}
    assert downs[0].t != downs[1].t


def test_a_server_is_out_of_service_once_no_balancer_uses_it() -> None:
    timeline = run("fail web1 @ 3s", until=14)
    first, second = (event.t for event in named(timeline, "balancer.down"))
    assert timeline.at(first).value("web1", "up") is True
    assert timeline.at(second).value("web1", "up") is False


def test_an_address_that_nobody_has_is_unreachable_as_arp_says() -> None:
    timeline = run(stage=STAGE.replace("target: 10.0.0.10", "target: 10.0.0.99"))
    assert {event.details["reason"] for event in named(timeline, "request.failed")} == {"no-answer", "arp-failed"}


def test_an_address_elsewhere_needs_a_route() -> None:
    timeline = run(stage=STAGE.replace("target: 10.0.0.10", "target: 192.168.7.7"), until=2)
    assert {event.details["reason"] for event in named(timeline, "request.failed")} == {"no-route"}


def test_a_machine_with_no_such_program_refuses() -> None:
    timeline = run(stage=STAGE.replace("target: 10.0.0.10", "target: 10.0.0.21"), until=2)
    assert {event.details["reason"] for event in named(timeline, "request.failed")} == {"nobody-serves"}


@pytest.mark.parametrize("cable", ["clients", "lb1.eth0--lan.p2", "web1.eth0--lan.p4"])
def test_every_row_is_delivered_lost_with_a_reason_or_under_way(cable: str) -> None:
    timeline = run(f"cut {cable} @ 3s", f"mend {cable} @ 5s")
    reasons = {reason for _, reason in timeline.crowd.ends.values()}
    assert "link-cut" in reasons


def test_the_past_is_untouched_by_a_crash() -> None:
    from vizapp.scene.model import Act

    plain = run()
    crashed = simulate(scene(), VOCABULARY.kinds, acts=[Act("fail", ("lb1",), {}, 4 * S)])
    assert [e for e in plain.events if e.t <= 4 * S] == [e for e in crashed.events if e.t <= 4 * S]
    assert list(plain.crowd.departs)[:500] == list(crashed.crowd.departs)[:500]


def test_in_slices_it_is_the_same_as_at_once() -> None:
    whole, sliced = run("fail lb1 @ 3s", "restore lb1 @ 5s"), Simulation(
        scene("fail lb1 @ 3s", "restore lb1 @ 5s"), VOCABULARY.kinds
    )  # fmt: skip
    while not sliced.advance(10 * S, 37):
        pass
    assert whole.events == sliced.timeline.events
    assert whole.crowd.ends == sliced.timeline.crowd.ends


def test_what_waits_for_arp_is_accepted_once() -> None:
    timeline = run("boot lb1 takes=100ms @ 1100ms", until=4)
    answered = timeline.answers["clients"].request
    assert len(answered) == len(set(answered))
    assert "duplicate" in {reason for _, reason in timeline.crowd.ends.values()}


def test_a_killed_program_refuses_while_its_machine_lives() -> None:
    timeline = run("kill lb1 haproxy @ 3s", "ping clients 10.0.0.10 @ 4s", "start lb1 haproxy @ 5s")
    reasons = {event.details["reason"] for event in named(timeline, "request.failed")}
    assert reasons <= {"nobody-serves", "balancer-refused"}
    assert named(timeline, "ping.answered")
    assert named(timeline, "outage.ended")[0].t < 5.2 * S


def test_a_killed_server_program_is_refused_and_redirected() -> None:
    timeline = run("kill web1 http @ 3s")
    assert {event.details["reason"] for event in named(timeline, "check.failed")} == {"connection-refused"}
    assert named(timeline, "request.redirected")


ROUTED = """
  clients: {kind: clients, ports: {eth0: {ip: 192.168.7.50/24, gateway: 192.168.7.1}}, target: 10.0.0.10, rate: %s,
            demand: 20ms, patience: 3s}
  r: {kind: router, ports: {a: {ip: 192.168.7.1/24}, b: {ip: 10.0.0.1/24}}}
  lan: {kind: switch}
  lb1: {kind: balancer, ports: {eth0: {ip: 10.0.0.10/24, gateway: 10.0.0.1}}, servers: [web1]}
  web1: {kind: server, ports: {eth0: {ip: 10.0.0.21/24}}}
links: [clients -- r.a, r.b -- lan, lb1 -- lan, web1 -- lan]
"""


def test_requests_pass_a_router_each_way() -> None:
    timeline = run(stage=ROUTED, until=4)
    assert set(results(timeline)) == {("lb1", "answered")}
    assert ("r.b", "lan.p1") in {timeline.crowd.routes[number] for number in timeline.crowd.route}


def test_without_a_way_back_no_answer_comes() -> None:
    timeline = run(stage=ROUTED.replace(", gateway: 10.0.0.1}", "}"), until=8)
    assert {result for _, result in results(timeline)} == {"no-answer"}


def test_a_router_that_does_not_find_the_next_machine_lets_them_end() -> None:
    timeline = run(stage=ROUTED.replace("target: 10.0.0.10", "target: 10.0.0.77"), until=6)
    assert "arp-failed" in {reason for _, reason in timeline.crowd.ends.values()}
    assert "answered" not in {result for _, result in results(timeline)}


@pytest.mark.parametrize("vmac", ["false", "true"])
def test_a_shared_address_is_taken_over_with_and_without_a_mac_of_its_own(vmac: str) -> None:
    pair = "keepalived: {address: 10.0.0.50/24, priority: %d, vmac: " + vmac + "}"
    stage = STAGE.replace("target: 10.0.0.10", "target: 10.0.0.50")
    for number, priority in ((1, 200), (2, 90)):
        stage = stage.replace(f"lb{number}: {{kind: balancer,", f"lb{number}: {{kind: balancer, {pair % priority},")
    timeline = run("fail lb1 @ 8s", stage=stage, until=16)
    taken = next(e for e in named(timeline, "vrrp.active") if e.device == "lb2")
    assert named(timeline, "outage.ended")[-1].details["to"] == "lb2"
    assert named(timeline, "outage.ended")[-1].t - taken.t < S


def test_what_the_switch_has_forgotten_is_flooded_and_still_arrives() -> None:
    timeline = run("flush lan fdb @ 2s", until=4)
    assert {result for _, result in results(timeline)} == {"answered"}
    assert "not-my-mac" in {reason for _, reason in timeline.crowd.ends.values()}


def test_what_a_cable_loses_is_sent_again() -> None:
    timeline = run("loss lb1 20% @ 2s", until=10)
    assert "lost" in {reason for _, reason in timeline.crowd.ends.values()}
    counted = results(timeline)
    assert counted["lb1", "answered"] > 10 * counted["lb1", "no-answer"]


def test_two_that_are_parted_hear_nothing_of_each_other() -> None:
    timeline = run("partition clients lb1 @ 3s", "heal clients lb1 @ 5s")
    (began,), (ended,) = named(timeline, "outage.began"), named(timeline, "outage.ended")
    assert 3 * S < began.t < 3.5 * S
    assert 5 * S < ended.t < 6 * S


def test_a_dead_switch_is_named_as_the_cause() -> None:
    timeline = run("fail lan @ 3s", until=7)
    act = named(timeline, "act.fail")[0].id
    assert {timeline.causes(event.id)[0].id for event in named(timeline, "request.failed")} == {act}
