"""What breaks, and what the balancer, its servers and its clients make of it."""

from typing import Any

import pytest
from farm import MS, S, ends, farm, named, run, thing

STEADY = {"rate": 50.0, "arrivals": "regular", "work": "constant", "demand": 30 * MS}
QUICK = {"inter": 500 * MS, "timeout_connect": 400 * MS, "timeout_server": 600 * MS, "first_check": 0}


def broken(*acts: str, until: int = 6 * S, clients: Any = None, **balancer: Any) -> Any:
    scene = farm(clients={**STEADY, **(clients or {})}, balancer={**QUICK, **balancer}, acts=acts)
    return run(scene, until)


def results(timeline: Any) -> set[str]:
    return {result for _, result, _ in ends(timeline).values()}


def count(timeline: Any, name: str) -> int:
    return int(timeline.at(timeline.end).value("lb", name))


def test_a_cut_cable_is_detected_by_silence() -> None:
    timeline = broken("cut lb.back--s2.eth0 @ 1000")
    (down,) = named(timeline, "balancer.down")
    assert 5 * 500 * MS - MS <= down.details["after"] <= 6 * 500 * MS + MS
    assert {e.details["reason"] for e in named(timeline, "check.failed")} == {"check-timeout"}


def test_what_waits_for_a_connection_is_sent_elsewhere_without_a_pause() -> None:
    timeline = broken("cut lb.back--s2.eth0 @ 1000")
    assert results(timeline) == {"answered"}
    slow = [lasts for _, _, lasts in ends(timeline).values() if lasts > 100 * MS]
    assert slow
    assert all(abs(lasts - 430 * MS) < 2 * MS for lasts in slow)


def test_every_event_of_a_fault_names_the_act_behind_it() -> None:
    timeline = broken("fail s2 @ 1000", "cut lb.back--s3.eth0 @ 3000")
    acts = {event.id: event.details["args"] for event in timeline.events if event.name.startswith("act.")}
    for event in timeline.events:
        if event.name.startswith(("request", "check", "balancer.down")):
            assert timeline.causes(event.id)[0].id in acts, event


def test_without_redispatch_the_same_server_is_tried_again_after_a_second() -> None:
    timeline = broken("fail s2 @ 1010", "restore s2 @ 1500", redispatch="never", check=False)
    late = [lasts for server, _, lasts in ends(timeline).values() if lasts > 500 * MS]
    assert results(timeline) == {"answered", "server-aborted"}
    assert all(400 * MS < lasts < 1100 * MS for lasts in late)
    assert late


def test_least_connections_redirects_on_the_last_try_only() -> None:
    timeline = broken("fail s2 @ 1000", algorithm="leastconn", check=False, clients={"patience": 30 * S}, until=9 * S)
    moved = [e.details["request"] for e in named(timeline, "request.redirected")]
    lasts = {number: lasts for number, (_, _, lasts) in ends(timeline).items()}
    assert moved
    assert all(abs(lasts[n] - 3 * 400 * MS - 30 * MS) < 5 * MS for n in moved if n in lasts)


def test_every_redispatch_setting_moves_at_the_first_try() -> None:
    timeline = broken("fail s2 @ 1000", algorithm="leastconn", redispatch="every", check=False, until=9 * S)
    moved = {e.details["request"] for e in named(timeline, "request.redirected")}
    lasts = {number: lasts for number, (_, _, lasts) in ends(timeline).items()}
    assert all(abs(lasts[n] - 400 * MS - 30 * MS) < 5 * MS for n in moved if n in lasts)


def test_when_all_servers_are_set_aside_requests_fail_at_once() -> None:
    timeline = broken("fail s1 @ 1000", "fail s2 @ 1000", "fail s3 @ 1000")
    assert "no-server" in results(timeline)
    gone = [lasts for _, result, lasts in ends(timeline).values() if result == "no-server"]
    assert max(gone) < 2 * S


def test_the_requests_on_a_failed_balancer_are_lost_and_new_ones_refused() -> None:
    timeline = broken("fail lb @ 1000", "restore lb @ 2000")
    assert results(timeline) == {"answered", "balancer-refused"}
    assert named(timeline, "request.failed")
    late = [n for n, (_, result, _) in ends(timeline).items() if result == "answered" and n > 110]
    assert len(late) > 100


def test_clients_cut_off_give_up() -> None:
    timeline = broken("cut clients.eth0--lb.front @ 1000", clients={"patience": 700 * MS})
    assert results(timeline) == {"answered", "no-answer"}


def test_a_hung_server_keeps_requests_until_the_time_out() -> None:
    timeline = broken("hang s2 @ 1000")
    stuck = [lasts for _, result, lasts in ends(timeline).values() if result == "server-timeout"]
    assert stuck
    assert all(abs(lasts - 600 * MS) < MS for lasts in stuck)


def test_counters_tell_in_flight_from_before_detection() -> None:
    dead, hung = broken("fail s2 @ 1010"), broken("hang s2 @ 1010")
    assert count(dead, "failed_in_flight") + count(dead, "before_detection") > 0
    assert count(dead, "redirected") == count(dead, "before_detection")
    assert count(hung, "failures") == count(hung, "failed_in_flight") + count(hung, "before_detection")
    assert count(hung, "redirected") == 0


