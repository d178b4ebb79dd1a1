"""Our runs agree with the recordings of keepalived: frames, timelines, formulas, who answers, who has the address."""

import json

import pytest

from tests.truth.failover import CASES, RULES, Failover, agreements
from tests.truth.recording import HERE
from tests.truth.repeated import repeats


@pytest.mark.parametrize("elsewhere", [False, True], ids=["as-recorded", "elsewhere"])
@pytest.mark.parametrize("case", CASES)
def test_everything_agrees(case: str, elsewhere: bool) -> None:
    found = {f"{each.place} {each.what}": each.differences for each in agreements(case, elsewhere)}
    assert {place: differences for place, differences in found.items() if differences} == {}


def test_every_recording_of_keepalived_is_here() -> None:
    assert {path.stem for path in HERE.glob("E_*.json")} == set(CASES)


@pytest.mark.parametrize("case", CASES)
def test_every_kind_of_thing_that_was_recorded_is_compared(case: str) -> None:
    found = json.loads((HERE / f"{case}.json").read_text(encoding="utf-8"))
    told = {each.what.removeprefix("result ") for each in agreements(case)}
    assert told >= {"formula", "of the pings"}
    assert ("frames" in told) == bool(found.get("captures"))
    assert ("timeline" in told) == ("timeline" in found)
    assert {name for name in found if name.startswith("owners")} <= told


@pytest.mark.parametrize("quote", sorted({quote for _, quote in RULES}))
def test_every_exclusion_quotes_the_recordings(quote: str) -> None:
    for case in CASES:
        assert any(quote in said for said in Failover(case).found["nondeterministic"])


def test_the_comparison_finds_a_wrong_time_owner_and_frame() -> None:
    from tests.truth import failover

    run = Failover("E_vrrp_sigkill_link_up")
    run.found["timeline"][6][0] += 100
    run.found["owners_at_end"] = ["lb2"]
    next(iter(run.found["captures"].values()))[9]["sender_mac"] = "02:00:00:50:00:02"
    compared = [*failover._frames(run), *failover._timeline(run), *failover._owners(run)]
    assert [len(each.differences) > 0 for each in compared] == [True, True, True]


@pytest.mark.parametrize("repeat", repeats(), ids=lambda each: f"{each.phase:.0f}ms")
def test_a_crash_at_any_moment_of_the_interval_is_taken_over_as_recorded(repeat) -> None:
    assert abs(repeat.ours - repeat.recorded) < 10.0, "ms from the kill to the take-over"
