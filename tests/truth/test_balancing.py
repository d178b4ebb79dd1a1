"""What befalls each request when a server dies, hangs or comes back: as HAProxy and nginx were recorded."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "devices" / "balancing"))
from farm import MS, S, ends, farm, named, run

HERE = Path(__file__).parent
CASES = ("redispatch", "default_retries", "noretry", "hang", "nocheck")
SLACK = 25 * MS  # scheduling of the real machines


def recording(name: str) -> dict[str, Any]:
    return json.loads((HERE / f"F_lb_{name}.json").read_text(encoding="utf-8"))


def configured(truth: dict[str, Any]) -> dict[str, Any]:
    lines = truth["settings"]["config"]
    found: dict[str, Any] = {"algorithm": "weighted", "inter": 1 * S, "fall": 3, "rise": 2, "timeout_server": 2 * S,
                             "redispatch": "never", "check": any(" check " in line for line in lines)}  # fmt: skip
    for line in lines:
        if line.startswith("retries"):
            found["retries"] = int(line.split()[1])
        if line.startswith("option redispatch"):
            found["redispatch"] = "every" if line.endswith(" 1") else "last"
    return found


def replay(truth: dict[str, Any], first_check: int | None, **more: Any) -> Any:
    """The recorded requests and faults at their recorded times; the phase of the checks is that of the recording."""
    hang = "hang" in truth["case"]
    acts = [f"get clients demand={1000 if n == 19 else 30} @ {t}" for n, t, *_ in truth["requests"]]
    marks = truth["marks"]
    acts += [f"{'hang' if hang else 'fail'} s2 @ {marks['killed_ms']}",
             f"{'resume' if hang else 'restore'} s2 @ {marks['restarted_ms']}"]  # fmt: skip
    scene = farm(clients={"rate": 0.0}, balancer={**configured(truth), "first_check": first_check, **more}, acts=acts)
    return run(scene, until=17 * S)


def phase(truth: dict[str, Any]) -> int | None:
    """The first server's first check, such that the victim's checks fall where the recording's log has them."""
    log = truth["health_log"]
    if not log:
        return None
    down = round(log[0][0] * MS)
    return (down - S // 3) % S


def balancer(truth: dict[str, Any]) -> Any:
    return replay(truth, phase(truth))


@pytest.mark.parametrize("case", CASES)
def test_each_request_ends_as_recorded(case: str) -> None:
    truth = recording(f"health_haproxy_{case}")
    ours = ends(balancer(truth))
    back = {n: t for n, t, *_ in truth["requests"]}
    for n, _, server, status, *_ in truth["requests"]:
        by, result, _ = ours[n + 1]
        assert (result == "answered") == (status == 200), (n, back[n])
        if status == 200:
            assert by == server, (n, back[n])


@pytest.mark.parametrize("case", CASES)
def test_failures_have_the_recorded_status_and_length(case: str) -> None:
    truth = recording(f"health_haproxy_{case}")
    timeline = balancer(truth)
    status = {e.details["request"] - 1: e.details["status"] for e in named(timeline, "request.failed")}
    assert status == {n: s for n, _, _, s, *_ in truth["requests"] if s != 200}
    lasts = {n - 1: lasts for n, (_, _, lasts) in ends(timeline).items()}
    for n, *_, log in truth["requests"]:
        assert abs(lasts[n] - int(log[6]) * MS) < SLACK  # the proxy's own clock


@pytest.mark.parametrize("case", CASES)
def test_the_same_requests_are_redirected(case: str) -> None:
    truth = recording(f"health_haproxy_{case}")
    redirected = [e.details["request"] - 1 for e in named(balancer(truth), "request.redirected")]
    assert redirected == [n for n, *_, log in truth["requests"] if log[2].startswith("+")]


@pytest.mark.parametrize("case", [case for case in CASES if case != "nocheck"])
def test_detection_takes_as_long_as_recorded(case: str) -> None:
    truth = recording(f"health_haproxy_{case}")
    timeline = balancer(truth)
    (down,), (up,) = named(timeline, "balancer.down"), named(timeline, "balancer.up")
    measured = truth["measured"]
    assert abs(down.details["after"] - measured["detected_down_after_kill_ms"] * MS) < SLACK
    assert abs(up.details["after"] - measured["detected_up_after_restart_ms"] * MS) < SLACK


@pytest.mark.parametrize("chosen", range(0, 1000, 125))
def test_whatever_the_phase_detection_stays_within_one_interval(chosen: int) -> None:
    timeline = replay(recording("health_haproxy_redispatch"), chosen * MS)
    (down,), (up,) = named(timeline, "balancer.down"), named(timeline, "balancer.up")
    assert 2 * S <= down.details["after"] <= 3 * S + SLACK
    assert 1 * S <= up.details["after"] <= 2 * S + SLACK


def test_without_checks_nobody_is_set_aside() -> None:
    assert not named(balancer(recording("health_haproxy_nocheck")), "balancer.down")


def test_nginx_ends_each_request_as_recorded() -> None:
    truth = recording("passive_nginx")
    timeline = replay(truth, None, software="nginx", max_fails=1, fail_timeout=3 * S)
    ours = ends(timeline)
    assert all(result == "answered" for _, result, _ in ours.values())
    moved = [e.details["request"] - 1 for e in named(timeline, "request.redirected")]
    assert moved[0] == 19
    assert ours[20][0] == "s1"
    assert abs(ours[20][2] - 1152.5 * MS) < SLACK
    assert len(moved) == len(truth["measured"]["tried_a_second_server"])


def test_nginx_tries_a_failed_server_again_after_fail_timeout() -> None:
    truth = recording("passive_nginx")
    timeline = replay(truth, None, software="nginx", max_fails=1, fail_timeout=3 * S)
    (first, second) = named(timeline, "request.redirected")
    assert 3 * S < second.t - first.t < 4 * S + 300 * MS