def test_a_resumed_server_answers_what_it_held() -> None:
    timeline = broken("hang s2 @ 1000", "resume s2 @ 1300")
    assert results(timeline) == {"answered"}
    assert not named(timeline, "balancer.down")


@pytest.mark.parametrize("phase", [0, 130, 260, 390])
def test_a_hung_server_is_set_aside_within_the_time_that_the_balancer_tells(phase: int) -> None:
    timeline = broken(f"hang s2 @ {1000 + phase}", until=8 * S)
    told = timeline.at(0).value("lb", "detection_hung")
    (down,) = named(timeline, "balancer.down")
    assert told["least"] - MS <= down.details["after"] <= told["most"] + MS


def test_hanging_twice_is_void() -> None:
    timeline = broken("hang s2 @ 1000", "hang s2 @ 1100")
    (void,) = named(timeline, "act.void")
    assert void.details["reason"] == "already-hung"


def test_a_slow_server_keeps_its_weight_and_gets_late() -> None:
    timeline = broken("slow s2 factor=4 @ 1000")
    late = [lasts for server, _, lasts in ends(timeline).values() if server == "s2"]
    assert max(late) > 115 * MS


def test_a_shorter_interval_is_felt_at_once() -> None:
    timeline = broken("set lb.inter 100000000 @ 900", "fail s2 @ 1000", inter=5 * S)
    (down,) = named(timeline, "balancer.down")
    assert down.details["after"] < 400 * MS


def test_before_any_success_one_failed_check_is_enough() -> None:
    timeline = broken("fail s1 @ 0", first_check=100 * MS)
    assert named(timeline, "check.failed")[0].details["n"] == 3
    assert named(timeline, "balancer.down")[0].t < 102 * MS


def test_an_absurd_rate_stops_the_run_with_its_reason() -> None:
    timeline = broken(clients={"rate": 1e9})
    assert timeline.stopped == "runaway.requests"


@pytest.mark.parametrize("target", ["s1", "clients"])
def test_calling_what_is_no_balancer_gets_no_answer(target: str) -> None:
    timeline = broken(clients={"target": target, "patience": 500 * MS})
    assert {r for _, r, _ in ends(timeline, target).values()} == {"no-answer"}


def test_a_balancer_without_servers_refuses() -> None:
    for software in ("haproxy", "nginx"):
        scene = farm((), clients=STEADY, balancer={"software": software, "algorithm": "source"})
        assert results(run(scene, S)) == {"no-server"}


def test_a_thing_that_is_no_server_is_left_out() -> None:
    scene = farm(clients=STEADY, balancer={"servers": ("s1", "clients", "s1")})
    assert {server for server, _, _ in ends(run(scene, S)).values()} == {"s1"}
    assert thing("x", "server").fields["cores"] == 4


# cables that lose, double or delay, and partitions


def test_what_a_cable_loses_is_sent_again_and_answered_later() -> None:
    timeline = broken("loss lb.back--s2.eth0 20% @ 1000", timeout_server=9 * S, timeout_connect=5 * S, until=12 * S)
    assert results(timeline) == {"answered"}
    late = [lasts for server, _, lasts in ends(timeline).values() if server == "s2" and lasts > 200 * MS]
    assert late
    assert min(late) > 208 * MS
    assert "lost" in {reason for _, reason in timeline.crowd.ends.values()}


def test_a_doubled_request_is_served_once() -> None:
    timeline = broken("duplicate lb.back--s2.eth0 100% @ 0")
    assert len(timeline.answers["lb"].request) == len(set(timeline.answers["lb"].request))
    assert {reason for _, reason in timeline.crowd.ends.values()} == {"duplicate"}


def test_a_delay_lengthens_every_answer_twice() -> None:
    calm, late = broken(), broken("delay clients.eth0--lb.front 40ms @ 0")
    assert ends(late)[9][2] - ends(calm)[9][2] == 80 * MS


def test_a_partition_is_detected_as_a_cut_cable_is_and_names_its_act() -> None:
    timeline = broken("partition lb s2 @ 1000")
    (down,) = named(timeline, "balancer.down")
    assert timeline.causes(down.id)[0].name == "act.partition"
    assert {e.details["reason"] for e in named(timeline, "check.failed")} == {"check-timeout"}
    assert results(timeline) == {"answered"}


def test_a_healed_partition_brings_the_server_back() -> None:
    timeline = broken("partition lb s2 @ 1000", "heal lb s2 @ 4500", until=8 * S)
    assert [e.details["server"] for e in named(timeline, "balancer.up")] == ["s2"]


def test_a_partition_between_two_servers_is_no_matter_to_requests() -> None:
    assert ends(broken("partition s1 s2 @ 1000")) == ends(broken())


def test_nginx_never_sets_a_lone_server_aside() -> None:
    timeline = run(farm(({},), balancer={"software": "nginx"}, acts=("fail s1 @ 1000", "restore s1 @ 2000")), 4 * S)
    assert not named(timeline, "balancer.down")
    late = [result for number, (_, result, _) in ends(timeline).items() if number > 300]
    assert late
    assert set(late) == {"answered"}
